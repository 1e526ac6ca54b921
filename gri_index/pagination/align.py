"""Finds the blocks of a report on the pages of its proof.

Runs of letters that stand on one page alone vote for it; the blocks whose pages rise in reading
order are the backbone (longest increasing subsequence: Fredman, On computing the length of longest
increasing subsequences, 1975), and what has no vote of its own stands between its neighbours there.
Nothing is guessed in silence: each block has an outcome.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.report import BlockKind
from gri_index.pagination.pieces import LONG, SHORT, Piece, run_hash, untagged
from gri_index.readers.lines import plain

_ENOUGH = 0.25  # of a block's runs: fewer are another text that repeats some of its words
_LONGEST = 300  # characters of a heading
_NEAR = 1  # pages: a note or a box stands beside its text


class Outcome(StrEnum):
    """What became of a block."""

    FOUND = "found"
    MOVED = "moved"  # it stands in another place of the report
    RENAMED = "renamed"  # a heading that is not there, above text that is
    CHANGED = "changed"  # text that is not there, below its heading that is
    AMBIGUOUS = "ambiguous"  # on several pages
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block stands: the pages, from 1, on which it begins and ends; none where that is not known."""

    outcome: Outcome
    first: int | None = None
    last: int | None = None
    pages: tuple[int, ...] = ()  # that it may stand on, where they are several


def align(pieces: Sequence[Piece], pages: Sequence[Sequence[str]]) -> dict[int, Spot]:
    """Block -> where it stands. ``pages``: the lines of each, without running heads and feet."""
    return _Alignment(pieces, pages).spots()


class _Alignment:
    """One report held against one proof."""

    def __init__(self, pieces: Sequence[Piece], pages: Sequence[Sequence[str]]) -> None:
        self.pieces = pieces
        self.lines = [_lines(page) for page in pages]
        self.hashes = [frozenset(map(run_hash, lines)) for lines in self.lines]
        seen = _seen(pieces, pages)
        owners = Counter(run for piece in pieces for run in set(piece.runs))
        self.voted = [_span(piece, seen, owners) for piece in pieces]  # by runs that no other page, and no other block, has
        self.shared = [_candidates(piece, seen) for piece in pieces]
        self.backbone = _rising([(at, span[0]) for at, span in enumerate(self.voted) if span])
        self.moved = self._moved()

    def spots(self) -> dict[int, Spot]:
        """Text first: headings stand above it."""
        found: dict[int, Spot] = {}
        bounds = self._bounds()
        for at, piece in enumerate(self.pieces):
            if not piece.title:
                found[piece.block] = self._text(at, bounds[at], found)
        for at, piece in enumerate(self.pieces):
            if piece.title:
                found[piece.block] = self._heading(at, bounds[at], found)
        return {piece.block: self._below_heading(piece, found) for piece in self.pieces}

    def _bounds(self) -> list[tuple[int, int]]:
        """The pages between which each block has to stand, where the report is in its old order."""
        count = len(self.pieces)
        low, high = [1] * count, [len(self.lines)] * count
        reached = 1
        for at in range(count):
            low[at] = reached
            if at in self.backbone:
                reached = (self.voted[at] or (reached, reached))[1]
        reached = len(self.lines)
        for at in reversed(range(count)):
            high[at] = reached
            if at in self.backbone:
                reached = (self.voted[at] or (reached, reached))[0]
        for at in range(count):
            if self.pieces[at].section in self.moved:
                low[at], high[at] = self.moved[self.pieces[at].section]
        return list(zip(low, high, strict=True))

    def _moved(self) -> Mapping[str, tuple[int, int]]:
        """Sections that stand elsewhere in the proof, with the pages between which they do."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for piece, span in zip(self.pieces, self.voted, strict=True):
            if span:
                spans.setdefault(piece.section, []).append(span)
        kept = {self.pieces[at].section for at in self.backbone}
        return {
            section: (
                max(1, min(first for first, _ in several) - _NEAR),
                min(len(self.lines), max(last for _, last in several) + _NEAR),
            )
            for section, several in spans.items()
            if section not in kept
        }

    def _text(self, at: int, bound: tuple[int, int], found: Mapping[int, Spot]) -> Spot:
        piece, (low, high) = self.pieces[at], bound
        if span := self.voted[at]:
            near = piece.section not in self.moved and (at in self.backbone or low - _NEAR <= span[0] <= high + _NEAR)
            return Spot(Outcome.FOUND if near else Outcome.MOVED, *span)
        there = Outcome.MOVED if piece.section in self.moved else Outcome.FOUND
        inside = [page for page in self.shared[at] if low <= page <= high]
        if len(inside) == 1:
            return Spot(there, inside[0], inside[0])
        if inside:
            return Spot(Outcome.AMBIGUOUS, pages=tuple(inside))
        if piece.runs:
            return Spot(Outcome.UNMATCHED)
        if piece.short:
            inside = [page for page in range(low, high + 1) if piece.short in self.hashes[page - 1]]
            if len(inside) == 1:
                return Spot(there, inside[0], inside[0])
            return Spot(Outcome.AMBIGUOUS, pages=tuple(inside)) if inside else Spot(Outcome.UNMATCHED)
        before = self.pieces[at - 1] if at else None  # a line of nothing but a tag ends the text above it
        above = found.get(before.block) if before and before.section == piece.section else None
        if above and above.last:
            return Spot(above.outcome, above.last, above.last)
        return Spot(Outcome.FOUND, low, low) if low == high else Spot(Outcome.UNMATCHED)

    def _heading(self, at: int, bound: tuple[int, int], found: Mapping[int, Spot]) -> Spot:
        piece, (low, high) = self.pieces[at], bound
        below = next((found[each.block] for each in self._section(at) if found[each.block].first), None)
        if below and below.first:
            for page in (below.first, below.first - 1):
                if page and piece.title in self.lines[page - 1]:
                    return Spot(below.outcome, page, page)
        inside = [page for page in range(low, high + 1) if piece.title in self.lines[page - 1]]
        if len(inside) == 1:
            return Spot(Outcome.FOUND, inside[0], inside[0])
        if below and below.first:
            return Spot(Outcome.RENAMED, below.first, below.first)
        if inside:
            return Spot(Outcome.AMBIGUOUS, pages=tuple(inside))
        anywhere = [page for page, lines in enumerate(self.lines, start=1) if piece.title in lines]
        return Spot(Outcome.MOVED, anywhere[0], anywhere[0]) if len(anywhere) == 1 else Spot(Outcome.UNMATCHED)

    def _section(self, at: int) -> Iterator[Piece]:
        """The text of a heading's own section."""
        for piece in self.pieces[at + 1 :]:
            if piece.section != self.pieces[at].section:
                return
            if not piece.title:
                yield piece

    def _below_heading(self, piece: Piece, found: Mapping[int, Spot]) -> Spot:
        """Text that is not there, or too short to be known, is cited by its heading, which is."""
        spot = found[piece.block]
        if piece.title or spot.first or (spot.outcome is Outcome.AMBIGUOUS and not piece.short):
            return spot
        heading = next((each for each in self.pieces if each.title and each.section == piece.section), None)
        above = found[heading.block] if heading else None
        return (
            Spot(Outcome.CHANGED, above.first, above.first) if above and above.outcome in (Outcome.FOUND, Outcome.MOVED) else spot
        )


def _lines(page: Sequence[str]) -> frozenset[str]:
    """What may be a heading on a page: its lines, and two or three of them as one; without tags, with and without a number before it."""
    joined = [" ".join(page[at : at + count]) for count in (1, 2, 3) for at in range(len(page) - count + 1)]
    several = [plain(untagged(line, BlockKind.HEADING)) for line in joined if len(line) <= _LONGEST]
    return frozenset((*several, *(line.lstrip("0123456789") for line in several))) - {""}


def _seen(pieces: Sequence[Piece], pages: Sequence[Sequence[str]]) -> dict[int, list[int]]:
    """Run -> the pages on which it stands, of the runs that are looked for."""
    wanted = {run for piece in pieces for run in piece.runs}
    seen: dict[int, list[int]] = {}
    for number, page in enumerate(pages, start=1):
        stream = plain("".join(page))
        for length in (LONG, SHORT):
            for at in range(len(stream) - length + 1):
                run = run_hash(stream[at : at + length])
                if run in wanted and (not (known := seen.setdefault(run, [])) or known[-1] != number):
                    known.append(number)
    return seen


def _span(piece: Piece, seen: Mapping[int, list[int]], owners: Mapping[int, int]) -> tuple[int, int] | None:
    """(first page, last page) by the runs of the block that stand on one page alone; None where too few do."""
    votes = Counter(seen[run][0] for run in piece.runs if owners[run] == 1 and len(seen.get(run, ())) == 1)
    if not votes or sum(votes.values()) < max(1, _ENOUGH * len(piece.runs)):
        return None
    stretches: list[list[int]] = []
    for page in sorted(votes):
        if stretches and page == stretches[-1][-1] + 1:
            stretches[-1].append(page)
        else:
            stretches.append([page])
    best = max(stretches, key=lambda stretch: sum(votes[page] for page in stretch))
    return best[0], best[-1]


def _candidates(piece: Piece, seen: Mapping[int, list[int]]) -> list[int]:
    """The pages that hold most of a text which stands on several."""
    votes = Counter(page for run in piece.runs for page in seen.get(run, ()))
    return sorted(page for page, count in votes.items() if 2 * count > len(piece.runs))


def _rising(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Of (position, page) the positions of a longest stretch in which no page falls."""
    ends: list[int] = []  # the page that a stretch of each length ends in, at best
    lasts: list[int] = []  # and where
    before: dict[int, int | None] = {}
    for position, page in pairs:
        length = bisect_right(ends, page)
        before[position] = lasts[length - 1] if length else None
        ends[length:] = [page, *ends[length + 1 :]]
        lasts[length:] = [position, *lasts[length + 1 :]]
    found: set[int] = set()
    at = lasts[-1] if lasts else None
    while at is not None:
        found.add(at)
        at = before[at]
    return found
