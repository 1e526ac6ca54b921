"""The printed index as CSV: one line per disclosure, safe to open in a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from gri_index.language.labels import Labels
from gri_index.writers.contents import Contents
from gri_index.writers.layout import LineKind, lay_out

_NUMBERS = frozenset(("disclosure", "disclosures", "sector_ref"))  # columns of plain rows
_CODE = re.compile(r"^\d{1,3}-\d{1,2}|^(?=\d{1,2}\.\d{1,2}\.)")
_DATE_LIKE = re.compile(r"\d{1,4}-\d{1,4}(?:-\d{1,4})?")
_FORMULA_STARTS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the wide forms too: Japanese spreadsheets read them so


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """UTF-8 with the mark that Excel needs, lines ending in CRLF (RFC 4180).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    band = labels.words["column-topic"]
    writer.writerow([band, *layout.columns])
    here = standard = ""
    for line in layout.lines:
        if line.kind is LineKind.BAND:
            here = line.cells[0].text
        elif line.kind is LineKind.STANDARD:
            standard = line.cells[0].text  # with its year, which no line above tells here
        else:
            first, *others = (cell.text for cell in line.cells)
            writer.writerow([safe(text) for text in (here, standard or first, *others)])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def plain_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of plain values, heads from the first; lists joined by blanks, tables as JSON.

    No spreadsheet takes a cell for a date: disclosures are "GRI 2-1", ranges of pages "3–5".
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([safe(_undated(name, _flat(value))) for name, value in row.items()])
    return out.getvalue()


def _flat(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _undated(name: str, text: str) -> str:
    """The text in a form that is no date: 2-1 would become 2 January, and 11.2.3 a day in 2003."""
    if name in _NUMBERS:
        return " ".join(_CODE.sub(r"GRI \g<0>", each) for each in text.split(" "))
    return text.replace("-", "\u2013") if _DATE_LIKE.fullmatch(text) else text


def safe(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
