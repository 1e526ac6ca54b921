"""Rows and columns of an index on a PDF page, from its words and rules.

Numbers of disclosures are the anchors: each begins a row. Rules, where there are any,
bound rows and columns; else columns are parted by the white between them, and a line
belongs to the anchor beside it. Coordinates are points from the upper left corner.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from gri_index.extraction.boxes import (
    COLUMN,
    MIN_ANCHORS,
    SAME_LINE,
    PageBoxes,
    TextLine,
    Word,
    anchors_of,
    base_lines,
    code_order,
    joined,
    numbers_in_column,
    runs_of,
)
from gri_index.extraction.cells import IndexLine
from gri_index.extraction.omissions import told_omission
from gri_index.extraction.tokens import token
from gri_index.language.text import fold

_FEW_LINES = 3  # that a column has at least
_WHITE = 3.5  # points of white that part two columns
_MANY_RULES = 8  # a ruled table, not a line under a heading
_RULE = 1.6  # points: thicker boxes are fills, whose edges are rules all the same
_PAGES_ALONE = re.compile(r"(?!\d{1,3}-\d{1,2}$)[\d,;\u2013 -]+")
_YEAR_LAST = re.compile(r"20\d\d\W*$")


def _inside_rules(page: PageBoxes) -> PageBoxes:
    """The page without what stands beside the table: tabs and numbers in its margins."""
    wide = [rule for rule in page.rules if rule[2] - rule[0] > 12 and rule[3] - rule[1] <= _RULE]
    if len(wide) < _MANY_RULES:
        return page
    left, right = min(rule[0] for rule in wide), max(rule[2] for rule in wide)
    return replace(page, words=tuple(word for word in page.words if word.right > left - 2 and word.left < right + 2))


class Table:
    """One table on a page, of one layout."""

    def __init__(self, page: PageBoxes) -> None:
        self.page = page = _inside_rules(page)
        self.height: float = median([word.height for word in page.words]) if page.words else 8.0
        self.anchors = numbers_in_column(anchors_of(page.words))
        self.known = False  # other pages show where its numbers stand: then one is enough

    def number_at(self, left: float) -> bool:
        """Takes the numbers that stand at this place for those that begin rows; False where there are none."""
        found = [anchor for anchor in anchors_of(self.page.words) if abs(anchor.left - left) <= COLUMN]
        self.anchors = sorted(found, key=lambda anchor: anchor.top) or self.anchors
        self.known = bool(found)
        return self.known

    def edges(self) -> tuple[float, ...]:
        """Left edges of the columns, as this table alone shows them."""
        return tuple(self._columns())

    def lines(self, label: str, table: int, edges: Sequence[float] = ()) -> Iterator[IndexLine]:
        """Lines from the top of the page downwards. ``edges``: of the columns, where another page of the index shows them better."""
        if len(self.anchors) < MIN_ANCHORS and not self.known and not self._horizontal():
            return
        edges = edges or self._columns()
        columns = self._unstacked(self._lines_by_column(edges), edges)
        bounds = self._bands(columns)
        for low, high in (part for band in bounds for part in self._without_omission(*band, edges)):
            cells = tuple(joined(line.text for line in lines if low <= line.middle < high) for lines in columns)
            if any(cells):
                links = tuple(dict.fromkeys(address for address, middle in self.page.links if low <= middle < high))
                yield IndexLine(self._whole(low, high, edges) or cells, label, table, links)

    def _without_omission(self, low: float, high: float, edges: Sequence[float]) -> list[tuple[float, float]]:
        """A row, and the omission in a line of its own under it, which runs over the columns."""
        for line in self._base_lines([word for word in self.page.words if low <= word.middle < high]):
            crossed = any(line[0].left + 3 < edge < line[-1].right - 3 for edge in edges)
            if crossed and told_omission(" ".join(word.text for word in line)):
                cut = line[0].top - 0.1 * self.height
                return [(low, cut), (cut, high)] if cut > low else [(low, high)]
        return [(low, high)]

    def _whole(self, low: float, high: float, edges: Sequence[float]) -> tuple[str, ...]:
        """A sentence over several columns, as a note is, in one cell; () for a stretch that is none."""
        words = [word for word in self.page.words if low <= word.middle < high]
        if any(low <= anchor.middle < high for anchor in self.anchors):
            return ()
        lines = self._base_lines(words)
        told = lines and told_omission(" ".join(word.text for word in lines[0]))
        for line in lines if not told else ():
            crossed = sum(line[0].left + 3 < edge < line[-1].right - 3 for edge in edges)
            if not crossed or len(list(runs_of(line, 0.9 * max(self.height, line[0].height)))) > 1:
                return ()
        return (" ".join(word.text for line in lines for word in line), *[""] * (len(edges) - 1))

    # ── columns ──

    def _columns(self) -> list[float]:
        """Left edges of the columns."""
        top = min((anchor.top for anchor in self.anchors), default=0.0) - 4 * self.height
        body = [word for word in self.page.words if word.top >= top]
        white = self._white(body)
        ruled = self._vertical()
        edges = white
        if len(ruled) >= 2:
            # A rule is a column's edge; white that no rule marks may part number and title in one cell.
            edges = sorted({*ruled, *(edge for edge in white if min(abs(edge - rule) for rule in ruled) > 12)})
        if self.anchors:  # the numbers begin a column, whatever stands above them
            numbers = min(anchor.left for anchor in self.anchors) - 2
            edges = sorted({*(edge for edge in edges if abs(edge - numbers) > 12), numbers})
        return self._begun(edges, body, ruled if len(ruled) >= 2 else []) or [0.0]

    def _begun(self, edges: Sequence[float], words: Sequence[Word], ruled: Sequence[float]) -> list[float]:
        """Edges behind which at least some lines begin; others part the words of a title, or bound the table."""
        begins = [run[0].left for line in self._base_lines(words) for run in runs_of(line, 0.9 * self.height)]
        kept: list[float] = []
        for position, edge in enumerate(edges):
            end = edges[position + 1] if position + 1 < len(edges) else self.page.width
            enough = 1 if edge in ruled else _FEW_LINES
            if sum(edge - 3 <= left < end - 3 for left in begins) >= enough and (not kept or edge - kept[-1] > 8):
                kept.append(edge)
        return kept

    def _white(self, words: Sequence[Word]) -> list[float]:
        """Left edges by the white between columns: stretches that hardly a line crosses."""
        width = int(self.page.width) + 2
        crossed = [0] * width
        lines = self._base_lines(words)
        bands = 0
        numbers = max((anchor.right for anchor in self.anchors), default=0.0)
        for line in lines:
            if line[-1].right > numbers and self._is_band(line):
                bands += 1  # the name of a Standard over its rows says nothing of their columns
                continue
            spaces = [second.left - first.right for first, second in pairwise(line)]
            if (
                len(line) > 1
                and max(spaces, default=0) < 2.2 * self.height
                and line[-1].right - line[0].left > 0.55 * self.page.width
            ):
                bands += 1
                continue  # a line of text over the whole width: a title, a statement
            for run in runs_of(line, 0.9 * self.height):
                for x in range(max(0, int(run[0].left)), min(width, int(run[-1].right) + 1)):
                    crossed[x] += 1
        most = max(1, round(0.03 * (len(lines) - bands)))
        edges, start, empty = [], None, True
        for x, count in enumerate(crossed):
            if count > most and start is None:
                start = x
                if empty:
                    edges.append(float(x) - 1)
            if count <= most:
                blank = next((n for n in range(x, min(width, x + int(_WHITE) + 1)) if crossed[n] > most), None)
                if start is not None and blank is None:
                    start, empty = None, True
        return edges

    def _is_band(self, line: Sequence[Word]) -> bool:
        """True for a line of nothing but the name of a Standard."""
        named = token(" ".join(word.text for word in line))
        return named.opens_with_standard and named.code is None and len(list(runs_of(line, 0.9 * self.height))) == 1

    def _base_lines(self, words: Sequence[Word]) -> list[list[Word]]:
        return base_lines(words, self.height)

    def _vertical(self) -> list[float]:
        """Left edges by vertical rules that run along at least a third of the rows."""
        spans: dict[int, float] = {}
        for left, top, right, bottom in self.page.rules:
            if bottom - top < 4:
                continue
            for x in {left, right} if right - left > _RULE else {(left + right) / 2}:
                spans[round(x / 3)] = spans.get(round(x / 3), 0.0) + bottom - top
        reach = (self.anchors[-1].bottom - self.anchors[0].top) if len(self.anchors) > 1 else self.page.height
        merged: list[float] = []
        for key in sorted(spans):
            length = spans[key] + spans.get(key + 1, 0.0)
            if length >= 0.35 * reach and (not merged or key * 3 - merged[-1] > 8):
                merged.append(key * 3.0)
        return merged

    def _lines_by_column(self, edges: Sequence[float]) -> list[list[TextLine]]:
        columns: list[list[Word]] = [[] for _ in edges]
        for line in self._base_lines(self.page.words):
            for run in runs_of(line, 0.9 * self.height):
                at = [
                    max((position for position, edge in enumerate(edges) if edge <= word.left + 2.5), default=0) for word in run
                ]
                whole = run[0] is not line[0] and _PAGES_ALONE.fullmatch(" ".join(word.text for word in run))
                end = max((position for position, edge in enumerate(edges) if edge < run[-1].right), default=0)
                for word, column in zip(run, at, strict=True):  # pages set to the right begin left of their column's edge
                    columns[end if whole else column].append(word)
        return [[TextLine(line) for line in self._base_lines(words)] for words in columns]

    # ── rows ──

    def _unstacked(self, columns: list[list[TextLine]], edges: Sequence[float]) -> list[list[TextLine]]:
        """The columns, where a Standard's name that runs down beside several rows stands whole beside each of them."""
        numbers = self.anchors[0].left if self.anchors else 0.0
        return [
            list(self._beside_rows(lines)) if edge < numbers - 2.5 else lines for lines, edge in zip(columns, edges, strict=True)
        ]

    def _beside_rows(self, lines: Sequence[TextLine]) -> Iterator[TextLine]:
        for block in self._blocks(lines):
            named = token(block[0].text)
            number = int(named.standard["number"]) if named.standard and named.opens_with_standard else 0
            rows = [anchor for anchor in self.anchors if code_order(anchor.text)[0] == number]
            words = [word for line in block for word in line.words]
            across = any(block[0].top < anchor.middle < block[-1].bottom for anchor in rows)
            if len(block) < 2 or not across:
                yield from block
                continue
            for row in rows:
                yield TextLine([replace(word, top=row.top, bottom=row.bottom) for word in words])

    def _blocks(self, lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
        """Lines of a column that follow each other closely; the name of a Standard begins a block, and its year ends one."""
        block: list[TextLine] = []
        for line in lines:
            if block and (
                line.top - block[-1].bottom > 0.8 * self.height
                or token(line.text).opens_with_standard
                or _YEAR_LAST.search(fold(block[-1].text))
            ):
                yield block
                block = []
            block.append(line)
        if block:
            yield block

    def _horizontal(self) -> list[float]:
        """Heights of the rules that run over at least the half of a column, each once."""
        heights: dict[int, float] = {}
        for left, top, right, bottom in self.page.rules:
            if right - left < 12:
                continue
            for y in {top, bottom} if bottom - top > _RULE else {(top + bottom) / 2}:
                heights[round(y / 2)] = heights.get(round(y / 2), 0.0) + right - left
        merged: list[float] = []
        for key in sorted(heights):
            if heights[key] + heights.get(key + 1, 0.0) >= 0.3 * self.page.width and (not merged or key * 2 - merged[-1] > 5):
                merged.append(key * 2.0)
        return merged

    def _bands(self, columns: Sequence[Sequence[TextLine]]) -> list[tuple[float, float]]:
        """(upper, lower) height of each row: between rules, and between numbers that share a band."""
        rules = self._horizontal()
        edges = [0.0, *rules, self.page.height] if len(rules) >= 0.5 * len(self.anchors) else [0.0, self.page.height]
        bands: list[tuple[float, float]] = []
        for low, high in pairwise(edges):
            inside = [anchor for anchor in self.anchors if low <= anchor.middle < high]
            lines = [line for column in columns for line in column if low <= line.middle < high]
            bands += self._split(low, high, inside, lines) if inside else self._plain(low, high, lines)
        return bands

    def _split(self, low: float, high: float, anchors: Sequence[Word], lines: Sequence[TextLine]) -> list[tuple[float, float]]:
        """Cuts a band before each number; a Standard's name or a topic above a number is a band of its own."""
        if len(anchors) == 1 and low > 0 and high < self.page.height:
            # Number and title share a cell: what stands above the number there is a band of its own.
            beside = any(
                line.words[0].left >= anchors[0].left - 3 and anchors[0].text in line.text and len(line.words) > 1
                for line in lines
            )
            above = [line for line in lines if line.bottom < anchors[0].top + 1 and line.left < anchors[0].right]
            cut = anchors[0].top - 0.2 * self.height
            return [(low, cut), (cut, high)] if beside and above else [(low, high)]
        centred = self._centred(anchors, lines)
        cuts = []
        for position, anchor in enumerate(anchors):
            cut = anchor.top - 0.35 * self.height
            previous = anchors[position - 1].bottom if position else low
            if centred and position:
                cut = self._gap(previous, anchor.top, lines)
            cuts.append(max(cut, low))
        # Lines of bands between two numbers: a Standard's title, a topic.
        for line in lines:
            if (
                token(line.text).standard
                and not token(line.text).code
                and all(abs(line.middle - a.middle) > self.height for a in anchors)
                and line.words[0].left <= min(anchor.left for anchor in anchors) + 5
            ):
                cuts.append(line.top - 0.35 * self.height)
                cuts += self._right_below(line, anchors, lines) if centred else []
        cuts = sorted(set(cuts))
        head = self._plain(low, cuts[0], [line for line in lines if line.middle < cuts[0]]) if cuts[0] > low else []
        return [*head, *pairwise([*cuts, high])]

    def _right_below(self, band: TextLine, anchors: Sequence[Word], lines: Sequence[TextLine]) -> list[float]:
        """The beginning of the row that a band stands over, where nothing else stands between them."""
        below = next((anchor for anchor in anchors if anchor.top > band.middle), None)
        if below is None or any(band.bottom <= line.middle < below.top - 0.3 * self.height for line in lines):
            return []
        return [below.top - 0.35 * self.height]

    def _centred(self, anchors: Sequence[Word], lines: Sequence[TextLine]) -> bool:
        """True where numbers stand at mid height of their rows: text begins above the first of them."""
        if len(anchors) < 3:
            return False
        higher = 0
        for first, second in pairwise(anchors):
            between = sorted(line.top for line in lines if first.bottom < line.middle < second.top - 0.3 * self.height)
            if between and second.top - between[-1] < 1.6 * self.height and between[0] - first.bottom > 0.9 * self.height:
                higher += 1
        return higher > 0.3 * len(anchors)

    def _gap(self, low: float, high: float, lines: Sequence[TextLine]) -> float:
        """The middle of the widest white between two heights."""
        spans = sorted((line.top, line.bottom) for line in lines if low - self.height < line.middle < high + self.height)
        best, at, reach = 0.0, high - 0.35 * self.height, low
        for top, bottom in spans:
            if top - reach > best and low - 1 <= reach and top <= high + 1:
                best, at = top - reach, (top + reach) / 2
            reach = max(reach, bottom)
        return at

    def _plain(self, low: float, high: float, lines: Sequence[TextLine]) -> list[tuple[float, float]]:
        """A stretch without numbers: each of its base lines by itself, or between rules all as one."""
        if low > 0 and high < self.page.height:
            return [(low, high)]
        tops = sorted(line.middle for line in lines)
        cuts = [low]
        for first, second in pairwise(tops):
            if second - first > SAME_LINE * self.height:
                cuts.append((first + second) / 2)
        return list(pairwise([*cuts, high]))
