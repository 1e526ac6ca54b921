"""What a report is known by in its proof: runs of letters of each block, whatever their lines, blanks and hyphens."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gri_index.language.text import is_east_asian
from gri_index.model.report import Block, BlockKind, Report
from gri_index.readers.lines import plain
from gri_index.tags import find_inline, strip_tags

LONG, SHORT = 20, 8  # characters of a run; of one in a script that is written without blanks
_MOST = 24  # runs of a block


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the report, to be found on a page."""

    block: int
    section: str
    title: str  # of a heading, as letters alone; "" for other text
    runs: tuple[int, ...]  # hashes of its runs, from its beginning to its end
    short: int = 0  # hash of a text that is shorter than a run; 0 for none


def run_hash(run: str) -> int:
    """The same in every program and year: it is kept in index.json (CRC-32, ISO 3309)."""
    return zlib.crc32(run.encode())


def runs_of(text: str) -> tuple[int, ...]:
    """Hashes of runs spread over a text; none for one that is shorter than a run."""
    stream = plain(text)
    length = SHORT if 2 * sum(map(is_east_asian, stream)) > len(stream) else LONG
    last = len(stream) - length
    if last < 0:
        return ()
    step = max(1, -(-last // _MOST))
    return tuple(run_hash(stream[at : at + length]) for at in dict.fromkeys((*range(0, last + 1, step), last)))


def pieces_of(report: Report, source: str) -> list[Piece]:
    """The blocks of one file of the report, in reading order, without the tags in their text."""
    own = {section.id: section for section in report.sections if section.source == source}
    return [_piece(block, own[block.section].title) for block in report.blocks if block.section in own and block.role is None]


def _piece(block: Block, title: str) -> Piece:
    if block.kind is BlockKind.HEADING:
        return Piece(block.id, block.section, plain(title), block.runs or runs_of(title))
    text = untagged(block.text, block.kind)
    runs = block.runs or runs_of(text)  # as they were kept, where the text itself is not there
    bare = plain(text)
    return Piece(block.id, block.section, "", runs, 0 if runs else block.short or (run_hash(bare) if bare else 0))


def untagged(text: str, kind: BlockKind) -> str:
    """The text without its tags: a proof may be typeset without them."""
    return strip_tags(text, list(find_inline(text, kind))) if "GRI" in text else text


def kept(report: Report, source: str, tagged: Sequence[int]) -> Iterator[Piece]:
    """The pieces by which tagged blocks are found again: themselves, the headings above them and the first text below those."""
    sections = {report.blocks[block].section for block in tagged}
    wanted, begun = set(tagged), set[str]()
    pieces = pieces_of(report, source)
    for before, piece in pairwise(pieces):
        if piece.block in wanted and not piece.title and not piece.runs:
            wanted.add(before.block)  # a line of nothing but a tag stands where the text above it ends
    for piece in pieces:
        if piece.section in sections and (piece.title or piece.section not in begun):
            wanted.add(piece.block)
            if not piece.title and piece.runs:
                begun.add(piece.section)
    yield from (piece for piece in pieces if piece.block in wanted)
