"""The content index in a file, of any format."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from gri_index.extraction.bands import ends_rows, not_material
from gri_index.extraction.boxes import PageBoxes, page_boxes
from gri_index.extraction.cells import IndexLine
from gri_index.extraction.confidence import with_confidence
from gri_index.extraction.doubts import doubts, nothing_read, unread
from gri_index.extraction.layouts import lines_of_pages, without_running
from gri_index.extraction.lines import blocks_behind, csv_lines, index_pages, lines_of, sheet_lines, texts_around
from gri_index.extraction.paragraphs import paragraphs
from gri_index.extraction.report import read_report
from gri_index.extraction.rows import RowReader
from gri_index.extraction.sightings import codes_in, index_title
from gri_index.extraction.tables import one_after_the_other
from gri_index.extraction.vertical import upright
from gri_index.language.statements import Statement, find_statements
from gri_index.language.text import fold
from gri_index.model.printed import PrintedIndex
from gri_index.model.report import Page, PartRole, Report
from gri_index.model.terms import Basis
from gri_index.readers import InputFile, refuse_empty

_SHEETS, _VALUES = (".xlsx", ".xlsm"), (".csv", ".tsv")
_ABOVE, _TITLE = 12, 160  # lines at the head of an index; characters of its title
_LOOK = 2_000  # characters of a text
_GRI_1 = re.compile(r"GRI\s?1\s?[:：]?\s?[^\d\n|.;]{0,40}?\s?20\d\d")
_SECTOR = re.compile(r"GRI\s?(1[1-4])\s?[:：][^\d\n|]{3,60}?20\d\d")


def extract(file: InputFile) -> PrintedIndex:
    """The index that the document prints; one without rows where it prints none. Raises InputError."""
    if PurePath(file.name).suffix.lower() in (*_SHEETS, *_VALUES):
        lines, texts = read_lines(file)
        return _index(lines, texts, texts)
    refuse_empty(file.name, file.content)
    return extract_from(read_report(file.name, file.content), file)


def read_lines(file: InputFile) -> tuple[list[IndexLine], list[str]]:
    """(lines of the index, the texts around it). Raises InputError."""
    suffix = PurePath(file.name).suffix.lower()
    refuse_empty(file.name, file.content)
    if suffix in (*_SHEETS, *_VALUES):
        sheet = csv_lines if suffix in _VALUES else sheet_lines
        lines, texts = sheet(file.content, file.name)
        return one_after_the_other(lines), texts
    return _lines_from(read_report(file.name, file.content), file)


def extract_from(report: Report, file: InputFile) -> PrintedIndex:
    """The index in a report that was read; a PDF is looked at again where its index is."""
    lines, around = _lines_from(report, file)
    index = _index(lines, around, [block.text for block in report.blocks])
    if not index.rows:
        return index
    behind = blocks_behind(report)
    topics = (
        not_material(block.cells for block in behind if block.cells) if any(ends_rows(block.text) for block in behind) else []
    )
    text = " ".join((index.text, *(block.text for block in behind))).strip()
    index = replace(index, problems=(*index.problems, *unread(index.rows, _index_texts(report))))
    return replace(index, text=text, not_material=tuple(dict.fromkeys((*index.not_material, *topics))))


def _index_texts(report: Report) -> Iterator[str]:
    """What stands in the index, and at the edges of its pages."""
    pages = set(index_pages(report))
    yield from (fold(line) for page in report.pages if page.number in pages for line in page.running)
    for part in report.excluded:
        if part.why is PartRole.INDEX:
            yield from (fold(block.text).replace("\n", " ") for block in report.blocks[part.first : part.last + 1])


def _lines_from(report: Report, file: InputFile) -> tuple[list[IndexLine], list[str]]:
    around = list(texts_around(report))
    if report.sources[0].format == "pdf":
        pages = _index_boxes(report, file)
        lines = list(lines_of_pages(pages))
        around += [text for page, _, _ in pages for text in paragraphs(page)]
    else:
        lines = list(lines_of(report))
    return one_after_the_other(upright(lines)), around


def _index(lines: Sequence[IndexLine], texts: Sequence[str], everything: Sequence[str]) -> PrintedIndex:
    """``texts`` stand around the index; ``everything`` tells whether something should have been read where nothing was."""
    reader = RowReader()
    rows = with_confidence(reader.read(lines))
    statement = (
        max(_statements([*texts, *(" | ".join(line.cells) for line in lines)]), key=_weight, default=None) if rows else None
    )
    around = "\n".join([*texts, *(" | ".join(line.cells) for line in lines[:40])]) if rows else ""
    gri_1 = _GRI_1.search(around)
    return PrintedIndex(
        title=_title([*(line.page for line in lines[:1]), *texts, *(" ".join(line.cells) for line in lines[:_ABOVE])])
        if rows
        else "",
        basis=statement.basis if statement else None,
        statement=statement.text if statement else "",
        organization=statement.organization if statement else "",
        start=statement.start if statement else None,
        end=statement.end if statement else None,
        gri_1=" ".join(gri_1.group().split()) if gri_1 else "",
        sector_standards=tuple(dict.fromkeys(f"GRI {number}" for number in _SECTOR.findall(around))),
        rows=rows,
        not_material=tuple(reader.not_material),
        text=" ".join(" ".join(cell for cell in line.cells if cell) for line in lines) if rows else "",
        problems=(*reader.problems, *(doubts(rows) if rows else nothing_read(*_numbers(everything)))),
    )


def _title(texts: Sequence[str]) -> str:
    """The title of the index, in any language, on one line or over two; "" where none of the texts holds it."""
    lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
    several = (*lines, *(f"{one} {other}" for one, other in pairwise(lines)))
    return next((line for line in several if "GRI" in line and len(line) <= _TITLE and index_title().search(line)), "")


def _numbers(texts: Sequence[str]) -> tuple[int, bool]:
    """(how many different numbers of disclosures stand in texts, whether one of them is called an index)."""
    numbers = {match.group("std", "num") for text in texts for match in codes_in(text[:_LOOK])}
    return len(numbers), any(index_title().search(text[:_LOOK]) for text in texts if "GRI" in text)


def _statements(texts: Sequence[str]) -> Iterator[Statement]:
    for text in texts:
        yield from find_statements(text)


def _weight(statement: Statement) -> tuple[bool, bool, bool]:
    return statement.complete, statement.start is not None, statement.basis is Basis.WITH_REFERENCE


def _index_boxes(report: Report, file: InputFile) -> list[tuple[PageBoxes, str, int]]:
    """(page, its label, its number) of the pages that hold the index: only they are looked at again."""
    from gri_index.readers.pdf import read_words

    pages = index_pages(report)
    if not pages:
        return []
    known = {page.number: page for page in report.pages}
    boxes = []
    for number, raw in zip(pages, read_words(file.content, file.name, pages), strict=True):
        if "words" in raw:
            page = known.get(number) or Page(report.sources[0].id, number)
            boxes.append((without_running(page_boxes(raw), page.running), page.label or str(number), number))
    return boxes
