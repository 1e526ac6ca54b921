"""What ``suggest`` proposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.keys import DisclosureKey
from gri_index.model.report import Page, Section
from gri_index.model.text import Message


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, table row or heading that speaks for a suggestion."""

    text: str  # as it stands, cut to some 240 characters
    words: tuple[str, ...]  # of the terms that it holds
    page: int | None
    block: int  # position in the report's blocks; -1 for a title that is no block
    weight: float = 0.0  # how much its words say: 1 for each phrase that no other disclosure has


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A section that seems to report a disclosure."""

    key: DisclosureKey
    section: Section
    title: str  # of the section, with the heading that tells it from others of its name
    page: Page | None  # of the best evidence
    score: float  # 0 to 1: of suggestions with this score, so many were right on reports not seen
    evidence: tuple[Evidence, ...] = ()
    tagged: bool = False  # the section bears the tag already


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardSuggestion:
    """A section that seems to report something of a Standard, where none of its disclosures is likely by itself."""

    standard: str  # "GRI 305"
    section: Section
    title: str
    page: Page | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """All that is proposed for a report."""

    found: tuple[Suggestion, ...]  # by disclosure, the best first
    standards: tuple[StandardSuggestion, ...] = ()  # in the report's order
    nothing: tuple[DisclosureKey, ...] = ()  # disclosures for which nothing was found
    language: str = ""  # of the report, as its text tells
    known: bool = True  # whether the program has terms of that language; else it knows titles and English terms alone


class Verdict(StrEnum):
    """What a person decides of a suggestion."""

    ACCEPT = "accept"
    REJECT = "reject"
    OTHER = "other"  # the disclosure is reported at another place


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A row of a review as it came back."""

    number: str
    edition: str = ""
    fingerprint: str = ""  # of the section that was suggested; empty: nothing was
    title: str = ""  # of that section, as it was shown
    score: str = ""
    verdict: Verdict | None = None  # None: not decided
    place: str = ""  # the right one, as the author wrote it
    note: str = ""
    where: str = ""  # sheet and row, for messages

    @property
    def disclosure(self) -> tuple[str, str]:
        """Number and edition: two editions of a number may be in force side by side."""
        return self.number, self.edition


@dataclass(frozen=True, slots=True)
class Review:
    """What came back from a review workbook."""

    name: str = ""  # of the file; empty: none was read
    decisions: tuple[Decision, ...] = ()
    losses: tuple[Message, ...] = ()  # what could not be read, and what a new workbook will not have


@dataclass(frozen=True, slots=True)
class Substance:
    """What a report seems to report, for the rules that hold an index against its text."""

    best: Mapping[str, Suggestion]  # by number of a disclosure: the likeliest section
    scores: Mapping[tuple[str, str], float]  # (number, id of a section) -> score; absent where nothing speaks for it
    known: bool  # whether the program has terms of the report's language
