"""Comments put into an author's Word file; whatever else it holds stays as it is, byte for byte in each other part.

The document part gets the marks of the comments and nothing else; the comments part gets
the comments, and is made where there is none.
Source: ISO 29500-1, 17.13.4 (comments).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from gri_index.language.text import clean
from gri_index.model.report import Source
from gri_index.ooxml import W
from gri_index.readers.word import elements
from gri_index.readers.word_styles import q
from gri_index.writers.word_package import WordPackage

AUTHOR, _INITIALS = "gri-index", "GRI"


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment: the blocks of the report where it may stand, the first that can bear one is taken, and its lines."""

    blocks: Sequence[int]
    lines: Sequence[str]


def add_comments(content: bytes, source: Source, comments: Iterable[NewComment]) -> tuple[bytes, list[NewComment]]:
    """(the file with the comments, those for which no place can bear one: footnotes and text boxes cannot).

    Raises InputError where the file is no Word file, or one in the strict format.
    """
    package = WordPackage(content, source.name)
    root = package.part("comments")
    root = root if root is not None else etree.Element(q("comments"), nsmap={"w": W})
    ids = count(1 + max((int(each.get(q("id"), "0")) for each in root if each.get(q("id"), "").isdecimal()), default=0))
    found, homeless = elements(package.parts, source), []
    for comment in comments:
        paragraph = next(_able(found[block] for block in comment.blocks if block < len(found)), None)
        if paragraph is None:
            homeless.append(comment)
            continue
        id = str(next(ids))
        _mark(paragraph, id)
        root.append(_comment(id, comment.lines))
    package.put_body()
    if len(root):
        package.put("comments", root)
    return package.save(), homeless


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
    comment = etree.Element(q("comment"), {q("id"): id, q("author"): AUTHOR, q("initials"): _INITIALS})
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, q("p")), q("r")), q("t"))
        text.text = clean(line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment
