"""What the workbook remembers of what the program wrote into it, in a hidden column of the working list.

The head of that column knows the language, the sheets and the rows of the workbook; the
cell of a row knows which disclosure it is and the marks of all that the program entered.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gri_index.model.working import MEMORY_HEAD, mark

_KEY = 6  # letters of a row's short key
_MARK = 8  # letters of a mark
_MOST_ROWS = 4_000  # a cell holds 32,767 characters
# The columns of the list by the ids of their labels; the widths are those of the sheet.
COLUMNS = {
    "number": 10, "title": 34, "standard-short": 26, "edition": 8, "topic": 17, "required": 9, "status": 14, "sections": 30, "pages": 9,
    "requirements-reported": 15, "requirements-missing": 15, "requirements": 14, "reason": 17, "explanation": 32, "sector": 12, "assurance": 14,
    "workflow": 11, "owner": 13, "due": 11, "reviewer": 14, "agreed": 14, "note": 30,
}  # fmt: skip
# Those that are folded away: what the program fills in for who wants to look, and what only some authors use.
FOLDED = frozenset(
    (
        "standard-short",
        "edition",
        "required",
        "requirements-reported",
        "requirements-missing",
        "sector",
        "assurance",
        "workflow",
        "reviewer",
        "agreed",
        "note",
    )
)
FIXED = (
    "title",
    "standard-short",
    "edition",
    "required",
    "requirements-reported",
    "requirements-missing",
    "sector",
)  # filled by the program


def row_key(number: str, edition: str, topic: str) -> str:
    """The short key of a row."""
    return mark(number, edition, topic)[:_KEY]


def sheet_digest(rows: Iterable[Iterable[str]]) -> str:
    """What a sheet says, however its blanks are and whichever program saved it."""
    return mark("\x1e".join(" ".join("|".join(filter(None, row)).split()) for row in rows))


@dataclass(frozen=True, slots=True)
class BookMemory:
    """What the head of the hidden column remembers."""

    language: str
    sheets: Mapping[str, str] = field(default_factory=dict)  # title of each other sheet of the program -> digest
    rows: tuple[str, ...] = ()  # short keys of all rows; none where there are too many to list

    @property
    def id(self) -> str:
        """What tells this workbook from another one of the program: its rows bear it, so that copied rows are known."""
        return mark(self.language, *(f"{name} {digest}" for name, digest in sorted(self.sheets.items())))

    def text(self) -> str:
        """The cell's text."""
        rows = "".join(self.rows) if len(self.rows) <= _MOST_ROWS else ""
        return MEMORY_HEAD + json.dumps([self.language, dict(self.sheets), rows], ensure_ascii=False, separators=(",", ":"))


def recall_book(text: str) -> BookMemory | None:
    """The memory in a head; None for a text that is none."""
    try:
        language, sheets, rows = json.loads(text.removeprefix(MEMORY_HEAD))
        if not (isinstance(language, str) and isinstance(rows, str)):
            return None
        keys = tuple(rows[at : at + _KEY] for at in range(0, len(rows), _KEY))
        return BookMemory(language, {str(name): str(digest) for name, digest in sheets.items()}, keys)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class RowMemory:
    """What the hidden cell of a row remembers."""

    number: str
    edition: str
    topic: str  # its name, as the program has it
    status: str  # in words
    marks: frozenset[str]  # of the places and omissions that the program entered, or the author deleted
    fixed: str  # mark of the cells that the program fills
    derived: frozenset[str] = frozenset()  # marks of the author's places whose pages the program found
    tagged: frozenset[str] = frozenset()  # marks of the places that tags name, without their pages
    labels: Mapping[str, str] = field(default_factory=dict)  # mark of an author's place -> the requirements that it is for
    book: str = ""  # id of the workbook that the row belongs to
    assurance: str = ""  # mark of what the program wrote of it; empty where the author did

    def text(self) -> str:
        """The cell's text."""
        marks, derived, tagged = ("".join(sorted(several)) for several in (self.marks, self.derived, self.tagged))
        fields = [
            self.number,
            self.edition,
            self.topic,
            self.status,
            marks,
            self.fixed,
            derived,
            tagged,
            dict(self.labels),
            self.book,
            self.assurance,
        ]
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def recall_row(text: str, book: str) -> RowMemory | None:
    """The memory in a row's hidden cell; None where it holds none, or that of another workbook."""
    try:
        number, edition, topic, status, marks, fixed, derived, tagged, labels, of, *later = json.loads(text)
        if of != book:
            return None
        told = {str(place): str(text) for place, text in labels.items()}
        return RowMemory(
            str(number),
            str(edition),
            str(topic),
            str(status),
            _marks(marks),
            str(fixed),
            _marks(derived),
            _marks(tagged),
            told,
            str(of),
            str(*later),
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _marks(text: str) -> frozenset[str]:
    return frozenset(text[at : at + _MARK] for at in range(0, len(text), _MARK))
