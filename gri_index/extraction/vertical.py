"""An index with one cell in each line, as conversions flatten tables.

A number alone, then the title, then the place; or number and title, then the place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from gri_index.extraction.cells import IndexLine
from gri_index.extraction.places import pages
from gri_index.extraction.titles import begins_title
from gri_index.extraction.tokens import token
from gri_index.language.pages import read_pages

_ENOUGH = 5  # numbers that stand alone
_MOSTLY = 0.7  # of the lines with a title: then the lines below them are their places


def upright(lines: Sequence[IndexLine]) -> list[IndexLine]:
    """The lines with flattened stretches put into rows of (number, title, place); other lines as they are."""
    found: list[IndexLine] = []
    table = max((line.table for line in lines), default=0)
    for plain, group in groupby(lines, key=lambda line: line.table == 0):
        stretch = list(group)
        if plain and _is_flat(stretch):
            table += 1
            found += _rows(stretch, table)
        elif plain and _is_paired(stretch):
            table += 1
            found += _pairs(stretch, table)
        else:
            found += stretch
    return found


def _alone(line: IndexLine) -> bool:
    """True for a line that holds a number and nothing else."""
    texts = [cell for cell in line.cells if cell.strip()]
    return len(texts) == 1 and (match := token(texts[0]).code) is not None and match.end() == len(texts[0].rstrip())


def _is_flat(lines: Sequence[IndexLine]) -> bool:
    """True where most numbers that open a line stand alone in it."""
    opened = sum(bool(line.cells) and token(line.cells[0]).code is not None for line in lines)
    alone = sum(_alone(line) for line in lines)
    return alone >= _ENOUGH and 2 * alone > opened


def _opens(line: IndexLine) -> bool:
    """True for a line that a number and a title open, and no place closes."""
    texts = [cell for cell in line.cells if cell.strip()]
    return 0 < len(texts) <= 2 and token(texts[0]).code is not None and not _alone(line)


def _is_paired(lines: Sequence[IndexLine]) -> bool:
    """True where a line with a place stands below most lines with number and title."""
    opened = [at for at, line in enumerate(lines) if _opens(line)]
    below = [lines[at + 1] for at in opened if at + 1 < len(lines) and not _opens(lines[at + 1])]
    places = sum(_is_place(line) for line in below)
    return len(opened) >= _ENOUGH and places >= _MOSTLY * len(opened)


def _is_place(line: IndexLine) -> bool:
    texts = [cell for cell in line.cells if cell.strip()]
    return len(texts) == 1 and (read_pages(texts[0]) is not None or bool(pages(texts[0], column=False)))


def _pairs(lines: Sequence[IndexLine], table: int) -> Iterator[IndexLine]:
    """Rows of (number and title, place); other lines as they are."""
    below = -1
    for at, line in enumerate(lines):
        if at == below:
            continue
        if _opens(line):
            below = at + 1 if at + 1 < len(lines) and _is_place(lines[at + 1]) else -1
            place = " ".join(cell for cell in lines[below].cells if cell.strip()) if below > 0 else ""
            yield replace(line, cells=(" ".join(cell for cell in line.cells if cell.strip()), place), table=table)
        else:
            yield replace(line, cells=(" ".join(cell for cell in line.cells if cell.strip()), ""), table=table)


def _rows(lines: Sequence[IndexLine], table: int) -> Iterator[IndexLine]:
    started = False
    row: list[IndexLine] = []
    for line in lines:
        if _alone(line):
            yield from _row(row, table) if started else row
            row, started = [], True
        row.append(line)
    yield from _row(row, table) if started else row


def _row(lines: Sequence[IndexLine], table: int) -> Iterator[IndexLine]:
    """The row that a number begins, and the bands behind it."""
    first, texts = lines[0], [text for line in lines[1:] for cell in line.cells for text in cell.split("\n") if text.strip()]
    number = token(first.cells[0]).code
    assert number is not None
    bands: list[str] = []
    while texts and _is_band(texts[-1]):
        bands.insert(0, texts.pop())
    title = 0
    name = f"{int(number['std'])}-{int(number['num'])}"
    while title < len(texts) and begins_title(name, " ".join(texts[: title + 1])):
        title += 1
    title = max(title, 1)
    yield replace(first, cells=(first.cells[0], " ".join(texts[:title]), " ".join(texts[title:])), table=table)
    yield from (replace(first, cells=(band, "", ""), table=table) for band in bands)


def _is_band(text: str) -> bool:
    return len(text) < 100 and (token(text).opens_with_standard or (text.isupper() and len(text) > 4))
