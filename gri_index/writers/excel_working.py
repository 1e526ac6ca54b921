"""The working list: flat, one row per disclosure and topic, to be worked in and read back (``gri_index.working``)."""

from collections.abc import Iterator
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from gri_index.language.labels import Labels, reason_label, reason_words, status_words
from gri_index.language.text import plain
from gri_index.model.index import IndexRow, Status
from gri_index.model.profile import OmissionReason
from gri_index.model.working import WorkingList, WorkNotes, mark
from gri_index.working import MEMORY_HEAD, remember
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import COLOURS, Style, choices, head_row, landscape, new_sheet, put
from gri_index.writers.layout import compress, standard_title

_COLUMNS = (
    ("number", 9), ("title", 38), ("standard-short", 26), ("edition", 8), ("topic", 20), ("required", 9), ("status", 16),
    ("sections", 34), ("pages", 12), ("requirements-reported", 15), ("requirements-missing", 15), ("requirements", 14),
    ("reason", 20), ("explanation", 36), ("sector", 12), ("workflow", 11), ("owner", 14), ("reviewer", 14), ("agreed", 14), ("note", 30),
)  # fmt: skip
_STATUS = 6
Kept = TypeVar("Kept", WorkNotes, frozenset[str])
_ROOM = 50  # rows below the list that have the drop-downs too


def add_working_list(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """The sheet with filters, drop-downs and the hidden column that remembers what the program wrote."""
    words = labels.words
    sheet = new_sheet(book, words["sheet-working"])
    head_row(sheet, [(words[f"column-{name}"], width) for name, width in _COLUMNS], style)
    memory = len(_COLUMNS) + 1
    put(sheet, 1, memory, f"{MEMORY_HEAD}{labels.language}", style.head)
    sheet.column_dimensions[get_column_letter(memory)].hidden = True
    lister = _Lister(contents, labels)
    for number, row in enumerate(contents.index.rows, start=2):
        values = list(lister.values(row))
        for column, value in enumerate(values, start=1):
            if value:  # the sheet's grid shows the empty cells
                put(
                    sheet,
                    number,
                    column,
                    value,
                    style.filled(style.text, COLOURS[row.status]) if column - 1 == _STATUS else style.text,
                )
        put(sheet, number, memory, lister.memory(row), style.text)
        widths = [(value, width) for value, (_, width) in zip(values, _COLUMNS, strict=True)]
        sheet.row_dimensions[number].height = style.height(widths)
    for number, cells in enumerate(contents.working.unplaced, start=len(contents.index.rows) + 2):
        for column, value in enumerate(cells[: len(_COLUMNS)], start=1):
            put(sheet, number, column, value, style.text)
    last = max(2, len(contents.index.rows) + len(contents.working.unplaced) + 1)
    columns = {name: get_column_letter(position) for position, (name, _) in enumerate(_COLUMNS, start=1)}
    choices(
        sheet,
        f"{columns['reason']}2:{columns['reason']}{last + _ROOM}",
        [words[reason_label(reason)] for reason in OmissionReason],
    )
    steps = [words[f"workflow-{step}"] for step in ("draft", "reviewed", "approved")]
    choices(sheet, f"{columns['workflow']}2:{columns['workflow']}{last + _ROOM}", steps)
    sheet.auto_filter.ref = f"A1:{get_column_letter(memory)}{last}"  # the hidden column too: sorting takes it along
    sheet.freeze_panes = "C2"
    landscape(sheet)


def has_entries(working: WorkingList, labels: Labels) -> bool:
    """True where the list that came back holds anything of the author's."""
    untouched = ("", labels.words["workflow-draft"])
    return bool(working.unplaced) or any(
        row.places or row.omissions or row.removed or row.notes.workflow not in untouched
        or row.notes.owner or row.notes.reviewer or row.notes.agreed or row.notes.note
        for row in working.rows
    )  # fmt: skip


class _Lister:
    """Turns rows of the index into lines of the list."""

    def __init__(self, contents: Contents, labels: Labels) -> None:
        self.contents, self.labels = contents, labels
        self.topics = {topic.id: topic.name for topic in contents.index.topics}
        rows = contents.working.rows
        self.notes = {(row.number, row.edition, plain(row.topic)): row.notes for row in rows}
        self.removed = {(row.number, row.edition, plain(row.topic)): row.removed for row in rows}

    def values(self, row: IndexRow) -> Iterator[str]:
        """The cells of a row."""
        labels, words = self.labels, self.labels.words
        disclosure = self.contents.catalogue.disclosure(row.key) if row.key else None
        yield _number(row)
        yield labels.pick(row.title)
        yield standard_title(self.contents.catalogue.standard_of(row.key), labels) if row.key else labels.pick(row.source_title)
        yield row.key.edition if row.key else ""
        yield self._topic(row)
        yield words["yes"] if row.required else words["no"]
        yield status_words(row.status, labels)
        places = [(place, page) for place, page, _ in self._places(row)]
        yield "\n".join(place for place, _ in places).rstrip("\n")
        yield "\n".join(page for _, page in places).rstrip("\n")
        whole = (
            disclosure is not None
            and row.coverage.reported
            and not row.itemised
            and row.status is not Status.PARTIAL
            and not row.coverage.omitted
        )
        yield words["all-requirements"] if whole else ", ".join(compress(row.coverage.reported, disclosure) if disclosure else ())
        yield ", ".join(compress(row.coverage.missing, disclosure) if disclosure else ())
        omissions = [line for line, _ in self._omissions(row)]
        yield from ("\n".join(line[column] for line in omissions) for column in range(3))
        yield "\n".join(row.sector_refs)
        notes = self._kept(self.notes, row) or WorkNotes()
        yield notes.workflow or words["workflow-draft"]
        yield from (notes.owner, notes.reviewer, notes.agreed, notes.note)

    def memory(self, row: IndexRow) -> str:
        """What the hidden cell remembers: marks of all that the author did not enter."""
        marks = [mark(place, page) for place, page, own in self._places(row) if not own]
        marks += [mark(*line) for line, own in self._omissions(row) if not own]
        marks += self._kept(self.removed, row) or frozenset()
        return remember(
            _number(row), row.key.edition if row.key else "", self._topic(row), status_words(row.status, self.labels), marks
        )

    def _topic(self, row: IndexRow) -> str:
        name = self.topics.get(row.topic)
        return self.labels.pick(name) if name else ""

    def _kept(self, entries: dict[tuple[str, str, str], Kept], row: IndexRow) -> Kept | None:
        """What the earlier list holds for a row, under any name of its topic."""
        name = self.topics.get(row.topic)
        for topic in name.all if name else ("",):
            if found := entries.get((_number(row), row.key.edition if row.key else "", plain(topic))):
                return found
        return None

    def _places(self, row: IndexRow) -> Iterator[tuple[str, str, bool]]:
        """(place, page label, whether the author entered it)."""
        pick = self.labels.pick
        for location in row.locations:
            named = (
                location.section_title
                or pick(location.text)
                or pick(location.document_title)
                or location.document
                or location.url
            )
            yield " ".join(named.split()), location.page_label, location.origin == "list"

    def _omissions(self, row: IndexRow) -> Iterator[tuple[tuple[str, str, str], bool]]:
        """((requirements, reason, explanation), whether the author entered it)."""
        for omission in row.omissions:
            requirements = ", ".join(omission.requirements) or self.labels.words["all-requirements"]
            explanation = " ".join(self.labels.pick(omission.explanation).split())
            yield (requirements, reason_words(omission.reason, self.labels), explanation), omission.origin == "list"


def _number(row: IndexRow) -> str:
    return row.number or (row.sector_refs[0] if row.sector_refs else "")
