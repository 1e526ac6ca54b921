import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.extraction.report import read_report
from gri_index.model.report import BlockKind, Report
from gri_index.tags import find_inline, strip_tags
from tests.conftest import names

TAGS = [
    ("GRI 2-22", "2-22"),
    ("[GRI 2-14, GRI 2-22]", "2-14 2-22"),
    ("(GRI 2-9, 2-12, 2-13)", "2-9 2-12 2-13"),
    ("Our customers are served from two sites. [GRI 2-6]", "2-6"),
    ("More is found in the annual report. GRI 2-2, 2-3", "2-2 2-3"),
    ("Details stand in the notes (page 12)  GRI 2-1", "2-1"),
    ("The seminars → GRI 3-3, 404; 404-2", "3-3 404-2"),
    ("Key indicators GRI 204-1", "204-1"),
    ("GRI 301-2 GRI 301-3 The group pays attention to re-use.", "301-2 301-3"),
    ("GRI 403-9: Work-related injuries", "403-9"),
    ("Results (GRI 3-3) of the year", "3-3"),
    ("Emissions (ESRS E1-6, GRI 305-1, SDG 13.1) fell.", "305-1"),
    ("Scope 1 (GRI 305-1)15", "305-1"),
    ("我们的董事具有多元化的背景（GRI 405-1-a）。", "405-1"),
    ("环境数据如下。【GRI 302-1、305-1】", "302-1 305-1"),
    ("- GRI 2-7", "2-7"),
    ("ESRS E1-5, GRI 302-1", "302-1"),
    ("ESRS E1-5 | GRI 302-1 | SASB EM-MM-130a.1", "302-1"),
    ("UNGC 6 · GRI 405-1", "405-1"),
    ("GRI 2-7 → Employees", "2-7"),
    ("GRI 302-1能源消耗", "302-1"),
    ("Page 12 GRI 302-1", "302-1"),
    ("对应GRI披露项：302-1、305-1", "302-1 305-1"),
    ("GRI-Angabe 302-1", "302-1"),
    ("Contenidos GRI: 2-22, 2-23", "2-22 2-23"),
    ("Our scope 1 emissions (GRI 305-1) fell by 4%.", "305-1"),
]
MENTIONS = [
    "No disclosures were made on GRI 2-8 in the report for 2022.",
    "The description is based on GRI 3-3, Management of material topics.",
    "In addition, with respect to GRI disclosures GRI 2-30, GRI 401-1 and GRI 405-1,",
    "In our opinion, GRI 2-30 and GRI 405-1 are presented fairly.",
    "We report in line with GRI 2-8",
    "No disclosures were made on GRI 2-8. The table now contains water consumption (GRI 303-5) and waste (GRI 306-3, GRI 306-4).",
    "本节披露GRI 302-1的内容。",
    "GRI 207-4 was applied for the first time",
    "Unsere Ziele sind in GRI 3-3 beschrieben",
    "排放数据无需作 GRI 2-4 所指的信息重述。",
    "See https://example.com/GRI/GRI-302-1 for more.",
    "The GRI 2021 Standards apply since 2023.",
    "GRI Topic Standards: 205-1~3, 206-1, 302-1, 302-3~4, 303-3~5, 305-1~5, 306-3~5, 308-2, 401-3, 403-1~10, 418-1",
    "GRI stands for Global Reporting Initiative; 302-1 is one of its numbers",
]


def found(text: str, kind: BlockKind = BlockKind.BODY, **options: object) -> str:
    runs = find_inline(text, kind, **options)  # type: ignore[arg-type]
    return " ".join(reference.number for each in runs for reference in each.run.references if reference.number)


@pytest.mark.parametrize(("text", "wanted"), TAGS)
def test_a_run_set_apart_is_a_tag(text: str, wanted: str) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize("text", MENTIONS)
def test_a_run_that_the_sentence_needs_is_a_mention(text: str) -> None:
    assert found(text) == ""


def test_a_picture_s_description_holds_mentions_only() -> None:
    assert found("[GRI 305-1]", BlockKind.PICTURE) == ""


def test_an_emphasised_or_linked_run_is_a_tag() -> None:
    text = "tons of Scope 1 GRI 305-1 CO2e in 2023"
    assert found(text) == ""
    assert found(text, spans=[(16, 25)]) == "305-1"


def test_a_heading_s_ends_carry_tags() -> None:
    assert found("GRI 202-1, 401-2 REMUNERATION", BlockKind.HEADING) == "202-1 401-2"
    assert found("Energy use GRI 302-1", BlockKind.HEADING) == "302-1"


@pytest.mark.parametrize(
    ("text", "title"),
    [("Energy (GRI 302-1)", "Energy"), ("多元化治理（GRI 405-1-a）", "多元化治理"), ("GRI 403-9: Work-related injuries", "Work-related injuries"),
     ("Water [GRI 303-1]12", "Water"), ("→ GRI 2-7", "")],
)  # fmt: skip
def test_titles_are_clean(text: str, title: str) -> None:
    assert strip_tags(text, list(find_inline(text, BlockKind.HEADING))) == title


def test_a_line_of_megabytes_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "word (GRI 302-1) " * count
        start = time.perf_counter()
        assert sum(1 for _ in find_inline(text)) == count
        return time.perf_counter() - start

    seconds(100)
    assert seconds(16_000) < 60 * max(seconds(1_000), 0.005)  # quadratic time would be 256 times


FORMS = [
    ("Energy fell. [GRI 401-2,3]", "401-2 401-3"),
    ("Energy fell. GRI 302-1[^1]", "302-1"),
    ("Energy fell. GRI 302-1¹", "302-1"),
    ("Energy fell. (GRI 403-4 (SDG 8), GRI 403-5)", "403-4 403-5"),
    ("Employees (GRI 2-7 (partly))", "2-7"),
    ("Board. GRI 2-9 (p. 4)", "2-9"),
    ("Text. GRI 403-1 bis -3", "403-1 403-2 403-3"),
    ("Text. [GRI 302-1 oder GRI 302-3]", "302-1 302-3"),
    ("Text. GRI 403-1...403-3", "403-1 403-2 403-3"),
    ("Text. GRI 302.1", "302-1"),
    ("Text. GRI_302-1", "302-1"),
    ("Text. gri 415-1", "415-1"),
    ("GRI标准2021：2-9", "2-9"),
    ("Text. GRI-Bezug: 302-1", "302-1"),
    ("★ GRI 302-1", "302-1"),
    ("(GRI 302-1.) Text follows here", "302-1"),
    ("Disclosure 302-1", "302-1"),
    ("Contenido 2-7 Empleados", "2-7"),
    ("环境数据。（披露项 302-1）", "302-1"),
    ("GRI 2: General Disclosures 2021: 2-9, 2-10", "2-9 2-10"),
    ("Pay is consistent with GRI 2-2. GRI 2-3, 2-4", "2-3 2-4"),
    ("We follow GRI 2-23. GRI 2-24", "2-24"),
    ("GRI 305-1: not reported", ""),
    ("The disclosure 2-5 years", ""),
]


@pytest.mark.parametrize(("text", "wanted"), FORMS)
def test_the_forms_that_authors_write(text: str, wanted: str) -> None:
    assert found(text) == wanted


def test_a_standard_named_with_its_year_gives_the_edition() -> None:
    [each] = find_inline("GRI 303: Water and Effluents 2018 – Disclosure 303-3")
    assert [(r.number, r.edition) for r in each.run.references] == [("303-3", "2018")]
    [topic] = find_inline("[GRI 3-3 Energy]")
    assert topic.run.references[0].topic == "Energy"


def test_an_emphasised_title_may_end_right_before_its_tag(markdown: Callable[[str], Report]) -> None:
    report = markdown("# **Risk management**GRI: 2-12; 2-13\n\nText.\n")
    assert (names(report), report.sections[1].title) == (["2-12", "2-13"], "Risk management")


def test_margin_notes_that_a_conversion_wove_into_sentences_are_tags(markdown: Callable[[str], Report]) -> None:
    notes = "\n\n".join(f"GRI {number}\n\nA paragraph of text that says something, and goes on." for number in
                        ["2-7", "2-1", "305-1", "2-3", "401-1", "2-6", "2-2", "403-9", "2-8", "2-12", "2-9", "302-1", "2-10", "2-16", "2-11", "2-17"])  # fmt: skip
    woven = "The board follows the Code of Corporate GRI 2-18 Governance, and says so. See GRI 2-19 for more, or the disclosure on GRI 2-20."
    assert names(markdown(f"# A\n\n{notes}\n\n{woven}\n"))[-2:] == ["2-17", "2-18"]
    assert "2-18" not in names(markdown(f"# A\n\n[GRI 2-1]\n\n{woven}\n"))


def test_each_run_of_codes_is_seen_with_the_reason_of_its_decision(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    text = "# Energy [GRI 302-1]\n\nWe report on GRI 302-3 in words. More below.\n\nGRI 302-4\n\nThe seminars → GRI 404-2\n\n[GRI 2-8] not reported\n"
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    _, out, _ = run("tags", tmp_path / "r.md", "--explain")
    assert [tuple(line.split("  ")[0:1]) + tuple(part.strip() for part in line.split("  ") if part.strip())[-2:-1] for line in out.splitlines()] == [
        ("yes", "in a bracket of its own"), ("no", "part of a sentence"), ("yes", "alone on its line"), ("yes", "behind an arrow"),
        ("no", '"not reported" or the like stands behind it'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Halden AB · GRI 302-1 · 12", True),
        ("Report 2025 | GRI 2-9 to 2-14 | 3", True),
        ("We look at a · b and GRI 302-1 in the text · 2", False),
    ],
)
def test_a_part_of_its_own_between_strokes_is_a_tag(text: str, taken: bool) -> None:
    assert bool(list(find_inline(text))) is taken


@pytest.mark.parametrize(
    "tag", ["[GRI 3-3: Water, sewage and rain]", "[GRI 3-3 Water, sewage and rain]", "[GRI 3-3 (Water, sewage and rain)]"]
)
def test_a_topic_s_name_may_hold_commas(tag: str) -> None:
    [found] = find_inline(f"We say what we do. {tag}")
    assert [each.topic for each in found.run.references] == ["Water, sewage and rain"]


def test_codes_behind_a_topic_without_bracket_stay_codes() -> None:
    [found] = find_inline("We say what we do. [GRI 3-3, 303-3]")
    assert [(each.number, each.topic) for each in found.run.references] == [("3-3", None), ("303-3", None)]


def test_a_bracket_with_codes_and_other_words_is_named() -> None:
    report = read_report(
        "r.md",
        b"# A\n\nSome text. [GRI 302-1 see the table below] More of it.\n\n# B\n\n[GRI 2-7] and a [GRI 2-8](x.html) link\n",
    )
    assert [tag.reference.number for tag in report.tags] == ["2-7", "2-8"]
    assert [dict(problem.args)["marker"] for problem in report.problems] == ["[GRI 302-1 see the table below]"]
