import datetime

import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.language.heads import Role, roles_of
from gri_index.tables.dates import DateOrder
from tests.conftest import names
from tests.excelfiles import workbook

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


def test_a_date_that_may_mean_two_numbers_is_named() -> None:
    report = read_report("m.xlsx", workbook([HEAD, (datetime.datetime(2026, 3, 2), "", "C", 3)]))
    assert (report.tags, [(p.where, p.code) for p in report.problems]) == ((), [("Sheet, 2", "sheet-date")])
    assert DateOrder([], lambda text: text in ("2-3", "3-2")).number(datetime.date(2026, 3, 2), "3-2") == "3-2"


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
