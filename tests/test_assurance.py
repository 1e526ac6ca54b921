"""Assured disclosures, links to pages, and builds that follow their files."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from gri_index.cli import watch
from gri_index.cli.watch import build_again
from gri_index.errors import InputError
from tests.excelfiles import edit

Run = Callable[..., tuple[int, str, str]]
TEXT = "{1}-----\n\n# Energy\n\nWe used 5 MWh.\n\n[GRI 302-1]\n\n{2}-----\n\n# People\n\nWe are 90.\n\n[GRI 2-7]\n"
PROFILE = (
    '[report]\norganization = "A"\nperiod_start = 2025-01-01\nperiod_end = 2025-12-31\npublication_date = 2026-04-01\n'
    '[claim]\nbasis = "with reference"\n[[assurance]]\ndisclosures = ["GRI 302", "305-1"]\nlevel = "limited"\npages = "88"\n'
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "r.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(PROFILE, encoding="utf-8")
    return tmp_path / "r.md"


def test_how_far_a_row_was_assured_stands_beside_it(run: Run, report: Path, tmp_path: Path) -> None:
    code, _, err = run("build", report, "-o", tmp_path / "o", "-f", "docx", "-f", "xlsx", "-f", "json", "-f", "md")
    assert code == 0 and "305-1 is said to be assured and is no row of the index" in err
    rows = {row["disclosure"]: row for row in json.loads((tmp_path / "o" / "index.json").read_text(encoding="utf-8"))["rows"]}
    assert [(rows[number]["assurance"], rows[number]["assurance_pages"]) for number in ("2-7", "302-1")] == [
        (None, ""),
        ("limited", "88"),
    ]
    cells = [
        cell.text
        for table in docx.Document(str(tmp_path / "o" / "content-index.docx")).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "Assurance" in cells and "Limited (p.\u00a088)" in cells
    assert "Limited (p.\u00a088)" in (tmp_path / "o" / "content-index.md").read_text(encoding="utf-8")


def test_an_assured_row_that_changed_is_named(run: Run, report: Path, tmp_path: Path) -> None:
    run("build", report, "-o", tmp_path / "signed")
    again = ("build", report, "-o", tmp_path / "o", "--baseline", tmp_path / "signed" / "index.json")
    assert "was assured and is not" not in run(*again)[2]
    report.write_text(TEXT.replace("# Energy", "# Climate").replace("# People", "# Staff"), encoding="utf-8")
    err = run(*again)[2]
    assert "302-1 was assured and is not as in index.json any more" in err and "2-7 was assured" not in err


def test_a_wrong_baseline_is_refused_before_anything_is_written(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    code, _, err = run("build", report, "-o", tmp_path / "o", "--baseline", tmp_path / "b.json")
    assert code == 3 and "b.json: not an index.json of this program" in err and not (tmp_path / "o").exists()


@pytest.mark.parametrize("base", ["https://halden.example/report.pdf", "report.pdf"])
def test_places_lead_to_the_page_of_the_pdf(run: Run, report: Path, tmp_path: Path, base: str) -> None:
    code, _, _ = run("build", report, "-o", tmp_path / "o", "--link-base", base, "-f", "docx", "-f", "xlsx", "-f", "md")
    assert code == 0
    document = docx.Document(str(tmp_path / "o" / "content-index.docx"))
    assert f"{base}#page=2" in {each.target_ref for each in document.part.rels.values()}
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "o" / "content-index.xlsx").read_bytes())).worksheets[0]
    assert {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink} == {
        f"{base}#page=1",
        f"{base}#page=2",
    }
    assert f"]({base}#page=1)" in (tmp_path / "o" / "content-index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("base", ["javascript:alert(1)", "../report.pdf", "C:\\report.pdf", "report.docx"])
def test_a_base_that_is_none_is_refused(run: Run, report: Path, tmp_path: Path, base: str) -> None:
    code, _, err = run("build", report, "-o", tmp_path / "o", "--link-base", base)
    assert code == 2 and "is wanted" in err and not (tmp_path / "o").exists()


def test_it_builds_again_when_a_file_changes(
    monkeypatch: pytest.MonkeyPatch, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch, "_SECONDS", 0.0)
    built: list[str] = []

    def build() -> int:
        built.append(report.read_text(encoding="utf-8"))
        if len(built) == 1:
            report.write_text("changed", encoding="utf-8")
            os.utime(report, (1, 1))
        elif len(built) == 2:
            (report.parent / "gri-index.toml").write_text("version = 1\n", encoding="utf-8")
            raise InputError("r.md: wrong", hint="Correct it.")
        return 0

    assert build_again(build, [report], report, looks=8) == 0
    assert built == [TEXT, "changed", "changed"]
    assert "error: r.md: wrong\n  Correct it." in capsys.readouterr().err


def entered(content: bytes, texts: dict[str, str]) -> bytes:
    def change(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        for number, text in texts.items():
            sheet.cell(rows[number][0].row, columns["Assurance"] + 1).value = text

    return edit(content, change)


def levels(run: Run, report: Path, out: Path, *options: object) -> tuple[dict[str, tuple[str | None, str]], str]:
    err = run("build", report, "-o", out, *options)[2]
    data = json.loads((out / "index.json").read_text(encoding="utf-8"))
    return {row["disclosure"]: (row["assurance"], row["assurance_pages"]) for row in data["rows"]}, err


def test_the_working_list_says_how_far_a_row_was_assured(run: Run, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    assert levels(run, report, out)[0] == {"2-7": (None, ""), "302-1": ("limited", "88")}
    book = out / "content-index.xlsx"
    book.write_bytes(entered(book.read_bytes(), {"2-7": "reasonable, pp. 90-91", "302-1": ""}))
    for _ in range(3):  # what was entered stays, build after build
        found, _ = levels(run, report, out)
        assert found == {"2-7": ("reasonable", "90-91"), "302-1": (None, "")}
    book.write_bytes(entered(book.read_bytes(), {"2-7": "begrenzt", "302-1": "certified by us"}))
    found, err = levels(run, report, out)
    assert found == {"2-7": ("limited", ""), "302-1": ("limited", "88")}
    assert '"certified by us" for 302-1 says no level of assurance' in err
    again = openpyxl.load_workbook(book)["Working list"]
    heads = [cell.value for cell in again[1]]
    assert [row[heads.index("Assurance")].value for row in again.iter_rows(min_row=2)] == ["Limited", "certified by us"]
