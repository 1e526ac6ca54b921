"""Lines of a report in which disclosure codes are seen, and what about them tells an index from a text.

A sighting is a line, or a row of a table. Its traits are what a person would look at: does
the code open the line, does the disclosure's title stand beside it, what stands above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gri_index.extraction.chain import Observed
from gri_index.extraction.titles import title_beside
from gri_index.language import frameworks
from gri_index.language.lexicon import any_of, matcher
from gri_index.language.pages import named_page
from gri_index.language.text import fold
from gri_index.model.report import Block, BlockKind
from gri_index.tags.codes import standard_number

_LINE = 400  # characters that are looked at
_TITLE = 80  # characters of a line that may be the title of a part
_LONG = 160
_BROKEN = re.compile(r"((?<![\d-])\d{1,3}-)\n(?=\d{1,2}(?!\d))")  # a narrow column breaks a number at its hyphen
_NEAR = (6, 40, 200)  # blocks


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line with codes. ``order`` of its first code sorts as the Standards do."""

    block: int
    order: tuple[int, int]
    traits: tuple[str, ...]
    cells: int = 0
    line: str = ""  # its text, where it is no row of a table


@cache
def code() -> re.Pattern[str]:
    """Matches a disclosure's number anywhere in a text."""
    return re.compile(
        rf"(?<![\w.,/€$£-])(?P<std>{standard_number()})\s?(?P<dash>[-.])\s?(?P<num>\d{{1,2}})(?![\d%]|[.,-]\d|\s?[%€$£])"
    )


@cache
def index_title() -> re.Pattern[str]:
    """Matches the title of a GRI content index in any language."""
    return re.compile(
        rf"\bGRI(?![A-Za-z]).{{0,30}}{any_of('index-behind-gri')}|{any_of('index-before-gri')}.{{0,40}}\bGRI\b", re.IGNORECASE
    )


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:\bGRI|{any_of('disclosure')})[\s:#\[(-]*$", re.IGNORECASE)


@cache
def _standard() -> re.Pattern[str]:
    """Matches a Standard named by its number, as a band or a first column does."""
    return re.compile(r"GRI\s?\d{1,3}(?![\d-])")


@cache
def _other() -> re.Pattern[str]:
    """Matches codes of other frameworks that cannot be GRI's."""
    return re.compile(rf"\b(?:ESRS|SASB|{frameworks.names()})\b|\b[A-Z]{{1,4}}\d?-\d{{1,2}}\b|\b[A-Z]{{2}}-[A-Z]{{2}}-\d{{3}}")


@cache
def _place() -> re.Pattern[str]:
    """Matches words that lead to a place."""
    return re.compile(rf"{named_page().pattern}|{any_of('see', 'numbered-section')}")


def says_place(text: str) -> bool:
    """True for words that lead to a place: "p. 12", "see chapter 2.4"."""
    return _place().search(text) is not None


def codes_in(text: str) -> list[re.Match[str]]:
    """The codes in a text. With a point for its dash a number is one only where its name or its title stands beside it."""
    return [match for match in code().finditer(text) if match["dash"] == "-" or _pointed(match, text)]


def _pointed(match: re.Match[str], text: str) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return _named().search(before) is not None or title_beside(_number(match), before=before, after=after)


def sightings(blocks: Sequence[Block]) -> list[Sighting]:
    """All lines with codes in reading order; ``block`` is the position in ``blocks``."""
    found: list[Sighting] = []
    above = _Above()
    for position, block in enumerate(blocks):
        if block.kind is not BlockKind.PICTURE and re.search(r"\d\s?[-.\u2010-\u2013]\s?\d", block.text):
            found += _in_block(block, position, above)
        above.see(block, position)
    return found


class _Above:
    """What was seen above: where the last titles of an index and of another table stand, and the last head."""

    def __init__(self) -> None:
        self.index = self.other = -(10**6)
        self.head: tuple[int | None, str] = (None, "")

    def see(self, block: Block, position: int) -> None:
        """Takes a block into account for those below."""
        text = block.text
        if block.kind is BlockKind.HEADING or (len(text) <= _TITLE and not block.cells):
            if "GRI" in text and index_title().search(text):
                self.index = position
            elif frameworks.title().search(text):
                self.other = position
        elif block.cells and self.head[0] != block.table:
            located = matcher("location-head").search(text) is not None
            other = frameworks.title().search(text) is not None
            self.head = (block.table, ("located" if located else "") + ("other" if other else ""))

    def traits(self, block: Block, position: int) -> Iterator[str]:
        """What is above a block, by distance."""
        for name, place in (("index", self.index), ("other", self.other)):
            near = next((str(limit) for limit in _NEAR if position - place <= limit), "")
            if near:
                yield f"{name}-title-{near}"
        if self.index >= 0:
            yield "index-title-last" if self.index > self.other else "other-title-last"
        if block.table is not None and self.head[0] == block.table and self.head[1]:
            yield f"head-{self.head[1]}"


def _in_block(block: Block, position: int, above: _Above) -> Iterator[Sighting]:
    outside = tuple(above.traits(block, position))
    if block.cells:
        found = _row([fold(cell) for cell in block.cells], outside, position)
        if found:
            yield found
        return
    whole = _BROKEN.sub(r"\1", fold(block.text)) if "-\n" in fold(block.text) else fold(block.text)
    for line in whole.split("\n"):
        text = line[:_LINE].strip()
        matches = codes_in(text)
        if matches:
            traits = [*outside, "heading" if block.kind is BlockKind.HEADING else "line", *_shape(text, matches)]
            yield Sighting(position, _order(matches[0]), tuple(traits), line=text)


def _row(cells: Sequence[str], outside: tuple[str, ...], position: int) -> Sighting | None:
    """A row of a table: the first cell that a code opens or closes, else the first that holds one."""
    matches = {at: codes_in(cell[:_LINE]) for at, cell in enumerate(cells)}
    held = [at for at, found in matches.items() if found]
    if not held:
        return None
    best = next((at for at in held if cells[at][: matches[at][0].start()].strip(" *_[(") in ("", "GRI")), held[0])
    text = cells[best].strip()
    found = codes_in(text[:_LINE])
    traits = [*outside, "row", f"cell-{min(best, 4)}", *(f"in-{trait}" for trait in _shape(text, found))]
    number = _number(found[0])
    if any(title_beside(number, before="", after=cells[at]) for at in range(max(0, best - 2), min(len(cells), best + 3))):
        traits.append("titled")
    if any(_other().search(cell) for cell in cells[:best]):
        traits.append("other-before")
    foreign = [cell for cell in cells[:best] if re.search(r"[^\W\d_]{3}", cell) and not _standard().search(cell)]
    if foreign:
        traits.append("titled-before" if title_beside(number, before=foreign[-1], after="") else "foreign-before")
    return Sighting(position, _order(found[0]), tuple(traits), len(cells))


def _shape(text: str, matches: Sequence[re.Match[str]]) -> Iterator[str]:
    """Where in its line the first code stands, and what stands beside it."""
    first = matches[0]
    before, after = text[: first.start()], text[first.end() :]
    named = _named().search(before) is not None
    yield "named" if named else "bare"
    bare = _named().sub("", before) if named else before
    opens = not bare.strip(" *_[(\u2192-")
    yield "opens" if opens else "alone-behind" if not after.strip(" *_])") else "inside"
    if opens and not after.strip(" *_])."):
        yield "alone"
    if re.search(r"[\[(]\s*(?:GRI)?[\s:]*$", before):
        yield "bracket"
    if title_beside(_number(first), before=bare, after=after):
        yield "titled"
    codes = {_order(match) for match in matches}
    yield "one" if len(codes) == 1 else "few" if len(codes) < 5 else "many"
    if _other().search(text):
        yield "other-code"
    if re.search(r"\d\s*$", after) and len(codes) == 1:
        yield "ends-in-number"
    if re.match(r"[\s:.]*GRI\s?\d{1,3}\b", bare):
        yield "standard-before"
    if len(text) > _LONG:
        yield "long"


def _order(match: re.Match[str]) -> tuple[int, int]:
    return int(match["std"]), int(match["num"])


def _number(match: re.Match[str]) -> str:
    return f"{int(match['std'])}-{int(match['num'])}"


def steps(found: Sequence[Sighting], blocks: Sequence[Block]) -> list[Observed]:
    """The sightings as elements of a chain: how each follows the one before it."""
    observed = []
    for number, each in enumerate(found):
        step = tuple(_step(found[number - 1], each, blocks)) if number else ()
        observed.append(Observed(("any", *each.traits), step))
    return observed


def _step(before: Sighting, each: Sighting, blocks: Sequence[Block]) -> Iterator[str]:
    yield "any"
    (old, last), (new, number) = before.order, each.order
    if before.order == each.order:
        yield "same"
    elif old == new and 0 < number - last <= 2:
        yield "next"
    elif before.order < each.order:
        yield "up"
    else:
        yield "to-3-3" if each.order == (3, 3) else "down"
    far = each.block - before.block
    yield f"far-{next((limit for limit in (0, 1, 3, 8, 20, 60) if far <= limit), 'off')}"
    one, other = blocks[before.block], blocks[each.block]
    if one.page is not None and other.page is not None:
        turned = other.page - one.page
        yield f"pages-{next((limit for limit in (0, 1, 3) if turned <= limit), 'many')}"
    if one.table is not None and one.table == other.table:
        yield "same-table"
    elif before.cells and before.cells == each.cells:
        yield "same-width"
    between = blocks[before.block : each.block + 1] if far <= _NEAR[0] else ()
    if any(_other().search(block.text) for block in between):
        yield "others-between"
    if any(_place().search(block.text) for block in between):
        yield "places-between"
    words = sum(len(block.text) for block in blocks[before.block + 1 : each.block])
    yield f"text-{next((limit for limit in (0, 100, 400, 1500, 5000) if words <= limit), 'much')}"
