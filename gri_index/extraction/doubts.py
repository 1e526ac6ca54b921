"""What about a reading is not plausible: it is said with page and row, so that a person looks there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gri_index.catalogue import load_catalogue
from gri_index.extraction.sightings import code
from gri_index.extraction.weights import weights
from gri_index.language import frameworks
from gri_index.model.printed import PrintedRow
from gri_index.model.report import ReadProblem

_MOSTLY = 0.8  # of the rows that say where: then a row that does not was perhaps misread
_FEW = 0.5  # of the rows: an index says where most of its disclosures are
_MOST = 60  # numbers that are named
_MANY = 12  # rows from which a sequence tells anything
_SHOWN = 80  # characters of a row
_SEEN = 15  # different numbers in a document without an index


def doubts(rows: Sequence[PrintedRow]) -> Iterator[ReadProblem]:
    """What a person should look at: rows without place, other rows that were perhaps misread, gaps in GRI 2."""
    told = [bool(row.location or row.omissions or row.omitted or _remarks(row)) for row in rows]
    mostly = len(rows) >= _MANY and sum(told) >= _MOSTLY * len(rows)
    below = weights()["doubt"]["below"]
    for row, has in zip(rows, told, strict=True):
        name = row.reference.name or row.reference.raw
        if mostly and not has:
            yield ReadProblem(row.page, "index-no-place", (("disclosure", name),))
        elif row.confidence < below:
            shown = " | ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:_SHOWN]
            args = (("disclosure", name), ("confidence", f"{row.confidence:.0%}"), ("row", shown))
            yield ReadProblem(row.page, "index-doubtful", args)
    if len(rows) >= _MANY and sum(told) < _FEW * len(rows):
        yield ReadProblem("", "index-places", (("count", str(len(rows) - sum(told))), ("rows", str(len(rows)))))
    if len(rows) >= _MANY:
        yield from _gaps(rows)


def unread(rows: Sequence[PrintedRow], texts: Iterable[str]) -> Iterator[ReadProblem]:
    """Numbers that stand in the index and of which no row was made: one by one, so that a person looks for them."""
    read = {row.reference.number for row in rows}
    seen = (match for text in texts for match in code().finditer(text) if match["dash"] == "-")
    numbers = dict.fromkeys(f"{int(match['std'])}-{int(match['num'])}" for match in seen)
    missing = [number for number in numbers if number not in read and load_catalogue().editions_of(number)]
    if missing:
        yield ReadProblem("", "index-unread", (("count", str(len(missing))), ("numbers", ", ".join(missing[:_MOST]))))


def _remarks(row: PrintedRow) -> bool:
    """True where a column of remarks says something: an answer may stand there."""
    return any(re.search(r"[^\W\d_]{2}", frameworks.mention().sub("", text)) for _, text in row.extras)


def _gaps(rows: Sequence[PrintedRow]) -> Iterator[ReadProblem]:
    """Numbers of GRI 2 that are left out between two that follow each other."""
    general = [each.key.number for each in load_catalogue().standard("GRI 2", "2021").disclosures]
    place = {number: at for at, number in enumerate(general)}
    listed = {row.reference.number for row in rows}
    for above, row in pairwise(row for row in rows if row.reference.number in place):
        first, last = place[above.reference.number or ""], place[row.reference.number or ""]
        missing = [number for number in general[first + 1 : last] if number not in listed]
        if missing:
            args = (("numbers", ", ".join(missing)), ("above", above.reference.name), ("below", row.reference.name))
            yield ReadProblem(row.page, "index-gap", args)


def nothing_read(numbers: int, named: bool) -> Iterator[ReadProblem]:
    """A document that is called an index, or is full of numbers, and of which no row could be read."""
    if named or numbers >= _SEEN:
        yield ReadProblem("", "index-nothing", (("count", str(numbers)),))
