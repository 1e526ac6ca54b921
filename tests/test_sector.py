"""A report in accordance that uses GRI 11: Oil and Gas Sector 2021 (GRI 1, Requirements 3-b, 5-b, 7)."""

import pytest

from gri_index.extraction.report import read_report
from gri_index.language.labels import load_labels
from gri_index.matching import match
from gri_index.model.index import ContentIndex, Status
from gri_index.model.standards import Catalogue
from gri_index.profile import read_profile
from gri_index.writers.layout import lay_out

SECTOR = """
[report]
organization = "Halden Oil"
period_start = 2025-01-01
period_end = 2025-12-31
publication_date = 2026-04-01
[claim]
basis = "in accordance"
sector_standards = ["GRI 11"]
[[topic]]
name = "Climate"
sector_topics = ["11.1", "11.2"]
[[omission]]
disclosure = "302-2"
reason = "not applicable"
explanation = "No significant energy use outside of the organization."
[[omission]]
disclosure = "305-3"
reason = "information unavailable/incomplete"
explanation = "Data of joint ventures are missing, since operators do not measure them; metering is installed and will deliver data by December 2026."
[[topic_not_material]]
sector_topic = "11.22"
explanation = "No political contributions and no lobbying of our own."
"""
TEXT = b"# Climate\n\n[GRI 3-3 [Climate]; 302-1, 302-3; 305-1, 305-2, 305-4, 305-5; 201-2]\n"


@pytest.fixture
def index(catalogue: Catalogue) -> ContentIndex:
    return match(read_report("r.md", TEXT), catalogue, read_profile(SECTOR.encode()))


def test_one_topic_over_two_sector_topics_has_each_row_with_its_numbers(index: ContentIndex) -> None:
    rows = {row.number: (row.sector_refs, row.status) for row in index.rows if row.topic}
    reported, omitted = Status.REPORTED, Status.OMITTED
    assert rows == {
        "3-3": (("11.1.1", "11.2.1"), reported), "302-1": (("11.1.2",), reported), "302-2": (("11.1.3",), omitted), "302-3": (("11.1.4",), reported),
        "305-1": (("11.1.5",), reported), "305-2": (("11.1.6",), reported), "305-3": (("11.1.7",), omitted), "305-4": (("11.1.8",), reported),
        "201-2": (("11.2.2",), reported), "305-5": (("11.2.3",), reported),
    }  # fmt: skip


def test_an_additional_sector_disclosure_that_is_not_reported_has_no_row(index: ContentIndex) -> None:
    assert not any("11.2.4" in row.sector_refs for row in index.rows)


def test_topics_not_material_have_their_own_table(index: ContentIndex, catalogue: Catalogue) -> None:
    profile = read_profile(SECTOR.encode())
    layout = lay_out(index, profile, catalogue, load_labels("en"))
    assert [(group.standard, group.topics) for group in layout.not_material] == [
        ("GRI 11: Oil and Gas Sector 2021", (("11.22 Public policy", "No political contributions and no lobbying of our own."),))
    ]
    assert dict(layout.head)["Applicable GRI Sector Standard(s)"] == "GRI 11: Oil and Gas Sector 2021"


def test_from_2027_the_revised_version_is_used_and_said_to_be_known_in_part(catalogue: Catalogue) -> None:
    later = SECTOR.replace("2026-04-01", "2027-04-01").replace('"11.1", "11.2"', '"11.1"')
    index = match(read_report("r.md", b"# A\n\n[GRI 102-1]\n"), catalogue, read_profile(later.encode()))
    assert {row.number: row.sector_refs for row in index.rows if row.number == "102-1"} == {"102-1": ("11.1.2",)}
    assert "sector-partly-known" in [remark.id for remark in index.remarks]
    stated = SECTOR.replace('"GRI 11"', '"GRI 11: Oil and Gas Sector 2021 V1.1"').replace('"11.1", "11.2"', '"11.1"')
    assert read_profile(stated.encode()).claim.sector_versions == (("GRI 11", "V1.1"),)


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        ("2025-12-01", {"304-1", "304-2", "304-3", "304-4"}),
        ("2026-04-01", {"101-5", "101-6", "101-7", "101-2"}),
    ],
)
def test_a_sector_topic_asks_for_what_is_in_force(catalogue: Catalogue, day: str, numbers: set[str]) -> None:
    stated = read_profile(
        f"[report]\npublication_date = {day}\n".encode()
        + b'[claim]\nbasis = "in accordance"\nsector_standards = ["GRI 11"]\n[[topic]]\nname = "Biodiversity"\nsector_topics = ["11.4"]\n'
    )
    text = "# Nature\n\nHow. [GRI 3-3 [Biodiversity], GRI S11.4.2]\n"
    index = match(read_report("r.md", text.encode()), catalogue, stated)
    rows = {row.number: row for row in index.rows if row.topic and row.key and row.key.number != "3-3"}
    assert set(rows) == numbers
    first = rows["304-1" if "304-1" in numbers else "101-5"]
    assert (first.status, first.sector_refs) == (Status.REPORTED, ("11.4.2",))
    assert rows[max(numbers)].sector_refs
