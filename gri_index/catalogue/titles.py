"""Titles compared with tolerance: British spelling, plurals, commas, dashes, old wordings."""

import re
import unicodedata
from functools import cache

from gri_index.language.labels import Labels
from gri_index.language.lexicon import spellings
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue, Standard

_STEM = 5  # letters that forms of a word share
_MISSPELT = 80.0  # of 100: words that are nearer to each other differ by a slip, not by their form


@cache
def folded(title: str) -> str:
    """A title without what differs between writers: case, accents, punctuation, spelling, small words, plural s."""
    return "".join(_words(title))


def _words(title: str) -> list[str]:
    text = "".join(char for char in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(char))
    for pattern, plain in spellings():
        text = pattern.sub(plain, text)
    words = re.sub(r"[\W_]+", " ", text).split()
    return [word[:-1] if len(word) > 3 and word.endswith("s") and word.isascii() else word for word in words]


def same_title(one: str, other: str) -> bool:
    """True for two wordings of one title.

    >>> same_title("Organisational details", "Organizational Details")
    True
    """
    return folded(one) == folded(other)


def abridges(printed: str, title: str) -> bool:
    """True for a title that says the same in fewer words, or in other forms of its words; a slip of the pen is none.

    >>> abridges("Entities included in reporting", "Entities included in the organization's sustainability reporting")
    True
    >>> abridges("Energy intencity", "Energy intensity")
    False
    """
    own, whole = _words(printed), _words(title)
    return 2 * len(own) >= len(whole) and all(any(_same_stem(word, each) for each in whole) for word in own)


def _same_stem(one: str, other: str) -> bool:
    """True for a word and another form of it: near in its beginning, and not merely misspelt."""
    from rapidfuzz import fuzz

    short, long = sorted((one, other), key=len)
    if short == long or (len(short) >= _STEM and long.startswith(short)):
        return True
    return short[:_STEM] == long[:_STEM] and len(short) > _STEM and fuzz.ratio(short, long) < _MISSPELT


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
