"""The rows of the content index: which there must be, and what covers each.

What a claim requires: GRI 1: Foundation 2021, Requirements 2 to 6 (in accordance) and
the section on reporting with reference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gri_index.language import frameworks
from gri_index.language.labels import load_labels
from gri_index.language.text import plain
from gri_index.matching.coverage import cover, status_of, unknown_labels
from gri_index.matching.entries import omission_mark, place_line, place_mark
from gri_index.matching.evidence import Collector, Evidence
from gri_index.matching.locations import merge_locations
from gri_index.matching.topics import TopicFinder
from gri_index.model.index import Band, IndexRow, IndexTopic, Location, LocationKind, Omission, ProblemCode, Status
from gri_index.model.keys import DisclosureKey, Reference
from gri_index.model.profile import Basis, Indicator, OmissionReason, Profile, StatedOmission
from gri_index.model.standards import Catalogue, Disclosure, SectorReference
from gri_index.model.terms import Origin
from gri_index.model.text import LocalText

MANAGEMENT = DisclosureKey("3-3", "GRI 3", "2021")
_OVERVIEW = (DisclosureKey("3-1", "GRI 3", "2021"), DisclosureKey("3-2", "GRI 3", "2021"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: a disclosure under a topic."""

    key: DisclosureKey
    topic: str
    band: Band
    required: bool = False
    origin: Origin = Origin.REPORT


class RowBuilder:
    """Builds the rows from evidence and profile."""

    def __init__(
        self, catalogue: Catalogue, profile: Profile, topics: Sequence[IndexTopic], finder: TopicFinder, collector: Collector
    ) -> None:
        self.catalogue, self.profile, self.topics, self.finder, self.collector = catalogue, profile, topics, finder, collector
        self.evidence = collector.collect()
        self.accordance = profile.claim.basis is Basis.IN_ACCORDANCE
        self._omissions = [(self._omitted(each), each) for each in profile.omissions]
        self._list_labels = load_labels(profile.list_language)
        self._by_id = {topic.id: topic for topic in topics}
        self._tagged: dict[str, list[Location]] = {}  # the places of indicators by their ids
        for evidence in self.evidence:
            if evidence.indicator:
                self._tagged.setdefault(evidence.indicator, []).append(evidence.location)
        self._placed: set[int] = set()  # omissions that found their row

    def build(self) -> tuple[IndexRow, ...]:
        """All rows in the order of the index: general, material, each topic, others."""
        stated = [number for topic in self.profile.topics for number in topic.sector_topics]
        for reference in (*stated, *(each.sector_topic for each in self.profile.not_material)):
            self.collector.check_sector_reference(reference)
        places = self._places()
        rows = [self._row(place) for place in places]
        for topic in (*self.topics, None):
            rows += self._additional(topic)
            rows += self._indicators(topic)
        for number, (_, omission) in enumerate(self._omissions):
            if number not in self._placed:
                name = omission.disclosure.number or omission.disclosure.raw
                self.collector.problem(ProblemCode.OMISSION_WITHOUT_ROW, name, origin=omission.origin)
        order = {Band.GENERAL: 0, Band.MATERIAL: 1, Band.TOPIC: 2, Band.OTHER: 3}
        topic_order = {topic.id: position for position, topic in enumerate(self.topics)}
        rows.sort(key=lambda row: (order[row.band], topic_order.get(row.topic, -1)))
        return tuple(row for row in rows if self.accordance or row.status is not Status.MISSING)

    # ── which rows there are ──

    def _places(self) -> list[_Place]:
        """Rows with a disclosure behind them, each (disclosure, topic) once, in order."""
        stated: dict[tuple[DisclosureKey, str], _Place] = {}
        for place in [*self._required(), *self._stated(), *self._reported()]:
            stated.setdefault((place.key, place.topic), place)
        topic_order = {topic.id: position for position, topic in enumerate(self.topics)}
        return sorted(stated.values(), key=lambda place: (topic_order.get(place.topic, -1), place.key.order))

    def _required(self) -> Iterator[_Place]:
        if not self.accordance:
            return
        for disclosure in self.catalogue.standard("GRI 2", "2021").disclosures:
            yield _Place(disclosure.key, "", Band.GENERAL, True, Origin.CLAIM)
        for key in _OVERVIEW:
            yield _Place(key, "", Band.MATERIAL, True, Origin.CLAIM)
        for topic in self.topics:
            yield _Place(MANAGEMENT, topic.id, Band.TOPIC, True, Origin.CLAIM)
            for _, key in self._sector_keys(topic):
                if key != MANAGEMENT:  # Requirement 5-b; additional ones are recommended only
                    yield _Place(key, topic.id, Band.TOPIC, True, Origin.CLAIM)

    def _stated(self) -> Iterator[_Place]:
        """What the profile lists under its topics."""
        for topic in self.topics:
            for reference in topic.stated.disclosures if topic.stated else ():
                for key in self._keys(reference):
                    if key != MANAGEMENT:
                        yield _Place(key, topic.id, Band.TOPIC, self.accordance, Origin.PROFILE)

    def _keys(self, reference: Reference) -> Iterator[DisclosureKey]:
        """What a line of the profile stands for: a disclosure, a whole Standard, a Sector Standard reference number."""
        if reference.standard:  # in the edition stated, else the newest in force
            yield from (each.key for each in self._edition(reference.standard, reference.edition))
        elif reference.sector_ref:
            listed = self.catalogue.sector_reference(reference.sector_ref)
            self.collector.check_sector_reference(reference.sector_ref)
            if listed and listed.key:
                yield listed.key
        elif key := self.collector.key_of(reference, origin=Origin.PROFILE).key:
            yield key

    def _edition(self, standard: str, edition: str | None) -> Iterable[Disclosure]:
        editions = [each for each in self.catalogue.editions(standard) if edition in (None, each.edition)]
        day = self.profile.report.publication_date
        valid = [each for each in editions if day is None or each.valid_on(day)]
        return (valid or editions)[-1].disclosures if editions else ()

    def _reported(self) -> Iterator[_Place]:
        """What the report covers, and what the profile omits, beyond the list."""
        listed: dict[DisclosureKey, list[str]] = {}
        for place in [*self._required(), *self._stated()]:
            listed.setdefault(place.key, []).append(place.topic)
        keys = [(evidence.key, evidence.topic) for evidence in self.evidence]
        for key, omission in self._omissions:
            topic = self.finder.by_name(omission.topic) if omission.topic else None
            if self._finds_place(key, omission, topic):
                keys.append((key, topic))
        for key, topic in keys:
            if key is None or (key in listed and key != MANAGEMENT):
                continue
            yield self._place_of(key, topic)

    def _place_of(self, key: DisclosureKey, topic: str | None) -> _Place:
        """A disclosure that nobody listed: under the topic that its tag names or that lists its Standard."""
        if key.standard == "GRI 2" or (key.standard in ("GRI 102",) and key.edition == "2016"):
            return _Place(key, "", Band.GENERAL)
        if key in _OVERVIEW:
            return _Place(key, "", Band.MATERIAL)
        if key == MANAGEMENT:
            return _Place(key, topic or "", Band.TOPIC if topic else Band.MATERIAL)
        if topic is None:
            owners = [
                t.id
                for t in self.topics
                if t.stated and any(_standard_of(r.number or "") == key.standard for r in t.stated.disclosures)
            ]
            topic = owners[0] if owners else None
        return _Place(key, topic or "", Band.TOPIC if topic else Band.OTHER)

    def _sector_keys(self, topic: IndexTopic) -> Iterator[tuple[SectorReference, DisclosureKey]]:
        """The disclosures that Sector Standards ask for under a topic, in the editions in force on the publication date."""
        day = self.profile.report.publication_date
        for number in topic.stated.sector_topics if topic.stated else ():
            found = self.catalogue.sector_topic(number)
            for reference in found.references if found else ():
                for key in self.catalogue.due(reference.key, day) if reference.key else ():
                    yield reference, key

    # ── what covers them ──

    def _row(self, place: _Place) -> IndexRow:
        disclosure = self.catalogue.disclosure(place.key)
        gone = self._gone(place)
        evidence = [e for e in self.evidence if e.key == place.key and self._stands_here(e, place) and not self._deleted(e, gone)]
        omissions = self._omissions_of(place, disclosure.omission_permitted)
        omissions = [o for o in omissions if o.origin is Origin.LIST or omission_mark(o, self._list_labels) not in gone]
        evidence = [
            e for e in evidence if not e.requirements or len(unknown_labels(e.requirements, disclosure)) < len(e.requirements)
        ]
        tagged = [e.requirements for e in evidence]
        if tagged:  # what is reported is not omitted as a whole
            omissions = [omission if omission.requirements else replace(omission, permitted=False) for omission in omissions]
        coverage, itemised = cover(disclosure.leaves, tagged, omissions)
        topic = self._by_id.get(place.topic)
        return IndexRow(
            key=place.key,
            candidates=evidence[0].candidates if evidence else (place.key,),
            title=disclosure.title,
            number=place.key.number,
            topic=place.topic,
            band=place.band,
            required=place.required,
            status=status_of(coverage, tagged, omissions, place.required),
            itemised=itemised,
            locations=self._unreplaced(gone, self._paged(place, merge_locations([e.location for e in evidence]))),
            coverage=coverage,
            omissions=tuple(omissions),
            omission_allowed=disclosure.omission_permitted,
            sector_refs=tuple(reference.number for reference, key in self._sector_keys(topic) if key == place.key)
            if topic
            else (),
            origin=place.origin,
        )

    def _stands_here(self, evidence: Evidence, place: _Place) -> bool:
        """False for a 3-3 of another topic, and for a place that was stated for another topic: it does not spread."""
        stated = evidence.location.origin is not Origin.REPORT and evidence.topic is not None
        return (evidence.topic or "") == place.topic if place.key == MANAGEMENT or stated else True

    def _gone(self, place: _Place) -> dict[str, bool]:
        """Marks of what the author deleted from the row in the working list -> whether another place was entered."""
        names = self._names_of(place.topic)
        return {
            each.mark: each.replaced for each in self.profile.removed if each.number == place.key.number and each.topic in names
        }

    def _deleted(self, evidence: Evidence, gone: Mapping[str, bool]) -> bool:
        """True for a place of the profile that the author deleted; a tag holds as long as it stands."""
        return evidence.location.origin is Origin.PROFILE and place_mark(evidence.location, self._list_labels) in gone

    def _unreplaced(self, gone: Mapping[str, bool], locations: tuple[Location, ...]) -> tuple[Location, ...]:
        """Without the tagged places in whose stead the author entered others."""
        kept = tuple(
            each for each in locations if each.origin is not Origin.REPORT or not gone.get(place_mark(each, self._list_labels))
        )
        return kept or locations

    def _paged(self, place: _Place, locations: tuple[Location, ...]) -> tuple[Location, ...]:
        """The locations with the pages that the author gave to tagged places."""
        names = self._names_of(place.topic)
        entered = {
            each.place: each.pages
            for each in self.profile.entered_pages
            if each.number == place.key.number and each.topic in names
        }
        return tuple(
            replace(each, page_label=entered[named], page=None, page_to=None, pages_entered=True)
            if each.origin is Origin.REPORT and (named := place_line(each, self._list_labels)[0]) in entered
            else each
            for each in locations
        )

    def _names_of(self, topic: str) -> set[str]:
        """The plain names of a topic in all languages; {""} for none."""
        found = self._by_id.get(topic)
        return {plain(name) for name in found.name.all} if found else {""}

    def _omissions_of(self, place: _Place, allowed: bool) -> list[Omission]:
        found = []
        for number, (key, stated) in enumerate(self._omissions):
            topic = self.finder.by_name(stated.topic) if stated.topic else None
            if key != place.key or not self._finds_place(key, stated, topic) or (stated.topic and place.topic != topic):
                continue
            self._placed.add(number)
            omission = _omission(stated, allowed)
            unknown = unknown_labels(omission.requirements, self.catalogue.disclosure(place.key))
            known = tuple(label for label in omission.requirements if label not in unknown)
            kept = replace(omission, requirements=known, unknown=tuple(unknown))
            found.append(replace(omission, permitted=False) if unknown and not known else kept)
        return found

    def _omitted(self, omission: StatedOmission) -> DisclosureKey | None:
        """The disclosure that an omission is of; a problem for each requirement that it does not have."""
        key = self.collector.key_of(omission.disclosure, origin=omission.origin).key
        labels = omission.requirements or omission.disclosure.requirements
        for label in unknown_labels(labels, self.catalogue.disclosure(key)) if key else ():
            self.collector.problem(ProblemCode.UNKNOWN_OMITTED_REQUIREMENT, label, key=key, origin=omission.origin)
        return key

    def _finds_place(self, key: DisclosureKey | None, omission: StatedOmission, topic: str | None) -> bool:
        """False where the topic that the omission names is unknown, or 3-3 names none of several: it is never spread."""
        if omission.topic:
            return topic is not None
        return key != MANAGEMENT or len(self.topics) <= 1

    def _additional(self, topic: IndexTopic | None) -> Iterator[IndexRow]:
        """Additional sector disclosures that the report tags (GRI 1, 7-a-viii: with their source)."""
        by_number: dict[str, list[Evidence]] = {}
        for evidence in self.evidence:
            if evidence.sector and evidence.key is None and evidence.topic == (topic.id if topic else None):
                by_number.setdefault(evidence.sector.number, []).append(evidence)
        for number, evidences in by_number.items():
            reference = evidences[0].sector
            assert reference is not None
            standard = self.catalogue.editions(f"GRI {number.split('.')[0]}")
            yield IndexRow(
                key=None,
                title=LocalText((("en", reference.name),)),
                source_title=standard[-1].title if standard else LocalText(),
                topic=topic.id if topic else "",
                band=Band.TOPIC if topic else Band.OTHER,
                required=False,
                status=Status.REPORTED,
                locations=merge_locations([e.location for e in evidences]),
                sector_refs=(number,),
                extras=(("additional", number),),
            )

    def _indicators(self, topic: IndexTopic | None) -> Iterator[IndexRow]:
        """Indicators that are not GRI's: those that the profile lists, then those of sector supplements that are tagged."""
        listed = {each.id for each in self.profile.indicators}
        tagged = [] if topic else [Indicator(id=id, origin=Origin.REPORT) for id in self._tagged if id not in listed]
        for indicator in (*self.profile.indicators, *tagged):
            owner = self.finder.by_name(indicator.topic) if indicator.topic else None
            if owner != (topic.id if topic else None):
                continue
            known = next((each for each in self.catalogue.indicators if each.id == indicator.id), None)
            if known is None and not indicator.title:
                self.collector.problem(ProblemCode.UNKNOWN_INDICATOR, indicator.id, origin=indicator.origin)
            stated = Location(kind=LocationKind.PAGE, text=indicator.location, origin=indicator.origin)
            places = [*([stated] if indicator.location else []), *self._tagged.get(indicator.id, ())]
            yield IndexRow(
                key=None,
                title=indicator.title or (known.title if known else LocalText()),
                source_title=indicator.source or (known.source if known else _supplement(indicator.id)),
                number=indicator.id,
                topic=topic.id if topic else "",
                band=Band.TOPIC if topic else Band.OTHER,
                required=False,
                status=Status.REPORTED if places else Status.PLANNED,
                locations=merge_locations(places),
                origin=indicator.origin,
            )


def _omission(stated: StatedOmission, allowed: bool) -> Omission:
    requirements = stated.requirements or stated.disclosure.requirements
    permitted = allowed and isinstance(stated.reason, OmissionReason) and bool(stated.explanation)
    return Omission(
        requirements=requirements,
        reason=stated.reason,
        explanation=stated.explanation,
        origin=stated.origin,
        permitted=permitted,
    )


def _supplement(indicator: str) -> LocalText:
    """The sector supplement of 2013 that a disclosure such as EU12 is of; empty for any other id."""
    sector = frameworks.supplements().get(indicator.rstrip("0123456789"))
    return LocalText((("en", f"GRI G4 {sector}"),)) if sector else LocalText()


def _standard_of(number: str) -> str:
    return f"GRI {number.split('-')[0]}" if number else ""
