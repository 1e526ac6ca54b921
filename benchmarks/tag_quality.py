"""Precision and recall of inline tags on real reports, and agreement with their printed index.

    python -m benchmarks.tag_quality FOLDER [-v]

FOLDER holds ``files/*.md``, ``gold/*.tags.csv``, ``gold/*.index.csv`` (default: the
folder "tagged" in GRI_INDEX_CORPUS). Scored are (disclosure, page) pairs; a mention taken
for a tag counts as wrong; rows inside tables count neither right nor wrong.
"""

import csv
import os
import sys
from pathlib import Path

from gri_index.extraction.report import read_report
from gri_index.model.keys import Reference
from gri_index.model.report import BlockKind, Report

Pair = tuple[str, int]


def name_of(reference: Reference) -> str:
    if reference.sector_ref:
        return f"S{reference.sector_ref}"
    return reference.name.removeprefix("GRI ")


def gold_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def score(report: Report, rows: list[dict[str, str]], zero_based: int) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """(found, gold tags, gold mentions) as (disclosure, page mark) pairs."""

    def pairs(kind: str) -> set[Pair]:
        return {(row["disclosure"], int(row["page_mark"])) for row in rows if row["kind"] == kind and row["page_mark"]}

    tags, mentions, tables = pairs("tag"), pairs("mention"), pairs("table")
    found: set[Pair] = set()
    in_tables: set[Pair] = set()
    for tag in report.tags:
        if tag.page is not None:
            pair = (name_of(tag.reference), tag.page - zero_based)
            (in_tables if report.blocks[tag.block].kind is BlockKind.TABLE else found).add(pair)
    neither = (tables | in_tables) - tags
    return found - neither, tags, mentions - tags


def agreement(report: Report, index: list[dict[str, str]]) -> tuple[int, int]:
    """(our places that the printed index cites too, our places of disclosures it lists with pages)."""
    printed: dict[str, set[str]] = {}
    for row in index:
        if row["pages"] and not row.get("doubt"):
            printed.setdefault(row["disclosure"], set()).update(row["pages"].split(";"))
    labels = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
    source = report.sources[0].id
    places = {
        (tag.reference.number, labels.get((source, tag.page or 0)))
        for tag in report.tags
        if tag.reference.number in printed and report.blocks[tag.block].kind is not BlockKind.TABLE
    }
    return sum(label in printed[str(number)] for number, label in places), len(places)


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:7.4f}" if whole else "      -"


def main() -> int:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folder = Path(arguments[0]) if arguments else Path(os.environ.get("GRI_INDEX_CORPUS", "")) / "tagged"
    if not (folder / "gold").is_dir():
        print(f"{folder}: no folder with gold data; name one, or set GRI_INDEX_CORPUS", file=sys.stderr)
        return 2
    totals = [0, 0, 0, 0, 0]
    print(f"{'report':24}{'found':>7}{'gold':>6}{'prec.':>8}{'recall':>8}{'F1':>8}{'mentions taken':>16}{'index agreement':>18}")
    for gold in sorted((folder / "gold").glob("*.tags.csv")):
        name = gold.name.removesuffix(".tags.csv")
        text = (folder / "files" / f"{name}.md").read_bytes()
        report = read_report(f"{name}.md", text)
        found, tags, mentions = score(report, gold_rows(gold), int(b"\n{0}-" in b"\n" + text))
        right = len(found & tags)
        precision, recall = ratio(right, len(found)), ratio(right, len(tags))
        f1 = ratio(2 * right, len(found) + len(tags))
        index = gold.with_name(f"{name}.index.csv")
        agreed, places = agreement(report, gold_rows(index)) if index.exists() else (0, 0)
        taken = len(found & mentions)
        print(
            f"{name:24}{len(found):7}{len(tags):6} {precision} {recall} {f1}{taken:9} of {len(mentions):3}"
            f"{agreed:8} of {places:3} {ratio(agreed, places)}"
        )
        totals = [a + b for a, b in zip(totals, (len(found), len(tags), right, taken, len(mentions)), strict=True)]
        if "-v" in sys.argv:
            print("   wrong: ", sorted(found - tags, key=lambda pair: pair[1]))
            print("   missed:", sorted(tags - found, key=lambda pair: pair[1]))
            print("   left out:", [(each.where, each.why) for each in report.excluded])
    found_all, gold_all, right, taken, mentioned = totals
    print(
        f"{'all':24}{found_all:7}{gold_all:6} {ratio(right, found_all)} {ratio(right, gold_all)}"
        f" {ratio(2 * right, found_all + gold_all)}{taken:9} of {mentioned:3}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
