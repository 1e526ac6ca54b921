"""Quality of index reading with each report left out of what the weights are fitted on: what a report nobody has seen may expect.

    python -m benchmarks.left_out FOLDER…

Each FOLDER is one of ``benchmarks/index_quality``. For each report with a gold index the
weights are fitted on all others (and on invented ones), and the report is read with them.
It takes some minutes.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import fit_columns, fit_parts
from benchmarks.index_quality import counts_of, pairs, print_counts
from gri_index.extraction.weights import weights

Task = tuple[Path, Path, dict[str, float], dict[str, float]]


def measure(task: Task) -> tuple[int, int, int, int, int, int]:
    """The counts of one report, read with the weights of the others."""
    path, gold, parts, columns = task
    weights().update({"parts": parts, "columns": columns})
    return counts_of(path, gold)


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:]]
    lines = [sample for folder in folders for sample in fit_parts.samples(folder)]
    made_lines = fit_parts.made_samples()
    columns = list(fit_columns.samples(folders))
    made_columns = list(fit_columns.made_columns())
    golds = [(path, gold) for folder in folders for path, gold in pairs(folder) if gold]
    with ProcessPoolExecutor() as pool:
        parts = pool.map(fit_parts.fit, [[*(s for s in lines if s[0] != path.stem), *made_lines] for path, _ in golds])
        others = [
            [*made_columns, *(column for name, several in columns if name != path.stem for column in several)]
            for path, _ in golds
        ]
        tasks = [
            (path, gold, own, fitted)
            for (path, gold), own, fitted in zip(golds, parts, pool.map(fit_columns.fit, others), strict=True)
        ]
        counts = list(pool.map(measure, tasks))
    for (path, _), each in zip(golds, counts, strict=True):
        print_counts(path.stem, each)
    print_counts("all", tuple(sum(column) for column in zip(*counts, strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
