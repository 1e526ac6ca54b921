"""Real reports. They are not part of the project: GRI_INDEX_CORPUS names their folder."""

import csv
import datetime
from pathlib import Path

import pytest

from benchmarks.tag_quality import gold_rows, score
from gri_index.catalogue import load_catalogue
from gri_index.extraction.report import read_report
from gri_index.model.profile import Profile
from gri_index.pipeline import InputFile, audit
from gri_index.suggest.rank import suggest
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


@pytest.fixture
def seed(corpus: Path) -> Path:
    folder = corpus.parent / "seed"
    if not folder.is_dir():
        pytest.skip("needs the folder seed beside the corpus")
    return folder


def test_every_marker_of_the_seed_under_its_heading_with_its_carrier(seed: Path) -> None:
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


def test_suggestions_find_the_right_sections_of_the_seed(seed: Path) -> None:
    """By the tags that an expert set: its section among the first three, for those whose heading is one in the text."""
    report = read_report("seed.txt", (seed / "jiayin-2022-esg-report.txt").read_bytes())
    found: dict[str, set[str]] = {}
    for each in suggest(report, load_catalogue(), datetime.date(2025, 12, 31), least=0.0).found:
        found.setdefault(each.key.number, set()).add(each.section.title)
    titles, wanted = {section.title for section in report.sections}, dict[str, set[str]]()
    with (seed / "jiayin-2022-tags.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            for reference in parse_marker(row["marker"]):
                if row["heading"] in titles and reference.number:
                    wanted.setdefault(reference.number, set()).add(row["heading"])
    right = [number for number, headings in wanted.items() if headings & found.get(number, set())]
    assert len(wanted) >= 20 and len(right) >= 0.8 * len(wanted), sorted(wanted.keys() - set(right))


def test_the_seed_s_index_leaves_out_what_its_text_reports(seed: Path) -> None:
    file = InputFile("seed.txt", (seed / "jiayin-2022-esg-report.txt").read_bytes())
    outputs = audit(file, Profile(), load_catalogue(), judged=datetime.date(2025, 12, 31))
    left_out = {finding.disclosure for finding in outputs.findings if finding.name == "under-claim"}
    assert {"2-4", "2-26", "301-1", "305-1"} <= left_out
    assert not left_out & {"2-30", "207-1", "207-2", "207-3", "207-4", "415-1", "405-2"}
    assert len(left_out) <= 12
    assert [finding.disclosure for finding in outputs.findings if finding.name == "over-claim"] == []  # its places are all right
