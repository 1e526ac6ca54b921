"""What checks yield."""

from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.index import ContentIndex
from gri_index.model.keys import DisclosureKey
from gri_index.model.printed import PrintedIndex
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Substance
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


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a finding stands on, and where they are printed."""

    text: str
    page: str = ""  # label
    section: str = ""  # title
    file: str = ""  # name of the file, where the report has several


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that stands between the report and its claim. ``found`` makes one; the registry adds code and weight."""

    code: str = ""  # "CI201"
    name: str = ""  # "missing-disclosure"
    severity: Severity = Severity.ERROR
    key: DisclosureKey | None = None
    number: str = ""  # of the disclosure, where it has no key
    numbers: tuple[str, ...] = ()  # of all disclosures that it speaks of, where they are several
    file: str = ""  # the file it is about, where that is not the report
    where: str = ""  # topic, section or page, in the report's own words
    message: Message
    hint: Message | None = None
    evidence: tuple[Quote, ...] = ()
    lighter: Severity | None = None  # its weight, where that is not the rule's
    acknowledged: str = ""  # who accepted it, and why

    @property
    def disclosure(self) -> str:
        """Number of the disclosure it speaks of; "" for none."""
        return self.key.number if self.key else self.number

    @property
    def in_file(self) -> str:
        """Name of the file that it is about; "" for the report, where that is one file."""
        return self.file or next((quote.file for quote in self.evidence if quote.file), "")

    @property
    def disclosures(self) -> tuple[str, ...]:
        """Numbers of all disclosures it speaks of."""
        return self.numbers or ((self.disclosure,) if self.disclosure else ())


@dataclass(frozen=True, slots=True)
class Context:
    """All that a rule is given."""

    report: Report
    catalogue: Catalogue
    profile: Profile
    index: ContentIndex
    printed: PrintedIndex | None = None  # where an index that is printed already is audited
    index_file: str = ""  # name of the document that holds it, where that is not the report
    substance: Substance | None = None  # what the text seems to report; None where nobody asked
