"""The catalogue of the GRI Standards as values."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from gri_index.model.keys import DisclosureKey
from gri_index.model.text import LocalText


class Series(StrEnum):
    """The three series of the GRI Standards."""

    UNIVERSAL = "universal"
    SECTOR = "sector"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Title:
    """A title in one language with where it was seen."""

    language: str
    text: str
    source: str
    confidence: str  # high | medium | low
    state: str = "seen"  # official | seen (in published reports) | unverified: for recognition, printed with a mark
    variants: tuple[str, ...] = ()  # other wordings seen; for recognition only


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a disclosure, by its label ("a", "b-iii")."""

    label: str
    leaf: bool  # has no parts of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One disclosure of one edition."""

    key: DisclosureKey
    titles: tuple[Title, ...]
    management: bool  # a topic management disclosure: comes in addition to 3-3
    omission_permitted: bool
    group: str = ""
    valid_until: datetime.date | None = None  # None: as its Standard
    successors: tuple["Successor", ...] = ()
    requirements: tuple[Requirement, ...] = ()
    source: str = ""
    confidence: str = ""

    @property
    def title(self) -> LocalText:
        """Its titles by language."""
        return LocalText(tuple((title.language, title.text) for title in self.titles))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The labels of the finest requirements, in order."""
        return tuple(requirement.label for requirement in self.requirements if requirement.leaf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What replaces a disclosure; ``key`` is None for a number withdrawn without a successor."""

    key: DisclosureKey | None
    relation: str
    effective: datetime.date | None
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One edition of a Standard."""

    id: str  # "GRI 302"
    edition: str  # "2016"
    series: Series
    area: str = ""  # economic | environmental | social
    effective: datetime.date
    valid_until: datetime.date | None = None
    titles: tuple[Title, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    source: str = ""
    confidence: str = ""

    @property
    def number(self) -> int:
        """302 of "GRI 302"."""
        return int(self.id.removeprefix("GRI "))

    @property
    def title(self) -> LocalText:
        """Its titles by language, without number and year."""
        return LocalText(tuple((title.language, title.text) for title in self.titles))

    def valid_on(self, day: datetime.date) -> bool:
        """True where a report published that day may use the edition as the one in force."""
        return self.effective <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorReference:
    """A GRI Sector Standard reference number and the disclosure behind it."""

    number: str  # "11.1.5"
    topic: str  # "11.1"
    key: DisclosureKey | None  # None: an additional sector disclosure
    name: str = ""  # our own short name of an additional sector disclosure
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorTopic:
    """A likely material topic of a Sector Standard."""

    number: str  # "11.1"
    titles: tuple[Title, ...]
    references: tuple[SectorReference, ...] = ()
    withdrawn: bool = False  # the number is not used in this version

    @property
    def title(self) -> LocalText:
        """Its titles by language."""
        return LocalText(tuple((title.language, title.text) for title in self.titles))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorStandard:
    """The topics of a Sector Standard in one version."""

    id: str  # "GRI 11"
    version: str  # "V1.0"
    topics: tuple[SectorTopic, ...]
    effective: datetime.date | None = None  # obligatory from that day; None: from the beginning
    complete: bool = True  # False: only the topics that changed are known


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnIndicator:
    """An indicator of the organization itself, or of another source, from a catalogue of one's own."""

    id: str  # "JY-1"
    titles: tuple[Title, ...]
    source_titles: tuple[Title, ...]  # whose indicators these are

    @property
    def title(self) -> LocalText:
        """Its titles by language."""
        return LocalText(tuple((title.language, title.text) for title in self.titles))

    @property
    def source(self) -> LocalText:
        """The names of its source by language."""
        return LocalText(tuple((title.language, title.text) for title in self.source_titles))


@dataclass(frozen=True)
class Catalogue:
    """All Standards, with lookups built once."""

    standards: tuple[Standard, ...]
    sectors: tuple[SectorStandard, ...] = ()  # one version of each, as ``with_sectors`` chose
    versions: tuple[SectorStandard, ...] = ()  # all versions
    indicators: tuple[OwnIndicator, ...] = ()
    groups: tuple[tuple[str, LocalText], ...] = field(default=())

    @cached_property
    def _by_key(self) -> dict[DisclosureKey, Disclosure]:
        return {disclosure.key: disclosure for disclosure in self.disclosures()}

    @cached_property
    def _by_number(self) -> dict[str, tuple[DisclosureKey, ...]]:
        found: dict[str, tuple[DisclosureKey, ...]] = {}
        for key in sorted(self._by_key):
            found[key.number] = (*found.get(key.number, ()), key)
        return found

    @cached_property
    def _by_standard(self) -> dict[tuple[str, str], Standard]:
        return {(standard.id, standard.edition): standard for standard in self.standards}

    @cached_property
    def _references(self) -> dict[str, SectorReference]:
        return {
            reference.number: reference for sector in self.sectors for topic in sector.topics for reference in topic.references
        }

    def disclosures(self) -> Iterator[Disclosure]:
        """Every disclosure of every edition."""
        for standard in self.standards:
            yield from standard.disclosures

    def disclosure(self, key: DisclosureKey) -> Disclosure:
        """The disclosure with this key. Raises KeyError."""
        return self._by_key[key]

    def editions_of(self, number: str) -> tuple[DisclosureKey, ...]:
        """All keys that share a number, oldest edition first; empty for an unknown number."""
        return self._by_number.get(number, ())

    def standard(self, id: str, edition: str) -> Standard:
        """The edition of a Standard. Raises KeyError."""
        return self._by_standard[id, edition]

    def standard_of(self, key: DisclosureKey) -> Standard:
        """The Standard a disclosure belongs to."""
        return self._by_standard[key.standard, key.edition]

    def valid_on(self, key: DisclosureKey, day: datetime.date) -> bool:
        """True where the disclosure is in force for a report published that day."""
        until = self.disclosure(key).valid_until
        return self.standard_of(key).valid_on(day) and (until is None or day <= until)

    def due(self, key: DisclosureKey, day: datetime.date | None) -> tuple[DisclosureKey, ...]:
        """What stands for a disclosure in a report published that day: itself while it is in force, then what replaces it.

        A Sector Standard asks for 304-1 still after GRI 101 took its place.
        """
        if day is None or self.valid_on(key, day):
            return (key,)
        found = [each.key for each in self.disclosure(key).successors if each.key and self.valid_on(each.key, day)]
        return tuple(found) or (key,)

    def editions(self, id: str) -> tuple[Standard, ...]:
        """All editions of a Standard, oldest first."""
        return tuple(sorted((s for s in self.standards if s.id == id), key=lambda s: s.edition))

    def with_sectors(self, day: datetime.date | None, stated: Mapping[str, str]) -> "Catalogue":
        """The catalogue with one version of each Sector Standard: the one stated, else the one obligatory that day.

        Of a version that is known in part only, the other topics are those of the version before.
        """
        chosen: dict[str, SectorStandard] = {}
        for sector in sorted(self.versions, key=lambda each: (each.id, each.version)):
            wanted = stated.get(sector.id)
            due = sector.effective is None or (day is not None and sector.effective <= day)
            if (sector.version <= wanted) if wanted else due:
                before = chosen.get(sector.id)
                chosen[sector.id] = _overlaid(None if sector.complete else before, sector)
        return replace(self, sectors=tuple(chosen.values()))

    def sector(self, id: str) -> SectorStandard | None:
        """The Sector Standard ("GRI 11"), if its topics are known."""
        return next((sector for sector in self.sectors if sector.id == id), None)

    def sector_reference(self, number: str) -> SectorReference | None:
        """What stands behind a reference number such as 11.1.5."""
        return self._references.get(number)

    def sector_topic(self, number: str) -> SectorTopic | None:
        """A topic such as 11.1."""
        return next((t for s in self.sectors for t in s.topics if t.number == number), None)


def _overlaid(before: SectorStandard | None, after: SectorStandard) -> SectorStandard:
    """The later version, with the topics of the one before that it does not speak of."""
    changed = {topic.number: topic for topic in after.topics}
    kept = [changed.pop(topic.number, topic) for topic in before.topics] if before else []
    return replace(after, topics=tuple(topic for topic in (*kept, *changed.values()) if not topic.withdrawn))
