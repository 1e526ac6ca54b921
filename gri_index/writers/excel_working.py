"""The sheet of the working list, with filters, drop-downs and the hidden column that remembers what the program wrote."""

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels, reason_label
from gri_index.model.profile import OmissionReason
from gri_index.model.working import Workflow
from gri_index.tables.grid import MAX_COLUMNS
from gri_index.worklist.sheet import lay_out_list, step_words
from gri_index.worklist.state import COLUMNS, FOLDED, BookMemory, sheet_digest
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import COLOURS, Style, choices, head_row, landscape, new_sheet, put

_ROOM = 50  # rows below the list that have the drop-downs too
_STATUS = list(COLUMNS).index("status")
_NOTE = list(COLUMNS).index("note")
_SHOWN = frozenset(at for at, name in enumerate(COLUMNS) if name not in FOLDED)


def add_working_list(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """Adds the sheet behind those of the index and its status. The other sheets have to be there already: what they say is remembered too."""
    sheet = new_sheet(book, labels.words["sheet-working"], position=2)
    digests = dict(_digests(book, sheet))
    layout = lay_out_list(contents.index, contents.working, contents.catalogue, labels, BookMemory(labels.language, digests).id)
    head_row(sheet, list(layout.heads), style)
    _fold(sheet)
    memory = len(layout.heads) + 1
    put(sheet, 1, memory, BookMemory(labels.language, digests, layout.keys).text(), style.head)
    sheet.column_dimensions[get_column_letter(memory)].hidden = True
    widths = [width for _, width in layout.heads]
    for number, row in enumerate(layout.rows, start=2):
        for column, value in enumerate(row.values):
            if value or column in _SHOWN:  # the others are folded away: the sheet's grid shows their empty cells
                coloured = column == _STATUS and row.status is not None
                look = style.filled(style.text, COLOURS[row.status]) if coloured and row.status else style.text
                put(sheet, number, column + 1, value, look)
        put(sheet, number, memory, row.memory, style.text)
        told = [
            (value, width)
            for at, (value, width) in enumerate(zip(row.values, widths, strict=True))
            if at in _SHOWN or at == _NOTE
        ]
        sheet.row_dimensions[number].height = style.height(told)
    last = len(layout.rows) + 1
    _drop_downs(sheet, last, labels)
    sheet.auto_filter.ref = f"A1:{get_column_letter(memory)}{max(2, last)}"  # the hidden column too: sorting takes it along
    sheet.freeze_panes = "C2"
    landscape(sheet)


def _fold(sheet: Worksheet) -> None:
    """Columns that few look at are grouped and closed: what is left can be read on a printed page."""
    for column, name in enumerate(COLUMNS, start=1):
        if name in FOLDED:
            sheet.column_dimensions[get_column_letter(column)].outlineLevel = 1
            sheet.column_dimensions[get_column_letter(column)].hidden = True


def _digests(book: Workbook, own: Worksheet) -> Iterator[tuple[str, str]]:
    """What each other sheet says, as far as a reader of the workbook looks."""
    for sheet in book.worksheets:
        if sheet is not own:
            rows = sheet.iter_rows(max_col=min(sheet.max_column, MAX_COLUMNS), values_only=True)
            texts = (["" if value is None else str(value) for value in row] for row in rows)
            yield sheet.title, sheet_digest(row for row in texts if any(row))


def _drop_downs(sheet: Worksheet, last: int, labels: Labels) -> None:
    reasons = [labels.words[reason_label(reason)] for reason in OmissionReason]
    for name, options in (("reason", reasons), ("workflow", [step_words(step, labels) for step in Workflow])):
        letter = get_column_letter(list(COLUMNS).index(name) + 1)
        choices(sheet, f"{letter}2:{letter}{last + _ROOM}", options)
