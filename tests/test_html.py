import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import BlockKind, Report
from tests.conftest import names

PAGE = """<!doctype html><html lang="de"><head><title>Report [GRI 2-1]</title><script>"[GRI 2-3]"</script></head><body>
<nav><a href="#e">Energie (GRI 302-1)</a></nav>
<h1 data-gri="2-22">Bericht <small>2025</small></h1><p>Text. <em>GRI 2-7</em></p>
<h2 id="e">Energie <span>(GRI 302-1)</span></h2><ul><li>Gas sank. [GRI 302-4]</li></ul>
<table><tr><th>Scope 1<br>[GRI 305-1]</th><td>12</td></tr></table><!-- gri: 305-2 --><p>Mehr dazu.</p>
<p style="display: none">GRI 403-9</p><p hidden>GRI 403-8</p>
<p>Tonnen von <i>GRI 305-3</i> CO2e, gemäß GRI 305-4 berechnet.</p></body></html>"""


def read(text: str | bytes) -> Report:
    return read_report("report.html", text if isinstance(text, bytes) else text.encode())


def test_every_carrier_is_read_and_what_is_hidden_is_not() -> None:
    report = read(PAGE)
    titles = {section.id: section.title for section in report.sections}
    assert [(tag.reference.name, tag.carrier.value, titles[tag.section]) for tag in report.tags] == [
        ("2-22", "attribute", "Bericht 2025"), ("2-7", "text", "Bericht 2025"), ("302-1", "text", "Energie"), ("302-4", "text", "Energie"),
        ("305-1", "text", "Energie"), ("305-2", "comment", "Energie"), ("305-3", "text", "Energie"),
    ]  # fmt: skip
    assert report.sources[0].language == "de"
    assert report.sections[2].anchor == "e"
    assert [block.text for block in report.blocks if block.kind is BlockKind.TABLE] == ["Scope 1\n[GRI 305-1] | 12"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    declared = "" if encoding == "utf-16" else f'<meta charset="{encoding}">'
    assert read(f"<html>{declared}<h1>能源管理</h1><p>[GRI 302-1]</p></html>".encode(encoding)).sections[1].title == "能源管理"
    assert read("<h1>能源</h1>").sections[1].title == "能源"


def test_deep_nesting_and_large_pictures_are_read_whole() -> None:
    assert names(read("<div>" * 300 + "<p>[GRI 2-1]</p>" + "</div>" * 300)) == ["2-1"]
    assert names(read(b'<img src="data:image/png;base64,' + b"A" * 11_000_000 + b'"><p>[GRI 2-1]</p>')) == ["2-1"]


@pytest.mark.parametrize("content", [b"<div>" * 100_000 + b"[GRI 2-1]", b"\x00\x01\x02\x03"])
def test_what_cannot_be_read_whole_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"^report\.html: "):
        read(content)


def test_cells_that_reach_over_rows_and_columns_stand_in_each_row_and_tag_once() -> None:
    table = (
        "<h1>A</h1><table><tr><td rowspan=3>GRI 305-1</td><td colspan=2>x</td></tr><tr><td>b</td><td rowspan=2>c</td></tr>"
        "<tr><td>d</td></tr><tr><td>e</td></tr></table>"
    )
    report = read(table)
    assert [block.cells for block in report.blocks if block.cells] == [
        ("GRI 305-1", "x", ""),
        ("GRI 305-1", "b", "c"),
        ("GRI 305-1", "d", "c"),
        ("e",),
    ]
    assert len(report.tags) == 1
