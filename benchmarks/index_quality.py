"""Quality of index reading against gold indexes: rows and disclosures, precision, recall and F1.

    python -m benchmarks.index_quality FOLDER [-v] [NAME…]

FOLDER holds ``files/`` and ``gold/NAME.csv`` or ``gold/NAME.index.csv`` with the columns
disclosure, pages ("12;13"), status and doubt. A row is right when disclosure, set of pages
and omitted-or-not agree; doubtful gold rows, and what was read for them, are left aside.
"""

import csv
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gri_index.extraction.extract import extract
from gri_index.readers import InputFile

Key = tuple[str, tuple[str, ...], bool]


def gold_rows(path: Path) -> tuple[Counter[Key], set[str]]:
    """(rows without doubt, disclosures with a doubtful row)."""
    rows: Counter[Key] = Counter()
    doubtful: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row.get("doubt"):
                doubtful.add(row["disclosure"])
                continue
            pages = tuple(sorted(page.lstrip("0") for page in row["pages"].split(";") if page))
            rows[row["disclosure"], pages, row["status"] == "omitted"] += 1
    return rows, doubtful


def score(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def counts_of(path: Path, gold: Path, *, verbose: bool = False) -> tuple[int, int, int, int, int, int]:
    """(right, read, gold) of the rows, then of the disclosures."""
    index = extract(InputFile(path.name, path.read_bytes()))
    wanted, doubtful = gold_rows(gold)
    read: Counter[Key] = Counter()
    for row in index.rows:
        read[row.reference.number or f"S{row.reference.sector_ref}", tuple(sorted(row.pages)), row.omitted] += 1
    certain = {key[0] for key in wanted}
    read = Counter({key: count for key, count in read.items() if key[0] not in doubtful or key[0] in certain})
    surplus = read - wanted
    for key in [key for key in surplus if key[0] in doubtful]:  # read for a doubtful row
        read[key] -= surplus[key]
    by_number, gold_numbers = Counter[str](), Counter[str]()
    for key, count in read.items():
        by_number[key[0]] += count
    for key, count in wanted.items():
        gold_numbers[key[0]] += count
    if verbose:
        print("   wrong: ", *sorted((read - wanted).elements())[:40], sep="\n      ")
        print("   missed:", *sorted((wanted - read).elements())[:40], sep="\n      ")
    rows = (sum((read & wanted).values()), sum(read.values()), sum(wanted.values()))
    return *rows, sum((by_number & gold_numbers).values()), sum(by_number.values()), sum(gold_numbers.values())


def pairs(folder: Path) -> list[tuple[Path, Path | None]]:
    """Each file with its gold, None where there is none."""
    golds = [
        (path, (folder / "gold" / f"{path.stem}.csv", folder / "gold" / f"{path.stem}.index.csv"))
        for path in sorted((folder / "files").iterdir())
    ]
    return [(path, next((each for each in several if each.is_file()), None)) for path, several in golds]


def measure(folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> tuple[float, float]:
    """F1 of rows and of disclosures over the reports of a folder whose names are ``wanted``."""
    found = [counts_of(path, gold) for path, gold in pairs(folder) if gold and wanted(path.stem)]
    totals = [sum(column) for column in zip(*found, strict=True)]
    return score(*totals[:3])[2], score(*totals[3:])[2]


def main() -> int:
    folder = Path(sys.argv[1])
    verbose, names = "-v" in sys.argv, [name for name in sys.argv[2:] if not name.startswith("-")]
    totals = [0] * 6
    print(
        f"{'report':28}{'rows':>6}{'gold':>6}{'prec.':>8}{'recall':>8}{'F1':>8}   disclosures: {'prec.':>7}{'recall':>8}{'F1':>8}"
    )
    for path, gold in pairs(folder):
        if names and path.stem not in names:
            continue
        if gold is None:
            print(f"{path.stem:28}{len(extract(InputFile(path.name, path.read_bytes())).rows):6}     –")
            continue
        counts = counts_of(path, gold, verbose=verbose)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        _print(path.stem, counts)
    _print("all", tuple(totals))
    return 0


def _print(name: str, counts: tuple[int, ...]) -> None:
    rows, disclosures = score(*counts[:3]), score(*counts[3:])
    print(
        f"{name:28}{counts[1]:6}{counts[2]:6}"
        + "".join(f"{value:8.4f}" for value in rows)
        + "                "
        + "".join(f"{value:8.4f}" for value in disclosures)
    )


if __name__ == "__main__":
    sys.exit(main())
