"""Tags and mentions: which runs of codes in a running text mark a place.

A run that opens with the word GRI is a *tag* where it is set apart from the sentence:
alone on its line, in a bracket of its own, at an end of a heading, after an arrow, as
a link or in its own emphasis, behind the paragraph's full stop, or before its first
word. It is a *mention* where the sentence needs it ("no disclosures were made on
GRI 2-8"). Grown from the tag styles of published annual reports; no standard exists.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from gri_index.language.lexicon import any_of, phrases
from gri_index.language.text import fold
from gri_index.model.report import Attachment, BlockKind, Why
from gri_index.tags.grammar import Run, scan

_DISCLOSURE = any_of("disclosure", cased=True)
_GRI = re.compile(
    r"(?<=[a-z\u00df-\u024f])GRI(?=[\s:;]{0,3}\d{1,3}-\d)"  # an emphasised title ends right before it
    r"|(?<![A-Za-z0-9/.@-])(?:GRI(?![A-Za-z])|[Gg]ri(?=[\s:_-]{0,2}\d{1,3}-\d)"
    rf"|{_DISCLOSURE}\s?:?\s?(?=\d{{1,3}}-\d{{1,2}}(?!\d|\s?%)))"
)
_WORTH = re.compile(rf"GRI|\uff27\uff32\uff29|[Gg]ri[\s:_-]{{0,2}}\d|{_DISCLOSURE}\s?[:\uff1a]?\s?\d")
_OPENING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    "\u300c": "\u300d",
    "\u2039": "\u203a",
    "\u00ab": "\u00bb",
    "\u201c": "\u201d",
}
_ARROW = re.compile(r"[\u2192\u2197\u2794\u279c\u27a4\u25ba\u25b8\u25b6\u2b95\u27f6\u00bb\u203a>\u261e\u276f]\s*$")
_STOP = re.compile(r"[.!?。！？…:：;；|)\]）】」”\"»›’*]\s*$")
_BULLET = re.compile(r"^[\s•·▪‣–\-*_■●○◦★☆✓✔☑◆◇▶※♦#]*$")
_LEAD = re.compile(r"[\s•·▪‣●■○◦★☆✓✔☑◆◇▶※♦*_#→>-]*")
_JOIN = rf"(?:(?:{any_of('and', 'range-word')}|GRI)[\s-]?)*"
_BROKEN = re.compile(rf"(?:[\s,;/&]*{_JOIN}\d{{1,4}}\s?-\s?\w{{1,4}})+")  # 30-21, 302-x
# A bracket that is meant as a tag and holds no code that can be one.
SUSPECT = re.compile(
    rf"[\[(【（]\s*(?P<marker>GRI[\s-]?\w{{1,4}}\s?-\s?\w{{1,4}}(?:[\s,;/&]+{_JOIN}\w{{1,4}}\s?-\s?\w{{1,4}})*)\s*[\])】）]"
)
# A bracket that opens with codes and has no end in its block: what stood behind them is lost, or in another column.
UNCLOSED = re.compile(r"[\[(](?=\s*GRI[\s-]?\d)(?!(?:[^\[\]()]|\[[^\[\]]{0,80}\]|\([^()]{0,80}\)){0,400}[\])])[^\[\]()\n]{0,40}")
_TITLE_FOLLOWS = re.compile(r"\s*[:：|→–—-]\s*\S|\s*\t|\s{2,}\S")
_SENTENCE_WORDS = frozenset(
    word for words in phrases("stop-word").values() for word in words
)  # a code behind one belongs to the sentence
_MARGIN = re.compile(r"[\[(]?GRI[\s:]{0,2}\d{1,3}-\d{1,2}[\])]?")
_FEW, _ASKING = 3, 60  # codes in one note; characters before one that may ask for it
_SHORT = 40  # characters of a label or a short title
_STROKE = re.compile(r"[\u00b7\u2022|\u00a6]\s*$")
_LINE = 120  # characters of a page's foot
_SCOPE = 16  # disclosures in one run; the longest tag seen has 10
_WINDOW = 400  # characters on either side that decide; keeps a line of megabytes linear


@dataclass(frozen=True, slots=True)
class Found:
    """A run that is a tag, with the stretch of text to strip for a clean title."""

    run: Run
    start: int
    end: int
    attachment: Attachment


def find_inline(
    text: str, kind: BlockKind = BlockKind.BODY, spans: Sequence[tuple[int, int]] = (), *, cell: bool = False
) -> Iterator[Found]:
    """Yield the tags in one block of text, in order: those runs of codes that ``decide`` takes."""
    for found, why in decide(text, kind, spans, cell=cell):
        if why.taken:
            yield found


def decide(
    text: str,
    kind: BlockKind = BlockKind.BODY,
    spans: Sequence[tuple[int, int]] = (),
    *,
    cell: bool = False,
    margin: bool = False,
) -> Iterator[tuple[Found, Why]]:
    """Every run of codes with the word GRI in a block of text, and why it is a tag or none.

    ``spans`` are the stretches that stand out by themselves: links, emphasis. ``cell``:
    the text is a table cell. ``margin``: the document sets its tags as notes in the margin, which a
    conversion may have woven into sentences. Pictures' descriptions hold mentions only.
    """
    if kind is BlockKind.PICTURE or not _WORTH.search(text):
        return
    places = [(place, place.why(margin=margin)) for place in _places(text, kind, spans, cell)]
    # A paragraph that mentions a code in a sentence talks about disclosures: brackets inside its sentences do too.
    discusses = any(not why.taken for _, why in places)
    for place, why in places:
        if why.taken and discusses and place.inside_a_sentence():
            why = Why.DISCUSSED
        yield Found(place.run, *place.extent(), place.attachment()), why


def _places(text: str, kind: BlockKind, spans: Sequence[tuple[int, int]], cell: bool) -> Iterator["_Place"]:
    """Every run in the text that holds the word GRI, with its surroundings."""
    folded = fold(text)
    pos = 0
    while opening := _GRI.search(folded, pos):
        runs = (scan(text, start, folded=folded) for start in (*_starts(folded, opening.start()), opening.start()))
        run = next((each for each in runs if each and each.named and each.end > opening.start() >= pos), None)
        if run is None:
            pos = opening.end()
            continue
        pos = run.reach
        yield _Place(folded, run, kind, spans, cell)


def is_margin_note(text: str) -> bool:
    """True for a line that is one code with the word GRI and nothing else, as notes in a margin are."""
    return _MARGIN.fullmatch(fold(text).strip()) is not None


@cache
def _asks_for_codes() -> re.Pattern[str]:
    """Matches words that a code completes: see, in accordance with, disclosure."""
    asking = any_of("see", "accordance", "reference", "gri-noun", "standards", "and", "range-word")
    return re.compile(rf"{any_of('disclosure')}|{asking}\W*$", re.IGNORECASE)


@cache
def _nothing_there() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}{any_of('not-there')}")


def strip_tags(text: str, found: Sequence[Found]) -> str:
    """The text without its tags: a clean section title.

    >>> text = "Energy (GRI 302-1)"
    >>> strip_tags(text, list(find_inline(text, BlockKind.HEADING)))
    'Energy'
    """
    for each in sorted(found, key=lambda f: f.start, reverse=True):
        text = f"{text[: each.start]} {text[each.end :]}"
    text = re.sub(r"\(\s*(?:[;,，；、·|]\s*)*\)|\[\s*[;,]?\s*\]", " ", text)  # a bracket whose codes are gone
    text = re.sub(r"\(\s*[;,，；、·|]\s*", "(", re.sub(r"\s*[;,，；、·|]\s*\)", ")", text))
    text = re.sub(r"\|\s*\|", "|", text)
    return re.sub(r"\s+", " ", text).strip(" \t:：-–—|→_*#·")


def _starts(text: str, pos: int) -> list[int]:
    """Where a list that opens with other frameworks' codes may begin: its bracket, its line."""
    floor = max(0, pos - 80)
    bracket = max(text.rfind(opening, floor, pos) for opening in "([")
    line = text.rfind("\n", floor, pos)
    starts = [] if bracket < 0 or re.search(r"[)\]]", text[bracket:pos]) else [bracket + 1]
    if (line >= 0 or floor == 0) and (lead := _LEAD.match(text, line + 1)):
        starts.append(lead.end())
    return [start for start in starts if start < pos]


class _Place:
    """One run and what surrounds it."""

    def __init__(self, text: str, run: Run, kind: BlockKind, spans: Sequence[tuple[int, int]], cell: bool) -> None:
        self.text, self.run, self.kind, self.spans, self.cell = text, run, kind, spans, cell
        self.before = text[max(0, run.start - _WINDOW) : run.start].rstrip()
        self.after = text[run.reach : run.reach + _WINDOW].lstrip()

    def why(self, *, margin: bool) -> Why:
        """The first line of the decision table that holds."""
        return next(
            (why for why, holds in self.TABLE if holds(self)), Why.WOVEN_IN if margin and self.is_woven_in() else Why.SENTENCE
        )

    def is_woven_in(self) -> bool:
        """A bare code in mid-sentence that no word of the sentence asks for."""
        few = len(self.run.references) <= _FEW
        bare = not _OPENING.get(self.before[-1:]) and self.kind is BlockKind.BODY and not self.cell
        return few and bare and not self._is_scope() and not _asks_for_codes().search(self.before[-_ASKING:])

    def _is_scope(self) -> bool:
        """A list over many Standards says what was assured or applied; no place reports all of it."""
        standards = {reference.name.split("-")[0] for reference in self.run.references}
        return len(self.run.references) >= _SCOPE and len(standards) >= _SCOPE // 2

    def extent(self) -> tuple[int, int]:
        """The run with its bracket, arrow and a footnote digit behind the bracket."""
        start, end = self.run.start, self.run.end
        if self._in_bracket():
            start = self.text.rindex(self.before[-1], 0, start)
            end = self.text.index(_OPENING[self.before[-1]], self.run.reach) + 1
            if footnote := re.match(r"\d{1,2}(?!\d)", self.text[end : end + 3]):
                end += footnote.end()
        elif arrow := _ARROW.search(self.before):
            start = self.text.rindex(arrow.group()[0], 0, start)
        return start, end

    def inside_a_sentence(self) -> bool:
        """In a bracket with words of the same sentence on both sides."""
        words_before = re.search(r"[^\W\d_]\s*[(\[]$", self.before)
        return (
            self._in_bracket()
            and words_before is not None
            and re.match(r"[)\]]\s+[^\W\d_A-Z]|[)\]][.,;]", self.after) is not None
        )

    def attachment(self) -> Attachment:
        if not self.before.strip("([{*_ "):
            return Attachment.BEFORE
        return Attachment.INSIDE if self.after.strip(")]}*_. \t0123456789") else Attachment.AFTER

    def _in_bracket(self) -> bool:
        """In a bracket that holds only codes, or codes and the disclosure's title."""
        closing = _OPENING.get(self.before[-1:])
        behind = self.text[self.run.reach : self.run.reach + 8].lstrip(" \t\n.,;")
        if closing is None:
            return False
        return behind.startswith(closing) or self._leftover(closing) is not None

    def _leftover(self, closing: str) -> re.Match[str] | None:
        """Codes that no Standard can have, between the run and the end of its bracket: they do not take the others along."""
        rest = self.text[self.run.reach : self.run.reach + 120]
        match = _BROKEN.match(rest)
        return match if match and rest[match.end() :].lstrip().startswith(closing) else None

    def _alone(self) -> bool:
        return _BULLET.match(self.before.lstrip("([{*_ ")) is not None and not self.after.strip(")]}*_. \t|")

    def _between_strokes(self) -> bool:
        """A part of its own in a short line of parts, as a page's foot is: "Halden AB · GRI 302-1 · 12"."""
        if len(self.text) > _LINE or not self.before:
            return False
        return _STROKE.search(self.before) is not None and re.match(r"[\u00b7\u2022|\u00a6]|$", self.after) is not None

    def _in_span(self) -> bool:
        """The whole of a link or of an emphasised stretch, but for arrows and punctuation."""
        for start, end in self.spans:
            if start <= self.run.start and self.run.end <= end:
                rest = self.text[start : self.run.start] + self.text[self.run.end : end]
                if not rest.strip(" \t→↗►▸»›>.,;:()[]*_"):
                    return True
        return False

    def _at_an_end(self) -> bool:
        if self.kind is BlockKind.HEADING and self._title_follows():
            return True
        before = self.before.strip("*_ \t([{#")
        return not before or not self.after.strip(")]}*_ \t:0123456789")

    def _opens_text(self) -> bool:
        """Before the first word: "GRI 302-1: Energy …", or a margin note run into its paragraph."""
        if _BULLET.match(self.before) is None:
            return False
        return self._title_follows()

    def _title_follows(self) -> bool:
        """True where the disclosure's title, or a new sentence, comes behind the run."""
        if _TITLE_FOLLOWS.match(self.text, self.run.end):
            return True
        following = self.text[self.run.end : self.run.end + 8].lstrip()[:1]
        if following.isupper():
            return True
        if not following or ord(following) <= 0x2E7F:
            return False
        # Chinese and Japanese know no capitals: a blank, or a line too short for a sentence, tells a title.
        return self.text[self.run.end : self.run.end + 1].isspace() or (
            len(self.after) <= _SHORT and not self.after.endswith(("。", "；"))
        )

    def _closes_text(self) -> bool:
        """Behind the last sentence, or behind a caption that is no sentence."""
        rest = self.after.strip(")]}*_.。 \t0123456789↗→|")
        if rest and not (rest.startswith(":") and len(self.before) <= _SHORT):
            return False
        if _STOP.search(self.before):
            return True
        if self.after.startswith((".", "。")):  # the sentence goes on to its full stop
            return False
        last = re.search(r"(\w+)\W*$", self.before)
        return last is not None and last[1].lower() not in _SENTENCE_WORDS and not self.before.endswith(",")

    def _marked(self) -> bool:
        return self.before.endswith(("#", "\u2605", "\u2713", "\u2714"))

    def _bounds(self) -> bool:
        return (self.kind in (BlockKind.HEADING, BlockKind.CAPTION) or self.cell) and self._at_an_end()

    # The decision: the first line that holds says what a run is.
    TABLE: ClassVar[tuple[tuple[Why, Callable[["_Place"], bool]], ...]] = (
        (Why.SCOPE, _is_scope),
        (Why.NOTHING_THERE, lambda self: _nothing_there().match(self.after) is not None),
        (Why.IN_BRACKET, _in_bracket),
        (Why.ALONE, _alone),
        (Why.ALONE, _between_strokes),
        (Why.IN_SPAN, _in_span),
        (Why.ARROW, lambda self: _ARROW.search(self.before) is not None),
        (Why.MARK, _marked),
        (Why.AT_AN_END, _bounds),
        (Why.OPENS, _opens_text),
        (Why.CLOSES, _closes_text),
    )
