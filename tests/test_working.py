"""The working list comes back: what the author entered, and nothing else."""

import datetime
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.excelfiles import edit, saved

REPORT = InputFile("r.md", b"# About us\n\n[GRI 2-1, 2-10]\n\n# Energy\n\n[GRI 302-1]\n\n# Pay\n\nText.\n")
PROFILE = """
[claim]
basis = "in accordance"
[[document]]
id = "AR"
title = "Annual report"
[[topic]]
name = "Energy"
disclosures = ["302-1"]
[[omission]]
disclosure = "2-21"
reason = "not applicable"
explanation = "Stated in the profile."
[[location]]
disclosure = "2-5"
document = "AR"
pages = "7"
"""
Build = Callable[..., tuple[dict[str, Any], bytes]]


@pytest.fixture
def built(catalogue: Catalogue) -> Build:
    """Builds; (index.json, the workbook)."""

    def _built(earlier: bytes | None = None, profile: str = PROFILE) -> tuple[dict[str, Any], bytes]:
        working = InputFile("content-index.xlsx", earlier) if earlier else None
        files = build([REPORT], read_profile(profile.encode()), catalogue, formats=("xlsx", "json"), working=working).files
        return json.loads(files["index.json"]), files["content-index.xlsx"]

    return _built


def row(index: dict[str, Any], number: str) -> dict[str, Any]:
    return next(each for each in index["rows"] if each["disclosure"] == number)


def cells(workbook: bytes) -> dict[str, dict[str, Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["Working list"]
    heads = [cell.value for cell in sheet[1]]
    return {values[0]: dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=2, values_only=True)}


def test_nothing_edited_changes_nothing(built: Build) -> None:
    index, workbook = built()
    assert built(workbook) == (index, workbook)


def test_omissions_places_and_notes_come_back_and_stay(built: Build) -> None:
    index, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], _: Any) -> None:
        pay = rows["2-21"]
        pay[columns["Requirement(s) omitted"]].value = "a\nc"
        pay[columns["Reason"]].value = "Confidentiality constraints\nLegal prohibitions"
        pay[columns["Explanation"]].value = "Contracts protect it.\nThe act forbids it."
        rows["2-19"][columns["Sections"]].value = "pay"
        rows["2-20"][columns["Sections"]].value = "Annual report"
        rows["2-20"][columns["Pages"]].value = "12-14"
        rows["2-10"][0].value = datetime.datetime(2026, 10, 2)
        rows["2-10"][columns["Owner"]].value = "Li Wei"

    edited = edit(workbook, change)
    again, second = built(edited)
    omissions = [(each["requirements"], each["reason"], each["explanation"]) for each in row(again, "2-21")["omissions"]]
    assert omissions == [
        (["a"], "confidentiality constraints", "Contracts protect it."),
        (["c"], "legal prohibitions", "The act forbids it."),
    ]
    assert [(each["kind"], each["section_title"]) for each in row(again, "2-19")["locations"]] == [("section", "Pay")]
    assert [(each["document"], each["page_label"]) for each in row(again, "2-20")["locations"]] == [("AR", "12-14")]
    assert row(again, "2-10") == row(index, "2-10") and cells(second)["2-10"]["Owner"] == "Li Wei"
    changed = {each["disclosure"] for each in again["rows"] if each != row(index, each["disclosure"])}
    assert changed == {"2-19", "2-20", "2-21"}
    assert built(second) == (again, second)  # the entries stay for the next time


def test_the_order_of_rows_and_hidden_rows_do_not_matter(built: Build) -> None:
    index, workbook = built()
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["Working list"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    for number, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(row=number, column=column).value = value
        sheet.row_dimensions[number].hidden = number % 2 == 0
    assert built(saved(book))[0] == index


def test_deleted_entries_of_the_profile_stay_deleted_until_the_profile_changes(built: Build) -> None:
    _, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], _: Any) -> None:
        for name in ("Requirement(s) omitted", "Reason", "Explanation"):
            rows["2-21"][columns[name]].value = None
        rows["2-5"][columns["Sections"]].value = rows["2-5"][columns["Pages"]].value = None

    again, second = built(edit(workbook, change))
    assert (row(again, "2-21")["omissions"], row(again, "2-5")["locations"]) == ([], [])
    assert built(second) == (again, second)
    stated = row(built(second, PROFILE.replace("Stated in the profile", "Stated anew"))[0], "2-21")["omissions"]
    assert [each["explanation"] for each in stated] == ["Stated anew."]


def test_a_tag_that_goes_from_the_report_goes_from_the_index(catalogue: Catalogue, built: Build) -> None:
    _, workbook = built()
    less = InputFile("r.md", REPORT.content.replace(b", 2-10", b""))
    working = InputFile("content-index.xlsx", workbook)
    outputs = build([less], read_profile(PROFILE.encode()), catalogue, formats=("json",), working=working)
    assert row(json.loads(outputs.files["index.json"]), "2-10")["status"] == "missing"


def test_new_rows_are_statements_and_rows_without_sense_are_named(built: Build, catalogue: Catalogue) -> None:
    _, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], sheet: Any) -> None:
        width = len(columns)
        added = [[None] * width for _ in range(3)]
        added[0][0], added[0][columns["Sections"]] = "415-1", "Pay"
        added[1][0], added[1][columns["Sections"]] = "999-9", "Pay"
        added[2][columns["Sections"]] = "nothing"
        for each in added:
            sheet.append(each)
        rows["2-1"][columns["Status"]].value = "omitted"

    outputs = build(
        [REPORT],
        read_profile(PROFILE.encode()),
        catalogue,
        formats=("json",),
        working=InputFile("content-index.xlsx", edit(workbook, change)),
    )
    index = json.loads(outputs.files["index.json"])
    assert row(index, "415-1")["locations"][0]["section_title"] == "Pay"
    assert [remark.id for remark in outputs.index.remarks[:4]] == ["list-used", "list-problem", "list-problem", "list-status"]
    _, again = built(edit(workbook, change))
    assert cells(again)["999-9"]["Sections"] == "Pay" and cells(again)[None]["Sections"] == "nothing"  # kept for the author


def test_the_command_reads_the_list_in_the_output_folder_and_keeps_edited_documents(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "r.md").write_bytes(REPORT.content)
    (tmp_path / "gri-index.toml").write_text(PROFILE, encoding="utf-8")
    out = tmp_path / "out"
    assert run("build", tmp_path / "r.md", "-o", out)[0] == 0
    workbook = out / "content-index.xlsx"

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], _: Any) -> None:
        rows["2-1"][columns["Owner"]].value = "Li Wei"
        rows["2-16"][columns["Sections"]].value = "Pay"

    workbook.write_bytes(edit(workbook.read_bytes(), change))
    own = (out / "content-index.docx").read_bytes()
    (out / "content-index.docx").write_bytes(b"polished by hand")
    code, _, err = run("build", tmp_path / "r.md", "-o", out)
    assert code == 0 and "The working list changes 1 disclosure: 2-16" in err
    assert "content-index.docx was changed since it was built: it is kept as content-index.kept-1.docx" in err
    assert (out / "content-index.kept-1.docx").read_bytes() == b"polished by hand"
    assert cells(workbook.read_bytes())["2-1"]["Owner"] == "Li Wei"
    assert sorted(path.name for path in out.iterdir()) == [
        "content-index.docx",
        "content-index.kept-1.docx",
        "content-index.xlsx",
        "index.json",
    ]
    run("build", tmp_path / "r.md", "-o", out, "--fresh")
    assert (out / "content-index.docx").read_bytes() == own and cells(workbook.read_bytes())["2-1"]["Owner"] is None


def test_a_workbook_of_somebody_else_is_kept(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "r.md").write_bytes(REPORT.content)
    (tmp_path / "content-index.xlsx").write_bytes(b"not even a workbook")
    code, _, err = run("build", tmp_path / "r.md", "-o", tmp_path)
    assert code == 0 and "kept as content-index.kept-1.xlsx" in err
    assert (tmp_path / "content-index.kept-1.xlsx").read_bytes() == b"not even a workbook"
    code, _, err = run("build", tmp_path / "r.md", "-o", tmp_path / "o", "--working-list", tmp_path / "content-index.kept-1.xlsx")
    assert code == 3 and err.startswith("error: content-index.kept-1.xlsx: ")


def test_a_changed_place_takes_the_tagged_one_s_place_and_a_deleted_one_comes_back(built: Build) -> None:
    _, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], _: Any) -> None:
        rows["2-1"][columns["Sections"]].value = "Pay"
        rows["2-10"][columns["Sections"]].value = None

    again, second = built(edit(workbook, change))
    assert [each["section_title"] for each in row(again, "2-1")["locations"]] == ["Pay"]
    assert [each["section_title"] for each in row(again, "2-10")["locations"]] == [
        "About us"
    ]  # its tag still stands in the report
    third, workbook = built(second)
    same = {key: third[key] for key in third if key != "outputs"}  # the digest of the workbook, which is saved anew
    assert same == {key: again[key] for key in same} and built(workbook) == (third, workbook)


def test_columns_of_the_author_s_own_are_carried_over_and_own_sheets_named(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "r.md").write_bytes(REPORT.content)
    out = tmp_path / "out"
    run("build", tmp_path / "r.md", "-o", out)
    book = openpyxl.load_workbook(out / "content-index.xlsx")
    book["Working list"].insert_cols(3)
    book["Working list"]["C1"].value = "Mine"
    book["Working list"]["C2"].value = "ask Li Wei"
    book.save(out / "content-index.xlsx")
    _, _, err = run("build", tmp_path / "r.md", "-o", out)
    assert "kept as" not in err and cells((out / "content-index.xlsx").read_bytes())["2-1"]["Mine"] == "ask Li Wei"
    book = openpyxl.load_workbook(out / "content-index.xlsx")
    book.create_sheet("Sums")["A1"].value = 7
    book["Content index"]["A1"].value = "Our index"
    book.save(out / "content-index.xlsx")
    _, _, err = run("build", tmp_path / "r.md", "-o", out)
    assert 'The sheet "Sums" is not carried over' in err and 'Entries on the sheet "Content index" are not read' in err
    assert "kept as content-index.kept-1.xlsx" in err
    assert openpyxl.load_workbook(out / "content-index.kept-1.xlsx")["Sums"]["A1"].value == 7
    assert cells((out / "content-index.xlsx").read_bytes())["2-1"]["Mine"] == "ask Li Wei"


def test_what_the_program_wrote_does_not_outlive_its_tag(catalogue: Catalogue, built: Build) -> None:
    """Notes of a row that went stay at the end of the list; its place is not taken for an entry by the builds that follow."""
    _, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], _: Any) -> None:
        rows["2-10"][columns["Owner"]].value = "Li Wei"

    content = edit(workbook, change)
    less = InputFile("r.md", REPORT.content.replace(b", 2-10", b""))
    profile = read_profile(PROFILE.replace("in accordance", "with reference").encode())
    for _ in range(3):
        working = InputFile("content-index.xlsx", content)
        outputs = build([less], profile, catalogue, formats=("xlsx",), working=working)
        assert [remark.id for remark in outputs.index.remarks if remark.id.startswith("list")] == ["list-leftover"]
        assert "2-10" not in [row.number for row in outputs.index.rows]
        content = outputs.files["content-index.xlsx"]
        line = cells(content)["2-10"]
        assert (line["Owner"], line["Sections"], line["Pages"]) == ("Li Wei", None, None)


def test_a_second_row_of_a_disclosure_joins_the_first(built: Build) -> None:
    _, workbook = built()

    def change(columns: dict[str, int], rows: dict[str, Sequence[Any]], sheet: Any) -> None:
        added: list[Any] = [None] * len(columns)
        added[0], added[columns["Sections"]] = "2-10", "Pay"
        sheet.append(added)

    again, second = built(edit(workbook, change))
    assert [each["section_title"] for each in row(again, "2-10")["locations"]] == ["About us", "Pay"]
    assert sum(line[0].value == "2-10" for line in openpyxl.load_workbook(io.BytesIO(second))["Working list"]) == 1
    assert built(second) == (again, second)


@pytest.mark.parametrize("memory", ['["en",{"a":1},[1,[2]]]', '["en",[],"abc"]', "[" * 5000, "[7,{},{}]", "nonsense", ""])
def test_a_damaged_memory_is_no_fault_of_the_program(built: Build, catalogue: Catalogue, memory: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(built()[1]))
    sheet = book["Working list"]
    sheet.cell(1, sheet.max_column).value = f"gri-index:{memory}"
    sheet.cell(3, sheet.max_column).value = '["2-2","2021",[],{},[[1]],"","x"]'
    working = InputFile("content-index.xlsx", saved(book))
    outputs = build([REPORT], read_profile(PROFILE.encode()), catalogue, formats=("xlsx",), working=working)
    assert outputs.index.rows and [remark for remark in outputs.index.remarks if remark.id.startswith("list")]


def test_edits_in_the_workbook_of_another_language_are_kept_and_said(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "r.md").write_bytes(REPORT.content)
    (tmp_path / "gri-index.toml").write_text('[output]\nlanguages = ["en", "de"]\n', encoding="utf-8")
    run("build", tmp_path / "r.md", "-o", tmp_path, "-f", "xlsx")
    other = tmp_path / "content-index.de.xlsx"
    book = openpyxl.load_workbook(other)
    book["Arbeitsliste"]["H2"].value = "Pay"
    book.save(other)
    _, _, err = run("build", tmp_path / "r.md", "-o", tmp_path, "-f", "xlsx")
    assert "content-index.de.xlsx is not read back" in err and "they belong in content-index.en.xlsx" in err
    assert (tmp_path / "content-index.de.kept-1.xlsx").is_file()


def remarked(catalogue: Catalogue, earlier: bytes, report: InputFile = REPORT) -> tuple[list[str], dict[str, Any], bytes]:
    """(ids of what is said of the list, index.json, the new workbook)."""
    outputs = build(
        [report],
        read_profile(PROFILE.encode()),
        catalogue,
        formats=("xlsx", "json"),
        working=InputFile("content-index.xlsx", earlier),
    )
    said = [remark.id for remark in outputs.index.remarks if remark.id.startswith("list")]
    return said, json.loads(outputs.files["index.json"]), outputs.files["content-index.xlsx"]


def set_cells(workbook: bytes, change: Callable[[Any, dict[str, int], dict[str, int]], None]) -> bytes:
    """The workbook after ``change(sheet, column by head, row by number)``."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["Working list"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(at, 1).value): at for at in range(2, sheet.max_row + 1)}
    change(sheet, columns, rows)
    return saved(book)


def test_pages_of_a_tagged_place_keep_its_requirements_and_go_with_its_tag(catalogue: Catalogue) -> None:
    report = InputFile("r.md", b"# People\n\n[GRI 2-7-a]\n\n# About us\n\n[GRI 2-1]\n")
    first = build([report], read_profile(PROFILE.encode()), catalogue, formats=("xlsx",)).files["content-index.xlsx"]

    def paged(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["2-7"], columns["Pages"]).value = "5"

    edited = set_cells(first, paged)
    said, index, again = remarked(catalogue, edited, report)
    assert said == ["list-used"]
    assert (row(index, "2-7")["status"], row(index, "2-7")["locations"][0]["page_label"]) == ("partial", "5")
    assert remarked(catalogue, again, report)[1] == index
    gone = InputFile("r.md", b"# People\n\nText.\n\n# About us\n\n[GRI 2-1]\n")
    said, index, _ = remarked(catalogue, edited, gone)
    assert "list-place-gone" in said and row(index, "2-7")["status"] == "missing"


def test_a_row_may_speak_of_one_requirement_and_a_place_for_all_of_a_partly_tagged_one_is_said(
    catalogue: Catalogue, built: Build
) -> None:
    def one(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        for column, value in (("No.", "2-8-a"), ("Sections", "Pay")):
            sheet.cell(sheet.max_row + (column == "No."), columns[column]).value = value

    _, index, again = remarked(catalogue, set_cells(built()[1], one))
    assert row(index, "2-8")["status"] == "partial"
    assert row(remarked(catalogue, again)[1], "2-8")["status"] == "partial"
    report = InputFile("r.md", b"# People\n\n[GRI 2-7-a]\n\n# Pay\n\nText.\n")
    first = build([report], read_profile(PROFILE.encode()), catalogue, formats=("xlsx",)).files["content-index.xlsx"]

    def whole(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["2-7"], columns["Sections"]).value = "People\nPay"

    assert "list-whole" in remarked(catalogue, set_cells(first, whole), report)[0]


def test_a_row_copied_from_another_workbook_is_the_author_s(catalogue: Catalogue, built: Build) -> None:
    other = build(
        [InputFile("o.md", b"# Water\n\n[GRI 303-3]\n")],
        read_profile(b'[claim]\nbasis = "with reference"\n'),
        catalogue,
        formats=("xlsx",),
    ).files["content-index.xlsx"]
    foreign = openpyxl.load_workbook(io.BytesIO(other))["Working list"]

    def copied(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        at = sheet.max_row + 1
        for cell in next(cells for cells in foreign.iter_rows(min_row=2) if cells[0].value == "303-3"):
            sheet.cell(at, cell.column).value = cell.value

    _, index, _ = remarked(catalogue, set_cells(built()[1], copied))
    assert row(index, "303-3")["locations"][0]["text"] == "Water"


@pytest.mark.parametrize("text", ["not reported", "n/a", "tbd", "to follow", "not applicable"])
def test_words_that_are_no_place_are_answered(catalogue: Catalogue, built: Build, text: str) -> None:
    def entered(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["2-8"], columns["Sections"]).value = text

    said, index, _ = remarked(catalogue, set_cells(built()[1], entered))
    assert said == ["list-no-place"] and row(index, "2-8")["status"] == "missing"


def test_what_else_a_cell_may_hold_is_kept_or_answered(catalogue: Catalogue, built: Build) -> None:
    from openpyxl.comments import Comment

    def change(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["2-8"], 1).comment = Comment("until Friday", "A")
        sheet.cell(rows["2-8"], columns["Owner"]).value = "Kim"
        sheet.merge_cells(
            start_row=rows["2-8"], end_row=rows["2-8"] + 2, start_column=columns["Owner"], end_column=columns["Owner"]
        )
        sheet.cell(rows["2-8"], columns["Pages"]).value = "=3+4"
        sheet.cell(rows["302-1"], columns["Topic"]).value = None
        sheet.cell(rows["2-18"], columns["Requirement(s) omitted"]).value = "A; z"
        sheet.cell(rows["2-18"], columns["Reason"]).value = "Confidentiality"
        sheet.cell(rows["2-18"], columns["Explanation"]).value = "The works council agreed to keep this apart."
        for value in ("x", "y"):
            sheet.cell(1, sheet.max_column + 1).value = "Mine"
            sheet.cell(rows["2-8"], sheet.max_column).value = value

    said, index, again = remarked(catalogue, set_cells(built()[1], change))
    assert said == ["list-valueless", "list-formulas", "list-comments", "list-used", "list-topic-cleared"]
    assert (index["rows"][0]["disclosure"], row(index, "302-1")["topic"]) == ("2-1", "Energy")
    listed = cells(again)
    assert [listed[number]["Owner"] for number in ("2-8", "2-9", "2-10")] == ["Kim"] * 3
    assert (listed["2-8"]["Mine"], listed["2-8"]["Mine (2)"]) == ("x", "y")
    assert (listed["2-18"]["Requirement(s) omitted"], listed["2-18"]["Reason"]) == ("a, z", "Confidentiality constraints")


def test_pages_beside_the_second_place_are_the_second_place_s(catalogue: Catalogue, built: Build) -> None:
    def entered(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["302-1"], columns["Sections"]).value = "Energy\nPay"
        sheet.cell(rows["302-1"], columns["Pages"]).value = "\n33"

    _, index, _ = remarked(catalogue, set_cells(built()[1], entered))
    assert [(each["section_title"], each["page_label"] or "") for each in row(index, "302-1")["locations"]] == [
        ("Energy", ""),
        ("Pay", "33"),
    ]


def test_publishing_into_the_same_folder_keeps_the_working_list(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "r.md").write_bytes(REPORT.content)
    run("build", tmp_path / "r.md", "-o", tmp_path)

    def entered(sheet: Any, columns: dict[str, int], rows: dict[str, int]) -> None:
        sheet.cell(rows["2-1"], columns["Owner"]).value = "Kim"

    book = tmp_path / "content-index.xlsx"
    book.write_bytes(set_cells(book.read_bytes(), entered))
    run("build", tmp_path / "r.md", "-o", tmp_path)
    said = run("build", tmp_path / "r.md", "-o", tmp_path, "--publish")[2]
    assert "content-index.kept-1.xlsx" in said
    assert cells((tmp_path / "content-index.kept-1.xlsx").read_bytes())["2-1"]["Owner"] == "Kim"
    book.write_bytes(b"PK\x03\x04 no workbook")
    assert "cannot be read as a workbook" in run("build", tmp_path / "r.md", "-o", tmp_path)[2]
