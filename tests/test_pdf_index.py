"""Printed indexes on PDF pages that are set as text, not as tables."""

import pytest

from gri_index.extraction.extract import extract
from gri_index.model.printed import PrintedIndex
from gri_index.readers import InputFile
from tests.pdffiles import PdfPage, pdf, pdf_of
from tests.test_extraction import PAGES, TITLES

TEXT = "We report what we did this year, and how it went at all of our sites, in words."
BODY = [PdfPage([(f"Chapter {number}", 18), *[(TEXT, 10)] * 8]) for number in range(1, 11)]


def read(lines: list[str]) -> PrintedIndex:
    index = PdfPage([("GRI content index", 18), *[(line, 10) for line in lines]])
    return extract(InputFile("report.pdf", pdf([*BODY, index])))


@pytest.mark.parametrize("leader", [" ", " ............ ", "    "])
def test_lines_without_columns_are_parted_into_number_title_and_page(leader: str) -> None:
    found = read([f"{number} {title}{leader}{PAGES[number]}" for number, title in TITLES.items()])
    assert [(row.reference.name, row.title.replace("\u2019", "'"), row.pages) for row in found.rows] == [
        (number, title, (str(PAGES[number]),)) for number, title in TITLES.items()
    ]
    assert not found.problems


def test_a_year_that_ends_a_title_is_no_page() -> None:
    found = read([f"{number} {title} 2024" for number, title in TITLES.items()])
    assert [(row.reference.name, row.pages) for row in found.rows] == [(number, ()) for number in TITLES]


def test_four_lines_below_the_title_of_an_index_are_one() -> None:
    found = read([f"{number} {TITLES[number]} {PAGES[number]}" for number in ("2-1", "2-7", "302-1", "305-1")])
    assert [(row.reference.name, row.pages) for row in found.rows] == [
        ("2-1", ("11",)), ("2-7", ("35",)), ("302-1", ("47",)), ("305-1", ("51",)),
    ]  # fmt: skip


def drawn(lines: list[tuple[int, int, str]], *, turn: str = "1 0 0 1 0 0", size: int = 9) -> PrintedIndex:
    """A page of texts at their places, all of it turned by a matrix."""
    escaped = [(x, y, text.replace("(", r"\(").replace(")", r"\)")) for x, y, text in lines]
    texts = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in escaped)
    return extract(InputFile("index.pdf", pdf_of(f"q {turn} cm\n{texts}Q\n")))


def told(found: PrintedIndex) -> dict[str, tuple[str, ...]]:
    return {row.reference.name: row.pages for row in found.rows}


WANTED = {number: (str(PAGES[number]),) for number in TITLES}
HEAD = (50, 800, "GRI content index")


def test_the_word_gri_may_stand_on_the_line_above_its_number() -> None:
    lines = [HEAD]
    for at, (number, title) in enumerate(TITLES.items()):
        y = 770 - 40 * at
        lines += [(50, y, "GRI"), (50, y - 11, number), (110, y, title), (480, y, str(PAGES[number]))]
    assert told(drawn(lines)) == WANTED


def test_the_name_of_a_standard_over_its_rows_says_nothing_of_their_columns() -> None:
    lines = [HEAD]
    for at, (number, title) in enumerate(TITLES.items()):
        y = 770 - 40 * at
        lines += [(50, y, f"GRI {number.split('-')[0]}: The long name of a Standard over its rows 2021")]
        lines += [(50, y - 15, number), (110, y - 15, title), (480, y - 15, str(PAGES[number]))]
    assert told(drawn(lines)) == WANTED


def test_pages_set_to_the_right_stay_whole() -> None:
    lines = [HEAD]
    for at, (number, title) in enumerate(TITLES.items()):
        pages = "7, 9-10" if number == "2-7" else str(PAGES[number])
        lines += [(50, 770 - 20 * at, number), (110, 770 - 20 * at, title), (560 - 5 * len(pages), 770 - 20 * at, pages)]
    assert told(drawn(lines)) == WANTED | {"2-7": ("7", "9", "10")}


def test_tables_side_by_side_may_have_their_pages_first() -> None:
    lines = [HEAD, *((x + step, 785, head) for x in (40, 320) for step, head in ((0, "Page"), (30, "No."), (70, "Title")))]
    for at, (number, title) in enumerate(TITLES.items()):
        x, y = (40, 770 - 30 * at) if at < 6 else (320, 770 - 30 * (at - 6))
        lines += [(x, y, str(PAGES[number])), (x + 30, y, number), (x + 70, y, title[:38])]
    assert told(drawn(lines)) == WANTED


@pytest.mark.parametrize("turn", ["0 1 -1 0 595 0", "0 -1 1 0 0 842", "-1 0 0 -1 595 842"])
def test_turned_text_is_read(turn: str) -> None:
    lines = [HEAD]
    for at, (number, title) in enumerate(TITLES.items()):
        lines += [(50, 560 - 20 * at, number), (110, 560 - 20 * at, title), (460, 560 - 20 * at, str(PAGES[number]))]
    assert told(drawn([(x, min(y, 580), text) for x, y, text in lines], turn=turn)) == WANTED


def test_a_number_of_the_index_that_became_no_row_is_named() -> None:
    lines = [f"{number} {title} {PAGES[number]}" for number, title in TITLES.items()]
    found = read([*lines, "Our indicator on energy 302-4 of the year 61"])
    named = [dict(each.args)["numbers"] for each in found.problems if each.code == "index-unread"]
    assert "302-4" in told(found) or named == ["302-4"]


def test_an_index_without_places_is_said() -> None:
    found = read([f"{number} {title}" for number, title in TITLES.items()])
    assert [each.code for each in found.problems if each.code == "index-places"] == ["index-places"]


def test_a_disclosure_s_own_title_is_no_figure() -> None:
    found = read([f"{number} {title} see chapter 2.{at}" for at, (number, title) in enumerate(TITLES.items())])
    assert list(told(found)) == list(TITLES)
