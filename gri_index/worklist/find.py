"""Where the working list stands in a workbook, with cells that are filled in anew, and what of the workbook is not read."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count

from gri_index.language.heads import own_columns
from gri_index.language.labels import languages, load_labels
from gri_index.model.text import Message, message
from gri_index.model.working import MEMORY_HEAD
from gri_index.tables.grid import Sheet, SheetCell, SheetRow
from gri_index.worklist.state import COLUMNS, BookMemory, recall_book, recall_row, row_key, sheet_digest

_HEAD_ROWS = 30  # a title, a date, a remark may stand above the table
_ENOUGH = 12  # of our twenty columns: a list whose memory was taken out
_OWN_SHEETS = ("sheet-index", "sheet-working", "sheet-matrix", "sheet-findings", "sheet-about")
_MOST_CELLS = 20  # that are named
Entered = Mapping[str, Mapping[str, str]]  # short key of a row -> column -> what is entered there


@dataclass(frozen=True, slots=True)
class ListHead:
    """Where the working list stands in its workbook, and what its columns are."""

    sheet: Sheet
    position: int  # of the head among the sheet's rows
    memory_column: int
    memory: BookMemory | None
    columns: dict[str, int]  # name of our column -> column
    own: tuple[tuple[str, int], ...]  # (head, column) of the author's own


def find_list(sheet: Sheet) -> ListHead | None:
    """The head with our hidden column; else one with most of our heads, whose memory is gone."""
    for position, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        texts = [cell.text for cell in row.cells]
        memory = next((column for column, text in enumerate(texts) if text.startswith(MEMORY_HEAD)), -1)
        book = recall_book(texts[memory]) if memory >= 0 else None
        if book is None and memory < 0 and not _looks_own(texts):
            continue
        labels = load_labels(book.language if book else "")
        ids = {f"column-{name}": name for name in COLUMNS}
        columns = {ids[id]: column for id, column in own_columns(texts, tuple(ids), labels).items()}
        taken = {memory, *columns.values()}
        return ListHead(sheet, position, memory, book, columns, tuple(_own_columns(sheet.rows[position:], texts, taken)))
    return None


def with_entries(head: ListHead, entered: Entered) -> ListHead:
    """The list as if the cells had been filled in; further rows of a disclosure lose what its first one says now."""
    assert head.memory is not None
    rows, seen = list(head.sheet.rows), set[str]()
    for at, row in enumerate(rows[head.position + 1 :], start=head.position + 1):
        memory = recall_row(row.text(head.memory_column), head.memory.id)
        key = row_key(memory.number, memory.edition, memory.topic) if memory else ""
        cells = list(row.cells)
        for name, text in entered.get(key, {}).items():
            column = head.columns.get(name, len(cells))
            if column < len(cells):
                cells[column] = SheetCell("" if key in seen else text)
        rows[at] = replace(row, cells=tuple(cells))
        seen.add(key)
    return replace(head, sheet=replace(head.sheet, rows=tuple(rows)))


def _own_columns(rows: Sequence[SheetRow], heads: Sequence[str], taken: set[int]) -> Iterator[tuple[str, int]]:
    """(head, column) of the author's own columns, each with a head of its own: without one it is named by its letter."""
    used: set[str] = set()
    width = max((len(row.cells) for row in rows), default=0)
    for column in range(width):
        head = heads[column].strip() if column < len(heads) else ""
        if column in taken or (not head and not any(row.text(column) for row in rows)):
            continue
        head = head or f"({_letters(column)})"
        name = next(name for number in count(1) if (name := head if number == 1 else f"{head} ({number})") not in used)
        used.add(name)
        yield name, column


def _letters(column: int) -> str:
    """The letters by which a spreadsheet names a column."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(65 + letter) + letters, column - 1
    return letters


def _looks_own(texts: Sequence[str]) -> bool:
    """True for a head with most of our columns in one language."""
    ids = tuple(f"column-{name}" for name in COLUMNS)
    return len(texts) >= _ENOUGH and any(len(own_columns(texts, ids, load_labels(tag))) >= _ENOUGH for tag in languages())


def losses(sheets: Sequence[Sheet], head: ListHead, content: bytes) -> Iterator[Message]:
    """What of the workbook is not read and will not be in a new one."""
    assert head.memory is not None
    labels = load_labels(head.memory.language)
    for name in COLUMNS:
        if name not in head.columns:
            yield message("list-column-missing", column=labels.words[f"column-{name}"])
    ours = {labels.words[id] for id in _OWN_SHEETS}
    for sheet in sheets:
        if sheet.name == head.sheet.name:
            continue
        written = head.memory.sheets.get(sheet.name)
        if written is None and sheet.name not in ours:
            yield message("list-own-sheet", sheet=sheet.name)
        elif written is not None and written != sheet_digest(
            ["" if cell.carried else cell.text for cell in row.cells] for row in sheet.rows
        ):
            yield message("list-sheet-edited", sheet=sheet.name, list=head.sheet.name)
    if head.sheet.valueless:
        yield message("list-valueless", cells=", ".join(head.sheet.valueless[:_MOST_CELLS]))
    if _has_formulas(content):
        yield message("list-formulas")
    if _has_comments(content):
        yield message("list-comments")


def _has_formulas(content: bytes) -> bool:
    """True where a cell holds a formula; the program writes none."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = (name for name in package.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", name))
        return any(re.search(rb"<(?:\w+:)?f[ >/]", package.read(part)) for part in parts)


def _has_comments(content: bytes) -> bool:
    """True where a cell has a comment; the program writes none."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return any(
            re.match(r"xl/(?:.*/)?(?:threadedComments?|comments?)[^/]*\.xml$", name, re.IGNORECASE) for name in package.namelist()
        )
