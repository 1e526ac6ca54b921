"""Word files as other programs and hurried authors leave them."""

import io
import re
import zipfile

import pytest

from gri_index.extraction.report import read_report
from gri_index.model.report import Report, Why
from tests.wordfiles import NAMES, docx, heading, notes, paragraph, run

MARK = "<w:lastRenderedPageBreak/>"
REMARKED = paragraph('<w:r><w:commentReference w:id="1"/></w:r>')


def read(content: bytes) -> Report:
    return read_report("report.docx", content)


def cell(*parts: str) -> str:
    return f"<w:tc>{paragraph('<w:r>' + ''.join(part if part.startswith('<') else f'<w:t>{part}</w:t>' for part in parts) + '</w:r>')}</w:tc>"


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (cell("left ", MARK, "one") + cell("right ", MARK, "two"), {"302-1": 1, "302-3": 2}),
        (cell("a", MARK, "b", MARK, "c") + cell("d", MARK, "e"), {"302-1": 1, "302-3": 3}),
        (cell("[GRI 2-7]", MARK, "b [GRI 2-8]") + cell("[GRI 2-9]"), {"302-1": 1, "2-7": 1, "2-8": 2, "2-9": 1, "302-3": 2}),
        (cell(MARK, "moved") + cell("[GRI 2-7]"), {"302-1": 1, "2-7": 2, "302-3": 2}),
    ],
)
def test_page_marks_of_the_cells_of_a_row_are_one_turn(row: str, wanted: dict[str, int]) -> None:
    body = heading("Energy [GRI 302-1]") + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + paragraph("End [GRI 302-3]")
    report = read(docx(paragraph(f"<w:r>{MARK}</w:r>") + body))
    first = min(tag.page or 0 for tag in report.tags) - 1
    assert {tag.reference.name: (tag.page or 0) - first for tag in report.tags} == wanted


@pytest.mark.parametrize(
    ("kind", "start", "wanted"),
    [
        ("oddPage", "", ["1", "2", "3", "5"]),
        ("evenPage", "", ["1", "2", "3", "4"]),
        ("oddPage", 'w:start="1"', ["1", "2", "3", "1"]),
    ],
)
def test_a_blank_page_before_a_section_counts(kind: str, start: str, wanted: list[str]) -> None:
    first = '<w:sectPr><w:pgNumType w:start="1"/></w:sectPr>'
    last = f'<w:sectPr><w:type w:val="{kind}"/><w:pgNumType {start}/></w:sectPr>'
    pages = [
        paragraph(f"<w:r>{MARK}<w:t>[GRI 2-{number}]</w:t></w:r>", properties=first if number == 3 else "") for number in (2, 3)
    ]
    report = read(docx(paragraph("[GRI 2-1]") + "".join(pages) + paragraph(f"<w:r>{MARK}<w:t>[GRI 2-4]</w:t></w:r>") + last))
    labels = {page.number: page.label for page in report.pages}
    assert [labels[tag.page or 0] for tag in report.tags] == wanted
    assert [tag.page for tag in report.tags] == [1, 2, 3, 5 if kind == "oddPage" else 4]


def test_parts_are_found_by_their_relationships() -> None:
    content = docx(
        "",
        document=f"<w:document {NAMES}><w:body>{heading('Energy')}{REMARKED}</w:body></w:document>",
    )
    moved = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(moved, "w") as target:
        target.writestr("_rels/.rels", package.read("_rels/.rels").replace(b"word/document.xml", b"/text/main2.xml"))
        target.writestr("text/main2.xml", package.read("word/document.xml"))
        target.writestr("text/looks.xml", package.read("word/styles.xml"))
        target.writestr("remarks/c7.xml", notes("comment", c1="302-1"))
        target.writestr(
            "text/_rels/main2.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{kind}/styles" Target="looks.xml"/>'
            f'<Relationship Id="b" Type="{kind}/comments" Target="../remarks/c7.xml"/></Relationships>',
        )
    report = read(moved.getvalue())
    assert [(tag.reference.name, report.sections[1].title) for tag in report.tags] == [("302-1", "Energy")]


def test_a_strict_file_is_read() -> None:
    content = docx(heading("Energy [GRI 302-1]"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(strict, "w") as target:
        for name in package.namelist():
            data = re.sub(
                rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?!relationships\")",
                rb"http://purl.oclc.org/ooxml/\1/",
                package.read(name),
            )
            target.writestr(name, data)
    report = read(strict.getvalue())
    assert [(tag.reference.name, report.sections[-1].title) for tag in report.tags] == [("302-1", "Energy")]


@pytest.mark.parametrize(
    ("comment", "codes", "named"),
    [
        (paragraph("302-1") + paragraph("302-3") + paragraph("please check"), ["302-1", "302-3"], 0),
        (paragraph("<w:r><w:t>GRI 302</w:t><w:noBreakHyphen/><w:t>1</w:t><w:br/><w:t>bitte prüfen</w:t></w:r>"), ["302-1"], 0),
        (
            paragraph("<w:r><w:t>302-1</w:t></w:r><w:del><w:r><w:delText> or so</w:delText><w:t>x</w:t></w:r></w:del>"),
            ["302-1"],
            0,
        ),
        (paragraph("302-1 - please check with the plant"), [], 1),
        (paragraph("GRI 302-1 (check!)"), [], 1),
        (paragraph("we omit it, see GRI 302-1 for the reason"), [], 0),
    ],
)
def test_a_line_of_codes_in_a_comment_is_a_tag_whatever_the_other_lines_say(comment: str, codes: list[str], named: int) -> None:
    part = f'<w:comments {NAMES}><w:comment w:id="1">{comment}</w:comment></w:comments>'
    report = read(docx(heading("Energy") + REMARKED, comments=part))
    assert [tag.reference.name for tag in report.tags] == codes
    assert sum(problem.code == "tag-malformed" for problem in report.problems) == named


def test_struck_through_text_is_none_and_its_codes_are_said() -> None:
    struck = run(" [GRI 302-1]", "<w:strike/>") + run(" [GRI 302-3]", '<w:dstrike w:val="0"/>')
    report = read(docx(paragraph(run("Energy") + struck, "1")))
    assert [tag.reference.name for tag in report.tags] == ["302-3"]
    assert report.sections[-1].title == "Energy"
    assert [(seen.text, seen.why) for seen in report.seen] == [("GRI 302-1", Why.STRUCK), ("GRI 302-3", Why.IN_BRACKET)]


def test_paragraphs_join_where_a_tracked_change_deleted_the_mark_between() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    report = read(
        docx(
            heading("Energy")
            + paragraph("Used [GRI 302-", properties=gone)
            + paragraph("1] here.")
            + paragraph("Next", properties=gone)
        )
    )
    assert [block.text for block in report.blocks] == ["Energy", "Used [GRI 302-1] here.", "Next"]
    assert [tag.reference.name for tag in report.tags] == ["302-1"]


def test_a_file_of_libreoffice_says_that_its_controls_are_gone() -> None:
    content = io.BytesIO(docx(heading("Energy [GRI 302-1]")))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("docProps/app.xml", "<Properties xmlns='x'><Application>LibreOffice/24.8</Application></Properties>")
    assert "controls-dropped" in [problem.code for problem in read(content.getvalue()).problems]


@pytest.mark.parametrize("value", ["NaN", "1e400", "-1", "9" * 5000, "inf", "²"])
def test_absurd_numbers_are_no_levels(value: str) -> None:
    styles = f'<w:styles {NAMES}><w:style w:styleId="1"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="{value}"/></w:pPr><w:rPr><w:sz w:val="{value}"/></w:rPr></w:style></w:styles>'
    body = (
        paragraph("A [GRI 2-1]", "1", f'<w:outlineLvl w:val="{value}"/>')
        + f'<w:sectPr><w:pgNumType w:start="{value}"/></w:sectPr>'
    )
    assert [tag.reference.name for tag in read(docx(paragraph(f"<w:r>{MARK}</w:r>") + body, styles=styles)).tags] == ["2-1"]


def test_every_code_that_is_struck_through_is_said() -> None:
    struck = run("[GRI 302-1] and [GRI 303-3]", "<w:strike/>")
    report = read(docx(paragraph(run("Energy. ") + struck)))
    assert [seen.text for seen in report.seen] == ["GRI 302-1", "GRI 303-3"]
