"""A copy of the author's Word report without its tags; whatever else it holds stays as it is.

Codes in text and hidden text, comments of codes and those of this program, bookmarks ``GRI_…``,
tags of content controls and index entries are taken out. An index that the program put into the
report stays, with the bookmarks that its pages are counted by.
Source: ISO 29500-1, 17.13.4 (comments), 17.13.6 (bookmarks), 17.16.5.79 (XE), 17.5.2.42 (tag).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from gri_index.errors import TagSyntaxError
from gri_index.model.report import BlockKind, Carrier, Report
from gri_index.ooxml import open_package, read_part
from gri_index.readers.word import BOOKMARK, DELETED, ENTRY, INDEX_MARK, MC, elements
from gri_index.readers.word_parts import NOTES, note_text
from gri_index.readers.word_styles import Styles, q
from gri_index.tags import find_inline, parse_marker, strip_tags
from gri_index.writers.word_comments import AUTHOR
from gri_index.writers.word_package import WordPackage

_CHARACTERS = {q("tab"): "\t", q("br"): "\n", q("cr"): "\n", q("noBreakHyphen"): "-"}
_CONTENT = ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "fldChar", "sectPr", "sdt", "AlternateContent")
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def clean_copy(content: bytes, report: Report) -> tuple[bytes, Counter[Carrier]]:
    """(the copy, how many marks of each carrier were taken out). Raises InputError where the file is no Word file.

    ``report``: what the file, which has to be its first source, was read as.
    """
    package = WordPackage(content, report.sources[0].name)
    cleaner = _Cleaner(package, report)
    cleaner.texts()
    cleaner.twins()
    for root in cleaner.roots.values():
        cleaner.explicit(root)
    cleaner.comments()
    package.put_body()
    for kind, root in cleaner.roots.items():
        if kind != "document":
            package.put(f"{kind}s", root)
    return package.save(), cleaner.removed


def in_margins(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """(codes, part) of heads and feet that look like tags: they are none, and a reader of the print sees them. Raises InputError."""
    package = open_package(content, name, "a Word document")
    for part in sorted(each for each in package.namelist() if _MARGIN.fullmatch(each)):
        root = read_part(package, part, name)
        for paragraph in root.iter(q("p")) if root is not None else ():
            text = "".join(each.text or "" for each in paragraph.iter(q("t")))
            yield from ((text[each.run.start : each.run.end], part.rpartition("/")[2]) for each in find_inline(text))


class _Cleaner:
    """Takes the tags out of the parts of one file, and counts them."""

    def __init__(self, package: WordPackage, report: Report) -> None:
        self.package, self.report = package, report
        self.styles = Styles(package.parts.styles)
        self.found = elements(package.parts, report.sources[0])
        self.removed: Counter[Carrier] = Counter()
        self.roots = {"document": package.parts.body}
        for kind in NOTES:
            for note in package.parts.notes[kind].values():
                self.roots[kind] = note.getroottree().getroot()

    # ── text ──

    def texts(self) -> None:
        """Codes in visible and in hidden text."""
        wanted: dict[int, list[str]] = {}
        hidden: set[int] = set()
        for tag in self.report.tags:
            if tag.carrier is Carrier.TEXT and tag.text not in wanted.setdefault(tag.block, []):
                wanted[tag.block].append(tag.text)
            elif tag.carrier is Carrier.HIDDEN:
                hidden.add(tag.block)
        for block, codes in wanted.items():
            for paragraph in _paragraphs(self.found[block]):
                self._cut(paragraph, self.report.blocks[block].kind, codes)
        for block in hidden:
            for paragraph in _paragraphs(self.found[block]):
                self._unhide(paragraph)

    def _cut(self, paragraph: etree._Element, kind: BlockKind, codes: list[str]) -> None:
        pieces = list(self._pieces(paragraph))
        text = "".join(said for _, said in pieces)
        spans = list(_spans(text, kind, codes))
        for start, end in reversed(spans):
            self.removed[Carrier.TEXT] += 1
            _take_out(pieces, start, end)
            pieces = list(self._pieces(paragraph))
        if spans and not "".join(said for _, said in pieces).strip():
            _drop_if_empty(paragraph)

    def twins(self) -> None:
        """What nobody reads and is there all the same: the older form of a text box, and text that a tracked change deleted."""
        codes = {tag.text for tag in self.report.tags if tag.carrier is Carrier.TEXT}
        counted = Counter(self.removed)
        for root in self.roots.values():
            for older in list(root.iter(f"{MC}Fallback")):
                for paragraph in list(older.iter(q("p"))):
                    said = "".join(text for _, text in self._pieces(paragraph))
                    self._cut(paragraph, BlockKind.BODY, [code for code in codes if code in said])
            for deleted in root.iter(q("delText")):
                said = deleted.text or ""
                deleted.text = strip_tags(said, found) if (found := list(find_inline(said))) else said
        self.removed = counted

    def _pieces(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        """The elements of visible text of a paragraph, as the reader sees them."""
        for run in _runs(paragraph):
            if self.styles.hidden(run) or self.styles.struck(run):
                continue
            for child in run:
                if child.tag == q("t"):
                    yield child, child.text or ""
                elif child.tag in _CHARACTERS:
                    yield child, _CHARACTERS[child.tag]

    def _unhide(self, paragraph: etree._Element) -> None:
        """Takes out hidden text that says codes."""
        runs = [run for run in _runs(paragraph) if self.styles.hidden(run) and run.find(q("t")) is not None]
        said = "".join(each.text or "" for run in runs for each in run.iter(q("t")))
        if _is_marker(said):
            self.removed[Carrier.HIDDEN] += 1
            for run in runs:
                _remove(run)
            if not "".join(text for _, text in self._pieces(paragraph)).strip():
                _drop_if_empty(paragraph)

    # ── explicit carriers ──

    def explicit(self, root: etree._Element) -> None:
        """Bookmarks, tags of content controls, index entries."""
        names = {
            each.get(q("id")): match["codes"]
            for each in root.iter(q("bookmarkStart"))
            if (match := BOOKMARK.match(each.get(q("name"), ""))) and each.get(q("name"), "").upper() != INDEX_MARK
        }
        ours = {id for id, codes in names.items() if _is_marker(codes.replace("_", "-"))}
        self.removed[Carrier.BOOKMARK] += len(ours)
        ours -= self._renamed([each for each in root.iter(q("bookmarkStart")) if each.get(q("id")) in ours])
        for each in [each for each in root.iter(q("bookmarkStart"), q("bookmarkEnd")) if each.get(q("id")) in ours]:
            _remove(each)
        for tag in [each for each in root.iter(q("tag")) if _is_marker(each.get(q("val"), ""))]:
            self.removed[Carrier.CONTROL] += 1
            for alias in (*tag.itersiblings(q("alias"), preceding=True), *tag.itersiblings(q("alias"))):
                if alias.get(q("val"), "").upper().startswith("GRI"):
                    _remove(alias)
            _remove(tag)
        for simple in [each for each in root.iter(q("fldSimple")) if ENTRY.match(each.get(q("instr"), ""))]:
            if _is_entry(simple.get(q("instr"), "")):
                self.removed[Carrier.INDEX_FIELD] += 1
                _remove(simple)
        self._fields(root)

    def _renamed(self, starts: list[etree._Element]) -> set[str | None]:
        """Gives bookmarks that the author's own links and references lead to another name; their ids."""
        roots = list(self.roots.values())
        links = [each for root in roots for each in root.iter(q("hyperlink")) if each.get(q("anchor"))]
        fields = [each for root in roots for each in root.iter(q("instrText")) if each.text]
        kept: set[str | None] = set()
        for start in starts:
            old, new = start.get(q("name"), ""), f"_ref_{len(kept) + 1:04}"
            named = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
            leading = [each for each in links if each.get(q("anchor")) == old]
            counting = [each for each in fields if named.search(each.text or "")]
            if not (leading or counting):
                continue
            kept.add(start.get(q("id")))
            start.set(q("name"), new)
            for link in leading:
                link.set(q("anchor"), new)
            for each in counting:
                each.text = named.sub(new, each.text or "")
        return kept

    def _fields(self, root: etree._Element) -> None:
        """Index entries as complex fields: all runs from their begin to their end."""
        for paragraph in root.iter(q("p")):
            stretch: list[etree._Element] = []
            for run in list(_runs(paragraph)):
                kinds = [each.get(q("fldCharType")) for each in run.iter(q("fldChar"))]
                if kinds == ["begin"] and not stretch:
                    stretch = [run]
                elif stretch:
                    stretch.append(run)
                if stretch and kinds == ["end"]:
                    said = "".join(each.text or "" for one in stretch for each in one.iter(q("instrText")))
                    if _is_entry(said):
                        self.removed[Carrier.INDEX_FIELD] += 1
                        for one in stretch:
                            _remove(one)
                    stretch = []

    # ── comments ──

    def comments(self) -> None:
        """Comments of this program, and lines of codes in those of people; what else they say stays."""
        gone: set[str] = set()
        paragraphs: set[str] = set()
        for id, comment in self.package.parts.notes["comment"].items():
            lines = [each for each in comment.iter(q("p")) if note_text_of(each).strip()]
            codes = [each for each in lines if _is_marker(note_text_of(each))]
            self.removed[Carrier.COMMENT] += bool(codes)
            whole = bool(codes) and (len(codes) == len(lines) or comment.get(q("author")) == AUTHOR)
            paragraphs |= {each.get(_PARAGRAPH_ID, "") for each in (comment.iter(q("p")) if whole else codes)}
            for each in [comment] if whole else codes:
                _remove(each)
            if whole:
                gone.add(id)
        for root in self.roots.values():
            for mark in [each for each in root.iter(*map(q, _MARKS)) if each.get(q("id")) in gone]:
                above = mark.getparent()
                _remove(above if above is not None and above.tag == q("r") else mark)
        self._forget(paragraphs - {""})

    def _forget(self, paragraphs: set[str]) -> None:
        """What newer parts say of comments that are gone (MS-DOCX, 2.5.4)."""
        for kind in ("commentsExtended", "commentsIds"):
            root = self.package.part(kind) if paragraphs else None
            gone = [each for each in root if _names(each) & paragraphs] if root is not None else []
            for each in gone:
                _remove(each)
            if root is not None and gone:
                self.package.put(kind, root)


def _names(element: etree._Element) -> set[str]:
    return {str(value) for name, value in element.attrib.items() if str(name).endswith("}paraId")}


def note_text_of(paragraph: etree._Element) -> str:
    """The text of one paragraph of a comment."""
    holder = etree.Element(q("comment"))
    place, above = paragraph.getnext(), paragraph.getparent()
    holder.append(paragraph)
    text = note_text(holder)
    if place is not None:
        place.addprevious(paragraph)
    elif above is not None:
        above.append(paragraph)
    return text


def _is_marker(text: str) -> bool:
    """True for a text of nothing but codes."""
    try:
        return bool(parse_marker(text))
    except TagSyntaxError:
        return False


def _is_entry(instruction: str) -> bool:
    entry = ENTRY.match(instruction)
    return entry is not None and _is_marker(entry["entry"].rpartition(":")[2].strip() or entry["entry"])


def _spans(text: str, kind: BlockKind, codes: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a text to take out, in order: tags with their brackets, and the blank before them."""
    wanted = set(codes)
    runs = ((each, text[each.run.start : each.run.end]) for each in find_inline(text, kind))
    found = {(each.start, each.end) for each, run in runs if any(code in run for code in wanted)}
    inside = [text[start:end] for start, end in found]
    for code in wanted:
        if not any(code in each for each in inside):  # a bare number in a column of codes, a note in the margin
            at = text.find(code)
            found |= {(at, at + len(code))} if at >= 0 else set()
    for start, end in sorted(_with_brackets(text, *span) for span in found):
        behind = text[end : end + 1]
        lead = re.search(r"\s*$", text[:start])
        yield (lead.start() if lead and (not behind or behind in " .,;:)\n") else start), end


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the bracket around it, if it holds nothing else."""
    while (
        start
        and end < len(text)
        and text[start - 1 : start] + text[end : end + 1] in ("()", "[]", "\uff08\uff09", "\u3010\u3011")
    ):
        start, end = start - 1, end + 1
    return start, end


def _take_out(pieces: list[tuple[etree._Element, str]], start: int, end: int) -> None:
    at = 0
    for piece, said in pieces:
        low, high = max(start - at, 0), min(end - at, len(said))
        if low < high:
            if piece.tag == q("t"):
                piece.text = said[:low] + said[high:]
                piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            else:
                _remove(piece)
        at += len(said)


def _paragraphs(element: object) -> Iterator[etree._Element]:
    """The paragraph, or those of the row."""
    if isinstance(element, etree._Element):
        yield from [element] if element.tag == q("p") else list(element.iter(q("p")))


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, without those of text boxes in it and those that a tracked change deleted."""
    for run in list(paragraph.iter(q("r"))):
        above = next(run.iterancestors(q("p"), *DELETED), None)
        if above is paragraph:
            yield run


def _drop_if_empty(paragraph: etree._Element) -> None:
    """A line that held a tag and nothing else goes; one that a cell, a picture or a section needs stays."""
    above = paragraph.getparent()
    if above is None or any(next(paragraph.iter(f"{{*}}{name}"), None) is not None for name in _CONTENT):
        return
    if above.tag == q("tc") and len(above.findall(q("p"))) == 1:
        return
    for mark in list(paragraph.iter(q("bookmarkStart"), q("bookmarkEnd"), q("commentRangeStart"), q("commentRangeEnd"))):
        paragraph.addprevious(mark)
    _remove(paragraph)


def _remove(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)
