"""What a text says is left out, and why (GRI 1: Foundation 2021, Requirement 6)."""

from functools import cache

from gri_index.language.labels import reason_label, wordings
from gri_index.language.lexicon import matcher, phrases, says, whole
from gri_index.language.text import plain
from gri_index.model.terms import OmissionReason

# In the order of their weight: "not available for reasons of confidentiality" is confidential.
_IN_SENTENCES = {
    "reason-confidentiality": OmissionReason.CONFIDENTIALITY_CONSTRAINTS,
    "reason-legal": OmissionReason.LEGAL_PROHIBITIONS,
    "reason-unavailable": OmissionReason.INFORMATION_UNAVAILABLE,
    "reason-not-applicable": OmissionReason.NOT_APPLICABLE,
}


@cache
def _known() -> dict[str, OmissionReason]:
    """The four reasons as they are printed in any language, and by their half where one is of two."""
    known = {plain(text): OmissionReason.INFORMATION_UNAVAILABLE for texts in phrases("reason-whole").values() for text in texts}
    for reason in OmissionReason:
        known |= {plain(text): reason for text in (*wordings(reason_label(reason)).values(), reason.value)}
    return known


def recognise_reason(text: str) -> OmissionReason | None:
    """The reason for omission that a wording in any language means; None for no permitted one.

    >>> recognise_reason("Information incomplete")
    <OmissionReason.INFORMATION_UNAVAILABLE: 'information unavailable/incomplete'>
    """
    return _known().get(plain(text))


def reason_in(text: str) -> OmissionReason | None:
    """The permitted reason that a sentence names; None for none."""
    if found := recognise_reason(text):
        return found
    return next((reason for id, reason in _IN_SENTENCES.items() if says(text, id)), None)


def says_left_out(text: str) -> bool:
    """True for a text that says nothing is reported, and not where it is."""
    return bool(text.strip()) and (matcher("left-out").search(text) is not None or reason_in(text) is not None)


def says_nothing_there(sentence: str) -> bool:
    """True for a sentence that says of something that nothing is reported: "No data are available on pollutants"."""
    return says_left_out(sentence) or matcher("no-data").search(sentence) is not None


def status_word(text: str) -> bool:
    """True for a cell that says no more than that a disclosure is reported, wholly or in part: "Included", "Fully reported"."""
    return bool(plain(text)) and whole("reported-word").match(text) is not None


def empty(text: str) -> bool:
    """True for a cell with nothing, a dash or a stroke, "n/a"."""
    return whole("nothing").match(text) is not None
