"""Fits the weights that tell a content index and other frameworks' tables from the text of a report.

    python -m benchmarks.fit_parts FOLDER… [--write]

Each FOLDER holds ``files/`` and ``manifest.csv`` with the columns file, index_pages and
other_framework_pages. Prints, for each report, how many lines with codes get the right label
when the report is among those that the weights were fitted on, and when it is left out. Invented reports (``made_parts``) are always among them.
``--write`` puts the weights, fitted on all reports, into the program.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.made_parts import made_reports
from gri_index.extraction.chain import Observed, best_path, features
from gri_index.extraction.parts import BODY, INDEX, LABELS, OTHER
from gri_index.extraction.sightings import Sighting, sightings, steps
from gri_index.extraction.weights import put_weights
from gri_index.model.report import Block
from gri_index.readers import read_file

_ROUNDS = 24
_REAL = 3.0  # what a real report weighs against an invented one
_MADE = 120  # invented reports
Allowed = tuple[str, ...]
Sample = tuple[str, list[Observed], list[Allowed]]


def pages_of(text: str, *, offset: int) -> set[int]:
    """Pages "185-198 a table; 201" as a set; ``offset`` is added."""
    found: set[int] = set()
    for first, last in re.findall(r"(?<![\d/])(\d+)(?:\s?-\s?(\d+))?(?![\d/])", re.sub(r"\([^)]*\)|Law \S+", "", text)):
        found |= set(range(int(first) + offset, int(last or first) + 1 + offset))
    return found


def samples(folder: Path) -> list[Sample]:
    """Each report of a folder as a chain with its right labels."""
    found = []
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            path = folder / "files" / row["file"]
            report = read_file(path.name, path.read_bytes())
            seen = sightings(report.blocks)
            found.append((path.stem, steps(seen, report.blocks), _truth(row, seen, report.blocks, path)))
    return found


def made_samples() -> list[Sample]:
    """The invented reports as chains."""
    found: list[Sample] = []
    for name, blocks, labels in made_reports(_MADE):
        seen = sightings(blocks)
        found.append((name, steps(seen, blocks), [(labels[each.block],) for each in seen]))
    return found


def _truth(row: Mapping[str, str], seen: Sequence[Sighting], blocks: Sequence[Block], path: Path) -> list[Allowed]:
    """The labels that each line may have: what a manifest says nothing of may be text or another table."""
    stated, others = row.get("index_pages") or "", row.get("other_framework_pages")
    if "whole file" in stated:
        return [(INDEX,)] * len(seen)
    if "lines" in stated:  # a file without pages: its index is the tables from 2-1 on
        start = next((each.block for each in seen if blocks[each.block].cells and each.order == (2, 1)), len(blocks))
        return [(INDEX,) if blocks[each.block].cells and each.block >= start else (BODY, OTHER) for each in seen]
    zero = path.suffix == ".md" and re.search(r"^\{0\}-{3,}", path.read_text(encoding="utf-8"), re.MULTILINE) is not None
    index = pages_of(stated, offset=int(zero)) | _gold_pages(path)
    if others is None:
        return [(INDEX,) if blocks[each.block].page in index else (BODY, OTHER) for each in seen]
    other = pages_of(others, offset=int(zero))
    pages = [blocks[each.block].page for each in seen]
    return [(INDEX,) if page in index else (OTHER,) if page in other else (BODY,) for page in pages]


def _gold_pages(path: Path) -> set[int]:
    """The pages on which the gold of a PDF has rows."""
    gold = path.parent.parent / "gold" / f"{path.stem}.csv"
    if path.suffix != ".pdf" or not gold.is_file():
        return set()
    with gold.open(encoding="utf-8-sig", newline="") as stream:
        return {int(page) for row in csv.DictReader(stream) if (page := row.get("index_pdf_page") or "").isdigit()}


def fit(training: Sequence[Sample]) -> dict[str, float]:
    """Averaged perceptron over whole reports; each report weighs by the share of its lines that are wrong."""
    weights: defaultdict[str, float] = defaultdict(float)
    total: defaultdict[str, float] = defaultdict(float)
    rounds = 0
    for turn in range(_ROUNDS):
        for number, (name, whole, allowed) in enumerate(training):
            rounds += 1
            weight = 1.0 if name.startswith("made-") else _REAL
            observed = _blinded(whole, turn // 2 + number) if turn % 2 else whole
            path = best_path(observed, LABELS, weights)
            wrong = _wrong(path, allowed)
            if wrong:
                change = Counter(features(observed, best_path(observed, LABELS, weights, allowed)))
                change.subtract(Counter(features(observed, path)))
                for feature, count in change.items():
                    weights[feature] += count * weight / wrong
            for feature, value in weights.items():
                total[feature] += value
    return {name: round(value / rounds, 3) for name, value in sorted(total.items()) if abs(value / rounds) >= 0.001}


# What another report may lack: its language's titles, a title above the index, a head, pages, tables.
_BLIND = (
    lambda trait: "titled" in trait,
    lambda trait: "title-" in trait or "title-last" in trait,
    lambda trait: trait.startswith("head-"),
    lambda trait: trait.startswith(("pages-", "same-table", "same-width")),
    lambda trait: "titled" in trait or "title-" in trait,
)


def _blinded(observed: Sequence[Observed], turn: int) -> list[Observed]:
    """The chain without one kind of trait, another one each turn, so that no weight stands on one kind alone."""
    hidden = _BLIND[turn % len(_BLIND)]
    return [
        Observed(tuple(t for t in each.traits if not hidden(t)), tuple(t for t in each.step if not hidden(t)))
        for each in observed
    ]


def _wrong(path: Sequence[str], allowed: Sequence[Allowed]) -> int:
    return sum(label not in wanted for label, wanted in zip(path, allowed, strict=True))


def right(sample: Sample, weights: Mapping[str, float]) -> tuple[int, int]:
    """(lines with the right label, lines)."""
    _, observed, allowed = sample
    return len(allowed) - _wrong(best_path(observed, LABELS, weights), allowed), len(allowed)


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    data = [sample for folder in folders for sample in samples(folder)]
    made = made_samples()
    weights = fit([*data, *made])
    if "--write" in sys.argv:
        put_weights("parts", weights)
    counts = [right(sample, weights) for sample in made]
    print(
        f"{f'{len(made)} invented':28}{sum(c[1] for c in counts):7}{sum(c[0] for c in counts) / sum(c[1] for c in counts):9.4f}"
    )
    with ProcessPoolExecutor() as pool:
        others = [[*data[:number], *data[number + 1 :], *made] for number in range(len(data))]
        without = [] if "--quick" in sys.argv else list(pool.map(fit, others))
    _print(data, weights, without)
    return 0


def _print(data: Sequence[Sample], weights: Mapping[str, float], without: Sequence[Mapping[str, float]]) -> None:
    """A line for each report: its lines, and the share with the right label, fitted and left out."""
    print(f"{'report':28}{'lines':>7}{'fitted':>9}{'left out':>10}")
    sums = [0, 0, 0]
    for number, sample in enumerate(data):
        fitted, lines = right(sample, weights)
        out = right(sample, without[number])[0] if without else 0
        sums = [sums[0] + lines, sums[1] + fitted, sums[2] + out]
        print(f"{sample[0]:28}{lines:7}{fitted / max(lines, 1):9.4f}{out / max(lines, 1):10.4f}")
    print(f"{'all':28}{sums[0]:7}{sums[1] / sums[0]:9.4f}{sums[2] / sums[0]:10.4f}   {len(weights)} weights")


if __name__ == "__main__":
    sys.exit(main())
