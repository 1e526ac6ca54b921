from collections.abc import Callable

import pytest

from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from tests.conftest import names

Read = Callable[[str], Report]
CODES = ["2-1", "2-2", "2-3", "2-6", "2-7", "2-9", "3-1", "3-2", "201-1", "302-1", "305-1", "403-9"]


def index(title: str, head: str = "| GRI Standard | Disclosure | Page |") -> str:
    rows = "\n".join(f"| | {code} Title of it | {number + 10} |" for number, code in enumerate(CODES))
    return f"# Energy [GRI 302-1]\n\nText.\n\n## {title}\n\n{head}\n|---|---|---|\n{rows}\n"


@pytest.mark.parametrize(
    "title", ["GRI content index", "GRI内容索引", "GRI-Index", "Índice de contenidos GRI", "GRI対照表", "Annex 2"]
)
def test_a_printed_index_is_left_out_and_said(markdown: Read, title: str) -> None:
    report = markdown(index(title))
    assert names(report) == ["302-1"]
    assert [excluded.why for excluded in report.excluded] == ["content index"]


def test_codes_with_gri_in_an_index_are_left_out_too(markdown: Read) -> None:
    assert names(markdown(index("Appendix").replace("| | ", "| | GRI "))) == ["302-1"]


def test_a_table_of_another_framework_is_left_out(markdown: Read) -> None:
    text = index("Table of contents required by Law 11/2018", "| Law 11/2018 | GRI | Page |").replace(
        "| | ", "| Requirement | GRI "
    )
    report = markdown(text)
    assert names(report) == ["302-1"]
    assert [excluded.why for excluded in report.excluded] == ["framework table"]


def test_a_table_of_figures_with_codes_reports(markdown: Read) -> None:
    codes = ["302-1", "302-3", "303-3", "303-5", "305-1", "305-2", "305-4", "306-3", "401-1", "403-9", "404-1", "405-1"]
    rows = "\n".join(f"| GRI {code} | {number * 37} | {number * 41} |" for number, code in enumerate(codes))
    report = markdown(f"# Key figures\n\n| Indicator | 2025 | 2024 |\n|---|---|---|\n{rows}\n")
    assert names(report) == codes
    assert report.excluded == ()


def test_a_table_of_contents_is_left_out(markdown: Read) -> None:
    report = markdown("# Contents\n\n- Energy (GRI 302-1) .... 12\n- Water (GRI 303-1) .... 15\n\n# Energy (GRI 302-1)\n\nText.")
    assert names(report) == ["302-1"]
    assert [excluded.why for excluded in report.excluded] == ["contents"]


def test_decimals_of_accounts_are_no_codes(markdown: Read) -> None:
    rows = "\n".join(f"| 2.{n} Accounting policy | {n * 7} |" for n in range(1, 20))
    assert markdown(f"# Notes\n\n| Note | Page |\n|---|---|\n{rows}\n\n[GRI 201-1]").excluded == ()


def test_a_chinese_index_of_plain_lines_is_left_out(markdown: Read) -> None:
    text = "# 能源【GRI 302-1】\n\n正文。\n\n# GRI内容索引\n\n" + "\n\n".join(
        f"GRI {code} 标题 第{number}页" for number, code in enumerate(CODES, start=3)
    )
    assert names(markdown(text)) == ["302-1"]


def test_a_few_tags_right_before_the_title_of_an_index_are_no_part_of_it(markdown: Read) -> None:
    text = "# Energy\n\n[GRI 302-1]\n\n" + index("GRI content index").partition("Text.\n\n")[2]
    assert names(markdown(text)) == ["302-1"]


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_small_table_below_the_title_of_an_index_is_one(markdown: Read, rows: int) -> None:
    lines = "".join(f"| 2-{n} | Organizational details | p. {n + 2} |\n" for n in range(1, rows + 1))
    report = markdown(
        f"# About\n\nWords. [GRI 2-9]\n\n# GRI content index\n\n| GRI | Disclosure | Page |\n|---|---|---|\n{lines}"
    )
    assert [excluded.why for excluded in report.excluded] == ["content index"]
    assert names(report) == ["2-9"]


FIGURES = (
    "| Measure | 2025 | GRI |\n|---|---|---|\n| Interactions | see text | 303-1 |\n| Water withdrawal | 1.2 GL | 303-3 |\n"
    "| Water discharge | 0.9 GL | 303-4 |\n| Water consumption | 3 | 303-5 |\n| Energy | 410,000 | 302-1 |\n"
)


def test_a_table_of_figures_with_a_column_of_codes_is_no_index(markdown: Read) -> None:
    report = markdown(f"# Water\n\nIt matters most. [GRI 3-3]\n\n{FIGURES}\nNo spill. [GRI 306-3]\n")
    assert report.excluded == ()
    assert set(names(report)) == {"3-3", "303-1", "303-3", "303-4", "303-5", "302-1", "306-3"}


def test_figures_with_tags_on_lines_of_their_own_are_no_index() -> None:
    lines = [
        "Scope 1 emissions [GRI 305-1] t CO2e 410,000",
        "Scope 2 emissions [GRI 305-2] t CO2e 12,300",
        "Intensity [GRI 305-4] kg 9.1",
    ]
    lines += [
        "Energy consumption [GRI 302-1] GWh 842",
        "Energy intensity [GRI 302-3] kWh 31",
        "Water withdrawal [GRI 303-3] GL 1.2",
    ]
    report = read_report("r.txt", ("Figures\n\n" + "\n\n".join(lines) + "\n").encode())
    assert report.excluded == () and len(names(report)) == 6
