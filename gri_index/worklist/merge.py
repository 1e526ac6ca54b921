"""Two working lists that two people edited, as one: what one of them changed is taken, what both changed is named.

Rows are known by what the program remembers of them, whatever was sorted or filtered. With the
workbook that both began with, a change is told from what stood there; without it, an entry beats an
empty cell, and what the program itself wrote is nobody's change.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gri_index.errors import InputError
from gri_index.language.labels import load_labels, wordings
from gri_index.language.text import plain
from gri_index.model.text import Message, message
from gri_index.model.working import mark
from gri_index.readers import InputFile
from gri_index.tables.grid import SheetCell, SheetRow, read_sheets
from gri_index.worklist.find import ListHead, find_list, losses
from gri_index.worklist.state import COLUMNS, FIXED, RowMemory, recall_row

_NOTE = "note"
# Cells that say one thing together: a place with its pages, an omission with its reason.
_UNITS: tuple[tuple[str, ...], ...] = (("sections", "pages"), ("requirements", "reason", "explanation"))
Key = tuple[str, str, str, int]  # number, edition, topic; and which of several rows that have the same


@dataclass(slots=True)
class Merged:
    """The first workbook's cells that change; rows and columns count from 1."""

    sheet: str
    language: str
    changes: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) -> text
    dates: dict[tuple[int, int], tuple[datetime.date, str]] = field(
        default_factory=dict
    )  # of those that are one: with its format
    taken: int = 0  # entries and rows of the second workbook
    conflicts: int = 0  # that both changed
    said: list[Message] = field(default_factory=list)


def merge_lists(one: InputFile, other: InputFile, base: InputFile | None = None) -> Merged:
    """What has to change in the first workbook. Raises InputError where a file holds no working list of this program."""
    first, second = _Table(one), _Table(other)
    if first.language != second.language:
        raise InputError(
            f"{one.name}, {other.name}: working lists in two languages", hint="Merge workbooks of one build, in one language."
        )
    merged = _Merge(first, second, _Table(base) if base else None).result()
    merged.said += second.losses
    return merged


class _Table:
    """The working list of one workbook, by its rows."""

    def __init__(self, file: InputFile) -> None:
        self.name = file.name
        sheets = read_sheets(file.content, file.name)
        head = next((each for sheet in sheets if (each := find_list(sheet))), None)
        if head is None or head.memory is None:
            raise InputError(
                f"{file.name}: holds no working list of this program, or its hidden last column is gone",
                hint="Merge workbooks that gri-index build wrote and people filled in.",
            )
        self.head: ListHead = head
        self.losses = list(losses(sheets, head, file.content))
        self.language, self.book = head.memory.language, head.memory.id
        self.columns = {**head.columns, **dict(head.own)}
        self.rows: dict[Key, SheetRow] = {}
        for row in head.sheet.rows[head.position + 1 :]:
            if any(cell.text for cell in row.cells):
                self.rows[self._free(self._key(row))] = row

    def _key(self, row: SheetRow) -> tuple[str, str, str]:
        memory = self.memory(row)
        if memory:
            return memory.number, memory.edition, plain(memory.topic)
        return self.text(row, "number"), self.text(row, "edition"), plain(self.text(row, "topic"))

    def _free(self, key: tuple[str, str, str]) -> Key:
        return next((*key, at) for at in range(len(self.rows) + 1) if (*key, at) not in self.rows)

    def memory(self, row: SheetRow) -> RowMemory | None:
        """What the program remembers of a row."""
        return recall_row(row.text(self.head.memory_column), self.book)

    def text(self, row: SheetRow | None, name: str) -> str:
        """What a row says in a column; "" where there is none."""
        return row.text(self.columns.get(name)) if row else ""

    def cell(self, row: SheetRow, name: str) -> SheetCell | None:
        """The cell of a row in a column; None where there is none."""
        column = self.columns.get(name, -1)
        return row.cells[column] if 0 <= column < len(row.cells) else None

    @property
    def last(self) -> int:
        """The last row of the sheet that says anything."""
        return max((row.number for row in self.rows.values()), default=self.head.position + 1)


class _Merge:
    """The second list brought into the first."""

    def __init__(self, first: _Table, second: _Table, base: _Table | None) -> None:
        self.first, self.second, self.base = first, second, base
        self.labels = load_labels(first.language)
        self.found = Merged(first.head.sheet.name, first.language)
        self.columns = {name: column + 1 for name, column in first.columns.items()}
        self.drafts = {plain(word) for word in wordings("workflow-draft").values()}

    def result(self) -> Merged:
        self._new_columns()
        below = self.first.last
        for key, theirs in self.second.rows.items():
            ours = self.first.rows.get(key)
            if ours is None:
                if self._is_left_out(key, theirs, self.second, self.first):
                    continue
                below += 1
                self._add(below, theirs)
                continue
            for unit in self._units():
                self._join(key, ours, theirs, unit)
        for key, ours in self.first.rows.items():
            if key not in self.second.rows and self._is_left_out(key, ours, self.first, self.second):
                self._clear(ours)
        return self.found

    def _is_left_out(self, key: Key, row: SheetRow, table: _Table, other: _Table) -> bool:
        """True for a row that stands in one list alone and was deleted in the other; one that was changed meanwhile stays."""
        if self.base is None:
            if table is self.first and table.memory(row):
                self._say("merge-kept", row, file=other.name)
            return False
        if key not in self.base.rows:
            return False
        if any(self._changed(table, row, key, unit, self._said(table, row, unit)) for unit in self._units()):
            self.found.conflicts += 1
            self._say("merge-deleted-changed", row, file=other.name, second=table.name)
            return False
        self._say("merge-deleted", row, file=other.name)
        return True

    def _new_columns(self) -> None:
        """Columns of the second author's own that the first has not; they stand behind the hidden one."""
        at = max((*self.columns.values(), self.first.head.memory_column + 1))
        for name, _ in self.second.head.own:
            if name not in self.columns:
                at += 1
                self.columns[name] = at
                self.found.changes[self.first.head.sheet.rows[self.first.head.position].number, at] = name

    def _units(self) -> Iterator[tuple[str, ...]]:
        """The note first: conflicts are written into it."""
        together = {_NOTE, *(name for unit in _UNITS for name in unit)}
        yield from ((_NOTE,), *_UNITS)
        own = [name for name, _ in self.second.head.own]
        yield from ((name,) for name in (*COLUMNS, *own) if name not in FIXED and name not in together)

    def _join(self, key: Key, ours: SheetRow, theirs: SheetRow, unit: Sequence[str]) -> None:
        mine, yours = self._said(self.first, ours, unit), self._said(self.second, theirs, unit)
        if mine == yours or not self._changed(self.second, theirs, key, unit, yours):
            return
        if not self._changed(self.first, ours, key, unit, mine):
            for name, text in zip(unit, yours, strict=True):
                self._put(ours.number, name, text, self.second.cell(theirs, name))
            self.found.taken += 1
        elif tuple(unit) == (_NOTE,):
            self._put(ours.number, _NOTE, f"{mine[0]}\n{yours[0]}")
            self.found.taken += 1
        else:
            self._conflict(ours, unit, mine, yours)

    def _said(self, table: _Table, row: SheetRow, unit: Sequence[str]) -> tuple[str, ...]:
        return tuple(" ".join(table.text(row, name).split(" ")).strip() for name in unit)

    def _changed(self, table: _Table, row: SheetRow, key: Key, unit: Sequence[str], said: tuple[str, ...]) -> bool:
        """True where a person changed what stood there."""
        if self.base is not None:
            before = self.base.rows.get(key)
            return before is None or self._said(self.base, before, unit) != said
        memory = table.memory(row)
        if memory and tuple(unit) in (("status",), ("topic",), ("number",)):
            return plain(said[0]) != plain({"status": memory.status, "topic": memory.topic, "number": memory.number}[unit[0]])
        if memory and tuple(unit) in _UNITS:
            return any(said) and not self._written(memory, unit, said)
        return any(said) and not (tuple(unit) == ("workflow",) and plain(said[0]) in self.drafts)

    def _written(self, memory: RowMemory, unit: Sequence[str], said: tuple[str, ...]) -> bool:
        """True for entries that the program wrote itself, line by line."""
        lines = [text.split("\n") for text in said]
        count = max(len(each) for each in lines)
        entries = [tuple(each[at] if at < len(each) else "" for each in lines) for at in range(count)]
        bare = [tuple("" if text in ("\u2013", "-") else text for text in entry) for entry in entries]
        return all(mark(*entry) in memory.marks | memory.derived for entry in bare)

    def _conflict(self, ours: SheetRow, unit: Sequence[str], mine: tuple[str, ...], yours: tuple[str, ...]) -> None:
        """Both changed it: the first stands, the second is kept in the note."""
        self.found.conflicts += 1
        names = ", ".join(self._head(name) for name in unit)
        one, other = (" / ".join(filter(None, said)).replace("\n", "; ") or "\u2013" for said in (mine, yours))
        self._say("merge-conflict", ours, column=names, one=one, other=other, file=self.first.name, second=self.second.name)
        note = self.found.changes.get((ours.number, self.columns.get(_NOTE, 0))) or self.first.text(ours, _NOTE)
        self._put(ours.number, _NOTE, f"{note}\n[{self.second.name}] {names}: {other}".strip())

    def _add(self, number: int, theirs: SheetRow) -> None:
        """A row that the second author added."""
        self.found.taken += 1
        for name in self.second.columns:
            if text := self.second.text(theirs, name):
                self._put(number, name, text, self.second.cell(theirs, name))

    def _clear(self, ours: SheetRow) -> None:
        """Takes a row out of the list; its line stays empty."""
        self.found.taken += 1
        for column in range(1, len(ours.cells) + 1):
            self.found.changes[ours.number, column] = ""

    def _put(self, row: int, name: str, text: str, cell: SheetCell | None = None) -> None:
        if (column := self.columns.get(name)) is not None:
            self.found.changes[row, column] = text
            if cell and cell.date:
                self.found.dates[row, column] = cell.date, cell.form
        else:
            self.found.said.append(message("list-column-missing", column=self._head(name)))

    def _head(self, name: str) -> str:
        return self.labels.words[f"column-{name}"] if name in COLUMNS else name

    def _say(self, id: str, row: SheetRow, **args: str) -> None:
        table = self.first if row in self.first.rows.values() else self.second
        where = f"{table.head.sheet.name}, {row.number}"
        self.found.said.append(message(id, where=where, disclosure=table.text(row, "number"), **args))
