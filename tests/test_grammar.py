import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_index.errors import TagSyntaxError
from gri_index.language.text import fold
from gri_index.model.keys import Reference
from gri_index.tags import format_reference, parse_marker, scan

MARKERS = {
    "GRI 302-1": "302-1",
    "302-1": "302-1",
    "GRI 302-1-a": "302-1-a",
    "GRI 302-1 a, b": "302-1-a,b",
    "3-3ab": "3-3-a,b",
    "3-3c": "3-3-c",
    "GRI 2-7-b-iii": "2-7-b-iii",
    "GRI 302-1-b-iii and c": "302-1-b-iii,c",
    "305-5 (a)": "305-5-a",
    "GRI 305-1-a, -c": "305-1-a,c",
    "GRI 305-1-a to d": "305-1-a,b,c,d",
    "GRI 302": "GRI 302",
    "GRI 305-1 to 305-4": "305-1 305-2 305-3 305-4",
    "2-9–2-21": " ".join(f"2-{n}" for n in range(9, 22)),
    "2-12~2-13": "2-12 2-13",
    "3-1 至 3-2": "3-1 3-2",
    "302-1 a 302-4": "302-1 302-2 302-3 302-4",
    "GRI 403-1 - 403-3": "403-1 403-2 403-3",
    "GRI 403-1 – 3": "403-1 403-2 403-3",
    "GRI 303-1/2/5": "303-1 303-2 303-5",
    "302-1/-3": "302-1 302-3",
    "3-1/2/3": "3-1 3-2 3-3",
    "GRI 305-1, 2, 3": "305-1 305-2 305-3",
    "302-1 e 302-3": "302-1 302-3",
    "GRI 401-1, GRI 404-1 y GRI 405-1": "401-1 404-1 405-1",
    "306-3 und 306-4": "306-3 306-4",
    "2-27；417-3": "2-27 417-3",
    "GRI 2-22、201-1": "2-22 201-1",
    "GRI 2-7／405-1-b，406-1，408-1": "2-7 405-1-b 406-1 408-1",
    "2-25及2-26": "2-25 2-26",
    "GRI 2-13: GRI 2-14": "2-13 2-14",
    "2-12. GRI 2-13": "2-12 2-13",
    "GRI-2-22": "2-22",
    "GRI EU12": "EU12",
    "GRI G4-OG12": "OG12",
    "GRI 302-1, GRI EU 5": "302-1 EU5",
    "GRI 3- 1, 3- 2": "3-1 3-2",
    "GRI 403‑9": "403-9",
    "ＧＲＩ ４０３－５": "403-5",
    "2-05": "2-5",
    "GRI 2-9\nGRI 2-11": "2-9 2-11",
    "GRI 3-3, 404; 404-2": "3-3 GRI 404 404-2",
    "GRI 3-3 [Energy]": "3-3[Energy]",
    "GRI 3-3【能源】": "3-3[能源]",
    "GRI 303-3 (2018)": "303-3@2018",
    "GRI 306-1 to 306-2 (2020)": "306-1@2020 306-2@2020",
    "GRI 306: 2020": "GRI 306@2020",
    "11.2.3": "S11.2.3",
    "GRI 2-25, GRI S11.15.4": "2-25 S11.15.4",
    "GRI 305-1, ESRS E1-6": "305-1",
    "ESRS E1-6, GRI 305-1": "305-1",
    "GRI Standards 302-1, 305-1": "302-1 305-1",
    "GRI 披露项 302-1": "302-1",
}


def short(reference: Reference) -> str:
    text = f"S{reference.sector_ref}" if reference.sector_ref else reference.name
    text += "-" + ",".join(reference.requirements) if reference.requirements else ""
    text += f"@{reference.edition}" if reference.edition else ""
    return text + (f"[{reference.topic}]" if reference.topic else "")


@pytest.mark.parametrize(("marker", "wanted"), MARKERS.items())
def test_marker_is_read(marker: str, wanted: str) -> None:
    assert " ".join(short(reference) for reference in parse_marker(marker)) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "2016-17", "GRI 2021", "2-5 years", "30-50", "S1-6", "E1-6", "SDG 8.5", "AF5", "GRI", "GRI 302-1 a comprehensive view",
     "tel. 302-1555", "2-10-2024", "GRI 302-1 is due", "please check GRI 302-1", "1-2", "GRI 2021-1"],
)  # fmt: skip
def test_what_only_looks_like_a_marker_is_none(text: str) -> None:
    with pytest.raises(TagSyntaxError):
        parse_marker(text)


def test_a_damaged_year_is_no_disclosure_outside_of_a_group_with_gri() -> None:
    assert scan("Economic Performance 201-6", 21) is None


STANDARDS = st.sampled_from(["2", "3", "201", "302", "305", "306", "403", "418"])
LABELS = st.lists(st.sampled_from(["a", "b", "b-iii", "c", "c-ii", "d", "e-iv"]), unique=True, max_size=4).map(tuple)
NUMBERED = st.builds(
    lambda standard, number, labels, edition: Reference(number=f"{standard}-{number}", requirements=labels, edition=edition),
    STANDARDS, st.integers(1, 30), LABELS, st.sampled_from([None, "2016", "2018", "2020", "2021"]),
)  # fmt: skip
REFERENCES = st.one_of(
    NUMBERED,
    st.builds(lambda number: Reference(standard=f"GRI {number}"), st.sampled_from([2, 11, 101, 302, 418])),
    st.builds(lambda a, b: Reference(sector_ref=f"11.{a}.{b}"), st.integers(1, 22), st.integers(1, 20)),
    st.builds(lambda topic: Reference(number="3-3", topic=topic), st.sampled_from(["Energy", "能源与气候", "Salud y seguridad"])),
)


def bare(references: tuple[Reference, ...]) -> list[Reference]:
    return [
        Reference(**{f: getattr(r, f) for f in ("number", "standard", "sector_ref", "requirements", "topic", "edition")})
        for r in references
    ]


@given(REFERENCES)
def test_what_is_written_is_read_back(reference: Reference) -> None:
    assert bare(parse_marker(format_reference(reference))) == [reference]


@given(st.lists(REFERENCES, min_size=1, max_size=6), st.sampled_from([", ", "; ", " / ", "、", "\n"]))
def test_a_list_is_its_members(references: list[Reference], separator: str) -> None:
    text = separator.join(format_reference(reference) for reference in references)
    assert bare(parse_marker(text)) == references


@given(STANDARDS, st.integers(1, 20), st.integers(1, 15), st.sampled_from([" to ", "–", "-", "~", " 至 ", " bis "]))
def test_a_range_equals_its_members(standard: str, first: int, length: int, connector: str) -> None:
    last = first + length
    found = parse_marker(f"GRI {standard}-{first}{connector}{standard}-{last}")
    assert [reference.number for reference in found] == [f"{standard}-{number}" for number in range(first, last + 1)]


@given(NUMBERED, st.sampled_from(["\u2010", "\u2011", "\u2013", "－"]))
def test_hyphens_of_all_kinds_are_plain(reference: Reference, hyphen: str) -> None:
    assert bare(parse_marker(format_reference(reference).replace("-", hyphen))) == [reference]


@given(st.one_of(st.text(max_size=80), st.text(alphabet="GRI 0123456789-.,;:/()[]abciv至、", max_size=60)))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    assert len(fold(text)) == len(text)
    with contextlib.suppress(TagSyntaxError):
        assert parse_marker(text)
