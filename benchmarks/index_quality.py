"""Quality of index reading against gold indexes: rows and disclosures, precision, recall and F1.

    python -m benchmarks.index_quality FOLDER [-v] [NAME…]

FOLDER holds ``files/`` and ``gold/NAME.csv`` or ``gold/NAME.index.csv`` with the columns
disclosure, location_as_printed, pages ("12;13"), status and doubt. A row is right when disclosure,
set of pages and omitted-or-not agree and at least half of the words of its place were read;
doubtful gold rows, and what was read for them, are left aside.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gri_index.extraction.extract import extract
from gri_index.language.text import fold
from gri_index.model.printed import PrintedRow
from gri_index.readers import InputFile

Key = tuple[str, tuple[str, ...], bool]


@dataclass(frozen=True)
class Gold:
    """The rows of a gold index: those without doubt with the words of their places, and disclosures with a doubtful row."""

    rows: tuple[tuple[Key, frozenset[str]], ...]
    doubtful: frozenset[str]


def gold_rows(path: Path) -> Gold:
    rows, doubtful = [], set()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row.get("doubt") and not row["disclosure"].startswith("own:"):
                doubtful.add(row["disclosure"])
                continue
            pages = tuple(sorted(page.lstrip("0") for page in row["pages"].split(";") if page))
            words = frozenset(_words(row.get("location_as_printed") or ""))
            rows.append(((_gold_name(row["disclosure"]), pages, row["status"] == "omitted"), words))
    return Gold(tuple(rows), frozenset(doubtful))


def _gold_name(written: str) -> str:
    """The name of a gold row; an indicator that has no number of GRI's ("G4-EU28") is the organization's own."""
    return written if re.match(r"\d|S\d|own:", written) else f"own:{written}"


def read_rows(path: Path) -> list[tuple[Key, frozenset[str]]]:
    """The rows as the program reads them, with all words that it read of their places and omissions."""
    return [row_key(row) for row in extract(InputFile(path.name, path.read_bytes())).rows]


def row_key(row: PrintedRow) -> tuple[Key, frozenset[str]]:
    """What a row is compared by: disclosure, pages, omitted or not; the words of its place."""
    number = row.reference.name if not row.reference.sector_ref else f"S{row.reference.sector_ref}"
    told = [row.location, *(f"{each.reason} {each.explanation}" for each in row.omissions), *(text for _, text in row.extras)]
    name = f"own:{row.reference.raw}" if row.own else number
    return (name, tuple(sorted(row.pages)), row.omitted), frozenset(_words(" ".join(told)))


def same_row(row: tuple[Key, frozenset[str]], gold: tuple[Key, frozenset[str]]) -> bool:
    """True where a row that was read says what the gold says."""
    return gold[0] == row[0] and 2 * len(gold[1] & row[1]) >= len(gold[1])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).casefold())


def score(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def counts_of(path: Path, gold: Path, *, verbose: bool = False) -> tuple[int, int, int, int, int, int]:
    """(right, read, gold) of the rows, then of the disclosures."""
    told, read = gold_rows(gold), read_rows(path)
    wanted = list(told.rows)
    certain = {key[0] for key, _ in wanted}
    if not any(number.startswith("own:") for number in certain):
        read = [row for row in read if not row[0][0].startswith("own:")]
    read = [row for row in read if row[0][0] not in told.doubtful or row[0][0] in certain]
    missed, surplus = list(wanted), []
    for row in read:
        match = next((each for each in missed if same_row(row, each)), None)
        if match:
            missed.remove(match)
        else:
            surplus.append(row)
    wrong = [row for row in surplus if row[0][0] not in told.doubtful]  # others may be read for a doubtful row
    right = len(wanted) - len(missed)
    by_number = Counter(key[0] for key, _ in read if (key, _) not in surplus or key[0] not in told.doubtful)
    gold_numbers = Counter(key[0] for key, _ in wanted)
    if verbose:
        print("   wrong: ", *sorted(key for key, _ in wrong)[:40], sep="\n      ")
        print("   missed:", *sorted(key for key, _ in missed)[:40], sep="\n      ")
    rows = (right, right + len(wrong), len(wanted))
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
        print_counts(path.stem, counts)
    print_counts("all", tuple(totals))
    return 0


def print_counts(name: str, counts: tuple[int, ...]) -> None:
    """A line with precision, recall and F1 of rows, then of disclosures."""
    rows, disclosures = score(*counts[:3]), score(*counts[3:])
    print(
        f"{name:28}{counts[1]:6}{counts[2]:6}"
        + "".join(f"{value:8.4f}" for value in rows)
        + "                "
        + "".join(f"{value:8.4f}" for value in disclosures)
    )


if __name__ == "__main__":
    sys.exit(main())
