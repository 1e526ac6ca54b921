"""What is open, where, and with whom: in the terminal, as JSON and on a sheet of the workbook."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.excelfiles import edit, workbook

Run = Callable[..., tuple[int, str, str]]
REPORT = """# About us

Words. [GRI 2-1, GRI 2-2, GRI 2-3]

# How we are governed

Words. [GRI 2-9, GRI 2-10]

# Energy

Words. [GRI 3-3 [Energy], GRI 302-1]

# Numbers

Words. [GRI 2-7-a]
"""
PROFILE = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Energy"\ndisclosures = ["302-1", "302-3"]\n'


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Path:
    """A report, its profile, and a build in which 2-11 and 302-3 have an owner."""
    (tmp_path / "r.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(PROFILE, encoding="utf-8")
    assert run("build", tmp_path / "r.md", "-o", tmp_path)[0] == 0

    def own(columns: dict[str, int], rows: dict[str, object], sheet: object) -> None:
        for number in ("2-11", "302-3"):
            rows[number][columns["Owner"]].value = "Anna"  # type: ignore[index]

    book = tmp_path / "content-index.xlsx"
    book.write_bytes(edit(book.read_bytes(), own))  # type: ignore[arg-type]
    return tmp_path


def test_one_screen_says_what_where_and_who(run: Run, built: Path) -> None:
    code, out, _ = run("status", built / "r.md", "-o", built)
    assert code == 0 and len(out.splitlines()) <= 30
    lines = out.splitlines()
    assert lines[0].endswith(" 7/35")
    assert any(line.endswith("5/30  GRI 2: General Disclosures 2021") for line in lines)
    [chair] = [line for line in lines if line.startswith("2-11 ")]
    assert "missing" in chair and "Anna" in chair and "near “How we are governed”" in chair
    assert "Owner: nobody 26, Anna 2" in lines and "Topic: General disclosures 27, Energy 1" in lines
    assert len(run("status", built / "r.md", "-o", built, "-v")[1].splitlines()) > len(lines)


def test_status_for_programs(run: Run, built: Path) -> None:
    data = json.loads(run("status", built / "r.md", "--working-list", built / "content-index.xlsx", "--format", "json")[1])
    assert data["total"] == {"rows": 35, "reported": 7, "omitted": 0, "partial": 1, "missing": 27}
    partly = next(each for each in data["open"] if each["disclosure"] == "2-7")
    assert (partly["status"], partly["near"], partly["missing"][0]) == ("partial", "Numbers", "b-i")
    assert data["by_owner"] == [{"owner": None, "open": 26}, {"owner": "Anna", "open": 2}]


def test_the_sheet_stands_first_among_the_private_ones(run: Run, built: Path) -> None:
    assert run("build", built / "r.md", "-o", built)[0] == 0
    book = openpyxl.load_workbook(io.BytesIO((built / "content-index.xlsx").read_bytes()))
    assert book.sheetnames[:3] == ["Content index", "Status", "Working list"]
    texts = [[str(value) for value in row if value] for row in book["Status"].iter_rows(values_only=True)]
    assert ["Owner", "nobody 26, Anna 2"] in texts
    assert ["302-3", "Energy intensity", "missing", "Anna", "Energy", "Energy"] in texts
    assert run("build", built / "r.md", "-o", built, "--publish", "--fresh")[0] == 0
    assert openpyxl.load_workbook(io.BytesIO((built / "content-index.xlsx").read_bytes())).sheetnames == ["Content index"]


def test_a_report_on_which_nothing_is_open(run: Run) -> None:
    out = run("status", Path(__file__).parents[1] / "examples" / "report.en.docx")[1]
    assert out.splitlines() == ["█" * 20 + " 78/78", "15 Standards complete"]


def test_a_published_workbook_in_the_same_folder_loses_no_entry(run: Run, built: Path) -> None:
    assert run("build", built / "r.md", "-o", built)[0] == 0
    for publish in (("--publish",), ("--publish",), ()):
        code, _, err = run("build", built / "r.md", "-o", built, *publish)
        assert code == 0
    assert "content-index.kept-1.xlsx are read" in err
    out = run("status", built / "r.md", "-o", built)[1]
    assert "Owner: nobody 26, Anna 2" in out.splitlines()


def test_what_cannot_be_read_is_said(run: Run, built: Path) -> None:
    code, out, err = run("status", built / "r.md", "-o", built / "nowhere")
    assert (code, out) == (3, "") and "no such folder" in err
    (built / "other.xlsx").write_bytes(workbook([("a", "b")]))
    assert "has no working list" in run("status", built / "r.md", "--working-list", built / "other.xlsx")[2]
