"""Kinds of printed indexes, each on an invented one: what is read is literal here."""

import re
from collections.abc import Callable

import pytest

from gri_index.errors import InputError
from gri_index.extraction.boxes import PageBoxes
from gri_index.extraction.extract import extract
from gri_index.extraction.layouts import index_lines, lines_of_pages, without_running
from gri_index.extraction.paragraphs import paragraphs
from gri_index.language.statements import find_statements
from gri_index.model.printed import PrintedRow
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.pipeline import build
from gri_index.profile import read_profile
from gri_index.readers import InputFile
from tests.test_printed import page
from tests.wordfiles import docx, heading, paragraph

Run = Callable[..., tuple[int, str, str]]
TITLES = {
    "2-1": "Organizational details", "2-2": "Entities included in the organization's sustainability reporting",
    "2-3": "Reporting period, frequency and contact point", "2-4": "Restatements of information", "2-5": "External assurance",
    "2-6": "Activities, value chain and other business relationships", "2-7": "Employees", "2-8": "Workers who are not employees",
    "205-1": "Operations assessed for risks related to corruption", "302-1": "Energy consumption within the organization",
    "305-1": "Direct (Scope 1) GHG emissions", "403-9": "Work-related injuries",
}  # fmt: skip
PAGES = dict(zip(TITLES, range(11, 60, 4), strict=False))


def read(text: str, name: str = "i.md") -> tuple[PrintedRow, ...]:
    return extract(InputFile(name, text.encode())).rows


def told(rows: tuple[PrintedRow, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(row.reference.name or row.reference.raw, row.title, row.location, row.pages) for row in rows]


def table(head: str, rows: list[str], title: str = "GRI content index") -> str:
    width = head.count("|") - 1
    return f"# {title}\n\n{head}\n{'|---' * width}|\n" + "\n".join(rows) + "\n"


PLAIN = [(number, title, f"p. {PAGES[number]}", (str(PAGES[number]),)) for number, title in TITLES.items()]


def test_the_number_stands_behind_the_title() -> None:
    rows = [f"| {title} | {number} | p. {PAGES[number]} |" for number, title in TITLES.items()]
    assert [(each[0], *each[2:]) for each in told(read(table("| Disclosure | Code | Where to find it |", rows)))] == [
        (each[0], *each[2:]) for each in PLAIN
    ]


def test_one_cell_in_each_line() -> None:
    text = "# GRI content index\n\n" + "\n\n".join(
        f"{number}\n\n{title}\n\np. {PAGES[number]}" for number, title in TITLES.items()
    )
    assert told(read(text)) == PLAIN


def test_an_html_table_with_merged_cells_inside_markdown() -> None:
    cells = "".join(
        f"<tr>{'<td rowspan=4>GRI 2: General Disclosures 2021</td>' if at == 0 else ''}{'<td></td>' if at > 3 else ''}"
        f"<td>{number} {title}</td><td>p. {PAGES[number]}</td></tr>"
        for at, (number, title) in enumerate(TITLES.items())
    )
    text = f"# GRI content index\n\n<table><tr><td>Standard</td><td>Disclosure</td><td>Location</td></tr>{cells}</table>\n"
    assert told(read(text)) == PLAIN


def test_two_tables_side_by_side_under_one_head() -> None:
    numbers = list(TITLES)
    rows = []
    for left, right in zip(numbers[:6], numbers[6:], strict=True):
        rows.append("| " + " | ".join(f"{each} | {TITLES[each]} | p. {PAGES[each]}" for each in (left, right)) + " |")
    head = "| Number | Title | Location | Number | Title | Location |"
    assert told(read(table(head, rows))) == PLAIN


@pytest.mark.parametrize(
    "head", ["| Disclosure | Location or reason for omission | SDG |", "| Disclosure | Location | Global Compact |"]
)
def test_numbers_of_another_framework_are_no_pages_and_a_column_may_have_two_roles(head: str) -> None:
    rows = [
        f"| {number} {title} | p. {PAGES[number]} | {at % 17 + 1}, {at % 16 + 2} |"
        for at, (number, title) in enumerate(TITLES.items())
    ]
    assert told(read(table(head, rows))) == PLAIN


def test_a_reason_in_the_column_of_places_is_an_omission() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items() if number != "205-1"]
    rows.insert(8, "| 205-1 Operations assessed for risks related to corruption | Confidentiality constraints |")
    found = {row.reference.number: row for row in read(table("| Disclosure | Reference or reason for omission |", rows))}
    assert found["205-1"].omitted and str(found["205-1"].omissions[0].reason) == "confidentiality constraints"
    assert [row.pages for number, row in found.items() if number != "205-1"] == [(str(PAGES[n]),) for n in TITLES if n != "205-1"]


def test_a_status_column_is_known_by_what_it_says() -> None:
    rows = [
        f"| {number} {title} | Annual report, page {PAGES[number]} | Included |"
        for number, title in TITLES.items()
        if number != "2-8"
    ]
    rows.insert(
        7,
        "| 2-8 Workers who are not employees | We are building a register of them and will report next year. | Information unavailable |",
    )
    found = {row.reference.number: row for row in read(table("| Disclosure | Response | Coverage |", rows))}
    assert found["2-8"].omitted and found["2-8"].omissions[0].explanation.startswith("We are building")
    assert found["2-7"].location == f"Annual report, page {PAGES['2-7']}" and not found["2-7"].omitted


def test_own_indicators_are_rows_and_lists_of_numbers_are_none() -> None:
    rows = [f"| {number} | {title} | p. {PAGES[number]} |" for number, title in TITLES.items()]
    rows.insert(10, "| HB 1 | Share of sites with a water plan | p. 77 |")
    rows.append("| 302-1, 305-1, 403-9 |  |  |")
    found = told(read(table("| Number | Title | Location |", rows)))
    assert found == [*PLAIN[:10], ("HB 1", "Share of sites with a water plan", "p. 77", ("77",)), *PLAIN[10:]]


def test_a_row_over_two_lines_keeps_its_title_and_its_places() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items() if number != "305-1"]
    rows.insert(10, "| 305-1 Direct (Scope 1) | Climate report, p. 51 |\n| GHG emissions | Energy, p. 52 |")
    found = {row.reference.number: row for row in read(table("| Disclosure | Location |", rows))}
    assert (found["305-1"].title, found["305-1"].pages) == ("Direct (Scope 1) GHG emissions", ("51", "52"))


def test_a_standard_s_name_over_two_lines_is_no_topic() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items()]
    rows.insert(8, "| GRI 205: Preventing corruption | |\n| and bribery 2016 | |\n| 3-3 Management of material topics | p. 9 |")
    [row] = [row for row in read(table("| Disclosure | Location |", rows)) if row.reference.number == "3-3"]
    assert row.topic == ""


def test_layouts_one_below_the_other_and_the_running_foot() -> None:
    lines = [(60.0 + 20 * n, [(40.0, f"2-{n}"), (90.0, "A title of some words"), (400.0, f"{n}, 1{n}")]) for n in range(1, 6)]
    lines += [
        (240.0 + 20 * n, [(40.0, "Standard"), (140.0, f"40{n}-1"), (200.0, "Another title"), (400.0, f"3{n}")])
        for n in range(1, 6)
    ]
    lines += [(700.0, [(40.0, "Halden annual report"), (400.0, "64")])]
    boxes: PageBoxes = without_running(page(*lines), ["Halden annual report 64"])
    cells = [line.cells for line in index_lines(boxes, "64", 1)]
    assert cells == [
        *((f"2-{n}", "A title of some words", f"{n}, 1{n}") for n in range(1, 6)),
        *(("Standard", f"40{n}-1", "Another title", f"3{n}") for n in range(1, 6)),
    ]


# ── a new index from an old one ──


def test_a_new_index_has_every_row_of_the_old_one_as_it_was_printed(catalogue: Catalogue) -> None:
    rows = [f"| {number} {title} | AR Page {PAGES[number]}, SR Page 6 |" for number, title in TITLES.items()]
    rows += ["| 302-99 Something of old | p. 70 |", "| HB 1 Share of sites | p. 77 |", "| 405-1 Diversity | |"]
    file = InputFile("i.md", table("| Disclosure | Location |", rows).encode())
    outputs = build([file], Profile(stated=False), catalogue, printed=file, formats=("docx", "json"))
    again = extract(InputFile("n.docx", outputs.files["content-index.docx"])).rows
    assert [row.reference.number or row.reference.raw for row in again] == [*TITLES, "302-99", "HB 1"]
    assert {row.location for row in again if row.reference.number in TITLES} == {f"AR Page {PAGES[n]}, SR Page 6" for n in TITLES}
    said = {remark.id: dict(remark.args) for remark in outputs.index.remarks if remark.id.startswith("index")}
    assert said["index-rows-left"]["rows"] == "405-1" and said["index-rows-unknown"]["rows"] == "302-99"
    assert b"none applies" not in outputs.files["content-index.docx"]


def test_extraction_of_many_rows_is_linear() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items()] * 400
    assert len(read(table("| Disclosure | Location |", rows))) == len(rows)


def test_what_is_not_plausible_is_said_with_page_and_row() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items() if number not in ("2-4", "302-1")]
    rows += [f"| 40{n}-1 Another one | p. {60 + n} |" for n in (1, 2, 4)] + [
        "| 302-1 Energy consumption within the organization | |"
    ]
    problems = extract(InputFile("i.md", table("| Disclosure | Location |", rows).encode())).problems
    assert [(each.code, dict(each.args)) for each in problems] == [
        ("index-no-place", {"disclosure": "302-1"}),
        ("index-gap", {"numbers": "2-4", "above": "2-3", "below": "2-5"}),
    ]


def test_a_document_full_of_numbers_without_an_index_is_never_silent(run: Run, tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    text = "\n\n".join(
        f"# Part {n}\n\nWe say something about GRI {number} in words, and go on for a while.\n"
        for n, number in enumerate([*TITLES, "401-1", "402-1", "404-1", "405-1"])
    )
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    code, _, said = run("extract", tmp_path / "r.md")
    assert code == 0 and "names 16 disclosures" in said


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("2-2, 2-3, 2-4", ["2-2", "2-3", "2-4"]),
        ("401-1/401-2", ["401-1", "401-2"]),
        ("305-1 to 305-3", ["305-1", "305-2", "305-3"]),
        ("GRI 303-3, GRI 303-4 and GRI 303-5", ["303-3", "303-4", "303-5"]),
    ],
)
def test_several_numbers_in_one_cell_are_rows_with_the_same_place(cell: str, numbers: list[str]) -> None:
    rows = [f"| {number} | {title} | p. {PAGES[number]} |" for number, title in TITLES.items() if number not in numbers]
    found = read(table("| Number | Title | Location |", [*rows, f"| {cell} | Title of all | p. 70 |"]))
    assert [(row.reference.number, row.pages) for row in found][len(rows) :] == [(number, ("70",)) for number in numbers]


def test_sections_and_their_pages_in_two_columns_and_numbers_behind_titles_in_one_cell() -> None:
    rows = [f"| {title} ({number}) | Chapter {at} | {PAGES[number]} |" for at, (number, title) in enumerate(TITLES.items())]
    found = read(table("| Disclosure | Section | Page |", rows))
    assert [(row.reference.number, row.title, row.pages) for row in found] == [
        (n, t, (str(PAGES[n]),)) for n, t in TITLES.items()
    ]
    assert found[3].location.startswith("Chapter 3")


def test_a_remark_says_what_is_omitted_where_no_place_stands() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} | |" for number, title in TITLES.items() if number != "305-1"]
    rows.append("| 305-1 Direct (Scope 1) GHG emissions | | Omitted: information unavailable, planned for 2027 |")
    [row] = [row for row in read(table("| Disclosure | Location | Remarks |", rows)) if row.reference.number == "305-1"]
    assert row.omitted and row.omissions[0].reason == "information unavailable/incomplete"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("i.csv", b"", "i.csv: the file is empty (0 bytes)"),
        ("i.xlsx", b"", "i.xlsx: the file is empty (0 bytes)"),
        ("i.csv", b"\x00\x00\x00abc", "i.csv: not a text file"),
        ("i.csv", b'a,"' + b"x" * 200_000 + b'"\n', "i.csv: not a CSV file"),
        ("i.csv", b"2-1,p. 3\n" * 100_001, "i.csv: 100001 rows, more than an index has"),
    ],
)
def test_a_file_that_holds_no_index_gets_one_clear_line(name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        extract(InputFile(name, content))


def test_a_title_that_begins_in_one_cell_and_goes_on_in_the_next() -> None:
    text = (
        "# GRI content index\n\n| GRI | Title | Location |\n|---|---|---|\n| 2-1 | Organizational details | p. 2 |\n| 2-7 | Employees | p. 3 |\n"
        "| 303-3 | (2018) | Water withdrawal. See the tables on page 7. |\n| 305-1 | Direct (Scope | 1) GHG emissions p. 8 |\n"
        "| 401-1 | New employee hires and employee turnover | p. 9 |\n"
    )
    rows = {row.reference.name: row for row in extract(InputFile("r.md", text.encode())).rows}
    water, direct = rows["303-3"], rows["305-1"]
    assert (water.title, water.location, water.reference.edition) == ("Water withdrawal", "See the tables on page 7.", "2018")
    assert (direct.title, direct.location) == ("Direct (Scope 1) GHG emissions", "p. 8")


def test_rows_stacked_in_one_line_share_their_standard_and_what_has_lines_of_its_own() -> None:
    text = (
        "# GRI content index\n\n| Standard | Disclosure | Pages | Omission |\n|---|---|---|---|\n"
        "| GRI 203: Indirect Economic Impacts<br>2016 | 203-1 Infrastructure investments and services supported<br>203-2 Significant indirect economic impacts | 26<br>79 | |\n"
        "| GRI 413: Local Communities 2016 | 413-1 Operations with local community engagement<br>413-2 Operations with significant impacts on local communities | 134<br>135 | Information unavailable:<br>we will report<br>this in full<br>in two years. |\n"
        "| GRI 415: Public Policy 2016 | 415-1 Political contributions | | The company made no political contributions of any kind. |\n"
        "| GRI 418: Customer Privacy 2016 | 418-1 Substantiated complaints | 90 | |\n"
    )
    rows = {row.reference.name: row for row in extract(InputFile("r.md", text.encode())).rows}
    assert rows["203-1"].standard_title == rows["203-2"].standard_title == "GRI 203: Indirect Economic Impacts 2016"
    assert [rows[number].pages for number in ("203-1", "203-2", "413-1", "413-2")] == [("26",), ("79",), ("134",), ("135",)]
    assert all("two years" in rows[number].omissions[0].explanation for number in ("413-1", "413-2"))
    assert rows["415-1"].location.startswith("The company made no")


def test_topics_end_where_the_other_disclosures_begin() -> None:
    text = (
        "# GRI content index\n\n| GRI | Disclosure | Location |\n|---|---|---|\n| **Responsible supply chain** | | |\n"
        "| GRI 3 | 3-3 Management of material topics | p. 2 |\n| GRI 308 | 308-1 New suppliers that were screened | p. 3 |\n"
        "| **Other disclosures reported** | | |\n| GRI 205 | 205-2 Communication and training | p. 4 |\n| GRI 206 | 206-1 Legal actions | p. 5 |\n"
    )
    rows = extract(InputFile("r.md", text.encode())).rows
    assert [(row.reference.name, row.topic) for row in rows] == [
        ("3-3", "Responsible supply chain"),
        ("308-1", "Responsible supply chain"),
        ("205-2", ""),
        ("206-1", ""),
    ]


# ── what stands around and behind the words ──

LINK = "https://halden.example/policies/charter.pdf"


def test_a_standard_s_name_that_runs_down_beside_several_rows_stands_beside_each_of_them() -> None:
    lines = [(60.0, [(40.0, "Standard"), (140.0, "Disclosure"), (400.0, "Location")])]
    stacked = {100.0: "GRI 403:", 115.0: "Safety at", 130.0: "Work 2018", 160.0: "GRI 404:", 175.0: "Learning 2016"}
    numbers = {90.0: "403-1", 107.0: "403-2", 124.0: "403-3", 141.0: "403-4", 160.0: "404-1", 177.0: "404-2"}
    for height in sorted({*stacked, *numbers}):
        words = [(40.0, stacked[height])] if height in stacked else []
        if height in numbers:
            words += [(140.0, numbers[height]), (190.0, "A title of words"), (400.0, "p. 12")]
        lines.append((height, words))
    cells = [line.cells for line in index_lines(page(*lines), "7", 1)][1:]
    assert [(row[0], row[1]) for row in cells] == [
        *(("GRI 403: Safety at Work 2018", f"403-{n}") for n in range(1, 5)),
        *(("GRI 404: Learning 2016", f"404-{n}") for n in range(1, 3)),
    ]


def test_numbers_mentioned_in_answers_open_no_row() -> None:
    first = [(60.0 + 20 * n, [(40.0, f"2-{n}"), (90.0, "A title"), (300.0, f"p. {n}")]) for n in range(1, 9)]
    second = [(60.0, [(40.0, "413-1"), (90.0, "A title"), (300.0, "We ask our neighbours.")])]
    second += [(80.0 + 20 * n, [(300.0, f"2-{n}"), (340.0, "says more of this.")]) for n in range(1, 3)]
    found = lines_of_pages([(page(*first), "1", 1), (page(*second), "2", 2)])
    rows = [line.cells for line in found if line.page == "2"]
    assert [row[0] for row in rows if row[0]] == ["413-1"]


def test_text_set_beside_text_is_read_column_by_column() -> None:
    lines = [
        (40.0, [(40.0, "Statement of use: Halden has reported in"), (320.0, "Sector Standards that apply:")]),
        (52.0, [(40.0, "accordance with the GRI Standards for the"), (320.0, "none of them does. Other frameworks")]),
        (64.0, [(40.0, "period 1 January 2025 to 31 December 2025."), (320.0, "that we use: our own.")]),
    ]
    [left, right] = list(paragraphs(page(*lines)))
    [statement] = find_statements(left)
    assert statement.organization == "Halden" and statement.complete
    assert right == "Sector Standards that apply: none of them does. Other frameworks that we use: our own."


def test_addresses_behind_words_are_read_in_every_format() -> None:
    rows = [f"| {number} | {title} | p. {PAGES[number]} |" for number, title in TITLES.items() if number != "2-8"]
    marked = table(
        "| Number | Title | Location |",
        [*rows[:7], f"| 2-8 | Workers who are not employees | [Our charter]({LINK}) |", *rows[7:]],
    )
    cells = "".join(f"<tr><td>{n}</td><td>{t}</td><td>p. {PAGES[n]}</td></tr>" for n, t in TITLES.items() if n != "2-8")
    linked = f'<tr><td>2-8</td><td>Workers who are not employees</td><td><a href="{LINK}">Our charter</a></td></tr>'
    html = f"<h1>GRI content index</h1><table><tr><th>Number</th><th>Title</th><th>Location</th></tr>{cells}{linked}</table>"
    relation = f'<Relationship Id="h1" Type="http://x/hyperlink" Target="{LINK}" TargetMode="External"/>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    charter = (
        '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="h1">'
        "<w:r><w:t>Our charter</w:t></w:r></w:hyperlink></w:p>"
    )
    word = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc>{each}</w:tc>"
            for each in (paragraph(n), paragraph(t), charter if n == "2-8" else paragraph(f"p. {PAGES[n]}"))
        )
        + "</w:tr>"
        for n, t in TITLES.items()
    )
    document = docx(heading("GRI content index") + f"<w:tbl>{word}</w:tbl>", **{"_rels/document.xml.rels": relations})
    for name, content in (("i.md", marked.encode()), ("i.html", html.encode()), ("i.docx", document)):
        found = {row.reference.number: row for row in extract(InputFile(name, content)).rows}
        assert (found["2-8"].location, found["2-8"].urls) == ("Our charter", (LINK,)), name
        assert not any(row.urls for number, row in found.items() if number != "2-8"), name


def test_the_rest_of_a_sentence_and_the_label_of_the_statement_are_no_topics() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items()]
    text = (
        table("| Disclosure | Location |", rows[:9])
        + "\nmajority of employees.\n\nStatement of use\n\n| Disclosure | Location |\n|---|---|\n"
    )
    found = read(text + "\n".join(rows[9:]) + "\n")
    assert [row.reference.number for row in found] == list(TITLES) and {row.topic for row in found} == {""}


def test_a_row_that_looks_like_no_other_is_less_sure() -> None:
    rows = [f"| {number} {title} | p. {PAGES[number]} |" for number, title in TITLES.items()]
    rows[9] = "| 302-1 and so on, as said in the | consumed (see also 403-9 and, |"
    found = {row.reference.number: row for row in read(table("| Disclosure | Location |", rows))}
    others = [row.confidence for number, row in found.items() if number != "302-1"]
    assert found["302-1"].confidence < 0.5 < 0.9 <= min(others)


def test_topics_that_are_not_material_are_no_part_of_the_last_row(catalogue: Catalogue) -> None:
    stated = read_profile(
        b"""[claim]
basis = "in accordance"
sector_standards = ["GRI 11"]
[[topic_not_material]]
sector_topic = "11.10"
explanation = "We have none of that."
"""
    )
    source = InputFile("r.md", b"# A\n\n[GRI 2-1] [GRI 2-2]\n\n# Climate\n\n[GRI 305-1]\n")
    files = build([source], stated, catalogue, formats=("docx", "xlsx", "md", "csv")).files
    for name, content in files.items():
        rows = extract(InputFile(name, content)).rows
        assert [row.reference.number for row in rows] == ["2-1", "2-2", "305-1"], name
        assert not any("none of that" in row.location for row in rows), name


# ── what a trial on invented files found ──


def test_pages_may_stand_left_of_the_numbers() -> None:
    rows = [f"| {PAGES[number]} | {title} | GRI {number} |" for number, title in TITLES.items()]
    found = read(table("| Page | Disclosure | GRI code |", rows))
    assert [(row.reference.number, row.title, row.pages) for row in found] == [
        (number, title, (str(PAGES[number]),)) for number, title in TITLES.items()
    ]


def test_a_status_says_that_nothing_is_reported_and_a_comment_why() -> None:
    rows = [f"| {number} | {title} | Fully reported | {PAGES[number]} | |" for number, title in TITLES.items() if number != "2-8"]
    rows.insert(7, "| 2-8 | Workers who are not employees | Not reported | – | Confidentiality constraints: pay is protected |")
    found = {row.reference.number: row for row in read(table("| No. | Disclosure | Status | Page | Comment |", rows))}
    [omission] = found["2-8"].omissions
    assert (str(omission.reason), omission.explanation) == ("confidentiality constraints", "pay is protected")
    assert found["2-7"].pages == (str(PAGES["2-7"]),) and not found["2-7"].omissions


def test_numbers_under_a_head_of_topics_are_no_topics_and_a_label_is_no_part_of_one() -> None:
    rows = [f"| {number} | {title} | {PAGES[number]} |" for number, title in TITLES.items()]
    assert {row.topic for row in read(table("| Topic | Disclosure | Page |", rows))} == {""}
    rows.insert(9, "| Material topic: Energy | | |\n| 3-3 | Management of material topics | 30 |")
    found = {row.reference.number: row.topic for row in read(table("| No. | Disclosure | Page |", rows))}
    assert found["3-3"] == found["302-1"] == "Energy"


def test_topics_that_are_not_material_and_sector_references_come_into_the_new_index(catalogue: Catalogue) -> None:
    text = "# GRI content index\n\nHalden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.\n\n"
    text += "Applicable GRI Sector Standard(s): GRI 11: Oil and Gas Sector 2021\n\n| Disclosure | Location | GRI Sector Standard ref. no. |\n|---|---|---|\n"
    text += "".join(
        f"| {number} {title} | p. {PAGES[number]} | |\n" for number, title in TITLES.items() if number.startswith("2-")
    )
    text += "| Climate | | |\n| 3-3 Management of material topics | p. 30 | 11.1.1 |\n| 305-1 Direct (Scope 1) GHG emissions | p. 31 | 11.1.5 |\n\n"
    text += "Topics in the applicable GRI Sector Standards determined as not material\n\n| Topic | Explanation |\n|---|---|\n| 11.22 Public policy | We take no part in it. |\n"
    file = InputFile("i.md", text.encode())
    index = build([file], Profile(stated=False), catalogue, printed=file, formats=()).index
    assert [(each.sector_topic, each.explanation.in_("en")) for each in index.not_material] == [
        ("11.22", "We take no part in it.")
    ]
    assert {row.number: row.sector_refs for row in index.rows if row.number in ("305-1",)} == {"305-1": ("11.1.5",)}


def test_a_title_that_ran_into_the_statement_is_no_part_of_the_name() -> None:
    text = "GRI content index Statement of use Halden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025."
    assert next(iter(find_statements(text))).organization == "Halden AB"
