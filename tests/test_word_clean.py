"""A copy of a Word report without its tags."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.extraction.report import read_report
from gri_index.writers.word_clean import clean_copy
from tests.conftest import EXAMPLES
from tests.test_word_insert import inserted, text
from tests.wordfiles import docx, heading, notes, paragraph, table
from tests.wordfiles import run as word_run

Run = Callable[..., tuple[int, str, str]]


def cleaned(content: bytes) -> bytes:
    return clean_copy(content, read_report("r.docx", content))[0]


def words(content: bytes) -> list[str]:
    return [block.text for block in read_report("r.docx", content).blocks]


@pytest.mark.parametrize("name", ["report.en.docx", "report.zh-Hans.docx"])
def test_no_trace_of_a_tag_is_left_in_any_part(name: str) -> None:
    source = (EXAMPLES / name).read_bytes()
    content, removed = clean_copy(source, read_report(name, source))
    assert sum(removed.values()) == 52 and read_report(name, content).tags == ()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        traces = [
            (part, found)
            for part in package.namelist()
            for found in re.findall(r"GRI[ _]\d[\d_-]*\S?|\bXE\b", package.read(part).decode(errors="replace"))
        ]
    assert traces in ([("word/document.xml", "GRI 2-4 ")], [("word/document.xml", "GRI 2-4")])  # a mention in a sentence


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (heading("Energy [GRI 302-1]") + paragraph("It fell (GRI 302-4). We measured it."), ["Energy", "It fell. We measured it."]),
        (heading("Energy") + paragraph("[GRI 302-1]") + paragraph("It fell."), ["Energy", "It fell."]),
        (heading("A") + paragraph("We say so. (GRI 2-25/26)"), ["A", "We say so."]),
        (heading("A") + paragraph(word_run("Split [GR") + word_run("I 302", "<w:b/>") + word_run("-1] here")), ["A", "Split here"]),
        (heading("A") + paragraph("No disclosures were made on GRI 2-8, as said."), ["A", "No disclosures were made on GRI 2-8, as said."]),
        (heading("A") + table(("GRI", "Energy"), ("302-1", "5 MWh")), ["A", "GRI | Energy", " | 5 MWh"]),
        (heading("A") + paragraph("能源消耗总量【GRI 302-1】"), ["A", "能源消耗总量"]),
    ],
)  # fmt: skip
def test_tags_go_and_the_text_stays(body: str, left: list[str]) -> None:
    assert words(cleaned(docx(body))) == left


def test_comments_of_codes_go_and_those_of_people_stay() -> None:
    body = "".join(
        paragraph(f'<w:commentRangeStart w:id="{n}"/>{word_run(f"Text {n}")}<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>')
        for n in (1, 2, 3)
    )  # fmt: skip
    mixed = notes("comment", _1="GRI 302-1", _2="Anna: is this right?", _3="GRI 2-7").replace(
        "GRI 2-7</w:t></w:r></w:p>", "GRI 2-7</w:t></w:r></w:p>" + paragraph("Ask Anna")
    )
    out = cleaned(docx(heading("A") + body, comments=mixed))
    with zipfile.ZipFile(io.BytesIO(out)) as package:
        said = package.read("word/comments.xml").decode()
    assert "is this right?" in said and "Ask Anna" in said and "GRI" not in said
    assert text(out).count("w:commentReference") == 2 and "Text 1" in text(out)


def test_a_bookmark_that_the_author_refers_to_stays_under_another_name() -> None:
    body = (
        heading("A") + paragraph('<w:bookmarkStart w:id="3" w:name="GRI_2_28"/><w:r><w:t>We are members.</w:t></w:r><w:bookmarkEnd w:id="3"/>')
        + paragraph('<w:hyperlink w:anchor="GRI_2_28"><w:r><w:t>see there</w:t></w:r></w:hyperlink>')
        + paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF GRI_2_28 \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    )  # fmt: skip
    out = text(cleaned(docx(body)))
    assert "GRI_2_28" not in out
    assert 'w:name="_ref_0001"' in out and 'w:anchor="_ref_0001"' in out and "PAGEREF _ref_0001" in out


def test_every_other_part_and_the_index_in_the_report_stay() -> None:
    source = docx(heading("A") + paragraph("We are 90. [GRI 2-7]"), **{"media/image1.png": "picture"})
    out = cleaned(inserted(source))
    assert "PAGEREF _gri_0001" in text(out) and 'w:name="_gri_0001"' in text(out) and "2-7 Employees" in text(out)
    with zipfile.ZipFile(io.BytesIO(inserted(source))) as one, zipfile.ZipFile(io.BytesIO(out)) as other:
        assert one.namelist() == other.namelist()
        assert [name for name in one.namelist() if one.read(name) != other.read(name)] == ["word/document.xml"]


def test_the_command_says_what_it_took_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(docx(heading("A") + paragraph("We are 90. [GRI 2-7]")))
    code, out, err = run("clean", tmp_path / "r.docx")
    assert code == 0 and out.strip().endswith("r.clean.docx") and "Tags taken out: 1 in the text" in err
    header = "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>Head [GRI 2-3]</w:t></w:r></w:p></w:hdr>"
    (tmp_path / "h.docx").write_bytes(docx(heading("A") + paragraph("We are 90. [GRI 2-7]"), **{"header1.xml": header}))
    assert "Still there: “GRI 2-3” in “header1.xml”" in run("clean", tmp_path / "h.docx")[2]
    (tmp_path / "e.docx").write_bytes(docx(heading("A [GRI 2-7] [ESRS S1-6]") + paragraph("Words (SDG 8).")))
    assert "2 codes of other frameworks stay in the copy: ESRS S1-6, SDG 8" in run("clean", tmp_path / "e.docx")[2]
    (tmp_path / "r.md").write_text("# A [GRI 2-1]\n", encoding="utf-8")
    code, _, err = run("clean", tmp_path / "r.md")
    assert code == 3 and "not a Word file" in err
