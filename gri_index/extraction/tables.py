"""Two indexes side by side in one table, as conversions of two-column pages leave them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from gri_index.extraction.cells import IndexLine, code_rows, head_of
from gri_index.language.text import plain

_ENOUGH = 2  # rows with a number on either side


def one_after_the_other(lines: Sequence[IndexLine]) -> list[IndexLine]:
    """The lines with tables that stand side by side put one behind the other: a head that repeats itself tells them."""
    found: list[IndexLine] = []
    number = 0
    for _, table in groupby(lines, key=lambda line: line.table):
        for part in _between_heads(list(table)):
            number += 1
            left, right = _halves(part)
            found += [replace(line, table=number) if line.table else line for line in left]
            if right:
                number += 1
                found += [replace(line, table=number) for line in right]
    return found


def _between_heads(lines: Sequence[IndexLine]) -> Iterator[list[IndexLine]]:
    """The stretches of a table that begin with a head that repeats itself; one stretch where none does."""
    stretch: list[IndexLine] = []
    for line in lines:
        if stretch and _repeats(line.cells):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _repeats(cells: tuple[str, ...]) -> tuple[int, int] | None:
    """(first column, width) of a head that stands twice in a line."""
    heads = [plain(cell) for cell in head_of(cells)]
    for start in range(len(heads)):
        for width in range(2, (len(heads) - start) // 2 + 1):
            one, other = heads[start : start + width], heads[start + width : start + 2 * width]
            if one == other and all(one):
                return start, width
    return None


def _halves(lines: Sequence[IndexLine]) -> tuple[list[IndexLine], list[IndexLine]]:
    """The left and the right table of a stretch; all of it and nothing where there is one only."""
    place = _repeats(lines[0].cells)
    if place is None:
        return list(lines), []
    start, width = place
    left = [replace(line, cells=line.cells[start : start + width]) for line in lines]
    right = [replace(line, cells=line.cells[start + width : start + 2 * width]) for line in lines]
    both = min(len(code_rows(left)), len(code_rows(right))) >= _ENOUGH
    return (left, right) if both else (list(lines), [])
