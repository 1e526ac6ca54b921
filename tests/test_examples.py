import io
import zipfile

import pytest
from lxml import etree

from gri_index.catalogue import load_catalogue
from gri_index.extraction.report import read_report
from gri_index.model.index import Status
from gri_index.model.report import Carrier, Report
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES


def read(name: str) -> Report:
    return read_report(name, (EXAMPLES / name).read_bytes())


def places(report: Report) -> list[tuple[object, ...]]:
    titles = {section.id: section.title for section in report.sections}
    return [(t.reference.number, t.reference.requirements, t.reference.topic, titles[t.section], t.page) for t in report.tags]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_word_and_markdown_carry_the_same_tags(language: str) -> None:
    in_word, in_markdown = read(f"report.{language}.docx"), read(f"report.{language}.md")
    assert sorted(places(in_word), key=str) == sorted(places(in_markdown), key=str)
    assert {tag.carrier for tag in in_word.tags} == {
        Carrier.TEXT, Carrier.COMMENT, Carrier.CONTROL, Carrier.BOOKMARK, Carrier.HIDDEN, Carrier.INDEX_FIELD,
    }  # fmt: skip


def test_both_languages_carry_the_same_tags() -> None:
    def codes(language: str) -> list[tuple[object, ...]]:
        return [(t.reference.number, t.reference.requirements, t.page) for t in read(f"report.{language}.md").tags]

    assert codes("en") == codes("zh-Hans")


@pytest.mark.parametrize("name", ["report.en.docx", "report.en.md", "report.zh-Hans.docx", "report.zh-Hans.md"])
def test_the_example_is_complete(name: str) -> None:
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    outputs = build([InputFile(name, (EXAMPLES / name).read_bytes())], stated, load_catalogue(), formats=())
    assert outputs.findings == ()
    assert outputs.index.remarks == ()
    counts = {status: sum(row.status is status for row in outputs.index.rows) for status in Status}
    assert {status.value: count for status, count in counts.items() if count} == {
        "reported": 72, "reported with omissions": 3, "omitted": 3,
    }  # fmt: skip


def test_word_examples_are_made_by_their_tool() -> None:
    from tools.make_word_examples import Maker

    for language in ("en", "zh-Hans"):
        text = (EXAMPLES / f"report.{language}.md").read_text(encoding="utf-8")
        made, kept = (
            read_report("r.docx", content)
            for content in (Maker(language).make(text), (EXAMPLES / f"report.{language}.docx").read_bytes())
        )
        assert made.blocks == kept.blocks
        assert places(made) == places(kept)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_the_program_makes_of_the_example_is_kept_up_to_date(language: str) -> None:
    name, kept = f"report.{language}.docx", EXAMPLES / "made" / language
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    outputs = build([InputFile(name, (EXAMPLES / name).read_bytes())], stated, load_catalogue())
    assert outputs.files["index.json"] == (kept / "index.json").read_bytes()
    for file in ("content-index.docx", "content-index.xlsx"):  # other versions of libraries may write other XML
        assert text_of(outputs.files[file]) == text_of((kept / file).read_bytes()), (
            f"run: gri-index build examples/{name} -o {kept}"
        )


def text_of(content: bytes) -> list[str]:
    """All texts of an Office file, in order, without its core properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = sorted(
            name for name in package.namelist() if name.endswith(".xml") and ("word/document" in name or "xl/" in name)
        )
        return [text for part in parts for text in etree.fromstring(package.read(part)).itertext()]
