"""Workbooks made by the tests."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl


def workbook(rows: Sequence[Sequence[Any]], title: str = "Sheet") -> bytes:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edit(
    content: bytes, change: Callable[[dict[str, int], dict[str, Sequence[Any]], Any], None], sheet: str = "Working list"
) -> bytes:
    """The workbook after ``change(column of each head, row of each number, sheet)``."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    target = book[sheet]
    columns = {cell.value: cell.column - 1 for cell in target[1]}
    change(columns, {row[0].value: row for row in target.iter_rows(min_row=2)}, target)
    return saved(book)
