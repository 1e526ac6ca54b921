"""Reports of which it is known where they report each disclosure: by their own tags, and by their own index.

The folder of GRI_INDEX_CORPUS holds ``files/``, ``gold/*.csv`` and ``tagged/`` with the same.
Tags and codes are taken out of what the ranker sees: it must find the places without them.
"""

import csv
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gri_index.extraction.report import read_report
from gri_index.language.text import fold
from gri_index.model.report import Block, Report
from gri_index.model.standards import Catalogue
from gri_index.suggest.words import stems

Places = Mapping[str, frozenset[str]]  # number of a disclosure -> ids of sections
_ELSEWHERE = {"finsa_2023_es_capitulo2": "finsa_2023_es_indice_gri"}  # a report whose index is a file of its own
_LEAST_TAGS, _LEAST_CITED = 10, 10  # disclosures from which a report's labels are worth their noise
_LEAST_SECTIONS = 8  # of a report: a file of fewer is an index alone


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report without its tags, and where it reports what."""

    name: str
    report: Report
    tagged: Places  # sections that bear a tag
    cited: Mapping[str, frozenset[int]]  # pages that the report's index cites, by their number in the file


def corpus_named() -> Path | None:
    """The corpus that the command line names, else GRI_INDEX_CORPUS; None, which is said, where neither is one."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folder = Path(named[0] if named else os.environ.get("GRI_INDEX_CORPUS", ""))
    if (folder / "tagged").is_dir():
        return folder
    print(f"{folder}: no corpus; name its folder, or set GRI_INDEX_CORPUS", file=sys.stderr)
    return None


def labelled(folder: Path, catalogue: Catalogue) -> Iterator[Labelled]:
    """All reports of the corpus that have labels enough, in the order of their names."""
    for base in (folder, folder / "tagged"):
        for path in sorted((base / "files").iterdir()):
            gold = _gold(base, path.stem)
            if base.name != "tagged" and gold is None:
                continue
            report = read_report(path.name, path.read_bytes())
            found = Labelled(path.stem, without_tags(report, catalogue), _tagged(report, catalogue), _cited(report, gold))
            enough = len(found.tagged) >= _LEAST_TAGS or len(found.cited) >= _LEAST_CITED
            if enough and len(report.sections) >= _LEAST_SECTIONS:
                yield found


def _gold(base: Path, stem: str) -> Path | None:
    names = (f"{stem}.index.csv", f"{stem}.csv", f"{_ELSEWHERE.get(stem, '')}.csv")
    return next((path for name in names if (path := base / "gold" / name).is_file()), None)


def _tagged(report: Report, catalogue: Catalogue) -> dict[str, frozenset[str]]:
    numbers = {disclosure.key.number for disclosure in catalogue.disclosures()}
    found: dict[str, set[str]] = {}
    for tag in report.tags:
        number = tag.reference.number
        if number in numbers:
            found.setdefault(number, set()).add(tag.section)
    return {number: frozenset(sections) for number, sections in found.items()}


def _cited(report: Report, gold: Path | None) -> dict[str, frozenset[int]]:
    if gold is None:
        return {}
    numbers = {page.label or str(page.number): page.number for page in report.pages}
    found: dict[str, set[int]] = {}
    with gold.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            printed = row.get("pages_this_document", row["pages"]).split(";")
            here = {numbers[label] for label in printed if label in numbers}
            if here and row["status"] != "omitted" and not row.get("doubt"):
                found.setdefault(row["disclosure"], set()).update(here)
    return {number: frozenset(pages) for number, pages in found.items()}


def without_tags(report: Report, catalogue: Catalogue) -> Report:
    """The report as if nobody had tagged it: codes are gone, and titles of disclosures that stand beside them."""
    codes: dict[int, list[str]] = {}
    for seen in report.seen:
        codes.setdefault(seen.block, []).append(seen.text)
    titles = frozenset(stem for disclosure in catalogue.disclosures() for stem in stems(disclosure.title.in_("en") or ""))
    blocks = tuple(_without(block, codes[at], titles) if at in codes else block for at, block in enumerate(report.blocks))
    return replace(report, blocks=blocks, tags=(), seen=())


def _without(block: Block, codes: list[str], titles: frozenset[str]) -> Block:
    text = fold(block.text)
    for code in codes:
        text = text.replace(fold(code), " ")
    left = [stem for stem in stems(text) if not stem.isdigit() and stem != "gri"]
    if len(left) <= 15 and all(stem in titles for stem in left):
        text = ""
    return replace(block, text=text, cells=())
