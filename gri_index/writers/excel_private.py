"""The sheets that stay with the author: matrix, findings, about. The working list has a module of its own."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index import __version__
from gri_index.catalogue.titles import standard_title
from gri_index.extraction.sections import shown_titles
from gri_index.language.labels import Labels, status_words
from gri_index.language.pages import page_text
from gri_index.model.index import IndexRow, Status
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import COLOURS, Style, head_row, landscape, new_sheet, put

_AS_TAGGED = "DCEAF7"  # the disclosure as a whole was tagged: reported, but not requirement by requirement
_MAX_SECTIONS = 16_000  # a sheet has 16,384 columns (ISO 29500-1, 18.18.7); index.json holds all sections
_SEVERITY = {"error": "F6C7C3", "warning": "FCE8B2", "note": "DCE6F5"}


def add_matrix(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """Disclosures by sections, with the coverage of each disclosure, each Standard and in total."""
    words, index = labels.words, contents.index
    sheet = new_sheet(book, words["sheet-matrix"])
    names = {id: title or words["matrix-front"] for id, title in shown_titles(contents.report.sections).items()}
    pages = {(page.source, page.number): page.label for page in contents.report.pages}
    first = {s.id: pages.get((s.source, s.first_page or 0)) or str(s.first_page or "") for s in contents.report.sections}
    fixed = (("number", 9), ("title", 36), ("topic", 20), ("required", 9), ("status", 18), ("requirements-reported", 13))
    head_row(sheet, [(words[f"column-{name}"], width) for name, width in fixed], style)
    shown = index.matrix.sections[:_MAX_SECTIONS]
    for column, section in enumerate(shown, start=len(fixed) + 1):
        page = page_text(first[section], labels)
        put(sheet, 1, column, names[section] + labels.bracket(page) if page else names[section], style.rotated)
        sheet.column_dimensions[get_column_letter(column)].width = 5.5
    sheet.row_dimensions[1].height = 190
    columns = {section: number for number, section in enumerate(shown, start=len(fixed) + 1)}
    topics = {topic.id: labels.pick(topic.name) for topic in index.topics}
    marks: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    bare: dict[str, list[int]] = {}
    for cell in (cell for cell in index.matrix.cells if cell.section in columns):
        if cell.row >= 0:
            marks.setdefault(cell.row, []).append((columns[cell.section], cell.requirements))
        else:
            bare.setdefault(cell.standard, []).append(columns[cell.section])
    for position, row in enumerate(index.rows):
        _matrix_row(sheet, position + 2, row, topics, marks.get(position, []), labels, style)
    number = len(index.rows) + 2
    for standard, places in bare.items():
        put(sheet, number, 1, standard, style.text)
        for column in places:
            put(sheet, number, column, "○", style.mark)
        number += 1
    _coverage_table(sheet, number + 1, contents, labels, style)
    sheet.freeze_panes = "C2"
    landscape(sheet)


def _matrix_row(
    sheet: Worksheet,
    number: int,
    row: IndexRow,
    topics: dict[str, str],
    marks: list[tuple[int, tuple[str, ...]]],
    labels: Labels,
    style: Style,
) -> None:
    words, colour = labels.words, COLOURS[row.status]
    covered = len(row.coverage.reported)
    total = covered + len(row.coverage.omitted) + len(row.coverage.missing)
    as_tagged = row.status in (Status.REPORTED, Status.REPORTED_WITH_OMISSIONS) and not row.itemised
    coverage = words["matrix-tagged"] if as_tagged else f"{covered}/{total}" if total else ""
    values = (
        row.number or (row.sector_refs[0] if row.sector_refs else ""), labels.pick(row.title), topics.get(row.topic, ""),
        words["yes"] if row.required else words["no"], status_words(row.status, labels), coverage,
    )  # fmt: skip
    for column, value in enumerate(values, start=1):
        look = style.filled(style.text, _AS_TAGGED if as_tagged and column == 6 else colour) if column >= 5 else style.text
        put(sheet, number, column, value, look)
    sheet.row_dimensions[number].height = style.height([(values[1], 36), (values[2], 20), (values[4], 18)])
    for column, labels_here in marks:
        put(sheet, number, column, ", ".join(labels_here) or "●", style.filled(style.mark, colour if labels_here else _AS_TAGGED))


def _coverage_table(sheet: Worksheet, row: int, contents: Contents, labels: Labels, style: Style) -> None:
    words = labels.words
    put(sheet, row, 1, words["matrix-coverage"], style.subtitle)
    row += 1
    heads = (
        "",
        words["column-standard-short"],
        words["matrix-required"],
        words["matrix-covered"],
        words["matrix-omitted"],
        words["matrix-missing"],
    )
    for column, text in enumerate(heads, start=1):
        put(sheet, row, column, text, style.head)
    counts: dict[str, list[int]] = {}
    for each in contents.index.rows:
        if each.key:
            name = standard_title(contents.catalogue.standard_of(each.key), labels)
            counts.setdefault(name, [0, 0, 0, 0])
            for position, holds in enumerate(
                (each.required, bool(each.locations), each.status is Status.OMITTED, each.status is Status.MISSING)
            ):
                counts[name][position] += holds
    counts[words["matrix-total"]] = [sum(values[position] for values in counts.values()) for position in range(4)]
    for name, values in counts.items():
        row += 1
        put(sheet, row, 1, "", style.text)
        put(sheet, row, 2, name, style.label if name == words["matrix-total"] else style.text)
        for column, value in enumerate(values, start=3):
            put(sheet, row, column, "", style.count).value = value
    row += 2
    put(sheet, row, 1, words["matrix-legend"], style.subtitle)
    legend = [("●", words["matrix-tagged"], _AS_TAGGED), ("a, b", words["matrix-itemised"], COLOURS[Status.REPORTED])]
    legend += [("", status_words(status, labels), colour) for status, colour in COLOURS.items()]
    for mark, text, colour in legend:
        row += 1
        put(sheet, row, 1, mark, style.filled(style.mark, colour))
        put(sheet, row, 2, text, style.plain)


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
