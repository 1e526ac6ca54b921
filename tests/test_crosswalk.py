"""Crosswalks: the data holds together, and the reverse index says what is served, in part, and not at all."""

import csv
import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.crosswalk.between import between
from gri_index.crosswalk.data import frameworks, load_crosswalk
from gri_index.crosswalk.mapping import read_mapping
from gri_index.errors import CatalogueError
from gri_index.model.crosswalk import Crosswalk
from gri_index.readers import InputFile
from tests.conftest import EXAMPLES
from tests.excelfiles import workbook

Run = Callable[..., tuple[int, str, str]]
REPORT = "# Energy\n\nWe used 12 MWh of electricity.\n\n[GRI 302-1]\n\n# People\n\nWe employ 40 people.\n\n[GRI 2-7]\n"
OWN = """<crosswalk framework="mine" name="My framework" issuer="Me" edition="2026" origin="own">
  <source id="s">own reading</source>
  <item id="A"><title xml:lang="en">Energy</title></item>
  <item id="B"><title xml:lang="en">=Water</title></item>
  <item id="C"><title xml:lang="en">Joy</title></item>
  <item id="D"><title xml:lang="en">People</title></item>
  <map item="A" disclosure="302-1" relation="equivalent" state="content" source="s"/>
  <map item="B" disclosure="303-3" relation="partial" state="content" source="s"/>
  <map item="D" disclosure="2-7" relation="related" state="content" source="s"/>
  <map item="D" disclosure="2-8" relation="related" state="content" source="s"/>
  <map item="D" disclosure="405-1" relation="related" state="unverified" source="s"/>
  <map item="A" disclosure="103-2" relation="related" state="content" source="s"/>
</crosswalk>
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "mine.xml").write_text(OWN, encoding="utf-8")
    return tmp_path / "report.md", tmp_path / "mine.xml"


@pytest.mark.parametrize("framework", frameworks())
def test_each_crosswalk_is_whole(framework: str) -> None:
    crosswalk, catalogue = load_crosswalk(framework), load_catalogue()
    assert crosswalk.framework == framework and crosswalk.edition and crosswalk.items
    assert all(catalogue.editions_of(link.number) for link in crosswalk.links)
    assert {link.item for link in crosswalk.links} <= {item.id for item in crosswalk.items}
    assert all(link.source for link in crosswalk.links)


def test_there_are_the_large_frameworks() -> None:
    assert {"sdg", "ungc", "esrs-2023", "esrs-2026", "ifrs-s2", "hkex-c2", "cn-exchanges", "nasdaq-esg-2", "tcfd", "vsme"} <= set(
        frameworks()
    )


def test_items_are_served_in_part_or_not(run: Run, files: tuple[Path, Path]) -> None:
    report, mapping = files
    code, out, _ = run("crosswalk", report, "--mapping", mapping, "--format", "json")
    assert code == 0
    items = {each["item"]: each for each in json.loads(out)["items"]}
    assert {id: each["service"] for id, each in items.items()} == {"A": "served", "B": "open", "C": "nothing", "D": "partly"}
    assert items["A"]["places"] == ["Energy"]
    assert [each["disclosure"] for each in items["A"]["disclosures"]] == ["302-1"]  # 103-2 is not in force yet


def test_rows_that_nobody_saw_count_on_demand_alone(run: Run, files: tuple[Path, Path]) -> None:
    report, mapping = files
    _, out, err = run("crosswalk", report, "--mapping", mapping, "--lang", "en")
    assert "405-1" not in out and "1 of this crosswalk" in err
    _, out, err = run("crosswalk", report, "--mapping", mapping, "--include-unverified", "--lang", "en")
    assert "405-1" in out and "of this crosswalk" not in err


def test_csv_holds_no_formula(run: Run, files: tuple[Path, Path]) -> None:
    report, mapping = files
    _, out, _ = run("crosswalk", report, "--mapping", mapping, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["My framework (2026)"]
    assert [row[1] for row in rows[2:]] == ["Energy", "'=Water", "Joy", "People"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('item="B"', 'item="X"', "line 8"),
        ('relation="partial"', 'relation="same"', "line 8"),
        ('source="s"/>\n</', 'source="t"/>\n</', "line 12"),
        ("</crosswalk>", "", "line"),
    ],
)
def test_a_wrong_mapping_is_told_with_file_and_line(run: Run, files: tuple[Path, Path], old: str, new: str, wanted: str) -> None:
    report, mapping = files
    mapping.write_text(OWN.replace(old, new), encoding="utf-8")
    code, _, err = run("crosswalk", report, "--mapping", mapping)
    assert code != 0 and "mine.xml" in err and wanted in err and "Traceback" not in err


def test_a_mapping_that_is_not_there_is_told(run: Run, files: tuple[Path, Path]) -> None:
    code, _, err = run("crosswalk", files[0], "--mapping", files[0].with_name("none.xml"))
    assert code == 3 and "none.xml: no such file" in err


def test_an_unknown_framework_is_told(run: Run, files: tuple[Path, Path]) -> None:
    code, _, err = run("crosswalk", "sasb", files[0])
    assert code != 0 and "sasb" in err and "esrs-2023" in err


def test_the_list_says_edition_and_share_verified(run: Run) -> None:
    code, out, _ = run("crosswalk", "--list")
    assert code == 0 and "790 rows, 790 verified" in out and "2023/2772" in out


def test_a_workbook_holds_the_items(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    report, mapping = files
    code, out, _ = run("crosswalk", report, "--mapping", mapping, "-o", tmp_path / "mine.xlsx")
    assert code == 0 and "mine.xlsx" in out
    sheet = openpyxl.load_workbook(tmp_path / "mine.xlsx").active
    assert sheet["A1"].value == "My framework" and sheet["A2"].value == "2026"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert [row[0] for row in rows] == ["A", "B", "C", "D"]
    assert rows[1][1] == "=Water" and sheet["B7"].data_type == "s"
    assert run("crosswalk", report, "--mapping", mapping, "-o", tmp_path / "mine.pdf")[0] == 2


@pytest.mark.parametrize("suffix", ["docx", "html", "csv", "json"])
def test_other_formats_hold_the_items_too(run: Run, files: tuple[Path, Path], tmp_path: Path, suffix: str) -> None:
    report, mapping = files
    code, _, _ = run("crosswalk", report, "--mapping", mapping, "-o", tmp_path / f"mine.{suffix}", "--lang", "en")
    content = (tmp_path / f"mine.{suffix}").read_bytes()
    if suffix == "docx":
        tables = docx.Document(io.BytesIO(content)).tables
        said = " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    else:
        said = content.decode()
    assert code == 0 and all(word in said for word in ("My framework" if suffix != "docx" else "2026", "Water", "2-7", "People"))


# ── mappings of one's own ──

SHEET = [["Mine"], ["2026"], [], ["Item", "Title", "Disclosure", "Relation"], ["A", "Energy", "302-1; 302-3", "equivalent"], ["", "", "GRI 305-1-a", ""],
         ["B", "Joy", "", ""]]  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_worksheet_is_a_mapping(run: Run, files: tuple[Path, Path], tmp_path: Path, form: str) -> None:
    sheet = tmp_path / f"mine.{form}"
    sheet.write_bytes(workbook(SHEET) if form == "xlsx" else "\n".join(",".join(row) for row in SHEET).encode())
    code, out, _ = run("crosswalk", files[0], "--mapping", sheet, "--format", "json")
    read = json.loads(out)
    assert code == 0 and (read["name"], read["edition"]) == ("Mine", "2026")
    assert [(item["item"], item["title"], [each["disclosure"] for each in item["disclosures"]]) for item in read["items"]] == [
        ("A", "Energy", ["302-1", "302-3", "305-1"]), ("B", "Joy", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "text", "wanted"),
    [
        ((4, 2), "302-99", "row 5: there is no 302-99"),
        ((4, 2), "energy", 'row 5: "energy" is no disclosure'),
        ((4, 2), "302-1 (2030)", "row 5"),
        ((4, 3), "alike", 'row 5: "alike" is no relation'),
        ((4, 0), "", "row 5: a disclosure without an item"),
        ((3, 2), "Comment", "no mapping"),
        ((4, 2), "305-1-z", "row 5: 305-1 has no requirement z"),
        ((4, 2), "3-3 [Energy]", "row 5: 3-3 [Energy]: name the Standards"),
        ((4, 2), "302-1 to be decided", 'row 5: "302-1 to be decided" is no disclosure'),
        ((3, 3), "Disclosure", "row 4: two columns disclosure"),
    ],
)
def test_a_wrong_worksheet_is_told_with_file_and_row(
    run: Run, files: tuple[Path, Path], tmp_path: Path, at: tuple[int, int], text: str, wanted: str
) -> None:
    rows = [list(row) for row in SHEET]
    rows[at[0]][at[1]] = text
    (tmp_path / "mine.xlsx").write_bytes(workbook(rows))
    code, _, err = run("crosswalk", files[0], "--mapping", tmp_path / "mine.xlsx")
    assert code != 0 and "mine.xlsx" in err and wanted in err and "Traceback" not in err


def test_all_faults_of_a_worksheet_are_told_at_once() -> None:
    rows = [["item", "disclosure", "edition"], ["A", "302-99", ""], ["B", "energy", ""], ["C", "302-1", "1999"]]
    with pytest.raises(CatalogueError, match=r"row 2: there is no 302-99; row 3: .* row 4: there is no 302-1 of 1999"):
        read_mapping(InputFile("m.xlsx", workbook(rows)), load_catalogue())
    with pytest.raises(CatalogueError, match="no row below the head"):
        read_mapping(InputFile("m.csv", b"item,disclosure\n"), load_catalogue())


@pytest.mark.parametrize(
    ("heads", "cell", "numbers"),
    [
        (("Code", "GRI disclosure"), "302-1 Energy consumption within the organization", ["302-1"]),
        (("ESRS", "GRI"), "302-1; 302-3", ["302-1", "302-3"]),
        (("\u6307\u6807", "\u62ab\u9732\u9879"), "GRI 302-1", ["302-1"]),
        (("KPI", "Disclosures"), "n/a", []),
        (("item", "disclosure"), "GRI 401", ["401-1", "401-2", "401-3"]),
        (("item", "disclosure"), "GRI 401: Employment", ["401-1", "401-2", "401-3"]),
        (("item", "disclosure"), "GRI 401: Employment 2016", ["401-1", "401-2", "401-3"]),
        (("ESRS DR", "Corresponding GRI disclosures"), "GRI 2-1 Organizational details (2021)", ["2-1"]),
        (("\u6761\u6b3e", "\u5bf9\u5e94GRI\u62ab\u9732\u9879"), "\u65e0\u5bf9\u5e94", []),
        (("item", "disclosure"), datetime.date(2026, 10, 2), ["2-10"]),
    ],
)
def test_worksheets_as_people_write_them(heads: tuple[str, str], cell: object, numbers: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("Mapping")
    for row in (heads, ("A1", cell), ("A2", "2-30" if isinstance(cell, datetime.date) else "")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    links = read_mapping(InputFile("m.xlsx", out.getvalue()), load_catalogue()).links
    assert [link.number for link in links if link.item == "A1"] == numbers


def test_all_sheets_of_a_mapping_count_and_a_total_is_no_standard() -> None:
    book = openpyxl.Workbook()
    for name, rows in (("Environment", [("E1-5", "302-1")]), ("Social", [("S1-6", "2-7"), ("", "")])):
        sheet = book.create_sheet(name)
        for row in (("item", "disclosure"), *rows):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    read = read_mapping(InputFile("m.xlsx", out.getvalue()), load_catalogue())
    assert [(link.item, link.number) for link in read.links] == [("E1-5", "302-1"), ("S1-6", "2-7")]
    assert read.codes == load_crosswalk("esrs-2023").codes  # its items are those of that framework
    with pytest.raises(CatalogueError, match="row 3"):
        read_mapping(InputFile("m.csv", b"item,disclosure\nA,302-1\nTotal,2\n"), load_catalogue())


def test_an_item_keeps_its_own_title() -> None:
    read = read_mapping(InputFile("m.csv", b"item,title,disclosure\nA,Energy,302-1\n,Water,303-5\n"), load_catalogue())
    assert [(item.id, item.title.in_("en")) for item in read.items] == [("A", "Energy")]


def test_a_csv_parted_by_tabs_is_a_mapping() -> None:
    read = read_mapping(InputFile("m.csv", b"item\tdisclosure\nA\t303-1, 305-1\n"), load_catalogue())
    assert [link.number for link in read.links] == ["303-1", "305-1"]


@pytest.mark.parametrize("framework", frameworks())
def test_a_mapping_that_the_program_writes_is_read_whole(run: Run, tmp_path: Path, framework: str) -> None:
    assert run("crosswalk", framework, "-o", tmp_path / "m.xlsx", "--lang", "en")[0] == 0
    own, read = load_crosswalk(framework), read_mapping(InputFile("m.xlsx", (tmp_path / "m.xlsx").read_bytes()), load_catalogue())
    assert [(each.id, each.title.all[0]) for each in read.items] == [(each.id, each.title.all[0]) for each in own.items]

    def known(crosswalk: Crosswalk) -> set[tuple[object, ...]]:
        return {
            (each.item, each.number, each.edition, each.requirement, each.relation, each.state, each.topics, each.source)
            for each in crosswalk.links
        }

    assert known(read) == known(own) and read.codes == own.codes


def test_a_list_that_csv_takes_apart_is_told(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("item,disclosure\nA,303-1,305-1\n", encoding="utf-8")
    code, _, err = run("crosswalk", files[0], "--mapping", tmp_path / "m.csv")
    assert code == 4 and "m.csv, row 2: more cells than the head has" in err


def test_an_item_of_which_nothing_is_in_force_yet_is_open(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("item,disclosure\nA,102-1\n", encoding="utf-8")
    _, out, _ = run("crosswalk", files[0], "--mapping", tmp_path / "m.csv", "--format", "json")
    item = json.loads(out)["items"][0]
    assert (item["service"], item["disclosures"][0]["disclosure"]) == ("open", "102-1")


# ── two frameworks ──


def test_items_of_two_frameworks_meet_where_the_relation_allows(tmp_path: Path) -> None:
    def made(name: str, *rows: tuple[str, str, str]) -> Crosswalk:
        sheet = workbook([["item", "disclosure", "relation"], *rows])
        return read_mapping(InputFile(f"{name}.xlsx", sheet), load_catalogue())

    one = made(
        "one", ("A", "302-1", "equivalent"), ("B", "305-1-a", "partial"), ("C", "3-3", "equivalent"), ("D", "2-7", "related")
    )
    other = made(
        "other", ("1", "302-1", "partial"), ("2", "305-1-b", "partial"), ("3", "305-1", "partial"), ("4", "3-3", "equivalent"), ("5", "2-7", "partial")
    )  # fmt: skip
    assert [(each.item.id, each.other.id, each.relation.value, each.numbers) for each in between(one, other)] == [
        ("A", "1", "partial", ("302-1",)),
        ("B", "3", "related", ("305-1",)),
    ]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_meetings_are_written(run: Run, tmp_path: Path, suffix: str) -> None:
    code, _, err = run("crosswalk", "esrs-2023", "--against", "ifrs-s2", "-o", tmp_path / f"m.{suffix}", "--lang", "en")
    assert code == 0 and "Derived" in err and (tmp_path / f"m.{suffix}").stat().st_size > 100


# ── columns beside GRI's ──


@pytest.mark.parametrize("form", ["docx", "xlsx", "md", "html"])
def test_columns_of_other_frameworks_are_printed_and_the_index_is_read_back_whole(run: Run, tmp_path: Path, form: str) -> None:
    report = EXAMPLES / "report.en.docx"
    code, _, _ = run("build", report, "--with", "sdg,ungc", "-o", tmp_path, "-f", form, "-f", "json")
    assert code == 0
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert index["frameworks"] == ["sdg", "ungc"]
    rows = {row["disclosure"]: row["frameworks"] for row in index["rows"]}
    assert "8.5" in rows["2-7"][0] and "P6" in rows["2-7"][1]
    _, out, _ = run("extract", tmp_path / f"content-index.{form}", "--format", "json")
    read = json.loads(out)["rows"]
    assert [row["disclosure"] for row in read] == [row["disclosure"] for row in index["rows"]]
    assert not any("8.5" in row["location"] for row in read)


def test_an_unknown_framework_beside_the_index_is_told(run: Run, tmp_path: Path) -> None:
    code, _, err = run("build", EXAMPLES / "report.en.docx", "--with", "sasb", "-o", tmp_path)
    assert code != 0 and "sasb" in err and not list(tmp_path.iterdir())
