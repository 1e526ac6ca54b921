"""Reports as they are read: files, and the roles of their parts."""

from collections.abc import Sequence

from gri_index.extraction.parts import mark_parts
from gri_index.model.report import Report
from gri_index.readers import InputFile, read_file, read_files


def read_report(name: str, content: bytes, *, id: str = "") -> Report:
    """The report in one file.

    ``name``: the file's name, whose suffix chooses the reader; a path's folders are
    dropped. ``id`` distinguishes files that make one report. Raises InputError.
    """
    return mark_parts(read_file(name, content, id=id))


def read_sources(sources: Sequence[InputFile]) -> Report:
    """One report from one or several files. Raises InputError."""
    return mark_parts(read_files(sources))
