import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from tests.conftest import names

REPORT = """目录
关于本报告\t03
能源管理\t05
水资源\t07

关于本报告

本报告披露公司的可持续发展实践。（GRI 2-2）

能源管理

能耗下降。【GRI 302-1、302-3】

指标\t2025年
天然气 [GRI 302-4]\t12

水资源

取水量下降。（GRI 303-3）
"""


def read(text: str | bytes) -> Report:
    return read_report("report.txt", text if isinstance(text, bytes) else text.encode())


def test_sections_and_pages_come_from_the_report_s_own_contents() -> None:
    report = read(REPORT)
    titles = {section.id: section.title for section in report.sections}
    assert [(tag.reference.name, titles[tag.section], tag.page) for tag in report.tags] == [
        ("2-2", "关于本报告", 3), ("302-1", "能源管理", 5), ("302-3", "能源管理", 5), ("302-4", "能源管理", 5), ("303-3", "水资源", 7),
    ]  # fmt: skip
    assert [page.label for page in report.pages] == ["3", "5", "7"]


def test_without_contents_short_lines_between_blank_ones_are_headings() -> None:
    report = read("Energy\n\nIt fell over the whole year.\n[GRI 302-4]\n\nWater\n\n[GRI 303-3]\n")
    assert [section.title for section in report.sections] == ["", "Energy", "Water"]


def test_form_feeds_are_pages() -> None:
    assert [tag.page for tag in read("One\n[GRI 2-1]\f\nTwo\n[GRI 2-2]").tags] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    report = read(REPORT.encode(encoding))
    assert len(report.tags) == 5
    assert [problem.code for problem in report.problems] == (["text-encoding"] if encoding == "gb18030" else [])


def test_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="not a text file"):
        read(b"\x89PNG\r\n\x00\x00")


def test_a_line_of_megabytes_is_read() -> None:
    assert len(names(read("word [GRI 2-1] " * 50_000))) == 50_000


ENCODED = {
    "cp1252": ("Énergie – réseau", "Des données. [GRI 302–1]"),
    "cp1250": ("Zużycie energii", "Łączne zużycie spadło. [GRI 302-1]"),
    "gb18030": ("能源管理", "数据。（GRI 302-1）"),
    "big5": ("能源管理", "數據。（GRI 302-1）"),
    "shift_jis": ("エネルギー", "使用量。（GRI 302-1）"),
    "cp949": ("에너지 사용량", "총 에너지 소비. [GRI 302-1]"),
    "utf-16": ("能源管理", "数据。（GRI 302-1）"),
    "utf-16-le": ("Energy", "Text. [GRI 302-1]"),
    "utf-8-sig": ("Energía", "Datos. [GRI 302-1]"),
}


@pytest.mark.parametrize("form", ["report.md", "report.txt", "report.html"])
@pytest.mark.parametrize("encoding", ENCODED)
def test_each_text_is_read_in_the_encoding_it_was_saved_in(encoding: str, form: str) -> None:
    title, text = ENCODED[encoding]
    if encoding == "utf-16-le" and form == "report.html":
        return  # browsers do not read it either
    written = {"md": f"# {title}\n\n{text}\n", "txt": f"{title}\n\n{text}\n", "html": f"<h1>{title}</h1><p>{text}</p>"}
    report = read_report(form, written[form.rpartition(".")[2]].encode(encoding))
    titles = {section.id: section.title for section in report.sections}
    assert [(tag.reference.name, titles[tag.section]) for tag in report.tags] == [("302-1", title)]


def test_a_broken_byte_in_utf8_is_said_and_changes_nothing_else() -> None:
    text = "Énergie – réseau\n\nDes données – à côté. [GRI 302–1]\n".encode()
    report = read_report("report.txt", text.replace("à".encode(), b"\xc3"))
    assert report.sections[1].title == "Énergie – réseau"
    assert [problem.code for problem in report.problems] == ["text-not-utf8"]
