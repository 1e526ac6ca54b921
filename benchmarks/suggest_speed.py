"""What ``suggest`` costs above reading the report: seconds and memory, each report in a process of its own.

    python -m benchmarks.suggest_speed REPORT…

The aim for 150 pages: half a second and 120 MB.
"""

import datetime
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

_DAY = datetime.date(2025, 12, 31)


def measure(path: Path) -> str:
    """One line for a report."""
    from gri_index.catalogue import load_catalogue
    from gri_index.extraction.report import read_report
    from gri_index.suggest.rank import suggest

    catalogue, content = load_catalogue(), path.read_bytes()
    before, start = _peak(), time.perf_counter()
    report = read_report(path.name, content)
    read, middle = _peak(), time.perf_counter()
    found = suggest(report, catalogue, _DAY)
    seconds = time.perf_counter() - middle
    return (
        f"{path.name:32}{len(report.pages):6}{len(report.sections):10}{middle - start:9.2f}{seconds:10.2f}"
        f"{read - before:9.0f}{_peak() - read:10.0f}{len(found.found):8}   {'numpy' if 'numpy' in sys.modules else '-'}"
    )


def _peak() -> float:
    """The most memory that the process had, in MB (getrusage counts KB on Linux, bytes on macOS)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> int:
    print(
        f"{'report':32}{'pages':>6}{'sections':>10}{'read s':>9}{'suggest s':>10}{'read MB':>9}{'suggest MB':>11}{'found':>7}   heavy"
    )
    with ProcessPoolExecutor(max_workers=1, max_tasks_per_child=1) as pool:
        for line in pool.map(measure, [Path(each) for each in sys.argv[1:]]):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
