from collections.abc import Callable

import pytest

from gri_index.model.report import BlockKind, Carrier, Report
from tests.conftest import names

Read = Callable[[str], Report]

TEXT = """---
title: A report
gri: 2-1, 2-3
---

<!-- page: 3 -->

# Report

## Energy {gri="302-1 302-3"}

<!-- gri: 302-4 -->

Consumption fell. [GRI 302-5]

<!-- page: 4 -->

| Energy | 2025 |
|--------|------|
| Gas (GRI 103-2) | 12 |

### GRI 305-1, GRI 305-2

Emissions fell too.
"""


def test_every_carrier_is_read(markdown: Read) -> None:
    report = markdown(TEXT)
    assert names(report) == ["2-1", "2-3", "302-1", "302-3", "302-4", "302-5", "103-2", "305-1", "305-2"]
    assert [tag.carrier for tag in report.tags] == [
        Carrier.FRONT_MATTER, Carrier.FRONT_MATTER, Carrier.ATTRIBUTE, Carrier.ATTRIBUTE, Carrier.COMMENT, *[Carrier.TEXT] * 4,
    ]  # fmt: skip


def test_sections_have_clean_titles_and_pages(markdown: Read) -> None:
    report = markdown(TEXT)
    assert [(s.title, s.level, s.first_page) for s in report.sections] == [("", 0, None), ("Report", 1, 3), ("Energy", 2, 3)]
    assert [tag.page for tag in report.tags] == [None, None, 3, 3, 3, 3, 4, 4, 4]
    assert {tag.section for tag in report.tags[2:]} == {report.sections[2].id}


def test_a_heading_of_codes_alone_is_no_section(markdown: Read) -> None:
    report = markdown("# Water\n\n#### GRI 303-1, GRI 303-2\n\nText.")
    assert [section.title for section in report.sections] == ["", "Water"]
    assert names(report) == ["303-1", "303-2"]


def test_converters_page_marks_count_from_zero(markdown: Read) -> None:
    report = markdown(
        "{0}------------------------------------------------\n\n# A\n\n[GRI 2-1]\n\n{1}------------------------------------------------\n\n[GRI 2-2]"
    )
    assert [tag.page for tag in report.tags] == [1, 2]


def test_page_headings_are_page_marks(markdown: Read) -> None:
    report = markdown("# A\n\n## Page 12\n\n[GRI 2-1]\n\n## Page 13\n\n[GRI 2-2]")
    assert [tag.page for tag in report.tags] == [12, 13]
    assert [(page.number, page.label) for page in report.pages] == [(12, "12"), (13, "13")]


def test_printed_labels_follow_from_running_feet(markdown: Read) -> None:
    pages = "".join(f"\n\n{{{n}}}----------\n\nText of page {n}. [GRI 2-{n % 30 + 1}]\n\n{n + 3}" for n in range(12))
    report = markdown(pages)
    assert [page.label for page in report.pages] == [str(n + 3) for n in range(12)]


def test_pictures_descriptions_hold_no_tags(markdown: Read) -> None:
    report = markdown('# A\n\nImage /page/3/Figure/1 description: The image shows "[GRI 305-1]".')
    assert names(report) == []
    assert report.blocks[-1].kind is BlockKind.PICTURE


def test_a_malformed_marker_is_kept_as_a_problem(markdown: Read) -> None:
    report = markdown('# A {gri="GRI 30-1x"}\n\nText.')
    assert names(report) == []
    assert [(p.where, p.code, dict(p.args)["marker"]) for p in report.problems] == [("A", "tag-malformed", "GRI 30-1x")]


def test_bytes_that_are_not_utf8_are_read_and_said(markdown: Read) -> None:
    from gri_index.extraction.report import read_report

    report = read_report("r.md", b"# Energie f\xfcr alle [GRI 302-1]\n")
    assert names(report) == ["302-1"]
    assert [problem.code for problem in report.problems] == ["text-encoding"]


def test_same_headings_get_different_ids(markdown: Read) -> None:
    report = markdown("# A\n\n# A\n")
    assert len({section.id for section in report.sections}) == 3


def test_language_of_a_chinese_report_is_seen(markdown: Read) -> None:
    assert markdown("# 能源\n\n本报告披露公司在可持续发展方面的实践与成效。").sources[0].language == "zh-Hans"
    assert markdown("# 能源\n\n本報告書揭露公司在永續發展方面的實踐與責任標準。").sources[0].language == "zh-Hant"
    assert markdown("# エネルギー\n\nこの報告書はサステナビリティについて説明しています。").sources[0].language == "ja"
    assert markdown("# 에너지\n\n이 보고서는 지속가능성에 관한 것입니다.").sources[0].language == "ko"
    assert markdown("# Energy\n\nThis report.").sources[0].language == ""


def test_bare_numbers_in_a_column_headed_gri_are_tags(markdown: Callable[[str], Report]) -> None:
    report = markdown(
        "# Figures\n\n| Figure | Unit | 2025 | GRI |\n|---|---|---|---|\n| Energy | MWh | 2-5 | 302-1 |\n| Waste | t | 12 | 306-3, 306-4 |\n| Staff | – | 4 | – |\n"
    )
    assert names(report) == ["302-1", "306-3", "306-4"]
    assert {tag.carrier for tag in report.tags} == {Carrier.TEXT}


def test_a_broken_code_is_named_and_takes_no_other_along(markdown: Callable[[str], Report]) -> None:
    report = markdown(
        "# A\n\nText. [GRI 201-1, GRI 30-21]\n\nText. [GRI 302-1, 302-x]\n\nText. [GRI 3O5-1]\n\nText. [GRI 305-4 to 305-1]\n"
    )
    assert names(report) == ["201-1", "302-1", "305-1", "305-2", "305-3", "305-4"]
    assert [dict(problem.args)["marker"] for problem in report.problems] == ["30-21", "302-x", "3O5-1"]


def test_the_language_of_a_text_in_latin_letters(markdown: Callable[[str], Report]) -> None:
    german = "Die Gesellschaft und der Vorstand werden nicht durch das Gesetz auf die Angaben mit den Zahlen für das Jahr sowie unsere Ziele verpflichtet. "
    assert markdown("# Bericht\n\n" + german * 3).sources[0].language == "de"
    assert markdown("# A\n\nText.\n").sources[0].language == ""


def test_an_html_table_in_markdown_keeps_its_rows(markdown: Callable[[str], Report]) -> None:
    text = (
        '# A\n\n<table><tr><td rowspan="2">Emissions 2016</td><td>one</td></tr>\n\n<tr><td>two</td></tr></table>\n\nB [GRI 2-1]\n'
    )
    report = markdown(text)
    assert [block.cells for block in report.blocks if block.cells] == [
        ("Emissions 2016", "one"),
        ("Emissions 2016", "two"),
    ]
    assert names(report) == ["2-1"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Energy {#energy .unnumbered}", "Energy"),
        ("# Énergie {#énergie lang=fr} [GRI 302-1]", "Énergie"),
        ("# Energy [GRI 302-1] {-}", "Energy"),
        ("# Energy # {#e}", "Energy"),
        ("# Energy {: #e .c}", "Energy"),
        ('# Energy {.c gri="302-1"}', "Energy"),
        ("# [Energy]{.smallcaps} use {#en}", "Energy use"),
        ("# Energy ^[a note]", "Energy"),
        ("Energy {#e}\n===", "Energy"),
        ("# The set {a, b}", "The set {a, b}"),
        ("# Energy {x}", "Energy {x}"),
        ("# Costs in {EUR}", "Costs in {EUR}"),
    ],
)
def test_attributes_of_a_heading_are_no_part_of_its_title(markdown: Read, heading: str, title: str) -> None:
    assert markdown(f"{heading}\n\nText [GRI 303-3]\n").sections[1].title == title


PAGE_MARKS = {
    "marker": (
        "{{0}}------------------------------------------------\n",
        "{{1}}------------------------------------------------\n",
    ),
    "pymupdf4llm": ("", "--- end of page=0 ---\n"),
    "pymupdf4llm, counted from 1": ("", "--- end of page.page_number=1 ---\n"),
    "docling": ("", "<!-- page-break -->\n"),
    "Azure": ("", "<!-- PageBreak -->\n"),
    "page numbers": ("<!-- Page 1 of 2 -->\n", "<!-- Page 2 of 2 -->\n"),
    "rules": ("--- Page 1 ---\n", "--- Page 2 ---\n"),
    "print": ("", '<div style="page-break-after: always;"></div>\n'),
    "LaTeX": ("", "\\newpage\n"),
}


@pytest.mark.parametrize("program", PAGE_MARKS)
def test_page_marks_of_converters(markdown: Read, program: str) -> None:
    first, second = (mark.replace("{{", "{").replace("}}", "}") for mark in PAGE_MARKS[program])
    last = "--- end of page=1 ---\n" if program == "pymupdf4llm" else ""
    report = markdown(f"{first}\n# Energy\n\n[GRI 302-1]\n\n{second}\n# Water\n\n[GRI 303-3]\n\n{last}")
    assert [(tag.reference.name, tag.page) for tag in report.tags] == [("302-1", 1), ("303-3", 2)]


@pytest.mark.parametrize("lead", ["", "Table 1 shows it: ", "    ", "- ", "<div>"])
def test_an_html_table_is_read_wherever_its_line_begins(markdown: Read, lead: str) -> None:
    table = "<table><tr><td>Gas [GRI 302-1]</td><td>1</td></tr>\n\n<tr><td>Oil [GRI 302-3]</td><td>2</td></tr></table>"
    assert names(markdown(f"# Energy\n\n{lead}{table}\n")) == ["302-1", "302-3"]


def test_codes_with_a_remark_in_comments_and_attributes_are_named(markdown: Read) -> None:
    report = markdown('# Energy {gri="303-3 draft"}\n\n<!-- gri: 302-1 please check -->\n\n<!-- gri: 302-3\nplease check -->\n')
    assert names(report) == ["302-3"]
    assert [dict(problem.args)["marker"] for problem in report.problems] == ["303-3 draft", "302-1 please check"]


def test_the_front_matter_may_name_the_language(markdown: Read) -> None:
    assert markdown("---\ntitle: B\nlang: de-DE\n---\n\n# Energie [GRI 302-1]\n").sources[0].language == "de-DE"
    assert markdown("---\ntitle: B\nlang: a lot of them\n---\n\n# Energie [GRI 302-1]\n").sources[0].language == ""
