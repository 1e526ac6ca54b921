"""The profile as a workbook: one sheet for each kind of table, its keys as heads.

A sheet named "topic" holds what [[topic]] holds, a row each; "report", "claim" and
"output" have a row per key. A text in several languages has a column, or row, per
language: "name [zh-Hans]". Lists stand in one cell, parted by ";" or line ends.
"""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import Sheet, SheetCell, SheetRow, read_sheets
from gri_index.tags import shaped

SINGLE = {  # a row per key
    "report": ("organization", "title", "period_start", "period_end", "publication_date", "language"),
    "claim": ("basis", "sector_standards", "statement"),
    "output": ("languages", "layout", "index_name", "template", "link_base", "mark_unverified"),
}
ROWS = {  # a row per table
    "document": ("id", "title", "url", "file"),
    "topic": ("name", "disclosures", "sector_topics", "carried"),
    "topic_not_material": ("sector_topic", "explanation"),
    "omission": ("disclosure", "topic", "requirements", "reason", "explanation", "carried"),
    "answer": ("disclosure", "topic", "requirements", "text", "carried"),
    "location": ("disclosure", "topic", "requirements", "document", "section", "pages", "url", "note", "carried"),
    "indicator": ("id", "source", "title", "topic", "location"),
    "section": ("title",),
    "assurance": ("disclosures", "level", "pages"),
    "acknowledged": ("rule", "disclosure", "reason", "by"),
}
LISTS = frozenset({"disclosures", "sector_topics", "sector_standards", "languages", "requirements"})
DATES = frozenset({"period_start", "period_end", "publication_date"})
_KEY = re.compile(r"(?P<key>[a-z_]+)(?:\s*\[(?P<language>[A-Za-z-]+)\])?$")


class Located(dict[str, Any]):
    """A table that knows the row it stands in, for messages."""

    where = ""


def tables_of(content: bytes, name: str, faults: list[str]) -> dict[str, Any]:
    """What a TOML file of the same profile would hold; sheets of other names are the author's own and stay unread.

    Raises InputError where the file is no workbook.
    """
    data: dict[str, Any] = {}
    for sheet in read_sheets(content, name):
        kind = sheet.name.strip().casefold().replace(" ", "_")
        if kind in SINGLE:
            data[kind] = _single(sheet, faults)
        elif kind in ROWS:
            data[kind] = _rows(sheet, faults)
    if not data:
        faults.append("no sheet is named report, claim or topic; `gri-index init` writes a workbook to start from")
    return data


def _single(sheet: Sheet, faults: list[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for row in sheet.rows[1:]:  # the first row is the head
        key, cell = row.text(0).strip(), row.cells[1] if len(row.cells) > 1 else SheetCell()
        if key and cell.text:
            _put(table, key, cell, f"sheet {sheet.name}, row {row.number}", faults)
    return table


def _rows(sheet: Sheet, faults: list[str]) -> list[dict[str, Any]]:
    if not sheet.rows:
        return []
    heads = [cell.text.strip() for cell in sheet.rows[0].cells]
    order = DateOrder(_days(heads, sheet.rows[1:]), shaped)
    tables = []
    for row in sheet.rows[1:]:
        table = Located()
        table.where = f"sheet {sheet.name}, row {row.number}"
        for head, cell in zip(heads, row.cells, strict=False):
            if not head or not cell.text:
                continue
            if cell.date and head in ("disclosure", "disclosures"):
                number = order.number(cell.date, cell.form)
                if number is None:
                    faults.append(f"{table.where}: {cell.text} is a date; type the disclosure with an apostrophe in front")
                    continue
                cell = SheetCell(number)
            _put(table, head, cell, table.where, faults)
        if table:
            tables.append(table)
    return list(tables)


def _days(heads: Sequence[str], rows: Sequence[SheetRow]) -> list[tuple[datetime.date, str]]:
    columns = [column for column, head in enumerate(heads) if head in ("disclosure", "disclosures")]
    cells = [row.cells[column] for row in rows for column in columns if column < len(row.cells)]
    return [(cell.date, cell.form) for cell in cells if cell.date]


def _put(table: dict[str, Any], head: str, cell: SheetCell, where: str, faults: list[str]) -> None:
    found = _KEY.match(head)
    if found is None:
        faults.append(f"{where}: {head!r} is no key of a profile")
        return
    key, language = found["key"], found["language"]
    if language:
        texts = table.setdefault(key, {})
        if isinstance(texts, dict):
            texts[language] = cell.text
        else:
            faults.append(f"{where}: {key} stands there with and without a language")
    elif key in LISTS:
        table[key] = [part.strip() for part in re.split(r"[;\n]", cell.text) if part.strip()]
    else:
        table[key] = cell.date if key in DATES and cell.date else cell.text
