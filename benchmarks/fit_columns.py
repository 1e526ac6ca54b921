"""Fits the weights that tell which columns of a printed index hold places.

    python -m benchmarks.fit_columns FOLDER… [--write]

Each FOLDER is one of ``benchmarks/index_quality``. A column holds places where the words or
the pages of the gold rows stand in it. Prints, for each report, how many columns get the right
answer when the report is among those that the weights were fitted on, and when it is left out.
"""

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.index_quality import pairs
from benchmarks.made_parts import made_tables
from gri_index.extraction.cells import code_rows, head_of
from gri_index.extraction.columns import ENOUGH, CodeRow, column_traits
from gri_index.extraction.extract import read_lines
from gri_index.extraction.places import pages
from gri_index.extraction.weights import put_weights
from gri_index.readers import InputFile

_MADE = 150  # invented tables
_STEPS, _RATE, _DAMP = 400, 0.5, 0.0005
_MOSTLY = 0.4  # of the gold rows that a column of places answers
Column = tuple[Mapping[str, float], bool]


def columns_of(path: Path, gold: Path) -> list[Column]:
    """The traits of each column of each table of a report, and whether it holds places."""
    wanted: dict[str, list[dict[str, str]]] = {}
    with gold.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            wanted.setdefault(row["disclosure"], []).append(row)
    lines, _ = read_lines(InputFile(path.name, path.read_bytes()))
    found: list[Column] = []
    heads: tuple[str, ...] = ()
    for table, group in groupby(lines, key=lambda line: line.table):
        stretch = list(group)
        heads = next((head for line in stretch if (head := head_of(line.cells))), heads)
        rows = code_rows(stretch)
        if table and len(rows) >= ENOUGH:
            width = max(len(cells) for cells, _, _ in rows)
            fitting = heads if len(heads) == width else ()
            for column in range(width):
                if (answer := _answers(rows, column, wanted)) is not None:
                    found.append((column_traits(rows, fitting, column), answer))
                    found.append((column_traits(rows, (), column), answer))  # the head may be missing
                    for moved in ((*fitting[1:], ""), ("", *fitting[:-1])) if fitting else ():  # or stand over another column
                        found.append((column_traits(rows, moved, column), answer))
    return found


def made_columns() -> Iterator[Column]:
    """The columns of invented tables, with their heads, without them, and with the heads moved."""
    for heads, rows, at, places in made_tables(_MADE):
        known: list[CodeRow] = [(row, at, next(part for part in row[at].split() if "-" in part)) for row in rows]
        if len(known) < ENOUGH:
            continue
        for column in range(len(heads)):
            for each in (heads, (), (*heads[1:], ""), ("", *heads[:-1])):
                yield column_traits(known, each, column), column in places


def _answers(rows: Sequence[CodeRow], column: int, wanted: Mapping[str, list[dict[str, str]]]) -> bool | None:
    """Whether the places of the gold stand in the column; None where the gold cannot tell."""
    hits = told = 0
    for cells, at, number in rows:
        text = cells[column] if column < len(cells) and column != at else ""
        for gold in wanted.get(number, ())[:1]:
            words, numbers = set(gold["location_as_printed"].casefold().split()), set(gold["pages"].split(";")) - {""}
            if words or numbers:
                told += 1
                shared = len(words & set(text.casefold().split())) >= 0.5 * len(words) if words else False
                hits += shared or bool(not words and numbers & set(pages(text, column=True)))
    return hits >= _MOSTLY * told if told >= ENOUGH else None


def fit(columns: Sequence[Column]) -> dict[str, float]:
    """Logistic regression by gradient descent."""
    weights: defaultdict[str, float] = defaultdict(float)
    for _ in range(_STEPS):
        slope: defaultdict[str, float] = defaultdict(float)
        for traits, answer in columns:
            wrong = _sure(traits, weights) - answer
            for name, value in traits.items():
                slope[name] += wrong * value
        for name, value in slope.items():
            weights[name] -= _RATE * (value / len(columns) * 10 + _DAMP * weights[name])
    return {name: round(value, 3) for name, value in sorted(weights.items())}


def _sure(traits: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in traits.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def right(columns: Sequence[Column], weights: Mapping[str, float]) -> int:
    return sum((_sure(traits, weights) >= 0.5) == answer for traits, answer in columns)


def samples(folders: Sequence[Path]) -> Iterator[tuple[str, list[Column]]]:
    for folder in folders:
        for path, gold in pairs(folder):
            if gold and (columns := columns_of(path, gold)):
                yield path.stem, columns


def main() -> int:
    data = list(samples([Path(each) for each in sys.argv[1:] if not each.startswith("-")]))
    made = list(made_columns())
    weights = fit([*made, *(column for _, columns in data for column in columns)])
    print(f"{f'{_MADE} invented':28}{len(made):8}{right(made, weights) / len(made):9.4f}")
    if "--write" in sys.argv:
        put_weights("columns", weights)
    sums = [0, 0, 0]
    print(f"{'report':28}{'columns':>8}{'fitted':>9}{'left out':>10}")
    for name, columns in data:
        out = fit([*made, *(column for other, several in data if other != name for column in several)])
        counts = [len(columns), right(columns, weights), right(columns, out)]
        sums = [total + count for total, count in zip(sums, counts, strict=True)]
        print(f"{name:28}{counts[0]:8}{counts[1] / counts[0]:9.4f}{counts[2] / counts[0]:10.4f}")
    print(f"{'all':28}{sums[0]:8}{sums[1] / sums[0]:9.4f}{sums[2] / sums[0]:10.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
