"""PDF reports, by way of PDFium.

Carriers: visible text, text annotations, titles of the outline. Pages have the labels
that the file states, else those printed at their heads and feet. Sections follow the
outline; without one the printed table of contents; without that the size of letters.
Source: ISO 32000-1, 12.3.3 (outline), 12.4.2 (page labels), 12.5.6 (annotations).
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gri_index.errors import InputError
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker
from gri_index.readers.lines import (
    Heading,
    Line,
    Lined,
    LinePage,
    analyse,
    assemble,
    headings_from_contents,
    headings_from_sizes,
    plain,
)

_TEXT_NOTES = (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT)
_MIN_OUTLINE = 3  # fewer entries name the file, not its sections
_MAX_PAGES = 5_000


def read(content: bytes, source: Source) -> Report:
    """The report in a PDF file. Raises InputError where it cannot be opened."""
    document = _open(content, source.name)
    try:
        return _read(document, source)
    finally:
        document.close()


def _open(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(f"{name}: protected by a password", hint="Save a copy without a password.") from None
        raise InputError(f"{name}: not a PDF file, or a damaged one", hint="Open it in a PDF viewer and save it again.") from None
    if not 0 < pages <= _MAX_PAGES:
        raise InputError(f"{name}: {pages} pages", hint="Check the file; a report has up to some hundred pages.")
    return document


def _read(document: pdfium.PdfDocument, source: Source) -> Report:
    assembly = Assembly(source)
    outline = [entry for entry in _outline(document) if entry[0].strip()]
    pages: list[LinePage] = []
    notes: dict[int, list[str]] = {}
    for number in range(1, len(document) + 1):
        lines: list[Line] = []
        with _opened(document, number) as opened:
            if opened is None:  # one damaged page: the others are read
                assembly.problem(f"p. {number}", "page-unreadable")
            else:
                page, text = opened
                lines = [Line(line) for line in text.get_text_range().splitlines()]
                notes[number] = list(_annotations(page))
        pages.append(LinePage(number, lines, document.get_page_label(number - 1) or None))
    if not any(line.text.strip() for page in pages for line in page.lines):
        assembly.problem(source.name, "no-text-layer")
    lined = analyse(pages)
    headings = _headings(document, lined, outline)
    assemble(lined, headings, assembly)
    _annotate(assembly, notes)
    return assembly.finish()


@contextmanager
def _opened(document: pdfium.PdfDocument, number: int) -> Iterator[tuple[pdfium.PdfPage, pdfium.PdfTextPage] | None]:
    """A page and its text, or None where PDFium cannot load it."""
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        yield None
        return
    try:
        yield page, text
    finally:
        text.close()
        page.close()


def _headings(document: pdfium.PdfDocument, lined: Lined, outline: list[tuple[str, int, int]]) -> list[Heading]:
    if len(outline) >= _MIN_OUTLINE:
        return [_placed(lined, title, page, level) for title, page, level in outline]
    headings = headings_from_contents(lined)
    if len(headings) >= _MIN_OUTLINE:
        return headings
    _measure(document, lined)
    return headings_from_sizes(lined)


def _outline(document: pdfium.PdfDocument) -> Iterator[tuple[str, int, int]]:
    """(title, page number, level) of each entry that leads to a page."""
    for bookmark in document.get_toc():
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        if index is not None and 0 <= index < len(document):
            yield bookmark.get_title(), index + 1, bookmark.level + 1


def _placed(lined: Lined, title: str, page: int, level: int) -> Heading:
    """The entry at the line that repeats its title, else at the top of its page."""
    wanted = plain(title)
    for position, line in enumerate(lined.pages[page - 1].lines):
        found = plain(line.text)
        if found and (found == wanted or (len(found) > 5 and wanted.startswith(found))) and (page, position) not in lined.running:
            return Heading(title, level, page, position)
    return Heading(title, level, page)


def _measure(document: pdfium.PdfDocument, lined: Lined) -> None:
    """Sizes of letters: that of the first letter of each line; asked for only where nothing else tells sections."""
    for page in (page for page in lined.pages if page.lines):
        with _opened(document, page.number) as opened:
            if opened is not None:
                _measure_page(page, opened[1])


def _measure_page(page: LinePage, text: pdfium.PdfTextPage) -> None:
    content, position = text.get_text_range(), 0
    for line in page.lines:
        start = content.find(line.text, position)
        if start >= 0 and line.text.strip():
            lead = len(line.text) - len(line.text.lstrip())
            line.size = _height(text, start + lead)
            position = start + len(line.text)


def _height(text: pdfium.PdfTextPage, index: int) -> float:
    """Height of a letter's font on the page in points; the nominal size may be scaled by the page's matrix."""
    box = raw.FS_RECTF()
    return float(box.top - box.bottom) if raw.FPDFText_GetLooseCharBox(text.raw, index, box) else 0.0


def _annotations(page: pdfium.PdfPage) -> Iterator[str]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in _TEXT_NOTES:
            size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetStringValue(annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
            text = buffer.raw.decode("utf-16-le", errors="replace").rstrip("\x00").strip()
            if text:
                yield text
        raw.FPDFPage_CloseAnnot(annotation)


def _annotate(assembly: Assembly, notes: dict[int, list[str]]) -> None:
    """Annotations mark the first block of their page."""
    for number, texts in notes.items():
        item = next((item for item in assembly.items if item.page == number and item.kind is not BlockKind.HEADING), None)
        if texts and item is None:
            item = next((item for item in assembly.items if item.page == number), None)
        for text in texts if item else ():
            assert item is not None
            item.markers.append(Marker(Carrier.ANNOTATION, text, number))
