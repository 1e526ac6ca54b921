"""Comments put into an author's Word file; whatever else it holds stays as it is, byte for byte in each other part.

The document part gets the marks of the comments and nothing else; the comments part gets
the comments, and is made where there is none.
Source: ISO 29500-1, 17.13.4 (comments); ISO 29500-2, 8.2 and 8.3 (content types, relationships).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from gri_index.errors import InputError
from gri_index.language.text import clean
from gri_index.model.report import Source
from gri_index.ooxml import W, open_package, read_part, related
from gri_index.readers.word import elements
from gri_index.readers.word_parts import read_parts
from gri_index.readers.word_styles import q

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STRICT = b"purl.oclc.org/ooxml"
_AUTHOR, _INITIALS = "gri-index", "GRI"


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment: the blocks of the report where it may stand, the first that can bear one is taken, and its lines."""

    blocks: Sequence[int]
    lines: Sequence[str]


def add_comments(content: bytes, source: Source, comments: Iterable[NewComment]) -> tuple[bytes, list[NewComment]]:
    """(the file with the comments, those for which no place can bear one: footnotes and text boxes cannot).

    Raises InputError where the file is no Word file, or one in the strict format.
    """
    package = open_package(content, source.name, "a Word document")
    main = related(package, "", source.name).get("officeDocument", "word/document.xml")
    with zipfile.ZipFile(io.BytesIO(content)) as original:
        if _STRICT in original.read(main)[:4096]:
            raise InputError(
                f"{source.name}: a Strict Open XML document, into which no comments are written",
                hint="Save it in Word as “Word Document (*.docx)”.",
            )
    parts = read_parts(content, source.name)
    where = related(package, main, source.name).get("comments")
    root = read_part(package, where, source.name) if where else None
    root = root if root is not None else etree.Element(q("comments"), nsmap={"w": W})
    ids = count(1 + max((int(each.get(q("id"), "0")) for each in root if each.get(q("id"), "").isdecimal()), default=0))
    found, homeless = elements(parts, source), []
    for comment in comments:
        paragraph = next(_able(found[block] for block in comment.blocks if block < len(found)), None)
        if paragraph is None:
            homeless.append(comment)
            continue
        id = str(next(ids))
        _mark(paragraph, id)
        root.append(_comment(id, comment.lines))
    changed = {main: _serialised(parts.body.getroottree().getroot())}
    if not where:
        where = _free_name(content, main)
        changed |= dict(_registered(content, main, where))
    changed[where] = _serialised(root)
    return _replaced(content, changed), homeless


def _free_name(content: bytes, main: str) -> str:
    """A name for the comments part beside the document that no part has, whatever it is."""
    folder = main.rpartition("/")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        taken = {name.lower() for name in package.namelist()}
    names = (f"{folder}/comments{number or ''}.xml".lstrip("/") for number in count())
    return next(name for name in names if name.lower() not in taken)


def _able(several: Iterable[object]) -> Iterator[etree._Element]:
    """Paragraphs of the body that may bear a comment."""
    for element in several:
        if not isinstance(element, etree._Element):
            continue
        paragraph = element if element.tag == q("p") else next(element.iter(q("p")), None)
        if paragraph is None:
            continue
        above = {each.tag for each in paragraph.iterancestors()}
        if q("txbxContent") not in above and q("body") in above:
            yield paragraph


def _mark(paragraph: etree._Element, id: str) -> None:
    """The range of a comment around all that a paragraph holds."""
    properties = paragraph.find(q("pPr"))
    start = etree.Element(q("commentRangeStart"), {q("id"): id})
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(etree.Element(q("commentRangeEnd"), {q("id"): id}))
    run = etree.SubElement(paragraph, q("r"))
    etree.SubElement(run, q("commentReference"), {q("id"): id})


def _comment(id: str, lines: Sequence[str]) -> etree._Element:
    comment = etree.Element(q("comment"), {q("id"): id, q("author"): _AUTHOR, q("initials"): _INITIALS})
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, q("p")), q("r")), q("t"))
        text.text = clean(line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment


def _registered(content: bytes, main: str, part: str) -> Iterator[tuple[str, bytes]]:
    """The list of types and the relationships with the new part in them."""
    folder, _, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types = etree.fromstring(package.read("[Content_Types].xml"), _parser())
        rels = (
            etree.fromstring(package.read(relations), _parser())
            if relations in package.namelist()
            else etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
        )
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_CONTENT_TYPE)
    taken = {each.get("Id") for each in rels}
    id = next(name for number in count(1) if (name := f"rIdGri{number}") not in taken)
    etree.SubElement(rels, f"{{{_RELATIONS}}}Relationship", Id=id, Type=_COMMENTS, Target=part.rpartition("/")[2])
    yield "[Content_Types].xml", _serialised(types)
    yield relations, _serialised(rels)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _replaced(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed or added; all others as they are, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.infolist():
            part = changed.pop(entry.filename) if entry.filename in changed else package.read(entry)
            target.writestr(entry, part, entry.compress_type)
        for name, part in changed.items():
            fixed = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, part)
    return out.getvalue()
