"""Sheets of a workbook as plain cells: read lazily, within bounds, values only.

Source: ISO 29500-1, 18.3 (worksheets), by way of openpyxl.
"""

import contextlib
import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gri_index.errors import InputError
from gri_index.language.pages import read_pages
from gri_index.language.text import clean
from gri_index.ooxml import check_parts, open_package
from gri_index.tables.dates import parts_shown

MAX_COLUMNS = 256  # an index has a dozen; a mapping sheet by sections may have more
MAX_ROWS = 100_000
_MAX_GAP = 5_000  # empty rows in a row: what a stray format at the end of the sheet leaves
_MAX_SHEETS = 200
_MAX_MARKED, _MAX_MERGED = 64 * 2**20, 1_000  # bytes that are searched for merged cells; rows that one reaches over
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
# Date formats that Chinese and Japanese spreadsheets name by number alone (ISO 29500-1, 18.8.30); openpyxl knows none
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_EAST_ASIAN = dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH) | dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY)
_EAST_ASIAN |= {30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'}
_MAX_TEXT = 40_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text, and the date where the spreadsheet holds one."""

    text: str = ""
    date: datetime.date | None = None
    form: str = ""  # the number format of a date
    lead: int = 0  # blank lines above its text
    carried: bool = False  # it is merged downwards from a row above


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty; ``number`` is 1-based, as the spreadsheet shows it."""

    number: int
    cells: tuple[SheetCell, ...]

    def pages(self, column: int | None) -> str:
        """The pages in a column, without words for page; "3-5" that became a date is turned back, the lower page first."""
        cell = self.cells[column] if column is not None and column < len(self.cells) else SheetCell()
        if cell.date:
            last = cell.date.year % 100 if parts_shown(cell.form) == {"m", "y"} else cell.date.day
            return "-".join(str(page) for page in sorted((cell.date.month, last)))
        lines = (line.strip() if (read := read_pages(line)) is None else read for line in cell.text.split("\n"))
        return "\n" * cell.lead + "\n".join(lines)

    def text(self, column: int | None) -> str:
        """The text in a column; "" where there is none."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows that are not empty. ``cut``: row behind which nothing was read, 0 where all was.

    A cell that is merged downwards stands in each of its rows. ``valueless``: cells with a
    formula that was never calculated, or whose result is an error; they read as empty.
    """

    name: str
    rows: tuple[SheetRow, ...]
    cut: int = 0
    valueless: tuple[str, ...] = ()


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """All visible worksheets. Raises InputError naming the file and what is wrong with it."""
    package = open_package(content, name, "an Excel workbook")
    if "xl/workbook.xml" not in package.namelist():
        raise InputError(f"{name}: not an Excel workbook (no part xl/workbook.xml)", hint="Save it as .xlsx in Excel.")
    check_parts(package, name)
    assert package.fp is not None  # it is open
    import openpyxl
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    for id, form in _EAST_ASIAN.items():
        BUILTIN_FORMATS.setdefault(id, form)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # it prints what it finds odd
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops; nothing is written back
        try:
            book = openpyxl.load_workbook(package.fp, read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in book.worksheets[:_MAX_SHEETS] if sheet.sheet_state == "visible"]
            return tuple(_sheet(sheet) for sheet in visible)
        except InputError:
            raise
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError, zipfile.BadZipFile, zlib.error, OverflowError) as error:  # fmt: skip
            raise InputError(
                f"{name}: damaged ({type(error).__name__}: {error})"[:200], hint="Open and save it again in its program."
            ) from None


def _sheet(sheet: Any) -> Sheet:
    rows: list[SheetRow] = []
    empty = cut = 0
    merged, valueless = _marked(_source(sheet))
    filled: dict[int, tuple[SheetCell, int]] = {}
    sheet.reset_dimensions()  # stated sizes may lie
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        cells = _merged(tuple(_cells(values)), number, merged, filled)
        if cells:
            rows.append(SheetRow(number, cells))
            empty = 0
        else:
            empty += 1
        if empty > _MAX_GAP or number >= MAX_ROWS:
            cut = number if number >= MAX_ROWS else 0
            break
    return Sheet(sheet.title, _with_forms(tuple(rows), sheet), cut, valueless)


def _with_forms(rows: tuple[SheetRow, ...], sheet: Any) -> tuple[SheetRow, ...]:
    """The rows with the number formats of their dates; only a sheet that has dates is read again for them."""
    dated = {row.number for row in rows if any(cell.date for cell in row.cells)}
    if not dated:
        return rows
    forms = {
        (number, column): cell.number_format
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=max(dated)), start=1)
        for column, cell in enumerate(cells if number in dated else ())
        if cell.value is not None
    }

    def formed(row: SheetRow) -> SheetRow:
        cells = (replace(cell, form=forms.get((row.number, at), "")) if cell.date else cell for at, cell in enumerate(row.cells))
        return replace(row, cells=tuple(cells))

    return tuple(formed(row) if row.number in dated else row for row in rows)


def _source(sheet: Any) -> bytes:
    """The sheet's part; nothing where it cannot be had."""
    try:
        with sheet._get_source() as stream:
            return bytes(stream.read(_MAX_MARKED))
    except (AttributeError, KeyError, OSError, ValueError, zipfile.BadZipFile, zlib.error):
        return b""


def _marked(part: bytes) -> tuple[dict[tuple[int, int], int], tuple[str, ...]]:
    """((row, column) of merged cells -> their last row, cells without a value) of a sheet (ISO 29500-1, 18.3.1.4, 18.3.1.55)."""
    merged = {}
    for match in re.finditer(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"', part):
        column = 0
        for letter in match[1].decode():
            column = 26 * column + ord(letter) - 64
        if column <= MAX_COLUMNS and int(match[3]) - int(match[2]) <= _MAX_MERGED:
            merged[int(match[2]), column - 1] = int(match[3])
    valueless = [
        match[1].decode()
        for match in re.finditer(
            rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3}\d{1,7})"([^>]*)(?<!/)>(.{0,2000}?)</(?:\w+:)?c>', part, re.DOTALL
        )
        if b't="e"' in match[2]
        or (re.search(rb"<(?:\w+:)?f[ >/]", match[3]) and not re.search(rb"<(?:\w+:)?v[^>]*>[^<]", match[3]))
    ]
    return merged, tuple(valueless)


def _merged(
    cells: tuple[SheetCell, ...], number: int, merged: dict[tuple[int, int], int], filled: dict[int, tuple[SheetCell, int]]
) -> tuple[SheetCell, ...]:
    """The cells of a row with those that are merged downwards into it. ``filled``: column -> (cell, its last row)."""
    for column in [column for column, (_, last) in filled.items() if number > last]:
        del filled[column]
    if cells and filled:
        padded = [*cells, *[SheetCell()] * (max(filled) + 1 - len(cells))]
        cells = tuple(filled[at][0] if at in filled and not cell.text else cell for at, cell in enumerate(padded))
    for column, cell in enumerate(cells):
        if last := merged.get((number, column)):
            filled[column] = (replace(cell, carried=True), last)
    return cells


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
    text = clean(str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")[:_MAX_TEXT])
    if text in _ERRORS:
        return SheetCell()
    lead = len(text) - len(text.lstrip())
    return SheetCell(text.strip(), lead=text[:lead].count("\n"))
