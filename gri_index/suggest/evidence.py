"""Quotes the sentences and table rows that speak for a suggestion."""

import re
from collections.abc import Iterator

from gri_index.model.report import Block, BlockKind
from gri_index.model.suggestions import Evidence
from gri_index.suggest.terms import Sort
from gri_index.suggest.traits import Field, Place
from gri_index.suggest.words import stems

_MOST, _LONGEST = 2, 240
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[\u3002\uff01\uff1f])|\n+")
_WORTH = {Sort.HEADING: 1.0, Sort.TERM: 1.0, Sort.UNIT: 0.5, Sort.TOPIC: 0.3}
_CUT = "\u2026"


def evidence(field: Field, position: int, place: Place) -> tuple[Evidence, ...]:
    """The best quotes, the one that says most first: at most two of the text, or the heading where the text says nothing."""
    found: list[tuple[float, int, Evidence]] = []
    for order, (text, block) in enumerate(_pieces(place)):
        worth, words = _worth(field, position, text)
        if words:
            found.append((-worth, order, Evidence(_short(text), words, block.page, block.id, round(worth, 3))))
    best = tuple(each for _, _, each in sorted(found, key=lambda each: each[:2])[:_MOST])
    if best:
        return best
    _, words = _worth(field, position, place.section.title)
    return (Evidence(_short(place.section.title), words, place.section.first_page, -1),) if place.section.title else ()


def _pieces(place: Place) -> Iterator[tuple[str, Block]]:
    """Sentences and table rows with the blocks that hold them."""
    for block in place.blocks:
        texts = [block.text] if block.kind is BlockKind.TABLE else _SENTENCE.split(block.text)
        yield from ((" ".join(text.split()), block) for text in texts if text.strip())


def _worth(field: Field, position: int, text: str) -> tuple[float, tuple[str, ...]]:
    """How much a text says of a disclosure, and with which phrases."""
    worth, words = 0.0, []
    for number in field.terms.book.count(stems(text)):
        for owner, sort in field.owned[number]:
            if owner == position and sort is not Sort.AGAINST:
                worth += field.rarity[number] * _WORTH[sort]
                words.append(field.terms.phrases[number].text)
    return worth, tuple(dict.fromkeys(words))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + _CUT
