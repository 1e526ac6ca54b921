"""Word reports (.docx).

Carriers: visible and hidden text, comments, content controls (w:tag), bookmarks
``GRI_302_1``, index entry fields ``XE "GRI 302-1"``; in headings, paragraphs, tables,
text boxes, footnotes. Tracked insertions count, deletions do not. Pages are those of
the last layout that Word saved (w:lastRenderedPageBreak).
Source: ISO 29500-1, clause 17.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gri_index.language.lexicon import any_of
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.ooxml import W
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker, web_address
from gri_index.readers.word_pages import PageCounter
from gri_index.readers.word_parts import WordParts, note_text, read_parts
from gri_index.readers.word_styles import Styles, q

INDEX_MARK = "GRI_INDEX"  # tag of a content control, and name of a bookmark, around the index that the report prints
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOOKMARK = re.compile(r"^GRI_(?P<codes>[A-Za-z0-9_]+?)(?:__\d+)?$", re.IGNORECASE)
ENTRY = re.compile(r'^\s*XE\s+["“”](?P<entry>[^"“”]*)["“”]', re.IGNORECASE)
_LINK = re.compile(r'^\s*HYPERLINK\s+"(?P<target>[^"]*)"', re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CAPTION = re.compile(rf"^\s*{any_of('chart')}\s?\d")
DELETED = frozenset({q("del"), q("moveFrom")})
_TRANSPARENT = frozenset({q(n) for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "sdtContent")})
_TEXT_BOX = q("txbxContent")


def read(content: bytes, source: Source) -> Report:
    """The report in a Word file. Raises InputError where it is none."""
    return _walked(read_parts(content, source.name), source).finish()


def elements(parts: WordParts, source: Source) -> list[object]:
    """The paragraph or table row that each block of the report was read from, by the block's id."""
    return [item.element for item in _walked(parts, source).items]


def _walked(parts: WordParts, source: Source) -> Assembly:
    styles = Styles(parts.styles)
    styles.learn_looks(parts.body)
    assembly = Assembly(source)
    if "LibreOffice" in parts.program and next(parts.body.iter(q("sdt")), None) is None:
        assembly.problem(source.name, "controls-dropped")
    pages = PageCounter(parts.body, assembly)
    _Walker(assembly, styles, parts, pages).container(parts.body)
    return assembly


@dataclass(slots=True)
class _Paragraph:
    """What one paragraph gathers while its runs are walked over."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    hidden: list[str] = field(default_factory=list)  # stretches of hidden text
    struck: list[str] = field(default_factory=list)  # runs that are struck through
    in_hidden: bool = False
    markers: list[Marker] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # web addresses behind its words

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


@dataclass(slots=True)
class _Row:
    """What one row of a table gathers while its cells are walked over."""

    page: int | None  # that it stands on
    cells: list[str] = field(default_factory=list)
    carried: set[int] = field(default_factory=set)  # cells that go on from the row above
    breaks: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # cell -> (offset, page that begins there)
    whole: _Paragraph = field(default_factory=_Paragraph)  # markers, text boxes, notes of all cells
    moved: bool = False  # by the cell read last: a page begins before the row's first text

    def cell(self, paragraphs: list[_Paragraph]) -> None:
        """Adds a cell by its paragraphs, a line each."""
        text, column, page = "", len(self.cells), self.page
        for paragraph in paragraphs:
            if not text and not any(self.cells):
                self.page = paragraph.turn(self.page)
            line = "".join(paragraph.parts)
            begin, lead = len(text) + bool(text), len(line) - len(line.lstrip())
            breaks = [(max(begin, begin + offset - lead), turned) for offset, turned in paragraph.breaks]
            self.breaks.setdefault(column, []).extend(breaks)
            text = f"{text}\n{line.strip()}" if text and line.strip() else text or line.strip()
            self.whole.markers += paragraph.markers
            self.whole.boxes += paragraph.boxes
            self.whole.notes += paragraph.notes
            self.whole.struck += paragraph.struck
            self.whole.links += paragraph.links
        self.cells.append(text)
        self.moved = self.page != page


class _Walker:
    """Walks over the document in reading order."""

    def __init__(self, assembly: Assembly, styles: Styles, parts: WordParts, pages: PageCounter) -> None:
        self.assembly, self.styles, self.pages = assembly, styles, pages
        self.notes, self.targets = parts.notes, parts.targets
        self.pending: list[Marker] = []  # carriers that stand between paragraphs
        self.seen_comments: set[str] = set()
        self.seen_notes: set[int] = set()
        self.fields: list[str] = []  # instructions of the open complex fields
        self.instructing: list[bool] = []
        self.tables = 0
        self.above: list[str] = []  # the cells of the row above
        self.contents = 0  # depth of tables of contents
        self.held: _Paragraph | None = None  # its mark is deleted: the next paragraph goes on with it

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
            elif child.tag == f"{MC}AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self.container(chosen, kind)
            elif child.tag == q("altChunk"):
                self.assembly.problem(self.assembly.source.name, "part-embedded")
            else:
                self._carrier(child, self.pending)

    def _control(self, control: etree._Element, walk: object, into: list[Marker] | None = None) -> None:
        """A content control: its w:tag is a carrier, its gallery may be a table of contents. ``into``: of the paragraph around it."""
        properties, content = control.find(q("sdtPr")), control.find(q("sdtContent"))
        is_contents = False
        if properties is not None:
            tag = properties.find(q("tag"))
            if tag is not None and tag.get(q("val"), "").upper() not in ("", INDEX_MARK):
                (self.pending if into is None else into).append(Marker(Carrier.CONTROL, tag.get(q("val"), ""), self.pages.number))
            gallery = properties.find(f"{q('docPartObj')}/{q('docPartGallery')}")
            is_contents = gallery is not None and "contents" in gallery.get(q("val"), "").lower()
        if content is not None:
            self.contents += is_contents
            walk(content)  # type: ignore[operator]
            self.contents -= is_contents

    def _paragraph(self, element: etree._Element, kind: BlockKind) -> None:
        page, in_contents = self.pages.number, self._in_contents(element)
        paragraph = self._gather(element)
        if self._goes_on(element):
            self.held = paragraph
            return
        text = "".join(paragraph.parts)
        page = paragraph.turn(page)
        if text.strip() or paragraph.markers:
            level = self.styles.level(element) if text.strip() else 0
            if level:
                kind = BlockKind.HEADING
            elif kind is BlockKind.BODY and len(text) < 200 and _CAPTION.match(text):
                kind = BlockKind.CAPTION
            item = self.assembly.add(kind, text, level=level, breaks=paragraph.breaks)
            item.page, item.markers, item.struck = page, paragraph.markers, tuple(paragraph.struck)
            item.links, item.element = tuple(paragraph.links), element
            item.contents = in_contents or self._in_contents(element)
            if self.styles.is_title(element) and not self.assembly.source.title:
                self.assembly.source = replace(self.assembly.source, title=item.text.strip())
        self._attached(paragraph)
        self.pages.end_of_paragraph(element)

    @staticmethod
    def _goes_on(element: etree._Element) -> bool:
        """True where a tracked change deleted the paragraph's mark, and another paragraph follows (ISO 29500-1, 17.13.5.15)."""
        mark = element.find(f"{q('pPr')}/{q('rPr')}")
        gone = mark is not None and any(mark.find(name) is not None for name in DELETED)
        return gone and next(element.itersiblings(q("p")), None) is not None

    def _attached(self, paragraph: _Paragraph) -> None:
        """Text boxes and notes of a paragraph follow it."""
        for box in paragraph.boxes:
            self.container(box, BlockKind.TEXT_BOX)
        for note in paragraph.notes:
            if id(note) not in self.seen_notes:  # one that refers to itself, or is referred to twice
                self.seen_notes.add(id(note))
                self.container(note, BlockKind.FOOTNOTE)

    def _in_contents(self, element: etree._Element) -> bool:
        """True inside a table of contents: its control, its field, or a paragraph in its style."""
        in_field = any(re.match(r"\s*TOC\b", instruction) for instruction in self.fields)
        return in_field or self.contents > 0 or self.styles.in_contents(element)

    # ── tables ──

    def _table(self, table: etree._Element) -> None:
        if any(self.styles.level(p) for p in table.iter(q("p"))):  # a table for layout: its cells are the page
            self._layout(table)
            return
        self.tables += 1
        self.above = []
        self._rows(table, self.tables)

    def _layout(self, element: etree._Element) -> None:
        """A table that lays out the page: each cell is text of its own."""
        for child in element:
            if child.tag == q("tr"):
                with self.pages.side_by_side() as cell_begins:
                    for cell in _cells(child, self):
                        cell_begins()
                        self.container(cell)
            elif child.tag == q("sdt"):
                self._control(child, self._layout)
            elif child.tag in _TRANSPARENT:
                self._layout(child)

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
        found = _Row(self.pages.number)
        with self.pages.side_by_side() as cell_begins:
            for cell in _cells(row, self):
                cell_begins()
                if (above := self._above(cell, len(found.cells))) is not None:
                    found.carried.add(len(found.cells))
                    found.cells.append(above)
                    continue
                found.cell(list(self._cell_paragraphs(cell)))
                if found.moved:  # the row as a whole stands on the next page
                    self.pages.row_moved(found.page)
        self.above = found.cells
        if any(found.cells) or found.whole.markers or found.whole.struck:
            item = self.assembly.add(
                BlockKind.TABLE, " | ".join(found.cells), cells=tuple(found.cells), table=number, carried=frozenset(found.carried)
            )
            item.page, item.markers, item.cell_breaks = found.page, found.whole.markers, found.breaks
            item.struck, item.links, item.element = tuple(found.whole.struck), tuple(found.whole.links), row
        self._attached(found.whole)
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
        paragraph, self.held = self.held or _Paragraph(), None
        paragraph.markers += self.pending
        self.pending = []
        self._runs(element, paragraph)
        paragraph.markers += [Marker(Carrier.HIDDEN, text.strip(), None) for text in paragraph.hidden if text.strip()]
        paragraph.hidden = []
        return paragraph

    def _runs(self, element: etree._Element, paragraph: _Paragraph) -> None:
        for child in element:
            if child.tag == q("r"):
                self._run(child, paragraph)
            elif child.tag in DELETED:
                continue
            elif child.tag == q("sdt"):
                self._control(child, lambda content: self._runs(content, paragraph), paragraph.markers)
            elif child.tag == q("fldSimple"):
                self._instruction(child.get(q("instr"), ""), paragraph)
                self._runs(child, paragraph)
            elif child.tag in _TRANSPARENT:
                if address := web_address(self.targets.get(child.get(_RELATION, ""))):
                    paragraph.links.append(address)
                self._runs(child, paragraph)
            elif child.tag == f"{MC}AlternateContent":
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
        hidden, struck = self.styles.hidden(run), self.styles.struck(run)
        for child in run:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "t":
                if struck:
                    paragraph.struck.append(child.text or "")
                elif not (self.instructing and self.instructing[-1]):
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
            fallback = any(a.tag == f"{MC}Fallback" for a in box.iterancestors())
            nested = any(a.tag == _TEXT_BOX for a in box.iterancestors() if a is not element and element in a.iterancestors())
            if not (fallback and element.tag != f"{MC}Fallback") and not nested:
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
        entry = ENTRY.match(text)
        if entry:  # "GRI:GRI 302-1" is a main entry with a sub-entry
            marker = entry["entry"].rpartition(":")[2] if "GRI" in entry["entry"].rpartition(":")[2] else entry["entry"]
            paragraph.markers.append(Marker(Carrier.INDEX_FIELD, marker.replace("GRI:", "GRI "), self.pages.number))
        elif (link := _LINK.match(text)) and (address := web_address(link["target"])):
            paragraph.links.append(address)

    def _carrier(self, element: etree._Element, into: list[Marker]) -> bool:
        """Bookmarks and starts of comments; False for anything else."""
        if element.tag == q("bookmarkStart"):
            match = BOOKMARK.match(element.get(q("name"), ""))
            if match and element.get(q("name"), "").upper() != INDEX_MARK:
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
        if text := note_text(comment):
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
    chosen = element.find(f"{MC}Choice")
    return chosen if chosen is not None else element.find(f"{MC}Fallback")
