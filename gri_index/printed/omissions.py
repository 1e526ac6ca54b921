"""What a cell of an index says is left out, and why (GRI 1: Foundation 2021, Requirement 6; wordings of published indexes)."""

import re

from gri_index.labels import recognise_reason
from gri_index.model.printed import PrintedOmission
from gri_index.model.terms import OmissionReason
from gri_index.tags.grammar import fold

# Reasons in running text, in the order of their weight: what is more special first.
_REASONS: tuple[tuple[OmissionReason, str], ...] = (
    (
        OmissionReason.CONFIDENTIALITY_CONSTRAINTS,
        r"confidential|vertraulich|confidencial|riservat|confidentialit|保密|机密|機密|商业秘密|商業機密|기밀|kerahasiaan|commercially sensitive",
    ),
    (
        OmissionReason.LEGAL_PROHIBITIONS,
        r"legal(?:ly)? prohibit|legal prohibition|prohibited by law|gesetzliche[sn]? verbot|prohibici[oó]n(?:es)? legal|proibi[cç]\w+ lega|diviet\w+ (?:di legge|legal)|interdiction\w* légal|法律禁止|法令による|법적 금지",
    ),
    (
        OmissionReason.INFORMATION_UNAVAILABLE,
        r"information (?:is |was )?(?:not (?:yet )?)?(?:currently )?(?:un|in|not )?(?:available|complete)|(?:un|not |not yet |not currently )available|incomplete|not (?:currently |yet )?(?:tracked|collected|measured|monitored|recorded)|informationen? (?:nicht|unvollst)|nicht verfügbar|informaci[oó]n no disponible|no disponible|indisponível|informazion\w+ non disponibil|non disponibil|信息不|資訊无法|資訊無法|无法获取|不完整|未统计|暂未统计|情報が入手|정보 (?:미|부)",
    ),
    (
        OmissionReason.NOT_APPLICABLE,
        r"not applicable|\bn\s?/\s?a\b|\bn\.\s?a\.?(?!\w)|nicht (?:anwendbar|zutreffend)|no aplica|no procede|non applicabil|não (?:se aplica|aplicável)|sans objet|non applicable|不适用|不適用|非該当|該当なし|해당 ?(?:사항)? ?없|tidak berlaku",
    ),
)
_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _REASONS)
_LEFT_OUT = re.compile(
    r"\b(?:not (?:currently |yet |publicly |being )?(?:disclosed?|reported|covered|included|material|relevant)|(?:does|do|did|is|are|was) not (?:currently |yet |publicly )?(?:disclose[d]?|report(?:ed)?)|omitted|omission|undisclosed"
    r"|nicht (?:berichtet|wesentlich|offengelegt|material)|wird nicht berichtet|ausgelassen|no (?:reportad[oa]|divulgad[oa]|material|se reporta|se informa)|omisi[oó]n|omitid[oa]|non (?:rendicontat[oa]|divulgat[oa]|material[ei])|omission[ei]|não (?:reportad[oa]|divulgad[oa]|relatad[oa])|non (?:publié|communiqué)e?s?)\b"
    r"|从略|從略|未披露|未揭露|不披露|省略|未開示|미보고|미공개|tidak dilaporkan",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:n\s?/\s?a|n\.a\.?|nil|none|-|–|—|/)?\W*$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:requirements?\s*)?(?:\d{1,3}[-.]\d{1,2}\W{0,2})?\b(?P<first>[a-k])(?:[-.\s]?\(?(?P<sub>i{1,3}|iv|v|vi{1,3}|ix|x)\)?)?(?:[.)]?\s?(?:-|–|to\b|through\b)\s?(?P<last>[a-k]))?(?=[.):,;\s-]|$)"
)


def recognise_in(text: str) -> OmissionReason | None:
    """The permitted reason that a sentence names; None for none."""
    if found := recognise_reason(text):
        return found
    return next((reason for reason, pattern in _PATTERNS if pattern.search(text)), None)


def says_left_out(text: str) -> bool:
    """True for a cell that says nothing is reported, and not where it is."""
    return bool(text.strip()) and (_LEFT_OUT.search(text) is not None or recognise_in(text) is not None)


def empty(text: str) -> bool:
    """True for a cell with nothing, a dash or a stroke."""
    return _NOTHING.match(text) is not None


def read_omissions(omitted: str, reason: str, explanation: str, sentence: str) -> tuple[PrintedOmission, ...]:
    """Omissions from the columns of an index: requirements, reason, explanation, or one sentence with all of it."""
    if not empty(sentence) and not empty(sentence) and empty(reason) and empty(explanation):
        if not says_left_out(sentence) and empty(omitted):
            return ()
        return (
            PrintedOmission(
                requirements=labels_in(omitted or sentence), reason=recognise_in(sentence) or "", explanation=sentence
            ),
        )
    if empty(reason) and empty(explanation) and (empty(omitted) or not labels_in(omitted)):
        return () if empty(omitted) else (PrintedOmission(reason="", explanation=omitted),)
    named = reason or explanation
    return (
        PrintedOmission(
            requirements=labels_in(omitted),
            reason=recognise_in(named) or reason,
            explanation=explanation if explanation != reason else "",
        ),
    )


def labels_in(text: str) -> tuple[str, ...]:
    """Requirement labels at the beginning of a text: "2-7-b", "a. – e.", "b, c"; () for the whole disclosure."""
    found: dict[str, None] = {}
    for part in re.split(r"[;,\n]|\band\b", fold(text[:120])):
        match = _LABEL.match(part.strip().lstrip("•*· ").lower())
        if match is None:
            break
        first, last = match["first"], match["last"]
        if last and last > first:
            found |= dict.fromkeys(chr(code) for code in range(ord(first), ord(last) + 1))
        else:
            found.setdefault(f"{first}-{match['sub']}" if match["sub"] else first)
    return tuple(found)
