"""Real reports. They are not part of the project: GRI_INDEX_CORPUS names their folder."""

import csv
from pathlib import Path

import pytest

from benchmarks.tag_quality import gold_rows, score
from gri_index.extraction.report import read_report
from gri_index.tags import parse_marker

pytestmark = pytest.mark.corpus


# Reports whose ways of tagging are not read well yet: their level below is where reading stands, and must not fall.
HARD = frozenset(("verbund_2023",))


def tag_quality(corpus: Path, *, hard: bool) -> tuple[float, float, int]:
    """(precision, recall, tags in the gold data)."""
    folder = corpus / "tagged"
    found_all = gold_all = right = 0
    for gold in sorted((folder / "gold").glob("*.tags.csv")):
        if (gold.name.removesuffix(".tags.csv") in HARD) is not hard:
            continue
        content = (folder / "files" / gold.name.replace(".tags.csv", ".md")).read_bytes()
        report = read_report("report.md", content)
        found, tags, _ = score(report, gold_rows(gold), int(b"\n{0}-" in b"\n" + content))
        found_all, gold_all, right = found_all + len(found), gold_all + len(tags), right + len(found & tags)
    return right / found_all, right / gold_all, gold_all


def test_inline_tags_of_real_reports(corpus: Path) -> None:
    precision, recall, tags = tag_quality(corpus, hard=False)
    assert tags > 1000 and precision > 0.99 and recall > 0.99


def test_inline_tags_that_are_hard_to_read_get_no_worse(corpus: Path) -> None:
    precision, recall, _ = tag_quality(corpus, hard=True)
    assert precision > 0.99 and recall > 0.84


def test_every_marker_of_the_seed_under_its_heading_with_its_carrier(corpus: Path) -> None:
    seed = corpus.parent / "seed"
    if not seed.is_dir():
        pytest.skip("needs the folder seed beside the corpus")
    report = read_report("seed.docx", (seed / "jiayin-2022-tagged.docx").read_bytes())
    titles = {section.id: section.title for section in report.sections}
    found = [(titles[t.section], t.carrier.value, t.reference.name, t.reference.requirements) for t in report.tags]
    with (seed / "jiayin-2022-tags.csv").open(encoding="utf-8-sig", newline="") as stream:
        wanted = [
            (
                row["heading"],
                {"inline": "text", "index": "index-field"}.get(row["carrier"], row["carrier"]),
                reference.name,
                reference.requirements,
            )
            for row in csv.DictReader(stream)
            for reference in parse_marker(row["marker"])
        ]
    assert found == wanted


def test_a_report_whose_codes_are_in_index_and_assurance_statement_has_no_tags(corpus: Path) -> None:
    report = read_report("report.md", (corpus / "files" / "samsung_sds_2024.md").read_bytes())
    assert report.tags == ()
    assert [excluded.why for excluded in report.excluded] == ["content index"]
