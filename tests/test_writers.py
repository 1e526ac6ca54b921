import csv
import io
import json
import re
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest

from gri_index.catalogue import load_catalogue
from gri_index.extraction.extract import extract
from gri_index.extraction.report import read_report
from gri_index.language.labels import load_labels
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, Outputs, build
from gri_index.profile import read_profile
from gri_index.writers.layout import LineKind, lay_out
from gri_index.writers.word_columns import fitted, text_width
from tests.conftest import EXAMPLES, written
from tests.wordfiles import docx as word_file
from tests.wordfiles import heading, paragraph

Read = Callable[[str], Profile]


@pytest.fixture(scope="module", params=["en", "zh-Hans"])
def outputs(request: pytest.FixtureRequest) -> Outputs:
    name = f"report.{request.param}.docx"
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    return build([InputFile(name, (EXAMPLES / name).read_bytes())], stated, load_catalogue())


def table_of(outputs: Outputs) -> list[list[str]]:
    document = docx.Document(io.BytesIO(outputs.files["content-index.docx"]))
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


def sheet_of(outputs: Outputs, number: int = 0) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(outputs.files["content-index.xlsx"]))
    return [
        [str(value) if value is not None else "" for value in row] for row in book.worksheets[number].iter_rows(values_only=True)
    ]


def test_word_and_excel_read_back_give_the_same_rows(outputs: Outputs) -> None:
    in_word = [[text.replace("\u200b", "") for text in row] for row in table_of(outputs) if re.match(r"\d+-\d+ ", row[0])]
    in_excel = [row for row in sheet_of(outputs) if re.fullmatch(r"GRI \d+", row[0])]
    assert in_word == [row[1:6] for row in in_excel]  # the Standard stands above its rows; no Sector Standard applies
    assert len(in_excel) == len([row for row in outputs.index.rows if row.locations or row.omissions])
    numbers = [re.match(r"[\d-]+\d", row[1]) for row in in_excel]
    assert [match.group() for match in numbers if match] == [row.number for row in outputs.index.rows]


def test_the_word_table_has_gri_s_columns_and_repeats_its_head(outputs: Outputs) -> None:
    labels = load_labels(outputs.language)
    document = docx.Document(io.BytesIO(outputs.files["content-index.docx"]))
    table = document.tables[1]
    names = ["disclosure", "location", "requirements", "reason", "explanation"]
    assert [cell.text for cell in table.rows[1].cells] == [labels.words[f"column-{name}"] for name in names]
    assert table.rows[0].cells[2].text == labels.words["column-omission"]
    standards = [row.cells[0].text for row in table.rows if "2021" in row.cells[0].text]
    assert standards[0] == "GRI 2: General Disclosures 2021" or labels.language != "en"
    heads = [row for row in table.rows if row._tr.trPr is not None and row._tr.trPr.findall(".//{*}tblHeader")]
    assert len(heads) == 2
    assert document.sections[0].orientation == 1
    assert document.paragraphs[0].style.name == "Heading 1"


def test_grey_cells_stand_where_no_omission_is_permitted(outputs: Outputs) -> None:
    document = docx.Document(io.BytesIO(outputs.files["content-index.docx"]))
    grey = set()
    for row in document.tables[1].rows:
        shades = [cell._tc.findall(".//{*}shd") for cell in row.cells]
        if len(shades) == 5 and shades[2] and "E2E2E2" in str(shades[2][0].attrib.values()):
            grey.add(re.match(r"[\d-]+\d", row.cells[0].text).group())  # type: ignore[union-attr]
    assert grey == {"2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2"}


def test_numbers_keep_plain_hyphens_and_are_text_in_excel(outputs: Outputs) -> None:
    book = openpyxl.load_workbook(io.BytesIO(outputs.files["content-index.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type in ("f", "d")]
    numbers = [cell for cell in cells if re.fullmatch(r"\d+-\d+", str(cell.value))]
    assert len(numbers) > 100 and all(cell.data_type == "s" and cell.number_format == "@" for cell in numbers)
    assert not re.search("[\u2010\u2011]", str(table_of(outputs)))


def test_the_statement_of_use_is_complete(outputs: Outputs) -> None:
    wanted = {
        "en": "Halden Heat Works AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.",
        "zh-Hans": "海登热能科技在2025年1月1日至2025年12月31日期间符合GRI标准编制此报告。",
    }
    document = docx.Document(io.BytesIO(outputs.files["content-index.docx"]))
    assert document.tables[0].rows[0].cells[1].text == wanted[outputs.language]


def test_the_matrix_shows_what_was_tagged_as_a_whole_in_another_way(outputs: Outputs) -> None:
    labels = load_labels(outputs.language)
    rows = {row[0]: row for row in sheet_of(outputs, 3)}
    assert rows["2-7"][5] == "10/10" and "a, b" in rows["2-7"]
    assert rows["2-8"][5] == labels.words["matrix-tagged"] and "●" in rows["2-8"]
    assert "%" not in str(rows)


def test_json_follows_the_contract(outputs: Outputs) -> None:
    data = json.loads(outputs.files["index.json"])
    assert next(iter(data)) == "schema" and data["schema"] == "gri-index/index/1"
    assert set(data) >= {"report", "claim", "topics", "rows", "matrix", "summary", "findings"}
    row = next(row for row in data["rows"] if row["disclosure"] == "2-20")
    assert set(row) >= {
        "disclosure", "standard", "edition", "title", "topic", "required", "status", "itemised", "locations", "requirements", "omissions", "sector_refs",
    }  # fmt: skip
    assert (row["standard"], row["edition"], row["status"]) == ("GRI 2", "2021", "reported with omissions")
    assert row["requirements"]["omitted"] == ["b"]
    assert set(row["locations"][0]) >= {"kind", "document", "section", "section_title", "page", "page_label", "url", "text"}
    assert set(data["matrix"]["cells"][0]) == {"disclosure", "topic", "section", "requirements"}


def test_nothing_private_reaches_the_outputs(outputs: Outputs) -> None:
    for name, content in outputs.files.items():
        parts = [content]
        if not name.endswith(".json"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                parts = [package.read(part) for part in package.namelist()]
        assert not [part for part in parts if b"Editor" in part or b"/home" in part or b"python-docx" in part]


# ── layout ──


def lines(markdown: Callable[[str], object], text: str, profile: Profile, language: str = "en") -> list[list[str]]:
    from gri_index.matching import match

    catalogue = load_catalogue()
    report = read_report("r.md", text.encode())
    layout = lay_out(match(report, catalogue, profile), profile, catalogue, load_labels(language))
    return [[line.kind.value, *(cell.text for cell in line.cells)] for line in layout.lines]


def test_with_reference_has_three_columns_and_no_bands(markdown: Callable[[str], object], profile: Read) -> None:
    assert lines(markdown, "<!-- page: 4 -->\n\n# Energy\n\n[GRI 302-1-a, -b]\n\n[GRI 2-7]", profile("")) == [
        ["standard", "GRI 2: General Disclosures 2021"],
        ["row", "GRI 2", "2-7 Employees", "Energy (p.\u00a04)"],
        ["standard", "GRI 302: Energy 2016"],
        ["row", "GRI 302", "302-1-a, -b Energy consumption within the organization", "Energy (p.\u00a04)"],
    ]


def test_chinese_punctuation_throughout(markdown: Callable[[str], object], profile: Read) -> None:
    text = "<!-- page: 4 -->\n\n# 能源\n\n（GRI 302-1-a、b）\n\n<!-- page: 5 -->\n\n（GRI 302-1-e）"
    assert lines(markdown, text, profile(""), "zh-Hans") == [
        ["standard", "GRI 302：能源2016"],
        ["row", "GRI 302", "302-1-a、-b、-e 组织内部的能源消耗量", "能源（第4–5页）"],
    ]


def test_what_is_missing_or_planned_is_not_printed(markdown: Callable[[str], object], profile: Read) -> None:
    stated = profile('[claim]\nbasis = "in accordance"\n')
    assert [line[2] for line in lines(markdown, "# A\n\n[GRI 2-1]", stated) if line[0] == LineKind.ROW] == [
        "2-1 Organizational details"
    ]


def test_sector_references_and_topics_not_material(markdown: Callable[[str], object], profile: Read) -> None:
    stated = profile(
        '[claim]\nbasis = "in accordance"\nsector_standards = ["GRI 11"]\n[[topic]]\nname = "Climate"\nsector_topics = ["11.1", "11.2"]\n'
        '[[topic_not_material]]\nsector_topic = "11.22"\nexplanation = "No political activity."\n'
    )
    report = build([InputFile("r.md", b"# Climate\n\n[GRI 3-3, GRI 201-2, GRI S11.2.4]\n")], stated, load_catalogue())
    rows = table_of(report)
    assert [row[5] for row in rows if row[0].startswith("3-3")] == ["11.1.1\n11.2.1"]
    assert [row[5] for row in rows if row[0].startswith("Additional sector disclosure: ")] == ["11.2.4"]
    document = docx.Document(io.BytesIO(report.files["content-index.docx"]))
    assert [[cell.text for cell in row.cells] for row in document.tables[2].rows][1:] == [
        ["GRI 11: Oil and Gas Sector 2021", "GRI 11: Oil and Gas Sector 2021"], ["11.22 Public policy", "No political activity."],
    ]  # fmt: skip


def test_hostile_words_stay_words(profile: Read) -> None:
    title = '=HYPERLINK("http://x")<b>&amp;\x07‮'
    content = word_file(
        heading(title.replace("\x07", "").replace("<", "&lt;").replace("&amp;", "&amp;amp;")) + paragraph("[GRI 2-1]")
    )
    stated = profile('[report]\norganization = "=cmd|\'/c calc\'!A1"\n[[answer]]\ndisclosure = "206-1"\ntext = "+1"\n')
    result = build([InputFile("r.docx", content)], stated, load_catalogue())
    book = openpyxl.load_workbook(io.BytesIO(result.files["content-index.xlsx"]))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert docx.Document(io.BytesIO(result.files["content-index.docx"])).tables


def test_publish_leaves_the_printable_sheet_alone() -> None:
    result = build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], Profile(), load_catalogue(), publish=True)
    assert len(openpyxl.load_workbook(io.BytesIO(result.files["content-index.xlsx"])).sheetnames) == 1


def test_upright_pages_have_omissions_in_a_line_of_their_own() -> None:
    stated = b"""[claim]
basis = "in accordance"
[output]
layout = "portrait"
[[omission]]
disclosure = "2-7"
requirements = ["b"]
reason = "information unavailable"
explanation = "We count by contract from 2027 on."
[[omission]]
disclosure = "2-21"
reason = "confidentiality constraints"
explanation = "One person holds the post."
"""
    document = written(None, stated)
    assert document.sections[0].page_width < document.sections[0].page_height
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    below = {rows[at - 1][0][:4]: row[0] for at, row in enumerate(rows) if row[0].startswith("Omission")}
    assert below["2-7 "].startswith("Omission (b): Information unavailable") and below["2-21"].startswith(
        "Omission: Confidentiality"
    )
    out = io.BytesIO()
    document.save(out)
    read = {row.reference.number: row for row in extract(InputFile("i.docx", out.getvalue())).rows}
    assert read["2-7"].omissions[0].requirements == ("b",) and not read["2-7"].omitted and read["2-21"].omitted
    sheet = build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], read_profile(stated), load_catalogue(), formats=("csv",))
    assert b"Explanation" in sheet.files["content-index.csv"].splitlines()[0]  # no paper: all seven columns


def test_the_profile_gives_titles_of_sections_in_the_language_of_the_index() -> None:
    stated = read_profile(
        '[output]\nlanguages = ["zh-Hans", "en"]\n[[section]]\ntitle = { en = "Energy use", "zh-Hans" = "能源使用" }\n'.encode()
    )
    source = InputFile("r.md", b"# Energy use\n\n[GRI 302-1]\n\n# People\n\n[GRI 2-7]\n")
    files = build([source], stated, load_catalogue(), formats=("md",)).files
    assert (
        "能源使用" in files["content-index.zh-Hans.md"].decode()
        and "Energy use" not in files["content-index.zh-Hans.md"].decode()
    )
    assert "Energy use" in files["content-index.en.md"].decode() and "People" in files["content-index.zh-Hans.md"].decode()


def test_several_languages_give_several_files() -> None:
    stated = read_profile(b'[output]\nlanguages = ["zh-Hans", "en"]\n')
    result = build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], stated, load_catalogue())
    assert list(result.files) == [
        "content-index.zh-Hans.docx", "content-index.en.docx", "content-index.zh-Hans.xlsx", "content-index.en.xlsx", "index.json",
    ]  # fmt: skip


def test_csv_is_safe_to_open_in_a_spreadsheet(profile: Read) -> None:
    stated = profile('[[answer]]\ndisclosure = "206-1"\ntext = "=1+1"\n[[answer]]\ndisclosure = "205-1"\ntext = "-"\n')
    content = build([InputFile("r.md", b'# A, "B"\n\n[GRI 2-10]\n')], stated, load_catalogue(), formats=("csv",)).files[
        "content-index.csv"
    ]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["Topic", "GRI Standard", "Disclosure", "Location"]
    assert [row[3] for row in rows[1:]] == ['A, "B"', "'-", "'=1+1"]


def test_markdown_escapes_what_the_report_says(profile: Read) -> None:
    stated = profile(
        '[[document]]\nid = "AR"\ntitle = "Annual | report"\nurl = "https://example.com/ar"\n'
        '[[location]]\ndisclosure = "2-10"\ndocument = "AR"\n[[answer]]\ndisclosure = "206-1"\ntext = "<script>"\n'
    )
    text = (
        build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], stated, load_catalogue(), formats=("md",))
        .files["content-index.md"]
        .decode()
    )
    assert (
        "| GRI 2 | 2-10 Nomination and selection of the highest governance body | [Annual \\| report](https://example.com/ar) |"
        in text
    )
    assert "\\<script\\>" in text and "<script>" not in text


def test_three_columns_print_omissions_with_the_places_and_pages_keep_their_labels(
    markdown: Callable[[str], object], profile: Read
) -> None:
    stated = profile(
        '[[omission]]\ndisclosure = "305-1"\nreason = "not applicable"\nexplanation = "x"\n[[document]]\nid = "AR"\ntitle = "Annual report"\n'
        '[[location]]\ndisclosure = "2-15"\ndocument = "AR"\npages = "F-3"\n'
    )
    assert [line[-1] for line in lines(markdown, "# A\n", stated) if line[0] == "row"] == [
        "Annual report (p.\u00a0F-3)",
        "Omission: Not applicable \u2013 x",
    ]


def test_more_sections_than_a_sheet_has_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gri_index.writers.excel_matrix._MAX_SECTIONS", 40)  # the real bound is that of the format
    text = "".join(f"# Section {number}\n\n[GRI 2-1]\n\n" for number in range(60))
    result = build([InputFile("r.md", text.encode())], Profile(), load_catalogue(), formats=("xlsx",))
    book = openpyxl.load_workbook(io.BytesIO(result.files["content-index.xlsx"]), read_only=True)
    assert 40 < book.worksheets[3].max_column < 60


def test_a_published_set_holds_nothing_of_the_author_s(catalogue: Catalogue) -> None:
    document = docx.Document()
    paragraph = document.add_heading("Energy [GRI 302-1]", level=1)
    document.add_comment(paragraph.runs, text="GRI 302-3 secret-comment", author="Ada Private", initials="AP")
    document.add_paragraph("We used less energy.")
    out = io.BytesIO()
    document.save(out)
    profile = read_profile(
        b"""
[report]
organization = "Halden AB"
[claim]
basis = "in accordance"
[[omission]]
disclosure = "2-1"
reason = "not applicable"
explanation = "secret-omission"
[[acknowledged]]
rule = "CI202"
reason = "secret-reason"
by = "Bo Private"
""",
        "secret-profile.toml",
    )
    formats = ("docx", "xlsx", "json", "csv", "md")
    files = build([InputFile("secret-draft.docx", out.getvalue())], profile, catalogue, formats=formats, publish=True).files
    assert len(files) == len(formats)
    for name, content in files.items():
        parts = zipfile.ZipFile(io.BytesIO(content)) if name.endswith("x") else None
        text = b"".join(parts.read(part) for part in parts.namelist()) if parts else content
        assert b"302-1" in text and b"secret" not in text and b"Private" not in text, name


def test_no_word_breaks_and_heads_have_two_lines_at_most(outputs: Outputs) -> None:
    layout = lay_out(outputs.index, Profile(), load_catalogue(), load_labels(outputs.language))
    columns = fitted(layout, 15_138)
    assert sum(columns.widths) == 15_138
    for column, width in zip(columns.shown, columns.widths, strict=True):
        room = width - 215  # without the margins of the cell
        texts = [line.cells[column].text for line in layout.lines if line.kind is LineKind.ROW]
        words = [word for text in texts for word in re.split(r"\s|(?<=[/-])", text) if not re.search("[\u2e80-\uffff]", word)]
        assert max(map(text_width, words), default=0) <= room
        assert text_width(layout.columns[column]) <= 2 * room


def test_an_index_in_which_required_disclosures_are_missing_says_so_until_it_is_published(catalogue: Catalogue) -> None:
    stated = read_profile(b'[claim]\nbasis = "in accordance"\n')
    report = InputFile("r.md", b"# A\n\n[GRI 2-1, GRI 2-2, GRI 2-3]\n")
    for publish in (False, True):
        files = build([report], stated, catalogue, formats=("docx", "xlsx", "md"), publish=publish).files
        words = "Draft: 29 disclosures that the claim asks for are open."
        document = docx.Document(io.BytesIO(files["content-index.docx"]))
        sheet = openpyxl.load_workbook(io.BytesIO(files["content-index.xlsx"])).worksheets[0]
        said = [
            any(paragraph.text == words for paragraph in document.paragraphs),
            sheet["A2"].value == words,
            words in files["content-index.md"].decode(),
        ]
        assert said == [not publish] * 3


def test_titles_that_no_translation_confirms_have_a_mark_only_where_it_is_wanted(catalogue: Catalogue) -> None:
    report = InputFile("r.md", b"# A\n\n[GRI 302-4]\n")
    for key, marked in (("", False), ("mark_unverified = true\n", True)):
        stated = read_profile(f'[output]\nlanguages = ["de"]\n{key}'.encode())
        outputs = build([report], stated, catalogue, formats=("md",))
        assert ("\\*" in outputs.files["content-index.md"].decode()) is marked
        assert [finding.code for finding in outputs.findings if finding.code == "CI104"] == ["CI104"]


def test_three_columns_keep_the_reference_numbers_of_a_sector_standard(catalogue: Catalogue) -> None:
    stated = read_profile(
        b'[claim]\nbasis = "in accordance"\nsector_standards = ["GRI 11"]\n[[topic]]\nname = "Climate"\nsector_topics = ["11.1"]\n'
        b'[output]\nlayout = "short"\n'
    )
    outputs = build([InputFile("r.md", b"# Climate\n\n[GRI 3-3]\n")], stated, catalogue, formats=("md",))
    assert "no.: 11.1.1" in outputs.files["content-index.md"].decode()
