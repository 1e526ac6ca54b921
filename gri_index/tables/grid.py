"""Sheets of a workbook as plain cells: read lazily, within bounds, values only.

Source: ISO 29500-1, 18.3 (worksheets), by way of openpyxl.
"""

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gri_index.errors import InputError
from gri_index.language.pages import read_pages
from gri_index.ooxml import check_parts, open_package

MAX_COLUMNS = 256  # an index has a dozen; a mapping sheet by sections may have more
_MAX_ROWS = 100_000
_MAX_GAP = 5_000  # empty rows in a row: what a stray format at the end of the sheet leaves
_MAX_SHEETS = 200
_MAX_TEXT = 40_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text, and the date where the spreadsheet holds one."""

    text: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty; ``number`` is 1-based, as the spreadsheet shows it."""

    number: int
    cells: tuple[SheetCell, ...]

    def pages(self, column: int | None) -> str:
        """The pages in a column, without words for page; "3-5" that became a date is turned back, the lower page first."""
        cell = self.cells[column] if column is not None and column < len(self.cells) else SheetCell()
        if cell.date:
            return "-".join(str(page) for page in sorted((cell.date.month, cell.date.day)))
        return "\n".join(line.strip() if (read := read_pages(line)) is None else read for line in cell.text.split("\n"))

    def text(self, column: int | None) -> str:
        """The text in a column; "" where there is none."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows that are not empty. ``cut``: row behind which nothing was read, 0 where all was."""

    name: str
    rows: tuple[SheetRow, ...]
    cut: int = 0


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """All visible worksheets. Raises InputError naming the file and what is wrong with it."""
    package = open_package(content, name, "an Excel workbook")
    if "xl/workbook.xml" not in package.namelist():
        raise InputError(f"{name}: not an Excel workbook (no part xl/workbook.xml)", hint="Save it as .xlsx in Excel.")
    check_parts(package, name)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops; nothing is written back
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in book.worksheets[:_MAX_SHEETS] if sheet.sheet_state == "visible"]
            return tuple(_sheet(sheet) for sheet in visible)
        except InputError:
            raise
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError, zipfile.BadZipFile, OverflowError) as error:  # fmt: skip
            raise InputError(
                f"{name}: damaged ({type(error).__name__}: {error})"[:200], hint="Open and save it again in its program."
            ) from None


def _sheet(sheet: Any) -> Sheet:
    rows: list[SheetRow] = []
    empty = cut = 0
    sheet.reset_dimensions()  # stated sizes may lie
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        cells = tuple(_cells(values))
        if cells:
            rows.append(SheetRow(number, cells))
            empty = 0
        else:
            empty += 1
        if empty > _MAX_GAP or number >= _MAX_ROWS:
            cut = number if number >= _MAX_ROWS else 0
            break
    return Sheet(sheet.title, tuple(rows), cut)


def _cells(values: Sequence[Any]) -> Iterator[SheetCell]:
    """The cells up to the last one that holds something."""
    last = max((position for position, value in enumerate(values, start=1) if value not in (None, "")), default=0)
    for value in values[:last]:
        yield _cell(value)


def _cell(value: Any) -> SheetCell:
    if value is None:
        return SheetCell()
    if isinstance(value, datetime.datetime):
        return SheetCell(value.date().isoformat(), value.date())
    if isinstance(value, datetime.date):
        return SheetCell(value.isoformat(), value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return SheetCell(str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:_MAX_TEXT])
