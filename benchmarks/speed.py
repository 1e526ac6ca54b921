"""Speed and memory against the floor, in one run.

    python -m benchmarks.speed [REPORT.docx [REPORT.md [REPORT.pdf]]]

Whole processes, best of several runs in turn, so that a change of the machine's speed
meets both sides: ``--version`` against importing click; ``build`` from Word against
opening and walking the same file with python-docx and writing one sheet with openpyxl;
``tags`` on Markdown of growing size; ``tags`` on a PDF against PDFium's bare text of the
same file, and on the same pages once, twice and four times; peak memory of each. Nothing
here is a test.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOOR = """
import sys, docx, openpyxl
document = docx.Document(sys.argv[1])
texts = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
book = openpyxl.Workbook()
for text in texts:
    book.active.append([text.lstrip("=")])
book.save(sys.argv[2])
"""


BARE = """
import sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
for index in range(len(document)):
    page = document[index]
    page.get_textpage().get_text_range()
    page.close()
"""


def once(command: list[str]) -> tuple[float, int]:
    """(seconds, peak memory in kB) of one process, compiled modules kept as anyone's are."""
    start = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss


def compare(name: str, ours: list[str], floor: list[str], aim: float, runs: int = 9) -> None:
    """Both commands in turn; the median of each and of the ratios."""
    once(ours), once(floor)
    pairs = [(once(ours), once(floor)) for _ in range(runs)]
    mine, other = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    memory = max(pair[0][1] for pair in pairs) / 1024, max(pair[1][1] for pair in pairs) / 1024
    print(
        f"{name:34}{mine * 1000:8.0f} ms  floor {other * 1000:6.0f} ms  ratio {ratio:5.2f} (aim {aim})  peak {memory[0]:5.0f} MB, floor {memory[1]:.0f} MB"
    )


def growth(text: str, folder: Path) -> None:
    """``tags`` on 1, 2, 4, 8, 16 times the same Markdown."""
    for times in (1, 2, 4, 8, 16):
        path = folder / f"x{times}.md"
        path.write_text(text * times, encoding="utf-8")
        seconds, memory = min(once([sys.executable, "-m", "gri_index", "tags", str(path), "--format", "json"]) for _ in range(2))
        print(
            f"tags on Markdown x{times:<3} {path.stat().st_size / 2**20:7.2f} MB {seconds:8.2f} s  {seconds / times:6.3f} s per unit  peak {memory / 1024:5.0f} MB"
        )


def pdf_growth(source: Path, folder: Path) -> None:
    """``tags`` on 1, 2, 4 times the pages of a PDF."""
    import pypdfium2 as pdfium

    pages = pdfium.PdfDocument(source)
    for times in (1, 2, 4):
        document = pdfium.PdfDocument.new()
        for _ in range(times):
            document.import_pages(pages)
        path = folder / f"x{times}.pdf"
        document.save(path)
        count = len(document)
        document.close()
        seconds, memory = min(once([sys.executable, "-m", "gri_index", "tags", str(path), "-q"]) for _ in range(2))
        print(
            f"tags on PDF, {count:5} pages {seconds:8.2f} s  {seconds / count * 1000:6.2f} ms per page  peak {memory / 1024:5.0f} MB"
        )


def main() -> int:
    word = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "report.en.docx"
    markdown = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "examples" / "report.en.md"
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare("--version / import click", [python, "-m", "gri_index", "--version"], [python, "-c", "import click"], 1.5)
        build = [python, "-m", "gri_index", "build", str(word), "-o", str(folder / "out"), "-q", "--fresh"]
        compare(f"build {word.name}", build, [python, "-c", FLOOR, str(word), str(folder / "floor.xlsx")], 2.0)
        if len(sys.argv) > 3:
            pdf = Path(sys.argv[3])
            compare(f"tags {pdf.name}", [python, "-m", "gri_index", "tags", str(pdf), "-q"], [python, "-c", BARE, str(pdf)], 1.5)
            pdf_growth(pdf, folder)
        growth(markdown.read_text(encoding="utf-8"), folder)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
