"""What a cell of an index says is left out, and why (GRI 1: Foundation 2021, Requirement 6; wordings of published indexes)."""

import re

from gri_index.language.lexicon import any_of
from gri_index.language.reasons import empty, reason_in, says_left_out
from gri_index.language.text import fold
from gri_index.model.printed import PrintedOmission

_LABEL = re.compile(
    r"(?:requirements?\s*)?(?:\d{1,3}[-.]\d{1,2}\W{0,2})?\b(?P<first>[a-k])(?:[-.\s]?\(?(?P<sub>i{1,3}|iv|v|vi{1,3}|ix|x)\)?)?(?:[.)]?\s?(?:-|–|to\b|through\b)\s?(?P<last>[a-k]))?(?=[.):,;\s-]|$)"
)


def read_omissions(omitted: str, reason: str, explanation: str, sentence: str) -> tuple[PrintedOmission, ...]:
    """Omissions from the columns of an index: requirements, reason, explanation, or one sentence with all of it."""
    if not empty(sentence) and not empty(sentence) and empty(reason) and empty(explanation):
        if not says_left_out(sentence) and empty(omitted):
            return ()
        return (
            PrintedOmission(requirements=labels_in(omitted or sentence), reason=reason_in(sentence) or "", explanation=sentence),
        )
    if empty(reason) and empty(explanation) and (empty(omitted) or not labels_in(omitted)):
        return () if empty(omitted) else (PrintedOmission(reason="", explanation=omitted),)
    named = reason or explanation
    return (
        PrintedOmission(
            requirements=labels_in(omitted),
            reason=reason_in(named) or reason,
            explanation=explanation if explanation != reason else "",
        ),
    )


def labels_in(text: str) -> tuple[str, ...]:
    """Requirement labels at the beginning of a text: "2-7-b", "a. – e.", "b, c"; () for the whole disclosure."""
    found: dict[str, None] = {}
    for part in re.split(rf"[;,\n]|{any_of('and')}", fold(text[:120])):
        match = _LABEL.match(part.strip().lstrip("•*· ").lower())
        if match is None:
            break
        first, last = match["first"], match["last"]
        if last and last > first:
            found |= dict.fromkeys(chr(code) for code in range(ord(first), ord(last) + 1))
        else:
            found.setdefault(f"{first}-{match['sub']}" if match["sub"] else first)
    return tuple(found)
