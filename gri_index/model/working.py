"""What comes back from the working list: the author's entries, and notes that stay in the workbook."""

import zlib
from dataclasses import dataclass

from gri_index.model.report import ReadProblem


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

    workflow: str = ""
    owner: str = ""
    reviewer: str = ""
    agreed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One row as it came back, without what the program itself had written there."""

    number: str
    edition: str = ""
    topic: str = ""  # its name
    where: str = ""  # sheet and row, for messages
    notes: WorkNotes = WorkNotes()
    status: str = ""  # as the author changed it; empty: unchanged
    places: tuple[tuple[str, str], ...] = ()  # (place in words, page label)
    omissions: tuple[tuple[str, str, str], ...] = ()  # (requirements, reason, explanation)
    removed: frozenset[str] = frozenset()  # marks of places and omissions that the program wrote and the author deleted


@dataclass(frozen=True, slots=True)
class WorkingList:
    """All rows that came back."""

    language: str = ""  # of the workbook
    rows: tuple[WorkRow, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    extended: bool = False  # the author added columns or sheets, which a new workbook does not have
    unplaced: tuple[tuple[str, ...], ...] = ()  # cells of rows that name no disclosure: kept for the author
