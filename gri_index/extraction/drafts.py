"""A row while it is read, and what becomes of it: its pages, what it says is left out."""

import re
from dataclasses import dataclass, field, replace

from gri_index.extraction.omissions import read_omissions, told_omission
from gri_index.extraction.places import pages
from gri_index.extraction.titles import title_goes_on
from gri_index.language.reasons import empty, reason_in, says_left_out
from gri_index.language.text import fold
from gri_index.model.keys import Reference
from gri_index.model.printed import PrintedOmission, PrintedRow

_SECTOR = re.compile(r"(?<![\d.])S?(1[1-4]\.\d{1,2}(?:\.\d{1,2})?)(?![\d.])")
_URL = re.compile(r"https?://[^\s|)\]>]+|www\.[^\s|)\]>]+")
_OPENING = 48  # characters in which a place says that nothing is reported: further on it speaks of something else
_SENTENCE = 40  # characters: a longer text that ends in a full stop says something, and leads nowhere


@dataclass(slots=True)
class Draft:
    """A row while it is being read."""

    reference: Reference
    title: str
    places: list[str] = field(default_factory=list)
    page_cells: list[str] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)  # a reason that stands in a column of another kind
    explanation: list[str] = field(default_factory=list)
    omission: list[str] = field(default_factory=list)
    sector: list[str] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    standard: str = ""
    topic: str = ""
    page: str = ""
    own: bool = False  # an indicator of the organization, or of another source
    links: list[str] = field(default_factory=list)  # web addresses behind its words
    codes: tuple[str, ...] = ()  # the line names these and says nothing of them


def _by_status(status: str, location: str, labels: list[str]) -> tuple[tuple[PrintedOmission, ...], str]:
    """(omission, location) of a row whose status is a reason: a sentence that leads nowhere is its explanation."""
    explains = (
        not labels and not _URL.search(location) and len(location) > _SENTENCE and location.rstrip().endswith((".", "\u3002"))
    )
    reason = reason_in(status) or status
    return (PrintedOmission(reason=reason, explanation=location if explains else ""),), "" if explains else location


def _complete_title(row: Draft) -> None:
    """Gives the title what a wrong edge of its column left at the head of the place."""
    number = row.reference.number
    found = title_goes_on(number, row.title, row.places[0]) if number and row.title and row.places else None
    if found is None:
        return
    if year := re.search(r"20\d\d", row.title):
        row.reference = replace(row.reference, edition=row.reference.edition or year.group())
    row.title, row.places[0] = found


def finished(row: Draft, page_column: bool) -> PrintedRow:
    """The row as read. ``page_column``: bare numbers among its places are pages."""
    _complete_title(row)
    lines = [line for text in (*row.places, *row.page_cells) for line in text.split("\n")]
    among_places = tuple(each for line in lines if (each := told_omission(line)))
    if among_places:
        row.places = [line for line in lines if told_omission(line) is None]
        row.page_cells = []
    location = "\n".join((*row.places, *row.page_cells))
    labels = list(dict.fromkeys(label for text in row.page_cells for label in pages(text, column=True)))
    if not labels:  # beside a column of pages, numbers in a section's name are none
        labels = list(dict.fromkeys(label for text in row.places for label in pages(text, column=page_column)))
    told = ("\n".join(row.omitted), "\n".join(row.reason), "\n".join(row.explanation), "\n".join(row.omission))
    omissions = (*read_omissions(*told), *among_places)
    if not omissions and not location.strip():  # no reason, and no place: an answer in a column for omissions
        location = "\n".join(text for text in told if text)
    if row.status and not omissions:
        omissions, location = _by_status(row.status[0], location, labels)
    if not omissions and empty(location) and (said := next((text for _, text in row.extras if says_left_out(text)), "")):
        omissions = (PrintedOmission(reason=reason_in(said) or "", explanation=said),)  # in a column of remarks
    stroke = re.fullmatch(r"\s*[/–—-]\s*", location) is not None and not row.extras
    place_left_out = not labels and says_left_out(location.split("\n")[0][:_OPENING]) and not _URL.search(location)
    if place_left_out and not omissions:
        omissions = (PrintedOmission(reason=reason_in(location) or "", explanation=location),)
    whole = any(not omission.requirements for omission in omissions)
    return PrintedRow(
        reference=replace(row.reference, topic=row.topic or None) if row.reference.number == "3-3" else row.reference,
        standard_title=row.standard,
        title=row.title,
        topic=row.topic,
        location=location,
        pages=tuple(labels),
        urls=tuple(dict.fromkeys((*_URL.findall(location), *row.links))),
        omissions=omissions,
        omitted=stroke
        or place_left_out
        or (bool(omissions) and whole and empty(location))
        or (bool(omissions) and empty(location)),
        sector_refs=tuple(dict.fromkeys(_SECTOR.findall(fold(" ".join(row.sector))))),
        extras=tuple(row.extras),
        cells=row.cells,
        page=row.page,
        own=row.own,
    )
