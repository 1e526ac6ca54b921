"""The completeness matrix: disclosures by sections of the report, with what is covered, by whom, and where the rest may go."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.catalogue.titles import standard_title
from gri_index.extraction.sections import shown_titles
from gri_index.language.labels import Labels, status_words
from gri_index.language.pages import page_text
from gri_index.model.index import IndexRow, Location, LocationKind, Status
from gri_index.worklist.progress import OPEN, near
from gri_index.worklist.rows import RowFinder
from gri_index.writers.contents import Contents
from gri_index.writers.excel_style import COLOURS, Style, landscape, new_sheet, put

_AS_TAGGED = "DCEAF7"  # the disclosure as a whole was tagged: reported, but not requirement by requirement
_MAX_SECTIONS = 16_000  # a sheet has 16,384 columns (ISO 29500-1, 18.18.7); index.json holds all sections
_MOST_LEVELS = 7  # of an outline
_SUGGESTED = "?"  # in place of the mark of a place that nobody reviewed
_HEAD = 3  # row of the heads; the legend and the totals stand above
# Columns before those of sections (id of the label, width)
_FIXED = (
    ("number", 10), ("title", 36), ("topic", 18), ("required", 9), ("status", 16), ("requirements-reported", 13), ("owner", 12),
    ("expected", 22),
)  # fmt: skip


def add_matrix(book: Workbook, contents: Contents, labels: Labels, style: Style) -> None:
    """Disclosures by sections and other documents, with the coverage of each disclosure, each Standard and in total."""
    sheet = new_sheet(book, labels.words["sheet-matrix"])
    matrix = _Matrix(sheet, contents, labels, style)
    matrix.top()
    matrix.heads()
    last = matrix.rows()
    _coverage_table(sheet, last + 2, contents, labels, style)
    sheet.auto_filter.ref = f"A{_HEAD}:{get_column_letter(len(_FIXED))}{last}"  # "missing" alone at a click
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    landscape(sheet)


class _Matrix:
    """Writes the sheet."""

    def __init__(self, sheet: Worksheet, contents: Contents, labels: Labels, style: Style) -> None:
        self.sheet, self.contents, self.labels, self.style = sheet, contents, labels, style
        index = contents.index
        self.documents = list(
            dict.fromkeys(name for row in index.rows for each in row.locations if (name := self._document(each)))
        )
        first = len(_FIXED) + len(self.documents) + 1
        self.sections = {section: column for column, section in enumerate(index.matrix.sections[:_MAX_SECTIONS], start=first)}
        self.topics = {topic.id: labels.pick(topic.name) for topic in index.topics}
        self.finder = RowFinder(contents.working, index)

    def _document(self, location: Location) -> str:
        """Name of another document that a place is in."""
        if location.kind is not LocationKind.EXTERNAL:
            return ""
        return self.labels.pick(location.document_title) or location.document

    def top(self) -> None:
        """The legend in one line, and the totals in another."""
        words, style = self.labels.words, self.style
        legend = [("\u25cf " + words["matrix-tagged"], _AS_TAGGED), (words["matrix-itemised"], COLOURS[Status.REPORTED])]
        legend += [(status_words(status, self.labels), colour) for status, colour in COLOURS.items()]
        for column, (text, colour) in enumerate(legend[: len(_FIXED)], start=1):
            put(self.sheet, 1, column, text, style.filled(style.text, colour))
        self.sheet.row_dimensions[1].height = style.height(
            [(text, width) for (text, _), (_, width) in zip(legend, _FIXED, strict=False)]
        )
        put(self.sheet, 2, 1, self._totals(), style.subtitle)
        self.sheet.row_dimensions[2].height = 20

    def _totals(self) -> str:
        words = self.labels.words
        counts = _counts(self.contents.index.rows)
        names = [words[f"matrix-{name}"] for name in ("required", "covered", "omitted", "missing")]
        partial = sum(row.status is Status.PARTIAL for row in self.contents.index.rows)
        told = [*zip(names, counts, strict=True), (status_words(Status.PARTIAL, self.labels), partial)]
        if suggested := sum(each.suggested for row in self.contents.index.rows for each in row.locations):
            told.append((f"{_SUGGESTED} {words['suggested']}", suggested))
        return self.labels.join([f"{name} {count}" for name, count in told])

    def heads(self) -> None:
        """Names of the columns; sections in the depth of their headings, so that they fold."""
        words, sheet, style = self.labels.words, self.sheet, self.style
        report = self.contents.report
        names = {id: title or words["matrix-front"] for id, title in shown_titles(report.sections).items()}
        levels = {section.id: section.level for section in report.sections}
        top = min((levels[section] for section in self.sections if levels[section]), default=1)
        pages = {(page.source, page.number): page.label for page in report.pages}
        first = {s.id: pages.get((s.source, s.first_page or 0)) or str(s.first_page or "") for s in report.sections}
        for column, (name, width) in enumerate(_FIXED, start=1):
            put(sheet, _HEAD, column, words[f"column-{name}"], style.head)
            sheet.column_dimensions[get_column_letter(column)].width = width
        for column, document in enumerate(self.documents, start=len(_FIXED) + 1):
            put(sheet, _HEAD, column, document, style.rotated)
            sheet.column_dimensions[get_column_letter(column)].width = 7
        for section, column in self.sections.items():
            page = page_text(first[section], self.labels)
            put(sheet, _HEAD, column, names[section] + self.labels.bracket(page) if page else names[section], style.rotated)
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = 5.5
            if (deep := min(_MOST_LEVELS, levels[section] - top)) > 0:
                sheet.column_dimensions[letter].outlineLevel = deep
        assert sheet.sheet_properties.outlinePr is not None
        sheet.sheet_properties.outlinePr.summaryRight = False  # a chapter stands before its sections
        sheet.row_dimensions[_HEAD].height = 190

    def rows(self) -> int:
        """A line for each disclosure, and for each Standard that is tagged as a whole; returns the last one."""
        index = self.contents.index
        marks: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        bare: dict[str, list[int]] = {}
        for cell in (cell for cell in index.matrix.cells if cell.section in self.sections):
            if cell.row >= 0:
                marks.setdefault(cell.row, []).append((self.sections[cell.section], cell.requirements))
            else:
                bare.setdefault(cell.standard, []).append(self.sections[cell.section])
        number = _HEAD
        for position, row in enumerate(index.rows):
            number += 1
            self._row(number, row, [*self._outside(row), *marks.get(position, [])])
        for standard, places in bare.items():
            number += 1
            put(self.sheet, number, 1, standard, self.style.text)
            for column in places:
                put(self.sheet, number, column, "\u25cb", self.style.mark)
        return number

    def _outside(self, row: IndexRow) -> list[tuple[int, tuple[str, ...]]]:
        """The marks of a row in other documents."""
        named = {name: location.requirements for location in row.locations if (name := self._document(location))}
        return [(len(_FIXED) + 1 + self.documents.index(name), requirements) for name, requirements in named.items()]

    def _row(self, number: int, row: IndexRow, marks: Sequence[tuple[int, tuple[str, ...]]]) -> None:
        words, colour, style = self.labels.words, COLOURS[row.status], self.style
        covered = len(row.coverage.reported)
        total = covered + len(row.coverage.omitted) + len(row.coverage.missing)
        as_tagged = row.status in (Status.REPORTED, Status.REPORTED_WITH_OMISSIONS) and not row.itemised
        coverage = words["matrix-tagged"] if as_tagged else f"{covered}/{total}" if total else ""
        earlier = self.finder.of(row)
        values = (
            row.number or (row.sector_refs[0] if row.sector_refs else ""), self.labels.pick(row.title), self.topics.get(row.topic, ""),
            words["yes"] if row.required else words["no"], status_words(row.status, self.labels), coverage,
            earlier.notes.owner if earlier else "", near(row, self.contents.index) if row.status in OPEN else "",
        )  # fmt: skip
        for column, value in enumerate(values, start=1):
            coloured = {5: colour, 6: _AS_TAGGED if as_tagged else colour}.get(column)
            put(self.sheet, number, column, value, style.filled(style.text, coloured) if coloured else style.text)
        self.sheet.row_dimensions[number].height = style.height(
            [(text, width) for text, (_, width) in zip(values, _FIXED, strict=True)]
        )
        suggested = {self.sections.get(each.section or "") for each in row.locations if each.suggested}
        for column, labels_here in marks:
            look = style.filled(style.mark, colour if labels_here else _AS_TAGGED)
            put(self.sheet, number, column, _SUGGESTED if column in suggested else ", ".join(labels_here) or "\u25cf", look)


def _counts(rows: Sequence[IndexRow]) -> list[int]:
    """How many are required, covered, omitted, missing."""
    kinds = [
        (row.required, bool(row.locations), row.status is Status.OMITTED, row.status is Status.MISSING) for row in rows if row.key
    ]
    return [sum(kind[at] for kind in kinds) for at in range(4)]


def _coverage_table(sheet: Worksheet, row: int, contents: Contents, labels: Labels, style: Style) -> None:
    words = labels.words
    put(sheet, row, 1, words["matrix-coverage"], style.subtitle)
    row += 1
    names = ("", "column-standard-short", "matrix-required", "matrix-covered", "matrix-omitted", "matrix-missing")
    for column, name in enumerate(names, start=1):
        put(sheet, row, column, words[name] if name else "", style.head)
    by_standard: dict[str, list[IndexRow]] = {}
    for each in contents.index.rows:
        if each.key:
            by_standard.setdefault(standard_title(contents.catalogue.standard_of(each.key), labels), []).append(each)
    counts = {name: _counts(rows) for name, rows in by_standard.items()}
    counts[words["matrix-total"]] = _counts(contents.index.rows)
    for name, values in counts.items():
        row += 1
        put(sheet, row, 1, "", style.text)
        put(sheet, row, 2, name, style.label if name == words["matrix-total"] else style.text)
        for column, value in enumerate(values, start=3):
            put(sheet, row, column, "", style.count).value = value
