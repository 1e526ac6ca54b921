"""Mutated PDFs through the process that runs PDFium. Not part of ``make test``.

    python tests/fuzz/fuzz_pdfium.py [COUNT]

PDFium is native code and may crash on a hostile file; the reader then says so in one
line. What must not happen is an exception of our own. Each batch runs in a child, so
that a crash ends the batch and not the run.
"""

import os
import random
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pypdfium2 as pdfium

from gri_index.readers import pdfium_process
from tests.pdffiles import PdfPage, pdf

BATCH = 250
SEEDS = [
    pdf([PdfPage([("Energy [GRI 302-1]", 18), ("Text", 10)], ["GRI 2-1"]), PdfPage([("Water", 18)], rotate=90)], outline=[("A", 0), ("B", 1)], labels="[0 << /S /r >> 1 << /S /D /St 3 >>]"),
    pdf([PdfPage([("x", 10)])]),
]  # fmt: skip
PIECES = [b"<<", b">>", b"[", b"]", b" 0 R", b"/Kids", b"/Count -1", b"/Dest", b"/S /D /St 99999999", b"endobj", b"stream", b"/Nums [0 0]", b"/First 2 0 R", b"/Next 11 0 R"]  # fmt: skip


def mutated(random_: random.Random) -> bytes:
    content = bytearray(random_.choice(SEEDS))
    for _ in range(random_.randint(1, 8)):
        at = random_.randrange(len(content))
        match random_.randrange(4):
            case 0:
                content[at] = random_.randrange(256)
            case 1:
                content[at:at] = random_.choice(PIECES)
            case 2:
                del content[at : at + random_.randint(1, 30)]
            case _:
                other = random_.randrange(len(content))
                content[at : at + 20] = content[other : other + 20]
    return bytes(content)


def batch(seed: int) -> None:
    """Reads BATCH files; exits 0, or 3 after an exception of our own."""
    random_ = random.Random(seed)
    for _ in range(BATCH):
        try:
            document = pdfium.PdfDocument(mutated(random_))
            if 0 < len(document) < 100:
                pdfium_process._extract(document, sizes=True)
        except pdfium.PdfiumError:
            continue
        except Exception:
            traceback.print_exc()
            os._exit(3)
    os._exit(0)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    crashes = faults = 0
    for number in range(count // BATCH):
        child = os.fork()
        if not child:
            batch(number)
        _, status = os.waitpid(child, 0)
        crashes += os.WIFSIGNALED(status)
        faults += os.WIFEXITED(status) and os.WEXITSTATUS(status) == 3
    print(f"{count // BATCH} batches of {BATCH}: {crashes} ended by a crash of PDFium, {faults} by an exception of our own")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
