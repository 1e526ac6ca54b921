"""Lines of a page that is set in columns and was drawn row by row, put in reading order.

A PDF holds text in the order in which it was drawn. Where a program drew line after line
across the columns, each line of the text holds a piece of every column; a table is drawn
in the same way and must stay as it is. What tells columns: titles above each of them, a
bracket that opens at the end of one piece and closes in the piece below, sentences that
go on from piece to piece.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from statistics import mean

from gri_index.language.text import SENTENCE_END, fold, plain

Word = Sequence[object]  # (text, left, bottom, right, top), in points
_GAP = 1.0  # between columns, in heights of a line
_MIN_LINES = 3  # with text on both sides of a gutter
_MIN_CODES, _FIGURES = 3, 0.3  # codes below each other, share of figures: a table
_LARGER = 1.15  # a title's letters to the text's
_BOTH = 0.8  # share of rows with text on both sides of a gutter: cells of a table end on different lines
_FLOWS = 0.4  # share of pieces that go on in the piece below
_MIN_PROSE = 18  # characters of a piece, on average; letters of East Asia count twice
_CODE = re.compile(r"\W*(?:GRI\s)?\d{1,3}-\d{1,2}\b")
_OPEN = re.compile(r"[\[(]\s*GRI\b[^\[\]()]*$")
_WIDE = re.compile("[\u2e80-\ud7af\uff00-\uffef]")


@dataclass(slots=True)
class _Piece:
    """Words beside each other on one line."""

    text: str
    left: float
    right: float
    middle: float  # of its height
    height: float


def columns_in_order(drawn: Sequence[tuple[str, float]], words: Sequence[Word]) -> list[tuple[str, float]]:
    """The lines of a page (text, height of letters) as drawn; those that hold pieces of several columns, column after column.

    ``words``: all words of the page with their places.
    """
    bands = list(_bands([_piece(word) for word in words]))
    rows = {
        plain(" ".join(piece.text for piece in row)): (number, at)
        for number, band in enumerate(bands)
        for at, row in enumerate(band)
    }
    ordered: list[tuple[str, float]] = []
    for number, lines in groupby(drawn, key=lambda line: rows.get(plain(line[0]), (-1, 0))[0]):
        run = list(lines)
        found = [bands[number][rows[plain(text)][1]] for text, _ in run] if number >= 0 else []
        columns = list(zip_longest(*found)) if sum(all(piece.text for piece in row) for row in found) >= _MIN_LINES else []
        ordered += [(piece.text, piece.height) for column in columns for piece in column if piece and piece.text] or run
    return ordered


def _bands(words: list[_Piece]) -> Iterator[list[list[_Piece]]]:
    """Stretches of the page that are set in columns: rows of pieces, one for each column."""
    lines = _lines(words)
    gutter = _gutter(lines)
    band: list[tuple[list[_Piece], list[_Piece]]] = []
    if gutter is None:
        return
    for line in [*lines, []]:
        left, right = [p for p in line if p.left < gutter], [p for p in line if p.left >= gutter]
        if line and not _crosses(left, right, gutter):
            band.append((left, right))
            continue
        if rows := _rows(band):
            yield rows
        band = []


def _rows(band: list[tuple[list[_Piece], list[_Piece]]]) -> list[list[_Piece]]:
    """The rows of a band, split at its gutters; none where it is a table."""
    lefts, rights = ([_joined(side) for side in sides if side] for sides in zip(*band, strict=True)) if band else ([], [])
    both = sum(bool(left and right) for left, right in band)
    if both < _MIN_LINES or not _are_columns(lefts, rights, full=both >= _BOTH * len(band)):
        return []
    further = _gutter([right for _, right in band])  # of a third column
    rows = []
    for left, right in band:
        parts = (
            [left, right]
            if further is None
            else [left, [p for p in right if p.left < further], [p for p in right if p.left >= further]]
        )
        rows.append([_joined(part) if part else _Piece("", 0, 0, 0, 0) for part in parts])
    return rows


def _piece(word: Word) -> _Piece:
    text, left, bottom, right, top = word
    bottom, top = float(str(bottom)), float(str(top))
    return _Piece(str(text), float(str(left)), float(str(right)), (bottom + top) / 2, max(top - bottom, 1.0))


def _lines(words: list[_Piece]) -> list[list[_Piece]]:
    """Words by line, from the top; those of a line from left to right."""
    lines: list[list[_Piece]] = []
    for word in sorted(words, key=lambda each: -each.middle):
        if lines and abs(lines[-1][0].middle - word.middle) < 0.4 * min(lines[-1][0].height, word.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def _gutter(lines: list[list[_Piece]]) -> float | None:
    """Where most lines have a gap in common: the left edge of the column behind it."""
    gaps = [
        (before.right, after.left)
        for line in lines
        for before, after in pairwise(line)
        if after.left - before.right >= _GAP * max(before.height, after.height)
    ]
    edges = {right: sum(left < right - 0.1 <= other for left, other in gaps) for _, right in gaps}
    best = max(edges, key=lambda edge: (edges[edge], -edge), default=None)
    return best - 0.1 if best is not None and edges[best] >= _MIN_LINES else None


def _crosses(left: list[_Piece], right: list[_Piece], gutter: float) -> bool:
    """True for a line that runs over both columns."""
    if not left:
        return False
    end, height = max(piece.right for piece in left), left[0].height
    return end > gutter or (bool(right) and right[0].left - end < 0.8 * height)


def _joined(line: Sequence[_Piece]) -> _Piece:
    return _Piece(" ".join(p.text for p in line), line[0].left, line[-1].right, line[0].middle, line[0].height)


def _are_columns(lefts: list[_Piece], rights: list[_Piece], *, full: bool) -> bool:
    """True for text set in columns, False for a table. ``full``: nearly all rows hold text on both sides."""
    both = (lefts, rights)
    if any(sum(_CODE.match(fold(p.text)) is not None for p in side) >= _MIN_CODES for side in both):
        return False
    if any(mean(_figures(p.text) for p in side) > _FIGURES for side in both):
        return False
    if any(_OPEN.search(fold(piece.text)) for piece in lefts):
        return True
    titled = all(side[0].height >= _LARGER * min(p.height for p in side[1:]) for side in both)
    return titled or (full and all(_is_prose(side) for side in both))


def _figures(text: str) -> float:
    """The share of a piece's characters that are figures."""
    return sum(char.isdigit() for char in text) / max(1, len(text))


def _is_prose(side: list[_Piece]) -> bool:
    length = mean(len(p.text) + len(_WIDE.findall(p.text)) for p in side)
    flows = [
        not SENTENCE_END.search(above.text) and (below.text[0].islower() or _WIDE.match(below.text) is not None)
        for above, below in pairwise(side)
    ]
    return length >= _MIN_PROSE and mean(flows) >= _FLOWS
