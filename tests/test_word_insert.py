"""The index put into the author's own Word report."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES
from tests.wordfiles import docx as word_file
from tests.wordfiles import heading, notes, paragraph, table

Run = Callable[..., tuple[int, str, str]]
PROFILE = b'[claim]\nbasis = "with reference"\n'
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1400" w:right="1400" w:top="1400" w:bottom="1400"/></w:sectPr>'
)
ENERGY = heading("Energy") + paragraph("We used 5 MWh. [GRI 302-1]")
PEOPLE = heading("People") + paragraph("We are 90. [GRI 2-7]")
CONTROL = '<w:sdt><w:sdtPr><w:tag w:val="GRI_INDEX"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
START, END = '<w:bookmarkStart w:id="7" w:name="GRI_INDEX"/>', '<w:bookmarkEnd w:id="7"/>'


def inserted(content: bytes, profile: bytes = PROFILE) -> bytes:
    made = build([InputFile("r.docx", content)], read_profile(profile), load_catalogue(), formats=(), into="out.docx")
    return made.files["out.docx"]


def text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def order(content: bytes, *words: str) -> list[int]:
    """Where the words stand in the text."""
    return [text(content).index(word) for word in words]


def tags(report: Report) -> list[str]:
    return [tag.reference.name for tag in report.tags]


@pytest.mark.parametrize(
    "place",
    [
        paragraph("[[GRI content index]]"),
        paragraph("[[GRI \u5185\u5bb9\u7d22\u5f15]]"),
        paragraph("[[GRI-Inhaltsindex]]"),
        CONTROL.format(paragraph("Here")),
        paragraph(f"{START}{END}"),
        paragraph(f"{START}") + paragraph("") + paragraph(f"{END}"),
        paragraph(CONTROL.format("<w:r><w:t>Here</w:t></w:r>")),
    ],
)
def test_the_index_stands_where_the_report_says(place: str) -> None:
    out = inserted(word_file(ENERGY + place + PEOPLE + SECTION))
    assert order(out, "5 MWh", "Statement of use", "302-1 Energy", "We are 90") == sorted(
        order(out, "5 MWh", "Statement of use", "302-1 Energy", "We are 90")
    )
    assert "Here" not in text(out) and "[[GRI" not in text(out)
    assert tags(read_report("r.docx", out)) == ["302-1", "2-7"]


def test_without_a_place_it_begins_a_page_at_the_end() -> None:
    out = inserted(word_file(ENERGY + PEOPLE + SECTION))
    assert order(out, "We are 90", "w:pageBreakBefore", "Statement of use", "<w:sectPr") == sorted(
        order(out, "We are 90", "w:pageBreakBefore", "Statement of use", "<w:sectPr")
    )


def test_words_beside_the_mark_stay() -> None:
    place = paragraph(f"<w:r><w:t>Our index: </w:t></w:r>{START}<w:r><w:t>x</w:t></w:r>{END}<w:r><w:t> ends.</w:t></w:r>")
    out = inserted(word_file(ENERGY + place + PEOPLE + SECTION))
    assert "Our index: " in text(out) and " ends." in text(out)
    assert order(out, "Our index", "Statement of use", "We are 90") == sorted(
        order(out, "Our index", "Statement of use", "We are 90")
    )
    assert inserted(out) == out


def test_what_the_author_has_at_a_bookmark_or_a_mark_stays() -> None:
    comment = '<w:commentRangeStart w:id="4"/><w:r><w:t>[[GRI content index]]</w:t></w:r><w:commentRangeEnd w:id="4"/>'
    for place, kept in (
        (
            heading("x").replace("<w:r>", f"{START}<w:r>").replace("</w:r>", f"</w:r>{END}").replace(">x<", ">Our GRI index<"),
            "Our GRI index",
        ),
        (
            paragraph(f"{START}<w:r><w:t>One</w:t></w:r>") + table(("A", "B")) + paragraph(f"<w:r><w:t>Two</w:t></w:r>{END}"),
            "Two",
        ),
        (paragraph(f'{comment}<w:r><w:commentReference w:id="4"/></w:r>'), 'w:commentReference w:id="4"'),
        (
            paragraph(
                '<w:bookmarkStart w:id="9" w:name="_Toc1"/><w:r><w:t>[[GRI content index]]</w:t></w:r><w:bookmarkEnd w:id="9"/>'
            ),
            "_Toc1",
        ),
    ):
        out = inserted(word_file(ENERGY + place + PEOPLE + SECTION))
        assert kept in text(out) and "Statement of use" in text(out) and "[[GRI" not in text(out)
        assert inserted(out) == out


def test_a_bookmark_that_an_office_program_wrote_twice_is_one_place() -> None:
    once = inserted(word_file(ENERGY + PEOPLE + SECTION))
    number = re.search(r'<w:bookmarkStart w:id="(\d+)" w:name="GRI_INDEX"', text(once))
    assert number is not None
    doubled = text(once).replace("</w:sdtContent></w:sdt>", "").replace("<w:sdtContent>", "")
    doubled = re.sub(r"<w:sdt><w:sdtPr>.*?</w:sdtPr>", "", doubled)  # LibreOffice drops the control
    doubled = doubled.replace("<w:tc>", '<w:tc><w:bookmarkStart w:id="900" w:name="GRI_INDEX"/><w:bookmarkEnd w:id="900"/>', 1)
    with zipfile.ZipFile(io.BytesIO(once)) as package:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in package.namelist():
                target.writestr(name, doubled if name == "word/document.xml" else package.read(name))
    again = inserted(out.getvalue())
    assert text(again).count("Statement of use") == 1 and text(again).count("PAGEREF") == text(once).count("PAGEREF")


def test_in_two_columns_the_table_is_as_wide_as_one() -> None:
    two = SECTION.replace("</w:sectPr>", '<w:cols w:num="2" w:space="400"/></w:sectPr>')
    widths = [int(width) for width in re.findall(r'<w:tblW w:w="(\d+)"', text(inserted(word_file(ENERGY + PEOPLE + two))))]
    assert widths and max(widths) <= (11906 - 2800 - 400) / 2


def test_a_section_that_ends_at_the_mark_still_ends_there() -> None:
    ends = paragraph("[[GRI content index]]", properties=SECTION.replace("11906", "16838"))
    out = inserted(word_file(ENERGY + ends + PEOPLE + SECTION))
    assert text(out).count("<w:sectPr") == 2
    assert order(out, "Statement of use", 'w:w="16838"', "We are 90") == sorted(
        order(out, "Statement of use", 'w:w="16838"', "We are 90")
    )


@pytest.mark.parametrize(
    ("above", "twice"),
    [
        ("Annex 3: GRI content index", False),
        ("GRI-Index", False),
        ("GRI\u6307\u6807\u7d22\u5f15", False),
        ("About our GRI reporting", True),
    ],
)
def test_a_heading_of_the_author_s_own_is_not_said_twice(above: str, twice: bool) -> None:
    once = inserted(word_file(ENERGY + heading(above) + paragraph("[[GRI content index]]") + PEOPLE))
    assert (">GRI content index</w:t>" in text(once)) is twice
    assert text(inserted(once)) == text(once)


@pytest.mark.parametrize("place", [table(("[[GRI content index]]", "x")), paragraph("[[GRI content index]]") * 2])
def test_a_place_in_a_table_or_two_places_are_refused(place: str) -> None:
    with pytest.raises(InputError, match=r"r\.docx: the place of the index is named in a table or a text box, or more than once"):
        inserted(word_file(ENERGY + place + SECTION))


def test_a_mark_among_other_words_is_refused() -> None:
    with pytest.raises(InputError, match="stands among other words"):
        inserted(word_file(ENERGY + paragraph("Our index follows: [[GRI content index]] thanks") + SECTION))


def test_each_place_is_a_field_that_counts_the_page_of_its_section() -> None:
    out = text(inserted(word_file(ENERGY + PEOPLE + SECTION)))
    anchors = re.findall(r'w:name="(_gri_\d+)"', out)
    fields = re.findall(r"PAGEREF (_gri_\d+)", out)
    assert anchors == ["_gri_0001", "_gri_0002"] and sorted(fields) == anchors
    before = out.index('w:name="_gri_0001"')
    assert out.rindex("<w:p>", 0, before) == out.rindex("<w:p>", 0, out.index("We used 5 MWh"))


def test_built_again_on_its_own_output_it_is_the_same() -> None:
    once = inserted((EXAMPLES / "report.en.docx").read_bytes(), (EXAMPLES / "gri-index.toml").read_bytes())
    assert inserted(once, (EXAMPLES / "gri-index.toml").read_bytes()) == once
    report = read_report("r.docx", (EXAMPLES / "report.en.docx").read_bytes())
    assert tags(read_report("r.docx", once)) == tags(report)
    assert docx.Document(io.BytesIO(once)).paragraphs


def test_every_other_part_stays_byte_for_byte() -> None:
    body = (
        ENERGY
        + paragraph('<w:r><w:t>A note</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:ins w:id="3"><w:r><w:t>new</w:t></w:r></w:ins>')
        + paragraph('<w:commentRangeStart w:id="4"/><w:r><w:t>Commented</w:t></w:r><w:commentRangeEnd w:id="4"/>')
        + paragraph('<w:del w:id="5"><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r>')
    )  # fmt: skip
    source = word_file(
        body + SECTION,
        comments=notes("comment", _4="GRI 2-27"),
        footnotes=notes("footnote", _2="See [GRI 2-30]."),
        **{"media/image1.png": "not really a picture", "header1.xml": "<w:hdr/>"},
    )
    with zipfile.ZipFile(io.BytesIO(source)) as one, zipfile.ZipFile(io.BytesIO(inserted(source))) as other:
        changed = {name for name in other.namelist() if name not in one.namelist() or one.read(name) != other.read(name)}
    assert changed <= {"word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    for kept in ('<w:ins w:id="3">', "w:delText", 'w:commentRangeStart w:id="4"', 'w:footnoteReference w:id="2"'):
        assert kept in text(inserted(source))


def test_the_command_writes_it_beside_workbook_and_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(word_file(ENERGY + PEOPLE + SECTION))
    for _ in range(2):  # what it wrote itself is not kept aside
        code, _, _ = run("build", tmp_path / "r.docx", "--into", tmp_path / "o" / "with.docx", "-o", tmp_path / "o")
        assert code == 0 and sorted(path.name for path in (tmp_path / "o").iterdir()) == [
            "content-index.xlsx", "index.json", "with.docx",
        ]  # fmt: skip
    changed = docx.Document(str(tmp_path / "o" / "with.docx"))
    changed.add_paragraph("A word of the author's.")
    changed.save(str(tmp_path / "o" / "with.docx"))
    _, _, err = run("build", tmp_path / "r.docx", "--into", tmp_path / "o" / "with.docx", "-o", tmp_path / "o")
    assert "with.docx was changed since it was built: it is kept as with.kept-1.docx" in err
    code, _, err = run("build", tmp_path / "r.docx", "--into", tmp_path / "r.docx", "-o", tmp_path / "o")
    assert code == 5 and "this file is the report itself" in err
    (tmp_path / "r.md").write_text("# A [GRI 2-1]\n", encoding="utf-8")
    code, _, err = run("build", tmp_path / "r.md", "--into", tmp_path / "x.docx", "-o", tmp_path / "o")
    assert code == 3 and "r.md: not a Word document" in err
