"""Puts a report together from what a reader meets in reading order.

A reader translates its format into calls of ``Assembly``: pages, headings, blocks,
markers. What is common to all formats happens here: clean titles, sections and their
ids, tags in the visible text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from gri_index.errors import InputError, TagSyntaxError
from gri_index.language import frameworks
from gri_index.language.detection import script_language
from gri_index.language.lexicon import any_of
from gri_index.language.text import clean, fold
from gri_index.model.keys import Reference
from gri_index.model.report import (
    Attachment,
    Block,
    BlockKind,
    Carrier,
    Page,
    PartRole,
    ReadProblem,
    Remark,
    Report,
    Section,
    Seen,
    Source,
    Tag,
    Why,
)
from gri_index.readers.items import Item, Marker
from gri_index.readers.pagination import infer_labels
from gri_index.tags import SUSPECT, UNCLOSED, Found, decide, find_inline, is_margin_note, parse_marker, scan, shaped, strip_tags

_MAX_CONTEXT = 200
_LAST_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,120})[\])]\s*$")
_MARKS_SECTION = re.compile(r"ESRS|SDGs?\b|UNGC")  # in round brackets others may belong to the title: "Footprint (ISO 14064)"
_MAY_BE_CODE = re.compile(r"\d|[A-Z]{3}")
_MAX_REMARK = 400  # characters: codes are shorter
_MANY_NOTES = 15
_REMARK = re.compile(r"\[\s?GRI[\s:-]*\d{1,3}-\d{1,2}[^\[\]\n]{2,160}\](?!\()")  # a square bracket that opens as a tag does
_CODES_OPEN = re.compile(r"GRI\b|(?<![\w-])\d")
_MANY_BRACKETS = 3  # of one block, that do not close: more say nothing more
_OPENS_WITH_CODE = re.compile(r"\W*(?:GRI\b|(?:gri\W+)?\d{1,3}\s?-\s?\d{1,2}(?!\d|-\d))")
_CODE_SHAPE = re.compile(r"(?<![\w-])\w{1,4}\s?-\s?\w{1,4}")
_MAX_TEXT = 16_000_000  # characters of one file; a report of 400 pages has 1.5 million


class Assembly:
    """Collects items of one source; ``finish`` makes the report of them."""

    def __init__(self, source: Source, *, whole: bool = False) -> None:
        """``whole``: the source is nothing but rows with markers; no part is left out, no text searched."""
        self.source, self.whole = source, whole
        self.items: list[Item] = []
        self.pages: dict[int, str | None] = {}
        self.running: dict[int, tuple[str, ...]] = {}  # page -> its running head and foot
        self.problems: list[ReadProblem] = []
        self._page: int | None = None
        self._length = 0

    def page(self, number: int, label: str | None = None) -> None:
        """What follows stands on this page."""
        self._page = number
        self.pages.setdefault(number, label)

    def no_page(self) -> None:
        """What follows stands on a page that is not known."""
        self._page = None

    def add(self, kind: BlockKind, text: str, **details: object) -> Item:
        """Adds a block; ``details`` are the other fields of Item. Raises InputError for more text than any report has."""
        item = Item(kind, clean(text), self._page, **details)  # type: ignore[arg-type]
        self._length += len(text)
        self.check_length(self._length)
        self.items.append(item)
        return item

    def check_length(self, characters: int) -> None:
        """Raises InputError for more text than any report has; a reader may ask before it parses."""
        if characters > _MAX_TEXT:
            raise InputError(
                f"{self.source.name}: more than {_MAX_TEXT // 1_000_000} million characters of text, which no report has",
                hint="Name the report itself, without data that belongs elsewhere.",
            )

    def problem(self, where: str, code: str, **args: object) -> None:
        """Keeps what could not be read; ``code`` is the id of a message in the label files."""
        self.problems.append(ReadProblem(where, code, tuple((k, str(v)) for k, v in args.items())))

    def finish(self) -> Report:
        """The report of all items."""
        language = self.source.language or script_language(item.text for item in self.items)
        self.source = replace(self.source, language=language)
        return _Finisher(self).report()


def _has_margin_notes(items: Sequence[Item]) -> bool:
    """True for a document that sets its tags as notes in the margin, and hardly any in brackets."""
    notes = sum(item.kind is BlockKind.BODY and item.text.startswith("GRI") and is_margin_note(item.text) for item in items)
    bracketed = sum(re.search(r"[\[(]\s?GRI\b", item.text) is not None for item in items if "GRI" in item.text)
    return notes >= _MANY_NOTES and notes > 2 * bracketed


@dataclass(frozen=True, slots=True)
class _Taken:
    """A tag in the visible text."""

    found: Found
    text: str  # its run of codes, as written
    page: int | None  # that begins before it in its block; None: that of the block


def _codes_of(text: str) -> list[str]:
    """The runs of codes in a text, as written; with or without the word GRI."""
    found, position = [], 0
    while opening := _CODES_OPEN.search(text, position):
        run = scan(text, opening.start(), bare=True)
        position = run.reach if run else opening.end()
        found += [text[run.start : run.end]] if run else []
    return found


@cache
def _code_head() -> re.Pattern[str]:
    """Matches the head of a column of codes: "GRI", "GRI disclosure", "GRI ref. no."."""
    return re.compile(rf"\W*GRI(?:[\s-]*(?:{any_of('gri-noun')}|#))*\W*$", re.IGNORECASE)


def _without_other_codes(title: str) -> str:
    """The title without the codes of other frameworks that mark its section, as "[ESRS E1-6]" or "(SDG 8.5)" at its end."""
    bracket = _LAST_BRACKET.search(title)
    if bracket is None or (bracket[0][0] == "(" and not _MARKS_SECTION.match(bracket[1])):
        return title
    return title if frameworks.mention().sub("", bracket[1]).strip(" ,;:/&-") else title[: bracket.start()].rstrip() or title


class _Finisher:
    """Walks over the items once and yields sections, blocks and tags."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.source = assembly.source
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self.tags: list[Tag] = []
        self.stack: list[Section] = []
        self.used: dict[str, int] = {}
        self.problems = list(assembly.problems)
        self.margin = _has_margin_notes(assembly.items)
        self.looked: list[tuple[str, Why]] = []  # in the block that is read
        self.seen: list[Seen] = []
        self.remarks: list[Remark] = []
        self.code_columns: dict[int, int] = {}  # table -> its column headed "GRI", -1 for none

    def report(self) -> Report:
        items = self.assembly.items
        self._open(
            Section(id=f"{self.source.id}#", source=self.source.id, parent=None, level=0, title="", title_raw="", kind="implicit")
        )
        for item in items:
            self.looked = []
            found = self._inline(item)
            if item.kind is BlockKind.HEADING:
                self._heading(item, found)
            self._block(item, found)
        labels = infer_labels(items, self.assembly.pages, self.sections)
        return Report(
            sources=(self.source,),
            pages=tuple(
                Page(self.source.id, number, labels.get(number), self.assembly.running.get(number, ()))
                for number in sorted(self.assembly.pages)
            ),
            sections=tuple(self._with_last_pages()),
            blocks=tuple(self.blocks),
            tags=tuple(self.tags),
            seen=tuple(self.seen),
            remarks=tuple(self.remarks),
            problems=tuple(self.problems),
        )

    def _inline(self, item: Item) -> list[_Taken]:
        """Tags in the visible text; cells of a row are looked at one by one."""
        if self.assembly.whole:
            return []
        self.looked += [(text, Why.STRUCK) for struck in item.struck for text in _codes_of(struck)]
        if not item.cells:
            return self._taken(item.text, decide(item.text, item.kind, item.spans, margin=self.margin), item.breaks)
        found: list[_Taken] = []
        for at, cell in enumerate(item.cells):
            if at not in item.carried:
                found += self._taken(cell, decide(cell, item.kind, cell=True), item.cell_breaks.get(at, ()))
        self._column_of_codes(item, known={reference.name for each in found for reference in each.found.run.references})
        return found

    def _taken(self, text: str, decided: Iterable[tuple[Found, Why]], breaks: Sequence[tuple[int, int]]) -> list[_Taken]:
        """The runs that are tags; what was decided of each is kept with it."""
        found = [(each, why, text[each.run.start : each.run.end]) for each, why in decided]
        self.looked += [(run, why) for _, why, run in found]
        return [
            _Taken(each, run, next((page for offset, page in reversed(breaks) if offset <= each.start), None))
            for each, why, run in found
            if why.taken
        ]

    def _column_of_codes(self, item: Item, known: set[str]) -> None:
        """In a table with a column headed "GRI" bare numbers are tags: figures with the disclosures they answer."""
        if item.table is None:
            return
        if item.table not in self.code_columns:
            heads = [position for position, cell in enumerate(item.cells) if _code_head().match(cell)]
            self.code_columns[item.table] = heads[0] if len(heads) == 1 and len(item.cells) > 1 else -1
            return
        column = self.code_columns[item.table]
        cell = item.cells[column] if 0 <= column < len(item.cells) else ""
        if not cell or "GRI" in cell or not shaped(cell):
            return
        if any(reference.name not in known for reference in parse_marker(cell)):
            item.markers.append(Marker(Carrier.TEXT, cell))

    def _heading(self, item: Item, found: list[_Taken]) -> None:
        title = _without_other_codes(strip_tags(item.text, [each.found for each in found]))
        if not title:  # a line that holds only codes marks the section it stands in
            item.kind = BlockKind.BODY
            return
        while self.stack and self.stack[-1].level >= item.level:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        self._open(
            Section(
                id=self._id(parent, title),
                source=self.source.id,
                parent=parent.id if parent else None,
                level=item.level,
                title=title,
                title_raw=item.text,
                first_page=item.page,
                anchor=item.anchor,
            )
        )

    def _open(self, section: Section) -> None:
        self.sections.append(section)
        self.stack.append(section)

    def _id(self, parent: Section | None, title: str) -> str:
        folded = re.sub(r"\s+", "-", unicodedata.normalize("NFKC", title).casefold())[:80]
        path = f"{parent.id if parent else self.source.id + '#'}/{folded}"
        self.used[path] = self.used.get(path, 0) + 1
        return path if self.used[path] == 1 else f"{path}~{self.used[path]}"

    def _block(self, item: Item, found: list[_Taken]) -> None:
        section, number = self.sections[-1].id, len(self.blocks)
        role = PartRole.CONTENTS if item.contents else None
        self.blocks.append(Block(number, section, item.page, item.kind, item.text, item.cells, item.table, role, item.links))
        where = (section, number, item.page)
        self.seen += [Seen(text, *where, Why.IN_CONTENTS if item.contents else why) for text, why in self.looked]
        if item.contents:
            return
        self._suspects(item, found)
        for each in found:
            page = item.page if each.page is None else each.page
            self._tags(each.found.run.references, Carrier.TEXT, item, number, page, each.found.attachment)
        attachment = Attachment.INSIDE if item.kind is BlockKind.HEADING else Attachment.BEFORE
        for marker in item.markers:
            if marker.carrier is not Carrier.TEXT and _MAY_BE_CODE.search(marker.text):
                self.remarks.append(Remark(marker.carrier, number, marker.text[:_MAX_REMARK]))
            page = item.page if marker.page is None else marker.page
            self._tags(self._references(marker), marker.carrier, item, number, page, attachment)

    def _suspects(self, item: Item, found: list[_Taken]) -> None:
        """Brackets that are meant as tags and cannot be read, in whole or in part."""
        if self.assembly.whole or "GRI" not in item.text or item.kind is BlockKind.PICTURE:
            return
        read = {code for each in found for code in _CODE_SHAPE.findall(fold(each.text))}
        for match in SUSPECT.finditer(fold(item.text)):
            codes = _CODE_SHAPE.findall(match["marker"].replace("GRI", " "))
            broken = [code for code in codes if re.search(r"\d", code) and code not in read and not shaped(code)]
            if broken:
                where = self.sections[-1].title or self.source.name
                args = (("marker", ", ".join(broken)[:60]), ("carrier", Carrier.TEXT.value))
                self.problems.append(ReadProblem(where, "tag-malformed", args, len(self.blocks) - 1))

        taken = {each.text for each in found}
        for bracket in islice(_REMARK.finditer(fold(item.text)), _MANY_BRACKETS):
            marker = item.text[bracket.start() : bracket.end()]
            if not any(text in marker for text in taken):  # words among the codes: a remark, or a tag that nobody reads
                where = self.sections[-1].title or self.source.name
                args = (("marker", marker[:60]), ("carrier", Carrier.TEXT.value))
                self.problems.append(ReadProblem(where, "tag-malformed", args, len(self.blocks) - 1))

        for bracket in islice(UNCLOSED.finditer(fold(item.text)), _MANY_BRACKETS):
            where = self.sections[-1].title or self.source.name
            marker = item.text[bracket.start() : bracket.end()].strip()[:60]
            self.problems.append(ReadProblem(where, "tag-unclosed", (("marker", marker),), len(self.blocks) - 1))

    def _references(self, marker: Marker) -> tuple[Reference, ...]:
        """What an explicit carrier says: lines of nothing but codes, whatever its other lines say, or a remark that holds a tag.

        A line that opens with a code and is no tag is named.
        """
        try:
            return parse_marker(marker.text)
        except TagSyntaxError:
            lines = [line for line in marker.text.splitlines() if line.strip()]
        found: list[Reference] = []
        for line in lines:
            try:
                read = parse_marker(line)
            except TagSyntaxError:
                read = tuple(reference for each in find_inline(line) for reference in each.run.references)
            found += read
            if not read and _OPENS_WITH_CODE.match(fold(line)):
                where = self.sections[-1].title or self.source.name
                args = (("marker", line[:60]), ("carrier", marker.carrier.value))
                self.problems.append(ReadProblem(where, "tag-malformed", args, len(self.blocks) - 1))
        return tuple(found)

    def _tags(
        self, references: Sequence[Reference], carrier: Carrier, item: Item, number: int, page: int | None, attachment: Attachment
    ) -> None:
        for reference in references:
            self.tags.append(
                Tag(
                    reference=reference,
                    carrier=carrier,
                    section=self.sections[-1].id,
                    block=number,
                    page=page,
                    attachment=attachment,
                    text=reference.raw,
                    context=item.text[:_MAX_CONTEXT],
                )
            )

    def _with_last_pages(self) -> list[Section]:
        last: dict[str, int] = {}
        first: dict[str, int] = {}
        for block in self.blocks:
            if block.page is not None:
                last[block.section] = block.page
                first.setdefault(block.section, block.page)
        return [
            replace(
                section, first_page=first.get(section.id, section.first_page), last_page=last.get(section.id, section.first_page)
            )
            for section in self.sections
        ]
