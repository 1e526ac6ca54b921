"""The review workbook: each suggestion with what speaks for it, and columns for the author's decision.

A hidden column knows which disclosure and section a row is about, so that the decisions
come back however the sheet was sorted, and into the next version of the report.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels
from gri_index.model.suggestions import Decision, Verdict
from gri_index.ooxml import repack
from gri_index.suggest.fingerprints import Found
from gri_index.suggest.review import COLUMNS, ENTRIES, MEMORY_HEAD, ReviewRow, memory_of
from gri_index.writers.excel_style import STANDARD_FILL, Style, choices, head_row, landscape, put
from gri_index.writers.stamps import fix_modified, fixed_time

_ENTRY_FILL, _CHANGED_FILL = "FFF8E1", "FCE8B2"
_COLOURS = {Verdict.ACCEPT: "C9E7D0", Verdict.REJECT: "E3E3E3", Verdict.OTHER: "DCE6F5"}


def write_review(rows: Sequence[ReviewRow], labels: Labels) -> bytes:
    """The .xlsx; the same rows give the same bytes."""
    book, style = Workbook(), Style(labels)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = labels.words["sheet-review"]
    head_row(sheet, [(labels.words[f"column-{name}"], width) for name, width in COLUMNS.items()], style)
    memory = len(COLUMNS) + 1
    put(sheet, 1, memory, MEMORY_HEAD + labels.language, style.head)
    sheet.column_dimensions[get_column_letter(memory)].hidden = True
    above = ""
    for number, row in enumerate(rows, start=2):
        _row(sheet, number, row, labels, style, first=row.number != above)
        put(sheet, number, memory, memory_of(row), style.text)
        above = row.number
    last = len(rows) + 1
    letter = get_column_letter(list(COLUMNS).index("decision") + 1)
    choices(sheet, f"{letter}2:{letter}{max(2, last)}", [labels.words[f"verdict-{verdict}"] for verdict in Verdict])
    sheet.auto_filter.ref = f"A1:{get_column_letter(memory)}{max(2, last)}"
    sheet.freeze_panes = "C2"
    landscape(sheet)
    properties = book.properties
    properties.creator, properties.title, properties.language = "", labels.words["sheet-review"], labels.language
    properties.created = properties.modified = fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})


def _row(sheet: Worksheet, number: int, row: ReviewRow, labels: Labels, style: Style, *, first: bool) -> None:
    decision = row.decision or Decision(number=row.number)
    told = labels.words[f"review-row-{row.found}"] if row.decision and row.found is not Found.SAME and row.fingerprint else ""
    values = {
        "number": row.number,
        "title": row.title,
        "section": row.section or labels.words["review-nothing"],
        "pages": row.page,
        "score": row.score,
        "evidence": "\n".join(filter(None, (told, row.evidence))),
        "words": row.words,
        "decision": labels.words[f"verdict-{decision.verdict}"] if decision.verdict else "",
        "right-place": decision.place,
        "note": decision.note,
    }
    for column, name in enumerate(COLUMNS, start=1):
        look = style.text
        if name == "decision" and decision.verdict:
            look = style.filled(style.text, _COLOURS[decision.verdict])
        elif name in ENTRIES:
            look = style.filled(style.text, _ENTRY_FILL)
        elif told and name == "evidence":
            look = style.filled(style.text, _CHANGED_FILL)
        elif name == "number" and first:
            look = style.filled(style.text, STANDARD_FILL)
        elif name == "section" and not row.section:
            look = style.grey
        put(sheet, number, column, values[name], look)
    sheet.row_dimensions[number].height = style.height([(values[name], width) for name, width in COLUMNS.items()])
