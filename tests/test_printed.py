"""Printed content indexes are read back, whatever their layout."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.extraction.boxes import PageBoxes, Word
from gri_index.extraction.cells import IndexLine
from gri_index.extraction.extract import extract
from gri_index.extraction.layouts import index_lines
from gri_index.extraction.omissions import labels_in
from gri_index.extraction.places import pages
from gri_index.extraction.rows import RowReader
from gri_index.language.reasons import reason_in
from gri_index.model.printed import PrintedIndex
from gri_index.model.standards import Catalogue
from gri_index.model.terms import OmissionReason
from gri_index.readers import InputFile
from tests.conftest import EXAMPLES
from tests.excelfiles import workbook

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("12, 35,36", True, "12 35 36"),
        ("详见P49", False, "49"),
        ("见P12、P15", False, "12 15"),
        ("39–40, 56, 68–69", True, "39 40 56 68 69"),
        ("55f, 80ff", True, "55 56 80 81 82"),
        ("124-25", True, "124 125"),
        ("AR back cover and Pages 10, 57, 79 to 81 and 113 to 114", False, "10 57 79 80 81 113 114"),
        ("AR Page 24-25 and SR Page 11", False, "24 25 11"),
        ("SR Section 4.2, 5, 5.1.4", False, ""),
        ("Pg.34 &35", False, "34 35"),
        ("P08-P09, P58-P59", False, "8 9 58 59"),
        ("Imprint: 317", True, "317"),
        ("第12-14页", False, "12 13 14"),
        ("114\nSection D.6 of the Annual Corporate Governance Report", True, "114"),
        ("No reports were received in 2023 from our 12 sites", False, ""),
        ("Calle Mayor 100, 28035 Madrid; telephone 555 01 02", False, ""),
        ("Fines of €450 on 31 December 2023, up 12 %", True, ""),
        ("https://example.com/report-2023/page12", True, ""),
    ],
)  # fmt: skip
def test_pages_are_told_from_other_numbers(text: str, column: bool, wanted: str) -> None:
    assert " ".join(pages(text, column=column)) == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Not reported due to confidentiality constraints.", OmissionReason.CONFIDENTIALITY_CONSTRAINTS),
        ("Information unavailable / incomplete: data of joint ventures", OmissionReason.INFORMATION_UNAVAILABLE),
        ("This is currently not tracked", OmissionReason.INFORMATION_UNAVAILABLE),
        ("N/A", OmissionReason.NOT_APPLICABLE),
        ("因商业保密限制从略披露", OmissionReason.CONFIDENTIALITY_CONSTRAINTS),
        ("Omisión. Razones de confidencialidad", OmissionReason.CONFIDENTIALITY_CONSTRAINTS),
        ("Energy use fell.", None),
        ("/", None),
    ],
)  # fmt: skip
def test_reasons_for_omission_are_recognised_in_sentences(text: str, reason: OmissionReason | None) -> None:
    assert reason_in(text) is reason


def test_requirement_labels() -> None:
    assert (labels_in("2-7-b"), labels_in("a. – c."), labels_in("b, c"), labels_in("All of it")) == (
        ("b",),
        ("a", "b", "c"),
        ("b", "c"),
        (),
    )


def read(*rows: tuple[str, ...]) -> list[tuple[str, str, tuple[str, ...], bool, str, str]]:
    found = RowReader().read([IndexLine(cells, "1", 1) for cells in rows])
    return [(row.reference.name, row.title, row.pages, row.omitted, row.standard_title, row.topic) for row in found]


def test_rows_with_the_standard_in_bands_or_beside() -> None:
    assert read(
        ("GRI Standard", "Disclosure", "Title", "Page"),
        ("GRI 2: General Disclosures 2021", "", "", ""),
        ("", "2-1", "Organizational details", "7, 12"),
        ("Energy", "", "", ""),
        ("GRI 3: Material Topics 2021", "3-3", "Management of material topics", "30-31"),
        ("GRI 302: Energy 2016", "302-1", "Energy consumption", "33"),
    ) == [
        ("2-1", "Organizational details", ("7", "12"), False, "GRI 2: General Disclosures 2021", ""),
        ("3-3", "Management of material topics", ("30", "31"), False, "GRI 3: Material Topics 2021", "Energy"),
        ("302-1", "Energy consumption", ("33",), False, "GRI 302: Energy 2016", "Energy"),
    ]  # fmt: skip


def test_a_heading_among_the_titles_is_a_topic_where_3_3_follows() -> None:
    lines = (
        "Code|Disclosure|Page",
        "|Activities and workers|",
        "GRI 2-7|Employees|4",
        "|Energy|",
        "GRI 3-3|Management of material topics|12",
        "GRI 2-30|Collective bargaining agreements|13",
        "GRI 302-1|Energy consumption within the organization|14",
        "|Water|",
        "GRI 3-3|Management of material topics|15",
        "GRI 303-3|Water withdrawal|16",
    )
    found = read(*(tuple(line.split("|")) for line in lines))
    assert [(row[0], row[5]) for row in found] == [
        ("2-7", ""), ("3-3", "Energy"), ("2-30", "Energy"), ("302-1", "Energy"), ("3-3", "Water"), ("303-3", "Water"),
    ]  # fmt: skip


def test_number_and_title_in_one_cell_and_places_over_several_lines() -> None:
    assert read(
        ("Disclosure", "Location"),
        ("GRI 2-7 Employees", "Our people, page 20"),
        ("", "Contracts, page 22"),
        ("203-02 Indirect impacts", "page 5"),
        ("2.9 Governance structure", "8"),
    ) == [
        ("2-7", "Employees", ("20", "22"), False, "", ""),
        ("203-2", "Indirect impacts", ("5",), False, "", ""),
        ("2-9", "Governance structure", ("8",), False, "", ""),
    ]  # fmt: skip


def test_omissions_in_columns_and_in_sentences() -> None:
    rows = RowReader().read(
        [
            IndexLine(cells, "1", 1)
            for cells in (
                ("Disclosure", "Location", "Omission", "", ""),
                ("", "", "Requirement(s) omitted", "Reason", "Explanation"),
                ("2-20 Process to determine remuneration", "p. 8", "2-20-b", "Not applicable", "No votes are held."),
                ("2-21 Annual total compensation ratio", "", "All", "Confidentiality constraints", "Contracts."),
                ("305-3 Other indirect emissions", "Not reported due to confidentiality constraints.", "", "", ""),
            )
        ]
    )
    assert [(row.reference.number, row.omitted, [each.requirements for each in row.omissions]) for row in rows] == [
        ("2-20", False, [("b",)]), ("2-21", True, [()]), ("305-3", True, [()]),
    ]  # fmt: skip


def test_a_head_that_conversion_shifted_does_not_mislead() -> None:
    head = ("GRI standards and disclosures", "Page", "Explanation", "")
    rows = [(f"2-{n}", f"Title of it {n}", str(90 + n), "") for n in range(1, 7)]
    assert [row[2] for row in read(head, *rows)] == [(str(90 + n),) for n in range(1, 7)]


def test_blank_places_under_a_filled_one_are_merged_cells_where_strokes_say_nothing() -> None:
    strokes = [(f"2-{n} Title", "/") for n in range(1, 5)]
    rows = read(("披露项", "章节名称"), *strokes, ("416-1 评估", "科技赋能 12"), ("416-2 违规", ""))
    assert [(row[0], row[2], row[3]) for row in rows[-3:]] == [
        ("2-4", (), True),
        ("416-1", ("12",), False),
        ("416-2", ("12",), False),
    ]


def test_a_workbook_s_index_is_read() -> None:
    rows = [("GRI content index",), ("Halden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.",),
            ("Disclosure", "Location"), *((f"2-{n} Title", f"p. {n}") for n in range(1, 8))]  # fmt: skip
    index = extract(InputFile("i.xlsx", workbook(rows)))
    assert (len(index.rows), index.organization, index.basis.value if index.basis else "") == (7, "Halden AB", "in accordance")


def page(*lines: tuple[float, list[tuple[float, str]]], rules: tuple[tuple[float, float, float, float], ...] = ()) -> PageBoxes:
    """A page of 600 points: (height, [(left, text)]) per line; letters are 5 points wide and 10 high."""
    words = []
    for top, cells in lines:
        for left, text in cells:
            for word in text.split():
                words.append(Word(word, left, top, left + 5 * len(word), top + 10))
                left += 5 * len(word) + 3
    return PageBoxes(tuple(words), rules, 600.0, 800.0)


def test_columns_by_the_white_between_them() -> None:
    lines = [(100.0 + 20 * n, [(40.0, f"2-{n}"), (80.0, "A title of some words"), (400.0, f"{n}, 1{n}")]) for n in range(1, 7)]
    cells = [line.cells for line in index_lines(page(*lines), "9", 1)]
    assert cells == [(f"2-{n}", "A title of some words", f"{n}, 1{n}") for n in range(1, 7)]


def test_titles_over_two_lines_and_numbers_at_mid_height_between_rules() -> None:
    lines = []
    for n in range(1, 7):
        top = 100.0 + 40 * n
        lines += [
            (top, [(80.0, "First half of a")]),
            (top + 7, [(40.0, f"2-{n}"), (400.0, str(n))]),
            (top + 14, [(80.0, "title in two")]),
        ]
    rules = tuple((30.0, 90.0 + 40 * n, 560.0, 90.5 + 40 * n) for n in range(1, 9))
    cells = [line.cells for line in index_lines(page(*lines, rules=rules), "9", 1)]
    assert cells == [(f"2-{n}", "First half of a title in two", str(n)) for n in range(1, 7)]


def test_two_tables_side_by_side_are_read_one_after_the_other() -> None:
    lines = [
        (
            100.0 + 20 * n,
            [
                (30.0, f"2-{n}"),
                (60.0, "Left title"),
                (250.0, str(n)),
                (320.0, f"40{n}-1"),
                (370.0, "Right title"),
                (560.0, f"3{n}"),
            ],
        )
        for n in range(1, 7)
    ]
    numbers = [row.reference.number for row in RowReader().read(list(index_lines(page(*lines), "9", 1)))]
    assert numbers == [*(f"2-{n}" for n in range(1, 7)), *(f"40{n}-1" for n in range(1, 7))]


def told(index: PrintedIndex) -> list[tuple[str, bool]]:
    return [(row.reference.name, row.omitted) for row in index.rows]


@pytest.fixture(scope="module")
def made() -> list[tuple[str, bool]]:
    data = json.loads((EXAMPLES / "made" / "en" / "index.json").read_text(encoding="utf-8"))
    return [(row["disclosure"], row["status"] == "omitted") for row in data["rows"]]


@pytest.mark.parametrize("name", ["content-index.docx", "content-index.xlsx"])
def test_our_own_index_is_read_back(name: str, made: list[tuple[str, bool]]) -> None:
    index = extract(InputFile(name, (EXAMPLES / "made" / "en" / name).read_bytes()))
    assert told(index) == made
    assert (index.gri_1, str(index.start), index.organization) == ("GRI 1: Foundation 2021", "2025-01-01", "Halden Heat Works AB")


@pytest.mark.render
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_our_own_index_is_read_back_from_its_pdf(tmp_path: Path, language: str) -> None:
    shutil.copy(EXAMPLES / "made" / language / "content-index.docx", tmp_path)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf", "content-index.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    data = json.loads((EXAMPLES / "made" / language / "index.json").read_text(encoding="utf-8"))
    wanted = [(row["disclosure"], row["status"] == "omitted") for row in data["rows"]]
    assert told(extract(InputFile("i.pdf", (tmp_path / "content-index.pdf").read_bytes()))) == wanted


def test_extract_speaks_json_and_says_where_there_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# A\n\nText.\n", encoding="utf-8")
    code, out, _ = run("extract", tmp_path / "r.md", "-f", "json")
    assert (code, json.loads(out)["rows"], json.loads(out)["schema"]) == (0, [], "gri-index/extract/1")
    assert "no printed content index" in run("extract", tmp_path / "r.md")[2]
    code, out, _ = run("extract", EXAMPLES / "made" / "en" / "content-index.docx", "-f", "json")
    row = json.loads(out)["rows"][0]
    assert (row["disclosure"], row["edition"], row["status"], row["pages"]) == ("2-1", "2021", "reported", ["4"])


def test_a_read_index_is_built_again(run: Run, tmp_path: Path) -> None:
    for name in ("content-index.docx", "index.json"):
        shutil.copy(EXAMPLES / "made" / "en" / name, tmp_path / name)
    code, _, err = run(
        "build",
        EXAMPLES / "report.en.docx",
        "--from-index",
        tmp_path / "content-index.docx",
        "-o",
        tmp_path / "out",
        "-f",
        "json",
    )
    assert code == 0, err
    code, out, _ = run("diff", tmp_path / "index.json", tmp_path / "out" / "index.json")
    assert code == 0 and "dropped" not in out and "added" not in out


def test_diff_names_what_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("# A\n\n[GRI 2-1, 2-7]\n\n# B\n\n[GRI 302-1]\n", encoding="utf-8")
    (tmp_path / "new.md").write_text("# A\n\n[GRI 2-1]\n\n# C\n\n[GRI 302-1, 305-1]\n", encoding="utf-8")
    code, out, err = run("diff", tmp_path / "old.md", tmp_path / "new.md", "-f", "json")
    assert code == 0
    assert [(change["change"], change["disclosure"]) for change in json.loads(out)["changes"]] == [
        ("dropped", "2-7"),
        ("added", "305-1"),
        ("moved", "302-1"),
    ]
    assert "1 dropped, 1 added, 1 moved" in run("diff", tmp_path / "old.md", tmp_path / "new.md")[2]
    assert run("diff", tmp_path / "old.md", tmp_path / "new.md", "--exit-code")[0] == 1
    assert run("diff", tmp_path / "old.md", tmp_path / "old.md", "--exit-code")[0] == 0
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    code, _, err = run("diff", tmp_path / "x.json", tmp_path / "new.md")
    assert code == 3 and err.startswith("error: x.json: not an index.json")


@pytest.mark.corpus
def test_indexes_of_real_reports(corpus: Path) -> None:
    from benchmarks.index_quality import measure

    for folder in (corpus, corpus / "tagged"):
        rows, disclosures = measure(folder)
        assert rows >= 0.975 and disclosures >= 0.99


@pytest.mark.corpus
def test_an_index_of_a_real_report_is_built_again_without_a_loss(corpus: Path, catalogue: Catalogue) -> None:
    from gri_index.model.index import Status
    from gri_index.model.profile import Profile
    from gri_index.pipeline import build

    for name in ("ifs_capital_2022.pdf", "trendlines_ar2023.pdf", "samsung_sds_2024.md", "dilmah_p236.md"):
        file = InputFile(name, (corpus / "files" / name).read_bytes())
        outputs = build([file], Profile(stated=False), catalogue, printed=file, formats=("docx",))
        shown = [row.number for row in outputs.index.rows if row.status not in (Status.MISSING, Status.PLANNED)]
        named = " ".join(text for remark in outputs.index.remarks for _, text in remark.args)
        read = [row.reference.name or row.reference.raw for row in extract(file).rows]
        assert [number for number in read if number not in shown and number not in named] == []
        again = extract(InputFile("n.docx", outputs.files["content-index.docx"])).rows
        assert len(again) == len(shown) and {row.reference.name for row in again if not row.own} <= set(shown)


@pytest.mark.corpus
def test_reports_without_an_index_yield_no_rows(corpus: Path) -> None:
    for name in ("nexa_2025_pt.pdf", "granarolo_2023_it_sintesi.pdf", "finsa_2023_es_capitulo2.pdf"):
        assert extract(InputFile(name, (corpus / "files" / name).read_bytes())).rows == ()


def test_a_report_built_with_its_own_index_says_nothing_twice(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    report, first, second = EXAMPLES / "report.en.docx", tmp_path / "first", tmp_path / "second"
    assert run("build", report, "-o", first, "-f", "docx", "-f", "json")[0] == 0
    assert run("build", report, "-o", second, "-f", "json", "--from-index", first / "content-index.docx")[0] == 0
    changes = run("diff", first / "index.json", second / "index.json")[1].splitlines()
    assert all(line.startswith("moved ") for line in changes) and len(changes) <= 3  # a place with a note in words of its own
