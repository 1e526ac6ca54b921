"""Knows a section again in another version of the report: by its titles, then by its text.

A sketch holds the smallest hashes of a text's runs of three stems; two sketches agree as
far as the texts do (bottom-k sketch: Cohen and Kaplan, Summarizing Data Using Bottom-k
Sketches, 2007).
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gri_index.language.text import plain
from gri_index.model.report import BlockKind, Report
from gri_index.suggest.words import stems

_RUN = 3  # stems of a run
_KEPT = 16  # hashes of a sketch
_ALIKE = 0.5  # from which two sketches are of one text


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a section is known by."""

    path: tuple[str, ...]  # its title and those above it, from the top
    sketch: tuple[int, ...] = ()  # rising; none for a section without text

    def text(self) -> str:
        """As it is kept in a cell."""
        return json.dumps([self.path, self.sketch], ensure_ascii=False, separators=(",", ":"))

    def alike(self, other: "Fingerprint") -> float:
        """0 to 1: how much of the text is the same; 1 where neither has any."""
        if not self.sketch or not other.sketch:
            return float(self.sketch == other.sketch)
        both = sorted({*self.sketch, *other.sketch})[:_KEPT]
        return len({*self.sketch} & {*other.sketch} & {*both}) / len(both)


class Found(StrEnum):
    """How a section was found again."""

    SAME = "same"
    CHANGED = "changed"  # its title stands where it stood, above another text
    MOVED = "moved"  # its text stands under other titles
    GONE = "gone"


def recalled(text: str) -> Fingerprint | None:
    """A fingerprint as it was kept; None for a text that is none."""
    try:
        path, sketch = json.loads(text)
        return Fingerprint(tuple(map(str, path)), tuple(map(int, sketch)))
    except (ValueError, TypeError, RecursionError):
        return None


def fingerprints(report: Report) -> dict[str, Fingerprint]:
    """Section id -> its fingerprint."""
    texts: dict[str, list[str]] = {}
    for block in report.blocks:
        if block.role is None and block.kind is not BlockKind.HEADING:
            texts.setdefault(block.section, []).append(block.text)
    titles = {section.id: (section.title, section.parent) for section in report.sections}
    return {
        section.id: Fingerprint(_path(section.id, titles), _sketch("\n".join(texts.get(section.id, ()))))
        for section in report.sections
    }


def _path(id: str, titles: Mapping[str, tuple[str, str | None]]) -> tuple[str, ...]:
    path: list[str] = []
    at: str | None = id
    while at is not None and at in titles:
        title, at = titles[at]
        path.append(title)
    return tuple(reversed([title for title in path if title]))


def _sketch(text: str) -> tuple[int, ...]:
    words = stems(text)
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:_KEPT])


class Sections:
    """The sections of one version of a report, to find again those of another."""

    def __init__(self, report: Report) -> None:
        self.prints = fingerprints(report)
        self._by_path: dict[tuple[str, ...], list[str]] = {}
        for id, each in self.prints.items():
            self._by_path.setdefault(_name(each.path), []).append(id)

    def find(self, text: str) -> tuple[str | None, Found]:
        """(id of the section, how it was found) by a fingerprint as it was kept.

        One under the same titles, the most alike first; else one with the same text.
        """
        wanted = recalled(text)
        if wanted is None:
            return None, Found.GONE
        under = [(wanted.alike(self.prints[id]), id) for id in self._by_path.get(_name(wanted.path), ())]
        alike, id = max(under, key=lambda pair: pair[0], default=(0.0, None))
        if id is not None and alike >= _ALIKE:
            return id, Found.SAME
        if wanted.sketch:
            several = ((wanted.alike(each), other) for other, each in self.prints.items())
            alike, other = max(several, default=(0.0, None), key=lambda pair: pair[0])
            if other is not None and alike >= _ALIKE:
                return other, Found.MOVED
        return (id, Found.CHANGED) if id is not None else (None, Found.GONE)


def _name(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, path))
