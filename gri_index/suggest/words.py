"""Text as stems, and phrases found in it.

A stem is a word without its ending, in any language: case, accents, plural and what
stands behind the eighth letter do not matter. Scripts written without blanks are taken
letter by letter, so that a phrase is found wherever it stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from gri_index.language.lexicon import phrases
from gri_index.language.text import fold, is_east_asian

_LETTERS = 8  # of a stem
_WORD = re.compile(r"[^\W_]+")
_PLURAL = 4  # letters from which a final s is an ending

Stems = tuple[str, ...]


def stems(text: str) -> Stems:
    """The stems of a text in their order, without stop words.

    >>> stems("Our employees' Policies on emissions"), stems("\u6e29\u5ba4\u6c14\u4f53")
    (('employee', 'policy', 'emission'), ('\u6e29', '\u5ba4', '\u6c14', '\u4f53'))
    """
    return tuple(stem for word in _WORD.findall(fold(text).casefold()) for stem in _stems_of(word))


@cache
def _stems_of(word: str) -> Stems:
    if word in _stop_words():
        return ()
    if word.isascii():
        return (_stem(word),)
    if any(map(is_east_asian, word)):
        return tuple(_letters(word))
    return (_stem("".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))),)


def _letters(word: str) -> Iterator[str]:
    """East Asian letters one by one; Latin ones and digits between them as words."""
    run = ""
    for char in word:
        if is_east_asian(char):
            if run:
                yield _stem(run)
                run = ""
            yield char
        else:
            run += char
    if run:
        yield _stem(run)


def _stem(word: str) -> str:
    if len(word) >= _PLURAL and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) >= _PLURAL and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_LETTERS]


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for several in phrases("stop-word").values() for word in several)


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases by their first stem, each with the number it was given."""

    by_first: Mapping[str, tuple[tuple[Stems, int], ...]] = field(default_factory=dict)

    def count(self, text: Stems) -> dict[int, int]:
        """How often each phrase stands in a text: number -> times; phrases may overlap."""
        found: dict[int, int] = {}
        for at, stem in enumerate(text):
            for phrase, number in self.by_first.get(stem, ()):
                if len(phrase) == 1 or text[at : at + len(phrase)] == phrase:
                    found[number] = found.get(number, 0) + 1
        return found


def phrase_book(several: Iterable[Stems]) -> PhraseBook:
    """The book of some phrases, numbered in their order."""
    by_first: dict[str, list[tuple[Stems, int]]] = {}
    for number, phrase in enumerate(several):
        if phrase:
            by_first.setdefault(phrase[0], []).append((phrase, number))
    return PhraseBook({first: tuple(each) for first, each in by_first.items()})
