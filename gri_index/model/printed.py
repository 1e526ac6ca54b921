"""A content index as a document prints it: each row as printed and as read."""

import datetime
from dataclasses import dataclass

from gri_index.model.keys import Reference
from gri_index.model.report import ReadProblem
from gri_index.model.terms import Basis, OmissionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOmission:
    """An omission as printed; ``reason`` stays in words where it is none of the four."""

    requirements: tuple[str, ...] = ()  # empty: the whole disclosure
    reason: OmissionReason | str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One disclosure of a printed index."""

    reference: Reference  # number as read; the edition from the Standard above it
    standard_title: str = ""  # "GRI 305: Emissions 2016", as printed above or beside it
    title: str = ""  # of the disclosure, as printed
    topic: str = ""
    location: str = ""  # as printed
    pages: tuple[str, ...] = ()  # labels that the location names, ranges written out
    urls: tuple[str, ...] = ()
    omissions: tuple[PrintedOmission, ...] = ()
    omitted: bool = False  # the row says that nothing is reported
    sector_refs: tuple[str, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()  # (head, cell) of other columns
    cells: tuple[str, ...] = ()  # the row as printed
    page: str = ""  # label of the page it stands on
    confidence: float = 1.0  # how sure the row was read, between 0 and 1
    own: bool = False  # an indicator of the organization or of another source: it has no number of GRI


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedIndex:
    """The whole index."""

    title: str = ""  # "GRI content index", as printed
    basis: Basis | None = None
    statement: str = ""
    organization: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    gri_1: str = ""  # as printed
    sector_standards: tuple[str, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    not_material: tuple[tuple[str, str], ...] = ()  # (topic of a Sector Standard, why it is not material)
    text: str = ""  # all of it, as printed
    problems: tuple[ReadProblem, ...] = ()
