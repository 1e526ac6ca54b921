import io
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from gri_index.errors import InputError
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES
from tests.excelfiles import saved

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def drafted(run: Run, tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "report.en.docx", tmp_path / "report.docx")
    assert run("init", tmp_path / "report.docx", "--as", "both")[0] == 0
    return tmp_path


def test_the_profile_holds_what_the_report_tells(drafted: Path) -> None:
    profile = read_profile((drafted / "gri-index.toml").read_bytes())
    facts = profile.report
    assert (facts.organization.in_("en"), str(facts.period_start), str(facts.period_end)) == (
        "Halden Heat Works AB",
        "2025-01-01",
        "2025-12-31",
    )
    assert profile.claim.basis.value == "in accordance"
    topics = {topic.name.in_("en"): [reference.number for reference in topic.disclosures] for topic in profile.topics}
    assert list(topics)[:3] == ["Energy and climate", "Water", "Waste and circular design"]
    assert topics["Waste and circular design"] == ["306-1", "306-2", "306-3", "306-4", "306-5"]


def test_toml_and_workbook_say_the_same_and_toml_wins(run: Run, drafted: Path) -> None:
    workbook = drafted / "gri-index.xlsx"
    assert read_profile((drafted / "gri-index.toml").read_bytes()) == read_profile(workbook.read_bytes(), workbook.name)
    _, _, err = run("build", drafted / "report.docx", "-o", drafted / "out")
    assert "gri-index.xlsx" not in err
    book = openpyxl.load_workbook(workbook)
    book["report"]["B2"].value = "Another name"
    book.save(workbook)
    _, _, err = run("build", drafted / "report.docx", "-o", drafted / "out")
    assert "gri-index.xlsx says something else than gri-index.toml; gri-index.toml is used" in err
    (drafted / "gri-index.toml").unlink()
    run("build", drafted / "report.docx", "-o", drafted / "out")
    assert '"organization": "Another name"' in (drafted / "out" / "index.json").read_text(encoding="utf-8")


def test_a_profile_that_is_there_is_not_overwritten(run: Run, drafted: Path) -> None:
    before = (drafted / "gri-index.toml").read_bytes()
    code, out, err = run("init", drafted / "report.docx")
    assert (code, out) == (5, "") and "is there already" in err
    assert (drafted / "gri-index.toml").read_bytes() == before


def test_what_was_read_is_listed_with_the_words_it_was_read_from(run: Run, tmp_path: Path) -> None:
    text = "# Cover page 1\n\nHalden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.\n\n"
    text += "# Climate\n\n[GRI 3-3: Climate] [GRI S11.1.1] [GRI 305-1]\n"
    (tmp_path / "r.md").write_text(f"---\ntitle: Halden in 2025\n---\n{text}", encoding="utf-8")
    code, out, err = run("init", tmp_path / "r.md")
    assert (code, [Path(line).name for line in out.split()]) == (0, ["gri-index.toml"])
    assert "report.organization = Halden AB  ← Halden AB has reported in accordance" in err
    profile = read_profile((tmp_path / "gri-index.toml").read_bytes())
    assert profile.report.title.in_("en") == "Halden in 2025" and profile.claim.sector_standards == ("GRI 11",)


@pytest.mark.parametrize("name", ["The Group", "Our company"])
def test_words_that_name_nobody_are_no_organization_and_no_title(run: Run, tmp_path: Path, name: str) -> None:
    text = f"# Slide 1\n\n{name} has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.\n"
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    assert run("init", tmp_path / "r.md")[0] == 0
    facts = read_profile((tmp_path / "gri-index.toml").read_bytes()).report
    assert not facts.organization and not facts.title and str(facts.period_start) == "2025-01-01"


def test_word_s_own_title_and_the_topics_of_a_printed_index(run: Run, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Warm hands", style="Title")
    document.add_heading("The Group", level=1)
    document.add_heading("GRI content index", level=1)
    rows = [(f"2-{n}", "A title", f"p. {n}") for n in range(1, 12)] + [
        ("Water", "", ""),
        ("3-3", "Management of material topics", "p. 20"),
        ("303-3", "Water withdrawal", "p. 21"),
    ]
    table = document.add_table(rows=0, cols=3)
    for row in (("Number", "Title", "Location"), *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "r.docx"))
    assert run("init", tmp_path / "r.docx")[0] == 0
    profile = read_profile((tmp_path / "gri-index.toml").read_bytes())
    assert profile.report.title.in_("en") == "Warm hands"
    assert [(topic.name.in_("en"), [each.number for each in topic.disclosures]) for topic in profile.topics] == [
        ("Water", ["303-3"])
    ]


def filled(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def test_a_workbook_holds_all_that_toml_holds() -> None:
    toml = """
[report]
organization = { en = "Halden", "zh-Hans" = "海登" }
period_start = 2025-01-01
[claim]
basis = "in accordance"
sector_standards = ["GRI 11"]
[[topic]]
name = "Climate"
disclosures = ["302-1 to 302-3", "305-1"]
sector_topics = ["11.1"]
[[omission]]
disclosure = "2-10"
requirements = ["a"]
reason = "不适用"
explanation = "x"
"""
    import datetime

    workbook = filled(
        report=[
            ["key", "value"],
            ["organization [en]", "Halden"],
            ["organization [zh-Hans]", "海登"],
            ["period_start", datetime.date(2025, 1, 1)],
        ],
        Claim=[["key", "value"], ["basis", "in accordance"], ["sector_standards", "GRI 11"]],
        topic=[["name", "disclosures", "sector_topics"], ["Climate", "302-1 to 302-3; 305-1", "11.1"]],
        omission=[["disclosure", "requirements", "reason", "explanation"], [datetime.date(2026, 10, 2), "a", "不适用", "x"]],
        Notes=[["mine"]],
    )
    assert read_profile(workbook, "p.xlsx") == read_profile(toml.encode())


def test_faults_in_a_workbook_name_sheet_and_row() -> None:
    workbook = filled(
        omission=[["disclosure", "reason", "x!"], ["2-21", "not applicable", "y"], ["302", "z", None], [None, "q", None]]
    )
    with pytest.raises(InputError) as error:
        read_profile(workbook, "p.xlsx")
    assert str(error.value) == (
        "p.xlsx: sheet omission, row 2: 'x!' is no key of a profile; sheet omission, row 3.disclosure: '302' is no disclosure such as 302-1 or 302-1 to 302-5; "
        "sheet omission, row 4.disclosure is missing"
    )
    with pytest.raises(InputError, match="no sheet is named report"):
        read_profile(filled(Other=[["a"]]), "p.xlsx")
    with pytest.raises(InputError, match="not an Excel workbook"):
        read_profile(io.BytesIO(b"x").read(), "p.xlsx")


def test_a_report_without_tags_is_told_what_it_seems_to_treat(run: Run, tmp_path: Path) -> None:
    from tests.untagged import ENGLISH

    report = tmp_path / "report.md"
    report.write_text(ENGLISH, encoding="utf-8")
    code, _, err = run("init", report, "--lang", "en")
    assert code == 0
    assert "GRI 403 Occupational Health and Safety" in err and "Accidents at work" in err
    assert read_profile((tmp_path / "gri-index.toml").read_bytes()).topics == ()
