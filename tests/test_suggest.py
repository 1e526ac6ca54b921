"""Suggestions: what is found, what is said of it, and decisions that come back."""

import datetime
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from gri_index.suggest.fingerprints import Found, find, fingerprints, recalled
from gri_index.suggest.rank import calibrated, in_force
from gri_index.suggest.surroundings import surroundings
from gri_index.suggest.terms import languages, load_terms
from gri_index.suggest.words import stems

Run = Callable[..., tuple[int, str, str]]

ENGLISH = """# Harbour Foods annual review

## Who works for us

At the end of the year 812 people were employed, 640 of them on permanent contracts and 172 on fixed-term contracts;
95 worked part-time. Headcount by gender and by region is shown in the table.

## Speaking up

Anyone can use the whistleblowing hotline or the ombudsperson, anonymously if they wish. Reports of suspected
misconduct are protected from retaliation.

## Greenhouse gases

Scope 1 emissions from natural gas and our vans fell to 410 tCO2e. Fugitive emissions from refrigerants are included.

## Accidents at work

Three recordable work-related injuries happened and no fatality; the lost-time injury frequency rate was 2.1 per million
hours worked.

## A word on our jam

Strawberries ripen early on the south side of the hill.
"""
CHINESE = """# 某某科技环境、社会及管治报告

## 员工概况

截至年末，公司共有员工812人，其中女性员工390人，全职员工700人，劳动合同制员工占比98%。

## 举报机制

公司设立举报邮箱和举报热线，员工可匿名举报，并保护举报人免受打击报复。

## 温室气体排放

范围一温室气体排放量为410吨二氧化碳当量，范围二为1,200吨二氧化碳当量。

## 公司趣事

今年的运动会下了一点小雨。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def first_of(run: Run, path: Path, *arguments: str) -> dict[str, str]:
    """Disclosure -> title of the first section that is suggested."""
    code, out, _ = run("suggest", path, "--format", "json", *arguments)
    assert code == 0
    first: dict[str, str] = {}
    for each in json.loads(out)["suggestions"]:
        first.setdefault(each["disclosure"], each["section_title"])
    return first


def test_sections_are_found_without_any_tag(run: Run, report: Path) -> None:
    first = first_of(run, report)
    assert first["2-7"] == "Who works for us"
    assert first["2-26"] == "Speaking up"
    assert first["305-1"] == "Greenhouse gases"
    assert first["403-9"] == "Accidents at work"
    _, out, _ = run("suggest", report)
    assert "jam" not in out


def test_chinese_sections_are_found(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(CHINESE, encoding="utf-8")
    first = first_of(run, path)
    assert (first["2-7"], first["2-26"], first["305-1"]) == ("员工概况", "举报机制", "温室气体排放")


def test_the_sentence_that_speaks_for_it_is_quoted(run: Run, report: Path) -> None:
    _, out, _ = run("suggest", report, "--only", "305-1", "--format", "json")
    best = json.loads(out)["suggestions"][0]
    assert best["evidence"][0].startswith("Scope 1 emissions from natural gas")
    assert best["words"]


def test_text_says_score_section_and_what_was_not_found(run: Run, report: Path) -> None:
    code, out, err = run("suggest", report, "--lang", "en")
    assert code == 0
    assert "2-26 Mechanisms for seeking advice and raising concerns\n" in out
    assert "%" in out and "“" not in out.splitlines()[0]
    assert "Nothing was found for:" in err and "411-1" in err


def test_by_section_follows_the_report(run: Run, report: Path) -> None:
    _, out, _ = run("suggest", report, "--by", "section")
    lines = [line for line in out.splitlines() if line.startswith(("Who works", "Speaking", "Greenhouse", "Accidents"))]
    assert [line.split("  ")[0].strip() for line in lines] == [
        "Who works for us",
        "Speaking up",
        "Greenhouse gases",
        "Accidents at work",
    ]


def test_an_unknown_number_is_refused(run: Run, report: Path) -> None:
    code, _, err = run("suggest", report, "--only", "999-1")
    assert code == 2 and "999-1" in err


def test_a_language_without_terms_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("# 보고서\n\n## 온실가스\n\n" + "우리 회사의 온실가스 배출량은 감소하였다. " * 20, encoding="utf-8")
    _, _, err = run("suggest", path, "--lang", "en")
    assert "(ko)" in err


def test_what_the_report_tags_already_is_marked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH.replace("## Speaking up", "## Speaking up [GRI 2-26]"), encoding="utf-8")
    _, out, _ = run("suggest", path, "--only", "2-26", "--format", "json")
    assert json.loads(out)["suggestions"][0]["tagged"] is True


# ── decisions ──


def decide(path: Path, decisions: dict[tuple[str, str], tuple[str, str, str]]) -> None:
    """Fills the sheet: (number, section) -> (decision, right place, note)."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    at = {name: heads.index(head) + 1 for name, head in {"number": "No.", "section": "Section", "decision": "Decision"}.items()}
    for row in range(2, sheet.max_row + 1):
        key = (sheet.cell(row, at["number"]).value, sheet.cell(row, at["section"]).value)
        for offset, text in enumerate(decisions.get(key, ())):
            sheet.cell(row, at["decision"] + offset).value = text or None
    book.save(path)


DECISIONS = {
    ("2-7", "Who works for us"): ("accept", "", "checked by HR"),
    ("403-9", "Accidents at work"): ("reject", "", ""),
    ("305-1", "Greenhouse gases"): ("other place", "Accidents at work", ""),
}


def rows_of(run: Run, report: Path, folder: Path, *arguments: object) -> dict[str, list[str]]:
    code, _, _ = run("build", report, "-o", folder, "-f", "json", "--fresh", *arguments)
    assert code == 0
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return {row["disclosure"]: [place["section_title"] for place in row["locations"]] for row in index["rows"]}


def test_decisions_become_tags(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    rows = rows_of(run, report, tmp_path / "out", "--review", review)
    assert rows["2-7"] == ["Who works for us"]
    assert rows["305-1"] == ["Accidents at work"]
    assert "403-9" not in rows


def test_decisions_come_back_into_a_new_version(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    report.write_text(ENGLISH.replace("## Who works for us", "## Our colleagues"), encoding="utf-8")
    code, _, _ = run("suggest", report, "--review", review)
    assert code == 0
    sheet = openpyxl.load_workbook(review).active
    rows = {(row[0], row[2]): row for row in sheet.iter_rows(min_row=2, values_only=True)}
    moved = rows["2-7", "Our colleagues"]
    assert moved[7] == "accept" and moved[9] == "checked by HR"
    assert "under another heading" in moved[5]
    assert rows["403-9", "Accidents at work"][7] == "reject"
    assert rows["305-1", "Greenhouse gases"][7:9] == ("other place", "Accidents at work")


def test_a_section_that_is_gone_keeps_its_decision_and_is_named(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    start, end = ENGLISH.index("## Who works"), ENGLISH.index("## Speaking")
    report.write_text(ENGLISH[:start] + ENGLISH[end:], encoding="utf-8")
    _, _, err = run("build", report, "-o", tmp_path / "out", "-f", "json", "--review", review, "--lang", "en")
    assert "Who works for us" in err and "no longer in the report" in err
    run("suggest", report, "--review", review)
    values = [row for row in openpyxl.load_workbook(review).active.iter_rows(min_row=2, values_only=True) if row[0] == "2-7"]
    assert any(row[7] == "accept" and row[9] == "checked by HR" for row in values)


def test_two_rows_on_one_disclosure_both_come_back(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    for place in ("Speaking up", "Accidents at work"):
        book = openpyxl.load_workbook(review)
        book.active.append(["GRI 404-2", None, None, None, None, None, None, None, place])
        book.save(review)
    assert rows_of(run, report, tmp_path / "out", "--review", review)["404-2"] == ["Speaking up", "Accidents at work"]
    run("suggest", report, "--review", review)
    rows = [row for row in openpyxl.load_workbook(review).active.iter_rows(min_row=2, values_only=True) if row[0] == "404-2"]
    assert {row[8] for row in rows if row[8]} == {"Speaking up", "Accidents at work"}


def test_what_cannot_be_read_is_named_and_the_workbook_kept(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("perhaps", "", "")})
    _, _, err = run("suggest", report, "--review", review, "--lang", "en")
    assert "perhaps" in err and "2-7" in err
    assert (tmp_path / "review.kept-1.xlsx").is_file()


def test_suggestions_nobody_reviewed_are_marked_everywhere(run: Run, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, _, err = run("build", report, "-o", folder, "--suggested", "--lang", "en")
    assert code == 0 and "nobody reviewed" in err
    index = json.loads((folder / "index.json").read_text("utf-8"))
    places = [place for row in index["rows"] for place in row["locations"]]
    assert places and all(place["suggested"] for place in places)
    book = openpyxl.load_workbook(folder / "content-index.xlsx")
    for name in book.sheetnames[:1]:
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value]
        assert sum("suggested, not reviewed" in text for text in texts) == len(places)


def test_no_suggestion_is_published_unreviewed(run: Run, report: Path, tmp_path: Path) -> None:
    code, _, err = run("build", report, "-o", tmp_path / "out", "--suggested", "--publish")
    assert code == 2 and "suggestion" in err


def test_a_workbook_of_another_kind_is_told(run: Run, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    _, _, err = run("build", report, "-o", tmp_path / "out", "-f", "json", "--review", other, "--lang", "en")
    assert "no review" in err


# ── parts ──


def test_fingerprints_know_a_section_by_titles_then_by_text() -> None:
    def of(text: str) -> Report:
        return read_report("a.md", text.encode())

    old, new = fingerprints(of(ENGLISH)), fingerprints(of(ENGLISH.replace("Speaking up", "Our hotline")))
    by_title = {each.path[-1]: each for each in old.values() if each.path}
    titles = {id: each.path[-1] for id, each in new.items() if each.path}
    id, found = find(by_title["Speaking up"], new)
    assert id is not None and (titles[id], found) == ("Our hotline", Found.MOVED)
    id, found = find(by_title["Greenhouse gases"], new)
    assert id is not None and (titles[id], found) == ("Greenhouse gases", Found.SAME)
    assert recalled(by_title["Speaking up"].text()) == by_title["Speaking up"]
    assert recalled("[1") is None


def test_a_section_gains_by_neighbours_of_its_topic() -> None:
    alone = surroundings([{0: 1.0}, {}, {}], ["305"])[0][0]
    beside = surroundings([{0: 1.0}, {0: 1.0}, {}], ["305"])[0][0]
    assert beside["near"] > alone["near"] and beside["behind"] > alone["behind"]


def test_scores_are_those_that_were_measured() -> None:
    assert calibrated(0.75, [(0.0, 0.0), (0.5, 0.2), (1.0, 0.8)]) == pytest.approx(0.5)


def test_stems_are_those_of_every_script() -> None:
    assert stems("Mitarbeiterinnen") == stems("Mitarbeiter")
    assert stems("émissions") == stems("Emission")
    assert stems("员工") == ("员", "工")


def test_terms_cover_the_large_languages() -> None:
    assert {"de", "en", "es", "fr", "it", "ja", "pt", "zh-Hans"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_terms_speak_of_every_disclosure_in_force(language: str) -> None:
    owned = {(number, edition) for phrase in load_terms((language,)).phrases for number, edition, _ in phrase.owners}
    several = in_force(load_catalogue(), datetime.date(2025, 12, 31)) + in_force(load_catalogue(), datetime.date(2027, 12, 31))
    assert [key for key in several if not owned & {(key.number, ""), (key.number, key.edition)}] == []


# ── Word ──


def word_report(path: Path) -> Path:
    """The English report as Word writes it, with a comment, a picture's worth of other parts, and a tracked change."""
    document = docx.Document()
    for paragraph in ENGLISH.split("\n\n"):
        if paragraph.startswith("#"):
            document.add_heading(paragraph.lstrip("# "), level=1 + paragraph.startswith("##"))
        else:
            document.add_paragraph(paragraph.strip() + " [GRI 3-3]" * paragraph.startswith("Strawberries"))
    document.sections[0].header.paragraphs[0].text = "Draft of Monday"
    document.save(str(path))
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


# ── an embedding model ──


def test_a_model_from_a_folder_is_mixed_in(run: Run, report: Path, tmp_path: Path) -> None:
    """A model that knows one word of the jam and of 411-1 alone: the two are drawn together, and nothing else moves up."""
    np = pytest.importorskip("numpy")
    model2vec, tokenizers = pytest.importorskip("model2vec"), pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "strawberries": 1, "indigenous": 2}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = tokenizers.normalizers.Lowercase(), tokenizers.pre_tokenizers.Whitespace()
    vectors = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    model2vec.StaticModel(vectors, tokenizer).save_pretrained(str(tmp_path / "model"))
    code, out, _ = run("suggest", report, "--only", "411-1", "--format", "json", "--semantic", tmp_path / "model")
    assert code == 0
    best = json.loads(out)["suggestions"][0]
    assert best["section_title"] == "A word on our jam" and best["score"] >= 0.2


def test_a_folder_without_a_model_is_one_clear_line(run: Run, report: Path, tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    code, _, err = run("suggest", report, "--semantic", tmp_path)
    assert code == 3 and "config.json" in err and "Traceback" not in err


def test_no_numbers_package_is_imported(report: Path) -> None:
    script = f"import sys; from gri_index.cli import main\ntry: main(['suggest', {str(report)!r}])\nexcept SystemExit: pass\n"
    script += "assert not {'numpy', 'model2vec', 'openpyxl', 'docx'} & set(sys.modules), sys.modules.keys()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_short_report_is_known_by_its_few_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    text = "# Informe\n\n## Energía\n\nConsumimos 412.300 GJ de energía y gas natural.\n\n## Formación\n\nLa media es de 18,4 horas de formación.\n"
    path.write_text(text, encoding="utf-8")
    _, out, _ = run("suggest", path, "--format", "json")
    assert json.loads(out)["language"] == "es"


def test_rows_sorted_without_the_hidden_column_are_named_and_not_used(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, DECISIONS)
    book = openpyxl.load_workbook(review)
    sheet = book.active
    shown = [[cell.value for cell in row[:10]] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(sorted(shown, key=lambda values: (values[7] or "z", values[2])), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(review)
    rows = rows_of(run, report, tmp_path / "out", "--review", review)
    assert not rows
    _, _, err = run("suggest", report, "--review", review, "--lang", "en")
    assert "sorted without that column" in err and (tmp_path / "review.kept-1.xlsx").is_file()


def test_a_change_is_said_until_somebody_decides_again(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("accept", "", "")})
    start, end = ENGLISH.index("At the end of the year"), ENGLISH.index("## Speaking")
    report.write_text(
        ENGLISH[:start] + "Our people: permanent contracts, headcount, part-time employees and more.\n\n" + ENGLISH[end:], "utf-8"
    )
    for _ in range(2):
        _, _, err = run("suggest", report, "--review", review, "--lang", "en")
        assert "has changed since it was accepted" in err


def test_contradicting_rows_make_no_tag(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    decide(review, {("2-7", "Who works for us"): ("accept", "", "")})
    book = openpyxl.load_workbook(review)
    sheet = book.active
    row = next([cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[7].value == "accept")
    sheet.append([*row[:7], "reject", *row[8:]])
    book.save(review)
    assert "2-7" not in rows_of(run, report, tmp_path / "out", "--review", review)


def test_a_section_typed_by_hand_is_accepted(run: Run, report: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    run("suggest", report, "--review", review)
    book = openpyxl.load_workbook(review)
    book.active.append(["415-1", "", "Speaking up", "", "", "", "", "Accept"])
    book.save(review)
    assert rows_of(run, report, tmp_path / "out", "--review", review)["415-1"] == ["Speaking up"]


def test_a_word_file_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    source, target = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    run("suggest", source, "--into", target)
    document = docx.Document(str(target))
    document.add_paragraph("A line of the author's own.")
    document.save(str(target))
    run("suggest", source, "--into", target)
    assert (tmp_path / "review.kept-1.docx").is_file()
    assert run("suggest", source, "--into", target, "--review", tmp_path / "a.xlsx")[0] == 2
