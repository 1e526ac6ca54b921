"""The words by which reports report each disclosure, from ``standards/terms/*.xml``."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gri_index.resources import load_xml, standards_root
from gri_index.suggest.words import PhraseBook, Stems, phrase_book, stems

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Sort(StrEnum):
    """What a phrase says of its disclosure."""

    HEADING = "heading"  # reports put it above the section
    TERM = "term"  # stands in its sentences and tables
    UNIT = "unit"  # its figures have it
    AGAINST = "against"  # shows a neighbouring disclosure
    TOPIC = "topic"  # of the Standard: all its disclosures share it


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of several disclosures: text as written, stems, and (number, edition or "", sort) of each that has it."""

    text: str
    stems: Stems
    owners: tuple[tuple[str, str, Sort], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """All phrases of some languages, and the book that finds them."""

    phrases: tuple[Phrase, ...]
    book: PhraseBook


@cache
def languages() -> tuple[str, ...]:
    """The languages that have terms."""
    return tuple(path.stem for path in sorted((standards_root() / "terms").glob("*.xml")))


@cache
def load_terms(several: Sequence[str]) -> Terms:
    """The terms of some languages; those without a file are left out. Raises CatalogueError."""
    owners: dict[Stems, dict[tuple[str, str, Sort], str]] = {}
    for language in dict.fromkeys(several):
        if language not in languages():
            continue
        for holder in load_xml(standards_root() / "terms" / f"{language}.xml"):
            number, edition = holder.get("number", ""), holder.get("edition", "")
            for element in holder if holder.tag == "disclosure" else [holder]:
                sort = Sort(str(element.tag))
                for text in filter(None, map(str.strip, (element.text or "").split("|"))):
                    owners.setdefault(stems(text), {})[number, edition, sort] = text
    owners.pop((), None)
    phrases = tuple(Phrase(next(iter(each.values())), key, tuple(each)) for key, each in owners.items())
    return Terms(phrases, phrase_book(phrase.stems for phrase in phrases))
