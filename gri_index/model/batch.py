"""What comes out of a batch: results as plain values, and what many of them say together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Job(StrEnum):
    """What is done with each report."""

    BUILD = "build"
    AUDIT = "audit"
    EXTRACT = "extract"
    SUGGEST = "suggest"


REPORTED = ("reported", "reported with omissions", "partial", "suggested")  # states of a row that say something is there


@dataclass(frozen=True, slots=True)
class RowFact:
    """A disclosure of a report: what became of it, and why it is omitted."""

    number: str
    status: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a summary needs to know of a report."""

    name: str
    language: str = ""
    organization: str = ""
    basis: str = ""  # of the claim
    year: str = ""  # in which the period ends
    sectors: tuple[str, ...] = ()
    rows: tuple[RowFact, ...] = ()
    findings: tuple[tuple[str, int], ...] = ()  # (severity, how many)
    open: int = 0

    def reports(self, number: str) -> bool:
        """True where the report reports the disclosure, whole or in part."""
        return any(row.number == number and row.status in REPORTED for row in self.rows)


@dataclass(frozen=True, slots=True)
class Done:
    """A report that went through. ``files``: name -> bytes."""

    name: str
    files: Mapping[str, bytes]
    facts: Facts
    remarks: tuple[str, ...] = ()


class Fault(StrEnum):
    """Why a report did not go through."""

    INPUT = "input"  # it cannot be read, or its profile is wrong
    BUG = "bug"  # of this program
    TIME = "time"  # it took longer than it may
    WORKER = "worker"  # its process died, with it alone
    OUTPUT = "output"  # its outputs cannot be written


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that did not go through, and why."""

    name: str
    fault: Fault
    error: str
    hint: str = ""
    facts: Facts = field(default_factory=lambda: Facts(name=""))


Result = Done | Failure


# ── together ──


@dataclass(frozen=True, slots=True)
class Share:
    """A disclosure over some reports."""

    number: str
    reports: int  # that went through
    reported: int  # whole, with omissions, or in part
    omitted: int
    reasons: tuple[tuple[str, int], ...] = ()  # of the omissions, most first


@dataclass(frozen=True, slots=True)
class Group:
    """The reports of one language, sector or year."""

    kind: str
    name: str  # "" for those that state none
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole batch."""

    job: Job
    reports: tuple[Facts, ...]  # by name
    failures: tuple[Failure, ...]
    shares: tuple[Share, ...]  # by number
    groups: tuple[Group, ...]
