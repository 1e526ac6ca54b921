"""What every writer is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gri_index.model.findings import Finding
from gri_index.model.index import ContentIndex
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.working import WorkingList


@dataclass(frozen=True, slots=True)
class Contents:
    """The results of one run."""

    report: Report
    profile: Profile
    catalogue: Catalogue
    index: ContentIndex
    findings: tuple[Finding, ...] = ()
    working: WorkingList = field(default_factory=WorkingList)
    outputs: Mapping[str, str] = field(default_factory=dict)  # name of each other output of the run -> SHA-256
