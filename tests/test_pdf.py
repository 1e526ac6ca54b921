import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import Report
from gri_index.readers import pdf as pdf_reader
from tests.conftest import names
from tests.pdffiles import PdfPage, pdf, pdf_of

TEXT = "A long line of text that fills the page from its left margin to the right one."


def read(*pages: PdfPage, **form: object) -> Report:
    return read_report("report.pdf", pdf(list(pages), **form))  # type: ignore[arg-type]


def places(report: Report) -> list[tuple[str, str, int | None]]:
    titles = {section.id: section.title for section in report.sections}
    return [(tag.reference.name, titles[tag.section], tag.page) for tag in report.tags]


def page(*lines: str, heading: str = "", notes: list[str] | None = None) -> PdfPage:
    return PdfPage([(heading, 18)] * bool(heading) + [(line, 10) for line in lines], notes or [])


def test_sections_by_the_size_of_letters() -> None:
    report = read(
        page(TEXT, TEXT, "It fell. [GRI 302-4]", heading="Energy (GRI 302-1)"), page(TEXT, "[GRI 303-3]", heading="Water")
    )
    assert places(report) == [("302-1", "Energy", 1), ("302-4", "Energy", 1), ("303-3", "Water", 2)]


def test_sections_by_the_outline_at_the_line_that_repeats_the_title() -> None:
    report = read(
        page("[GRI 2-1]", "Energy", "[GRI 302-1]"), page("Water", "[GRI 303-3]"), page("Waste", "[GRI 306-3]"),
        outline=[("Energy", 0), ("Water", 1), ("Waste management", 2)],
    )  # fmt: skip
    assert places(report) == [
        ("2-1", "Energy", 1),
        ("302-1", "Energy", 1),
        ("303-3", "Water", 2),
        ("306-3", "Waste management", 3),
    ]


def test_sections_by_the_printed_table_of_contents() -> None:
    titles = ["About this report", "Energy", "Water", "Waste", "People"]
    contents = page("Contents", *[f"{title} {'.' * 40} {number}" for number, title in enumerate(titles, start=2)])
    report = read(
        contents,
        *[page(title, TEXT, TEXT, f"[GRI 30{number}-1]", str(number + 1)) for number, title in enumerate(titles, start=1)],
    )
    assert places(report) == [(f"30{n}-1", title, n + 1) for n, title in enumerate(titles, start=1) if n != 9]


def test_page_labels_of_the_file() -> None:
    report = read(page("[GRI 2-1]"), page("[GRI 2-2]"), labels="[0 << /S /r >> 1 << /S /D /St 7 >>]")
    assert [p.label for p in report.pages] == ["i", "7"]


def test_page_labels_printed_at_the_foot() -> None:
    report = read(*[page("Halden Heat Works 2025", TEXT, f"Text {n}. [GRI 2-{n}]", str(n + 30)) for n in range(1, 6)])
    assert [p.label for p in report.pages] == [str(n + 30) for n in range(1, 6)]
    assert not [block for block in report.blocks if "Halden" in block.text or block.text.isdigit()]


FEET = {
    "Disclosures on this page: GRI {code}": True,
    "[GRI {code}]": True,
    "GRI {code} | Halden Heat Works 2025 | {page}": True,
    "Angabe {code}": True,
    "Halden Heat Works · GRI {code} · {page}": True,
    "Halden Heat Works 2025, with reference to the GRI Standards, {page}": False,
}


@pytest.mark.parametrize(("foot", "taken"), FEET.items())
@pytest.mark.parametrize("above", [True, False])
def test_feet_and_heads_that_name_disclosures_are_no_running_ones(foot: str, taken: bool, above: bool) -> None:
    sections = [("2-1", "Who we are"), ("302-1", "Energy"), ("303-3", "Water"), ("306-3", "Waste"), ("401-1", "People")]
    pages = []
    for number, (code, title) in enumerate(sections, start=1):
        line = (foot.format(code=code, page=number), 8)
        text = [(f"{word} about {title}: {TEXT}", 10) for word in ("Much", "More", "Most", "All")]
        pages.append(PdfPage([line, ("", 30)] * above + [(title, 18), *text] + [line] * (not above)))
    report = read(*pages)
    wanted = [(code, title, number) for number, (code, title) in enumerate(sections, start=1)] if taken else []
    assert places(report) == wanted


def test_a_hyphen_that_the_font_maps_to_a_soft_one_is_a_hyphen() -> None:
    report = read_report("report.txt", "Energy\n\nUsed 3 MWh. [GRI 302\u00ad1]\n\nSaved. [GRI 302\u00ad\n3]\n\f".encode())
    assert names(report) == ["302-1", "302-3"]


def test_annotations_carry_tags() -> None:
    report = read(page(TEXT, notes=["GRI 305-1 to 305-3", "please check"]))
    assert [(tag.carrier.value, tag.reference.name, tag.page) for tag in report.tags] == [
        ("annotation", "305-1", 1), ("annotation", "305-2", 1), ("annotation", "305-3", 1),
    ]  # fmt: skip


def test_wrapped_lines_are_one_sentence_and_broken_lists_one_tag() -> None:
    mention = page(TEXT, "and that no disclosures were made in the reporting year on the number named GRI", "2-8 in the report.")
    assert names(read(mention)) == []
    assert names(read(page(TEXT + " [GRI 302-1,", "302-3]"))) == ["302-1", "302-3"]
    assert names(read(page("The text ends here, at the edge of the page, with the last of all its words.", "GRI 2-7", TEXT))) == [
        "2-7"
    ]


def test_a_rotated_page_is_read() -> None:
    assert names(read(PdfPage([("[GRI 2-1]", 10)], rotate=90))) == ["2-1"]


def test_a_file_of_pictures_says_so() -> None:
    assert [problem.code for problem in read(PdfPage([])).problems] == ["no-text-layer"]


def test_a_damaged_page_is_kept_as_a_problem_and_the_others_are_read() -> None:
    content = pdf([page("[GRI 2-1]"), page("[GRI 2-2]"), page("[GRI 2-3]")])
    kids = content.index(b"/Kids [") + len(b"/Kids [")
    second = content.index(b" 0 R", kids) + len(b" 0 R ")
    end = content.index(b" 0 R", second)
    damaged = content[:second] + b"3".rjust(end - second) + content[end:]  # object 3 is a font
    report = read_report("report.pdf", damaged)
    assert names(report) == ["2-1", "2-3"]
    assert [(problem.where, problem.code) for problem in report.problems] == [("p. 2", "page-unreadable")]


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnonsense", pdf([page("x")])[:300]])
def test_broken_files_get_one_clear_line(content: bytes) -> None:
    with pytest.raises(InputError, match=r"^report\.pdf: not a PDF file, or a damaged one$"):
        read_report("report.pdf", content)


def test_an_outline_that_leads_nowhere_is_passed_over() -> None:
    content = pdf([page("[GRI 2-1]")], outline=[("A", 0), ("B", 0), ("C", 0)])
    assert names(
        read_report("report.pdf", content.replace(b"/Dest [5 0 R", b"/Dest [9 0 R", 1).replace(b"/Dest [", b"/Dest [99", 1))
    ) == ["2-1"]


def test_tags_in_outline_titles_mark_the_heading_they_lead_to() -> None:
    content = pdf(
        [page("Energy", "Text about energy."), page("Water [GRI 303-3]", "More."), page("People")],
        outline=[("Energy [GRI 302-1, 302-3]", 0), ("Water [GRI 303-3]", 1), ("People", 2)],
    )
    report = read_report("r.pdf", content)
    titles = {section.id: section.title for section in report.sections}
    assert [(t.reference.number, t.carrier.value, titles[t.section], t.page) for t in report.tags] == [
        ("302-1", "outline", "Energy", 1), ("302-3", "outline", "Energy", 1), ("303-3", "text", "Water", 2),
    ]  # fmt: skip


LEFT = ["Our plants used 12 MWh of", "power and 4 MWh of heat in", "the year. [GRI 302-1,", "302-3]"]
RIGHT = ["We drew 3 ML from the river", "and gave back 2 ML in the", "same year. [GRI 303-3, 303-4,", "303-5]"]


def drawn(*columns: list[str], heads: tuple[str, ...] = ()) -> Report:
    """A page whose columns are drawn line after line."""
    commands, y = "", 800
    for size, lines in ((18, [heads] if heads else []), (10, zip(*columns, strict=True))):
        for line in lines:
            for number, text in enumerate(line):
                escaped = text.replace("(", r"\(").replace(")", r"\)")
                commands += f"BT /F1 {size} Tf {50 + number * 180} {y} Td ({escaped}) Tj ET\n"
            y -= size * 2
    return read_report("report.pdf", pdf_of(commands))


def test_columns_that_were_drawn_row_by_row_are_read_one_after_the_other() -> None:
    energy, water = [(code, "Energy", 1) for code in ("302-1", "302-3")], [(f"303-{n}", "Water", 1) for n in (3, 4, 5)]
    assert places(drawn(LEFT, RIGHT, heads=("Energy", "Water"))) == energy + water
    short = [
        ["Less heat than before.", "[GRI 302-1]"],
        ["Less water than ever.", "[GRI 303-3]"],
        ["We waste nothing now.", "[GRI 306-3]"],
    ]
    found = drawn(*short, heads=("Energy", "Water", "Waste"))
    assert places(found) == [("302-1", "Energy", 1), ("303-3", "Water", 1), ("306-3", "Waste", 1)]


def test_prose_in_columns_without_titles_is_read_column_by_column() -> None:
    left = [
        "We measure what each of our",
        "plants takes from the grid and",
        "what it gives back to the town",
        "over the whole of the year. [GRI 302-1]",
    ]
    right = [
        "Water is drawn from the river",
        "and goes back to it warmer by",
        "two degrees at the most, which",
        "the fish can well bear. [GRI 303-3]",
    ]
    assert names(drawn(left, right)) == ["302-1", "303-3"]


def test_a_table_stays_as_it_was_drawn() -> None:
    left = ["Power used in the year", "Heat used in the year", "Power sold in the year", "Heat sold in the year"]
    right = ["12 450 MWh [GRI 302-1]", "4 200 MWh", "300 MWh", "20 MWh"]
    report = drawn(left, right)
    assert any("Power used in the year 12 450 MWh" in block.text for block in report.blocks)


def test_a_bracket_that_does_not_close_is_named() -> None:
    report = read_report("report.md", b"# Energy\n\nUsed. [GRI 302-1, 302-3\n\nSaved (GRI 3-3 [Energy]) here, [GRI 305-1].\n")
    assert [(each.code, dict(each.args)["marker"]) for each in report.problems] == [("tag-unclosed", "[GRI 302-1, 302-3")]


def test_a_title_that_returns_on_each_page_is_no_running_head_where_the_outline_has_it() -> None:
    pages = [
        page("Goals", f"Much about {name}: {TEXT}", f"More about {name}: {TEXT}", f"[GRI {code}]")
        for name, code in (("a", "302-1"), ("b", "303-3"), ("c", "306-3"))
    ]
    report = read(*pages, outline=[("Goals", 0), ("Goals", 1), ("Goals", 2)])
    assert [section.title for section in report.sections if section.title] == ["Goals"] * 3
    assert len({tag.section for tag in report.tags}) == 3


def test_a_double_page_bears_both_its_numbers() -> None:
    pages = [
        PdfPage(
            [(f"{2 * n + 8}   Halden report   {2 * n + 9}", 8), (f"Chapter {n}", 18), (f"We report this here. [GRI 302-{n}]", 10)]
        )
        for n in range(1, 6)
    ]
    report = read_report("r.pdf", pdf(pages))
    assert [page.label for page in report.pages] == ["10-11", "12-13", "14-15", "16-17", "18-19"]
    assert [tag.page for tag in report.tags] == [1, 2, 3, 4, 5]


def test_a_large_file_read_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(TEXT, f"[GRI 30{number % 8 + 1}-1]", heading=f"Part {number}", notes=["2-7"]) for number in range(1, 8)]
    report = read(*pages, outline=[(f"Part {number}", number - 1) for number in range(1, 8)])
    monkeypatch.setattr("gri_index.readers.pdf._SHARE", 1)
    monkeypatch.setattr("gri_index.readers.pdf._processors", lambda: 3)
    pdf_reader._extract.cache_clear()
    assert read(*pages, outline=[(f"Part {number}", number - 1) for number in range(1, 8)]) == report
    with pytest.raises(InputError, match="not a PDF file"):
        read_report("report.pdf", b"%PDF-1.7 and no more")
