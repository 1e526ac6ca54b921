"""The layouts of an index page: tables side by side, one below the other, and what stands at its head and foot."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from gri_index.extraction.boxes import (
    MIN_ANCHORS,
    PageBoxes,
    Word,
    anchors_of,
    base_lines,
    code_order,
    numbers_in_column,
    runs_of,
)
from gri_index.extraction.cells import IndexLine, code_rows
from gri_index.extraction.geometry import Table
from gri_index.extraction.lines import plain_cells
from gri_index.extraction.titles import exact_title
from gri_index.extraction.tokens import token
from gri_index.language.text import plain

_EDGE = 3  # lines at either end of a page that may be head or foot
_MOST_READINGS, _SAME_PLACE = 4, 4.0  # columns of other pages that are tried; points
_HEADS = 2  # names of columns beside each other
_TELLING = 4  # letters of a running line
_SAME_COLUMN = 12.0  # points between the left edges of numbers in one column
_COLUMN = 3  # numbers below each other make a column; fewer are mentions
_NEARLY_ALL = 0.8  # of the numbers of an index
_SECOND_TABLE = 0.25  # of the page's width between the numbers of two tables side by side


def without_running(page: PageBoxes, running: Sequence[str]) -> PageBoxes:
    """The page without its running head and foot, which the report's lines told."""
    told = "".join(plain(line) for line in running)
    if not told or not page.words:
        return page
    lines = base_lines(page.words, median(word.height for word in page.words))
    dropped: set[Word] = set()
    for line in [*lines[:_EDGE], *lines[-_EDGE:]]:
        runs = list(runs_of(line, 0.9 * line[0].height))
        if sum(token(" ".join(word.text for word in run)).head is not None for run in runs) >= _HEADS:
            continue  # the head of the table, which is repeated on each page
        known = [run for run in runs if len(text := plain(" ".join(word.text for word in run))) >= _TELLING and text in told]
        alone = len(runs) == 1 and plain(" ".join(word.text for word in line)) in {plain(each) for each in running}
        if known or alone:  # the page's number stands beside what is known
            numbers = [run for run in runs if all(word.text.isdigit() for word in run)]
            dropped |= {word for run in (*known, *numbers, *(runs if alone else ())) for word in run}
    return replace(page, words=tuple(word for word in page.words if word not in dropped))


def index_lines(page: PageBoxes, label: str, table: int) -> Iterator[IndexLine]:
    """The rows of the index on one page; see ``lines_of_pages``."""
    yield from lines_of_pages([(page, label, table)])


def lines_of_pages(pages: Sequence[tuple[PageBoxes, str, int]]) -> Iterator[IndexLine]:
    """The rows of the index on its pages: tables side by side one after the other, layouts one below the other.

    A page without a single number is no part of the index, whatever stands around it. Each
    table is read by the columns that it shows itself, and by those of the others that have
    their numbers in the same place; the reading in which most titles are whole titles wins.
    """
    numbers = _number_column([page for page, _, _ in pages])
    tables = [
        (table, label, number) for page, label, number in pages if anchors_of(page.words) for table in _tables(page, numbers)
    ]
    shown = [(table, table.edges()) for table, _, _ in tables]
    for (table, label, number), (_, own_edges) in zip(tables, shown, strict=True):
        others = {edges for other, edges in shown if other is not table and _alike(table, other)}
        common = max(others, key=lambda each: sum(each == shape for _, shape in shown), default=())
        few = table.known and len(table.anchors) < _COLUMN  # a row or two show no columns
        own = list(table.lines(label, number, common if few else ()))
        best, lines = _whole_titles(own), own
        more = [edges for edges in others if _holds(edges, own_edges, _head_edges(table.page))]
        for edges in sorted(more, key=len, reverse=True)[:1]:  # a column that is nearly empty here shows on another page
            other_lines = list(table.lines(label, number, edges))
            if (score := _whole_titles(other_lines)) >= best:
                best, lines = score, other_lines
        if best < len(table.anchors) - 1:  # else there is nothing to win
            for edges in sorted(others, key=lambda each: -sum(each == shape for _, shape in shown))[:_MOST_READINGS]:
                other_lines = list(table.lines(label, number, edges))
                if (score := _whole_titles(other_lines)) > best + 1:
                    best, lines = score, other_lines
        yield from _parted(lines)


def _parted(lines: Sequence[IndexLine]) -> Sequence[IndexLine]:
    """The lines, each parted into number, title and place where the page sets them as text: without columns."""
    rows = [[cell for cell in cells if cell.strip()] for cells, _, _ in code_rows(lines)]
    if not rows or sum(len(row) == 1 for row in rows) < _NEARLY_ALL * len(rows):
        return lines
    return [
        replace(line, cells=tuple(plain_cells(filled[0])))
        if len(filled := [cell for cell in line.cells if cell.strip()]) == 1
        else line
        for line in lines
    ]


def _tables(page: PageBoxes, numbers: float | None) -> list[Table]:
    """The tables of a page. ``numbers``: where those of nearly all rows of the index stand, if they stand in one column."""
    found = []
    for half in _side_by_side(page):
        whole = Table(half)
        if numbers is not None and whole.number_at(numbers):
            found.append(whole)
        else:
            found += [Table(part) for part in _one_below_the_other(half)]
    return found


def _number_column(pages: Sequence[PageBoxes]) -> float | None:
    """The left edge of the column in which nearly all numbers of the index stand: others are mentions in answers."""
    lefts: list[float] = []
    for page in pages:
        own = [anchor.left for anchor in anchors_of(page.words)]
        lefts += [left for left in own if sum(abs(left - other) <= _SAME_COLUMN / 2 for other in own) >= _COLUMN]
    bins = Counter(round(left / _SAME_COLUMN) for left in lefts)
    if not bins:
        return None
    most = bins.most_common(1)[0][0] * _SAME_COLUMN
    common = [left for left in lefts if abs(left - most) <= _SAME_COLUMN]
    return median(common) if len(common) >= _NEARLY_ALL * len(lefts) else None


def _holds(edges: Sequence[float], fewer: Sequence[float], heads: Sequence[float]) -> bool:
    """True for columns that are the fewer ones and some more, each of which has its head here."""
    new = [edge for edge in edges if all(abs(edge - each) > _SAME_COLUMN for each in fewer)]
    return len(edges) > len(fewer) and bool(new) and all(any(abs(edge - each) <= _SAME_COLUMN for each in heads) for edge in new)


def _head_edges(page: PageBoxes) -> list[float]:
    """Left edges of the names of columns on a page."""
    if not page.words:
        return []
    for line in base_lines(page.words, median(word.height for word in page.words)):
        runs = list(runs_of(line, 0.9 * line[0].height))
        if sum(token(" ".join(word.text for word in run)).head is not None for run in runs) >= _HEADS:
            return [run[0].left for run in runs]
    return []


def _whole_titles(lines: Sequence[IndexLine]) -> int:
    """Rows whose title is the whole title of their disclosure, in any language."""
    count = 0
    for cells, at, number in code_rows(lines):
        match = token(cells[at]).code
        joined = cells[at][match.end() :] if match else ""
        beside = cells[at + 1] if at + 1 < len(cells) else ""
        count += exact_title(number, joined.strip() or beside)
    return count


def _alike(table: Table, other: Table) -> bool:
    """True for tables on pages of one width whose numbers begin at the same place."""
    near = bool(table.anchors and other.anchors) and abs(table.anchors[0].left - other.anchors[0].left) <= _SAME_PLACE
    return near and abs(table.page.width - other.page.width) < 1


def _one_below_the_other(page: PageBoxes) -> list[PageBoxes]:
    """The page, or its parts where the numbers stand in one column above and in another below."""
    anchors = sorted(anchors_of(page.words), key=lambda anchor: anchor.top)
    columns: dict[int, list[Word]] = {}
    for anchor in anchors:
        near = next((key for key in columns if abs(anchor.left - columns[key][0].left) <= _SAME_COLUMN), len(columns))
        columns.setdefault(near, []).append(anchor)
    several = sorted((each for each in columns.values() if len(each) >= MIN_ANCHORS), key=lambda each: each[0].top)
    for above, below in pairwise(several):
        if above[-1].bottom < below[0].top and len(above) + len(below) > 0.8 * len(anchors):
            cut = _widest_gap(page, above[-1].bottom, below[0].top)
            parts = (replace(page, words=tuple(w for w in page.words if (w.middle < cut) is upper)) for upper in (True, False))
            return list(parts)
    return [page]


def _widest_gap(page: PageBoxes, low: float, high: float) -> float:
    """The height of the widest white between two heights."""
    edges = sorted((word.top, word.bottom) for word in page.words if low - 1 <= word.middle <= high + 1)
    best, at, reach = 0.0, high, low
    for top, bottom in edges:
        if top - reach > best:
            best, at = top - reach, (top + reach) / 2
        reach = max(reach, bottom)
    return at


def _side_by_side(page: PageBoxes) -> list[PageBoxes]:
    """The page, or its parts where the numbers stand in columns far apart."""
    columns = _far_columns(page)
    if len(columns) < 2:
        return [page]
    before = _before_numbers(page, columns[0])
    cuts = [0.0, *(min(anchor.left for anchor in column) - before - 2 for column in columns[1:]), page.width]
    return [_between(page, low, high) for low, high in pairwise(cuts)]


def _far_columns(page: PageBoxes) -> list[list[Word]]:
    """The numbers by the table that they stand in; others are mentions in answers, or requirements that are omitted."""
    found: list[list[Word]] = []
    anchors = anchors_of(page.words)
    dashed = [anchor for anchor in anchors if "." not in anchor.text]  # else a section of the report: "2.1"
    for anchor in sorted(dashed if 2 * len(dashed) > len(anchors) else anchors, key=lambda each: each.left):
        if found and anchor.left - found[-1][-1].left < _SECOND_TABLE * page.width:
            found[-1].append(anchor)
        else:
            found.append([anchor])
    tables = [numbers_in_column(each) for each in found]
    kept = [each for each in tables if len(each) >= _COLUMN and _ascending(each)]
    again = {code_order(anchor.text) for each in kept[:1] for anchor in each}
    own = [each for each in kept[1:] if 2 * sum(code_order(anchor.text) in again for anchor in each) <= len(each)]
    return [*kept[:1], *(each for each in own if len(each) >= 0.3 * len(kept[0]))] if kept and kept[0] == tables[0] else []


def _before_numbers(page: PageBoxes, anchors: Sequence[Word]) -> float:
    """How far left of its numbers the first table begins: a column of pages, or of Standards, may stand before them."""
    edge = min(anchor.left for anchor in anchors)
    beside = [
        edge - word.left
        for word in page.words
        if word.right < edge and any(abs(word.middle - anchor.middle) < 0.5 * anchor.height for anchor in anchors)
    ]
    return max(beside) if len(beside) >= _COLUMN else 0.0


def _between(page: PageBoxes, low: float, high: float) -> PageBoxes:
    """The part of a page between two heights of its width; what begins in it reaches over its right edge a little."""
    words = tuple(word for word in page.words if low <= word.left < high and (word.right <= high + 20 or high >= page.width))
    rules = tuple(
        (max(rule[0], low), rule[1], min(rule[2], high), rule[3]) for rule in page.rules if rule[2] > low and rule[0] < high
    )
    return replace(page, words=words, rules=rules)


def _ascending(anchors: Sequence[Word]) -> bool:
    """True for numbers that mostly grow downwards: those of an index, not page ranges."""
    numbers = [code_order(anchor.text) for anchor in sorted(anchors, key=lambda anchor: anchor.top)]
    rising = sum(second >= first for first, second in pairwise(numbers))
    return rising >= 0.7 * max(1, len(numbers) - 1)
