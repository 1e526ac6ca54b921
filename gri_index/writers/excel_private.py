"""Sheets that stay with the author: findings, about. Matrix, status and working list have modules of their own."""

from openpyxl import Workbook

from gri_index import __version__
from gri_index.language.labels import Labels
from gri_index.language.pages import page_text
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import Style, head_row, landscape, new_sheet, put

_SEVERITY = {"error": "F6C7C3", "warning": "FCE8B2", "note": "DCE6F5"}


def add_findings(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """Worst first, with what to do."""
    words = labels.words
    sheet = new_sheet(book, words["sheet-findings"])
    columns = (("code", 9), ("severity", 11), ("number", 10), ("where", 26), ("message", 64), ("hint", 60))
    head_row(sheet, [(words[f"column-{name}"], width) for name, width in columns], style)
    for number, finding in enumerate(contents.findings, start=2):
        hint = labels.say(finding.hint) if finding.hint else ""
        hint = labels.text("acknowledged", by=finding.acknowledged) if finding.acknowledged else hint
        values = (
            finding.code, words[f"severity-{finding.severity.value}"], finding.disclosure,
            finding.where, labels.say(finding.message), hint,
        )  # fmt: skip
        for column, value in enumerate(values, start=1):
            put(
                sheet,
                number,
                column,
                value,
                style.filled(style.text, _SEVERITY[finding.severity.value]) if column == 2 else style.text,
            )
        sheet.row_dimensions[number].height = style.height(
            [(value, width) for value, (_, width) in zip(values, columns, strict=True)]
        )
    if not contents.findings:
        put(sheet, 2, 1, words["findings-none"], style.plain)
    sheet.auto_filter.ref = f"A1:F{max(2, len(contents.findings) + 1)}"
    sheet.freeze_panes = "A2"
    landscape(sheet)


def add_about(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """What the index stands on: inputs, program, catalogue, what was left out or assumed."""
    words = labels.words
    sheet = new_sheet(book, words["sheet-about"])
    catalogue = contents.catalogue
    counts = {"standards": str(len(catalogue.standards)), "disclosures": str(sum(1 for _ in catalogue.disclosures()))}
    lines = [
        (words["about-program"], f"gri-index {__version__}"),
        (words["about-catalogue"], labels.text("about-catalogue-text", **counts)),
        (words["about-claim"], words["basis-" + contents.index.claim.basis.value.replace(" ", "-")]),
    ]
    lines += [(words["about-input"], f"{source.name}\nsha256 {source.sha256}") for source in contents.report.sources]
    lines += [
        (words["about-left-out"], f"{_where(each.where, labels)}{words['colon']}{words[excluded_label(each.why)]}")
        for each in contents.report.excluded
    ]
    lines += [
        (words["about-problem"], f"{each.where}{words['colon']}{labels.text(each.code, **dict(each.args))}")
        for each in contents.report.problems
    ]
    lines += [(words["about-assumed"], labels.say(remark)) for remark in contents.index.remarks]
    lines.append(("", words["about-notice"]))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    for number, (label, value) in enumerate(lines, start=1):
        put(sheet, number, 1, label, style.label)
        put(sheet, number, 2, value, style.text)
        sheet.row_dimensions[number].height = style.height([(value, 100)])
    sheet.sheet_view.showGridLines = False
    landscape(sheet)


def _where(where: str, labels: Labels) -> str:
    """A part of the report in words: pages as the language writes them, else its first words."""
    return page_text(where.removeprefix("p. "), labels) if where.startswith("p. ") else where


def excluded_label(why: str) -> str:
    """Id of the label of a part that was left out."""
    return "excluded-" + why.replace(" ", "-")
