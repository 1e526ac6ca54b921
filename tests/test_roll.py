"""Last year's index rolled forward into a profile to start from."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES
from tests.excelfiles import edit

Run = Callable[..., tuple[int, str, str]]
NEW = (
    "# Energy\n\nHalden Heat Works AB has reported in accordance with the GRI Standards for the period 1 January 2027 to 31 December 2027.\n\n"
    "We used 5 MWh.\n\n[GRI 302-1]\n"
)


@pytest.fixture(scope="module")
def last() -> dict[str, bytes]:
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    report = InputFile("report.en.docx", (EXAMPLES / "report.en.docx").read_bytes())
    return build([report], stated, load_catalogue()).files


def rolled(run: Run, folder: Path, name: str, content: bytes) -> tuple[dict[str, Any], str]:
    (folder / "report.md").write_text(NEW, encoding="utf-8")
    (folder / name).write_bytes(content)
    code, _, err = run("init", folder / "report.md", "--from", folder / name, "-o", folder / "new")
    assert code == 0, err
    return tomllib.loads((folder / "new" / "gri-index.toml").read_text(encoding="utf-8")), err


@pytest.mark.parametrize("name", ["index.json", "content-index.docx", "content-index.xlsx"])
def test_topics_omissions_and_outside_places_come_over_unconfirmed(
    run: Run, tmp_path: Path, last: dict[str, bytes], name: str
) -> None:
    data, err = rolled(run, tmp_path, name, last[name])
    assert str(data["report"]["period_start"]) == "2027-01-01"
    assert [topic["name"] for topic in data["topic"]][:2] == ["Energy and climate", "Water"]
    assert {omission["disclosure"].split()[0] for omission in data["omission"]} >= {"2-20", "2-21", "303-4", "305-3"}
    assert all(each["carried"] == name for kind in ("topic", "omission") for each in data[kind])
    outside = [each for each in data["location"] if each["disclosure"].startswith("2-15")]
    assert outside and (outside[0].get("document") == "AA" or "Annual accounts" in str(outside[0]))
    assert all("Who we are" not in str(each) for each in data["location"])
    assert f"Taken over from {name}, to be confirmed: " in err
    code, out, _ = run(
        "check", tmp_path / "report.md", "--profile", tmp_path / "new" / "gri-index.toml", "-f", "csv", "--fail-on", "never"
    )
    assert code == 0 and "CI207" in out and "CI305" in out  # the time that 305-3 names is over


def test_owners_come_over_in_a_working_list(run: Run, tmp_path: Path, last: dict[str, bytes]) -> None:
    def own(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        sheet.cell(rows["302-1"][0].row, columns["Owner"] + 1).value = "Anna"
        sheet.cell(rows["302-1"][0].row, columns["Sections"] + 1).value = "An old place"
        sheet.cell(rows["2-1"][0].row, columns["Internal note"] + 1).value = "Old note"

    _, err = rolled(run, tmp_path, "last.xlsx", edit(last["content-index.xlsx"], own))
    assert "owners (content-index.xlsx)" in err
    sheet = openpyxl.load_workbook(tmp_path / "new" / "content-index.xlsx")["Working list"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert (rows["302-1"]["Owner"], rows["302-1"]["Sections"], rows["2-1"]["Internal note"]) == ("Anna", "Energy", None)
    code, _, _ = run("build", tmp_path / "report.md", "--profile", tmp_path / "new" / "gri-index.toml", "-o", tmp_path / "new")
    again = openpyxl.load_workbook(tmp_path / "new" / "content-index.xlsx")["Working list"]
    assert code == 0 and "Anna" in [cell.value for row in again.iter_rows() for cell in row]


def test_a_profile_comes_over_and_a_file_without_an_index_does_not(run: Run, tmp_path: Path) -> None:
    data, _ = rolled(run, tmp_path, "last.toml", (EXAMPLES / "gri-index.toml").read_bytes())
    assert data["document"][0]["id"] and data["topic"][0]["carried"] == "last.toml"
    (tmp_path / "none.md").write_text("# Nothing\n\nNo index here.\n", encoding="utf-8")
    code, _, err = run("init", tmp_path / "report.md", "--from", tmp_path / "none.md", "-o", tmp_path / "other")
    assert code == 3 and "none.md: no content index was found" in err and not (tmp_path / "other").exists()
