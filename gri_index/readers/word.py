"""Word reports (.docx).

Carriers: visible and hidden text, comments, content controls (w:tag), bookmarks
``GRI_302_1``, index entry fields ``XE "GRI 302-1"``; in headings, paragraphs, tables,
text boxes, footnotes. Tracked insertions count, deletions do not. Pages are those of
the last layout that Word saved (w:lastRenderedPageBreak).
Source: ISO 29500-1, clause 17.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gri_index.errors import InputError
from gri_index.language.lexicon import any_of
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.ooxml import W, open_package, read_part
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker
from gri_index.readers.word_pages import PageCounter
from gri_index.readers.word_styles import Styles, q

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BOOKMARK = re.compile(r"^GRI_(?P<codes>[A-Za-z0-9_]+?)(?:__\d+)?$", re.IGNORECASE)
_ENTRY = re.compile(r'^\s*XE\s+["“”](?P<entry>[^"“”]*)["“”]', re.IGNORECASE)
_CAPTION = re.compile(rf"^\s*{any_of('chart')}\s?\d")
_DELETED = frozenset({q("del"), q("moveFrom")})
_TRANSPARENT = frozenset({q(n) for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "sdtContent")})
_TEXT_BOX = q("txbxContent")


def read(content: bytes, source: Source) -> Report:
    """The report in a Word file. Raises InputError where it is none."""
    package = open_package(content, source.name, "a Word document")
    main = _main_part(package, source.name)
    document = read_part(package, main, source.name)
    body = document.find(q("body")) if document is not None else None
    if body is None:
        raise InputError(
            f"{source.name}: not a Word document ({main} is missing or has no body)", hint="Open and save it again in Word."
        )
    folder = main.rpartition("/")[0]
    styles = Styles(read_part(package, f"{folder}/styles.xml", source.name))
    styles.learn_looks(body)
    notes = {
        kind: _notes(read_part(package, f"{folder}/{kind}s.xml", source.name), kind)
        for kind in ("comment", "footnote", "endnote")
    }
    assembly = Assembly(source)
    pages = PageCounter(body, assembly)
    _Walker(assembly, styles, notes, pages).container(body)
    return assembly.finish()


def _main_part(package: zipfile.ZipFile, name: str) -> str:
    """The part that the package names as its document (ISO 29500-1, 11.3.10)."""
    relations = read_part(package, "_rels/.rels", name)
    for relation in relations.iter(_REL) if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {note.get(q("id"), ""): note for note in root.iterfind(q(kind)) if note.get(q("type"), "normal") == "normal"}


@dataclass(slots=True)
class _Paragraph:
    """What one paragraph gathers while its runs are walked over."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    hidden: list[str] = field(default_factory=list)  # stretches of hidden text
    in_hidden: bool = False
    markers: list[Marker] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)

    def say(self, text: str, hidden: bool) -> None:
        if hidden:
            if self.in_hidden:
                self.hidden[-1] += text
            else:
                self.hidden.append(text)
        else:
            self.parts.append(text)
            self.length += len(text)
        self.in_hidden = hidden

    def turn(self, page: int | None) -> int | None:
        """The page the paragraph stands on: the next one where a break precedes its text.

        What stands before that break (bookmarks, starts of comments) goes with the text.
        """
        text = "".join(self.parts)
        if not self.breaks or text[: self.breaks[0][0]].strip():
            return page
        turned = self.breaks[0][1]
        self.markers = [
            replace(marker, page=turned) if marker.page is not None and marker.page < turned else marker
            for marker in self.markers
        ]
        return turned


class _Walker:
    """Walks over the document in reading order."""

    def __init__(
        self, assembly: Assembly, styles: Styles, notes: dict[str, dict[str, etree._Element]], pages: PageCounter
    ) -> None:
        self.assembly, self.styles, self.notes, self.pages = assembly, styles, notes, pages
        self.pending: list[Marker] = []  # carriers that stand between paragraphs
        self.seen_comments: set[str] = set()
        self.fields: list[str] = []  # instructions of the open complex fields
        self.instructing: list[bool] = []
        self.tables = 0
        self.above: list[str] = []  # the cells of the row above
        self.contents = 0  # depth of tables of contents

    # ── blocks ──

    def container(self, element: etree._Element, kind: BlockKind = BlockKind.BODY) -> None:
        """Anything that holds paragraphs and tables."""
        for child in element:
            if child.tag == q("p"):
                self._paragraph(child, kind)
            elif child.tag == q("tbl"):
                self._table(child)
            elif child.tag == q("sdt"):
                self._control(child, lambda content: self.container(content, kind))
            elif child.tag in _TRANSPARENT:
                self.container(child, kind)
            elif child.tag == f"{_MC}AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self.container(chosen, kind)
            elif child.tag == q("altChunk"):
                self.assembly.problem(self.assembly.source.name, "part-embedded")
            else:
                self._carrier(child, self.pending)

    def _control(self, control: etree._Element, walk: object) -> None:
        """A content control: its w:tag is a carrier, its gallery may be a table of contents."""
        properties, content = control.find(q("sdtPr")), control.find(q("sdtContent"))
        is_contents = False
        if properties is not None:
            tag = properties.find(q("tag"))
            if tag is not None and tag.get(q("val")):
                self.pending.append(Marker(Carrier.CONTROL, tag.get(q("val"), ""), self.pages.number))
            gallery = properties.find(f"{q('docPartObj')}/{q('docPartGallery')}")
            is_contents = gallery is not None and "contents" in gallery.get(q("val"), "").lower()
        if content is not None:
            self.contents += is_contents
            walk(content)  # type: ignore[operator]
            self.contents -= is_contents

    def _paragraph(self, element: etree._Element, kind: BlockKind) -> None:
        page, in_contents = self.pages.number, self._in_contents(element)
        paragraph = self._gather(element)
        text = "".join(paragraph.parts)
        page = paragraph.turn(page)
        if text.strip() or paragraph.markers:
            level = self.styles.level(element) if text.strip() else 0
            if level:
                kind = BlockKind.HEADING
            elif kind is BlockKind.BODY and len(text) < 200 and _CAPTION.match(text):
                kind = BlockKind.CAPTION
            item = self.assembly.add(kind, text, level=level, breaks=paragraph.breaks)
            item.page, item.markers = page, paragraph.markers
            item.contents = in_contents or self._in_contents(element)
        self._attached(paragraph)
        self.pages.end_of_paragraph(element)

    def _attached(self, paragraph: _Paragraph) -> None:
        """Text boxes and notes of a paragraph follow it."""
        for box in paragraph.boxes:
            self.container(box, BlockKind.TEXT_BOX)
        for note in paragraph.notes:
            self.container(note, BlockKind.FOOTNOTE)

    def _in_contents(self, element: etree._Element) -> bool:
        """True inside a table of contents: its control, its field, or a paragraph in its style."""
        in_field = any(re.match(r"\s*TOC\b", instruction) for instruction in self.fields)
        return in_field or self.contents > 0 or self.styles.in_contents(element)

    # ── tables ──

    def _table(self, table: etree._Element) -> None:
        if any(self.styles.level(p) for p in table.iter(q("p"))):  # a table for layout: its cells are the page
            for cell in table.iter(q("tc")):
                if not any(a.tag == q("tc") for a in cell.iterancestors(q("tc"))):
                    self.container(cell)
            return
        self.tables += 1
        self.above = []
        self._rows(table, self.tables)

    def _rows(self, element: etree._Element, number: int) -> None:
        for child in element:
            if child.tag == q("tr"):
                self._row(child, number)
            elif child.tag == q("sdt"):
                self._control(child, lambda content: self._rows(content, number))
            elif child.tag in _TRANSPARENT:
                self._rows(child, number)

    def _row(self, row: etree._Element, number: int) -> None:
        properties = row.find(q("trPr"))
        if properties is not None and properties.find(q("del")) is not None:  # a tracked deletion of the row
            return
        page, whole = self.pages.number, _Paragraph()
        cells: list[str] = []
        carried: set[int] = set()
        for cell in _cells(row, self):
            if (above := self._above(cell, len(cells))) is not None:
                carried.add(len(cells))
                cells.append(above)
                continue
            texts: list[str] = []
            for paragraph in self._cell_paragraphs(cell):
                if not any(cells) and not any(texts):
                    page = paragraph.turn(page)
                texts.append("".join(paragraph.parts).strip())
                whole.markers += paragraph.markers
                whole.boxes += paragraph.boxes
                whole.notes += paragraph.notes
            cells.append("\n".join(text for text in texts if text))
        self.above = cells
        if any(cells) or whole.markers:
            item = self.assembly.add(
                BlockKind.TABLE, " | ".join(cells), cells=tuple(cells), table=number, carried=frozenset(carried)
            )
            item.page, item.markers = page, whole.markers
        self._attached(whole)
        for nested in row.iterfind(f"{q('tc')}/{q('tbl')}"):
            self._table(nested)

    def _above(self, cell: etree._Element, column: int) -> str | None:
        """The text that a cell merged downwards goes on with (ISO 29500-1, 17.4.84); None for a cell of its own."""
        merge = cell.find(f"{q('tcPr')}/{q('vMerge')}")
        goes_on = merge is not None and merge.get(q("val"), "continue") == "continue"
        return self.above[column] if goes_on and column < len(self.above) else None

    def _cell_paragraphs(self, element: etree._Element) -> Iterator[_Paragraph]:
        for child in element:
            if child.tag == q("p"):
                yield self._gather(child)
            elif child.tag == q("sdt"):
                gathered: list[_Paragraph] = []
                self._control(child, lambda content, into=gathered: into.extend(self._cell_paragraphs(content)))
                yield from gathered
            elif child.tag in _TRANSPARENT:
                yield from self._cell_paragraphs(child)
            elif child.tag != q("tbl"):
                self._carrier(child, self.pending)

    # ── runs ──

    def _gather(self, element: etree._Element) -> _Paragraph:
        paragraph = _Paragraph()
        self._runs(element, paragraph)
        paragraph.markers = self.pending + paragraph.markers
        self.pending = []
        for text in paragraph.hidden:
            if text.strip():
                paragraph.markers.append(Marker(Carrier.HIDDEN, text.strip(), None))
        return paragraph

    def _runs(self, element: etree._Element, paragraph: _Paragraph) -> None:
        for child in element:
            if child.tag == q("r"):
                self._run(child, paragraph)
            elif child.tag in _DELETED:
                continue
            elif child.tag == q("sdt"):
                self._control(child, lambda content: self._runs(content, paragraph))
            elif child.tag == q("fldSimple"):
                self._instruction(child.get(q("instr"), ""), paragraph)
                self._runs(child, paragraph)
            elif child.tag in _TRANSPARENT:
                self._runs(child, paragraph)
            elif child.tag == f"{_MC}AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self._runs(chosen, paragraph)
            elif (
                not self._carrier(child, paragraph.markers)
                and isinstance(child.tag, str)
                and not child.tag.startswith(f"{{{W}}}")
            ):
                self._foreign(child, paragraph)

    def _foreign(self, element: etree._Element, paragraph: _Paragraph) -> None:
        """Equations count as text."""
        text = "".join(e.text or "" for e in element.iter() if isinstance(e.tag, str) and e.tag.endswith("}t"))
        paragraph.say(text, False)

    def _run(self, run: etree._Element, paragraph: _Paragraph) -> None:
        hidden = self.styles.hidden(run)
        for child in run:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "t":
                if not (self.instructing and self.instructing[-1]):
                    paragraph.say(child.text or "", hidden)
            elif name == "tab":
                paragraph.say("\t", hidden)
            elif name in ("br", "cr"):
                self.pages.explicit_break(child)
                paragraph.say("\n", hidden)
            elif name == "noBreakHyphen":
                paragraph.say("-", hidden)
            elif name == "lastRenderedPageBreak":
                self.pages.rendered_break()
                paragraph.breaks.append((paragraph.length, self.pages.number or 0))
            elif name == "fldChar":
                self._field(child.get(q("fldCharType"), ""), paragraph)
            elif name == "instrText":
                if self.fields:
                    self.fields[-1] += child.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                note = self.notes[name.removesuffix("Reference")].get(child.get(q("id"), ""))
                if note is not None:
                    paragraph.notes.append(note)
            elif name == "commentReference":
                self._comment(child, paragraph.markers)
            elif name == "AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self._boxes(chosen, paragraph)
            elif name in ("drawing", "pict", "object"):
                self._boxes(child, paragraph)

    def _boxes(self, element: etree._Element, paragraph: _Paragraph) -> None:
        """Text boxes; one inside another is met when its outer one is walked over."""
        for box in element.iter(_TEXT_BOX):
            fallback = any(a.tag == f"{_MC}Fallback" for a in box.iterancestors())
            nested = any(a.tag == _TEXT_BOX for a in box.iterancestors() if a is not element and element in a.iterancestors())
            if not (fallback and element.tag != f"{_MC}Fallback") and not nested:
                paragraph.boxes.append(box)

    def _field(self, kind: str, paragraph: _Paragraph) -> None:
        """Complex fields: begin, instruction, separate, result, end (ISO 29500-1, 17.16.18)."""
        if kind == "begin":
            self.fields.append("")
            self.instructing.append(True)
        elif kind == "separate" and self.fields:
            self.instructing[-1] = False
        elif kind == "end" and self.fields:
            self.instructing.pop()
            self._instruction(self.fields.pop(), paragraph)

    def _instruction(self, text: str, paragraph: _Paragraph) -> None:
        entry = _ENTRY.match(text)
        if entry:  # "GRI:GRI 302-1" is a main entry with a sub-entry
            marker = entry["entry"].rpartition(":")[2] if "GRI" in entry["entry"].rpartition(":")[2] else entry["entry"]
            paragraph.markers.append(Marker(Carrier.INDEX_FIELD, marker.replace("GRI:", "GRI "), self.pages.number))

    def _carrier(self, element: etree._Element, into: list[Marker]) -> bool:
        """Bookmarks and starts of comments; False for anything else."""
        if element.tag == q("bookmarkStart"):
            match = _BOOKMARK.match(element.get(q("name"), ""))
            if match:
                into.append(Marker(Carrier.BOOKMARK, f"GRI {match['codes'].replace('_', '-')}", self.pages.number))
            return True
        if element.tag == q("commentRangeStart"):
            self._comment(element, into)
            return True
        return isinstance(element.tag, str) and element.tag.startswith(f"{{{W}}}")

    def _comment(self, element: etree._Element, into: list[Marker]) -> None:
        """A comment marks the place where its range starts, or stands alone."""
        id = element.get(q("id"), "")
        comment = self.notes["comment"].get(id)
        if comment is None or id in self.seen_comments:
            return
        self.seen_comments.add(id)
        text = "\n".join("".join(t.text or "" for t in p.iter(q("t"))) for p in comment.iter(q("p"))).strip()
        if text:
            into.append(Marker(Carrier.COMMENT, text, self.pages.number))


def _cells(row: etree._Element, walker: _Walker) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == q("tc"):
            yield child
        elif child.tag == q("sdt"):
            found: list[etree._Element] = []
            walker._control(child, lambda content, into=found: into.extend(_cells(content, walker)))
            yield from found
        elif child.tag in _TRANSPARENT:
            yield from _cells(child, walker)


def _choice(element: etree._Element) -> etree._Element | None:
    """The newer of the two forms that Word writes of the same thing (ISO 29500-3, 7.5)."""
    chosen = element.find(f"{_MC}Choice")
    return chosen if chosen is not None else element.find(f"{_MC}Fallback")
