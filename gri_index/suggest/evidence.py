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


class Quoter:
    """Finds the quotes of one report; a sentence is searched once, however many disclosures ask for it."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._searched: dict[str, list[tuple[str, Block, tuple[int, ...]]]] = {}  # by section: text, block, phrases

    def quotes(self, position: int, place: Place) -> tuple[Evidence, ...]:
        """The best quotes, the one that says most first: at most two of the text, or the heading where the text says nothing."""
        found: list[tuple[float, int, Evidence]] = []
        for order, (text, block, phrases) in enumerate(self._search(place)):
            worth, words = self._worth(position, phrases)
            if words:
                found.append((-worth, order, Evidence(_short(text), words, block.page, block.id, round(worth, 3))))
        best = tuple(each for _, _, each in sorted(found, key=lambda each: each[:2])[:_MOST])
        title = place.section.title
        if best or not title:
            return best
        _, words = self._worth(position, self._phrases(title))
        return (Evidence(_short(title), words, place.section.first_page, -1),)

    def _search(self, place: Place) -> list[tuple[str, Block, tuple[int, ...]]]:
        id = place.section.id
        if id not in self._searched:
            pieces = ((text, block, self._phrases(text)) for text, block in _pieces(place))
            self._searched[id] = [piece for piece in pieces if piece[2]]
        return self._searched[id]

    def _phrases(self, text: str) -> tuple[int, ...]:
        return tuple(self._field.terms.book.count(stems(text)))

    def _worth(self, position: int, phrases: tuple[int, ...]) -> tuple[float, tuple[str, ...]]:
        """How much the phrases of a text say of a disclosure, and which of them do."""
        worth, words = 0.0, []
        for number in phrases:
            for owner, sort in self._field.owned[number]:
                if owner == position and sort is not Sort.AGAINST:
                    worth += self._field.rarity[number] * _WORTH[sort]
                    words.append(self._field.terms.phrases[number].text)
        return worth, tuple(dict.fromkeys(words))


def _pieces(place: Place) -> Iterator[tuple[str, Block]]:
    """Sentences and table rows with the blocks that hold them."""
    for block in place.blocks:
        texts = [block.text] if block.kind is BlockKind.TABLE else _SENTENCE.split(block.text)
        yield from ((" ".join(text.split()), block) for text in texts if text.strip())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + _CUT
