"""Rules that hold an index against what the text seems to report."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.untagged import CHINESE, ENGLISH

Run = Callable[..., tuple[int, str, str]]
INDEX = """
## GRI content index

| Disclosure | Location | Omission |
| --- | --- | --- |
| 2-7 Employees | Who works for us | |
| 2-26 Mechanisms for seeking advice and raising concerns | Speaking up | |
| 305-1 Direct (Scope 1) GHG emissions | | Not applicable: we have no emissions |
| 403-9 Work-related injuries | A word on our jam | |
| 415-1 Political contributions | | Not applicable: none |
"""
JAM = "\n\nStrawberries, raspberries and currants go into the jars on the day they are picked. " * 8


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH + JAM + INDEX, encoding="utf-8")
    return path


def findings(run: Run, *arguments: object) -> list[dict[str, object]]:
    _, out, _ = run(*arguments, "--format", "json", "--lang", "en", "--fail-on", "never")
    found: list[dict[str, object]] = json.loads(out)["findings"]
    return [each for each in found if each["code"] in ("CI462", "CI463")]


def test_what_is_left_out_and_stands_in_the_text_is_found_with_its_sentence(run: Run, report: Path) -> None:
    under = [
        each for each in findings(run, "audit", report) if each["name"] == "under-claim" and "left out" in str(each["message"])
    ]
    assert [each["disclosure"] for each in under] == ["305-1"]
    assert "Scope 1 emissions from natural gas" in str(under[0]["evidence"])
    assert under[0]["severity"] == "note"


def test_a_place_without_substance_is_found_with_the_better_one(run: Run, report: Path) -> None:
    over = [each for each in findings(run, "audit", report) if each["name"] == "over-claim"]
    assert [each["disclosure"] for each in over] == ["403-9"]
    assert "A word on our jam" in str(over[0]["message"]) and "Accidents at work" in str(over[0]["message"])


def test_right_places_and_true_omissions_are_none(run: Run, report: Path) -> None:
    found = {each["disclosure"] for each in findings(run, "audit", report)}
    assert not found & {"2-7", "2-26", "415-1"}


def test_check_judges_tags_and_omissions_of_the_profile(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    text = ENGLISH.replace("## A word on our jam", "## A word on our jam [GRI 403-9]") + JAM
    path.write_text(text, encoding="utf-8")
    profile = '[[omission]]\ndisclosure = "305-1"\nreason = "not applicable"\nexplanation = "None."\n'
    (tmp_path / "gri-index.toml").write_text('[claim]\nbasis = "with reference"\n' + profile, encoding="utf-8")
    found = {(each["name"], each["disclosure"]) for each in findings(run, "check", path)}
    assert ("over-claim", "403-9") in found
    assert ("under-claim", "305-1") in found


def test_build_does_not_judge(run: Run, report: Path, tmp_path: Path) -> None:
    run("build", report, "-o", tmp_path / "out", "-f", "json")
    found = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["findings"]
    assert not [each for each in found if each["code"] in ("CI462", "CI463")]


def test_the_language_of_the_answer_is_not_that_of_the_report(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    index = "\n## GRI 内容索引\n\n| 披露项 | 位置 | 从略 |\n| --- | --- | --- |\n| 2-7 员工 | 员工概况 | |\n| 2-26 机制 | | 不适用：没有 |\n"
    index += (
        "| 305-1 直接（范围1）温室气体排放 | | 不适用：没有排放 |\n| 305-2 能源间接 | | 不适用 |\n| 403-9 工伤 | | 不适用 |\n"
    )
    report.write_text(CHINESE + index, encoding="utf-8")
    assert "305-1" in {each["disclosure"] for each in findings(run, "audit", report)}  # which asks for English findings


def test_a_chapter_s_bare_heading_reaches_over_sections_that_are_named_too(run: Run, tmp_path: Path) -> None:
    """In a text without levels the chapter "Our people" holds "Canteen" and "Accidents at work", which another row names by itself."""
    report = tmp_path / "report.md"
    flat = ENGLISH.replace("## Accidents at work", "## Our people\n\n## Canteen" + JAM + "\n\n## Accidents at work")
    flat = flat.replace("hours worked.", "hours worked. " + "Each is looked into with the people on site. " * 10)
    index = INDEX.replace("A word on our jam", "Our people").replace("Who works for us |", "Accidents at work |")
    report.write_text(flat + JAM + index, "utf-8")
    assert "403-9" not in {each["disclosure"] for each in findings(run, "audit", report) if each["name"] == "over-claim"}
