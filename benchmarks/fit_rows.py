"""Fits how sure a row of an index was read.

    python -m benchmarks.fit_rows FOLDER… [--write]

Each FOLDER is one of ``benchmarks/index_quality``. Each index with a gold is read as it is and
with its table damaged as misreadings damage it: columns joined, dropped, exchanged or cut in the
wrong place, a place beside the wrong number, two rows in one. A row is right where the gold has
it. Prints how well the confidence tells right from wrong rows on reports that the weights were
not fitted on, and what share of the rows was right at each confidence.
"""

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from benchmarks.fit_columns import fit
from benchmarks.index_quality import gold_rows, pairs, row_key, same_row
from gri_index.extraction.cells import IndexLine
from gri_index.extraction.confidence import row_traits, sure
from gri_index.extraction.extract import read_lines
from gri_index.extraction.rows import RowReader
from gri_index.extraction.weights import put_weights
from gri_index.readers import InputFile

Sample = tuple[Mapping[str, float], bool]
Damage = Callable[[list[tuple[str, ...]], random.Random], list[tuple[str, ...]]]
_STEP = 0.1
_AS_IT_IS = 3  # what a row that was read without damage weighs


def _joined(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    at = dice.randrange(max(1, max(map(len, rows)) - 1))
    return [(*row[:at], " ".join(row[at : at + 2]).strip(), *row[at + 2 :]) for row in rows]


def _dropped(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    at = dice.randrange(max(map(len, rows)))
    return [(*row[:at], *row[at + 1 :]) for row in rows]


def _exchanged(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    at = dice.randrange(max(1, max(map(len, rows)) - 1))
    return [(*row[:at], *row[at : at + 2][::-1], *row[at + 2 :]) for row in rows]


def _cut(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    """A column's edge in the middle of another column."""
    at, share = dice.randrange(max(map(len, rows))), dice.uniform(0.3, 0.8)
    found = []
    for row in rows:
        words = row[at].split() if at < len(row) else []
        edge = max(1, round(share * len(words)))
        found.append((*row[:at], " ".join(words[:edge]), " ".join(words[edge:]), *row[at + 1 :]))
    return found


def _shifted(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    """Some places beside the number above theirs."""
    found = list(rows)
    for at in range(len(rows) - 1):
        if dice.random() < 0.15 and len(rows[at]) == len(rows[at + 1]) and len(rows[at]) > 1:
            found[at] = (*rows[at][:-1], rows[at + 1][-1])
    return found


def _run_together(rows: list[tuple[str, ...]], dice: random.Random) -> list[tuple[str, ...]]:
    """Some rows in one with the row below."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        if found and len(found[-1]) == len(row) and dice.random() < 0.12:
            found[-1] = tuple(f"{one} {other}".strip() for one, other in zip(found[-1], row, strict=True))
        else:
            found.append(row)
    return found


_DAMAGES: tuple[Damage, ...] = (_joined, _dropped, _exchanged, _cut, _shifted, _run_together)


def samples_of(path: Path, gold: Path) -> tuple[list[Sample], list[Sample]]:
    """The rows of an index, read as it is, and damaged: what each shows, and whether it is right."""
    lines, _ = read_lines(InputFile(path.name, path.read_bytes()))
    dice = random.Random(path.stem)
    found: list[Sample] = []
    for damage in _DAMAGES:
        damaged: list[IndexLine] = []
        for _, group in groupby(lines, key=lambda line: line.table):
            stretch = list(group)
            rows = damage([line.cells for line in stretch], dice) if dice.random() < 0.5 else [line.cells for line in stretch]
            damaged += [replace(stretch[min(at, len(stretch) - 1)], cells=row) for at, row in enumerate(rows)]
        found += _judged(damaged, gold)
    return list(_judged(lines, gold)), found


def _judged(lines: Sequence[IndexLine], gold: Path) -> Iterator[Sample]:
    told = gold_rows(gold)
    missed = list(told.rows)
    rows = RowReader().read(lines)
    for row, traits in zip(rows, row_traits(rows), strict=True):
        key = row_key(row)
        match = next((each for each in missed if same_row(key, each)), None)
        if match:
            missed.remove(match)
        elif key[0][0] in told.doubtful:
            continue
        yield traits, match is not None


def _auc(found: Sequence[tuple[float, bool]]) -> float:
    """How often a right row is surer than a wrong one."""
    ordered = sorted(found, key=lambda pair: pair[0])
    wrong = total = 0.0
    for _, group in groupby(ordered, key=lambda pair: pair[0]):
        answers = [right for _, right in group]
        rights, wrongs = sum(answers), len(answers) - sum(answers)
        total += rights * (wrong + wrongs / 2)
        wrong += wrongs
    rights = sum(right for _, right in found)
    return total / (rights * wrong) if rights and wrong else 1.0


def _threshold(found: Sequence[tuple[float, bool]]) -> float:
    """The highest confidence below which no more rows are right than wrong: those are said one by one."""
    below = 0.0
    for step in range(1, round(1 / _STEP) + 1):
        answers = [right for share, right in found if share < step * _STEP]
        if answers and 2 * sum(answers) <= len(answers):
            below = step * _STEP
    return round(below, 1)


def _print(name: str, found: Sequence[tuple[float, bool]]) -> None:
    wrong = sum(not right for _, right in found)
    print(f"{name}: {len(found)} rows, {wrong} wrong; a right row is surer than a wrong one in {_auc(found):.3f} of the pairs")
    for low in (step * _STEP for step in range(round(1 / _STEP))):
        answers = [right for share, right in found if low <= min(share, 0.999) < low + _STEP]
        if answers:
            print(f"  confidence {low:.1f} to {low + _STEP:.1f}: {len(answers):6} rows, {sum(answers) / len(answers):.2f} right")


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    golds = [(path, gold) for folder in folders for path, gold in pairs(folder) if gold]
    with ProcessPoolExecutor() as pool:
        read = list(pool.map(samples_of, *zip(*golds, strict=True)))
        data = {path.stem: several for (path, _), several in zip(golds, read, strict=True)}
        rest = [
            [s for other, (plain, damaged) in data.items() if other != name for s in (*plain * _AS_IT_IS, *damaged)]
            for name in data
        ]
        without = dict(zip(data, pool.map(fit, rest), strict=True))
    weights = fit([sample for plain, damaged in data.values() for sample in (*plain * _AS_IT_IS, *damaged)])
    as_it_is, damaged = (
        [(sure(traits, without[name]), right) for name, several in data.items() for traits, right in several[part]]
        for part in (0, 1)
    )
    _print("as it is, left out", as_it_is)
    _print("damaged, left out", damaged)
    doubt = _threshold(as_it_is)
    print(f"rows are doubted below {doubt}")
    if "--write" in sys.argv:
        put_weights("rows", weights)
        put_weights("doubt", {"below": doubt})
    return 0


if __name__ == "__main__":
    sys.exit(main())
