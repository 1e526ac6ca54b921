"""What checks yield."""

from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.index import ContentIndex
from gri_index.model.keys import DisclosureKey
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.text import Message


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # the claim does not hold
    WARNING = "warning"  # likely wrong
    NOTE = "note"  # worth a look

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that stands between the report and its claim."""

    code: str  # "CI201"
    severity: Severity
    key: DisclosureKey | None = None
    where: str = ""  # topic, section or page, in the report's own words
    message: Message
    hint: Message | None = None
    evidence: str = ""
    acknowledged: str = ""  # who accepted it, and why


@dataclass(frozen=True, slots=True)
class Context:
    """All that a rule is given."""

    report: Report
    catalogue: Catalogue
    profile: Profile
    index: ContentIndex
