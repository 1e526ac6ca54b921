"""What the program prints it reads again, in every language that it writes."""

import ast
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gri_index.extraction.extract import extract
from gri_index.language.heads import PRINTED, role_of
from gri_index.language.labels import Labels, languages, load_labels, reason_label, wordings
from gri_index.language.pages import page_text, read_pages
from gri_index.language.reasons import recognise_reason
from gri_index.language.statements import find_statements
from gri_index.model.standards import Catalogue
from gri_index.model.terms import OmissionReason
from gri_index.pipeline import InputFile, Outputs, build
from gri_index.profile import read_profile
from tests.excelfiles import saved

LANGUAGES = languages()
NAMES = ("Halden S.p.A.", "Grupo Halden, S.A.B. de C.V.", "Halden & Co. KG (Holding)", "海登热能股份有限公司")
REPORT = InputFile(
    "r.md",
    b"<!-- page: 3 -->\n# About us\n\n[GRI 2-1, 2-2]\n\n<!-- page: 4 -->\n# Board\n\n[GRI 2-9, 2-10]\n\n<!-- page: 7 -->\n# Energy\n\n"
    b"[GRI 3-3 [Energy]]\n\n[GRI 302-1]\n\n<!-- page: 9 -->\n# Water\n\n[GRI 3-3 [Water]]\n\n[GRI 303-3]\n",
)
PROFILE = """
[report]
organization = "{organization}"
period_start = 2025-01-01
period_end = 2025-12-31
publication_date = 2026-03-01
[claim]
basis = "{basis}"
[[topic]]
name = "Energy"
disclosures = ["302-1"]
[[topic]]
name = "Water"
disclosures = ["303-3"]
[[omission]]
disclosure = "2-21"
reason = "confidentiality constraints"
explanation = "ABC 123."
[[omission]]
disclosure = "2-20"
requirements = ["b"]
reason = "not applicable"
explanation = "DEF 456."
[[location]]
disclosure = "2-20"
section = "Board"
[output]
languages = ["{language}"]
"""


def made(
    catalogue: Catalogue, language: str, basis: str, organization: str, *formats: str, working: bytes | None = None
) -> Outputs:
    profile = read_profile(PROFILE.format(language=language, basis=basis, organization=organization).encode())
    back = InputFile("content-index.xlsx", working) if working else None
    return build([REPORT], profile, catalogue, formats=formats, working=back)


# ── words ──


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_recognised_as_what_they_are(language: str) -> None:
    labels = load_labels(language)
    assert {id: role_of(labels.words[id]) for id in PRINTED} == PRINTED
    assert {reason: recognise_reason(labels.words[reason_label(reason)]) for reason in OmissionReason} == {
        reason: reason for reason in OmissionReason
    }
    own = [labels.words[id] for id in PRINTED if not id.endswith(("-disclosure", "-standard", "-location", "-omission"))]
    assert len(own) == len(set(own)), "two columns of the working list have the same head"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", ["12", "12-14", "3, 5, 7-9", "F-3", "xiv"])
def test_pages_are_read_as_they_are_printed(language: str, label: str) -> None:
    assert read_pages(page_text(label, load_labels(language))) == label


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("第12页、第14-15页", "12, 14-15"), ("S. 12 f.", "12-13"), ("pp. 3 et 5", "3, 5"), ("Páginas 3 a 5", "3-5"), ("12쪽", "12"), ("hlm. 7", "7"), ("see there", None)],
)  # fmt: skip
def test_pages_are_read_as_authors_write_them(text: str, wanted: str | None) -> None:
    assert read_pages(text) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", ["statement-in-accordance", "statement-with-reference"])
@pytest.mark.parametrize("organization", NAMES)
def test_statements_of_use_are_read_in_one_cell_and_behind_a_sentence(language: str, id: str, organization: str) -> None:
    import datetime

    labels = load_labels(language)
    start, end = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    claim = labels.text(id, organization=organization, start=labels.date(start), end=labels.date(end))
    for text in (claim, f"{labels.words['statement-label']}{labels.words['colon']}{claim}", f"We report each year. {claim}"):
        [found] = find_statements(text)
        assert (f"statement-{found.basis.value.replace(' ', '-')}", found.organization, found.start, found.end) == (
            id, organization, start, end,
        )  # fmt: skip


# ── the printed index ──


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", ["in accordance", "with reference"])
@pytest.mark.parametrize("form", ["docx", "xlsx", "md", "csv"])
def test_a_printed_index_is_read_again(catalogue: Catalogue, language: str, basis: str, form: str) -> None:
    organization = NAMES[LANGUAGES.index(language) % len(NAMES)]
    outputs = made(catalogue, language, basis, organization, form)
    index = extract(InputFile(f"i.{form}", outputs.files[f"content-index.{form}"]))
    printed = [row for row in outputs.index.rows if row.locations or row.omissions]
    assert [row.reference.number for row in index.rows] == [row.number for row in printed]
    assert form == "csv" or index.basis is not None  # a file of rows alone has no statement
    assert form == "csv" or (index.basis and index.basis.value, index.organization, str(index.start), str(index.end)) == (
        basis, organization, "2025-01-01", "2025-12-31",
    )  # fmt: skip
    assert [row.pages for row in index.rows if row.reference.number == "302-1"] == [("7",)]
    assert [row.topic for row in index.rows if row.reference.number == "3-3"] == ["Energy", "Water"]
    omissions = {row.reference.number: row.omissions for row in index.rows if row.omissions}
    assert {number: [each.reason for each in several] for number, several in omissions.items()} == {
        "2-20": [OmissionReason.NOT_APPLICABLE],
        "2-21": [OmissionReason.CONFIDENTIALITY_CONSTRAINTS],
    }
    assert (omissions["2-20"][0].requirements, omissions["2-21"][0].explanation) == (("b",), "ABC 123.")


# ── the working list ──

Change = Callable[[Any, dict[str, int], dict[tuple[str, str], int]], None]


def edited(workbook: bytes, labels: Labels, change: Change) -> bytes:
    """The workbook after ``change(sheet, column by name, row by (number, topic))``."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book[labels.words["sheet-working"]]
    words = {labels.words[id]: id.removeprefix("column-") for id in labels.words if id.startswith("column-")}
    columns = {name: cell.column for cell in sheet[1] if (name := words.get(cell.value))}
    columns |= {
        id.removeprefix("column-"): columns[words[labels.words[id]]] for id in PRINTED if words[labels.words[id]] in columns
    }
    rows = {
        (str(sheet.cell(at, 1).value or ""), str(sheet.cell(at, columns["topic"]).value or "")): at
        for at in range(2, sheet.max_row + 1)
    }
    change(sheet, columns, rows)
    return saved(book)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", ["in accordance", "with reference"])
def test_saving_the_working_list_without_an_edit_changes_nothing(catalogue: Catalogue, language: str, basis: str) -> None:
    first = made(catalogue, language, basis, NAMES[0], "xlsx", "json").files
    resaved = edited(first["content-index.xlsx"], load_labels(language), lambda *_: None)
    assert made(catalogue, language, basis, NAMES[0], "xlsx", "json", working=resaved).files == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_of_the_working_list_come_back_and_nothing_else_changes(catalogue: Catalogue, language: str) -> None:
    labels = load_labels(language)
    first = made(catalogue, language, "in accordance", NAMES[0], "xlsx")

    def change(sheet: Any, columns: dict[str, int], rows: dict[tuple[str, str], int]) -> None:
        def put(number: str, under: str, **values: str) -> None:
            for name, value in values.items():
                sheet.cell(rows[number, under], columns[name.replace("_", "-")]).value = value

        put("2-19", "", sections="Board", pages=page_text("12-14", labels))
        put("2-12", "", sections="Board\nAbout us", pages=f"{page_text('4', labels)}\n\u2013")
        reasons = [
            labels.words[reason_label(reason)] for reason in (OmissionReason.LEGAL_PROHIBITIONS, OmissionReason.NOT_APPLICABLE)
        ]
        put("2-18", "", requirements="a\nc", reason="\n".join(reasons), explanation="One.\nTwo.")
        put(
            "2-1",
            "",
            owner="Li Wei",
            due="2026-10-01",
            reviewer="Ana",
            agreed="2026-02-01",
            note="ask",
            workflow=labels.words["workflow-approved"],
        )
        put("303-3", "Water", topic="Energy")
        last = sheet.max_row + 1
        sheet.cell(last, columns["number"]).value, sheet.cell(last, columns["sections"]).value = "415-1", "Board"
        sheet.cell(last, columns["owner"]).value = "Bo"
        sheet.delete_rows(rows["2-2", ""])

    workbook = edited(first.files["content-index.xlsx"], labels, change)
    again = made(catalogue, language, "in accordance", NAMES[0], "xlsx", working=workbook)
    before = {(row.number, row.topic): row for row in first.index.rows}
    after = {(row.number, row.topic): row for row in again.index.rows}
    assert {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        "2-12", "2-18", "2-19", "303-3", "415-1",
    }  # fmt: skip
    assert [(each.section_title, each.page_label) for each in after["2-19", ""].locations] == [("Board", "12-14")]
    assert [each.section_title for each in after["2-12", ""].locations] == ["Board", "About us"]
    assert [(each.requirements, each.reason) for each in after["2-18", ""].omissions] == [
        (("a",), OmissionReason.LEGAL_PROHIBITIONS),
        (("c",), OmissionReason.NOT_APPLICABLE),
    ]
    assert after["303-3", "t1"].locations == before["303-3", "t2"].locations and ("303-3", "t2") not in after
    assert [remark.id for remark in again.index.remarks] == ["list-used", "list-row-deleted"]
    sheet = openpyxl.load_workbook(io.BytesIO(again.files["content-index.xlsx"]))[labels.words["sheet-working"]]
    lines = {line[0]: line for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert lines["2-1"][16:22] == (labels.words["workflow-approved"], "Li Wei", "2026-10-01", "Ana", "2026-02-01", "ask")
    assert lines["415-1"][17] == "Bo"
    once_more = made(catalogue, language, "in accordance", NAMES[0], "xlsx", working=again.files["content-index.xlsx"])
    assert once_more.index.rows == again.index.rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_kept_is_said(catalogue: Catalogue, language: str) -> None:
    labels = load_labels(language)
    first = made(catalogue, language, "with reference", NAMES[0], "xlsx")

    def change(sheet: Any, columns: dict[str, int], rows: dict[tuple[str, str], int]) -> None:
        sheet.cell(rows["2-1", ""], columns["title"]).value = "Another title"
        sheet.cell(rows["2-9", ""], columns["sections"]).value = None
        sheet.cell(rows["2-9", ""], columns["pages"]).value = None
        sheet.cell(rows["302-1", "Energy"], columns["topic"]).value = "Biodiversity"
        sheet.cell(rows["3-3", "Energy"], columns["topic"]).value = "Water"
        sheet.cell(rows["2-10", ""], columns["pages"]).value = "see there"
        last = sheet.max_row + 1
        sheet.cell(last, columns["number"]).value, sheet.cell(last, columns["note"]).value = "416-1", "later"

    outputs = made(
        catalogue, language, "with reference", NAMES[0], "xlsx", working=edited(first.files["content-index.xlsx"], labels, change)
    )
    said = [remark.id for remark in outputs.index.remarks]
    assert sorted(said) == sorted(
        ["list-used", "list-fixed", "list-place-cleared", "list-topic-unknown", "list-topic-fixed", "list-page", "list-leftover"]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(outputs.files["content-index.xlsx"]))[labels.words["sheet-working"]]
    assert [line[21] for line in sheet.iter_rows(min_row=2, values_only=True) if line[0] == "416-1"] == ["later"]


def test_a_list_without_its_memory_or_under_lines_of_text(catalogue: Catalogue) -> None:
    first = made(catalogue, "en", "in accordance", NAMES[0], "xlsx").files["content-index.xlsx"]
    labels = load_labels("en")
    bare = edited(first, labels, lambda sheet, *_: sheet.delete_cols(sheet.max_column))
    outputs = made(catalogue, "en", "in accordance", NAMES[0], working=bare)
    assert [remark.id for remark in outputs.index.remarks] == ["list-unread"] and not outputs.working_read

    def headed(sheet: Any, columns: dict[str, int], rows: dict[tuple[str, str], int]) -> None:
        sheet.cell(rows["2-6", ""], columns["sections"]).value = "Board"
        sheet.insert_rows(1, 2)
        sheet["A1"].value = "Please fill in until Friday"

    outputs = made(catalogue, "en", "in accordance", NAMES[0], working=edited(first, labels, headed))
    assert [row.locations[0].section_title for row in outputs.index.rows if row.number == "2-6"] == ["Board"]


# ── no words in the code ──

ROOT = Path(__file__).resolve().parents[1] / "gri_index"
_LETTERS = re.compile(r"[^\W\d_\x00-\x7f]")
_ALLOWED = {
    "language/dates.py": "how East Asia writes year, month and day stands in the shapes of dates",
    "language/statements.py": "ranges of scripts",
    "language/encoding.py": "punctuation that all languages of a script use",
    "tables/dates.py": "number formats of East Asian spreadsheets",
    "tables/grid.py": "number formats of East Asian spreadsheets",
    "extraction/places.py": "how East Asia writes year, month and day",
    "cli/catalogue.py": "an example in the help text",
}


def test_no_word_of_another_language_stands_in_the_code() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if any(_LETTERS.search(line) for line in path.read_text(encoding="utf-8").splitlines())
    }
    assert found <= _ALLOWED.keys()


def test_no_list_of_words_stands_in_the_code() -> None:
    words = re.compile(r"[a-z]{3,}(?:\|[a-z ]{3,}){2,}")
    domains = {"extraction/places.py", "extraction/resolve.py"}  # com|org|net
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if words.search(text) and "\n" not in text:
                found.add(str(path.relative_to(ROOT)))
    assert found <= domains


def test_languages_have_the_same_places_in_their_messages() -> None:
    for id, text in load_labels("en").words.items():
        for language, other in wordings(id).items():
            assert set(re.findall(r"\{\w+\}", other)) == set(re.findall(r"\{\w+\}", text)), (language, id)
