"""Codes of another framework that a report carries itself: each a reference to its place, whatever GRI's tags say."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gri_index.crosswalk.data import frameworks, load_crosswalk
from gri_index.crosswalk.listing import Listing, table_of
from gri_index.extraction.sections import shown_titles
from gri_index.language.lexicon import whole
from gri_index.language.reasons import empty, says_left_out, says_nothing_there
from gri_index.matching.locations import merge_locations
from gri_index.model.crosswalk import Crosswalk
from gri_index.model.index import Location, LocationKind
from gri_index.model.keys import ItemKey
from gri_index.model.report import Block, Carrier, Report
from gri_index.model.text import LocalText
from gri_index.tags.items import CodeReader, reader

_HEAD_ROWS = 2  # of a table, in which its heads stand


@dataclass(frozen=True, slots=True)
class ItemTag:
    """A code of another framework that marks a place."""

    key: ItemKey
    carrier: Carrier
    block: int


def code_reader(crosswalk: Crosswalk) -> CodeReader:
    """A reader of the framework's codes."""
    return reader(crosswalk.codes, crosswalk.items)


def item_tags(report: Report, crosswalk: Crosswalk) -> tuple[ItemTag, ...]:
    """The codes of the framework in the report, in reading order: in comments and controls, and set apart in the text.

    What stands in indexes, contents and tables of frameworks marks no place.
    """
    if not crosswalk.codes:
        return ()
    read = code_reader(crosswalk)
    remarks: dict[int, list[ItemTag]] = {}
    for remark in report.remarks:
        for code in next(filter(None, map(read.only, _spellings(remark.text))), []):
            remarks.setdefault(remark.block, []).append(ItemTag(ItemKey(crosswalk.framework, code), remark.carrier, remark.block))
    return tuple(_in_order(report, crosswalk, read, remarks))


def _in_order(report: Report, crosswalk: Crosswalk, read: CodeReader, remarks: dict[int, list[ItemTag]]) -> Iterator[ItemTag]:
    named = any(read.named(block.text) for block in report.blocks)  # else "S1-3" is a sensor, or a hall
    headed = _headed_columns(report, read)
    for block in _marking(report, read):
        under = headed.get(table_of(block), {})
        codes = [*(_in_block(block, read) if named else ()), *_under_names(block, read, under)]
        for code in dict.fromkeys(codes):
            yield ItemTag(ItemKey(crosswalk.framework, code), Carrier.TEXT, block.id)
        yield from remarks.get(block.id, ())


def _marking(report: Report, read: CodeReader) -> Iterator[Block]:
    """The blocks whose codes mark a place: no index, no row or list that says that nothing is reported."""
    listing = Listing(report, read)
    denied = False  # "Disclosures not reported:" stands above
    for block in report.blocks:
        if block.role is not None or listing.holds(block):
            continue
        alone = bool(read.only(block.text))
        if not (denied and alone) and not _denied_row(block, read):
            yield block
        denied = (denied and alone) or (block.text.rstrip().endswith((":", "\uff1a")) and says_nothing_there(block.text))


def _denied_row(block: Block, read: CodeReader) -> bool:
    """True for a row of a table that says that nothing is reported, or whose cells beside its code and its name are empty."""
    if any(map(says_left_out, block.cells)):
        return True
    said = [cell for cell in block.cells[1:] if not read.only(cell)]
    return bool(said) and all(empty(cell) or says_nothing_there(cell) or whole("nothing-yet").match(cell) for cell in said)


def _spellings(text: str) -> Iterator[str]:
    """A remark as it is, and the tag of a control, which has no blanks: ESRS_E1_3, SDG_8_5."""
    yield text
    yield from text.splitlines() if "\n" in text else ()  # a line of codes among others
    if "_" in text and " " not in text.strip():
        name, *parts = text.strip().split("_")
        yield from (f"{name} {mark.join(parts)}" for mark in (".", "-", " "))


def _headed_columns(report: Report, read: CodeReader) -> dict[tuple[str, int] | None, dict[int, str]]:
    """Table -> its columns that the framework heads: codes below stand there without its name."""
    found: dict[tuple[str, int] | None, dict[int, str]] = {}
    seen: dict[tuple[str, int], int] = {}
    for block in report.blocks:
        if (table := table_of(block)) and seen.setdefault(table, 0) < _HEAD_ROWS:
            seen[table] += 1
            for column, cell in enumerate(block.cells):
                if name := read.name_in(cell):
                    found.setdefault(table, {})[column] = name
    return found


def _under_names(block: Block, read: CodeReader, columns: Mapping[int, str]) -> Iterator[str]:
    """Codes in cells that have the framework's name above them, or in the cell before."""
    for column, cell in enumerate(block.cells):
        name = columns.get(column) or (
            block.cells[column - 1].strip() if column and read.is_name(block.cells[column - 1]) else ""
        )
        if name and cell.strip() and not read.is_name(cell):
            yield from read.only(f"{name} {cell}")


def _in_block(block: Block, read: CodeReader) -> Iterator[str]:
    if not read.worth.search(block.text):
        return
    for cell in block.cells:
        yield from read.marked(cell, block.kind, cell=True)
    if not block.cells:
        yield from read.marked(block.text, block.kind)


def listed(report: Report, crosswalk: Crosswalk) -> int:
    """How many codes stand in indexes, glossaries and tables of places, where they mark none."""
    if not crosswalk.codes:
        return 0
    read = code_reader(crosswalk)
    listing = Listing(report, read)
    blocks = (block for block in report.blocks if block.role is None and listing.holds(block))
    return len({(block.id, code) for block in blocks for code in _in_block(block, read)})


def unread(report: Report, crosswalk: Crosswalk) -> list[str]:
    """Brackets that seem to mark a place for the framework and could not be read, each once."""
    return _named(report, crosswalk, CodeReader.unread)


def torn(report: Report, crosswalk: Crosswalk) -> list[str]:
    """Ranges of codes that could not be filled up, each once."""
    return _named(report, crosswalk, CodeReader.torn)


def _named(report: Report, crosswalk: Crosswalk, find: Callable[[CodeReader, str], Iterator[str]]) -> list[str]:
    if not crosswalk.codes:
        return []
    read = code_reader(crosswalk)
    texts = (text for block in report.blocks if block.role is None for text in find(read, block.text))
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))


def places(tags: tuple[ItemTag, ...], report: Report) -> dict[str, tuple[Location, ...]]:
    """Item -> the places that name it, those of one section as one."""
    sections = {section.id: section for section in report.sections}
    titles = shown_titles(report.sections)
    labels = {(page.source, page.number): page.label for page in report.pages}
    names = {source.id: source.name for source in report.sources}
    found: dict[str, list[Location]] = {}
    for tag in tags:
        block = report.blocks[tag.block]
        section = sections[block.section]
        label = labels.get((section.source, block.page)) if block.page is not None else None
        found.setdefault(tag.key.code, []).append(
            Location(
                kind=LocationKind.SECTION if section.title else LocationKind.PAGE,
                document=names[section.source],
                section=section.id,
                section_title=titles[section.id],
                page=block.page,
                page_to=block.page,
                page_label=label or (str(block.page) if block.page is not None else ""),
                anchor=section.anchor,
                blocks=(block.id,),
            )
        )
    return {code: merge_locations(several) for code, several in found.items()}


def same_codes(crosswalk: Crosswalk, codes: Iterable[str]) -> list[str]:
    """Those of the codes that mean something else in another edition of the framework: a report does not say which it tags by."""
    names = {name for form in crosswalk.codes for name in form.names}
    titles = {item.id: item.title for item in crosswalk.items}
    found: dict[str, None] = {}
    for other in map(load_crosswalk, frameworks()):
        if other.framework != crosswalk.framework and names & {name for form in other.codes for name in form.names}:
            differs = {item.id for item in other.items if item.id in titles and not _words(item.title) & _words(titles[item.id])}
            found |= dict.fromkeys(code for code in codes if code in differs)
    return list(found)


def _words(title: LocalText) -> set[str]:
    """The longer words of a title; editions word the same item differently."""
    return set(re.findall(r"\w{5,}", title.in_("en").casefold()))
