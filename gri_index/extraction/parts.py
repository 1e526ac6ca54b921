"""Parts of a report that hold disclosure codes but report nothing.

These are printed content indexes, tables of contents, tables of other frameworks.

They are recognised by what they are: many different codes in rows of their own, close
together, with GRI 2 among them or under a title that says so. A table of figures with
a column of codes is none of them: its rows report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gri_index.language import frameworks
from gri_index.language.lexicon import any_of, says
from gri_index.language.text import fold
from gri_index.model.report import Block, BlockKind, Excluded, PartRole, Report
from gri_index.readers.items import contents_title
from gri_index.tags.codes import standard_number

_CODE = re.compile(
    rf"\s*[*_\[(]*\s*(?P<named>(?:GRI|{any_of('disclosure', cased=True)})[\s:-]*)*"
    rf"(?P<code>(?:{standard_number()})\s?(?:-|(?(named)\.|-))\s?\d{{1,2}})(?!\d|[.,]\d|\s?%)"
)
# A line of an index: perhaps the Standard's title, then a code, then words of the disclosure's title.
_ROW = re.compile(
    r"(?:\s*GRI\s?\d{1,3}\b:?[^\d\n]{0,60}(?:20\d\d)?\s+)?"
    + _CODE.pattern
    + r"[\s:)\]*_-]*(?:[A-Za-z\u00c0-\u024f]{3}|[\u3040-\u9fff\uac00-\ud7af]{2})"
)
_INDEX_TITLE = re.compile(
    rf"\bGRI(?![A-Za-z]).{{0,30}}{any_of('index-behind-gri')}|{any_of('index-before-gri')}.{{0,40}}\bGRI\b", re.IGNORECASE
)
_STANDARD = re.compile(r"\s*[*_|\s]*GRI\s?\d{1,3}\s?(?:[:：]|\s[A-Z\u4e00-\u9fff])")
_ENDS_IN_PAGE = re.compile(r"(?:[.…·\s|\t]|^)\d{1,3}\s*\|?\s*$")
_PAGE_REFERENCE = re.compile(rf"{any_of('page')}\s?\d|\d\s?{any_of('page-behind')}")
# Standard, year and code in one line: a row of an index, however long its neighbours' answers are.
_FULL_ROW = re.compile(r"^\s*GRI\s?\d{1,3}\b:?[^\d\n]{3,60}20\d\d\s+\d{1,3}-\d", re.MULTILINE)
_GAP = 14  # blocks without a code between two rows of one index
_WIDE_GAP = 60
_PAGE_GAP = 2
_MIN_CODES = 10
_MIN_GENERAL = 4  # different GRI 2 disclosures: every index has them, a table of figures has not
_MIN_DENSITY = 0.3


@dataclass(frozen=True, slots=True)
class Region:
    """Items ``start`` … ``end`` - 1 are left out."""

    start: int
    end: int
    why: PartRole


def mark_parts(report: Report) -> Report:
    """The report with the roles of its parts; what stands in those that report nothing is no tag and no fault."""
    blocks = list(report.blocks)
    excluded: list[Excluded] = []
    for first, last in _by_source(report):
        for region in find_excluded(blocks[first:last]):
            start, end = first + region.start, first + region.end
            excluded.append(Excluded(_where(blocks[start:end]), region.why, start, end - 1))
            blocks[start:end] = [replace(block, role=region.why) for block in blocks[start:end]]
    out = {number for each in excluded for number in range(each.first, each.last + 1)}
    return replace(
        report,
        blocks=tuple(blocks),
        tags=tuple(tag for tag in report.tags if tag.block not in out),
        excluded=tuple(excluded),
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


def find_excluded(blocks: Sequence[Block]) -> list[Region]:
    """The parts to leave out, in order; they do not overlap."""
    regions = sorted([*_contents(blocks), *_indexes(blocks)], key=lambda region: region.start)
    kept: list[Region] = []
    for region in regions:
        if not kept or region.start >= kept[-1].end:
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


def _indexes(blocks: Sequence[Block]) -> Iterator[Region]:
    rows = [(position, codes) for position, block in enumerate(blocks) if (codes := _row_codes(block))]
    for cluster in _clusters(blocks, rows):
        region = _judge(blocks, cluster)
        if region:
            yield region


def _row_codes(block: Block) -> list[str]:
    """The codes that open a cell, or a line that goes on with a title or a page."""
    if block.kind in (BlockKind.PICTURE, BlockKind.HEADING):
        return []
    if block.cells:
        matches = (_CODE.match(fold(cell)) for cell in block.cells[:6])
        return [re.sub(r"\s", "", match["code"]).replace(".", "-") for match in matches if match]
    matches = (_ROW.match(fold(line[:160])) for line in block.text.split("\n"))
    return [re.sub(r"\s", "", match["code"]).replace(".", "-") for match in matches if match]


def _clusters(blocks: Sequence[Block], rows: Sequence[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    cluster: list[tuple[int, list[str]]] = []
    for position, codes in rows:
        if cluster and not _close(blocks, cluster[-1][0], position):
            yield cluster
            cluster = []
        cluster.append((position, codes))
    if cluster:
        yield cluster


def _close(blocks: Sequence[Block], one: int, other: int) -> bool:
    first, second = blocks[one].page, blocks[other].page
    near_page = first is None or second is None or second - first <= _PAGE_GAP
    same_table = blocks[one].table is not None and blocks[one].table == blocks[other].table
    gap = _WIDE_GAP if _FULL_ROW.search(blocks[one].text) and _FULL_ROW.search(blocks[other].text) else _GAP
    return near_page and (same_table or other - one <= gap)


def _judge(blocks: Sequence[Block], cluster: Sequence[tuple[int, list[str]]]) -> Region | None:
    start, end = cluster[0][0], cluster[-1][0] + 1
    codes = {code for _, found in cluster for code in found}
    titles, head = _titles_before(blocks, start)
    indexed = any(_INDEX_TITLE.search(title) for title in titles)
    framework = any(frameworks.title().search(title) and not _INDEX_TITLE.search(title) for title in titles)
    general = sum(code.startswith("2-") for code in codes)
    located = any(says(block.text, "location-head") for block in blocks[max(0, start - 3) : start + 1] if block.cells)
    if len(codes) < (5 if indexed or framework else _MIN_CODES):
        return None
    if not (indexed or framework or general >= _MIN_GENERAL or located):
        return None
    places = sum(_PAGE_REFERENCE.search(block.text[-80:]) is not None for block in blocks[start:end])
    full = sum(_FULL_ROW.search(blocks[position].text) is not None for position, _ in cluster)
    if full < _MIN_CODES and len(cluster) + places < _MIN_DENSITY * (end - start) and not indexed:
        return None
    start, end = _with_standards(blocks, *_whole_table(blocks, start, end))
    return Region(head if head is not None else start, end, PartRole.FRAMEWORK if framework and not indexed else PartRole.INDEX)


def _titles_before(blocks: Sequence[Block], start: int) -> tuple[list[str], int | None]:
    """Headings shortly before an index and where the one that names it stands."""
    titles, head = [], None
    for position in range(start, max(-1, start - 40), -1):
        block = blocks[position]
        if block.kind is BlockKind.HEADING or (len(block.text) < 80 and not block.cells):
            titles.append(block.text)
            if block.kind is BlockKind.HEADING and _INDEX_TITLE.search(block.text):
                head = position
                break
            if block.kind is BlockKind.HEADING and len(titles) > 6:
                break
    return titles, head


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
