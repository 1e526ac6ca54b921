"""Parts of a report that hold disclosure codes but report nothing.

These are printed content indexes, tables of other frameworks, tables of contents. The first
two are told from the text by a chain of labels over all lines with codes, whose weights
``benchmarks/fit_parts`` learns from reports; a table of contents by its heading and by
entries that end in page numbers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from statistics import median

from gri_index.extraction.chain import best_path
from gri_index.extraction.sightings import Sighting, code, index_title, says_place, sightings, steps
from gri_index.extraction.weights import weights
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold
from gri_index.model.report import Block, BlockKind, Excluded, PartRole, Report, Why
from gri_index.readers.items import contents_title

BODY, INDEX, OTHER = LABELS = ("body", "index", "other")
_WHY = {PartRole.INDEX: Why.IN_INDEX, PartRole.CONTENTS: Why.IN_CONTENTS, PartRole.FRAMEWORK: Why.IN_FRAMEWORK}
_ROLES = {INDEX: PartRole.INDEX, OTHER: PartRole.FRAMEWORK}
Run = tuple[str, list[Sighting]]
_CLEAR = 0.3  # at most so many rows of an index have something else before the number
_YEAR = re.compile(r"(?:FY\s?)?20\d\d(?:[-/]\d\d)?")
_BRACKETED = re.compile(r"\[\s?GRI\s?\d")
_MIN_ENTITLED = 2  # different codes in a table that is called an index
_FEW_BEFORE = 3  # numbers
_MIN_CODES = 5  # different ones; fewer are a paragraph, not a table
_FAR = frozenset(("far-off", "text-much"))  # more between two rows than one table bridges
_ABOVE = 12  # blocks between the title of an index and its first row
_STANDARD = re.compile(r"\s*[*_|\s]*GRI\s?\d{1,3}\s?(?:[:：]|\s[A-Z\u4e00-\u9fff])")
_ENDS_IN_PAGE = re.compile(r"(?:[.…·\s|\t]|^)\d{1,3}\s*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks ``start`` … ``end`` - 1 are left out."""

    start: int
    end: int
    why: PartRole


def mark_parts(report: Report) -> Report:
    """The report with the roles of its parts; what stands in those that report nothing is no tag and no fault."""
    blocks = list(report.blocks)
    excluded: list[Excluded] = []
    for first, last in _by_source(report):
        for region in find_parts(blocks[first:last]):
            start, end = first + region.start, first + region.end
            excluded.append(Excluded(_where(blocks[start:end]), region.why, start, end - 1))
            blocks[start:end] = [replace(block, role=region.why) for block in blocks[start:end]]
    out = {number for each in excluded for number in range(each.first, each.last + 1)}
    return replace(
        report,
        blocks=tuple(blocks),
        tags=tuple(tag for tag in report.tags if tag.block not in out),
        excluded=tuple(excluded),
        seen=tuple(replace(each, why=_WHY[role]) if (role := blocks[each.block].role) else each for each in report.seen),
        problems=tuple(problem for problem in report.problems if problem.block not in out),
    )


def _by_source(report: Report) -> Iterator[tuple[int, int]]:
    """(first block, behind the last) of each source; a mapping sheet has no parts."""
    sources = {section.id: section.source for section in report.sections}
    sheets = {source.id for source in report.sources if source.format == "excel"}
    for source, blocks in groupby(report.blocks, key=lambda block: sources[block.section]):
        numbers = [block.id for block in blocks]
        if source not in sheets:
            yield numbers[0], numbers[-1] + 1


def _where(blocks: Sequence[Block]) -> str:
    """Names a part of the report: its pages, else its first heading or words."""
    pages = [block.page for block in blocks if block.page is not None]
    if pages:
        return f"p. {pages[0]}" if pages[0] == pages[-1] else f"p. {pages[0]}-{pages[-1]}"
    return blocks[0].text[:60]


def find_parts(blocks: Sequence[Block]) -> list[Region]:
    """The parts that report nothing, in order; they do not overlap."""
    regions = sorted([*_contents(blocks), *_tables(blocks)], key=lambda region: region.start)
    kept: list[Region] = []
    for region in regions:
        if kept and region.start < kept[-1].end:
            region = replace(region, start=kept[-1].end)
        if region.start < region.end:
            kept.append(region)
    return kept


def _contents(blocks: Sequence[Block]) -> Iterator[Region]:
    """From a heading "Contents" over entries that end in page numbers."""
    for start, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and contents_title().match(block.text):
            end = start + 1
            while end < len(blocks) and (blocks[end].kind is not BlockKind.HEADING or _ENDS_IN_PAGE.search(blocks[end].text)):
                end += 1
            entries = blocks[start + 1 : end]
            if entries and sum(_ENDS_IN_PAGE.search(entry.text) is not None for entry in entries) * 2 >= len(entries):
                yield Region(start, end, PartRole.CONTENTS)


def _tables(blocks: Sequence[Block]) -> Iterator[Region]:
    """Indexes and other frameworks' tables: runs of lines with one label."""
    seen = sightings(blocks)
    chain = steps(seen, blocks)
    labels = best_path(chain, LABELS, weights()["parts"])
    entitled = _entitled(blocks)
    runs: list[Run] = []
    for label, each, observed in zip(labels, seen, chain, strict=True):
        label = INDEX if blocks[each.block].table in entitled else label
        if runs and runs[-1][0] == label and not _parted(observed.step) and not _opens(blocks, runs[-1][1], each):
            runs[-1][1].append(each)
        else:
            runs.append((label, [each]))
    for label, rows in _from_the_first(blocks, _without_tags(blocks, _without_doubles(runs))):
        called = any(blocks[row.block].table in entitled for row in rows) or _entitles(blocks, rows[0].block)
        least = _MIN_ENTITLED if called else _MIN_CODES
        if label != BODY and len({row.order for row in rows}) >= least and not _holds_data(blocks, rows):
            yield _region(blocks, rows, _ROLES[label])


def _without_tags(blocks: Sequence[Block], runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, cut at tags in square brackets: no index prints those, so the text goes on there."""
    for label, rows in runs:
        for tag, stretch in groupby(rows, key=lambda row: label == INDEX and _is_tag(blocks[row.block])):
            if not tag:
                yield label, list(stretch)


def _from_the_first(blocks: Sequence[Block], runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, an index from its 2-1 on where that follows a few other numbers: those are tags of the text before it."""
    for label, rows in runs:
        first = next((at for at, row in enumerate(rows[: _FEW_BEFORE + 1]) if row.order == (2, 1)), 0)
        apart = first and blocks[rows[first - 1].block].table is None
        yield (label, rows[first:]) if label == INDEX and apart else (label, rows)


def _is_tag(block: Block) -> bool:
    return not block.cells and _BRACKETED.search(fold(block.text)) is not None


def _holds_data(blocks: Sequence[Block], rows: Sequence[Sighting]) -> bool:
    """True for a table of figures with the disclosures they answer: values or years where an index has places, or tags in brackets."""
    first = rows[0].block
    head = blocks[
        next(
            (at for at in range(first, max(-1, first - 40), -1) if at == 0 or blocks[at - 1].table != blocks[first].table), first
        )
    ]
    if blocks[first].table is not None and any(_YEAR.fullmatch(cell.strip()) for cell in head.cells):
        return True
    texts = [blocks[row.block] for row in rows]
    values = sum(any(_value().fullmatch(fold(cell).strip()) for cell in block.cells) for block in texts)
    lines = sum(not block.cells and (_is_tag(block) or _says_value(row.line)) for row, block in zip(rows, texts, strict=True))
    return 2 * (values + lines) > len(rows)


def _says_value(line: str) -> bool:
    """True for a line with a figure: one that leads to a place has none, and the number of a disclosure is none."""
    return not says_place(line) and _value_in_line().search(code().sub(" ", line)) is not None


@cache
def _value() -> re.Pattern[str]:
    """Matches a figure as no index prints it: with decimals, thousands or a unit."""
    unit = rf"(?:[%\u2030]|{any_of('unit')}|[A-Za-z\u00b2\u00b3]{{1,4}})(?:[\s/][\w\u2080-\u2089/ -]{{0,14}})?"
    return re.compile(rf"[<>~+-]?\s?(?:\d{{1,3}}(?:[.,' ]\d{{3}})+(?:[.,]\d+)?|\d+[.,]\d+|\d+(?=\s?{unit}))(?:\s?{unit})?")


@cache
def _value_in_line() -> re.Pattern[str]:
    """Matches a figure with its unit before or behind it, in a line of text."""
    unit = rf"(?:[%\u2030]|{any_of('unit')})"
    return re.compile(rf"\d\s?{unit}(?!\w)|{unit}[\w/ ]{{0,10}}\s\d[\d.,]*$|\s\d+[.,]\d+$", re.MULTILINE)


def _entitled(blocks: Sequence[Block]) -> set[int]:
    """The tables right below the title of a content index: they are one, however few rows they have."""
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if block.table is None or (at and blocks[at - 1].table == block.table):
            continue
        if _entitles(blocks, at):
            found.add(block.table)
    return found


def _entitles(blocks: Sequence[Block], at: int) -> bool:
    """True where the last heading above is the title of a content index."""
    titles = [each for each in blocks[max(0, at - _ABOVE) : at] if each.kind is BlockKind.HEADING]
    return bool(titles) and "GRI" in titles[-1].text and index_title().search(titles[-1].text) is not None


def _parted(step: Sequence[str]) -> bool:
    """True where more lies between two rows than one table bridges."""
    return "pages-many" in step or _FAR.issubset(step)


def _opens(blocks: Sequence[Block], rows: Sequence[Sighting], each: Sighting) -> bool:
    """True where an index is entitled only here: the few tags before its title are no part of it."""
    if len({row.order for row in rows}) >= _MIN_CODES:
        return False  # its title is repeated on each page
    between = blocks[max(rows[-1].block + 1, each.block - _ABOVE) : each.block]
    return any(len(block.text) <= 80 and "GRI" in block.text and index_title().search(block.text) for block in between)


def _without_doubles(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, where a table that answers something else beside the same disclosures, or a paragraph that lists them, is no second index."""
    clear = [{row.order for row in rows} for label, rows in runs if label == INDEX and _foreign(rows) < _CLEAR]
    for label, rows in runs:
        orders = {row.order for row in rows}
        listed = len({row.block for row in rows}) == 1  # in one paragraph
        contained = any(2 * len(orders & other) > len(orders) for other in clear if other != orders)
        double = label == INDEX and contained and (_foreign(rows) > 0.5 or listed)
        yield (OTHER if double else label), rows


def _foreign(rows: Sequence[Sighting]) -> float:
    """Share of the rows before whose number something stands that is neither Standard nor title."""
    return sum("foreign-before" in row.traits for row in rows) / len(rows)


def _region(blocks: Sequence[Block], rows: Sequence[Sighting], why: PartRole) -> Region:
    """From the title, the head and the band above the first row to the end of the last row's table."""
    start, end = _with_standards(blocks, *_whole_table(blocks, rows[0].block, rows[-1].block + 1))
    if sum("alone" in row.traits for row in rows) > 0.5 * len(rows):  # title and place of the last number stand below it
        gaps = [second.block - first.block for first, second in pairwise(rows)]
        end = min(len(blocks), end + max(0, round(median(gaps)) - 1))
    if why is PartRole.INDEX:
        above = range(max(0, start - _ABOVE), start)
        start = next((at for at in above if len(blocks[at].text) <= 80 and index_title().search(blocks[at].text)), start)
    return Region(start, end, why)


def _with_standards(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """Widens to lines that name a Standard beside the rows: bands before, left-over rows behind."""
    for position in range(start - 1, max(-1, start - 4), -1):
        if _STANDARD.match(fold(blocks[position].text[:40])):
            start = position
    position = end
    while position < min(len(blocks), end + 4):
        if _STANDARD.match(fold(blocks[position].text[:40])) and blocks[position].page in (
            blocks[end - 1].page,
            (blocks[end - 1].page or 0) + 1,
        ):
            end = position + 1
        position += 1
    return start, end


def _whole_table(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """Widens to whole tables: head rows before, the last row's continuation behind."""
    while start > 0 and blocks[start].table is not None and blocks[start - 1].table == blocks[start].table:
        start -= 1
    while end < len(blocks) and blocks[end - 1].table is not None and blocks[end].table == blocks[end - 1].table:
        end += 1
    return start, end
