"""Two people's working lists as one."""

import datetime
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.excelfiles import edit

Run = Callable[..., tuple[int, str, str]]
REPORT = InputFile("r.md", b"# Energy\n\nWe used 5 MWh.\n\n[GRI 302-1]\n\n# People\n\nWe are 90.\n\n[GRI 2-7]\n")
PROFILE = b'[claim]\nbasis = "in accordance"\n'
Cells = Mapping[tuple[str, str], str]


@pytest.fixture(scope="module")
def sent() -> bytes:
    return build([REPORT], read_profile(PROFILE), load_catalogue(), formats=("xlsx",)).files["content-index.xlsx"]


def filled(content: bytes, cells: Cells, *, sort: bool = False, more: tuple[str, ...] = ()) -> bytes:
    """The list with (number, head) -> text entered."""

    def change(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        for head in more:
            columns[head] = sheet.max_column
            sheet.cell(1, sheet.max_column + 1).value = head
        for (number, head), text in cells.items():
            sheet.cell(rows[number][0].row, columns[head] + 1).value = text
        if sort:
            values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            for at, row in enumerate(reversed(values), start=2):
                for column, value in enumerate(row, start=1):
                    sheet.cell(at, column).value = value

    return edit(content, change)


def merged(
    run: Run, folder: Path, one: bytes, other: bytes, base: bytes | None = None
) -> tuple[int, str, dict[tuple[str, str], str]]:
    """(exit code, what was said, the cells of the joined list)."""
    for name, content in (("anna.xlsx", one), ("lars.xlsx", other), ("base.xlsx", base)):
        if content is not None:
            (folder / name).write_bytes(content)
    more = ("--base", folder / "base.xlsx") if base is not None else ()
    code, _, err = run("merge", folder / "anna.xlsx", folder / "lars.xlsx", *more, "-o", folder / "out.xlsx")
    sheet = openpyxl.load_workbook(folder / "out.xlsx")["Working list"]
    heads = [cell.value for cell in sheet[1]]
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    return (
        code,
        err,
        {(number, head): str(cell.value or "") for number, row in rows.items() for head, cell in zip(heads, row, strict=True)},
    )


def test_what_each_entered_is_there(run: Run, tmp_path: Path, sent: bytes) -> None:
    one = filled(sent, {("2-1", "Sections"): "Annual report", ("2-1", "Pages"): "12", ("2-2", "Owner"): "Anna"})
    other = filled(sent, {("2-3", "Sections"): "About us", ("2-2", "Due"): "2026-03-01", ("2-21", "Reason"): "Confidentiality constraints",
                          ("2-21", "Explanation"): "Contracts protect it."}, sort=True)  # fmt: skip
    code, err, cells = merged(run, tmp_path, one, other)
    assert code == 0 and "3 entries of lars.xlsx taken over; 0 conflicts" in err
    assert [cells[key] for key in (("2-1", "Sections"), ("2-1", "Pages"), ("2-2", "Owner"), ("2-2", "Due"), ("2-3", "Sections"), ("2-21", "Reason"))] == [
        "Annual report", "12", "Anna", "2026-03-01", "About us", "Confidentiality constraints",
    ]  # fmt: skip
    (tmp_path / "r.md").write_bytes(REPORT.content)
    (tmp_path / "gri-index.toml").write_bytes(PROFILE)
    _, _, said = run("build", tmp_path / "r.md", "--working-list", tmp_path / "out.xlsx", "-o", tmp_path / "o")
    assert "The working list changes 3 disclosures: 2-1, 2-3, 2-21" in said


def test_what_both_changed_is_named_and_neither_is_lost(run: Run, tmp_path: Path, sent: bytes) -> None:
    one, other = (filled(sent, {("2-1", "Owner"): name, ("2-1", "Internal note"): f"{name} asks"}) for name in ("Anna", "Lars"))
    code, err, cells = merged(run, tmp_path, one, other)
    assert code == 1 and "2-1, Owner: “Anna” in anna.xlsx, “Lars” in lars.xlsx" in err
    assert cells["2-1", "Owner"] == "Anna"
    assert all(text in cells["2-1", "Internal note"] for text in ("Anna asks", "Lars asks", "[lars.xlsx] Owner: Lars"))


def test_with_the_workbook_both_began_with_a_deletion_counts(run: Run, tmp_path: Path, sent: bytes) -> None:
    base = filled(sent, {("2-1", "Owner"): "Anna", ("2-2", "Sections"): "Old place"})
    one = filled(base, {("2-3", "Owner"): "Eva"})
    other = filled(base, {("2-1", "Owner"): "", ("2-2", "Sections"): "New place"})
    code, _, cells = merged(run, tmp_path, one, other, base)
    assert (code, cells["2-1", "Owner"], cells["2-2", "Sections"], cells["2-3", "Owner"]) == (0, "", "New place", "Eva")


def without(content: bytes, *numbers: str) -> bytes:
    def change(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        for at in sorted((rows[number][0].row for number in numbers), reverse=True):
            sheet.delete_rows(at)

    return edit(content, change)


def test_a_row_that_one_deleted_goes_unless_the_other_changed_it(run: Run, tmp_path: Path, sent: bytes) -> None:
    base = filled(sent, {("2-1", "Owner"): "Anna"})
    for turned in (False, True):
        pair = [without(base, "2-1", "2-2"), filled(base, {("2-2", "Owner"): "Lars"})]
        names = ["anna.xlsx", "lars.xlsx"]
        if turned:
            pair, names = pair[::-1], names[::-1]
        code, err, cells = merged(run, tmp_path, *pair, base)
        assert code == 1 and f"2-1 was deleted in {names[0]} and not changed in the other; it is deleted" in err
        assert f"2-2 was deleted in {names[0]} and changed in {names[1]}; it is kept" in err
        assert ("2-1", "Owner") not in cells and cells["2-2", "Owner"] == "Lars"


def test_a_date_stays_one_and_the_filter_reaches_all_rows(run: Run, tmp_path: Path, sent: bytes) -> None:
    def change(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        cell = sheet.cell(rows["2-1"][0].row, columns["Due"] + 1)
        cell.value, cell.number_format = datetime.date(2026, 3, 1), "dd.mm.yyyy"
        sheet.cell(sheet.max_row + 1, 1).value = "418-1"

    merged(run, tmp_path, sent, edit(sent, change))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Working list"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.is_date]
    assert [(cell.value, cell.number_format) for cell in found] == [(datetime.datetime(2026, 3, 1), "dd.mm.yyyy")]
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row)) and sheet.cell(sheet.max_row, 1).value == "418-1"


def test_what_the_program_wrote_is_nobody_s_change(run: Run, tmp_path: Path, sent: bytes) -> None:
    code, err, cells = merged(run, tmp_path, filled(sent, {("302-1", "Sections"): "Climate report"}), sent)
    assert (code, cells["302-1", "Sections"]) == (0, "Climate report") and "0 entries" in err
    code, _, cells = merged(run, tmp_path, sent, filled(sent, {("302-1", "Sections"): "Climate report"}))
    assert (code, cells["302-1", "Sections"]) == (0, "Climate report")


def test_pages_beside_a_tagged_place_come_too(run: Run, tmp_path: Path, sent: bytes) -> None:
    one, other = filled(sent, {("2-2", "Owner"): "Anna"}), filled(sent, {("302-1", "Pages"): "12"})
    for first, second in ((one, other), (other, one)):
        code, _, cells = merged(run, tmp_path, first, second)
        assert (code, cells["302-1", "Pages"], cells["2-2", "Owner"]) == (0, "12", "Anna")


def test_rows_and_columns_of_the_second_come_too(run: Run, tmp_path: Path, sent: bytes) -> None:
    def add(columns: dict[str, int], rows: dict[str, Any], sheet: Any) -> None:
        sheet.cell(sheet.max_row + 1, 1).value = "418-1"
        sheet.cell(sheet.max_row, columns["Sections"] + 1).value = "Privacy"

    other = filled(edit(sent, add), {("2-1", "Unit"): "kWh"}, more=("Unit",))
    code, _, cells = merged(run, tmp_path, sent, other)
    assert (code, cells["418-1", "Sections"], cells["2-1", "Unit"]) == (0, "Privacy", "kWh")


def test_formulas_and_wrong_files_do_no_harm(run: Run, tmp_path: Path, sent: bytes) -> None:
    _, _, cells = merged(run, tmp_path, sent, filled(sent, {("2-1", "Owner"): "'=1+1"}))
    assert cells["2-1", "Owner"].endswith("=1+1")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes()))["Working list"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    (tmp_path / "other.xlsx").write_bytes(openpyxl_blank())
    code, _, err = run("merge", tmp_path / "anna.xlsx", tmp_path / "other.xlsx", "-o", tmp_path / "x.xlsx")
    assert code == 3 and "other.xlsx: holds no working list" in err and not (tmp_path / "x.xlsx").exists()
    assert run("merge", tmp_path / "anna.xlsx", tmp_path / "lars.xlsx", "-o", tmp_path / "x.docx")[0] == 2


def openpyxl_blank() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()
