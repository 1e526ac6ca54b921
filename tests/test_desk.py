"""The steps of the desk: cells that are entered, decisions, findings, reports that come in, outputs."""

from pathlib import Path
from typing import Any

import pytest

from gri_index.desk.folder import Folder, report_name
from gri_index.desk.pages.worklist import cells_of, is_half
from gri_index.desk.refusals import ChangedError, DeskError
from gri_index.desk.work import EDITED, Work, decided, review_key
from gri_index.errors import InputError, OutputError
from gri_index.language.labels import load_labels
from gri_index.model.index import Status
from gri_index.model.suggestions import Verdict
from tests.desk import DAY, REPORT, enter, entry


def test_what_excel_saves_meanwhile_is_not_written_over(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    enter(work, "2-7", owner="Li Wei")
    path, built = work.folder.path / "content-index.xlsx", Work._built
    saved: list[bool] = []

    def slow(*args: Any, **named: Any) -> Any:
        outputs = built(*args, **named)
        if not saved:  # while the desk writes, Excel saves
            saved.append(True)
            book = load_workbook(path)
            sheet = book["Working list"]
            heads = [cell.value for cell in sheet[1]]
            next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "2-8")[heads.index("Owner")].value = "Wang"
            book.save(path)
        return outputs

    found = entry(work, "2-9")
    monkeypatch.setattr(Work, "_built", slow)
    work.enter(found.key, {"owner": "Zhao"}, found.seen)
    assert saved and [entry(work, number).cells["owner"] for number in ("2-7", "2-8", "2-9")] == ["Li Wei", "Wang", "Zhao"]


def test_a_workbook_that_is_damaged_is_said(work: Work) -> None:
    (work.folder.path / "content-index.xlsx").write_bytes(b"PK no workbook")
    assert [each.id for each in work.notes()] == ["list-damaged"]


def test_an_omission_without_its_reason_waits(work: Work) -> None:
    form = [("requirements", ""), ("reason", ""), ("explanation", "not yet"), ("owner", "Li")]
    assert is_half(form) and set(cells_of(form, work.needed())) == {"owner"}  # what was saved before stands


@pytest.mark.parametrize("text", ["None.", "n/a", "-", "\u65e0\u3002"])
def test_a_short_answer_of_the_profile_stays_one(work: Work, text: str) -> None:
    (work.folder.path / "gri-index.toml").write_text(f'[[answer]]\ndisclosure = "2-4"\ntext = "{text}"\n', encoding="utf-8")
    enter(work, "2-1", owner="Li")
    enter(work, "2-1", owner="Wang")
    assert entry(work, "2-4").row.status is Status.REPORTED


def test_what_no_cell_can_hold_is_said_and_locks_nothing(work: Work) -> None:
    assert "desk-altered" not in enter(work, "2-7", note="a\u200bb\u202ec\x0bd")
    enter(work, "2-7", owner="Li Wei")
    with pytest.raises(DeskError):
        enter(work, "2-7", note="x" * 40_000)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"


def test_a_note_leaves_the_decision_as_it_is(work: Work) -> None:
    row = next(each for each in work.suggestions()[1] if each.number == "303-3" and each.section)
    work.decide(review_key(row), Verdict.REJECT, "p. 3", "", decided(row))
    row = next(each for each in work.suggestions()[1] if review_key(each) == review_key(row))
    work.note(review_key(row), "asked the plant", decided(row))
    row = next(each for each in work.suggestions()[1] if review_key(each) == review_key(row))
    assert row.decision and (row.decision.verdict, row.decision.place, row.decision.note) == (
        Verdict.REJECT,
        "p. 3",
        "asked the plant",
    )


def test_a_damaged_review_is_said_and_kept(work: Work) -> None:
    (work.folder.path / "suggestions.xlsx").write_bytes(b"no workbook")
    assert [each.id for each in work.notes()] == ["list-damaged"]
    row = next(each for each in work.suggestions()[1] if each.section)
    work.decide(review_key(row), Verdict.ACCEPT, "", "", decided(row))
    assert (work.folder.path / "suggestions.kept-1.xlsx").read_bytes() == b"no workbook"


def test_what_is_entered_stands_in_the_workbook_and_comes_back(work: Work) -> None:
    enter(work, "2-7", sections="About us", pages="3", owner="Li Wei", due="2026-12-15", note="ask\nHR")
    enter(
        work, "2-19", requirements="a\nb", reason="Not applicable\nConfidentiality constraints", explanation="no board\ncontracts"
    )
    again = Work(Folder(work.folder.path), DAY)  # as after a kill
    seven, nineteen = entry(again, "2-7"), entry(again, "2-19")
    assert seven.row.status is Status.REPORTED and seven.cells["owner"] == "Li Wei" and seven.cells["note"] == "ask\nHR"
    assert nineteen.row.status is Status.OMITTED or nineteen.row.status is Status.PARTIAL
    assert nineteen.cells["reason"] == "Not applicable\nConfidentiality constraints"


def test_a_row_that_changed_meanwhile_is_not_written_over(work: Work) -> None:
    before = entry(work, "2-7")
    enter(work, "2-7", owner="Li Wei")
    with pytest.raises(ChangedError):
        work.enter(before.key, {"owner": "Wang"}, before.seen)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"


def test_what_excel_holds_is_not_written_over(work: Work) -> None:
    from openpyxl import load_workbook

    enter(work, "2-7", owner="Li Wei")
    book = load_workbook(path := work.folder.path / "content-index.xlsx")
    sheet = book["Working list"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "2-8")
    row[heads.index("Owner")].value = "Wang"
    book.save(path)
    enter(work, "2-9", owner="Zhao")
    assert [entry(work, number).cells["owner"] for number in ("2-7", "2-8", "2-9")] == ["Li Wei", "Wang", "Zhao"]


def test_a_place_can_be_cleared(work: Work) -> None:
    enter(work, "2-7", sections="About us", pages="3")
    enter(work, "2-7", sections="", pages="")
    assert entry(work, "2-7").row.status is Status.MISSING


def test_words_that_cannot_be_read_are_named(work: Work) -> None:
    assert "list-requirement" in enter(work, "2-21", requirements="the first one", reason="Not applicable", explanation="none")


def test_lines_of_a_form_become_cells(work: Work) -> None:
    form = [
        ("place", "Energy"), ("page", ""), ("place", ""), ("page", "7"), ("place", ""), ("page", ""), ("requirements", ""), ("reason", "Not applicable"),
        ("explanation", "none\nat all"), ("requirements", ""), ("reason", ""), ("explanation", ""), ("owner", " Li "),
    ]  # fmt: skip
    cells = cells_of(form, work.needed())
    assert (cells["sections"], cells["pages"]) == ("Energy\n–", "–\n7")
    assert (cells["requirements"], cells["reason"], cells["explanation"]) == ("All", "Not applicable", "none at all")
    assert cells["owner"] == "Li" and set(cells) <= set(EDITED)


def test_a_decision_is_a_tag_and_can_be_taken_back(work: Work) -> None:
    _, rows, _ = work.suggestions()
    row = next(each for each in rows if each.number == "303-3" and each.section)
    work.decide(review_key(row), Verdict.ACCEPT, "", "looks right", decided(row))
    with pytest.raises(ChangedError):  # a page that was opened before
        work.decide(review_key(row), Verdict.REJECT, "", "", decided(row))
    assert entry(work, "303-3").row.status is Status.REPORTED
    _, rows, _ = Work(Folder(work.folder.path), DAY).suggestions()
    again = next(each for each in rows if review_key(each) == review_key(row))
    assert again.decision and (again.decision.verdict, again.decision.note) == (Verdict.ACCEPT, "looks right")
    work.decide(review_key(again), None, "", "", decided(again))
    assert not [each for each in work.needed().entries if each.row.number == "303-3" and each.row.status is Status.REPORTED]


def test_a_finding_is_accepted_for_a_reason(work: Work) -> None:
    finding = next(each for each in work.needed().outputs.findings if not each.acknowledged)
    work.acknowledge(
        {"rule": finding.code, "disclosure": finding.disclosure, "reason": "the board knows", "by": ""}, load_labels("en")
    )
    same = [each for each in work.needed().outputs.findings if (each.code, each.disclosure) == (finding.code, finding.disclosure)]
    assert all("the board knows" in each.acknowledged for each in same) and same


def test_nothing_private_is_published(work: Work) -> None:
    enter(work, "2-7", owner="Li Wei")
    work.write(("docx", "xlsx", "html"), publish=True)
    made = {path.name for path in work.folder.made("publish")}
    assert made == {"content-index.docx", "content-index.xlsx", "content-index.html"}
    assert entry(Work(Folder(work.folder.path), DAY), "2-7").cells["owner"] == "Li Wei"


def test_several_reports_are_chosen_and_the_choice_stays(work: Work) -> None:
    (work.folder.path / "annex.md").write_text("# Waste\n\nWords. [GRI 306-3]\n", encoding="utf-8")
    assert Folder(work.folder.path).chosen() == ()  # nobody knows which
    work.choose(["report.md", "annex.md"])
    assert Folder(work.folder.path).chosen() == ("report.md", "annex.md")
    with pytest.raises(InputError):
        work.choose(["../report.md"])


def test_an_earlier_version_is_kept(work: Work, tmp_path: Path) -> None:
    arrived = work.folder.room()
    arrived.write_text("# Energy\n\nNew. [GRI 302-1]\n", encoding="utf-8")
    (told,) = work.take_report(arrived, "C:\\reports\\report.md")
    assert dict(told.args)["kept"] == "report.kept-1.md" and (tmp_path / "report.kept-1.md").read_text(encoding="utf-8") == REPORT
    assert work.folder.chosen() == ("report.md",) and work.needed().outputs.report.tags[0].reference.number == "302-1"


@pytest.mark.parametrize(
    "name", ["", "content-index.docx", "report.exe", "~$report.docx", ".docx", "x" * 200 + ".md", "..", "a/.."]
)
def test_names_that_no_report_has(name: str) -> None:
    with pytest.raises(InputError):
        report_name(name)


def test_a_file_that_is_no_report_is_not_taken(work: Work) -> None:
    arrived = work.folder.room()
    arrived.write_bytes(b"PK\x03\x04 no package")
    with pytest.raises(InputError):
        work.take_report(arrived, "new.docx")
    assert work.folder.candidates() == ["report.md"]


def test_a_workbook_that_cannot_be_written_is_said(work: Work) -> None:
    enter(work, "2-7", owner="Li Wei")
    path = work.folder.path / "content-index.xlsx"
    content = path.read_bytes()
    path.unlink()
    path.mkdir()
    with pytest.raises(OutputError):
        enter(work, "2-7", owner="Wang")
    path.rmdir()
    path.write_bytes(content)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"
