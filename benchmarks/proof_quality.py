"""Pages found again in real PDFs: the text of each is taken out into a Word file, and its pages are looked for in the PDF.

    python -m benchmarks.proof_quality FOLDER

Per file: blocks, the share that is given the page it stood on, the share that is given another one, the
rest being named as doubtful; then the same where every tenth heading and paragraph is worded otherwise. Seconds of the alignment.
"""

import io
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import docx

from gri_index.extraction.report import read_report
from gri_index.model.report import Block, BlockKind, Report
from gri_index.pagination.align import align
from gri_index.pagination.pieces import pieces_of
from gri_index.pagination.proof import read_proof
from gri_index.readers import InputFile

_EVERY = 10


def as_word(blocks: Sequence[tuple[str, bool]]) -> bytes:
    """A Word file of (text, whether it is a heading)."""
    document = docx.Document()
    for text, heading in blocks:
        document.add_heading(text, 1) if heading else document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def taken_out(report: Report) -> list[Block]:
    return [block for block in report.blocks if block.text.strip() and block.page is not None and block.role is None]


def measured(name: str, blocks: Sequence[tuple[str, bool, int | None]], proof: InputFile) -> tuple[int, int, int, float]:
    """(blocks whose page is known, right, wrong, seconds); ``blocks``: text, whether a heading, page."""
    report = read_report("r.docx", as_word([(text, heading) for text, heading, _ in blocks]))
    pages = read_proof(proof).pages
    start = time.perf_counter()
    spots = align(pieces_of(report, report.sources[0].id), pages)
    seconds = time.perf_counter() - start
    known = [
        (spots[block.id], page) for block, (_, _, page) in zip(report.blocks, blocks, strict=True) if page and block.id in spots
    ]
    right = sum(spot.first == page for spot, page in known)
    wrong = sum(spot.first is not None and spot.first != page for spot, page in known)
    return len(known), right, wrong, seconds


def changed(blocks: Sequence[tuple[str, bool, int | None]]) -> list[tuple[str, bool, int | None]]:
    """The report before its last edits: some headings and paragraphs are worded otherwise in it; new paragraphs have no page."""
    found: list[tuple[str, bool, int | None]] = []
    for at, (text, heading, page) in enumerate(blocks):
        if at % _EVERY:
            found.append((text, heading, page))
        elif heading:
            found.append((f"{text[::-1]} anew", True, page))
        else:
            found.append((f"This paragraph, the {at}th, was written anew before the report went to the agency.", False, None))
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    print(f"{'':32}{'blocks':>8}{'right':>8}{'wrong':>8}{'sec.':>7}   {'edited: right':>14}{'wrong':>8}")
    total = [0, 0, 0, 0, 0, 0]
    for path in sorted(folder.glob("*.pdf")):
        proof = InputFile(path.name, path.read_bytes())
        blocks = [
            (block.text, block.kind is BlockKind.HEADING, block.page)
            for block in taken_out(read_report(path.name, proof.content))
        ]
        if len(blocks) < 20:
            continue
        count, right, wrong, seconds = measured(path.name, blocks, proof)
        other, good, bad, _ = measured(path.name, changed(blocks), proof)
        total = [a + b for a, b in zip(total, (count, right, wrong, other, good, bad), strict=True)]
        print(
            f"{path.stem[:30]:32}{count:8}{right / count:8.4f}{wrong / count:8.4f}{seconds:7.2f}   {good / other:14.4f}{bad / other:8.4f}"
        )
    count, right, wrong, other, good, bad = total
    print(f"{'all':32}{count:8}{right / count:8.4f}{wrong / count:8.4f}{'':7}   {good / other:14.4f}{bad / other:8.4f}")


if __name__ == "__main__":
    main()
