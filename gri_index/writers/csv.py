"""The printed index as CSV: one line per disclosure, safe to open in a spreadsheet."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from gri_index.language.labels import Labels
from gri_index.writers.contents import Contents
from gri_index.writers.layout import LineKind, lay_out

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """UTF-8 with the mark that Excel needs, lines ending in CRLF (RFC 4180).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    band = labels.words["column-topic"]
    writer.writerow([band, *layout.columns])
    here = ""
    for line in layout.lines:
        if line.kind is LineKind.BAND:
            here = line.cells[0].text
        elif line.kind is LineKind.ROW:
            writer.writerow([_safe(text) for text in (here, *(cell.text for cell in line.cells))])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def plain_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of plain values, heads from the first; lists joined by blanks, tables as JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_safe(_flat(value)) for value in row.values()])
    return out.getvalue()


def _flat(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
