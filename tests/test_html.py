"""The index and its status as HTML pages: what they say, and that they can do no harm."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from gri_index.catalogue import load_catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES

Run = Callable[..., tuple[int, str, str]]
HOSTILE = '<script>alert(1)</script> & "quoted" \u2067abc\u2069'
PROFILE = f'[report]\norganization = {json.dumps(HOSTILE)}\n[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Energy & <b>more</b>"\ndisclosures = ["302-1", "302-3"]\n'
REPORT = f"# {HOSTILE}\n\n[GRI 302-1] [GRI 2-7]\n\n# Two\n\n[GRI 3-3: Energy & <b>more</b>]\n"


def pages(*, publish: bool = False, languages: str = '"en"') -> dict[str, str]:
    stated = read_profile(f"{PROFILE}[output]\nlanguages = [{languages}]\n".encode())
    made = build([InputFile("r.md", REPORT.encode())], stated, load_catalogue(), formats=("html",), publish=publish)
    return {name: content.decode() for name, content in made.files.items()}


@pytest.mark.parametrize("name", ["content-index.html", "status.html"])
def test_what_a_report_says_is_text_and_nothing_is_loaded(name: str) -> None:
    page = pages()[name]
    root = html.document_fromstring(page)
    assert "<script>alert" not in page and "<b>more" not in page and "\u2067" not in page
    assert [each.get("src") for each in root.iter() if each.get("src")] == []
    assert all(not (each.get("href") or "").lower().startswith(("javascript", "data", "//")) for each in root.iter("a"))
    assert root.xpath("//link | //@*[starts-with(name(), 'on')]") == []
    assert '"quoted"' in "".join(root.itertext())


@pytest.mark.parametrize("name", ["content-index.html", "status.html"])
def test_the_policy_allows_the_page_s_own_style_and_script_alone(name: str) -> None:
    root = html.document_fromstring(pages()[name])
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for kind in ("style", "script"):
        for each in root.iter(kind):
            digest = base64.b64encode(hashlib.sha256((each.text or "").encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert len(list(root.iter("script"))) == (1 if name == "status.html" else 0)


def test_the_status_is_private() -> None:
    assert set(pages()) == {"content-index.html", "status.html"}
    assert set(pages(publish=True)) == {"content-index.html"}
    assert set(pages(languages='"en", "de"')) == {"content-index.en.html", "content-index.de.html", "status.html"}


def test_the_index_is_a_table_for_every_reader() -> None:
    root = html.document_fromstring(pages()["content-index.html"])
    assert root.get("lang") == "en" and root.xpath("//a[@class='skip']/@href") == ["#content"]
    heads = root.xpath("//thead//th")
    assert heads and all(each.get("scope") in ("col", "colgroup") for each in heads)
    rows = root.xpath("//tbody/tr[not(@class)]")
    assert rows and all(len(row.xpath("./th[@scope='row']")) == 1 for row in rows)
    width = len(root.xpath("//tbody/tr[not(@class)]")[0])
    assert all(int(each.get("colspan")) == width for each in root.xpath("//tbody/tr[@class]/th"))
    assert all(each.get("data-label") for each in root.xpath("//td"))


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_page_is_read_back_whole(run: Run, tmp_path: Path, language: str) -> None:
    run("build", EXAMPLES / f"report.{language}.docx", "-o", tmp_path, "-f", "html", "-f", "json")
    _, out, _ = run("extract", tmp_path / "content-index.html", "--format", "json")
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    printed = [row["disclosure"] for row in index["rows"] if row["status"] not in ("missing", "planned")]
    assert [row["disclosure"] for row in json.loads(out)["rows"]] == printed


def test_a_missing_row_leads_to_the_section_where_it_is_expected() -> None:
    root = html.document_fromstring(pages()["status.html"])
    rows = {row[0].text: row for row in root.xpath("//section[@id='matrix']//tbody/tr")}
    target = rows["302-3"].xpath(".//a/@href")[0]
    section = root.get_element_by_id(target.removeprefix("#"))
    assert "quoted" in section.text_content() and "302-3" in section.text_content()
    assert f"#{rows['302-3'].get('id')}" in section.xpath(".//a/@href")
    assert all(root.get_element_by_id(href[1:]) is not None for href in root.xpath("//a/@href") if href.startswith("#"))


def test_each_finding_leads_to_its_rule() -> None:
    root = html.document_fromstring(pages()["status.html"])
    codes = set(root.xpath("//section[@id='findings']//td/a/text()"))
    assert codes and codes == {each.get("id") for each in root.iter("details")}
    assert all(re.fullmatch(r"CI\d{3}", code) for code in codes)


def test_bars_tell_their_figures_without_colour() -> None:
    root = html.document_fromstring(pages()["status.html"])
    bars = root.xpath("//table[@class='bars']//*[local-name()='svg']")
    assert bars and all(bar.get("role") == "img" and re.search(r"\d+ \w+", bar.get("aria-label")) for bar in bars)
    for bar in bars:
        assert sum(float(each.get("width")) for each in bar) == pytest.approx(100, abs=0.1)
