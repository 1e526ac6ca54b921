"""The content index put into the author's own Word report, with page numbers that Word counts.

The index stands where the report says: in a content control or a bookmark ``GRI_INDEX``, at a
paragraph ``[[GRI content index]]``, else at the end. It is wrapped in both, so that the next build
finds and replaces it: LibreOffice drops controls around blocks, and keeps bookmarks. Each place that
the index cites gets a bookmark ``_gri_…``; its page is a field. Text, styles and links of the report
get what the index needs; every other part stays as it is, byte for byte.
Source: ISO 29500-1, 17.5.2 (content controls), 17.13.6 (bookmarks), 17.16.5.40 (PAGEREF).
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree

from gri_index.extraction.sightings import index_title
from gri_index.language.labels import Labels
from gri_index.language.text import whole_number
from gri_index.model.report import BlockKind, Report, Tag
from gri_index.ooxml import SEAL, parse_xml, related
from gri_index.readers.word import INDEX_MARK, elements
from gri_index.readers.word_styles import q
from gri_index.writers import word
from gri_index.writers.contents import Contents
from gri_index.writers.layout import PRINTED, Anchors
from gri_index.writers.word_package import WordPackage, serialised
from gri_index.writers.word_spot import parent, section_at, spot_of, text_of, unseen
from gri_index.writers.word_style import TEMPLATE

_ANCHOR = "_gri_"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BLOCKS = frozenset({q("p"), q("tbl"), q("sdt")})


def insert_index(content: bytes, contents: Contents, labels: Labels, *, publish: bool = False) -> bytes:
    """The report with its index in it. Raises InputError where the file is no Word file, or has no room for the index.

    ``contents``: of the report that ``content`` was read as, the first of its sources.
    """
    source = contents.report.sources[0]
    package = WordPackage(content, source.name)
    body = package.parts.body
    found = elements(package.parts, source)  # before anything is changed
    spot, begins_page = spot_of(body, source)
    _remove_anchors(body)
    ids = count(1 + max((whole_number(each.get(q("id"), "")) or 0 for each in body.iter(q("bookmarkStart"))), default=0))
    anchors = _anchored(contents, found, ids)
    base = _base(package, section_at(spot))
    written = word.write(contents, labels, base, publish, anchors=anchors)
    blocks = _taken_over(package, written, source.name)
    if _is_headed(spot, contents.report, found):
        blocks[0] = unseen()  # it bears the bookmarks
    elif begins_page:
        _on_a_new_page(blocks[0])
    parent(spot).replace(spot, _wrapped(blocks, next(ids), next(ids)))
    package.put_body()
    return package.save(seal=True)


# ── anchors ──


def _remove_anchors(body: etree._Element) -> None:
    """The bookmarks of an earlier build."""
    ours = {each.get(q("id")) for each in body.iter(q("bookmarkStart")) if each.get(q("name"), "").startswith(_ANCHOR)}
    for each in list(body.iter(q("bookmarkStart"), q("bookmarkEnd"))):
        if each.get(q("id")) in ours:
            parent(each).remove(each)


def _anchored(contents: Contents, found: Sequence[object], ids: Iterator[int]) -> Anchors:
    """Sets a bookmark at each block that a printed row cites."""
    report = contents.report
    rows = (row for row in contents.index.rows if row.status in PRINTED)
    cited = sorted({block for row in rows for location in row.locations for block in location.blocks if block < len(found)})
    labels = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
    tags: dict[int, Tag] = {}
    for tag in report.tags:
        tags.setdefault(tag.block, tag)
    marks: dict[int, tuple[str, int | None, str]] = {}
    for block in cited:
        place = _paragraph(found[block]) if _is_first(report, block) else None
        if place is None:
            continue
        name = f"{_ANCHOR}{len(marks) + 1:04}"
        _bookmark(place, name, next(ids), tags[block].text if block in tags else "")
        page = tags[block].page if block in tags else report.blocks[block].page
        marks[block] = (name, page, labels.get((report.sources[0].id, page or 0), ""))
    return Anchors(marks)


def _is_first(report: Report, block: int) -> bool:
    """True for a block of the file that the index goes into."""
    section = report.blocks[block].section
    return next((each.source for each in report.sections if each.id == section), "") == report.sources[0].id


def _paragraph(element: object) -> etree._Element | None:
    """The paragraph of the text that bears the bookmark: of a row its first, of a text box the one that it hangs on."""
    if not isinstance(element, etree._Element):
        return None
    paragraph = element if element.tag == q("p") else next(element.iter(q("p")), None)
    if paragraph is None:
        return None
    boxes = list(paragraph.iterancestors(q("txbxContent")))
    if boxes:
        paragraph = next(boxes[-1].iterancestors(q("p")), None)
    inside = paragraph is not None and any(each.tag == q("body") for each in paragraph.iterancestors())
    return paragraph if inside else None  # a note stands in a part of its own


def _bookmark(paragraph: etree._Element, name: str, id: int, text: str) -> None:
    """A bookmark before the run in which ``text`` begins, else at the beginning of the paragraph."""
    start = etree.Element(q("bookmarkStart"), {q("id"): str(id), q("name"): name})
    end = etree.Element(q("bookmarkEnd"), {q("id"): str(id)})
    run = _run_of(paragraph, text)
    if run is not None:
        run.addprevious(start)
    else:
        properties = paragraph.find(q("pPr"))
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    start.addnext(end)


def _run_of(paragraph: etree._Element, text: str) -> etree._Element | None:
    """The run of the paragraph in which a text begins; None where it stands in none."""
    pieces = [(piece, piece.text or "") for piece in paragraph.iter(q("t"))]
    at = "".join(said for _, said in pieces).find(text) if text else -1
    for piece, said in pieces if at >= 0 else ():
        if at < len(said):
            run = next(piece.iterancestors(q("r")), None)
            above = parent(run) if run is not None else None
            return run if above is paragraph else None
        at -= len(said)
    return None


# ── the index ──


def _base(package: WordPackage, section: etree._Element | None) -> bytes:
    """A Word file with the styles and colours of the report and the page of the section, to write the index on."""
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as template, zipfile.ZipFile(out, "w") as target:
        names = related(template, "word/document.xml", "template")
        own = {names[kind]: raw for kind in ("styles", "theme") if kind in names and (raw := package.raw(kind))}
        own["word/document.xml"] = _blank(template.read("word/document.xml"), section)
        for name in template.namelist():
            target.writestr(name, own.get(name) or template.read(name))
    return out.getvalue()


def _blank(document: bytes, section: etree._Element | None) -> bytes:
    """A text of nothing but the mark of the index, on the page of the section."""
    root = parse_xml(document, "template", "document")
    body = root[0]
    for each in list(body):
        body.remove(each)
    text = etree.SubElement(etree.SubElement(etree.SubElement(body, q("p")), q("r")), q("t"))
    text.text = "[[GRI content index]]"
    own = etree.SubElement(body, q("sectPr"))
    for name in ("pgSz", "pgMar"):
        found = section.find(q(name)) if section is not None else None
        if found is not None:
            own.append(deepcopy(found))
    _one_column(own, section)
    return serialised(root)


def _one_column(page: etree._Element, section: etree._Element | None) -> None:
    """A page as wide as one of the section's columns of text (17.6.4): its right margin takes the others."""
    columns = section.find(q("cols")) if section is not None else None
    size, margins = page.find(q("pgSz")), page.find(q("pgMar"))
    if columns is None or size is None or margins is None:
        return
    numbers = (columns.get(q("num"), "1"), columns.get(q("space"), "720"), size.get(q("w"), ""), margins.get(q("left"), ""))
    count, space, width, left = (whole_number(text) or 0 for text in numbers)
    right = whole_number(margins.get(q("right"), "")) or 0
    if count > 1:
        room = width - left - right
        margins.set(q("right"), str(right + room - max(0, room - (count - 1) * space) // count))


def _taken_over(package: WordPackage, written: bytes, name: str) -> list[etree._Element]:
    """The blocks of the index, with the styles that the report lacks and the links put into it."""
    with zipfile.ZipFile(io.BytesIO(written)) as index:
        root = parse_xml(index.read("word/document.xml"), name, "index")
        added = parse_xml(index.read(related(index, "word/document.xml", name)["styles"]), name, "styles")
        addresses = _addresses(index)
    styles = package.part("styles")
    if styles is None:
        package.put("styles", added)
    else:
        known = {each.get(q("styleId")) for each in styles.iter(q("style"))}
        new = [each for each in added.iter(q("style")) if each.get(q("styleId")) not in known]
        styles.extend(new)
        if new:
            package.put("styles", styles)
    for link in root.iter(q("hyperlink")):
        if (address := addresses.get(link.get(_RELATION, ""))) is not None:
            link.set(_RELATION, package.link(address))
    return [each for each in root[0] if each.tag in _BLOCKS]


def _addresses(index: zipfile.ZipFile) -> Mapping[str, str]:
    root = parse_xml(index.read("word/_rels/document.xml.rels"), "index", "links")
    return {each.get("Id", ""): each.get("Target", "") for each in root if each.get("TargetMode") == "External"}


def _wrapped(blocks: Sequence[etree._Element], *ids: int) -> etree._Element:
    """A content control around the blocks, and bookmarks in it: its twin, and the seal by which a later change is noticed."""
    control = etree.Element(q("sdt"))
    properties = etree.SubElement(control, q("sdtPr"))
    etree.SubElement(properties, q("alias"), {q("val"): "GRI content index"})
    etree.SubElement(properties, q("tag"), {q("val"): INDEX_MARK})
    inside = etree.SubElement(control, q("sdtContent"))
    inside.extend(blocks)
    style = blocks[0].find(q("pPr"))
    for id, name in zip(ids, (INDEX_MARK, SEAL), strict=True):
        start = etree.Element(q("bookmarkStart"), {q("id"): str(id), q("name"): name})
        blocks[0].insert(0 if style is None else 1, start)
        blocks[-1].append(etree.Element(q("bookmarkEnd"), {q("id"): str(id)}))
    return control


def _is_headed(spot: etree._Element, report: Report, found: Sequence[object]) -> bool:
    """True where a heading of the author's above the mark names the index, in any language: "Annex 3: GRI content index"."""
    above = spot.getprevious()
    heads = (element for block, element in zip(report.blocks, found, strict=False) if block.kind is BlockKind.HEADING)
    if above is None or not any(above is each for each in heads):
        return False
    return index_title().search(text_of(above)) is not None


def _on_a_new_page(heading: etree._Element) -> None:
    """The index begins a page (17.3.1.23)."""
    properties = heading.find(q("pPr"))
    if properties is not None:
        style = properties.find(q("pStyle"))
        properties.insert(0 if style is None else 1, etree.Element(q("pageBreakBefore")))
