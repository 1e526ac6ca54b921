"""What a reader yields: a report as pages, sections, blocks of text and tags."""

from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.keys import Reference


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    BODY = "body"
    TABLE = "table"  # one block per table row, cells joined by " | "
    TEXT_BOX = "text box"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    HEADING = "heading"
    PICTURE = "picture"  # a converter's description of a picture: mentions, never tags


class Carrier(StrEnum):
    """What carries a tag in the document."""

    TEXT = "text"  # visible text
    HIDDEN = "hidden"  # hidden text
    COMMENT = "comment"
    CONTROL = "control"  # content control
    BOOKMARK = "bookmark"
    INDEX_FIELD = "index-field"  # index entry field
    ATTRIBUTE = "attribute"  # data-gri, or a Markdown heading attribute
    FRONT_MATTER = "front-matter"
    ANNOTATION = "annotation"  # of a PDF page
    OUTLINE = "outline"  # title of a PDF bookmark
    SHEET = "sheet"  # row of a mapping sheet


class PartRole(StrEnum):
    """What a part of a report is that holds codes and reports nothing."""

    INDEX = "content index"
    CONTENTS = "contents"
    FRAMEWORK = "framework table"


class Attachment(StrEnum):
    """Where the tag stands relative to the text it speaks of."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input file. Never holds a path: a path is private to the author's machine."""

    id: str  # unique in a report
    name: str  # file name alone
    sha256: str
    format: str  # the reader's name
    language: str = ""  # as the document states it; may be empty
    title: str = ""  # as the document itself marks it: a title style, a title element, front matter


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source: its 1-based number in the file and its label as printed."""

    source: str
    number: int
    label: str | None = None  # None where the document shows none
    running: tuple[str, ...] = ()  # its running head and foot


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what follows it. Section 0 of a source is implicit: what precedes the first heading."""

    id: str  # source + normalised heading path + ordinal; not for matching between versions
    source: str
    parent: str | None
    level: int  # 0: implicit
    title: str  # without its tags
    title_raw: str
    first_page: int | None = None
    last_page: int | None = None
    anchor: str | None = None
    kind: str = "heading"  # heading | implicit


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table row, in reading order."""

    id: int  # position in the source
    section: str
    page: int | None
    kind: BlockKind
    text: str
    cells: tuple[str, ...] = ()  # of a table row
    table: int | None = None  # rows of one table share it; numbers count per source
    role: PartRole | None = None  # of the part that it belongs to and that reports nothing
    links: tuple[str, ...] = ()  # web addresses that its words lead to
    runs: tuple[int, ...] = ()  # hashes that its text is known by, where the text itself is not there
    short: int = 0  # such a hash of a text that is shorter than a run


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A disclosure code that the author put to mark a place."""

    reference: Reference
    carrier: Carrier
    section: str
    block: int
    page: int | None
    attachment: Attachment
    text: str  # the marker as written
    context: str = ""  # what names the Standard nearby: block text cut to some 200 characters
    suggested: bool = False  # nobody put it there: the program proposes it, and no person has reviewed it


@dataclass(frozen=True, slots=True)
class Remark:
    """What an explicit carrier says, as written: it may name items of other frameworks, beside tags or alone."""

    carrier: Carrier
    block: int
    text: str  # its beginning


class Why(StrEnum):
    """Why a code in the visible text is a tag, or is none. The order is that of the decision: the first that holds decides."""

    SCOPE = "scope"  # a list over many Standards: what was assured, say
    NOTHING_THERE = "nothing-there"  # "not reported" stands behind it
    IN_BRACKET = "bracket"  # of its own
    ALONE = "alone"  # on its line
    IN_SPAN = "span"  # the whole of a link or an emphasis
    ARROW = "arrow"  # behind one
    MARK = "mark"  # behind one
    AT_AN_END = "end"  # of a heading, caption or cell
    OPENS = "opens"  # its paragraph
    CLOSES = "closes"  # its paragraph
    WOVEN_IN = "woven-in"  # a margin note in mid-sentence
    SENTENCE = "sentence"  # which needs it
    DISCUSSED = "discussed"  # in a bracket of a paragraph that speaks of disclosures
    IN_INDEX = "index"  # a content index
    IN_CONTENTS = "contents"  # a table of contents
    IN_FRAMEWORK = "framework"  # a table of another framework
    STRUCK = "struck"  # through

    @property
    def taken(self) -> bool:
        """True for what makes a tag."""
        return self not in _PASSED


_PASSED = frozenset(
    (Why.SCOPE, Why.NOTHING_THERE, Why.SENTENCE, Why.DISCUSSED, Why.IN_INDEX, Why.IN_CONTENTS, Why.IN_FRAMEWORK, Why.STRUCK)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A run of codes in the visible text, and what was decided of it."""

    text: str  # as written
    section: str
    block: int
    page: int | None
    why: Why


@dataclass(frozen=True, slots=True)
class Excluded:
    """A part of the report that holds codes but is no place of reporting."""

    where: str  # "pages 185-198", or a section's title
    why: PartRole
    first: int = -1  # ids of its first and last block
    last: int = -1


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something a reader could not use; the run goes on without it."""

    where: str
    code: str  # id of a message in the label files
    args: tuple[tuple[str, str], ...] = ()
    block: int = -1  # where it stands in one


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was read from one or several files."""

    sources: tuple[Source, ...]
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    tags: tuple[Tag, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    seen: tuple[Seen, ...] = ()  # every run of codes in the visible text, taken or not
    remarks: tuple[Remark, ...] = ()  # what comments, controls and the like say
    problems: tuple[ReadProblem, ...] = ()
