"""Titles compared with tolerance: British spelling, plurals, commas, dashes, old wordings."""

import re
import unicodedata
from functools import cache

from gri_index.language.labels import Labels
from gri_index.language.lexicon import spellings
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue, Standard


@cache
def folded(title: str) -> str:
    """A title without what differs between writers: case, accents, punctuation, spelling, small words, plural s."""
    text = "".join(char for char in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(char))
    for pattern, plain in spellings():
        text = pattern.sub(plain, text)
    words = re.sub(r"[\W_]+", " ", text).split()
    return "".join(word[:-1] if len(word) > 3 and word.endswith("s") and word.isascii() else word for word in words)


def same_title(one: str, other: str) -> bool:
    """True for two wordings of one title.

    >>> same_title("Organisational details", "Organizational Details")
    True
    """
    return folded(one) == folded(other)


class TitleFinder:
    """Disclosures by their titles in any language, variants included."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._keys: dict[str, list[DisclosureKey]] = {}
        for disclosure in catalogue.disclosures():
            for title in disclosure.titles:
                for text in (title.text, *title.variants):
                    keys = self._keys.setdefault(folded(text), [])
                    if disclosure.key not in keys:
                        keys.append(disclosure.key)

    def keys_of(self, title: str) -> list[DisclosureKey]:
        """The disclosures with this title; empty for a text that is no title."""
        return self._keys.get(folded(title), [])


def standard_title(standard: Standard, labels: Labels) -> str:
    """Number, name and year: "GRI 302: Energy 2016"."""
    return labels.text("standard-title", standard=standard.id, title=labels.pick(standard.title), edition=standard.edition)
