"""What comes back from the working list: the author's entries, and notes that stay in the workbook."""

import zlib
from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.text import Message

MEMORY_HEAD = "gri-index:"  # opens the head of the hidden column by which a workbook knows its working list


class Workflow(StrEnum):
    """How far the work on a row is."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"


def mark(*texts: str) -> str:
    """A short mark of an entry; equal entries have equal marks, however their blanks and line ends are.

    >>> mark("Energy", "12") == mark(" Energy ", "12")
    True
    """
    folded = "\x1f".join(" ".join(text.split()) for text in texts)
    return f"{zlib.crc32(folded.encode('utf-8', 'replace')):08x}"


@dataclass(frozen=True, slots=True)
class WorkNotes:
    """How the work on a row stands. Private to the author: never in an output meant for publication."""

    workflow: str = ""  # a Workflow, or the author's own word
    owner: str = ""
    due: str = ""  # a date, in the author's own writing
    reviewer: str = ""
    agreed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """A place that the author entered."""

    place: str  # in words
    pages: str  # labels
    requirements: tuple[str, ...] = ()  # empty: the whole disclosure
    tagged: bool = False  # a tag names the place; the author gave its pages


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One row as it came back, without what the program itself had written there."""

    number: str
    edition: str = ""
    topic: str = ""  # name of the topic under which the program has the row
    moved_to: str = ""  # name of the topic that the author gave the row; empty: unchanged
    where: str = ""  # sheet and row, for messages
    notes: WorkNotes = WorkNotes()
    status: str = ""  # as the author changed it; empty: unchanged
    assurance: str | None = None  # as the author entered it, "" where it was cleared; None: unchanged
    places: tuple[WorkPlace, ...] = ()
    omissions: tuple[tuple[str, str, str], ...] = ()  # (requirements, reason, explanation)
    removed: frozenset[str] = frozenset()  # marks of places and omissions that the program wrote and the author deleted
    fixed_changed: bool = False  # a cell that the program fills was changed
    cells: tuple[tuple[str, str], ...] = ()  # (id of the column's label, or head of a column of the author's own; text)


@dataclass(frozen=True, slots=True)
class WorkingList:
    """All rows that came back."""

    language: str = ""  # of the workbook; empty: none was read
    rows: tuple[WorkRow, ...] = ()
    unplaced: tuple[tuple[tuple[str, str], ...], ...] = ()  # cells of rows that name no disclosure: kept for the author
    own_columns: tuple[str, ...] = ()  # heads of columns of the author's own, which the next workbook has too
    deleted: tuple[str, ...] = ()  # short keys of rows that the program wrote and the author deleted
    problems: tuple[Message, ...] = ()  # what could not be read
    losses: tuple[Message, ...] = ()  # what a new workbook will not have: the old one has to be kept

    @property
    def read(self) -> bool:
        """True where entries came back."""
        return bool(self.language)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """Pages that the author gave to a place that a tag names: they hold as long as the tag does."""

    number: str
    topic: str  # plain name of the row's topic
    place: str
    pages: str


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """A place or an omission that the author deleted from a row, by its mark."""

    number: str
    topic: str  # plain name of the row's topic
    mark: str
    replaced: bool  # the author entered another place: a tagged one gives way
