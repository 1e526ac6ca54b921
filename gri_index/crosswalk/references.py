"""Codes of another framework that a report carries itself: each a reference to its place, whatever GRI's tags say."""

from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.extraction.sections import shown_titles
from gri_index.matching.locations import merge_locations
from gri_index.model.crosswalk import Crosswalk
from gri_index.model.index import Location, LocationKind
from gri_index.model.keys import ItemKey
from gri_index.model.report import Block, Carrier, Report
from gri_index.tags.items import CodeReader, reader


@dataclass(frozen=True, slots=True)
class ItemTag:
    """A code of another framework that marks a place."""

    key: ItemKey
    carrier: Carrier
    block: int


def item_tags(report: Report, crosswalk: Crosswalk) -> tuple[ItemTag, ...]:
    """The codes of the framework in the report, in reading order: in comments and controls, and set apart in the text.

    What stands in indexes, contents and tables of frameworks marks no place.
    """
    if not crosswalk.codes:
        return ()
    read = reader(crosswalk.codes)
    remarks: dict[int, list[ItemTag]] = {}
    for remark in report.remarks:
        for code in read.only(remark.text):
            remarks.setdefault(remark.block, []).append(ItemTag(ItemKey(crosswalk.framework, code), remark.carrier, remark.block))
    return tuple(_in_order(report, crosswalk, read, remarks))


def _in_order(report: Report, crosswalk: Crosswalk, read: CodeReader, remarks: dict[int, list[ItemTag]]) -> Iterator[ItemTag]:
    for block in report.blocks:
        if block.role is not None:
            continue
        for code in dict.fromkeys(_in_block(block, read)):
            yield ItemTag(ItemKey(crosswalk.framework, code), Carrier.TEXT, block.id)
        yield from remarks.get(block.id, ())


def _in_block(block: Block, read: CodeReader) -> Iterator[str]:
    if not read.worth.search(block.text):
        return
    for cell in block.cells:
        yield from read.marked(cell, block.kind, cell=True)
    if not block.cells:
        yield from read.marked(block.text, block.kind)


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
