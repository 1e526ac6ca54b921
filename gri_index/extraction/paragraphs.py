"""Paragraphs of a page by where its words stand: text set beside text, as above a table, in columns of its own."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from gri_index.extraction.boxes import PageBoxes, TextLine, Word, base_lines

_ALIGNED = 3.0  # points between the left edges of lines of one paragraph
_LEADING = 0.9  # of a line's height: more white ends a paragraph
_COLUMNS = 0.9  # of a word's height: more white parts what stands beside each other
_LARGER = 1.5  # letters so much larger are a title's


def paragraphs(page: PageBoxes) -> Iterator[str]:
    """The texts of a page, each line joined to the one right above it that begins at the same place."""
    if not page.words:
        return
    height = median(word.height for word in page.words)
    found: list[list[TextLine]] = []
    for line in base_lines(page.words, height):
        for run in _pieces(line):
            piece = TextLine(run)
            above = next((each for each in reversed(found) if _goes_on(each[-1], piece, height)), None)
            if above is None:
                found.append([piece])
            else:
                above.append(piece)
    yield from (_joined(lines) for lines in found)


def _pieces(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of a line that stand close together, in letters of one size."""
    piece = [line[0]]
    for before, word in pairwise(line):
        low, high = sorted((before.height, word.height))
        if word.left - before.right > _COLUMNS * low or high > _LARGER * low:
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _goes_on(above: TextLine, piece: TextLine, height: float) -> bool:
    return abs(above.left - piece.left) <= _ALIGNED and -0.3 * height <= piece.top - above.bottom <= _LEADING * height


def _joined(lines: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in lines)
