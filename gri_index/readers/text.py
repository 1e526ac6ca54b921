"""Plain text reports.

Carrier: visible text. Pages are what form feeds separate; without form feeds the
report's own table of contents gives sections and printed pages. Lines with tabs are
rows of tables.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from gri_index.errors import InputError
from gri_index.language.encoding import text_encoding
from gri_index.model.report import BlockKind, Report, Source
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import contents_title
from gri_index.readers.lines import Line, LinePage, analyse, assemble, entry_of, headings_from_contents, plain
from gri_index.tags import find_inline, strip_tags

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_SHORT = 400  # bytes
_MAX_CONTROL, _MAX_OF_FEW = 0.05, 0.2  # share of bytes: no text holds more, or one of a few lines; of noise it is a tenth
_MIN_ENTRIES = 3
_GAP = 6  # lines without a page number between two entries: chapter titles, blank lines
_MAX_HEADING = 60


def read(content: bytes, source: Source) -> Report:
    """The report in a text file. Raises InputError where the file is no text."""
    assembly = Assembly(source)
    text, problem = decode(content, source.name)
    if problem:
        assembly.problem(source.name, problem[0], **dict(problem[1:]))
    assembly.check_length(len(text))
    if "\f" in text:
        pages = [
            LinePage(number, [Line(line) for line in part.splitlines()]) for number, part in enumerate(text.split("\f"), start=1)
        ]
        lined = analyse(pages)
        assemble(lined, headings_from_contents(lined), assembly)
    else:
        _unpaged(text.splitlines(), assembly)
    return assembly.finish()


def decode(content: bytes, name: str) -> tuple[str, tuple[Any, ...]]:
    """(the text, what to say of its encoding): UTF-8, UTF-16, or the older encoding that yields words of a language.

    Raises InputError where the bytes are no text.
    """
    encoding = text_encoding(content)
    wide = encoding is not None and encoding.startswith("utf-16")
    begin = content[:4096]
    controls = len(_CONTROL.findall(begin))
    if not wide and controls > (_MAX_CONTROL if len(begin) > _SHORT else _MAX_OF_FEW) * len(begin):
        raise InputError(f"{name}: not a text file", hint="Name the report in its own format, such as .docx or .pdf.")
    text = content.decode(encoding or "utf-8", errors="replace")
    if encoding is None:
        return text, ("text-not-utf8",)
    return text, () if encoding.startswith("utf") else ("text-encoding", ("encoding", encoding))


def _unpaged(lines: Sequence[str], assembly: Assembly) -> None:
    """Sections at the lines that repeat an entry of the table of contents."""
    entries, contents = _contents(lines)
    wanted = {plain(title): (title, page) for title, page in entries}
    page = 0
    for position, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        found = wanted.get(plain(text)) if position not in contents and len(text) < 2 * _MAX_HEADING else None
        if found and found[1] >= page and not re.match(r"[•·–-]", text):
            page = wanted.pop(plain(text))[1]
            assembly.page(page, str(page))
            assembly.add(BlockKind.HEADING, text, level=1)
        elif not entries and _reads_as_heading(lines, position):
            assembly.add(BlockKind.HEADING, text, level=1)
        elif "\t" in text:
            cells = tuple(cell.strip() for cell in line.rstrip("\r\n").split("\t"))
            assembly.add(BlockKind.TABLE, " | ".join(cells), cells=cells, contents=position in contents)
        else:
            assembly.add(BlockKind.BODY, text, contents=position in contents)


def _contents(lines: Sequence[str]) -> tuple[list[tuple[str, int]], set[int]]:
    """(title, printed page) of each entry, and the lines they stand on."""
    start = next((position for position, line in enumerate(lines) if contents_title().match(line)), None)
    entries: list[tuple[str, int]] = []
    if start is None:
        return [], set()
    last = start
    for position, found in _entries(lines, start + 1):
        if position - last > _GAP:
            break
        entries.append(found)
        last = position
    return (entries, set(range(start, last + 1))) if len(entries) >= _MIN_ENTRIES else ([], set())


def _entries(lines: Sequence[str], start: int) -> Iterator[tuple[int, tuple[str, int]]]:
    for position in range(start, len(lines)):
        found = entry_of(lines[position])
        if found:
            yield position, found


def _reads_as_heading(lines: Sequence[str], position: int) -> bool:
    """A short line between blank ones that is no sentence."""
    text = lines[position].strip()
    text = strip_tags(text, list(find_inline(text))) or text
    before = position == 0 or not lines[position - 1].strip()
    after = position + 1 == len(lines) or not lines[position + 1].strip()
    return before and after and len(text) <= _MAX_HEADING and not re.search(r"[.。;；,，:：!?？！]$|^\W*\d*\W*$|\t", text)
