"""Every place that covers a disclosure: tags, answers and stated locations, resolved."""

from dataclasses import dataclass, replace

from gri_index.extraction.sections import shown_titles
from gri_index.language.text import plain
from gri_index.matching.coverage import unknown_labels
from gri_index.matching.resolution import Resolver
from gri_index.matching.topics import TopicFinder
from gri_index.model.index import Location, LocationKind, Problem, ProblemCode
from gri_index.model.keys import Certainty, DisclosureKey, Reference, Resolution
from gri_index.model.profile import Profile, StatedLocation
from gri_index.model.report import Report, Section, Tag
from gri_index.model.standards import Catalogue, SectorReference
from gri_index.model.terms import Origin
from gri_index.model.text import LocalText


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place and what it covers."""

    key: DisclosureKey | None  # None: a bare Standard, an additional sector disclosure, an indicator
    candidates: tuple[DisclosureKey, ...]
    topic: str | None  # of a 3-3
    requirements: tuple[str, ...]
    location: Location
    standard: str = ""  # of a bare Standard
    sector: SectorReference | None = None
    indicator: str = ""  # the id of one that is not GRI's, or of a sector supplement


class Collector:
    """Gathers evidence from report and profile, and the problems of what could not be placed."""

    def __init__(self, report: Report, catalogue: Catalogue, profile: Profile, finder: TopicFinder) -> None:
        self.report, self.catalogue, self.profile, self.finder = report, catalogue, profile, finder
        listed = [reference for topic in profile.topics for reference in topic.disclosures]
        self.resolver = Resolver(catalogue, profile.report.publication_date, report.tags, listed, after=profile.report.period_end)
        self.resolved: list[Resolution | None] = []
        self._problems: dict[Problem, None] = {}  # a set that keeps its order
        self._sections = {section.id: section for section in report.sections}
        self._labels = {(page.source, page.number): page.label for page in report.pages}
        self._shown = shown_titles(report.sections)
        self._by_title: dict[str, list[Section]] = {}
        for section in report.sections:
            for name in {plain(section.title), plain(self._shown[section.id])} - {""}:
                self._by_title.setdefault(name, []).append(section)
        self._titles = {document.file: document.title for document in profile.documents if document.file}
        self._names = {source.id: source.name for source in report.sources}
        self._begins = {block.section: (block.id,) for block in reversed(report.blocks)}  # the block that begins each section

    def collect(self) -> list[Evidence]:
        """All evidence: the report's in reading order, then the profile's."""
        found: list[Evidence] = []
        for position, tag in enumerate(self.report.tags):
            numbered = tag.reference.number is not None
            self.resolved.append(self.key_of(tag.reference, self._context(tag), tag=position) if numbered else None)
            found += self._from_tag(tag, position, self.resolved[-1])
        for answer in self.profile.answers:
            location = Location(
                kind=LocationKind.ANSWER, requirements=answer.requirements, text=answer.text, origin=answer.origin
            )
            found += self._from_reference(answer.disclosure, location, answer.topic)
        for stated in self.profile.locations:
            found += self._from_reference(stated.disclosure, self._stated(stated), stated.topic)
        return found

    def _stated(self, stated: StatedLocation) -> Location:
        """A place that the profile or the working list names: a section of the report where it names one, else as it says."""
        labels = stated.requirements or stated.disclosure.requirements
        section = None if stated.document or stated.url else self._section_named(stated)
        if section is not None:
            page = self._labels.get((section.source, section.first_page)) if section.first_page is not None else None
            return Location(
                kind=LocationKind.SECTION,
                requirements=labels,
                document=self._names[section.source],
                document_title=self._titles.get(self._names[section.source], LocalText()),
                section=section.id,
                section_title=self._shown[section.id],
                page=None if stated.pages else section.first_page,
                page_to=None if stated.pages else section.first_page,
                page_label=stated.pages or page or (str(section.first_page) if section.first_page is not None else ""),
                anchor=section.anchor,
                blocks=self._begins.get(section.id, ()),
                note=stated.note,
                origin=stated.origin,
            )
        document = next((d for d in self.profile.documents if d.id == stated.document), None)
        outside = stated.document or stated.url
        return Location(
            kind=LocationKind.EXTERNAL if outside else LocationKind.SECTION if stated.section else LocationKind.PAGE,
            requirements=labels,
            document=stated.document,
            document_title=document.title if document else LocalText(),
            text=stated.section,
            page_label=stated.pages,
            url=stated.url or (document.url if document else ""),
            note=stated.note,
            origin=stated.origin,
        )

    def _section_named(self, stated: StatedLocation) -> Section | None:
        """The one section of the report with a title that the statement gives."""
        found = [section for name in stated.section.all for section in self._by_title.get(plain(name), ())]
        return found[0] if len(found) == 1 else None

    def key_of(
        self, reference: Reference, context: str = "", *, tag: int | None = None, origin: Origin = Origin.REPORT
    ) -> Resolution:
        """Resolves a reference; a problem where the edition is assumed or the number unknown."""
        resolution = self.resolver.resolve(reference, context)
        number = reference.name
        if resolution.reason is Certainty.NONE:
            self.problem(ProblemCode.UNKNOWN_DISCLOSURE, number, tag=tag, origin=origin)
        elif resolution.reason is Certainty.NEWEST:
            self.problem(
                ProblemCode.EDITION_ASSUMED,
                number,
                key=resolution.key,
                candidates=resolution.candidates,
                tag=tag,
                origin=origin,
            )
        return resolution

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be placed or had to be assumed: each once, tags first."""
        return tuple(self._problems)

    def problem(
        self,
        code: ProblemCode,
        name: str,
        *,
        key: DisclosureKey | None = None,
        candidates: tuple[DisclosureKey, ...] = (),
        tag: int | None = None,
        origin: Origin = Origin.REPORT,
    ) -> None:
        """Keeps a problem once."""
        self._problems.setdefault(Problem(code=code, name=name, key=key, candidates=candidates, tag=tag, origin=origin))

    def _from_tag(self, tag: Tag, position: int, resolution: Resolution | None) -> list[Evidence]:
        location = self._location(tag)
        if tag.reference.standard:
            return [Evidence(None, (), None, (), location, standard=tag.reference.standard)]
        if tag.reference.sector_ref:
            return self._from_sector(tag.reference.sector_ref, location, position)
        if tag.reference.indicator:
            return [Evidence(None, (), None, (), location, indicator=tag.reference.indicator)]
        if resolution is None or resolution.key is None:
            return []
        topic = self._topic(tag, position) if resolution.key.number == "3-3" else None
        return [self._evidence(resolution, tag.reference.requirements, location, topic, position)]

    def _from_reference(self, reference: Reference, location: Location, topic: str) -> list[Evidence]:
        if reference.sector_ref:
            return self._from_sector(reference.sector_ref, location)
        if reference.indicator:
            return [
                Evidence(None, (), self.finder.by_name(topic) if topic else None, (), location, indicator=reference.indicator)
            ]
        resolution = self.key_of(reference, origin=location.origin)
        if resolution.key is None:
            return []
        labels = location.requirements or reference.requirements
        return [
            self._evidence(
                resolution, labels, replace(location, requirements=labels), self.finder.by_name(topic) if topic else None
            )
        ]

    def check_sector_reference(self, number: str, *, tag: int | None = None, origin: Origin = Origin.PROFILE) -> None:
        """A problem where no Sector Standard has this reference number or topic."""
        if self.catalogue.sector_reference(number) is None and self.catalogue.sector_topic(number) is None:
            self.problem(ProblemCode.UNKNOWN_SECTOR_REFERENCE, number, tag=tag, origin=origin)

    def _from_sector(self, number: str, location: Location, tag: int | None = None) -> list[Evidence]:
        """A Sector Standard reference number stands for the disclosure behind it, in the edition in force."""
        reference = self.catalogue.sector_reference(number)
        if reference is None:
            self.check_sector_reference(number, tag=tag, origin=location.origin)
            return []
        topic = next((t.id for t in self.finder.topics if t.stated and reference.topic in t.stated.sector_topics), None)
        if reference.key is None:
            return [Evidence(None, (), topic, (), location, sector=reference)]
        keys = self.catalogue.due(reference.key, self.profile.report.publication_date)
        return [Evidence(key, (key,), topic, (), location, sector=reference) for key in keys]

    def _evidence(
        self, resolution: Resolution, labels: tuple[str, ...], location: Location, topic: str | None, tag: int | None = None
    ) -> Evidence:
        key = resolution.key
        assert key is not None
        for label in unknown_labels(labels, self.catalogue.disclosure(key)):
            self.problem(ProblemCode.UNKNOWN_REQUIREMENT, label, key=key, tag=tag, origin=location.origin)
        return Evidence(key, resolution.candidates, topic, labels, location)

    def _topic(self, tag: Tag, position: int) -> str | None:
        topic = self.finder.of(tag)
        if topic is None and tag.reference.topic:
            self.problem(ProblemCode.UNKNOWN_TOPIC, tag.reference.topic, tag=position)
        elif topic is None and self.finder.topics and not self.finder.owns(tag.section):
            self.problem(ProblemCode.TOPIC_NOT_NAMED, "3-3", tag=position)
        return topic

    def _context(self, tag: Tag) -> str:
        """The block and the titles above it: where a Standard may be named with its year."""
        texts, section = [tag.context], self._sections.get(tag.section)
        while section is not None:
            texts.append(section.title_raw)
            section = self._sections.get(section.parent or "")
        return "\n".join(texts)

    def _location(self, tag: Tag) -> Location:
        section = self._sections[tag.section]
        label = self._labels.get((section.source, tag.page)) if tag.page is not None else None
        return Location(
            kind=LocationKind.SECTION if section.title else LocationKind.PAGE,
            requirements=tag.reference.requirements,
            document=self._names[section.source],
            document_title=self._titles.get(self._names[section.source], LocalText()),
            section=section.id,
            section_title=self._shown[section.id],
            page=tag.page,
            page_to=tag.page,
            page_label=label or (str(tag.page) if tag.page is not None else ""),
            anchor=section.anchor,
            suggested=tag.suggested,
            blocks=(tag.block,),
        )
