"""A workbook in which some cells of the working list are changed; all else stays as the author has it."""

import io

from openpyxl import load_workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.text import clean
from gri_index.worklist.merge import Merged
from gri_index.writers.excel_style import MAX_TEXT


def write_merged(content: bytes, merged: Merged) -> bytes:
    """The workbook with the changed cells, each as text: never a formula or a number, a date only where one was entered."""
    book = load_workbook(io.BytesIO(content))
    sheet = book[merged.sheet]
    _part(sheet, merged)
    for (row, column), text in merged.changes.items():
        cell = sheet.cell(row, column)
        cell.value = clean(text)[:MAX_TEXT] or None
        if text:
            cell.data_type = "s"
        if (row, column) in merged.dates:
            cell.value, cell.number_format = merged.dates[row, column]
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = f"{sheet.auto_filter.ref.split(':')[0]}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _part(sheet: Worksheet, merged: Merged) -> None:
    """Takes merged cells apart where one of them changes; what they say stands in each of them, as it was read."""
    for area in list(sheet.merged_cells.ranges):
        left, top, right, bottom = area.bounds
        if any(top <= row <= bottom and left <= column <= right for row, column in merged.changes):
            said = sheet.cell(top, left).value
            sheet.unmerge_cells(str(area))
            for row in range(top, bottom + 1):
                sheet.cell(row, left).value = said
