"""HTML reports.

Carriers: visible text, ``data-gri="302-1 302-3"`` on any element, comments
``<!-- gri: 302-1 -->``. Sections are the headings h1 to h6; there are no pages.
Scripts, styles, navigation and hidden elements hold no text. Source: HTML Living Standard.
"""

import re
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from gri_index.errors import InputError
from gri_index.language.frameworks import carriers
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker, carried, web_address
from gri_index.readers.spans import SpanGrid
from gri_index.readers.text import decode

_SILENT = frozenset(("script", "style", "template", "noscript", "head", "svg", "object", "iframe", "textarea", "select"))
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i kbd label mark q s samp small span strong sub sup time u var wbr ins del img".split()
)
_APART = frozenset(
    ("a", "em", "i", "b", "strong", "mark", "small", "span")
)  # elements that set a tag apart when it is all they hold
_HEADING = re.compile(r"h[1-6]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENT = re.compile(rf"^\s*({carriers()})\s*:\s*(.*?)\s*$", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(rf"data-({carriers()})")
_CHARSET = re.compile(rb"<meta[^>]+charset|<\?xml[^>]+encoding", re.IGNORECASE)
_SENTINEL = "gri-index-end"  # stands behind the file's last byte: a parser that gives up early never meets it


def read(content: bytes, source: Source) -> Report:
    """The report in an HTML file. Raises InputError where it cannot be read whole."""
    if b"\x00" in content[:2048] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{source.name}: not an HTML file", hint="Name the report in its own format, such as .docx or .pdf.")
    assembly = Assembly(source)
    if not _CHARSET.search(content[:4096]):
        text, problem = decode(content, source.name)
        content = text.encode()
        if problem:
            assembly.problem(source.name, problem[0], **dict(problem[1:]))
    root = parse_html(content, source.name)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    titled = root.find(".//title")
    if titled is not None and (title := " ".join((titled.text or "").split())):
        assembly.source = replace(assembly.source, title=title)
    HtmlWalker(assembly).walk(root)
    report = assembly.finish()
    if language and not report.sources[0].language:
        report = replace(report, sources=(replace(report.sources[0], language=language),))
    return report


def parse_html(content: bytes, name: str) -> etree._Element:
    """The tree of a page or of a part of one. Raises InputError where it cannot be read whole."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content, encoding = content.decode("utf-16", errors="replace").encode(), "utf-8"
    else:
        encoding = "" if _CHARSET.search(content[:4096]) else "utf-8"
    parser = lxml_html.HTMLParser(encoding=encoding or None, huge_tree=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(content + f'<p id="{_SENTINEL}"></p>'.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputError(f"{name}: no HTML can be read from it", hint="Open it in a browser and save it again.") from None
    if root.xpath(f"//p[@id='{_SENTINEL}']") == []:
        raise InputError(
            f"{name}: too deeply nested or cut short; only a part could be read", hint="Save it from a browser, or simplify it."
        )
    return root


def _span(element: etree._Element, name: str) -> int:
    """How many rows or columns a cell reaches over."""
    text = element.get(name, "1").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else 1


class HtmlWalker:
    """Goes through the tree without recursion: real pages nest deeply."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[tuple[int, int]] = []
        self.opened: list[int] = []
        self.markers: list[Marker] = []
        self.cells: list[tuple[str, int, int]] | None = None
        self.grids: list[SpanGrid] = []  # of the tables that are open
        self.level = 0
        self.kind = BlockKind.BODY
        self.anchor: str | None = None
        self.tables = 0
        self.contents = 0
        self.links: list[str] = []

    def walk(self, root: etree._Element) -> None:
        skipping: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
            if skipping is not None:
                if event == "end" and element is skipping:
                    skipping = None
                    self._say(element.tail)
                continue
            if event == "comment":
                self._comment(element)
            elif event == "start":
                if self._silent(element):
                    skipping = element
                else:
                    self._start(element)
            else:
                self._end(element)
        self._flush()

    @staticmethod
    def _silent(element: etree._Element) -> bool:
        return element.tag in _SILENT or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None

    def _comment(self, element: etree._Element) -> None:
        match = _COMMENT.match(element.text or "")
        if match:
            self.markers.append(carried(Carrier.COMMENT, *match.groups()))
        self._say(element.tail)

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag not in _INLINE and tag != "br":
            self._flush_unless_cell()
        for name, value in element.items():
            if value and (match := _DATA.fullmatch(str(name))):
                self.markers.append(carried(Carrier.ATTRIBUTE, match[1], str(value)))
        if tag == "br":
            self._say("\n")
        elif tag == "table":
            self.tables += 1
            self.grids.append(SpanGrid())
        elif tag == "tr":
            self.cells = []
        elif tag == "nav":
            self.contents += 1
        elif _HEADING.fullmatch(tag):
            self.level, self.kind = int(tag[1]), BlockKind.HEADING
        elif tag in ("caption", "figcaption"):
            self.kind = BlockKind.CAPTION
        self.anchor = element.get("id") or self.anchor
        if tag == "a" and (address := web_address(element.get("href"))):
            self.links.append(address)
        if tag in _APART:
            self.opened.append(self.length)
        self._say(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _APART and self.opened:
            self.spans.append((min(self.opened.pop(), self.length), self.length))
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append((self._take(), _span(element, "rowspan"), _span(element, "colspan")))
        elif tag == "tr":
            self._row()
        elif tag == "table":
            self.grids.pop()
        elif tag not in _INLINE:
            self._flush_unless_cell()
            if tag == "nav":
                self.contents -= 1
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text:
            folded = re.sub(r"[ \t\r\n]+", " ", text) if text != "\n" else text
            self.parts.append(folded)
            self.length += len(folded)

    def _taken_links(self) -> tuple[str, ...]:
        links, self.links = tuple(self.links), []
        return links

    def _take(self) -> str:
        text = "".join(self.parts)
        self.parts, self.length, self.spans, self.opened = [], 0, [], []
        return text.strip()

    def _row(self) -> None:
        grid = self.grids[-1] if self.grids else SpanGrid()
        (cells, carried), self.cells = grid.row(self.cells or ()), None
        self._take()
        if any(cells) or self.markers:
            item = self.assembly.add(
                BlockKind.TABLE,
                " | ".join(cells),
                cells=cells,
                carried=carried,
                table=self.tables,
                contents=self.contents > 0,
                links=self._taken_links(),
            )
            item.markers, self.markers = self.markers, []

    def _flush_unless_cell(self) -> None:
        if self.cells is not None:  # blocks inside a cell are lines of it
            if self.parts and self.parts[-1] != "\n":
                self._say("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        lead = len("".join(self.parts)) - len("".join(self.parts).lstrip())
        spans = [(start - lead, end - lead) for start, end in self.spans]
        text = self._take()
        if text:
            item = self.assembly.add(
                self.kind,
                text,
                level=self.level,
                spans=spans,
                anchor=self.anchor,
                contents=self.contents > 0,
                links=self._taken_links(),
            )
            item.markers, self.markers = self.markers, []
            self.anchor = None
        if text or self.kind is not BlockKind.HEADING:
            self.level, self.kind = 0, BlockKind.BODY
