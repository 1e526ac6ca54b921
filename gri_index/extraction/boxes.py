"""Words of a PDF page with their places: lines, runs of words, and the numbers of disclosures among them.

Coordinates are points from the upper left corner.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gri_index.extraction.tokens import token
from gri_index.language.lexicon import any_of
from gri_index.language.text import is_ideograph
from gri_index.readers.items import web_address

MIN_ANCHORS = 2
COLUMN = 12.0  # points within which numbers stand in one column
SAME_LINE = 0.5  # of a line's height
_ALONE, _SAME_HEIGHT = 12, 3  # points to the next word of a line, and between the middles of two words of one
_NOUN = re.compile(rf"GRI|{any_of('disclosure')}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Of its letters, with the white that the line sets."""
        return self.bottom - self.top


@dataclass(slots=True)
class TextLine:
    """Words of one column on one base line."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """What a page holds: words, and boxes of thin paths."""

    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float, float], ...]  # left, top, right, bottom
    width: float
    height: float
    links: tuple[tuple[str, float], ...] = ()  # web address, height of its middle


def page_boxes(raw: dict[str, Any]) -> PageBoxes:
    """The page as the PDF reader gives it, turned upright, with y growing downwards."""
    shown_width, shown_height = (float(side) for side in raw["size"])
    turn = int(raw.get("rotation") or 0)
    # Boxes are those of the page as it is stored; the size is that of the page as shown.
    width, height = (shown_height, shown_width) if turn in (90, 270) else (shown_width, shown_height)

    def upright(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        match turn:
            case 90:
                return bottom, left, top, right
            case 180:
                return width - right, bottom, width - left, top
            case 270:
                return height - top, width - right, height - bottom, width - left
            case _:
                return left, height - top, right, height - bottom

    words = tuple(Word(str(text), *upright(*box)) for text, *box in raw["words"])
    boxes = [(web_address(address), upright(*box)) for address, *box in raw.get("links", ())]
    links = tuple((address, (box[1] + box[3]) / 2) for address, box in boxes if address)
    reach = max((word.right for word in words), default=0.0)  # a page whose size is wrong shows less than it holds
    return PageBoxes(words, tuple(upright(*box) for box in raw["rules"]), max(shown_width, reach), shown_height, links)


def base_lines(words: Sequence[Word], height: float) -> list[list[Word]]:
    """Words by the lines on which they stand, from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.middle, each.left)):
        if lines and abs(word.middle - lines[-1][0].middle) < SAME_LINE * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def code_order(text: str) -> tuple[int, int]:
    """Sorts numbers as the Standards do."""
    match = token(text).code
    return (int(match["std"]), int(match["num"])) if match else (0, 0)


def anchors_of(words: Sequence[Word]) -> list[Word]:
    """Words that are numbers of disclosures, the word GRI or Disclosure before them included."""
    found = []
    for position, word in enumerate(words):
        if token(word.text).code is None or not re.search(r"\d[-.\u2010\u2011\u2013]\d", word.text):
            continue
        before = words[position - 1] if position else None
        named = before is not None and _NOUN.fullmatch(before.text.strip(":")) and abs(before.middle - word.middle) < 4
        start = before if named and before is not None and word.left - before.right < 15 else word
        found.append(Word(word.text, start.left, word.top, word.right, word.bottom))
    return _with_nouns_above(found, words) if found else found


def _with_nouns_above(anchors: list[Word], words: Sequence[Word]) -> list[Word]:
    """The numbers, each with the word GRI that stands alone on the line above it: a narrow column breaks between them."""
    alone = [
        word
        for word in words
        if word.text == "GRI"
        and not any(0 <= each.left - word.right < _ALONE and abs(each.middle - word.middle) < _SAME_HEIGHT for each in words)
    ]
    found = []
    for anchor in anchors:
        near = (
            each for each in alone if abs(each.left - anchor.left) < 2 and 0 < anchor.middle - each.middle < 1.8 * anchor.height
        )
        above = next(near, None)
        found.append(replace(anchor, top=above.top) if above else anchor)
    return found


def numbers_in_column(anchors: Sequence[Word]) -> list[Word]:
    """Those that stand in the column of numbers, from the top; others are page ranges, or mentions in a text."""
    if not anchors:
        return []
    bins: dict[int, list[Word]] = {}
    for anchor in anchors:
        bins.setdefault(round(anchor.left / COLUMN), []).append(anchor)
    best = max(bins, key=lambda key: (len(bins[key]) + len(bins.get(key + 1, ())) / 2, -key))
    near = [anchor for key in (best - 1, best, best + 1) for anchor in bins.get(key, ())]
    return sorted(near, key=lambda anchor: anchor.top)


def joined(lines: Iterable[str]) -> str:
    """Lines as one: with a blank between them, but for scripts that are written without blanks."""
    text = ""
    for line in lines:
        close = bool(text and line) and is_ideograph(text[-1]) and is_ideograph(line[0])
        text += line if close or not text else f" {line}"
    return text


def runs_of(line: Sequence[Word], gap: float) -> Iterator[list[Word]]:
    """Words of a line that stand close together."""
    run = [line[0]]
    for word in line[1:]:
        if word.left - run[-1].right > gap:
            yield run
            run = []
        run.append(word)
    yield run
