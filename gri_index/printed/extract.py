"""The content index in a file, of any format."""

from gri_index.model.printed import PrintedIndex
from gri_index.model.report import Report
from gri_index.printed.lines import lines_of
from gri_index.printed.rows import RowReader
from gri_index.readers import InputFile, read_report


def extract(file: InputFile) -> PrintedIndex:
    """The index that the document prints; one without rows where it prints none. Raises InputError."""
    return extract_from(read_report(file.name, file.content))


def extract_from(report: Report) -> PrintedIndex:
    """The index in a report that was read."""
    reader = RowReader()
    rows = reader.read(list(lines_of(report)))
    return PrintedIndex(rows=rows, problems=tuple(reader.problems))
