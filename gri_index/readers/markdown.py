"""Markdown reports: authors' own, and those that converters made of PDF.

Carriers: visible text, heading attributes ``{gri="302-1"}``, comments
``<!-- gri: 302-1 -->``, front matter ``gri: 2-1, 2-2``. Page marks: ``{12}-----``
(0-based where a page 0 exists), ``## Page 12``, ``<!-- page: 12 -->``.
Grammar of the format: CommonMark 0.31 with pipe tables.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gri_index.language.frameworks import carriers
from gri_index.language.lexicon import any_of
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.readers.assembly import Assembly
from gri_index.readers.html import HtmlWalker, parse_html
from gri_index.readers.items import Marker, carried, web_address
from gri_index.readers.text import decode

_PAGE_MARK = re.compile(
    r"^(?:\{(?P<brace>\d{1,5})\}-{3,}"
    r"|<!--\s*page[:=]?\s*(?P<comment>\d{1,5})(?:\s+(?:of|/)\s+\d{1,5})?\s*-->"
    r"|-{3,}\s*page\s+(?P<rule>\d{1,5})\s*-{3,}"
    r"|-{3,}\s*end of page[\w.]*\s*=\s*(?P<end>\d{1,5})\s*-{3,}"
    r"|(?P<turn><!?--\s*page[\s_-]*break\s*-->|\\(?:newpage|pagebreak)"
    r"|<div\s[^<>\n]{0,40}page-break-(?:after|before):\s*always[^<>\n]{0,20}>\s*</div>)"
    rf"|#{{1,6}}\s+{any_of('page')}\s*(?P<heading>\d{{1,5}})\s*{any_of('page-behind')}?"
    r")[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4}){0,2}")
_CARRIED = rf"\b({carriers()})\s*=\s*[\"“”']([^\"“”'{{}}]*)[\"“”']"
_ATTRIBUTE = re.compile(rf"\s*\{{[^{{}}\n]*{_CARRIED}[^{{}}\n]*\}}\s*$", re.IGNORECASE)
# Attributes of a heading as Pandoc and kramdown write them: {#id .class key=value}, {-}
_ATTRIBUTES = re.compile(
    r"\s*\{:?\s*(?:(?:[#.][\w:.-]+|-|[\w-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+))(?:\s+|(?=\})))+\}(?=\s*$|\s*[\[(【（])"
)
_STYLED = re.compile(r"\[([^\[\]]*)\](?=\{[.#][^{}\n]*\})\{[^{}\n]*\}")  # [Energy]{.smallcaps}
_TITLE_NOTE = re.compile(r"\s*\^\[[^\[\]]*\]")  # a note that Pandoc prints at the foot
_CLOSING_HASHES = re.compile(r"\s+#+\s*$")
_COMMENT = re.compile(rf"<!--\s*({carriers()})\s*:\s*(.*?)\s*-->", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"^\s*Image\s+\S+.{0,40}description:", re.IGNORECASE)
_CAPTION = re.compile(rf"^\s*{any_of('chart')}\s?\d")
_ANCHOR = re.compile(r"<(?:span|a)\s[^>]*\b(?:id|name)=[\"']([^\"']+)[\"']", re.IGNORECASE)

_MUCH, _MOST_MARKS = 50_000, 0.15  # characters of one paragraph; share of marks that no text has
_MARKS = re.compile(r"[\[\]*_`<&\\!]")
_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=]+")  # a picture inside the text


def read(content: bytes, source: Source) -> Report:
    """The report in a Markdown file. Raises InputError where the file is no text."""
    text, problem = decode(content, source.name)
    assembly = Assembly(source)
    if problem:
        assembly.problem(source.name, problem[0], **dict(problem[1:]))
    text = _whole_tables(_EMBEDDED.sub("", text))
    assembly.check_length(len(text))
    text = _front_matter(text, assembly)
    walker = _Walker(assembly)
    for page, part in _pages(text):
        if page is not None:
            assembly.page(page[0], page[1])
        for text, flood in _floods(part):
            if flood:
                assembly.add(BlockKind.BODY, text)
            else:
                walker.walk(text)
    return assembly.finish()


def _front_matter(text: str, assembly: Assembly) -> str:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text
    for line in match[1].splitlines():
        name, _, value = line.partition(":")
        if name.strip().casefold() == "gri" and value.strip():
            item = assembly.add(BlockKind.BODY, "")
            item.markers.append(Marker(Carrier.FRONT_MATTER, value.strip().strip("\"'[]")))
        elif name.strip().casefold() in ("lang", "language") and _LANGUAGE.fullmatch(value.strip().strip("\"'")):
            assembly.source = replace(assembly.source, language=value.strip().strip("\"'"))
        elif name.strip().casefold() == "title":
            assembly.source = replace(assembly.source, title=value.strip().strip("\"'"))
    return text[match.end() :]


def _pages(text: str) -> Iterator[tuple[tuple[int, str | None] | None, str]]:
    """The text cut at its page marks: ((number, label) or None, part)."""
    marks = list(_PAGE_MARK.finditer(text))
    numbered = [mark for mark in marks if not mark["turn"]]
    marks = numbered or marks  # turns without a number say nothing beside marks that have one
    ends = [mark for mark in marks if mark["end"]]
    zero_based = any("0" in (mark["brace"], mark["end"]) for mark in marks)
    first = (int(ends[0]["end"]) + zero_based, None) if ends else (1, None) if marks and not numbered else None
    yield first, text[: marks[0].start()] if marks else text
    for count, (mark, following) in enumerate(zip(marks, [*marks[1:], None], strict=False), start=2):
        yield _page_behind(mark, count, zero_based), text[mark.end() : following.start() if following else len(text)]


def _page_behind(mark: re.Match[str], count: int, zero_based: bool) -> tuple[int, str | None]:
    """(number, label) of the page that begins behind a mark. ``count``: the mark's own place among all."""
    if mark["turn"]:
        return count, None
    written = next(mark[name] for name in ("brace", "comment", "rule", "end", "heading") if mark[name])
    # A converter counts pages; an author writes the page that the reader sees.
    if mark["brace"] or mark["end"]:
        return int(written) + zero_based + (mark["end"] is not None), None
    return int(written), written


class _Walker:
    """Turns CommonMark tokens into items of the assembly."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.parser = MarkdownIt("commonmark", {"html": True}).enable("table")
        self.tables = 0

    def walk(self, text: str) -> None:
        tokens = self.parser.parse(text)
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "tr_open":
                position = self._row(tokens, position)
            elif token.type == "inline":
                self._paragraph(token, tokens[position - 1])
            elif token.type in ("html_block", "fence", "code_block"):
                self._raw(token)
            elif token.type == "table_open":
                self.tables += 1
            position += 1

    def _row(self, tokens: list[Token], position: int) -> int:
        cells, markers, links = [], [], []
        while tokens[position].type != "tr_close":
            if tokens[position].type == "inline":
                text, _, found, _ = _inline(tokens[position])
                links += _links(tokens[position])
                cells.append(text.strip())
                markers += found
            position += 1
        if any(cells) or markers:
            item = self.assembly.add(
                BlockKind.TABLE, " | ".join(cells), cells=tuple(cells), table=self.tables, links=tuple(links)
            )
            item.markers += markers
        return position

    def _paragraph(self, token: Token, opening: Token) -> None:
        text, spans, markers, anchor = _inline(token)
        if attribute := _ATTRIBUTE.search(text):
            pairs = re.findall(_CARRIED, attribute.group(), re.IGNORECASE)
            markers += [carried(Carrier.ATTRIBUTE, name, value) for name, value in pairs]
            text = text[: attribute.start()]
        if not text.strip() and not markers:
            return
        level = int(opening.tag[1]) if opening.type == "heading_open" else 0
        if level:
            text = _title(text)
        kind = BlockKind.HEADING if level else _kind(text)
        item = self.assembly.add(kind, text, level=level, spans=spans, anchor=anchor, links=tuple(_links(token)))
        item.markers += markers

    def _html(self, content: str) -> None:
        """Tables of converters that keep merged cells."""
        walker = HtmlWalker(self.assembly)
        walker.tables = self.tables
        walker.walk(parse_html(content.encode(), self.assembly.source.name))
        self.tables = walker.tables

    def _raw(self, token: Token) -> None:
        """HTML blocks carry comments and tables; code blocks are mostly indented text of converters."""
        if token.type == "html_block" and "<table" in token.content.lower():
            self._html(token.content)
            return
        text, comments = _without_comments(token.content)
        markers = [carried(Carrier.COMMENT, *match.groups()) for each in comments if (match := _COMMENT.fullmatch(each))]
        text = re.sub(r"<[^<>]*>", " ", text).strip()
        if text or markers:
            item = self.assembly.add(_kind(text), text)
            item.markers += markers


def _without_comments(text: str) -> tuple[str, list[str]]:
    """The text without its HTML comments, and these; one that has no end goes to the end of the text."""
    parts, comments, position = [], [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        parts.append(text[position:start])
        comments.append(text[start:end])
        position = end
    return " ".join([*parts, text[position:]]), comments


def _floods(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into what is Markdown, and paragraphs that are little but marks, on which its grammar would take minutes."""
    pieces: list[str] = []
    for paragraph in re.split(r"(\n[ \t]*\n)", text) if len(text) > _MUCH else (text,):
        if len(paragraph) > _MUCH and len(_MARKS.findall(paragraph)) > _MOST_MARKS * len(paragraph):
            yield "".join(pieces), False
            yield paragraph, True
            pieces = []
        else:
            pieces.append(paragraph)
    yield "".join(pieces), False


def _whole_tables(text: str) -> str:
    """The text with HTML tables as blocks: a blank line inside would end one (CommonMark, 4.6), text or blanks before it hide it."""
    lower, parts, position = text.lower(), [], 0
    while (start := lower.find("<table", position)) >= 0 and (end := lower.find("</table", start)) >= 0:
        before = text[position:start]
        line = before.rpartition("\n")[2]
        apart = not line.strip().endswith((">", "|")) if line.strip() else len(line.expandtabs(4)) > 3
        parts += [before.rstrip(" \t") + "\n\n" if apart else before, re.sub(r"\n[ \t\r]*(?=\n)", "", text[start:end])]
        position = end
    return "".join(parts) + text[position:]


def _title(text: str) -> str:
    """A heading without what its notation adds: attributes, styles, notes."""
    text = _STYLED.sub(r"\1", text)
    plain = _ATTRIBUTES.sub("", text)
    return _TITLE_NOTE.sub("", _CLOSING_HASHES.sub("", plain) if plain != text else plain)


def _kind(text: str) -> BlockKind:
    if _PICTURE.match(text):
        return BlockKind.PICTURE
    return BlockKind.CAPTION if _CAPTION.match(text) and len(text) < 200 else BlockKind.BODY


def _links(token: Token) -> list[str]:
    """The web addresses that words of a line lead to."""
    targets = [str(child.attrs.get("href", "")) for child in token.children or () if child.type == "link_open"]
    return [address for target in targets if (address := web_address(target))]


def _inline(token: Token) -> tuple[str, list[tuple[int, int]], list[Marker], str | None]:
    """Plain text, stretches in link or emphasis, markers in comments, anchor."""
    parts: list[str] = []
    length = 0
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    markers: list[Marker] = []
    anchor = None
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append("\n")
        elif child.type == "html_inline":
            markers += [carried(Carrier.COMMENT, *match.groups()) for match in _COMMENT.finditer(child.content)]
            found = _ANCHOR.match(child.content)
            anchor = anchor or (found[1] if found else None)
            continue
        elif child.nesting == 1:
            opened.append(length)
            continue
        else:
            if child.nesting == -1 and opened:
                spans.append((opened.pop(), length))
            continue
        length += len(parts[-1])
    return "".join(parts), spans, markers, anchor
