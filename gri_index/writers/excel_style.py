"""How cells look, and how text gets into them."""

import math
import unicodedata
from collections.abc import Sequence
from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.model.index import Status

HEAD_FILL, BAND_FILL, STANDARD_FILL, GREY = "1F4E5F", "CFE0E6", "EDF3F5", "C8C8C8"
COLOURS = {
    Status.REPORTED: "C9E7D0",
    Status.REPORTED_WITH_OMISSIONS: "DDEBC8",
    Status.PARTIAL: "FCE8B2",
    Status.OMITTED: "E3E3E3",
    Status.MISSING: "F6C7C3",
    Status.PLANNED: "DCE6F5",
}
MAX_TEXT = 32_767  # characters that a cell of Excel holds (ISO 29500-1, 18.3.1.96 and Excel's limits)
_LINE = 12.5  # points of one line of text


class Look:
    """The style of a cell; everything is text unless ``number_format`` says otherwise."""

    def __init__(
        self, font: Font, fill: PatternFill | None, alignment: Alignment, border: Border | None, number_format: str = "@"
    ) -> None:
        self.font, self.fill, self.alignment, self.border, self.number_format = font, fill, alignment, border, number_format
        self._made: StyleArray | None = None

    def apply(self, cell: Cell) -> None:
        """Styles the cell. The second cell of a look takes the numbers of the first: looking them up is what costs."""
        if self._made is None:
            cell.font, cell.alignment, cell.number_format = self.font, self.alignment, self.number_format
            if self.fill:
                cell.fill = self.fill
            if self.border:
                cell.border = self.border
            self._made = cell._style  # type: ignore[attr-defined]  # openpyxl documents copying it
        else:
            cell._style = copy(self._made)  # type: ignore[attr-defined]


class Style:
    """All looks of the workbook, made once: openpyxl shares equal ones."""

    def __init__(self, labels: Labels) -> None:
        name = labels.words["fonts"]
        side = Side(style="thin", color="B8C4C9")
        edge = Border(top=side, bottom=side, left=side, right=side)
        wrap = Alignment(wrap_text=True, vertical="top")
        middle = Alignment(wrap_text=True, vertical="center")
        over = Alignment(vertical="center")  # a band's text runs over the empty cells beside it: nothing is merged
        line = Border(top=side, bottom=side)
        self.text = Look(Font(name=name, size=9), None, wrap, edge)
        self.grey = Look(Font(name=name, size=9), _fill(GREY), wrap, edge)
        self.middle = Look(Font(name=name, size=9), None, middle, edge)
        self.head = Look(Font(name=name, size=9, bold=True, color="FFFFFF"), _fill(HEAD_FILL), middle, edge)
        self.band = Look(Font(name=name, size=11, bold=True, color=HEAD_FILL), _fill(BAND_FILL), over, line)
        self.standard = Look(Font(name=name, size=9, bold=True), _fill(STANDARD_FILL), over, line)
        self.label = Look(Font(name=name, size=9, bold=True), _fill(STANDARD_FILL), middle, edge)
        self.title = Look(Font(name=name, size=18, bold=True, color=HEAD_FILL), None, Alignment(vertical="center"), None)
        self.subtitle = Look(Font(name=name, size=12, bold=True, color=HEAD_FILL), None, Alignment(vertical="center"), None)
        self.note = Look(Font(name=name, size=8, color="595959"), None, wrap, None)
        self.bar = Look(Font(name=name, size=8, color="595959"), None, Alignment(vertical="center"), None)
        self.plain = Look(Font(name=name, size=9), None, Alignment(vertical="top"), None)
        rotated = Alignment(text_rotation=90, vertical="bottom", horizontal="center", wrap_text=True)
        self.rotated = Look(Font(name=name, size=8, bold=True, color="FFFFFF"), _fill(HEAD_FILL), rotated, edge)
        self.mark = Look(Font(name=name, size=9), None, Alignment(horizontal="center", vertical="center", wrap_text=True), edge)
        self.count = Look(self.mark.font, None, self.mark.alignment, edge, "0")
        self._filled: dict[tuple[int, str], Look] = {}

    def filled(self, look: Look, colour: str) -> Look:
        """The look with another fill."""
        key = (id(look), colour)
        if key not in self._filled:
            self._filled[key] = Look(look.font, _fill(colour), look.alignment, look.border)
        return self._filled[key]

    @staticmethod
    def width(line: str) -> int:
        """Width of one line in characters; East Asian ones count two."""
        if line.isascii():
            return len(line)
        return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)

    def height(self, cells: Sequence[tuple[str, float]]) -> float:
        """Row height in points for wrapped texts: spreadsheets do not fit merged or generated rows by themselves."""
        most = 1
        for text, width in cells:
            fits = max(4.0, width * 1.18 - 1)  # columns count characters of 11 points, the text has 9
            if len(text) * 2 > fits or "\n" in text:
                most = max(most, sum(max(1, math.ceil(self.width(line) / fits)) for line in text.split("\n")))
        return min(409.0, most * _LINE + 4)


def put(sheet: Worksheet, row: int, column: int, text: str, look: Look) -> Cell:
    """A text into a cell, always as text: never a formula, a number or a date."""
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)
    if text:
        cell.value = clean(text)[:MAX_TEXT]
        cell.data_type = "s"
    look.apply(cell)
    if text.startswith(("=", "+", "-", "@")):  # typed into again, a spreadsheet would take it for a formula
        cell.quotePrefix = True
    return cell


def join(sheet: Worksheet, start_row: int, start_column: int, end_row: int, end_column: int) -> None:
    """Makes one cell of several; each keeps its own look, which openpyxl's way would work out anew for every edge."""
    sheet.merged_cells.add(CellRange(min_row=start_row, min_col=start_column, max_row=end_row, max_col=end_column).coord)


def new_sheet(book: Workbook, title: str, position: int | None = None) -> Worksheet:
    """A new sheet, at the end of the workbook where no position is given."""
    sheet = book.create_sheet(title, position)
    assert isinstance(sheet, Worksheet)
    return sheet


def head_row(sheet: Worksheet, columns: list[tuple[str, int]], style: Style) -> None:
    """The first row: heads (text, column width), repeated on each printed page."""
    for number, (text, width) in enumerate(columns, start=1):
        put(sheet, 1, number, text, style.head)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[1].height = max(32, style.height([(text, 0.85 * width) for text, width in columns]))  # bold
    sheet.print_title_rows = "1:1"


def choices(sheet: Worksheet, cells: str, options: list[str]) -> None:
    """A drop-down for cells; other texts stay possible, since several omissions of one row stand in one cell."""
    validation = DataValidation(
        type="list", formula1='"' + ",".join(choice.replace(",", " ") for choice in options) + '"', allow_blank=True
    )
    validation.showErrorMessage = False
    validation.add(cells)
    sheet.add_data_validation(validation)


def landscape(sheet: Worksheet) -> None:
    """A4 across, as wide as the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.page_margins.footer = 0.25
    assert sheet.oddFooter is not None and sheet.oddFooter.center is not None
    sheet.oddFooter.center.text = "&A   &P / &N"
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)
