"""Reports that come as lines on pages (PDF, plain text): what the lines are.

Running heads and feet, the report's own table of contents, paragraphs put together
from wrapped lines. Lines know nothing of tags; ``Assembly`` finds those.
"""

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from gri_index.language.lexicon import any_of
from gri_index.language.text import SENTENCE_END, fold
from gri_index.model.report import BlockKind
from gri_index.readers.assembly import Assembly
from gri_index.tags import find_inline
from gri_index.tags.codes import standard_number

_EDGE = 3  # lines at either end of a page that may be head or foot
_ENTRY = re.compile(r"^(?P<title>\S.{1,140}?)\s*(?:[.…·_]{3,}|\t|\s{2,}|[.…·]\s|\s)\s*(?P<page>\d{1,3})\s*$")
_LEADER = re.compile(r"[.…·_]{4,}|\t")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_BULLET = re.compile(r"^\s*(?:[•·▪‣●■○◦–*\uf0b7-]\s|\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_MARKER_START = re.compile(r"\s*[\[(→]?\s*GRI\b")
_CODES_ALONE = re.compile(r"[\[(→\s]*GRI[\sA-Z\d.,;:/&()\[\]–\-]*$")
_NO_LETTER = re.compile(r"[\W_]+")
_BLANKS, _MAX_ENTRY = re.compile(r"\s{4,}"), 400  # padding; characters of an entry with its leaders
_MIN_ENTRIES = 5
_MAX_HEADING = 120


@dataclass(slots=True)
class Line:
    """A line of a page; ``size`` in points where the format knows it."""

    text: str
    size: float = 0.0


@dataclass(slots=True)
class LinePage:
    """A page of lines. ``number`` counts from 1; ``label`` as the file states it."""

    number: int
    lines: list[Line]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a section begins: (page number, line position) or the top of a page (-1)."""

    title: str
    level: int
    page: int
    line: int = -1
    lines: int = 1  # a long title runs over several


@dataclass(slots=True)
class Lined:
    """Pages with what was found out about them."""

    pages: list[LinePage]
    running: set[tuple[int, int]] = field(default_factory=set)  # (page number, line position)
    contents: set[tuple[int, int]] = field(default_factory=set)
    entries: list[tuple[str, int, int]] = field(default_factory=list)  # (title, printed page, level)
    labels: dict[int, tuple[int, ...]] = field(
        default_factory=dict
    )  # page -> printed numbers in its head or foot: two of a spread


def analyse(pages: list[LinePage], titles: Collection[tuple[int, str]] = ()) -> Lined:
    """Running heads and feet, printed page numbers, entries of the table of contents.

    ``titles``: (page number, title) of sections that are known: no running heads, though they return.
    """
    lined = Lined(pages)
    _running(lined, {(page, plain(title)) for page, title in titles})
    _contents(lined)
    return lined


def plain(text: str) -> str:
    """Letters and digits alone, without case: to compare titles with headings."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def entry_of(line: str) -> tuple[str, int] | None:
    """(title, printed page) of a line of a table of contents, else None."""
    text = _BLANKS.sub("   ", line.strip())
    match = _ENTRY.match(fold(text)) if len(text) <= _MAX_ENTRY else None
    if match is None or not re.search(r"[^\W\d_]{2}", match["title"]):
        return None
    return text[: match.end("title")].strip(" .…·_\t"), int(match["page"])


def _running(lined: Lined, titles: set[tuple[int, str]]) -> None:
    """Lines at the edges that return on many pages, digits aside, and lone page numbers that count on."""
    shapes: Counter[str] = Counter()
    numbers: dict[int, set[int]] = {}
    edges: list[tuple[LinePage, int, str]] = []
    for page in lined.pages:
        count = len(page.lines)
        for position in sorted({*range(min(_EDGE, count)), *range(max(0, count - _EDGE), count)}):
            text = page.lines[position].text.strip()
            shape = _shape(text)
            edges.append((page, position, shape))
            shapes[shape] += 1
            if len(text) < 100:
                numbers.setdefault(page.number, set()).update(
                    int(n) for n in re.findall(r"(?<![\d.,/-])\d{1,3}(?![\d.,%/-])", fold(text))
                )
    printed = _printed_numbers(numbers, len(lined.pages))
    often = max(3, len(lined.pages) * 0.2)
    for page, position, shape in edges:
        text = page.lines[position].text.strip()
        if (page.number, plain(text)) in titles:
            continue
        own = printed.get(page.number, ())
        if own and numbers.get(page.number, set()).issuperset(own):
            lined.labels[page.number] = own
        lone = re.fullmatch(r"\W*\d{1,3}(?:\W+\d{1,3})?\W*", text) and {str(n) for n in own}.issuperset(
            re.findall(r"\d+", fold(text))
        )
        if lone or (shape and shapes[shape] >= often and not _CODES_ALONE.match(fold(text)) and re.search(r"[^\W\d_]", shape)):
            lined.running.add((page.number, position))


def _printed_numbers(numbers: Mapping[int, set[int]], pages: int) -> dict[int, tuple[int, ...]]:
    """Page -> the number printed on it, or the two of a double page, where most pages count on; empty where they do not.

    ``numbers``: page -> all numbers at its head and foot.
    """
    enough = max(3, pages * 0.4)
    single = Counter(number - page for page, found in numbers.items() for number in found)
    double = Counter(number - 2 * page for page, found in numbers.items() for number in found if number + 1 in found)
    found = [(*votes.most_common(1)[0], step) for votes, step in ((single, 1), (double, 2)) if votes]
    offset, count, step = max(found, key=lambda each: (each[1], each[2]), default=(0, 0, 1))
    if count < enough:
        return {}
    return {page: tuple(step * page + offset + at for at in range(step)) for page in range(1, pages + 1)}


def _shape(text: str) -> str:
    """The line with its digits made alike, but for those of disclosures: a foot that names other ones on each page is none."""
    folded = fold(text)
    if not _names_disclosures().search(folded):
        return re.sub(r"\d+", "#", text)
    return re.sub(rf"({_code()})|\d+", lambda match: match[1] or "#", folded)


@cache
def _code() -> str:
    return rf"(?<![\d-])(?:{standard_number()})\s?-\s?\d{{1,2}}(?![\d-])"


@cache
def _names_disclosures() -> re.Pattern[str]:
    return re.compile(rf"GRI(?![a-z])|{any_of('disclosure')}", re.IGNORECASE)


def _contents(lined: Lined) -> None:
    """Pages near the front where several lines end in page numbers that do not fall."""
    for page in lined.pages[: max(8, len(lined.pages) // 10)]:
        found: list[tuple[int, str, int]] = []
        carried = ""
        for position, line in enumerate(page.lines):
            text = line.text.strip()
            entry = entry_of(text)
            if entry:
                found.append((position, f"{carried} {entry[0]}".strip(), entry[1]))
                carried = ""
            else:  # a title that runs over its line
                carried = text if _NUMBERED.match(text) and len(text) > 40 else ""
        leaders = sum(_LEADER.search(page.lines[position].text) is not None for position, _, _ in found)
        rising = sum(a[2] <= b[2] for a, b in pairwise(found))
        if (
            len(found) >= _MIN_ENTRIES
            and rising >= 0.8 * (len(found) - 1)
            and (leaders * 2 >= len(found) or len(found) * 2 >= len(page.lines))
        ):
            lined.contents |= {(page.number, position) for position in range(found[0][0], found[-1][0] + 1)}
            lined.entries += [(title, number, _level(title)) for _, title, number in found]


def _level(title: str) -> int:
    match = _NUMBERED.match(title)
    return match[1].count(".") + 1 if match else 1


def headings_from_contents(lined: Lined) -> list[Heading]:
    """The entries of the table of contents at the lines that repeat their titles."""
    places: dict[str, list[tuple[int, int]]] = {}
    longest = max((len(title) for title, _, _ in lined.entries), default=0) + 20
    passed = lined.contents | lined.running
    for page in lined.pages if lined.entries else ():
        names = [plain(line.text) if len(line.text) <= longest else "" for line in page.lines]
        for position, (name, following) in enumerate(zip(names, [*names[1:], ""], strict=False)):
            if name and (page.number, position) not in passed:
                places.setdefault(name, []).append((page.number, position))
                places.setdefault(name + following, []).append((page.number, position))
    by_label = {label: number for number, labels in lined.labels.items() for label in labels}
    found: list[Heading] = []
    for title, printed, level in lined.entries:
        wanted = by_label.get(printed, printed)
        name = plain(title)
        spots = places.get(name) or places.get(plain(_NUMBERED.sub("", title)), [])
        near = [spot for spot in spots if abs(spot[0] - wanted) <= 2]
        if near:
            spot = min(near, key=lambda place: (abs(place[0] - wanted), place[1]))
            found.append(Heading(title, level, *spot))
        elif wanted <= lined.pages[-1].number:
            found.append(Heading(title, level, wanted))
    return sorted(found, key=lambda heading: (heading.page, heading.line))


def headings_from_sizes(lined: Lined) -> list[Heading]:
    """Short lines in letters larger than the text's, the largest first."""
    weights: Counter[float] = Counter()
    for page in lined.pages:
        for line in page.lines:
            weights[round(line.size, 1)] += len(line.text)
    if not weights:
        return []
    body = weights.most_common(1)[0][0]
    found: list[tuple[float, str, int, int]] = []
    for page in lined.pages:
        for position, line in enumerate(page.lines):
            text = line.text.strip()
            larger = line.size >= body * 1.15 and 2 < len(text) <= _MAX_HEADING
            if larger and re.search(r"[^\W\d_]{2}", text) and (page.number, position) not in lined.running | lined.contents:
                found.append((round(line.size), text, page.number, position))
    sizes = sorted({size for size, *_ in found}, reverse=True)
    rank = {size: min(level, 6) for level, size in enumerate(sizes, start=1)}
    return _joined([Heading(text, rank[size], page, position) for size, text, page, position in found])


def _joined(headings: Sequence[Heading]) -> list[Heading]:
    """Lines of one size that follow each other are one title, unless a code of its own opens the next."""
    joined: list[Heading] = []
    for heading in headings:
        last = joined[-1] if joined else None
        follows = last and (last.page, last.line + last.lines, last.level) == (heading.page, heading.line, heading.level)
        if last and follows and last.lines < 3 and not _MARKER_START.match(heading.title):
            joined[-1] = replace(last, title=f"{last.title} {heading.title}", lines=last.lines + 1)
        else:
            joined.append(heading)
    return joined


def assemble(lined: Lined, headings: Sequence[Heading], assembly: Assembly) -> None:
    """Pages, headings and paragraphs into the assembly, in reading order."""
    by_place: dict[tuple[int, int], Heading] = {(heading.page, heading.line): heading for heading in headings}
    for page in lined.pages:
        label = page.label or ("-".join(map(str, lined.labels[page.number])) if page.number in lined.labels else None)
        assembly.page(page.number, label)
        assembly.running[page.number] = tuple(
            line.text.strip() for at, line in enumerate(page.lines) if (page.number, at) in lined.running
        )
        if (page.number, -1) in by_place:
            top = by_place[page.number, -1]
            assembly.add(BlockKind.HEADING, top.title, level=top.level)
        for text, position in _heading_first(list(_blocks(page, lined, by_place)), page.number, by_place):
            heading = by_place.get((page.number, position))
            if heading:  # a contents entry or a bookmark may say less than the line, with its tags
                assembly.add(BlockKind.HEADING, heading.title if heading.lines > 1 else text, level=heading.level)
            else:
                assembly.add(BlockKind.BODY, text, contents=(page.number, position) in lined.contents)


def _heading_first(
    blocks: list[tuple[str, int]], page: int, headings: Mapping[tuple[int, int], Heading]
) -> list[tuple[str, int]]:
    """The page's blocks; codes at its top, above its first heading, speak of what that opens and come behind it."""
    first = next((at for at, (_, position) in enumerate(blocks) if (page, position) in headings), 0)
    if first > _EDGE or (page, -1) in headings or not all(_says_codes(text) for text, _ in blocks[:first]):
        return blocks
    return [*blocks[first : first + 1], *blocks[:first], *blocks[first + 1 :]]


def _blocks(page: LinePage, lined: Lined, headings: Mapping[tuple[int, int], Heading]) -> Iterator[tuple[str, int]]:
    """Paragraphs of a page with the position of their first line."""
    widths = [len(line.text) for line in page.lines if len(line.text) > 20]
    full = statistics.quantiles(widths, n=10)[-2] * 0.72 if len(widths) > 1 else 60
    parts: list[str] = []
    start = 0
    consumed = {(at.page, at.line + more) for at in headings.values() for more in range(1, at.lines)}
    for position, line in enumerate(page.lines):
        place = (page.number, position)
        if place in lined.running or place in consumed:
            continue
        text = line.text.strip()
        alone = place in headings or place in lined.contents
        if parts and (alone or not text or not _goes_on(parts[-1], text, full)):
            yield "\n".join(parts), start
            parts = []
        if not text:
            continue
        if not parts:
            start = position
        parts.append(text)
        if alone:
            yield text, position
            parts = []
    if parts:
        yield "\n".join(parts), start


def _says_codes(text: str) -> bool:
    """True for a line of codes, or of codes and what they are: "Disclosures on this page: GRI 302-1"."""
    folded = fold(text)
    return len(text) < _MAX_HEADING and any(True for _ in find_inline(text)) and not SENTENCE_END.search(folded.rstrip(")]"))


def _goes_on(previous: str, text: str, full: float) -> bool:
    """True where ``text`` goes on with the paragraph that ``previous`` left off."""
    previous, text = fold(previous.replace("\u00ad", "-")), fold(text)
    if re.search(r"(?:\bGRI|[,;&/\u3001-]|\b\d{1,3}-)$", previous) and not _BULLET.match(text):
        return True  # a list of codes broken over lines
    if _BULLET.match(text) or _CODES_ALONE.match(text) or _CODES_ALONE.match(previous):
        return False
    if _MARKER_START.match(text) and (SENTENCE_END.search(previous) or len(previous) < full):
        return False
    if text[0].islower():
        return True
    return len(previous) >= full and not SENTENCE_END.search(previous)
