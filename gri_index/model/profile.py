"""What the author states about report and claim (gri-index.toml)."""

import datetime
from dataclasses import dataclass, field

from gri_index.model.keys import Reference
from gri_index.model.terms import AssuranceLevel, LayoutChoice, Origin
from gri_index.model.terms import Basis as Basis
from gri_index.model.terms import OmissionReason as OmissionReason
from gri_index.model.text import LocalText
from gri_index.model.working import PageEntry, RemovedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """The report as its author names it."""

    organization: LocalText = LocalText()
    title: LocalText = LocalText()
    period_start: datetime.date | None = None
    period_end: datetime.date | None = None
    publication_date: datetime.date | None = None  # decides which editions are valid; never today's date
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The claim and what the statement of use needs."""

    basis: Basis = Basis.WITH_REFERENCE
    sector_standards: tuple[str, ...] = ()  # ("GRI 11",)
    sectors_stated: bool = True  # False: nobody said whether one applies
    sector_versions: tuple[tuple[str, str], ...] = ()  # (("GRI 11", "V1.1"),) where one is stated
    statement: LocalText = LocalText()  # replaces the generated statement of use


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDocument:
    """A document outside of the report that locations point to."""

    id: str
    title: LocalText
    url: str = ""
    file: str = ""  # name of an input file: the document is a part of the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A material topic, in the order of the report."""

    name: LocalText
    disclosures: tuple[Reference, ...] = ()
    sector_topics: tuple[str, ...] = ()  # ("11.1",)
    carried: str = ""  # the index of an earlier report that it was taken over from; empty: the author stated or confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMaterialTopic:
    """A topic of a Sector Standard determined as not material, with the reason (Requirement 3-b-ii)."""

    sector_topic: str
    explanation: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedOmission:
    """An omission as the author states it; ``reason`` stays as written where it is none of the four."""

    disclosure: Reference
    topic: str = ""
    requirements: tuple[str, ...] = ()  # empty: all
    reason: OmissionReason | str
    explanation: LocalText = LocalText()
    origin: Origin = Origin.PROFILE  # or the list: an entry of the working list
    carried: str = ""  # the index of an earlier report that it was taken over from; empty: the author stated or confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The fact itself, stated in the index."""

    disclosure: Reference
    topic: str = ""
    requirements: tuple[str, ...] = ()
    text: LocalText
    origin: Origin = Origin.PROFILE  # or the list: an entry of the working list
    carried: str = ""  # the index of an earlier report that it was taken over from; empty: the author stated or confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLocation:
    """A place outside of the report, or one that no tag marks."""

    disclosure: Reference
    topic: str = ""
    requirements: tuple[str, ...] = ()
    document: str = ""  # id of a document; empty: the report itself
    section: LocalText = LocalText()
    pages: str = ""  # "12-14"
    url: str = ""
    note: LocalText = LocalText()
    origin: Origin = Origin.PROFILE  # or the list: an entry of the working list
    carried: str = ""  # the index of an earlier report that it was taken over from; empty: the author stated or confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Own or another source's indicator, listed under a topic."""

    id: str
    source: LocalText = LocalText()
    title: LocalText = LocalText()
    topic: str = ""
    location: LocalText = LocalText()
    origin: Origin = Origin.PROFILE  # or the list: its location is an entry of the working list


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """Disclosures that were assured, and the page of the statement that says so."""

    disclosures: tuple[Reference, ...]
    level: AssuranceLevel | None  # None: not assured, as the working list says
    pages: str = ""
    topic: str = ""  # of a row of the working list; empty: any
    origin: Origin = Origin.PROFILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A finding accepted for a stated reason."""

    rule: str
    disclosure: str = ""
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputChoices:
    """How the outputs look."""

    languages: tuple[str, ...] = ()  # one set of files per language; empty: the report's
    layout: LayoutChoice = LayoutChoice.AUTO
    index_name: str = "content-index"  # file name without suffix
    template: str = ""  # a Word file in the house style, relative to the profile
    link_base: str = ""  # address or name of the report's PDF, to whose pages places lead
    mark_unverified: bool = False  # an asterisk at titles that were found in no published translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that the author states; without a profile every field has its default."""

    report: ReportFacts = field(default_factory=ReportFacts)
    claim: Claim = field(default_factory=Claim)
    documents: tuple[OtherDocument, ...] = ()
    topics: tuple[Topic, ...] = ()
    not_material: tuple[NotMaterialTopic, ...] = ()
    omissions: tuple[StatedOmission, ...] = ()
    answers: tuple[Answer, ...] = ()
    locations: tuple[StatedLocation, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sections: tuple[LocalText, ...] = ()  # titles of the report's sections in several languages
    assured: tuple[Assurance, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    removed: tuple[RemovedEntry, ...] = ()  # what the author deleted on the working list
    entered_pages: tuple[PageEntry, ...] = ()  # of places that tags name, from the working list
    list_language: str = ""  # of the working list: its marks are made of words in this language
    list_file: str = field(default="", compare=False)  # name of its workbook, for messages
    output: OutputChoices = field(default_factory=OutputChoices)
    file: str = field(default="gri-index.toml", compare=False)  # name of the file it was read from, for messages
    stated: bool = True  # False: no profile was given, everything is assumed
