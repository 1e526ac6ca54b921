"""Whatever comes in: a report, or one clear error."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from tests.wordfiles import docx, paragraph

PIECES = [
    "# A\n", "## Page 3\n", "<!-- page: 4 -->\n", "<!-- gri: 2-1 -->", "[GRI 302-1]", "GRI 305-1 to 305-4", "| a | b |\n|---|---|\n", "| 2-1 | x |\n",
    "<p>", "</p>", "<table><tr><td>", "</td></tr></table>", "<h1>", '<div data-gri="2-7">', "目录\n", "能源\t12\n", "\f", "\n\n", "…… 5", "---\ngri: 2-1\n---\n",
]  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30).map("".join)
WORD = st.lists(
    st.sampled_from(
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>GRI 2-1</w:t>", "<w:lastRenderedPageBreak/>", '<w:fldChar w:fldCharType="end"/>',
         "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", '<w:bookmarkStart w:name="GRI_2_1"/>',
         "<w:txbxContent>", "</w:txbxContent>", '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>TOC</w:instrText>"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def consistent(report: Report) -> None:
    sections = {section.id for section in report.sections}
    assert len(sections) == len(report.sections)
    assert all(tag.section in sections and report.blocks[tag.block].section in sections for tag in report.tags)
    assert [block.id for block in report.blocks] == list(range(len(report.blocks)))
    assert all(section.parent in sections for section in report.sections if section.parent)


@pytest.mark.parametrize("name", ["r.md", "r.html", "r.txt"])
@given(content=st.one_of(TEXT.map(str.encode), TEXT.map(lambda text: text.encode("utf-16")), st.binary(max_size=200)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_text_formats(name: str, content: bytes) -> None:
    with contextlib.suppress(InputError):
        consistent(read_report(name, content))


@given(body=WORD)
@settings(deadline=None)
def test_word(body: str) -> None:
    from lxml import etree

    whole = f'<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:body>'
    root = etree.fromstring(whole.encode(), etree.XMLParser(recover=True))
    inner = "".join(etree.tostring(child, encoding="unicode") for child in root)
    with contextlib.suppress(InputError):
        consistent(read_report("r.docx", docx(inner + paragraph("[GRI 2-2]"))))
