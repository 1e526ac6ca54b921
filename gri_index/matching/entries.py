"""An entry of a row in words, one line for each cell: what the working list prints and what it is compared by."""

from gri_index.language.labels import Labels, reason_words
from gri_index.language.pages import page_text
from gri_index.model.index import IndexRow, Location, LocationKind, Omission
from gri_index.model.profile import OtherDocument, StatedLocation
from gri_index.model.working import mark

INSIDE = " \u203a "  # a section of another document: "Annual report › Risks"


def place_line(location: Location, labels: Labels) -> tuple[str, str]:
    """(place, pages) of a location."""
    named = location.section_title or labels.pick(location.text)
    outside = "" if location.section_title else labels.pick(location.document_title) or location.document
    place = _place(named, outside, location.url if location.kind is LocationKind.EXTERNAL else "")
    return place + labels.bracket(labels.words["suggested"]) if location.suggested else place, location.page_label


def stated_line(stated: StatedLocation, document: OtherDocument | None, labels: Labels) -> tuple[str, str]:
    """(place, pages) of a place that the profile states, as the list prints it."""
    outside = (labels.pick(document.title) if document else "") or stated.document
    return _place(labels.pick(stated.section), outside, stated.url or (document.url if document else "")), stated.pages


def _place(named: str, outside: str, url: str) -> str:
    text = INSIDE.join(part for part in (outside, named) if part) or url
    return " ".join(text.split())


def omission_line(omission: Omission, labels: Labels) -> tuple[str, str, str]:
    """(requirements, reason, explanation) of an omission."""
    requirements = ", ".join((*omission.requirements, *omission.unknown)) or labels.words["all-requirements"]
    return requirements, reason_words(omission.reason, labels), " ".join(labels.pick(omission.explanation).split())


def assurance_words(row: IndexRow, labels: Labels) -> str:
    """How far a row was assured, with the page of the statement; "" for one that was not."""
    if row.assurance is None:
        return ""
    pages = page_text(row.assurance_pages, labels)
    return labels.words[f"assurance-{row.assurance.value}"] + (labels.bracket(pages) if pages else "")


def place_mark(location: Location, labels: Labels) -> str:
    """What the list remembers of a place."""
    return mark(*place_line(location, labels))


def omission_mark(omission: Omission, labels: Labels) -> str:
    """What the list remembers of an omission."""
    return mark(*omission_line(omission, labels))


def row_number(row: IndexRow) -> str:
    """The number by which the list names a row: an additional sector disclosure has its reference number."""
    return row.number or (row.sector_refs[0] if row.sector_refs else "")
