"""How disclosures are named: keys, references as written, and their resolution."""

import re
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class DisclosureKey:
    """Names one disclosure of one edition of a Standard.

    25 numbers exist in two editions (306-3 is "Significant spills" in 2016 and "Waste
    generated" in 2020), so the number alone is no key.
    """

    number: str  # "302-1"
    standard: str  # "GRI 302"
    edition: str  # "2016"

    @property
    def order(self) -> tuple[int, int, str]:
        """Sorts 2-9 before 2-10 and an older edition before a newer one."""
        standard, number = self.number.split("-")
        return int(standard), int(number), self.edition

    def __lt__(self, other: "DisclosureKey") -> bool:
        return self.order < other.order

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What the tag grammar reads from one code, before anyone asks the catalogue.

    Exactly one of ``number``, ``standard``, ``sector_ref`` and ``indicator`` is set.
    """

    number: str | None = None  # "302-1"
    standard: str | None = None  # "GRI 302": a bare Standard claims no single disclosure
    sector_ref: str | None = None  # "11.2.3"
    indicator: str | None = None  # "EU12", of a sector supplement; the id of an indicator that the profile lists
    requirements: tuple[str, ...] = ()  # ("a", "b-iii"); empty: the disclosure as a whole
    topic: str | None = None  # "Energy" of "GRI 3-3 [Energy]"
    edition: str | None = None  # "2018" of "GRI 303-3 (2018)"
    raw: str = ""  # the characters it was read from

    @property
    def name(self) -> str:
        """302-1, GRI 302, 11.2.3 or EU12: what it names, without requirements."""
        return self.number or self.standard or self.sector_ref or self.indicator or ""


@dataclass(frozen=True, slots=True)
class ItemKey:
    """Names one item of another framework."""

    framework: str  # "esrs-2023"
    code: str  # "E1-6"


class Certainty(StrEnum):
    """Why a resolution chose the edition it chose."""

    ONLY = "only"  # the number exists in one edition
    STATED = "stated"  # the tag names the edition
    PROFILE = "profile"  # the profile lists the number in one edition
    NEARBY = "nearby"  # the Standard is named with its year, or its title, near the tag
    DATE = "date"  # the only edition valid on the publication date
    SIBLINGS = "siblings"  # other tags of the Standard leave no other edition
    NEWEST = "newest"  # nothing decides: the newest edition is taken, and said so
    NONE = "none"  # no edition has this number


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which disclosure a reference means; ambiguity is a value, not an error."""

    key: DisclosureKey | None
    candidates: tuple[DisclosureKey, ...]
    reason: Certainty


_ROMAN = {"i": 1, "v": 5, "x": 10}


def _roman_value(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def requirement_order(label: str) -> tuple[tuple[int, int | str], ...]:
    """Sorts requirement labels as the Standards print them.

    >>> sorted(["b-ix", "a", "b-v", "b"], key=requirement_order)
    ['a', 'b', 'b-v', 'b-ix']
    """
    parts: list[tuple[int, int | str]] = []
    for depth, part in enumerate(label.split("-")):
        if depth and re.fullmatch("[ivx]+", part):
            parts.append((0, _roman_value(part)))
        elif part.isdecimal() and len(part) < 10:
            parts.append((0, int(part)))
        else:
            parts.append((1, part))
    return tuple(parts)
