"""What a cell of an index says is left out, and why (GRI 1: Foundation 2021, Requirement 6; wordings of published indexes)."""

import re
from collections.abc import Iterator
from functools import cache

from gri_index.extraction.tokens import token
from gri_index.language.labels import wordings
from gri_index.language.lexicon import any_of
from gri_index.language.reasons import reason_in
from gri_index.language.text import fold
from gri_index.model.printed import PrintedOmission

_LABEL = re.compile(
    r"(?:requirements?\s*)?(?:\d{1,3}[-.]\d{1,2}\W{0,2})?\b(?P<first>[a-k])(?:[-.\s]?\(?(?P<sub>i{1,3}|iv|v|vi{1,3}|ix|x)\)?)?(?:[.)]?\s?(?:-|–|to\b|through\b)\s?(?P<last>[a-k]))?(?=[.):,;\s-]|$)"
)


def read_omissions(omitted: str, reason: str, explanation: str, sentence: str) -> tuple[PrintedOmission, ...]:
    """Omissions from the columns of an index: requirements, reason, explanation, or one sentence with all of it."""
    if not token(sentence).nothing and token(reason).nothing and token(explanation).nothing:
        if not token(sentence).left_out and token(omitted).nothing:
            return ()
        return (
            PrintedOmission(requirements=labels_in(omitted or sentence), reason=reason_in(sentence) or "", explanation=sentence),
        )
    if several := list(_labelled(reason)):
        told = dict(_labelled(explanation))
        return tuple(
            PrintedOmission(requirements=labels, reason=reason_in(text) or text, explanation=told.get(labels, ""))
            for labels, text in several
        )
    if token(reason).nothing and token(explanation).nothing and (token(omitted).nothing or not labels_in(omitted)):
        return () if token(omitted).nothing else (PrintedOmission(reason="", explanation=omitted),)
    named = reason or explanation
    why = explanation if explanation != reason else ""
    if token(why).nothing and ":" in fold(reason):  # "Not applicable: first year of reporting"
        why = reason[fold(reason).index(":") + 1 :].strip()
    return (PrintedOmission(requirements=labels_in(omitted or sentence), reason=reason_in(named) or reason, explanation=why),)


def told_omission(text: str) -> PrintedOmission | None:
    """The omission in a line of a place's cell: "Omission (a): Not applicable - why"; None for another line.

    So an index of three columns prints it, in any language.
    """
    match = _told().match(fold(text).strip())
    if match is None:
        return None
    reason, _, explanation = match["rest"].partition(" - ")
    told = explanation and text.strip()[-len(explanation) :]
    return PrintedOmission(
        requirements=labels_in(match["what"] or ""), reason=reason_in(reason) or reason.strip(), explanation=told
    )


@cache
def _told() -> re.Pattern[str]:
    labels = "|".join(re.escape(fold(label)) for label in wordings("column-omission").values())
    return re.compile(rf"(?:{labels})\s?(?:\((?P<what>[^)]*)\))?\s?:\s*(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)


def _labelled(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """(requirements, words) of lines that each say what they are for: "a: Not applicable"; nothing for other texts."""
    lines = [re.match(r"(?P<labels>[^:]{1,60}):\s*(?P<words>\S.*)$", fold(line)) for line in text.split("\n") if line.strip()]
    found = [(labels_in(line["labels"]), line["words"].strip()) for line in lines if line]
    if len(found) > 1 and len(found) == len(lines) and all(labels for labels, _ in found):
        yield from found


def labels_in(text: str) -> tuple[str, ...]:
    """Requirement labels at the beginning of a text: "2-7-b", "a. – e.", "b, c"; () for the whole disclosure."""
    found: dict[str, None] = {}
    # A word for "and" may be a letter that is a label too: it joins where it stands between two without a comma.
    joined = re.sub(rf"(?<=[a-z)])\s+{any_of('and')}\s+(?=(?:[\d-]+)?[a-k]\b)", ", ", fold(text[:120]))
    for part in re.split(r"[;,\n]|(?<=\w{2})\s+&\s+|\s(?=\d{1,3}-\d{1,2}-[a-k])", joined):
        if not part.strip():
            continue
        match = _LABEL.match(part.strip().lstrip("•*· ").lower())
        if match is None:
            break
        first, last = match["first"], match["last"]
        if last and last > first:
            found |= dict.fromkeys(chr(code) for code in range(ord(first), ord(last) + 1))
        else:
            found.setdefault(f"{first}-{match['sub']}" if match["sub"] else first)
    return tuple(found)
