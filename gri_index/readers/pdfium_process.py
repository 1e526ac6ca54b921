"""The process that runs PDFium: a PDF on standard input, what it holds as JSON on standard output.

PDFium is native code: a hostile file can make it crash or hang. In a process of its own,
with limits of time and memory, it takes nothing else with it. Nothing is imported here
but PDFium, so that the process starts quickly.

Source: ISO 32000-1, 12.3.3 (outline), 12.4.2 (page labels), 12.5.6 (annotations).
"""

import contextlib
import ctypes
import json
import math
import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

_MAX_PAGES = 5_000
_MEMORY, _MEMORY_PER_BYTE = 320 * 2**20, 8  # bytes of address space, and more for each byte of the file
_MAX_OBJECTS = 20_000  # of one page
_MIN_PAIRS, _MAX_PAIRS, _MIN_WIDTH = (
    3,
    200,
    6,
)  # lines that share a gap; that are looked at; width of a column in heights of a line
_CODE, _MANY_CODES = (
    re.compile(r"\b\d{1,3}[-\u2010-\u2013](?:\r?\n)?\d{1,2}\b"),
    6,
)  # different ones on a page: one of an index has more
_WANTED: set[int] = set()  # pages of which words and rules are wanted
_SAMPLE = 300  # letters of a page that tell its turn
_SECONDS = 110  # of processor time; the parent gives up a little later


def main() -> None:
    """Reads, extracts, writes. Exits 0 with {"error": …} for a file that cannot be opened."""
    answer = os.fdopen(os.dup(1), "wb")  # what the library itself may print goes to standard error
    os.dup2(2, 1)
    content = sys.stdin.buffer.read()
    _limit(len(content))
    import pypdfium2 as pdfium

    _WANTED.update(int(page) for page in sys.argv[sys.argv.index("--words") + 1].split(",")) if "--words" in sys.argv else None
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as error:
        result: dict[str, Any] = {"error": "password" if "password" in str(error).lower() else "broken"}
    else:
        result = _extract(document) if 0 < count <= _MAX_PAGES else {"error": f"{count} pages"}
    with answer:
        answer.write(json.dumps(result).encode())


def _limit(size: int) -> None:
    """``size``: bytes of the file."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # there is no such module on Windows
        import resource

        memory = _MEMORY + _MEMORY_PER_BYTE * size
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _extract(document: Any) -> dict[str, Any]:
    pages = []
    for index in _part(len(document)) if not _WANTED else sorted(page - 1 for page in _WANTED if page <= len(document)):
        page = _page(document, index)
        page["label"] = document.get_page_label(index) or None
        pages.append(page)
    return {"pages": pages, "outline": list(_outline(document))}


def _part(count: int) -> range:
    """The pages that this process reads, from 0: all, or with ``--part 1/4`` the second fourth of them."""
    part, of = map(int, sys.argv[sys.argv.index("--part") + 1].split("/")) if "--part" in sys.argv else (0, 1)
    return range(count * part // of, count * (part + 1) // of)


def _page(document: Any, index: int) -> dict[str, Any]:
    """Lines of text with the size of each one's first letter in points, and annotations.

    Words with their places come along where they are wanted, for a page that may be one of an
    index, and for one whose lines may hold pieces of several columns.
    """
    import pypdfium2 as pdfium

    try:
        page = document[index]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return {"damaged": True, "lines": [], "sizes": [], "notes": []}
    content = text.get_text_range()
    lines = content.splitlines()
    result: dict[str, Any] = {"lines": lines, "sizes": list(_sizes(text, content, lines)), "notes": list(_annotations(page))}
    if index + 1 in _WANTED or (not _WANTED and len(set(_CODE.findall(content))) >= _MANY_CODES):
        result |= _boxes(page, text)
        result["links"] = list(_links(document, page))
    if _may_be_columns(_pieces(text)):
        result["columns"] = True
        if "words" not in result:
            result["words"] = _words(text, 0)
    text.close()
    page.close()
    return result


def _pieces(text: Any) -> list[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the pieces of text in the order in which they were drawn; those that touch as one."""
    import pypdfium2.raw as raw

    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    pieces: list[tuple[float, float, float, float]] = []
    for index in range(raw.FPDFText_CountRects(text.raw, 0, -1)):
        if not raw.FPDFText_GetRect(text.raw, index, left, top, right, bottom) or right.value - left.value < 0.5:
            continue
        here = (left.value, bottom.value, right.value, top.value)
        if pieces and _beside(pieces[-1], here) and abs(_gap(pieces[-1], here)) < 1:
            last = pieces[-1]
            pieces[-1] = (last[0], min(last[1], here[1]), max(last[2], here[2]), max(last[3], here[3]))
        else:
            pieces.append(here)
    return pieces


def _beside(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    height = max(one[3] - one[1], other[3] - other[1])
    return abs((one[1] + one[3]) - (other[1] + other[3])) < 0.8 * height


def _gap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Between two pieces of a line, in heights of it."""
    return (other[0] - one[2]) / max(one[3] - one[1], other[3] - other[1], 1.0)


def _may_be_columns(pieces: list[tuple[float, float, float, float]]) -> bool:
    """True where lines were drawn across a gap that several have in common, with text that fills both sides of it.

    ``readers.reading_order`` then looks at the words.
    """
    pairs = [(one, other) for one, other in pairwise(pieces) if _beside(one, other) and _gap(one, other) >= 1]
    common: list[tuple[tuple[float, float, float, float], tuple[float, float, float, float]]] = []
    for _, edge in pairs[:_MAX_PAIRS]:
        here = [pair for pair in pairs if pair[0][2] < edge[0] - 0.1 <= pair[1][0]]
        common = max(common, here, key=len)
    if len(common) < _MIN_PAIRS:
        return False
    height = sorted(one[3] - one[1] for one, _ in common)[len(common) // 2]
    for side in zip(*common, strict=True):
        width = max(piece[2] for piece in side) - min(piece[0] for piece in side)
        if width < _MIN_WIDTH * height or sum(piece[2] - piece[0] for piece in side) < 0.5 * width * len(side):
            return False
    return True


def _boxes(page: Any, text: Any) -> dict[str, Any]:
    """Words and rules as they are stored, with the turn that makes the text upright and the size of the page so turned."""
    turn, (width, height) = _turn(text), page.get_size()
    if page.get_rotation() % 180 != turn % 180:
        width, height = height, width
    return {"words": _words(text, turn), "rules": list(_rules(page)), "size": (width, height), "rotation": turn}


def _turn(text: Any) -> int:
    """The direction in which most letters run, in degrees against the clock: 0, 90, 180, 270."""
    import pypdfium2.raw as raw

    count = raw.FPDFText_CountChars(text.raw)
    step = max(1, count // _SAMPLE)
    votes: dict[int, int] = {}
    for index in range(0, count, step):
        angle = raw.FPDFText_GetCharAngle(text.raw, index)
        if angle >= 0:
            turn = -round(math.degrees(angle) / 90) % 4 * 90  # PDFium counts with the clock
            votes[turn] = votes.get(turn, 0) + 1
    return max(votes, key=lambda turn: votes[turn], default=0)


def _along(turn: int, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """A box by the direction of its letters: (begin, foot, end, head). Turned once more by 360 - turn it is what it was."""
    match turn:
        case 90:
            return bottom, -right, top, -left
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return -top, left, -bottom, right
        case _:
            return left, bottom, right, top


def _words(text: Any, turn: int) -> list[tuple[str, float, float, float, float]]:
    """(word, left, bottom, right, top) of each word, in points of the page as it is stored. ``turn``: of its letters, in degrees.

    A small raised digit behind digits points to a note, and is no part of the number.
    """
    import pypdfium2.raw as raw

    words: list[tuple[str, float, float, float, float]] = []
    found = raw.FS_RECTF()
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]

    def close() -> None:
        if letters:
            left, bottom, right, top = (round(value, 1) for value in _along((360 - turn) % 360, *box))
            words.append(("".join(letters), left, bottom, right, top))
            letters.clear()

    for index in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        char = chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if code in (2, 0xFFFE):  # a hyphen that PDFium marks at a line's end
            continue
        if char.isspace():
            close()
            continue
        if not raw.FPDFText_GetLooseCharBox(text.raw, index, found):  # with the letter's own white, as the line sets it
            continue
        here = _along(turn, float(found.left), float(found.bottom), float(found.right), float(found.top))
        if char.isdigit() and letters and letters[-1].isdigit() and _is_raised(here, box):
            continue
        height = max(box[3] - box[1], here[3] - here[1], 4.0)
        if letters and (here[0] - box[2] > 0.6 * height or here[0] < box[2] - 2 * height or abs(here[1] - box[1]) > 0.6 * height):
            close()
        if letters:
            box[1], box[2], box[3] = min(box[1], here[1]), max(box[2], here[2]), max(box[3], here[3])
        else:
            box[:] = here
        letters.append(char)
    close()
    return words


def _is_raised(here: tuple[float, ...], box: list[float]) -> bool:
    """True for a letter that is smaller than its word and stands higher."""
    height = box[3] - box[1]
    return here[3] - here[1] < 0.8 * height and here[1] > box[1] + 0.2 * height


def _rules(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of paths that are as thin as a rule, and of the edges of filled boxes."""
    import pypdfium2.raw as raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            yield tuple(round(side.value, 1) for side in (left, bottom, right, top))  # type: ignore[misc]


def _links(document: Any, page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """(address, left, bottom, right, top) of each link that leads out of the document (12.5.6.5)."""
    import pypdfium2.raw as raw

    place, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MAX_OBJECTS):
        if not raw.FPDFLink_Enumerate(page.raw, place, link):
            return
        action = raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0) if action else 0
        if size > 1 and raw.FPDFLink_GetAnnotRect(link, box):
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document.raw, action, buffer, size)
            address = buffer.raw[: size - 1].decode("utf-8", errors="replace")
            left, bottom, right, top = (round(float(side), 1) for side in (box.left, box.bottom, box.right, box.top))
            yield address, left, bottom, right, top


def _sizes(text: Any, content: str, lines: list[str]) -> Iterator[float]:
    position = 0
    for line in lines:
        start = content.find(line, position)
        if start < 0 or not line.strip():
            yield 0.0
            continue
        position = start + len(line)
        yield _height(text, start + len(line) - len(line.lstrip()))


def _height(text: Any, index: int) -> float:
    """Height of a letter's font on the page; the nominal size may be scaled by the page's matrix."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    return float(box.top - box.bottom) if raw.FPDFText_GetLooseCharBox(text.raw, index, box) else 0.0


def _outline(document: Any) -> Iterator[tuple[str, int, int]]:
    """(title, page number, level) of each entry that leads to a page."""
    for bookmark in document.get_toc():
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        title = bookmark.get_title().strip()
        if title and index is not None and 0 <= index < len(document):
            yield title, index + 1, bookmark.level + 1


def _annotations(page: Any) -> Iterator[str]:
    import pypdfium2.raw as raw

    others = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET)  # no markup of a reviewer (12.5.6.2)
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) not in others:
            size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetStringValue(annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
            text = buffer.raw.decode("utf-16-le", errors="replace").rstrip("\x00").strip()
            if text:
                yield text
        raw.FPDFPage_CloseAnnot(annotation)


if __name__ == "__main__":
    main()
