"""Printed indexes on PDF pages that are set as text, not as tables."""

import pytest

from gri_index.extraction.extract import extract
from gri_index.model.printed import PrintedIndex
from gri_index.readers import InputFile
from tests.pdffiles import PdfPage, pdf
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
