"""The content index in a file, of any format."""

from gri_index.model.printed import PrintedIndex
from gri_index.model.report import Report
from gri_index.printed.geometry import index_lines, page_boxes
from gri_index.printed.lines import index_pages, lines_of
from gri_index.printed.rows import IndexLine, RowReader
from gri_index.readers import InputFile, read_report


def extract(file: InputFile) -> PrintedIndex:
    """The index that the document prints; one without rows where it prints none. Raises InputError."""
    report = read_report(file.name, file.content)
    return extract_from(report, file)


def extract_from(report: Report, file: InputFile) -> PrintedIndex:
    """The index in a report that was read; a PDF is looked at again where its index is."""
    lines = list(lines_of(report)) if report.sources[0].format != "pdf" else _pdf_lines(report, file)
    reader = RowReader()
    rows = reader.read(lines)
    return PrintedIndex(rows=rows, problems=tuple(reader.problems))


def _pdf_lines(report: Report, file: InputFile) -> list[IndexLine]:
    """Lines by the geometry of the pages that hold the index: only they pay for it."""
    from gri_index.readers.pdf import read_words

    pages = index_pages(report)
    if not pages:
        return []
    labels = {page.number: page.label or str(page.number) for page in report.pages}
    lines: list[IndexLine] = []
    for number, raw in zip(pages, read_words(file.content, file.name, pages), strict=True):
        if "words" in raw:
            lines += index_lines(page_boxes(raw), labels.get(number, str(number)), 1)
    return lines
