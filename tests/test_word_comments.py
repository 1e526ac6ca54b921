"""Suggestions as comments in the author's Word file."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.untagged import ENGLISH, word_report

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_suggestions_become_comments_that_are_tags(run: Run, tmp_path: Path) -> None:
    source, target = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    code, _, _ = run("suggest", source, "--into", target)
    assert code == 0
    _, out, _ = run("suggest", source, "--format", "json")
    wanted = {(each["disclosure"], each["section_title"]) for each in json.loads(out)["suggestions"] if each["score"] >= 0.15}
    _, out, _ = run("tags", target, "--format", "json")
    tags = json.loads(out)["tags"]
    assert {(each["disclosure"], each["section_title"]) for each in tags if each["carrier"] == "comment"} == wanted
    assert [each["disclosure"] for each in tags if each["carrier"] == "text"] == ["3-3"]
    text = [paragraph.text for paragraph in docx.Document(str(source)).paragraphs]
    assert [paragraph.text for paragraph in docx.Document(str(target)).paragraphs] == text


def test_every_other_part_stays_byte_for_byte(run: Run, tmp_path: Path) -> None:
    source, target = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    run("suggest", source, "--into", target)
    before, after = parts_of(source), parts_of(target)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed <= {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert list(before) == [name for name in after if name in before]


def test_comments_of_the_author_stay(run: Run, tmp_path: Path) -> None:
    source, first, second = word_report(tmp_path / "report.docx"), tmp_path / "one.docx", tmp_path / "two.docx"
    run("suggest", source, "--into", first)
    before = parts_of(first)["word/comments.xml"].count(b"<w:comment ")
    document = docx.Document(str(first))
    document.paragraphs[-1].insert_paragraph_before("Scope 2 emissions, market-based, were 1,200 tCO2e of purchased electricity.")
    document.save(str(first))
    code, _, _ = run("suggest", first, "--into", second)
    assert code == 0
    comments = parts_of(second)["word/comments.xml"]
    assert comments.count(b"<w:comment ") >= before
    assert len(set(re.findall(rb'<w:comment [^>]*w:id="(\d+)"', comments))) == comments.count(b"<w:comment ")


def test_what_is_no_word_file_is_refused(run: Run, report: Path, tmp_path: Path) -> None:
    code, _, err = run("suggest", report, "--into", tmp_path / "review.docx")
    assert code == 2 and ".docx" in err
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    code, _, err = run("suggest", broken, "--into", tmp_path / "review.docx")
    assert code == 3 and "broken.docx" in err and not (tmp_path / "review.docx").exists()


def test_a_word_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    source, target = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    run("suggest", source, "--into", target)
    document = docx.Document(str(target))
    document.add_paragraph("A line of the author's own.")
    document.save(str(target))
    run("suggest", source, "--into", target)
    assert (tmp_path / "review.kept-1.docx").is_file()
    assert run("suggest", source, "--into", target, "--review", tmp_path / "a.xlsx")[0] == 2


def test_a_part_that_is_called_comments_and_is_none_stays(run: Run, tmp_path: Path) -> None:
    source, target = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("word/comments.xml", b"<other/>")
    assert run("suggest", source, "--into", target)[0] == 0
    parts = parts_of(target)
    assert parts["word/comments.xml"] == b"<other/>" and b"GRI 2-26" in parts["word/comments1.xml"]
    _, out, _ = run("tags", target, "--format", "json")
    assert "2-26" in {each["disclosure"] for each in json.loads(out)["tags"]}
