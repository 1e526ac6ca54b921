"""The summary of a batch as a workbook: reports, disclosures, groups, and who reports what."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from gri_index.language.labels import Labels
from gri_index.model.batch import Summary
from gri_index.ooxml import repack
from gri_index.writers.batch import report_cells, report_heads, reported_head, share_cells, share_heads, title_of
from gri_index.writers.excel_style import Style, head_row, landscape, new_sheet, put
from gri_index.writers.stamps import fix_modified, fixed_time

_REPORT_WIDTHS = (36, 28, 10, 22, 8, 8, 10, 28, 8)
_SHARE_WIDTHS = (10, 48, 12, 9, 10, 60)
_MOST_PEERS = 1_000  # columns; more cannot be looked at, and summary.json has them


def summary_xlsx(summary: Summary, labels: Labels) -> bytes:
    """The .xlsx. The same results give the same bytes."""
    book, style, words = Workbook(), Style(labels), labels.words
    book.remove(book.worksheets[0])
    _sheet(
        book,
        words["batch-reports"],
        report_heads(labels),
        _REPORT_WIDTHS,
        (report_cells(each, labels) for each in summary.reports),
        style,
    )
    shares = (share_cells(each, labels) for each in summary.shares)
    _sheet(book, words["batch-disclosures"], share_heads(summary, labels), _SHARE_WIDTHS, shares, style)
    groups = (
        (words[f"batch-{group.kind}"], group.name or words["batch-none"], *share_cells(each, labels))
        for group in summary.groups
        for each in group.shares
    )
    _sheet(
        book,
        words["batch-groups"],
        (words["batch-kind"], words["batch-group"], *share_heads(summary, labels)),
        (14, 18, *_SHARE_WIDTHS),
        groups,
        style,
    )
    _peers(book, summary, labels, style)
    if summary.failures:
        heads = (words["batch-report"], words["column-message"], words["column-hint"])
        failures = ((each.name, each.error, each.hint) for each in summary.failures)
        _sheet(book, words["batch-failures"], heads, (36, 70, 60), failures, style)
    properties = book.properties
    properties.creator, properties.title, properties.language = (
        "",
        labels.text("batch-title", count=str(len(summary.reports))),
        labels.language,
    )
    properties.created = properties.modified = fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})


def _sheet(
    book: Workbook, title: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str | int]], style: Style
) -> None:
    sheet = new_sheet(book, title)
    head_row(sheet, list(zip(heads, widths, strict=True)), style)
    last = 1
    for last, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = put(sheet, last, column, str(value), style.text)
            if isinstance(value, int):
                cell.value = value
        sheet.row_dimensions[last].height = style.height([(str(value), width) for value, width in zip(row, widths, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(2, last)}"
    sheet.freeze_panes = "B2"
    landscape(sheet)


def _peers(book: Workbook, summary: Summary, labels: Labels, style: Style) -> None:
    """Which report has which disclosure, and how many have it: a report's peers at a glance."""
    sheet = new_sheet(book, labels.words["batch-peers"])
    names = [each.name for each in summary.reports[:_MOST_PEERS]]
    heads = [(labels.words["column-number"], 10), (labels.words["column-title"], 48), (labels.words[reported_head(summary)], 12)]
    head_row(sheet, [*heads, *((name, 9) for name in names)], style)
    for column in range(len(heads) + 1, len(heads) + len(names) + 1):
        put(sheet, 1, column, names[column - len(heads) - 1], style.rotated)
    sheet.row_dimensions[1].height = 150
    for row, share in enumerate(summary.shares, start=2):
        values = (share.number, title_of(share.number, labels), f"{share.reported}/{share.reports}")
        for column, value in enumerate(values, start=1):
            put(sheet, row, column, value, style.text)
        for column, facts in enumerate(summary.reports[:_MOST_PEERS], start=len(heads) + 1):
            if facts.reports(share.number):
                put(sheet, row, column, "\u25cf", style.mark)
        sheet.row_dimensions[row].height = style.height(list(zip(values, (10, 48, 12), strict=True)))
    sheet.freeze_panes = "D2"
    landscape(sheet)
