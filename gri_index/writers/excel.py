"""The workbook: content index to print, working list, completeness matrix, findings, about.

Disclosure numbers are text ("2-10" is not 2 October), no cell is a formula, and the same
input gives the same bytes.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels
from gri_index.ooxml import ENTRIES, repack
from gri_index.worklist.sheet import has_entries
from gri_index.writers.contents import Contents
from gri_index.writers.excel_matrix import add_matrix
from gri_index.writers.excel_private import add_about, add_findings
from gri_index.writers.excel_status import add_status
from gri_index.writers.excel_style import Style, join, put
from gri_index.writers.excel_working import add_working_list
from gri_index.writers.layout import Layout, LineKind, lay_out
from gri_index.writers.links import is_link
from gri_index.writers.stamps import fix_modified, fixed_time

_LONG = (13, 37, 36, 16, 21, 38, 15)  # column widths in characters
_SHORT = (11, 50, 50)
_FRAMEWORK = 16


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The .xlsx. ``publish``: the printable content index alone, without what is private to the author."""
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    book = Workbook()
    style = Style(labels)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _index_sheet(sheet, layout, labels, style)
    if layout.draft and not publish:
        put(sheet, 2, 1, layout.draft, style.note)
        join(sheet, 2, 1, 2, len(layout.columns))
    if not publish:
        add_matrix(book, contents, labels, style)
        add_findings(book, contents, labels, style)
        add_about(book, contents, labels, style)
        add_status(book, contents, labels, style)
        add_working_list(book, contents, labels, style)  # the last, since it remembers the others
    properties = book.properties
    properties.creator, properties.title, properties.language = "", layout.title, labels.language
    if not publish and has_entries(contents.working):
        properties.category = ENTRIES
    properties.created = properties.modified = fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})


def _index_sheet(sheet: Worksheet, layout: Layout, labels: Labels, style: Style) -> None:
    sheet.title = labels.words["sheet-index"]
    widths = (*(_LONG if layout.long else _SHORT), *(_FRAMEWORK for _ in range(layout.frameworks)))
    columns = len(widths)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    put(sheet, 1, 1, layout.title, style.title)
    row = 3
    for label, value in layout.head:
        put(sheet, row, 1, label, style.label)
        for column in range(2, columns + 1):
            put(sheet, row, column, value if column == 3 else "", style.middle)
        join(sheet, row, 1, row, 2)
        join(sheet, row, 3, row, columns)
        sheet.row_dimensions[row].height = style.height([(label, sum(widths[:2])), (value, sum(widths[2:]))])
        row += 1
    row = _head(sheet, layout, style, row + 1)
    for line in layout.lines:
        if line.kind is LineKind.ROW:
            for column, cell in enumerate(line.cells, start=1):
                target = put(sheet, row, column, cell.text, style.grey if cell.grey else style.text)
                if len(cell.paragraphs) == 1:  # a cell has one link or none
                    _link(target, [part.url for part in cell.paragraphs[0] if part.url])
            sheet.row_dimensions[row].height = style.height(
                [(cell.text, width) for cell, width in zip(line.cells, widths, strict=True)]
            )
        else:
            band = line.kind is LineKind.BAND
            for column in range(1, columns + 1):
                put(sheet, row, column, line.cells[0].text if column == 1 else "", style.band if band else style.standard)
            sheet.row_dimensions[row].height = 20 if band else 16
        row += 1
    _tail(sheet, layout, style, row, columns)
    _print_setup(sheet, layout)


def _head(sheet: Worksheet, layout: Layout, style: Style, row: int) -> int:
    """The head of the table, in two rows where columns stand under a spanning one; repeats on each page."""
    first = row
    if layout.long:
        for column, text in enumerate(layout.columns, start=1):
            spanned = 4 <= column <= 6
            put(sheet, row, column, (layout.spanning if column == 4 else "") if spanned else text, style.head)
            put(sheet, row + 1, column, text if spanned else "", style.head)
            if not spanned:
                join(sheet, row, column, row + 1, column)
        join(sheet, row, 4, row, 6)
        row += 1
    else:
        for column, name in enumerate(layout.columns, start=1):
            put(sheet, row, column, name, style.head)
    sheet.row_dimensions[row].height = 30
    sheet.print_title_rows = f"{first}:{row}"
    sheet.freeze_panes = f"A{row + 1}"
    return row + 1


def _tail(sheet: Worksheet, layout: Layout, style: Style, row: int, columns: int) -> None:
    for note in layout.notes:
        put(sheet, row + 1, 1, note, style.note)
        join(sheet, row + 1, 1, row + 1, columns)
        sheet.row_dimensions[row + 1].height = 28
        row += 1
    row += bool(layout.notes)
    if not layout.not_material:
        return
    row += 1
    put(sheet, row, 1, layout.not_material_title, style.subtitle)
    row += 1
    put(sheet, row, 1, layout.not_material_columns[0], style.head)
    put(sheet, row, 2, "", style.head)
    put(sheet, row, 3, layout.not_material_columns[1], style.head)
    for group in layout.not_material:
        row += 1
        for column in range(1, columns + 1):
            put(sheet, row, column, group.standard if column == 1 else "", style.standard)
        for topic, explanation in group.topics:
            row += 1
            put(sheet, row, 1, topic, style.text)
            join(sheet, row, 1, row, 2)
            put(sheet, row, 3, explanation, style.text)
            join(sheet, row, 3, row, columns)
            width = sum(_LONG[2:] if layout.long else _SHORT[2:])
            sheet.row_dimensions[row].height = style.height([(topic, 50), (explanation, width)])


def _link(cell: Cell, urls: Sequence[str]) -> None:
    if urls and is_link(urls[0]):
        cell.hyperlink = urls[0]


def _print_setup(sheet: Worksheet, layout: Layout) -> None:
    sheet.page_setup.orientation = "landscape" if layout.long else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.footer = 0.3
    assert sheet.oddFooter is not None and sheet.oddFooter.center is not None
    sheet.oddFooter.center.text = "&P / &N"
    sheet.sheet_view.showGridLines = False
