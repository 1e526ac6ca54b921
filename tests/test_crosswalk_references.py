"""Codes of other frameworks in a report, and which 3-3 serves which item."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from gri_index.crosswalk.data import frameworks, load_crosswalk
from gri_index.crosswalk.references import code_reader, item_tags, listed, torn
from gri_index.extraction.report import read_report
from gri_index.model.report import BlockKind, Carrier
from tests.wordfiles import docx, heading, paragraph

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("framework", "text", "codes"),
    [
        ("esrs-2023", "[ESRS 2 BP-1, ESRS 2 BP-2]", ["BP-1", "BP-2"]),
        ("esrs-2023", "Emissions fell [GRI 305-1; ESRS E1-6].", ["E1-6"]),
        ("esrs-2023", "[ESRS E1-3, GRI 305-1 and 305-2, ESRS E1-7]", ["E1-3", "E1-7"]),
        ("esrs-2023", "We follow ESRS E1-6 here.", []),
        ("esrs-2023", "No data are available on pollutants (ESRS E2-4).", []),
        ("esrs-2023", "\u672c\u516c\u53f8\u672a\u62ab\u9732\u6c61\u67d3\u7269\u6570\u636e\uff08ESRS E2-4\uff09\u3002", []),
        ("esrs-2023", "Keine Angaben zu Schadstoffen (ESRS E2-4).", []),
        ("esrs-2023", "Asia is not measured yet; all else is in the table (ESRS E1-6).", ["E1-6"]),
        ("esrs-2023", "[ESRS 2 SBM-3 (E1)]", ["E1.SBM-3"]),
        ("esrs-2023", "(ESRS S3-1/S3-2/3)", ["S3-1", "S3-2", "S3-3"]),
        ("esrs-2023", "[ESRS E1-6, 45]", []),
        ("esrs-2023", "[ESRS S1-1 to 3]", ["S1-1", "S1-2", "S1-3"]),
        ("esrs-2023", "[ESRS S1-1\uff5eS1-3]", ["S1-1", "S1-2", "S1-3"]),
        ("tcfd", "(TCFD Governance a, b)", ["Gov-a", "Gov-b"]),
        ("tcfd", "[TCFD Strategy a-c]", ["Str-a", "Str-b", "Str-c"]),
        ("ifrs-s2", "[IFRS S2 6(a) and (b), 10(a)]", ["6(a)", "6(b)", "10(a)"]),
        ("sdg", "[SDG 9: Industry]", ["9"]),
        ("sdg", "[SDG 2 \u2013 Zero Hunger; SDG 3]", ["2", "3"]),
        ("sdg", "[SDG 2 is far away]", []),
        ("esrs-2023", "ESRS E1 SBM-3", ["E1.SBM-3"]),
        ("esrs-2023", "(ESRS S1-1 to S1-4)", ["S1-1", "S1-2", "S1-3", "S1-4"]),
        ("esrs-2023", "S1-6", ["S1-6"]),
        ("esrs-2023", "S1-6\nS1-7 Non-employees\nOther words", []),
        ("esrs-2023", "E1-6_01", ["E1-6"]),
        ("sdg", "Clean energy (SDG 7), and more", ["7"]),
        ("sdg", "SDGs 8, 13 und 17", ["8", "13", "17"]),
        ("sdg", "\u53ef\u6301\u7eed\u53d1\u5c55\u76ee\u68078\u300113", ["8", "13"]),
        ("sdg", "in 2024 (SDG 7, 2024)", []),
        ("ungc", "UN Global Compact Principles 3, 4", ["P3", "P4"]),
        ("hkex-c2", "\u5173\u952e\u7ee9\u6548\u6307\u6807A1.5", ["A1.5"]),
        ("hkex-c2", "(KPI B1-GD)", ["B1-GD"]),
        ("hkex-c2", "\u5c42\u9762A1", ["A1-GD"]),
        ("ifrs-s2", "[IFRS S2 para. 29(a)(i), 33]", ["29(a)", "33"]),
        ("tcfd", "TCFD: Metrics and targets c", ["MT-c"]),
        ("nasdaq-esg-2", "[Nasdaq: E3, S1]", ["E3", "S1"]),
        ("nasdaq-esg-2", "[E3, S1]", []),
        ("esrs-2023", "[ESRS E1-6; SDG 13; TCFD Metrics b]", ["E1-6"]),
        ("sdg", "[ESRS E1-6; SDG 13; TCFD Metrics b]", ["13"]),
        ("ungc", "[UNGC Principle 6; SDG 5]", ["P6"]),
        ("sdg", "[UNGC Principle 6; SDG 5]", ["5"]),
        ("esrs-2023", "[ESRS E1-6 \u00a744]", ["E1-6"]),
        ("esrs-2023", "[ESRS E1-6, para. 44 a]", ["E1-6"]),
        ("nasdaq-esg-2", "NASDAQ ESG E3", ["E3"]),
        ("hkex-c2", "[HKEX KPI A2.1]", ["A2.1"]),
        ("hkex-c2", "\u6e2f\u4ea4\u6240 A1.1", ["A1.1"]),
        ("sdg", "SDG target 15.1", ["15.1"]),
        ("sdg", "[SDG 08]", ["8"]),
        ("ungc", "\u8054\u5408\u56fd\u5168\u7403\u5951\u7ea6\u539f\u5219 6", ["P6"]),
        ("ifrs-s2", "[IFRS S2 29 (a)]", ["29(a)"]),
        ("iso26000", "ISO 26000:2010 6.4.3", ["6.4.3"]),
        ("tcfd", "[TCFD strategy a]", ["Str-a"]),
        ("sdg", "(SDGs 8\u548c13)", ["8", "13"]),
    ],
)
def test_codes_that_mark_a_place(framework: str, text: str, codes: list[str]) -> None:
    assert code_reader(load_crosswalk(framework)).marked(text) == codes


@pytest.mark.parametrize(
    "text", ["E1-6 \u2013 Gross emissions", "ESRS E1-6 Gross emissions", "Disclosure Requirement E1-6 \u2013 Gross emissions"]
)
def test_a_heading_may_begin_with_a_code(text: str) -> None:
    assert code_reader(load_crosswalk("esrs-2023")).marked(text, BlockKind.HEADING) == ["E1-6"]


def marked(text: str, framework: str = "esrs-2023") -> list[str]:
    return [each.key.code for each in item_tags(read_report("r.md", text.encode()), load_crosswalk(framework))]


def test_a_table_that_says_where_items_are_marks_no_place() -> None:
    rows = "| ESRS E1-1 | Plan | 13 |\n| ESRS E1-6 | Emissions | 14 |\n"
    assert marked(f"# ESRS index\n\n| Disclosure requirement | Title | Page |\n|---|---|---|\n{rows}") == []
    assert marked(f"# Figures\n\n| Code | Figure | 2025 |\n|---|---|---|\n{rows}") == ["E1-1", "E1-6"]
    assert marked("# Figures\n\n| Code | Figure |\n|---|---|\n| ESRS E1-8 | not material |\n") == []


def test_bare_codes_need_the_framework_s_name_somewhere() -> None:
    assert marked("# Hall\n\nSensors (S1-3) measured the flow.\n") == []
    assert marked("# Hall\n\nWe asked them (S1-3).\n\n# Plan\n\n[ESRS E1-1]\n") == ["S1-3", "E1-1"]


def test_codes_of_another_edition_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# Safety\n\nWords. [ESRS S1-14; ESRS S1-1]\n", encoding="utf-8")
    assert "S1-14" in run("crosswalk", "esrs-2026", tmp_path / "r.md", "--lang", "en", "-q")[2]
    assert "S1-1," not in run("crosswalk", "esrs-2026", tmp_path / "r.md", "--lang", "en", "-q")[2]


def test_a_heading_may_end_in_a_code() -> None:
    assert code_reader(load_crosswalk("esrs-2023")).marked("Our way to net zero ESRS E1-1", BlockKind.HEADING) == ["E1-1"]


@pytest.mark.parametrize("framework", [name for name in frameworks() if load_crosswalk(name).codes])
def test_each_item_that_has_a_form_is_read_by_it(framework: str) -> None:
    crosswalk = load_crosswalk(framework)
    read, name = code_reader(crosswalk), crosswalk.codes[-1].names[0]
    lost = [item.id for item in crosswalk.items if read.marked(f"[{name} {item.id}]") != [item.id]]
    assert lost == []


def test_tags_of_the_other_framework_count_directly(run: Run, tmp_path: Path) -> None:
    body = (
        heading("Climate") + paragraph("We emit less. [ESRS E1-6]") + heading("Plan") + paragraph("By 2040. (ESRS E1-1; E1-99)")
    )
    (tmp_path / "r.docx").write_bytes(docx(body))
    code, out, err = run("crosswalk", "esrs-2023", tmp_path / "r.docx", "--format", "json", "--lang", "en")
    items = {each["item"]: each for each in json.loads(out)["items"]}
    assert code == 0
    assert [(items[id]["service"], items[id]["tagged"], items[id]["places"]) for id in ("E1-6", "E1-1", "E1-5")] == [
        ("served", True, ["Climate"]), ("served", True, ["Plan"]), ("open", False, []),
    ]  # fmt: skip
    assert "does not have: E1-99" in err


def test_an_index_marks_no_place() -> None:
    rows = "".join(
        f"| {number} | Title | ESRS E1-{at} | 1{at} |\n" for at, number in enumerate(("2-1", "2-2", "2-3", "302-1", "305-1"), 1)
    )
    text = f"# Report\n\nWords.\n\n# GRI content index\n\n| GRI | Disclosure | ESRS | Page |\n|---|---|---|---|\n{rows}"
    assert item_tags(read_report("r.md", text.encode()), load_crosswalk("esrs-2023")) == ()


PROFILE = """
[report]
organization = "A"
period_start = 2025-01-01
period_end = 2025-12-31
publication_date = 2026-04-01
[claim]
basis = "in accordance"
[[topic]]
name = "Water"
disclosures = ["303-5"]
[[topic]]
name = "Fair work"
disclosures = ["406-1"]
"""


@pytest.mark.parametrize("tagged", ["Water", "Fair work"])
def test_a_3_3_serves_the_items_of_its_own_topic(run: Run, tmp_path: Path, tagged: str) -> None:
    text = f"# How we manage\n\n[GRI 3-3: {tagged}]\n\n# Figures\n\n[GRI 303-5] [GRI 406-1]\n"
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(PROFILE, encoding="utf-8")

    def reported(framework: str, item: str) -> Any:
        _, out, _ = run("crosswalk", framework, tmp_path / "r.md", "--format", "json")
        found = next(each for each in json.loads(out)["items"] if each["item"] == item)
        return next(each["reported"] for each in found["disclosures"] if each["disclosure"] == "3-3")

    assert reported("hkex-c2", "A2.4") is (tagged == "Water")
    assert reported("nasdaq-esg-2", "S6") is (tagged == "Fair work")
    assert reported("hkex-c2", "B13") is True  # which speaks of all topics
    run("build", tmp_path / "r.md", "-o", tmp_path / "o", "--with", "hkex-c2")
    rows = json.loads((tmp_path / "o" / "index.json").read_text(encoding="utf-8"))["rows"]
    water, work = (row["frameworks"][0] for row in rows if row["disclosure"] == "3-3")
    assert "A2.4" in water and "A2.4" not in work and "B13" in work


def test_what_nobody_saw_in_a_source_is_not_said_to_be_served_by_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1]\n", encoding="utf-8")
    _, out, _ = run("crosswalk", "hkex-c2", tmp_path / "r.md", "--format", "json")
    services = {each["item"]: each["service"] for each in json.loads(out)["items"]}
    assert services["D19"] == "unverified" and services["B6.1"] == "nothing"


def test_a_comment_of_codes_is_a_reference() -> None:
    document = Document()
    words = document.add_paragraph("We count them.")
    document.add_comment(words.runs, text="ESRS S1-6; GRI 2-7")
    out = io.BytesIO()
    document.save(out)
    report = read_report("r.docx", out.getvalue())
    found = item_tags(report, load_crosswalk("esrs-2023"))
    assert [(each.key.code, each.carrier) for each in found] == [("S1-6", Carrier.COMMENT)]
    assert [tag.reference.name for tag in report.tags] == ["2-7"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Klima [ESRS E1-6] [GRI 305-1]", "Klima"), ("Jobs (SDG 8.5)", "Jobs"), ("Footprint (ISO 14064)", "Footprint (ISO 14064)"),
        ("Plan [2025]", "Plan [2025]"), ("[ESRS E1-6]", "[ESRS E1-6]"),
    ],
)  # fmt: skip
def test_codes_stay_out_of_titles(heading: str, title: str) -> None:
    report = read_report("r.md", f"# {heading}\n\nWords.\n".encode())
    assert report.sections[-1].title == title


def test_brackets_that_hold_more_than_codes_are_named(run: Run, tmp_path: Path) -> None:
    text = "# A\n\nWords [ESRS E1-6 but only in part, as said]. See the ESRS (as of ESRS E1-6).\n\n[ESRS E1-1]\n"
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    err = run("crosswalk", "esrs-2023", tmp_path / "r.md", "--lang", "en", "-q")[2]
    assert "[ESRS E1-6 but only in part, as said]" in err and "(as of ESRS" not in err and "[ESRS E1-1]" not in err


def test_attributes_and_comments_carry_codes_of_other_frameworks(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_text('# Energy {gri="302-1" esrs="E1-5"}\n\nText. <!-- esrs: E1-6 -->\n', encoding="utf-8")
    report = read_report(path.name, path.read_bytes())
    assert [(tag.key.code, tag.carrier) for tag in item_tags(report, load_crosswalk("esrs-2023"))] == [
        ("E1-5", Carrier.ATTRIBUTE), ("E1-6", Carrier.COMMENT),
    ]  # fmt: skip
    assert report.sections[1].title == "Energy" and [tag.reference.number for tag in report.tags] == ["302-1"]
    page = read_report("r.html", b'<h1>Water</h1><p data-sdg="6.4" data-id="E3-4">Words.</p>')
    assert [tag.key.code for tag in item_tags(page, load_crosswalk("sdg"))] == ["6.4"]


def test_columns_under_the_frameworks_name_hold_codes() -> None:
    text = b"# Data\n\n| Topic | SDG | KPI |\n|---|---|---|\n| Water | 6.4 | A2.2 |\n\n| SDG | 8 |\n|---|---|\n| SDG | 9 |\n"
    report = read_report("r.md", text)
    assert [tag.key.code for tag in item_tags(report, load_crosswalk("sdg"))] == ["6.4", "8", "9"]
    assert [tag.key.code for tag in item_tags(report, load_crosswalk("hkex-c2"))] == ["A2.2"]


def test_ranges_that_cannot_be_filled_are_named() -> None:
    report = read_report(
        "r.md", b"# A\n\nWords (ESRS E1-8 to E2-2).\n\nWords (ESRS S1-6 to S1-4).\n\nWords (ESRS S1-1 to S1-3).\n"
    )
    assert torn(report, load_crosswalk("esrs-2023")) == ["ESRS E1-8 to E2-2", "ESRS S1-6 to S1-4"]


def table(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (table(("ESRS", "Reference"), ("ESRS E3-4", "p. 12")), []),
        (table(("ESRS", "Abschnitt"), ("ESRS E3-4", "Wasser")), []),
        (table(("ESRS", "\u5bf9\u5e94\u7ae0\u8282"), ("ESRS E3-4", "\u6c34\u8d44\u6e90")), []),
        (table(("ESRS", "GRI"), ("ESRS E3-4", "GRI 303-5")), []),
        (table(("ESRS", "Material"), ("ESRS E3-4", "no")), []),
        (table(("Topic", "Code", "2025"), ("Pollution", "ESRS E2-4", "no data")), []),
        (table(("Topic", "Code", "2025"), ("Pollution", "ESRS E2-4", "\u2013")), []),
        (table(("Location", "Code", "t"), ("Berlin", "ESRS E2-4", "4")), ["E2-4"]),
        (table(("Topic", "Code", "2025"), ("P", "ESRS E2-4", "4")), ["E2-4"]),
        (table(("Metric", "ESRS DR", "Ml"), ("Water", "E3-4", "12")), ["E3-4"]),
        ("## ESRS content index\n\n- [ESRS E1-5]\n", []),
        ("## Glossary\n\nESRS E1-6\n", []),
        ("ESRS E1-5 Energy consumption and mix ........ 40\n", []),
        ("## Pollutants: not reported (ESRS E2-4)\n\nWords.\n", []),
        ("Disclosures not reported:\n\n- ESRS E2-4\n\n- ESRS E2-5\n", []),
        ("We cannot yet report pollutants (ESRS E2-4).\n", []),
        ("Emissions were not material in 2020, but rose to 5 t in 2025 (ESRS E2-4).\n", ["E2-4"]),
        ("Emissions rose (ESRS E2-4), though we plan to report more.\n", ["E2-4"]),
    ],
)
def test_lists_and_denials_mark_no_place(text: str, codes: list[str]) -> None:
    report = read_report("r.md", f"# A\n\nWords. [ESRS S4-1]\n\n{text}".encode())
    found = [tag.key.code for tag in item_tags(report, load_crosswalk("esrs-2023"))]
    assert found == ["S4-1", *codes]
    assert not listed(report, load_crosswalk("esrs-2023")) or not codes


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[GRI 3-3; ESRS S1-1 to S1-4]", ["3-3"]),
        ("[GRI 201-2; TCFD Strategy a, b]", ["201-2"]),
        ("[GRI 305-1; IFRS S2 29(a)]", ["305-1"]),
        ("[GRI 205-3; UNGC Principle 10; SDG 16.5]", ["205-3"]),
        ("[GRI 305-2 to 305-3, Nasdaq E1, E2]", ["305-2", "305-3"]),
        ("[GRI 305-4, SDG 13 Climate Action]", ["305-4"]),
        ("[GRI 305-5; ESRS E1-6 \u00a748a]", ["305-5"]),
        ("[GRI 2-7, SDG 8, 2-8]", ["2-7", "2-8"]),
    ],
)
def test_tags_of_two_frameworks_count_for_both(marker: str, numbers: list[str]) -> None:
    report = read_report("r.md", f"# A {marker}\n\nWords.\n".encode())
    assert [tag.reference.number for tag in report.tags] == numbers and report.sections[1].title == "A"
