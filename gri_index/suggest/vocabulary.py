"""Words that stand more often where a disclosure is reported than elsewhere, learned from tagged reports.

They find what nobody thought of when the terms were written. The words are stems, with a
weight each (``vocabulary.json``, made by ``python -m benchmarks.fit_suggest``); a word
counts only if several reports have it there.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gri_index.suggest.words import Stems

FILE = Path(__file__).with_name("vocabulary.json")
TAUGHT = "en"  # the language of the reports that the words were learned from
_MOST = 60  # words of a disclosure
_LEAST_PLACES, _LEAST_REPORTS, _LEAST_SECTIONS = 2, 2, 3  # from which a word is learned
_LEAST_GAIN = 0.7  # how much more often it must stand there, as a logarithm
_TITLE = "^"  # before the stems of titles

Learned = dict[str, tuple[tuple[str, float], ...]]  # stem -> (number of a disclosure, weight)


def words_of(title: Stems, text: Stems) -> frozenset[str]:
    """The words of a section that can be learned: no digits, no single letters, those of its title marked."""
    bare = frozenset(stem for stem in {*text, *title} if len(stem) > 1 and not any(map(str.isdigit, stem)))
    return frozenset({*text} & bare | {f"{_TITLE}{stem}" for stem in {*title} & bare})


@dataclass(slots=True)
class Heard:
    """Which words stand where, counted over reports."""

    sections: int = 0
    having: Counter[str] = field(default_factory=Counter)  # word -> sections
    places: Counter[str] = field(default_factory=Counter)  # number -> sections that report it
    there: dict[str, Counter[str]] = field(default_factory=dict)  # number -> word -> sections that report it
    reports: dict[str, Counter[str]] = field(default_factory=dict)  # number -> word -> reports

    def hear(self, sections: Sequence[frozenset[str]], reported: Mapping[str, Iterable[int]]) -> None:
        """Counts a report: the words of its sections, and by the number of a disclosure the sections that report it."""
        self.sections += len(sections)
        for words in sections:
            self.having.update(words)
        for number, several in reported.items():
            here: Counter[str] = Counter()
            for at in several:
                here.update(sections[at])
                self.places[number] += 1
            self.there.setdefault(number, Counter()).update(here)
            self.reports.setdefault(number, Counter()).update(here.keys())

    def without(self, other: "Heard") -> "Heard":
        """The counts without those of some of its reports."""
        return Heard(
            self.sections - other.sections,
            self.having - other.having,
            self.places - other.places,
            {number: words - other.there.get(number, Counter()) for number, words in self.there.items()},
            {number: words - other.reports.get(number, Counter()) for number, words in self.reports.items()},
        )

    def learn(self) -> Learned:
        """The words that tell most of each disclosure."""
        found: dict[str, list[tuple[str, float]]] = {}
        for number in sorted(self.there):
            if self.places[number] >= _LEAST_PLACES:
                for word, weight in self._best(number):
                    found.setdefault(word, []).append((number, weight))
        return {word: tuple(each) for word, each in found.items()}

    def _best(self, number: str) -> list[tuple[str, float]]:
        places, found = self.places[number], []
        for word, times in self.there[number].items():
            if self.reports[number][word] < _LEAST_REPORTS or self.having[word] < _LEAST_SECTIONS:
                continue
            elsewhere = self.having[word] / self.sections
            gain = math.log((times + 0.5 * elsewhere) / (places + 1.5) / elsewhere)
            if gain > _LEAST_GAIN:
                found.append((word, gain * math.sqrt(times / places)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_MOST]


def told(learned: Learned, words: Iterable[str]) -> dict[str, tuple[float, float]]:
    """By the number of a disclosure: what a section's words say of it, (those of its title, those of its text)."""
    found: dict[str, list[float]] = {}
    for word in words:
        for number, weight in learned.get(word, ()):
            found.setdefault(number, [0.0, 0.0])[word[0] != _TITLE] += weight
    return {number: (title, text) for number, (title, text) in found.items()}


@cache
def vocabulary() -> Learned:
    """The learned words of the program."""
    found: dict[str, list[tuple[str, float]]] = {}
    for number, words in json.loads(FILE.read_text(encoding="utf-8")).items():
        for word, weight in words.items():
            found.setdefault(word, []).append((number, weight))
    return {word: tuple(each) for word, each in found.items()}


def put_vocabulary(learned: Learned) -> None:
    """Writes learned words into the program."""
    by_number: dict[str, dict[str, float]] = {}
    for word, several in learned.items():
        for number, weight in several:
            by_number.setdefault(number, {})[word] = round(weight, 3)
    FILE.write_text(json.dumps(by_number, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
