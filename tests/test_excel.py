import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.language.heads import Role, roles_of
from gri_index.tables.dates import DateOrder
from tests.conftest import names
from tests.excelfiles import saved, workbook

HEAD = ("GRI Disclosure", "Title", "Chapter", "Page")


def test_a_mapping_sheet_gives_sections_printed_pages_and_tags() -> None:
    rows = [
        ("Mapping 2025",),
        (),
        HEAD,
        ("302-1 Energy consumption", "", "Energy use", 12),
        ("GRI 303-3, 303-4", "", "Water\nAnnex", "20-21\nF-3"),
    ]
    report = read_report("map.xlsx", workbook(rows))
    assert names(report) == ["302-1", "303-3", "303-4", "303-3", "303-4"]
    assert [section.title for section in report.sections] == ["", "Energy use", "Water", "Annex"]
    labels = {page.number: page.label for page in report.pages}
    assert [labels[tag.page or 0] for tag in report.tags] == ["12", "20-21", "20-21", "F-3", "F-3"]
    assert {tag.carrier.value for tag in report.tags} == {"sheet"}


def test_columns_are_found_in_any_language_and_order() -> None:
    assert roles_of(["页码", "章节名称", "披露项", "GRI标准"]) == {
        Role.PAGE: 0,
        Role.SECTION: 1,
        Role.DISCLOSURE: 2,
        Role.STANDARD: 3,
    }
    assert roles_of(["Seite", "Angabe", "Kapitel"]) == {Role.PAGE: 0, Role.DISCLOSURE: 1, Role.SECTION: 2}
    assert roles_of(["掲載ページ", "開示事項"]) == {Role.PAGE: 0, Role.DISCLOSURE: 1}
    assert names(read_report("m.xlsx", workbook([("页码", "披露项"), ("8", "302-1")]))) == ["302-1"]


def test_a_section_written_once_stands_for_the_rows_below_it() -> None:
    report = read_report("m.xlsx", workbook([HEAD, ("302-1", "", "Energy", 3), ("302-3", "", None, 4)]))
    titles = {section.id: section.title for section in report.sections}
    assert [titles[tag.section] for tag in report.tags] == ["Energy", "Energy"]


def test_numbers_that_became_dates_are_turned_back_by_the_order_the_others_show() -> None:
    day = datetime.datetime
    rows = [HEAD, (day(2026, 10, 2), "", "A", 1), (day(2027, 2, 1), "", "B", 2), (day(2026, 3, 2), "", "C", 3)]
    assert names(read_report("m.xlsx", workbook(rows))) == [
        "2-10",
        "2-27",
        "2-3",
    ]  # 2 October can only be 2-10: the day comes first
    us = [HEAD, (day(2026, 2, 27), "", "A", 1), (day(2026, 2, 3), "", "C", 3)]
    assert names(read_report("m.xlsx", workbook(us))) == ["2-27", "2-3"]


@pytest.mark.parametrize(
    ("day", "form", "wanted"),
    [
        ((2026, 2, 1), "d-mmm", ["2-1"]),
        ((2026, 2, 1), 'm"月"d"日"', ["2-1"]),
        ((1930, 2, 1), "mmm-yy", ["2-30"]),
        ((1930, 2, 1), 'yyyy"年"m"月"', ["2-30"]),
        ((1930, 2, 1), "d-mmm", ["2-30"]),  # no day of this century was typed
        ((2027, 2, 1), "mmm-yy", ["2-27"]),
        ((2026, 3, 2), "d-mmm", []),  # 3-2 or 2-3
        ((2026, 2, 1), "yyyy-mm-dd", []),
    ],
)
def test_the_number_format_says_what_was_typed(day: tuple[int, int, int], form: str, wanted: list[str]) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, (datetime.datetime(*day), "", "A", 1)):
        book.active.append(row)
    book.active["A2"].number_format = form
    report = read_report("m.xlsx", saved(book))
    assert names(report) == wanted
    assert [problem.code for problem in report.problems] == ([] if wanted else ["sheet-date"])


def test_formats_that_east_asian_spreadsheets_name_by_number_alone_are_dates() -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, (datetime.datetime(2026, 2, 1), "", "A", 1)):
        book.active.append(row)
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as package, zipfile.ZipFile(content, "w") as target:
        for name in package.namelist():
            target.writestr(name, re.sub(rb'numFmtId="(?:14|22|16[4-9])"(?! format)', b'numFmtId="58"', package.read(name)))
    assert names(read_report("m.xlsx", content.getvalue())) == ["2-1"]


def test_a_range_of_pages_that_became_a_month_is_turned_back() -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, ("302-1", "", "A", datetime.datetime(2030, 12, 1))):
        book.active.append(row)
    book.active["D2"].number_format = "mmm-yy"
    assert [page.label for page in read_report("m.xlsx", saved(book)).pages] == ["12-30"]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("GRI 302-1: Energy used within the organization", ["302-1"]),
        ("Disclosure 302-4 Reduction", ["302-4"]),
        ("Angabe 302-4 Verringerung", ["302-4"]),
        ("披露项 2-7：员工", ["2-7"]),
        ("2-8员工之外的工作者", ["2-8"]),
        ("GRI 305-1 – Direct", ["305-1"]),
        ("GRI 305-1 to 305-3 Emissions", ["305-1", "305-2", "305-3"]),
        ("GRI 302: Energy 2016 – 302-1 Energy used", ["302-1"]),
        ("302-1 Energy used\n302-3 Intensity", ["302-1", "302-3"]),
        ("GRI 2-7-a Employees", ["2-7-a"]),
    ],
)
def test_number_and_title_stand_in_one_cell(cell: str, wanted: list[str]) -> None:
    assert names(read_report("m.xlsx", workbook([HEAD, (cell, "", "A", 1)]))) == wanted


def test_a_date_that_may_mean_two_numbers_is_named() -> None:
    report = read_report("m.xlsx", workbook([HEAD, (datetime.datetime(2026, 3, 2), "", "C", 3)]))
    assert (report.tags, [(p.where, p.code) for p in report.problems]) == ((), [("Sheet, 2", "sheet-date")])
    assert DateOrder([], lambda text: text in ("2-3", "3-2")).number(datetime.date(2026, 3, 2), expected="3-2") == "3-2"


def test_what_cannot_be_placed_is_named_and_the_rest_is_read() -> None:
    report = read_report("m.xlsx", workbook([HEAD, ("Own A-1", "", "X", 3), ("2-1", "", "/", ""), ("2-7", "", "People", 9)]))
    assert names(report) == ["2-7"]
    assert [(p.where, p.code) for p in report.problems] == [("Sheet, 2", "sheet-number")]


def test_a_workbook_without_a_mapping_is_refused() -> None:
    with pytest.raises(InputError, match="no sheet has a column of disclosures"):
        read_report("m.xlsx", workbook([("a", "b"), (1, 2)]))


def test_requirements_topic_and_edition_of_other_columns_belong_to_the_number() -> None:
    head = ("Disclosure", "Edition", "Topic", "Requirements", "Section")
    report = read_report("m.xlsx", workbook([head, ("3-3", "2021", "Energy", "", "S"), ("306-3", "2020", "", "a, b", "W")]))
    assert names(report) == ["3-3[Energy]", "306-3-a,b"]
    assert [tag.reference.edition for tag in report.tags] == ["2021", "2020"]


def test_requirement_lists_page_words_and_page_ranges_that_became_dates() -> None:
    head = ("Disclosure", "Requirement", "Section", "Page")
    rows = [
        ("302-1", "a; b", "A", "p. 21"),
        ("302-2", "a und b", "B", "第9页"),
        ("302-3", "a\nb", "C", datetime.datetime(2025, 3, 5)),
        ("302-4", "a b", "D", "S. 6"),
    ]
    report = read_report("m.xlsx", workbook([head, *rows]))
    assert names(report) == ["302-1-a,b", "302-2-a,b", "302-3-a,b", "302-4-a,b"]
    assert [page.label for page in report.pages] == ["21", "9", "3-5", "6"]


def test_rows_that_say_nothing_is_reported_are_no_tags() -> None:
    rows = [("303-3 not reported", "", "A", 1), ("305-1 (n/a)", "", "A", 1), ("2-8", "", "not reported", ""), ("2-7", "", "A", 1)]
    report = read_report("m.xlsx", workbook([HEAD, *rows]))
    assert (names(report), [p.code for p in report.problems]) == (["2-7"], ["sheet-left-out"] * 3)
