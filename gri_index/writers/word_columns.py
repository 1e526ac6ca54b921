"""Which columns the Word table has, and how wide: the narrowest heights that the page allows.

A column is at least as wide as its longest word, so that no word breaks, and as half of
its head, so that a head has two lines. What is left of the page goes, piece by piece, to
the column that saves most lines. Widths in twentieths of a point (ISO 29500-1, 17.18.90).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gri_index.language.text import is_east_asian
from gri_index.writers.layout import Layout, LineKind

_SIZE = 170  # of a letter: 8.5 points
_MARGINS = 215 + 60  # of a cell, and some slack for another font
_PIECE = 200
_RAGGED = 1.06  # lines end before the edge
_WORD_END = re.compile(r"\s+|(?<=/)")  # not at a hyphen: a number stays whole
_NARROW = re.compile(r"[ .,:;()'|!/ijlft-]")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00dd@%&MWmw]")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are shown, by their positions in the layout, and their widths."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]


def fitted(layout: Layout, width: int) -> Columns:
    """The columns of the main table in ``width``."""
    rows = [line for line in layout.lines if line.kind is LineKind.ROW]
    shown = layout.shown
    texts = [[_paragraphs(row.cells[column].text) for row in rows] for column in shown]
    least = [_least(layout.columns[column], cells) for column, cells in zip(shown, texts, strict=True)]
    return Columns(shown, tuple(_spread(least, texts, width)))


def text_width(text: str) -> int:
    """About how wide a text is in our font at the size of the table."""
    wide = 0 if text.isascii() else sum(map(is_east_asian, text))
    narrow, capital = len(_NARROW.findall(text)), len(_CAPITAL.findall(text))
    return int(_SIZE * (wide + 0.3 * narrow + 0.72 * capital + 0.55 * (len(text) - wide - narrow - capital)))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """(width, width of the longest word) of each paragraph."""
    return [(text_width(line), longest_word(line)) for line in text.split("\n") if line]


def longest_word(text: str) -> int:
    """About how wide the longest word of a text is, in twentieths of a point."""
    words = (word for word in _WORD_END.split(text) if word)
    return max((_SIZE if any(map(is_east_asian, word)) else text_width(word) for word in words), default=0)


def _least(head: str, cells: Sequence[list[tuple[int, int]]]) -> int:
    """So wide that no word breaks, and the head, which is bold, has two lines."""
    words = [longest for cell in cells for _, longest in cell if longest <= 40 * _SIZE]  # a URL breaks where it must
    whole = int(1.1 * text_width(head))
    halved = max(int(whole * 0.6), min(whole, 7 * _SIZE))  # a short one stays on a line
    return _MARGINS + max(int(1.1 * longest_word(head)), halved, *words, 3 * _SIZE)


def _spread(least: list[int], texts: Sequence[Sequence[list[tuple[int, int]]]], width: int) -> list[int]:
    """The widths, which together are ``width``; too many long words share it in proportion."""
    if sum(least) >= width:
        widths = [int(each * width / sum(least)) for each in least]
        return [*widths[:-1], width - sum(widths[:-1])]
    widths = list(least)
    lines = [_lines(cells, each) for cells, each in zip(texts, widths, strict=True)]
    wider = [_lines(cells, each + _PIECE) for cells, each in zip(texts, widths, strict=True)]
    while sum(widths) < width:
        costs = [_cost(lines, column, each) for column, each in enumerate(wider)]
        if max(costs) == min(costs):  # every text has its line: the columns grow together
            grown = [int(each * width / sum(widths)) for each in widths]
            return [*grown[:-1], width - sum(grown[:-1])]
        best = costs.index(min(costs))
        widths[best] += min(_PIECE, width - sum(widths))
        lines[best], wider[best] = wider[best], _lines(texts[best], widths[best] + _PIECE)
    return widths


def _lines(cells: Sequence[list[tuple[int, int]]], width: int) -> list[float]:
    """Lines of each cell; the fraction of the last one tells which column is nearer to saving one."""
    room = width - _MARGINS
    return [sum(max(1.0, text * _RAGGED / room) for text, _ in cell) for cell in cells]


def _cost(lines: Sequence[list[float]], column: int, wider: list[float]) -> float:
    """The height of all rows, with a column so wide; what the others would need counts a little."""
    changed = [wider if at == column else each for at, each in enumerate(lines)]
    return float(sum(math.ceil(max(row)) + 0.05 * sum(row) for row in zip(*changed, strict=True)))
