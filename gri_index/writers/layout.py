"""The printed index as lines and cells, before any file format: Word and Excel say the same.

Layout: GRI 1: Foundation 2021, Appendix 1 (in accordance, seven columns) and Appendix 2
(with reference, three columns). A Standard is a band of its own, so that nothing is
merged over a page break; each row names its Standard in short.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gri_index.catalogue.titles import standard_title
from gri_index.language.labels import Labels, reason_label
from gri_index.language.pages import page_text
from gri_index.language.text import plain
from gri_index.matching.coverage import compress
from gri_index.matching.entries import assurance_words
from gri_index.model.index import Band, ContentIndex, IndexRow, Location, LocationKind, Omission, Status
from gri_index.model.profile import Basis, OmissionReason, Profile
from gri_index.model.standards import Catalogue, Title
from gri_index.model.terms import LayoutChoice
from gri_index.model.text import LocalText

_LONG = ("standard", "disclosure", "location", "requirements", "reason", "explanation", "sector")
_PORTRAIT = ("standard-short", "disclosure", "location", "sector")
_SHORT = ("standard-short", "disclosure", "location")
_FIELD = 0xE000  # characters for private use, in the place of pages that the document counts
PRINTED = frozenset({Status.REPORTED, Status.REPORTED_WITH_OMISSIONS, Status.PARTIAL, Status.OMITTED})


class LineKind(StrEnum):
    """What a line of the table is."""

    BAND = "band"  # General disclosures, a topic
    STANDARD = "standard"
    ROW = "row"
    OMISSION = "omission"  # of the row above, in one cell


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a cell; ``url`` makes it a link, ``anchor`` one to a bookmark of the document that the index stands in."""

    text: str
    url: str = ""
    anchor: str = ""
    counted: bool = False  # the text is the page of the anchor, which the document counts itself


@dataclass(frozen=True, slots=True)
class Anchors:
    """Bookmarks of the document that the index stands in: block of the report -> (name, page, label of the page)."""

    marks: Mapping[int, tuple[str, int | None, str]]

    def of(self, location: Location) -> list[list[tuple[str, str]]]:
        """The stretches of pages of a place, each as (bookmark, label of its page) of its first page and of its last."""
        marks = [self.marks[block] for block in location.blocks if block in self.marks]
        first: dict[int, tuple[str, str]] = {}
        for name, page, label in marks:
            if page is not None:
                first.setdefault(page, (name, label))
        stretches: list[list[int]] = []
        for page in sorted(first):
            if stretches and page == stretches[-1][-1] + 1:
                stretches[-1].append(page)
            else:
                stretches.append([page])
        if not stretches:  # where pages are not known, the place begins with its first mark
            return [[(name, label)] for name, _, label in marks[:1]]
        return [[first[page] for page in dict.fromkeys((pages[0], pages[-1]))] for pages in stretches]


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell: its paragraphs, each of parts; grey where nothing can be entered."""

    paragraphs: tuple[tuple[Part, ...], ...] = ()
    grey: bool = False

    @property
    def text(self) -> str:
        """Paragraphs joined by line ends."""
        return "\n".join("".join(part.text for part in paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; bands hold one cell."""

    kind: LineKind
    cells: tuple[LineCell, ...]
    row: int = -1  # position in ContentIndex.rows


@dataclass(frozen=True, slots=True)
class NotMaterial:
    """The topics of one Sector Standard determined as not material."""

    standard: str
    topics: tuple[tuple[str, str], ...]  # (topic, explanation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole printed index."""

    title: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]  # three or four, or seven of which 3 to 5 stand under ``spanning``
    spanning: str
    lines: tuple[Line, ...]
    not_material_title: str
    not_material: tuple[NotMaterial, ...]
    not_material_columns: tuple[str, str]
    notes: tuple[str, ...]
    frameworks: int = 0  # columns at the right end that hold how far a row was assured, and other frameworks' items
    portrait: bool = False  # omissions stand in lines under their rows
    kind: str = "index"  # or "items": of another framework
    draft: str = ""  # said of an index in which disclosures that the claim asks for are missing; no publication prints it

    @property
    def long(self) -> bool:
        """True for the seven columns of Appendix 1."""
        return bool(self.spanning)

    @property
    def shown(self) -> tuple[int, ...]:
        """The columns of a table in which the Standard stands in a line of its own above its rows, and not again in each of them.

        The column of Sector Standard reference numbers is there where one is printed.
        """
        sector = len(self.columns) - self.frameworks - 1
        empty = (self.long or self.portrait) and not any(
            line.cells[sector].text for line in self.lines if line.kind is LineKind.ROW
        )
        return tuple(at for at in range(1, len(self.columns)) if not (empty and at == sector))


def lay_out(
    index: ContentIndex, profile: Profile, catalogue: Catalogue, labels: Labels, *, paged: bool = False, upright: bool = False,
    anchors: Anchors | None = None,
) -> Layout:  # fmt: skip
    """The printed index in one language: only what is reported or omitted, nothing for the rest.

    ``paged``: for paper, so that the portrait layout may be used; elsewhere it is the long one.
    ``upright``: the paper is too narrow for seven columns, so that the portrait layout is used
    where the profile chooses none. ``anchors``: of the document that the index is to stand in.
    """
    accordance = index.claim.basis is Basis.IN_ACCORDANCE
    choice, words = profile.output.layout, labels.words
    portrait = paged and (choice is LayoutChoice.PORTRAIT or (upright and accordance and choice is LayoutChoice.AUTO))
    long = not portrait and (choice in (LayoutChoice.LONG, LayoutChoice.PORTRAIT) or (choice is LayoutChoice.AUTO and accordance))
    columns = _LONG if long else _PORTRAIT if portrait else _SHORT
    assured = any(row.assurance for row in index.rows)
    extra = [*([words["column-assurance"]] if assured else []), *map(_framework_head, index.frameworks)]
    liner = _Liner(index, profile, catalogue, labels, long, portrait)
    liner.anchors = anchors or Anchors({})
    lines = tuple(liner.lines())
    notes = [words["grey-note"]] if long and any(cell.grey for line in lines for cell in line.cells) else []
    notes += [words["unverified-note"]] if liner.unverified else []
    return Layout(
        title=words["index-title"],
        head=tuple(_head(index, profile, catalogue, labels)),
        columns=(*(words[f"column-{name}"] for name in columns), *extra),
        frameworks=len(extra),
        portrait=portrait,
        spanning=words["column-omission"] if long else "",
        lines=lines,
        not_material_title=words["band-not-material"],
        not_material=tuple(_not_material(index, catalogue, labels)),
        not_material_columns=(words["column-topic"], words["column-explanation"]),
        notes=tuple(notes),
        draft=labels.text("draft", count=str(missing)) if (missing := _open(index)) else "",
    )


def _open(index: ContentIndex) -> int:
    """How many disclosures that the claim asks for are not reported, or in part only."""
    return sum(row.required and row.status in (Status.MISSING, Status.PARTIAL) for row in index.rows)


def unverified(titles: Sequence[Title], labels: Labels) -> bool:
    """True where the title that is printed in this language was found in no published translation."""
    shown = labels.pick(LocalText(tuple((title.language, title.text) for title in titles)))
    return any(title.state == "unverified" for title in titles if title.text == shown and title.language != "en")


def statement_of_use(index: ContentIndex, profile: Profile, labels: Labels) -> str:
    """The statement of use (GRI 1, Requirement 8): the author's own, else the standard wording."""
    if index.claim.statement:
        return labels.pick(index.claim.statement)
    facts, words = profile.report, labels.words
    wording = "statement-in-accordance" if index.claim.basis is Basis.IN_ACCORDANCE else "statement-with-reference"
    return labels.text(
        wording,
        organization=labels.pick(facts.organization) or words["placeholder-organization"],
        start=labels.date(facts.period_start) if facts.period_start else words["placeholder-start"],
        end=labels.date(facts.period_end) if facts.period_end else words["placeholder-end"],
    )


def _head(index: ContentIndex, profile: Profile, catalogue: Catalogue, labels: Labels) -> Iterator[tuple[str, str]]:
    words = labels.words
    yield words["statement-label"], statement_of_use(index, profile, labels)
    yield words["gri1-label"], standard_title(catalogue.standard("GRI 1", "2021"), labels)
    if (index.claim.basis is Basis.IN_ACCORDANCE and index.claim.sectors_stated) or index.claim.sector_standards:
        titles = [
            standard_title(editions[-1], labels) for id in index.claim.sector_standards if (editions := catalogue.editions(id))
        ]
        yield words["sector-label"], "\n".join(titles) or words["sector-none"]


def _not_material(index: ContentIndex, catalogue: Catalogue, labels: Labels) -> Iterator[NotMaterial]:
    """Grouped by Sector Standard (GRI 1, 7-a-vi)."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for stated in index.not_material:
        topic = catalogue.sector_topic(stated.sector_topic)
        name = f"{stated.sector_topic} {labels.pick(topic.title)}" if topic else stated.sector_topic
        grouped.setdefault(f"GRI {stated.sector_topic.split('.')[0]}", []).append((name, labels.pick(stated.explanation)))
    for id, topics in grouped.items():
        editions = catalogue.editions(id)
        yield NotMaterial(standard_title(editions[-1], labels) if editions else id, tuple(topics))


class _Liner:
    """Turns rows into lines with bands."""

    def __init__(
        self, index: ContentIndex, profile: Profile, catalogue: Catalogue, labels: Labels, long: bool, portrait: bool
    ) -> None:
        self.index, self.profile, self.catalogue, self.labels = index, profile, catalogue, labels
        self.long, self.portrait = long, portrait
        self.topics = {topic.id: labels.pick(topic.name) for topic in index.topics}
        self.sections = {plain(text): title for title in profile.sections for text in title.all}
        self.unverified = False  # a title was printed with a mark
        self.anchors = Anchors({})
        self.assured = any(row.assurance for row in index.rows)
        documents = {location.document for row in index.rows for location in row.locations if location.section}
        self.several = len(documents) > 1

    def lines(self) -> Iterator[Line]:
        band, standard = None, None
        banded = self.long or self.portrait or bool(self.index.topics)
        for position, row in enumerate(self.index.rows):
            if row.status not in PRINTED:
                continue
            here = self._band(row)
            if banded and here != band:
                yield Line(LineKind.BAND, (_cell(here),))
            if banded and here != band:
                standard = None
            band = here
            title = self._standard(row)
            if title != standard:
                yield Line(LineKind.STANDARD, (_cell(title),))
            standard = title
            others = [_cell(self.labels.join(list(items))) for items in row.frameworks]
            assured = [_cell(assurance_words(row, self.labels))] if self.assured else []
            yield Line(LineKind.ROW, (*self._cells(row), *assured, *others), position)
            if self.portrait and (told := [self._told(omission) for omission in row.omissions if omission.permitted]):
                yield Line(LineKind.OMISSION, (LineCell(tuple((Part(text),) for text in told)),), position)

    def _band(self, row: IndexRow) -> str:
        if row.band is Band.TOPIC:
            return self.topics.get(row.topic, "")
        return self.labels.words[f"band-{row.band.value}"]

    def _standard(self, row: IndexRow) -> str:
        if row.key:
            standard = self.catalogue.standard_of(row.key)
            return standard_title(standard, self.labels) + self._mark(standard.titles)
        if row.extras:
            editions = self.catalogue.editions(f"GRI {row.sector_refs[0].split('.')[0]}")
            return standard_title(editions[-1], self.labels) if editions else ""
        return self.labels.pick(row.source_title)

    def _cells(self, row: IndexRow) -> Iterator[LineCell]:
        yield _cell(row.key.standard if row.key else self._source(row))
        yield _cell(self._disclosure(row))
        omissions = [omission for omission in row.omissions if omission.permitted]
        places = tuple(tuple(self._place(location)) for location in row.locations)
        if self.portrait:
            yield LineCell(places)
            yield LineCell(tuple((Part(number),) for number in row.sector_refs))
            return
        if not self.long:  # three columns: what is omitted, and reference numbers, stand with the places
            told = tuple((Part(self._told(omission)),) for omission in omissions)
            numbers = self.labels.join(list(row.sector_refs))
            named = f"{self.labels.words['column-sector']}{self.labels.words['colon']}{numbers}"
            yield LineCell((*places, *told, *(((Part(named),),) if numbers and not row.extras else ())))
            return
        yield LineCell(places)
        grey = not row.omission_allowed
        yield LineCell(tuple((Part(text),) for omission in omissions for text in self._omitted(row, omission)), grey)
        yield LineCell(tuple((Part(self._of(omission, omissions) + self._reason(omission)),) for omission in omissions), grey)
        explained = [(each, text) for each in omissions if (text := self.labels.pick(each.explanation))]
        yield LineCell(tuple((Part(self._of(omission, omissions) + text),) for omission, text in explained), grey)
        without = row.band in (Band.GENERAL, Band.MATERIAL)
        yield LineCell(tuple((Part(number),) for number in row.sector_refs), without)

    def _source(self, row: IndexRow) -> str:
        return f"GRI {row.sector_refs[0].split('.')[0]}" if row.extras else self.labels.pick(row.source_title)

    def _mark(self, titles: Sequence[Title]) -> str:
        marked = self.profile.output.mark_unverified and unverified(titles, self.labels)
        self.unverified = self.unverified or marked
        return "*" if marked else ""

    def _disclosure(self, row: IndexRow) -> str:
        title = self.labels.pick(row.title) + (self._mark(self.catalogue.disclosure(row.key).titles) if row.key else "")
        if row.extras:
            return f"{self.labels.words['additional-sector']}{self.labels.words['colon']}{title}"
        number = row.number
        if row.status is Status.PARTIAL and row.key and row.coverage.reported:
            shown = compress(row.coverage.reported, self.catalogue.disclosure(row.key))
            number += self.labels.join([f"-{label}" for label in shown])
        return title if number == title else f"{number} {title}".strip()

    def _omitted(self, row: IndexRow, omission: Omission) -> list[str]:
        """One requirement a line: a number never breaks at its hyphen."""
        if not omission.requirements:
            return [self.labels.words["all-requirements"]]
        return [f"{row.number}-{label}" for label in omission.requirements]

    def _of(self, omission: Omission, omissions: Sequence[Omission]) -> str:
        """The requirements that a reason is for, where a row has several."""
        if len(omissions) < 2:
            return ""
        named = self.labels.join(list(omission.requirements)) or self.labels.words["all-requirements"]
        return f"{named}{self.labels.words['colon']}"

    def _told(self, omission: Omission) -> str:
        """An omission in one line: what, why, and the explanation."""
        what = self.labels.words["column-omission"]
        if omission.requirements:
            what += self.labels.bracket(self.labels.join(list(omission.requirements)))
        told = f"{what}{self.labels.words['colon']}{self._reason(omission)}"
        explained = self.labels.pick(omission.explanation)
        return f"{told} \u2013 {explained}" if explained else told

    def _reason(self, omission: Omission) -> str:
        if isinstance(omission.reason, OmissionReason):
            return self.labels.words[reason_label(omission.reason)]
        return omission.reason

    def _place(self, location: Location) -> Iterator[Part]:
        if location.section_title and (own := self.sections.get(plain(location.section_title))):
            location = replace(location, section_title=self.labels.pick(own))
        text = place_text(location, self.labels, with_document=self.several)
        if (
            location.url and location.kind is LocationKind.EXTERNAL and text == page_text(location.page_label, self.labels)
        ):  # pages of what? of what the link leads to
            text = location.url + (self.labels.bracket(text) if text else "")
        stretches = self.anchors.of(location)
        if not stretches:
            yield Part(text, location.url)
        elif location.pages_entered or (location.page is None and location.page_label):  # the author says which pages
            yield Part(text, anchor=stretches[0][0][0])
        else:
            shown = place_text(replace(location, page_label=""), self.labels, with_document=self.several)
            yield from _counted(shown, stretches, self.labels)
        if location.note:
            yield Part(self.labels.bracket(self.labels.pick(location.note)))
        if location.suggested:
            yield Part(self.labels.bracket(self.labels.words["suggested"]))


def _counted(shown: str, stretches: list[list[tuple[str, str]]], labels: Labels) -> Iterator[Part]:
    """A place whose pages the document counts: its name leads there, and so does each page."""
    ends = {chr(_FIELD + number): end for number, end in enumerate(end for stretch in stretches for end in stretch)}
    names = iter(ends)
    pages = [labels.words["range"].join(next(names) for _ in stretch) for stretch in stretches]
    told = labels.text("page", page=pages[0]) if len(ends) == 1 else labels.text("pages", pages=labels.join(pages))
    told = f"{shown}{labels.bracket(told)}" if shown else told
    for piece in re.split(f"([{chr(_FIELD)}-{chr(_FIELD + len(ends) - 1)}])", told):
        if piece in ends:
            yield Part(ends[piece][1] or "?", anchor=ends[piece][0], counted=True)
        elif piece:
            yield Part(piece, anchor=stretches[0][0][0])


def place_text(location: Location, labels: Labels, *, with_document: bool = False) -> str:
    """A location in words: "Energy use (p. 13)"."""
    named = labels.pick(location.text)
    if location.kind is LocationKind.ANSWER:
        return named
    parts = (
        [labels.pick(location.document_title) or re.sub(r"\.\w{2,5}$", "", location.document)]
        if location.kind is LocationKind.EXTERNAL or with_document
        else []
    )
    parts += [text for text in (location.section_title, named) if text]
    text = labels.join([part for part in parts if part])
    pages = page_text(location.page_label, labels)
    return f"{text}{labels.bracket(pages)}".strip() if text and pages else text or pages


def _framework_head(framework: str) -> str:
    """What heads the column of a framework: "SDG", "ESRS 2023"."""
    return framework.replace("-", " ").upper()


def _cell(text: str) -> LineCell:
    return LineCell(((Part(text),),) if text else ())
