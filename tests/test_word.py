import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import BlockKind, Carrier, Report
from tests.conftest import names
from tests.wordfiles import NAMES, docx, heading, notes, paragraph, run, table


def read(body: str, **parts: str) -> Report:
    return read_report("report.docx", docx(body, **parts))


def carried(report: Report) -> list[tuple[str, str]]:
    return [(tag.carrier.value, tag.reference.name) for tag in report.tags]


def test_a_control_inside_a_paragraph_marks_that_paragraph() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="GRI 305-1"/></w:sdtPr><w:sdtContent><w:r><w:t>12 t</w:t></w:r></w:sdtContent></w:sdt>'
    )
    body = heading("Emissions") + paragraph(f"<w:r><w:t>Scope 1: </w:t></w:r>{control}") + heading("Water") + paragraph("None.")
    report = read_report("report.docx", docx(body))
    assert [(tag.reference.name, report.blocks[tag.block].text) for tag in report.tags] == [("305-1", "Scope 1: 12 t")]


def test_visible_text_in_heading_paragraph_and_table() -> None:
    report = read(
        heading("Energy (GRI 302-1)") + paragraph("It fell. [GRI 302-4]") + table(("Gas [GRI 302-3]", "12"), ("Oil", "3"))
    )
    assert names(report) == ["302-1", "302-4", "302-3"]
    assert report.sections[1].title == "Energy"
    assert [block.kind for block in report.blocks] == [BlockKind.HEADING, BlockKind.BODY, BlockKind.TABLE, BlockKind.TABLE]
    assert {tag.section for tag in report.tags} == {report.sections[1].id}


def test_a_marker_split_over_runs_is_one() -> None:
    assert names(read(heading("A") + paragraph(run("Text. [GRI 30") + run("5-1", "<w:b/>") + run("]")))) == ["305-1"]


def test_hidden_text_by_property_and_by_style() -> None:
    body = heading("A") + paragraph(
        run("Visible") + run(" GRI 302-1", "<w:vanish/>") + run("GRI 302-3", '<w:rStyle w:val="Secret"/>')
    )
    report = read(body + paragraph(run("GRI 2-1", '<w:vanish w:val="0"/>')))
    assert carried(report) == [("hidden", "302-1"), ("hidden", "302-3"), ("text", "2-1")]
    assert report.blocks[1].text == "Visible"


def test_comments_mark_where_their_range_begins() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:commentRangeStart w:id="0"/>'
        + run("Energy")
        + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>' + paragraph('<w:r><w:t>Text</w:t><w:commentReference w:id="1"/></w:r>')
    )
    report = read(body, comments=notes("comment", i0="GRI 302-1 to 302-3", i1="Please shorten this, 2-3 lines are enough"))
    assert carried(report) == [("comment", "302-1"), ("comment", "302-2"), ("comment", "302-3")]


def test_a_comment_with_a_remark_behind_its_codes_is_a_tag_without_the_remark() -> None:
    body = heading("A") + paragraph('<w:r><w:t>Text</w:t><w:commentReference w:id="1"/></w:r>')
    report = read(body, comments=notes("comment", i1="GRI 2-29: ask Anna for the secret numbers"))
    assert carried(report) == [("comment", "2-29")]
    assert "secret" not in report.tags[0].text


def test_content_controls_around_paragraph_run_and_cell() -> None:
    def control(tag: str, content: str) -> str:
        return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'

    body = control("GRI 2-1, 2-6", heading("Who we are")) + f"<w:p>{control('GRI 2-7', run('Staff'))}</w:p>"
    cell = f"<w:tc>{paragraph('Gas')}</w:tc>"
    body += f"<w:tbl><w:tr>{control('GRI 302-1', cell)}</w:tr></w:tbl>" + control("Title", paragraph("x"))
    report = read(body)
    assert carried(report) == [("control", "2-1"), ("control", "2-6"), ("control", "2-7"), ("control", "302-1")]
    assert {tag.section for tag in report.tags} == {report.sections[1].id}


def test_bookmarks_in_and_between_paragraphs() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
    body = heading("A") + mark.format(1, "GRI_302_1") + paragraph(mark.format(2, "GRI_405_1_a__2") + run("Text"))
    body += paragraph(mark.format(3, "_GoBack") + mark.format(4, "_gri_302_9") + run("Text"))
    assert names(read(body)) == ["302-1", "405-1-a"]


def test_index_entries_split_over_runs_and_simple_fields() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    entry = (
        field.format("begin")
        + '<w:r><w:instrText> XE "GRI 2-</w:instrText></w:r><w:r><w:instrText>9" </w:instrText></w:r>'
        + field.format("end")
    )
    body = paragraph(run("Board") + entry, "1") + paragraph("<w:fldSimple w:instr=' XE \"GRI:GRI 2-10\" '/>" + run("Text"))
    body += paragraph("<w:fldSimple w:instr=' XE \"water\" '/>" + run("Text"))
    report = read(body)
    assert carried(report) == [("index-field", "2-9"), ("index-field", "2-10")]
    assert report.sections[1].title == "Board"


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    deleted = '<w:del w:id="2"><w:r><w:delText>[GRI 302-2]</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="4">{run("[GRI 302-5]")}</w:moveFrom>'
    report = read(heading("A") + paragraph(run("Text. ") + f'<w:ins w:id="1">{run("[GRI 302-1]")}</w:ins>' + deleted + moved))
    assert names(report) == ["302-1"]


def test_text_boxes_are_read_once() -> None:
    content = f"<w:txbxContent>{paragraph('Intensity. [GRI 305-4]')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    report = read(heading("A") + paragraph(box))
    assert names(report) == ["305-4"]
    assert report.blocks[-1].kind is BlockKind.TEXT_BOX
    old = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
    assert names(read(heading("A") + paragraph(old))) == ["305-4"]


def test_footnotes_belong_to_the_section_that_refers_to_them() -> None:
    body = heading("A") + paragraph('<w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r>') + heading("B")
    report = read(body, footnotes=notes("footnote", i2="Measured. [GRI 303-5]"))
    assert [(tag.reference.name, tag.section) for tag in report.tags] == [("303-5", report.sections[1].id)]
    assert report.blocks[2].kind is BlockKind.FOOTNOTE


def test_headings_by_style_outline_level_and_inheritance() -> None:
    report = read(
        heading("One")
        + paragraph("Two", "Chapter")
        + paragraph("Three", "Own")
        + paragraph("Four", "", '<w:outlineLvl w:val="2"/>')
        + paragraph("Text")
    )
    assert [(section.title, section.level) for section in report.sections[1:]] == [
        ("One", 1),
        ("Two", 1),
        ("Three", 2),
        ("Four", 3),
    ]


def test_headings_by_look_where_no_style_says_so() -> None:
    big, middle, small = '<w:sz w:val="36"/>', '<w:sz w:val="28"/>', '<w:sz w:val="21"/>'
    text = "A long text that tells what the section is about and how the year went. " * 4
    body = "".join(
        paragraph(run(words, size)) for words, size in
        (("Report", big), (text, small), ("Energy (GRI 302-1)", middle), (text, small), ("Water", middle), (text, small))
    )  # fmt: skip
    report = read(body)
    assert [(section.title, section.level) for section in report.sections[1:]] == [("Report", 1), ("Energy", 2), ("Water", 2)]


def test_pages_follow_the_saved_layout() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/><w:t>B</w:t></w:r>"
    body = heading("A") + paragraph("One. [GRI 2-1]") + paragraph('<w:bookmarkStart w:id="1" w:name="GRI_2_2"/>' + turn, "1")
    body += paragraph(run("Begins here. ") + "<w:r><w:lastRenderedPageBreak/><w:t>Ends there. [GRI 2-3]</w:t></w:r>")
    report = read(body)
    assert [(tag.reference.name, tag.page) for tag in report.tags] == [("2-1", 1), ("2-2", 2), ("2-3", 3)]


def test_page_labels_follow_section_numbering() -> None:
    roman = '<w:sectPr><w:pgNumType w:fmt="lowerRoman" w:start="1"/></w:sectPr>'
    body = paragraph("Cover") + paragraph("Preface. [GRI 2-22]", "", roman)
    body += (
        paragraph("<w:r><w:lastRenderedPageBreak/><w:t>Chapter</w:t></w:r>", "1")
        + '<w:sectPr><w:pgNumType w:start="1"/></w:sectPr>'
    )
    assert [(page.number, page.label) for page in read(body).pages] == [(1, "i"), (2, "1")]


def test_without_a_saved_layout_pages_are_unknown_and_said() -> None:
    report = read(heading("A") + paragraph('<w:r><w:br w:type="page"/></w:r>') + paragraph("[GRI 2-1]"))
    assert report.tags[0].page is None
    assert [problem.code for problem in report.problems] == ["pages-unknown"]


def test_the_table_of_contents_holds_no_tags() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = paragraph(
        field.format("begin")
        + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        + field.format("separate")
        + run("Energy (GRI 302-1) 5")
    )
    body += paragraph(run("Water (GRI 303-1) 6") + field.format("end")) + paragraph("Waste (GRI 306-1) 7", "TOC1")
    assert names(read(body + heading("Energy (GRI 302-1)"))) == ["302-1"]


def test_a_layout_table_with_headings_is_the_page() -> None:
    cell = f"<w:tc>{heading('Energy')}{paragraph('It fell. [GRI 302-4]')}</w:tc>"
    report = read(f"<w:tbl><w:tr>{cell}<w:tc>{heading('Water')}{paragraph('[GRI 303-1]')}</w:tc></w:tr></w:tbl>")
    titles = {section.id: section.title for section in report.sections}
    assert [(tag.reference.name, titles[tag.section]) for tag in report.tags] == [("302-4", "Energy"), ("303-1", "Water")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a zip at all", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "password"),
        (b"", "0 bytes"),
        (docx("")[:200], "not a Word document"),
        (docx("", document="<w:document"), "broken XML"),
        (docx("", document=f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {NAMES}><w:body/></w:document>'), "DTD"),
        (docx("", document=f"<w:other {NAMES}/>"), "not a Word document"),
    ],
)
def test_broken_files_get_one_clear_line(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        read_report("report.docx", content)
    assert str(error.value).startswith("report.docx: ")
    assert "\n" not in str(error.value)
    assert error.value.hint


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = docx("", document=f"<w:document {NAMES}><w:body>" + " " * 50_000_000 + "</w:body></w:document>")
    with pytest.raises(InputError, match="unpacks to"):
        read_report("bomb.docx", bomb)


def test_carriers_are_told_apart() -> None:
    assert {carrier.value for carrier in Carrier} >= {"text", "hidden", "comment", "control", "bookmark", "index-field"}
