"""Rows while they are read, and what becomes of them: pages, what is left out, merged cells, lists of numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gri_index.extraction.omissions import labels_in, read_omissions, told_omission
from gri_index.extraction.places import pages
from gri_index.extraction.sightings import code
from gri_index.extraction.titles import exact_title, title_goes_on
from gri_index.extraction.tokens import URL, token
from gri_index.language.reasons import reason_in, says_left_out
from gri_index.language.text import fold
from gri_index.model.keys import Reference
from gri_index.model.printed import PrintedOmission, PrintedRow

_SECTOR = re.compile(r"(?<![\d.])S?(1[1-4]\.\d{1,2}(?:\.\d{1,2})?)(?![\d.])")
_SENTENCES = re.compile(r"\n|(?<=[.!?\u3002])\s+|(?<=\d)\s+(?=[A-Z])")
_GRI_SITE = re.compile(
    r"https?://(?:www\.)?globalreporting\.org\b", re.IGNORECASE
)  # says what a disclosure is, not where it is reported
_MIN_STROKES = 3
_LINE_CELLS = 2  # of a line that is no row of a table
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


def _by_status(row: Draft, location: str, labels: list[str]) -> tuple[tuple[PrintedOmission, ...], str]:
    """(omission, location) of a row whose status is a reason.

    Its explanation is a location that is a sentence and leads nowhere, or the end of one
    that says what is not there.
    """
    reason = reason_in(row.status[0]) or row.status[0]
    leads = labels or URL.search(location)
    if not leads and len(location) > _SENTENCE and location.rstrip().endswith((".", "\u3002")):
        return (PrintedOmission(reason=reason, explanation=location),), ""
    told = _left_out_part(location, row.reference.number or "")
    match = next((each for each in code().finditer(fold(told)) if row.reference.number == f"{each['std']}-{each['num']}"), None)
    part = labels_in(told[match.end() :].lstrip("-. ")) if match else ()
    return (PrintedOmission(requirements=part, reason=reason, explanation=told),), location


def _left_out_part(location: str, number: str) -> str:
    """The end of a place, from the sentence on that names the disclosure itself, or says that something is not there."""
    sentences = _SENTENCES.split(location)
    for at, sentence in enumerate(sentences):
        named = any(f"{match['std']}-{match['num']}" == number for match in code().finditer(fold(sentence)))
        if at and (named or token(sentence).left_out):
            return " ".join(" ".join(sentences[at:]).split())
    return ""


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
        omissions, location = _by_status(row, location, labels)
    said = [text for _, text in row.extras if token(text).left_out]  # in a column of remarks, or of statuses
    if not omissions and token(location).nothing and said:
        told_best = next((text for text in said if reason_in(text)), said[0])
        omissions = read_omissions("", told_best, "", "") if reason_in(told_best) else (PrintedOmission(explanation=told_best),)
    stroke = token(location).stroke and not row.extras
    place_left_out = not labels and says_left_out(location.split("\n")[0][:_OPENING]) and not URL.search(location)
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
        urls=tuple(dict.fromkeys((*URL.findall(location), *(each for each in row.links if not _GRI_SITE.match(each))))),
        omissions=omissions,
        omitted=stroke
        or place_left_out
        or (bool(omissions) and whole and token(location).nothing)
        or (bool(omissions) and token(location).nothing),
        sector_refs=tuple(dict.fromkeys(_SECTOR.findall(fold(" ".join(row.sector))))),
        extras=tuple(row.extras),
        cells=row.cells,
        page=row.page,
        own=row.own,
    )


def codes_alone(texts: Sequence[str]) -> tuple[str, ...]:
    """The numbers in cells that hold several of them and nothing else."""
    text = fold(" ".join(texts))
    numbers = [f"{int(match['std'])}-{int(match['num'])}" for match in code().finditer(text)]
    rest = re.sub(r"[-\s,;/&.()]|GRI|\b[a-k]\b", "", code().sub("", text))
    return tuple(numbers) if len(numbers) > 1 and not rest else ()


def without_lists(rows: Sequence[Draft]) -> list[Draft]:
    """The rows without lines that only list numbers, where each has a row of its own; else a row for each of the numbers."""
    told = {row.reference.number for row in rows if not row.codes and not _says_nothing(row)}
    kept: list[Draft] = []
    for row in rows:
        if _says_nothing(row) and row.reference.number in told:
            continue
        if not row.codes:
            kept.append(row)
        elif not told.issuperset(row.codes):
            kept += [replace(row, reference=Reference(number=each, raw=each), title="", codes=()) for each in row.codes]
    return kept


def _says_nothing(row: Draft) -> bool:
    """True for a number without place or any other word; in a line by itself it may have its title."""
    title = (
        ""
        if row.reference.number != "3-3" and len(row.cells) <= _LINE_CELLS and exact_title(row.reference.number or "", row.title)
        else row.title
    )
    told = (title, *row.places, *row.page_cells, *row.omission, *row.reason, *row.explanation, *row.omitted, *row.status)
    return bool(row.reference.number) and not any(told) and not row.extras and not row.sector


def fill_merged(rows: Sequence[Draft]) -> None:
    """Blank places under a filled one of the same Standard are merged cells, where nothing is said by a stroke elsewhere."""
    strokes = sum(token("".join(row.places)).stroke for row in rows)
    if strokes < _MIN_STROKES:
        return
    for above, row in pairwise(rows):
        told = row.places or row.page_cells or row.omission or row.reason or row.explanation or row.extras
        if not told:
            row.places, row.page_cells = list(above.places), list(above.page_cells)
