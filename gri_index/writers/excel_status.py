"""The sheet "Status": coverage as bars, and what is open, with whom and where."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels, status_words
from gri_index.model.index import Status
from gri_index.worklist.progress import Coverage, Progress, progress
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import COLOURS, Style, join, landscape, new_sheet, put

_WIDTHS = (12, 42, 16, 18, 11, 22, 34)  # in characters


def add_status(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """Adds the sheet behind the first: one page that answers what is open, where, and with whom."""
    found = progress(contents.index, contents.working, contents.catalogue, labels)
    sheet = new_sheet(book, labels.words["sheet-status"], position=1)
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet, 1, 1, labels.words["sheet-status"], style.title)
    row = _bars(sheet, 3, found, labels, style)
    if found.open:
        row = _counts(sheet, row + 1, found, labels, style)
        _open(sheet, row + 1, found, labels, style)
    sheet.sheet_view.showGridLines = False
    landscape(sheet)


def _bars(sheet: Worksheet, row: int, found: Progress, labels: Labels, style: Style) -> int:
    """A line for the whole and one for each Standard; returns the row behind them."""
    for each in (found.total, *found.standards):
        look = style.label if each is found.total else style.text
        put(sheet, row, 1, f"{each.done}/{each.rows}", look)
        put(sheet, row, 2, each.name or labels.words["matrix-total"], look)
        put(sheet, row, 3, each.bar, style.bar)
        put(sheet, row, 5, _told(each, labels), style.plain)
        row += 1
    return row


def _told(each: Coverage, labels: Labels) -> str:
    counts = ((Status.MISSING, each.missing), (Status.PARTIAL, each.partial), (Status.OMITTED, each.omitted))
    return labels.join([f"{count} {status_words(status, labels)}" for status, count in counts if count])


def _counts(sheet: Worksheet, row: int, found: Progress, labels: Labels, style: Style) -> int:
    """Open rows by owner and by topic."""
    words = labels.words
    for head, counts, nobody in (
        (words["column-owner"], found.open_by_owner(), words["nobody"]),
        (words["column-topic"], found.open_by_topic(), words["band-general"]),
    ):
        put(sheet, row, 1, head, style.label)
        told = labels.join([f"{name or nobody} {count}" for name, count in counts])
        put(sheet, row, 2, told, style.text)
        join(sheet, row, 2, row, len(_WIDTHS))
        sheet.row_dimensions[row].height = style.height([(told, sum(_WIDTHS[1:]))])
        row += 1
    return row


def _open(sheet: Worksheet, row: int, found: Progress, labels: Labels, style: Style) -> None:
    heads = ("number", "title", "status", "owner", "due", "topic", "expected")
    for column, name in enumerate(heads, start=1):
        put(sheet, row, column, labels.words[f"column-{name}"], style.head)
    sheet.print_title_rows = f"{row}:{row}"
    for each in found.open:
        row += 1
        status = status_words(each.status, labels) + (labels.bracket(labels.join(list(each.missing))) if each.missing else "")
        values = (each.number, each.title, status, each.owner, each.due, each.topic, each.near)
        for column, value in enumerate(values, start=1):
            look = style.filled(style.text, COLOURS[each.status]) if column == 3 else style.text
            put(sheet, row, column, value, look)
        sheet.row_dimensions[row].height = style.height(list(zip(values, _WIDTHS, strict=True)))
