"""PDF reports, by way of PDFium.

Carriers: visible text, text annotations, titles of the outline. Pages have the labels
that the file states, else those printed at their heads and feet. Sections follow the
outline; without one the printed table of contents; without that the size of letters.
PDFium runs in processes of its own (``pdfium_process``), each of which reads a part of a large file.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

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
from gri_index.readers.reading_order import columns_in_order
from gri_index.tags import find_inline, strip_tags

_MIN_OUTLINE = 3  # fewer entries name the file, not its sections
_TIMEOUT = 120  # seconds; a report of a thousand pages takes four
_MOST_PROCESSES, _SHARE = 4, 2**19  # that read one file side by side; bytes of it that are worth one more
_PROCESS = str(Path(__file__).with_name("pdfium_process.py"))


def read(content: bytes, source: Source) -> Report:
    """The report in a PDF file. Raises InputError where it cannot be opened."""
    found = _extract(content, source.name)
    assembly = Assembly(source)
    entries = found["outline"] if len(found["outline"]) >= _MIN_OUTLINE else []
    lined = analyse(_pages(found), [(page, _clean(title)[0]) for title, page, _ in entries])
    for page, raw in zip(lined.pages, found["pages"], strict=True):
        if raw.get("damaged"):  # the other pages are read
            assembly.problem(f"p. {page.number}", "page-unreadable")
    if not any(line.text.strip() for page in lined.pages for line in page.lines):
        assembly.problem(source.name, "no-text-layer")
    outline = [(*_clean(title), page, level) for title, page, level in found["outline"]]
    headings = [_placed(lined, title, page, level) for title, _, page, level in outline] if len(outline) >= _MIN_OUTLINE else []
    headings = headings or headings_from_contents(lined)
    if len(headings) < _MIN_OUTLINE:
        headings = headings_from_sizes(lined)
    assemble(lined, headings, assembly)
    _annotate(assembly, found)
    _mark_outline(assembly, outline)
    return assembly.finish()


@lru_cache(maxsize=1)  # an index is looked at again on its pages
def _extract(content: bytes, name: str, *options: str) -> dict[str, Any]:
    """What the PDFium processes found. Raises InputError for a file they cannot open, or that makes one crash or hang."""
    parts = 1 if options else min(_MOST_PROCESSES, _processors(), len(content) // _SHARE)
    if parts <= 1:
        return _run(content, name, *options)
    from concurrent.futures import ThreadPoolExecutor  # takes a while, and most files are small

    with ThreadPoolExecutor(parts) as threads:  # each waits for its process
        found = list(threads.map(lambda part: _run(content, name, "--part", f"{part}/{parts}"), range(parts)))
    return {"pages": [page for each in found for page in each["pages"]], "outline": found[0]["outline"]}


def _processors() -> int:
    """Those that this process may use."""
    process = sys.modules.get("multiprocessing.process")  # 10 ms to import, where nobody has
    if process is not None and process.parent_process() is not None:  # one of a pool, whose others read reports of their own
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(content: bytes, name: str, *options: str) -> dict[str, Any]:
    """What one process found, of the pages that are its part."""
    command = [sys.executable, "-I", _PROCESS, *options]  # -I: nothing of the user's environment is imported
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name}: reading it took more than {_TIMEOUT} seconds", hint="Print it to a new PDF and try that."
        ) from None
    if done.returncode:
        raise InputError(f"{name}: so damaged that the PDF library fails on it", hint="Print it to a new PDF and try that.")
    found: dict[str, Any] = json.loads(done.stdout)
    match found.get("error"):
        case None:
            return found
        case "password":
            raise InputError(f"{name}: protected by a password", hint="Save a copy without a password.")
        case "broken":
            raise InputError(f"{name}: not a PDF file, or a damaged one", hint="Open it in a PDF viewer and save it again.")
        case other:
            raise InputError(f"{name}: {other}", hint="Check the file; a report has up to some hundred pages.")


def read_words(content: bytes, name: str, pages: Sequence[int]) -> list[dict[str, Any]]:
    """Words, rules and links of some pages, with their boxes: {"words", "rules", "links", "size", "rotation"} each. Raises InputError."""
    read = _extract(content, name)["pages"]
    found = {number: read[number - 1] for number in pages if "rules" in read[number - 1]}
    if missing := [number for number in pages if number not in found]:
        more = _extract(content, name, "--words", ",".join(str(page) for page in missing))["pages"]
        found |= dict(zip(missing, more, strict=True))
    return [found[number] for number in pages]


def read_page_lines(content: bytes, name: str) -> list[list[str]]:
    """The lines of each page without its running head and foot, from the top. Raises InputError."""
    lined = analyse(_pages(_extract(content, name)))
    return [[line.text for at, line in enumerate(page.lines) if (page.number, at) not in lined.running] for page in lined.pages]


def _pages(found: dict[str, Any]) -> list[LinePage]:
    pages = []
    for number, page in enumerate(found["pages"], start=1):
        drawn = list(zip(page["lines"], page["sizes"], strict=True))
        lines = [Line(text, size) for text, size in (columns_in_order(drawn, page["words"]) if page.get("columns") else drawn)]
        pages.append(LinePage(number, lines, page["label"]))
    return pages


def _placed(lined: Lined, title: str, page: int, level: int) -> Heading:
    """The entry at the line that repeats its title, else at the top of its page."""
    wanted = plain(title)
    for position, line in enumerate(lined.pages[page - 1].lines):
        found = plain(line.text)
        if not found or (page, position) in lined.running:
            continue
        if found == wanted or (len(found) > 5 and wanted.startswith(found)) or plain(_clean(line.text)[0]) == wanted:
            return Heading(title, level, page, position)
    return Heading(title, level, page)


def _clean(title: str) -> tuple[str, str]:
    """(title without its tags, its tags as written)."""
    found = list(find_inline(title, BlockKind.HEADING))
    codes = "; ".join(title[each.run.start : each.run.end] for each in found)
    return (strip_tags(title, found) or title if found else title), codes


def _mark_outline(assembly: Assembly, outline: Sequence[tuple[str, str, int, int]]) -> None:
    """Tags in titles of the outline mark the heading of that title, else the first block of the page they lead to."""
    for title, codes, page, _ in outline:
        items = [item for item in assembly.items if item.page == page] if codes else []
        named = [item for item in items if item.kind is BlockKind.HEADING and plain(title) in plain(item.text)]
        for item in (named or items)[:1]:
            if codes not in item.text:  # the page shows the same tag
                item.markers.append(Marker(Carrier.OUTLINE, codes, page))


def _annotate(assembly: Assembly, found: dict[str, Any]) -> None:
    """Annotations mark the first block of their page."""
    for number, page in enumerate(found["pages"], start=1):
        items = [item for item in assembly.items if item.page == number] if page["notes"] else []
        body = [item for item in items if item.kind is not BlockKind.HEADING] or items
        if not body and page["notes"]:
            assembly.page(number)
            body = [assembly.add(BlockKind.BODY, "")]
        for text in page["notes"]:
            body[0].markers.append(Marker(Carrier.ANNOTATION, text, number))
