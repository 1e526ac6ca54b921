"""Titles compared with tolerance: British spelling, plurals, commas, dashes, old wordings."""

import re
import unicodedata
from functools import cache

from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue

# Spellings and words that published indexes use for one another, each folded to the same.
_SAME = (
    (r"organis", "organiz"), (r"labour", "labor"), (r"labell", "label"), (r"behaviour", "behavior"), (r"programme", "program"), (r"minimis", "minimiz"),
    (r"\bthe\b|\ban?\b|\band\b|\bor\b|\bof\b|&", " "), (r"greenhouse gas(?:es)?|\bghgs?\b", "ghg"), (r"no\s?x\b", "no"), (r"so\s?x\b", "so"),
    (r"[与和及與]", ""), (r"范畴|範疇|范围|範圍", "范围"), (r"重大(?:性)?议题|实质性议题|重大主題|重大議題", "实质性议题"), (r"溫室氣體", "温室气体"), (r"化学|化學", "化学"), (r"披露|揭露", "披露"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), plain) for pattern, plain in _SAME)


@cache
def folded(title: str) -> str:
    """A title without what differs between writers: case, accents, punctuation, spelling, small words, plural s."""
    text = "".join(char for char in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(char))
    for pattern, plain in _PATTERNS:
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
