"""Finds disclosures by words of their titles, in any language, tolerant of spelling."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.language.text import is_east_asian
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue, Title

_ENOUGH = 70.0  # of 100; below, words have little to do with each other


@dataclass(frozen=True, slots=True)
class Hit:
    """A disclosure, or a whole Standard (``key`` None), with the title that matches best."""

    key: DisclosureKey | None
    standard: tuple[str, str]  # ("GRI 302", "2016")
    title: str
    language: str
    score: float  # 0 to 100


def search(catalogue: Catalogue, words: str) -> list[Hit]:
    """Hits, best first: equal, then containing, then alike. Numbers are found too ("302", "2-7")."""
    wanted = _plain(words)
    hits = [hit for hit in _hits(catalogue, wanted, words.strip()) if hit.score >= _ENOUGH]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key is not None, hit.key.order if hit.key else (0, 0, ""), hit.standard))


def _hits(catalogue: Catalogue, wanted: str, raw: str) -> Iterator[Hit]:
    number = re.fullmatch(r"(?:gri\s*)?(\d{1,3})(-\d{1,2})?", raw.casefold())
    for standard in catalogue.standards:
        place = (standard.id, standard.edition)
        if number and not number[2] and int(number[1]) == standard.number:
            yield Hit(None, place, standard.title.in_("en"), "en", 100.0)
        yield from _best(None, place, standard.titles, wanted)
        for disclosure in standard.disclosures:
            if number and number[2] and disclosure.key.number == number[1] + number[2]:
                yield Hit(disclosure.key, place, disclosure.title.in_("en"), "en", 100.0)
            yield from _best(disclosure.key, place, disclosure.titles, wanted)


def _best(key: DisclosureKey | None, place: tuple[str, str], titles: tuple[Title, ...], wanted: str) -> Iterator[Hit]:
    scored = [
        (_score(wanted, _plain(text)), title.language, title.text) for title in titles for text in (title.text, *title.variants)
    ]
    score, language, text = max(scored, default=(0.0, "", ""), key=lambda each: each[0])
    if score:
        yield Hit(key, place, text, language, score)


def _score(wanted: str, title: str) -> float:
    from rapidfuzz import fuzz

    if wanted == title:
        return 100.0
    if wanted and wanted in title:
        return 95.0
    if any(map(is_east_asian, wanted)):  # no words apart: letters in their order
        return float(fuzz.partial_ratio(wanted, title)) * 0.9 if len(wanted) > 2 else 0.0
    parts = title.split()
    return (
        min((max((float(fuzz.ratio(word, part)) for part in parts), default=0.0) for word in wanted.split()), default=0.0) * 0.94
    )


def _plain(text: str) -> str:
    """Letters without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[^\w\s-]", " ", "".join(char for char in decomposed if not unicodedata.combining(char))).split())
