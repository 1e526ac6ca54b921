"""What matching yields: the content index and its completeness matrix."""

from dataclasses import dataclass, field
from enum import StrEnum

from gri_index.model.keys import DisclosureKey, Resolution
from gri_index.model.profile import Basis, NotMaterialTopic, OmissionReason, Topic
from gri_index.model.terms import AssuranceLevel, Origin
from gri_index.model.text import LocalText, Message


class Status(StrEnum):
    """How far a row is covered; whether it is required is a separate matter."""

    REPORTED = "reported"
    REPORTED_WITH_OMISSIONS = "reported with omissions"
    PARTIAL = "partial"
    OMITTED = "omitted"
    MISSING = "missing"
    PLANNED = "planned"


class LocationKind(StrEnum):
    """What a location points to."""

    SECTION = "section"
    PAGE = "page"
    EXTERNAL = "external"
    ANSWER = "answer"


class Band(StrEnum):
    """Where a row stands in GRI's layout of the index (GRI 1, appendices 1 and 2)."""

    GENERAL = "general"
    MATERIAL = "material"  # 3-1 and 3-2
    TOPIC = "topic"
    OTHER = "other"  # reported, under no topic of the profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place where a disclosure is reported."""

    kind: LocationKind
    requirements: tuple[str, ...] = ()  # empty: the disclosure as a whole
    document: str = ""  # name of the source file, or id of a document of the profile
    document_title: LocalText = LocalText()
    section: str | None = None
    section_title: str = ""
    page: int | None = None
    page_to: int | None = None
    page_label: str = ""  # as printed, ranges as "12-14"
    anchor: str | None = None
    url: str = ""
    text: LocalText = LocalText()  # of an answer, or a section named by the profile
    note: LocalText = LocalText()
    origin: Origin = Origin.REPORT
    pages_entered: bool = False  # the author gave the pages of a tagged place
    suggested: bool = False  # the program proposes it, and no person has reviewed it
    blocks: tuple[int, ...] = ()  # ids of the report's blocks where its tags stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """An omission as it stands in the index."""

    requirements: tuple[str, ...]  # empty: the whole disclosure
    reason: OmissionReason | str
    explanation: LocalText
    origin: Origin = Origin.PROFILE
    unknown: tuple[str, ...] = ()  # labels that the disclosure does not have: kept for the author, and they omit nothing
    permitted: bool = (
        True  # False, it counts for nothing: none permitted here, no permitted reason, no explanation, or all is reported
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requirement labels by what became of them; only the finest labels are counted."""

    reported: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One disclosure under one topic. ``key`` is None for indicators and additional sector disclosures."""

    key: DisclosureKey | None
    candidates: tuple[DisclosureKey, ...] = ()
    title: LocalText
    source_title: LocalText = LocalText()  # for rows without a key: whose indicator it is
    number: str = ""  # as printed; own indicators have their own ids
    topic: str = ""  # id of a topic of the index; empty: none
    band: Band
    required: bool
    status: Status
    itemised: bool = False  # each requirement was tagged, not only the disclosure as a whole
    locations: tuple[Location, ...] = ()
    coverage: Coverage = Coverage()
    omissions: tuple[Omission, ...] = ()
    omission_allowed: bool = True
    sector_refs: tuple[str, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    origin: Origin = Origin.REPORT  # why the row is here
    assurance: AssuranceLevel | None = None  # how far it was assured
    assurance_pages: str = ""  # of the assurance statement
    assurance_entered: bool = False  # the working list says so
    frameworks: tuple[tuple[str, ...], ...] = ()  # of each framework of the index: the items that the row serves


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexTopic:
    """A topic of the index: from the profile, or as tags name it."""

    id: str
    name: LocalText
    origin: Origin  # the profile, or tags that name it
    stated: Topic | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark in the matrix: this disclosure is tagged in this section."""

    row: int  # position in ContentIndex.rows; -1: a bare Standard
    standard: str
    section: str
    requirements: tuple[str, ...]  # empty: as a whole


@dataclass(frozen=True, slots=True)
class CompletenessMatrix:
    """Disclosures by sections."""

    sections: tuple[str, ...] = ()  # ids of the sections that carry a tag, in reading order
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """The claim as the index prints it."""

    basis: Basis
    organization: LocalText = LocalText()
    statement: LocalText = LocalText()  # the author's own wording; empty: generated per language
    sector_standards: tuple[str, ...] = ()
    sectors_stated: bool = True  # False: nobody said whether one applies, and the index does not say so either


class ProblemCode(StrEnum):
    """What matching could not place or had to assume."""

    UNKNOWN_DISCLOSURE = "unknown disclosure"  # no edition has the number
    UNKNOWN_SECTOR_REFERENCE = "unknown sector reference"
    UNKNOWN_REQUIREMENT = "unknown requirement"  # of what is reported
    UNKNOWN_OMITTED_REQUIREMENT = "unknown omitted requirement"
    UNKNOWN_TOPIC = "unknown topic"  # that a 3-3 names
    UNKNOWN_INDICATOR = "unknown indicator"  # nobody has a title for it
    TOPIC_NOT_NAMED = "topic not named"  # a 3-3 of which nothing tells the topic
    EDITION_ASSUMED = "edition assumed"  # the newest, where nothing decides
    OMISSION_WITHOUT_ROW = "omission without row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fact that matching noticed; a rule makes a finding of it."""

    code: ProblemCode
    name: str  # the number, label, topic or indicator that it is about
    key: DisclosureKey | None = None
    candidates: tuple[DisclosureKey, ...] = ()  # the editions to choose from
    tag: int | None = None  # position among the report's tags; None: profile or working list state it
    origin: Origin = Origin.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentIndex:
    """The content index and what it stands on."""

    claim: ClaimFacts
    topics: tuple[IndexTopic, ...] = ()
    not_material: tuple[NotMaterialTopic, ...] = ()
    rows: tuple[IndexRow, ...] = ()
    frameworks: tuple[str, ...] = ()  # ids of the frameworks whose items are printed beside GRI's columns
    matrix: CompletenessMatrix = field(default_factory=CompletenessMatrix)
    resolved: tuple[Resolution | None, ...] = ()  # of each tag of the report; None for Standards and sector references
    problems: tuple[Problem, ...] = ()  # in the order of the index: tags, then what is stated
    remarks: tuple[Message, ...] = ()  # what the author should know and no rule speaks of
