"""Decisions on suggestions come back from the workbook, into every version of the report."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from gri_index.suggest.fingerprints import Found, Sections, recalled
from tests.untagged import DECISIONS, ENGLISH, decide

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def rows_of(run: Run, report: Path, folder: Path, *arguments: object) -> dict[str, list[str]]:
    code, _, _ = run("build", report, "-o", folder, "-f", "json", "--fresh", *arguments)
    assert code == 0
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return {row["disclosure"]: [place["section_title"] for place in row["locations"]] for row in index["rows"]}


def test_decisions_become_tags(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    rows = rows_of(run, report, tmp_path / "out", "--review", review)
    assert rows["2-7"] == ["Who works for us"]
    assert rows["305-1"] == ["Accidents at work"]
    assert "403-9" not in rows


def test_decisions_come_back_into_a_new_version(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    report.write_text(ENGLISH.replace("## Who works for us", "## Our colleagues"), encoding="utf-8")
    code, _, _ = run("suggest", report, "--review", review)
    assert code == 0
    sheet = openpyxl.load_workbook(review).active
    rows = {(row[0], row[2]): row for row in sheet.iter_rows(min_row=2, values_only=True)}
    moved = rows["2-7", "Our colleagues"]
    assert moved[7] == "accept" and moved[9] == "checked by HR"
    assert "under another heading" in moved[5]
    assert rows["403-9", "Accidents at work"][7] == "reject"
    assert rows["305-1", "Greenhouse gases"][7:9] == ("other place", "Accidents at work")


def test_a_section_that_is_gone_keeps_its_decision_and_is_named(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    start, end = ENGLISH.index("## Who works"), ENGLISH.index("## Speaking")
    report.write_text(ENGLISH[:start] + ENGLISH[end:], encoding="utf-8")
    _, _, err = run("build", report, "-o", tmp_path / "out", "-f", "json", "--review", review, "--lang", "en")
    assert "Who works for us" in err and "no longer in the report" in err
    run("suggest", report, "--review", review)
    values = [row for row in openpyxl.load_workbook(review).active.iter_rows(min_row=2, values_only=True) if row[0] == "2-7"]
    assert any(row[7] == "accept" and row[9] == "checked by HR" for row in values)


def test_two_rows_on_one_disclosure_both_come_back(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    for place in ("Speaking up", "Accidents at work"):
        book = openpyxl.load_workbook(review)
        book.active.append(["GRI 404-2", None, None, None, None, None, None, None, place])
        book.save(review)
    assert rows_of(run, report, tmp_path / "out", "--review", review)["404-2"] == ["Speaking up", "Accidents at work"]
    run("suggest", report, "--review", review)
    rows = [row for row in openpyxl.load_workbook(review).active.iter_rows(min_row=2, values_only=True) if row[0] == "404-2"]
    assert {row[8] for row in rows if row[8]} == {"Speaking up", "Accidents at work"}


def test_what_cannot_be_read_is_named_and_the_workbook_kept(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("perhaps", "", "")})
    _, _, err = run("suggest", report, "--review", review, "--lang", "en")
    assert "perhaps" in err and "2-7" in err
    assert (tmp_path / "review.kept-1.xlsx").is_file()


def test_suggestions_nobody_reviewed_are_marked_everywhere(run: Run, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, _, err = run("build", report, "-o", folder, "--suggested", "--lang", "en")
    assert code == 0 and "nobody reviewed" in err
    index = json.loads((folder / "index.json").read_text("utf-8"))
    places = [place for row in index["rows"] for place in row["locations"]]
    assert places and all(place["suggested"] for place in places)
    book = openpyxl.load_workbook(folder / "content-index.xlsx")
    for name in (book.sheetnames[0], "Working list"):
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value]
        assert sum("suggested, not reviewed" in text for text in texts) == len(places), name
    marks = [cell.value for row in book["Completeness matrix"].iter_rows() for cell in row if cell.value in ("?", "\u25cf")]
    assert marks == ["?"] * len(places)
    run("build", report, "-o", folder, "-f", "json", "--lang", "en")  # what was only suggested does not come back as an entry
    assert json.loads((folder / "index.json").read_text("utf-8"))["rows"] == []


def test_no_suggestion_is_published_unreviewed(run: Run, report: Path, tmp_path: Path) -> None:
    code, _, err = run("build", report, "-o", tmp_path / "out", "--suggested", "--publish")
    assert code == 2 and "suggestion" in err


def test_a_workbook_of_another_kind_is_told(run: Run, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    before = other.read_bytes()
    for command in (("build", report, "-o", tmp_path / "out", "--review", other), ("suggest", report, "--review", other)):
        code, _, err = run(*command)
        assert code == 3 and "other.xlsx: no review" in err and "Traceback" not in err
    assert other.read_bytes() == before and not (tmp_path / "out").exists()


def test_a_review_without_its_decisions_is_refused(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    book = openpyxl.load_workbook(review)
    heads = {cell.value: cell for cell in book.active[1]}
    heads["Internal note"].value = " internal NOTE "  # capitals and blanks do not matter
    book.save(review)
    assert run("suggest", report, "--review", review)[0] == 0
    heads["Decision"].value = "Verdict"
    book.save(review)
    code, _, err = run("suggest", report, "--review", review)
    assert code == 3 and "Decision" in err


def test_rows_sorted_without_the_hidden_column_are_named_and_not_used(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    book = openpyxl.load_workbook(review)
    sheet = book.active
    shown = [[cell.value for cell in row[:10]] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(sorted(shown, key=lambda values: (values[7] or "z", values[2])), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(review)
    rows = rows_of(run, report, tmp_path / "out", "--review", review)
    assert not rows
    _, _, err = run("suggest", report, "--review", review, "--lang", "en")
    assert "sorted without that column" in err and (tmp_path / "review.kept-1.xlsx").is_file()


def test_a_change_is_said_until_somebody_decides_again(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("accept", "", "")})
    start, end = ENGLISH.index("At the end of the year"), ENGLISH.index("## Speaking")
    report.write_text(
        ENGLISH[:start] + "Our people: permanent contracts, headcount, part-time employees and more.\n\n" + ENGLISH[end:], "utf-8"
    )
    for _ in range(2):
        _, _, err = run("suggest", report, "--review", review, "--lang", "en")
        assert "has changed since it was accepted" in err


def test_contradicting_rows_make_no_tag(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("accept", "", "")})
    book = openpyxl.load_workbook(review)
    sheet = book.active
    row = next([cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[7].value == "accept")
    sheet.append([*row[:7], "reject", *row[8:]])
    book.save(review)
    assert "2-7" not in rows_of(run, report, tmp_path / "out", "--review", review)


def test_a_section_typed_by_hand_is_accepted(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    book = openpyxl.load_workbook(review)
    book.active.append(["415-1", "", "Speaking up", "", "", "", "", "Accept"])
    book.save(review)
    assert rows_of(run, report, tmp_path / "out", "--review", review)["415-1"] == ["Speaking up"]


SPILLS = """# Review

## Spills

One significant spill of diesel happened: 3 cubic metres of oil spill reached the soil, and the spilled volume was recovered.

## Waste

Total waste generated was 410 tonnes, of it 12 tonnes hazardous waste and 398 tonnes non-hazardous waste by composition.
"""


def test_two_editions_of_a_number_are_decided_apart(run: Run, tmp_path: Path) -> None:
    report, review = tmp_path / "report.md", tmp_path / "review.xlsx"
    report.write_text(SPILLS, encoding="utf-8")
    run("suggest", report, "--review", review, "--top", "9")
    book = openpyxl.load_workbook(review)
    sheet = book.active
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "306-3":
            right = "Spills" if "spills" in str(row[1].value) else "Waste"
            row[7].value = "accept" if row[2].value == right else "reject"
    book.save(review)
    run("build", report, "-o", tmp_path, "-f", "json", "--review", review)
    rows = json.loads((tmp_path / "index.json").read_text("utf-8"))["rows"]
    places = {
        row["edition"]: [each["section_title"] for each in row["locations"]] for row in rows if row["disclosure"] == "306-3"
    }
    assert places == {"2016": ["Spills"], "2020": ["Waste"]}


def test_a_contradiction_is_said_by_suggest_too(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("accept", "", "")})
    book = openpyxl.load_workbook(review)
    row = next([cell.value for cell in row] for row in book.active.iter_rows(min_row=2) if row[7].value == "accept")
    book.active.append([*row[:7], "reject", *row[8:]])
    book.save(review)
    _, _, err = run("suggest", report, "--review", review, "--lang", "en")
    assert "accepted in one row and rejected in another" in err


# ── fingerprints ──


def test_fingerprints_know_a_section_by_titles_then_by_text() -> None:
    def of(text: str) -> Report:
        return read_report("a.md", text.encode())

    old, new = Sections(of(ENGLISH)), Sections(of(ENGLISH.replace("Speaking up", "Our hotline")))
    by_title = {each.path[-1]: each for each in old.prints.values() if each.path}
    titles = {id: each.path[-1] for id, each in new.prints.items() if each.path}
    id, found = new.find(by_title["Speaking up"].text())
    assert id is not None and (titles[id], found) == ("Our hotline", Found.MOVED)
    id, found = new.find(by_title["Greenhouse gases"].text())
    assert id is not None and (titles[id], found) == ("Greenhouse gases", Found.SAME)
    assert recalled(by_title["Speaking up"].text()) == by_title["Speaking up"]
    assert recalled("[1") is None
