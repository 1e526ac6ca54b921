"""Where the content index goes in the author's Word report.

In a content control or a bookmark ``GRI_INDEX``, at a paragraph ``[[GRI content index]]``, else at the end.
Source: ISO 29500-1, 17.5.2 (content controls), 17.13.6 (bookmarks), 17.6 (sections).
"""

from collections.abc import Iterator

from lxml import etree

from gri_index.errors import InputError
from gri_index.model.report import Source
from gri_index.ooxml import SEAL
from gri_index.readers.word import INDEX_MARK
from gri_index.readers.word_styles import q
from gri_index.writers.word_style import index_mark

_SHORT = 200  # characters: a longer paragraph speaks of the mark
_KEPT = (
    "commentReference",
    "commentRangeStart",
    "footnoteReference",
    "drawing",
    "tbl",
)  # what a place of the index may hold besides


def spot_of(body: etree._Element, source: Source) -> tuple[etree._Element, bool]:
    """(an empty paragraph in whose place the index goes, whether it begins a page there); what stood there is taken out.

    Raises InputError where the report names a place in a table, or several.
    """
    controls = [each for each in body.iter(q("sdt")) if _tag(each) == INDEX_MARK]
    starts = [each for each in body.iter(q("bookmarkStart")) if each.get(q("name"), "").upper() == INDEX_MARK]
    marks = [each for each in body.iter(q("p")) if index_mark().fullmatch(text_of(each))]
    outer = [each for each in (*controls, *starts, *marks) if not any(above in controls for above in each.iterancestors())]
    spot = etree.Element(q("p"))
    if not outer and any(len(text_of(each)) <= _SHORT and index_mark().search(text_of(each)) for each in body.iter(q("p"))):
        raise InputError(
            f"{source.name}: [[GRI content index]] stands among other words, where the index cannot go",
            hint="Give it a paragraph of its own.",
        )
    if not outer:
        last = body[-1] if len(body) and body[-1].tag == q("sectPr") else None
        last.addprevious(spot) if last is not None else body.append(spot)
        return spot, True
    if starts:  # office programs may write a bookmark twice: it is one place
        outer = [each for each in outer if each not in starts[1:]]
    boxed = any(next(each.iterancestors(q("txbxContent")), None) is not None for each in outer)
    if len({id(_top(each, body)) for each in outer}) > 1 or _top(outer[0], body).tag == q("tbl") or boxed:
        raise InputError(
            f"{source.name}: the place of the index is named in a table or a text box, or more than once",
            hint="Leave one: a content control or bookmark GRI_INDEX, or [[GRI content index]] in a paragraph of its own.",
        )
    old = list(_stretch(outer[0], body))
    begins_page = next(old[0].iter(q("pageBreakBefore")), None) is not None
    ours = any(_is_ours(each) for each in old)
    kept = [] if ours else [each for each in old if _says_more(each, outer[0])]  # the author's own words at the mark
    (kept[0].addnext if kept and kept[0] is old[0] else old[0].addprevious)(spot)
    for each in old:
        if each not in kept:
            _keep_section(each, spot)
            body.remove(each)
    for each in outer if kept else ():
        _unmark(each)
    return spot, begins_page


def _is_ours(block: etree._Element) -> bool:
    """True for a block of an index that the program put there."""
    return any(each.get(q("name"), "").startswith(SEAL[:-24]) for each in block.iter(q("bookmarkStart")))


def _unmark(mark: etree._Element) -> None:
    """Takes a mark out of a paragraph that stays."""
    if mark.tag == q("p"):
        for text in mark.iter(q("t")):
            text.text = None
        return
    for each in (mark, *([end] if (end := _end(mark)) is not None else [])):
        parent(each).remove(each)


def _stretch(mark: etree._Element, body: etree._Element) -> Iterator[etree._Element]:
    """The blocks of the text that a mark stands in, or reaches over."""
    top = _top(mark, body)
    twins = [each for each in body.iter(q("bookmarkStart")) if each.get(q("name"), "").upper() == INDEX_MARK]
    ends = [end for each in twins if mark in twins and (end := _end(each)) is not None]
    last = max((_top(each, body) for each in ends), key=body.index, default=top)
    yield top
    for each in top.itersiblings() if last is not top and last in list(top.itersiblings()) else ():
        yield each
        if each is last:
            return


def _end(start: etree._Element) -> etree._Element | None:
    """The end of a bookmark; None for another mark."""
    ends = start.getroottree().getroot().iter(q("bookmarkEnd")) if start.tag == q("bookmarkStart") else ()
    return next((each for each in ends if each.get(q("id")) == start.get(q("id"))), None)


def _says_more(block: etree._Element, mark: etree._Element) -> bool:
    """True for a block with anything of the author's beside the mark: what a content control holds is a placeholder."""
    if mark.tag == q("sdt"):
        return text_of(block).strip() != text_of(mark).strip()
    other = [each for each in block.iter(q("bookmarkStart")) if each is not mark]
    if other or any(next(block.iter(q(name)), None) is not None for name in _KEPT):
        return True
    return bool(text_of(block).strip()) and not index_mark().fullmatch(text_of(block))


def text_of(element: etree._Element) -> str:
    """What a paragraph, or anything else of the text, says."""
    return "".join(each.text or "" for each in element.iter(q("t")))


def _keep_section(block: etree._Element, spot: etree._Element) -> None:
    """Properties of a section that a paragraph ends stay, in a paragraph behind the index."""
    ends = block.find(f"{q('pPr')}/{q('sectPr')}") if block.tag == q("p") else None
    if ends is not None:
        kept = unseen()
        kept[0].append(ends)
        spot.addnext(kept)


def unseen() -> etree._Element:
    """An empty paragraph a point high, which bears what needs a paragraph (17.3.1.33)."""
    paragraph = etree.Element(q("p"))
    look = etree.SubElement(paragraph, q("pPr"))
    etree.SubElement(look, q("spacing"), {q("before"): "0", q("after"): "0", q("line"): "20", q("lineRule"): "exact"})
    return paragraph


def _top(element: etree._Element, body: etree._Element) -> etree._Element:
    """The block of the text that an element stands in, or is."""
    while (above := element.getparent()) is not None and above is not body:
        element = above
    return element


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{q('sdtPr')}/{q('tag')}")
    return tag.get(q("val"), "").upper() if tag is not None else ""


def section_at(spot: etree._Element) -> etree._Element | None:
    """The properties of the section that the index stands in (17.6.17): those that end it."""
    for each in spot.itersiblings():
        found = each if each.tag == q("sectPr") else each.find(f"{q('pPr')}/{q('sectPr')}")
        if found is not None:
            return found
    return None


def parent(element: etree._Element) -> etree._Element:
    """What an element that has been found in the text stands in."""
    above = element.getparent()
    assert above is not None
    return above
