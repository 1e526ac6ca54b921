import datetime
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from gri_index.catalogue import load_catalogue
from gri_index.errors import CatalogueError
from gri_index.language.labels import languages
from gri_index.model.keys import DisclosureKey, requirement_order
from gri_index.model.standards import Catalogue
from gri_index.resources import standards_root

NOT_PERMITTED = {"2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2"}  # GRI 1: Foundation 2021, Requirement 6


def key(number: str, edition: str) -> DisclosureKey:
    return DisclosureKey(number, f"GRI {number.split('-')[0]}", edition)


def test_every_number_of_every_edition_is_there(catalogue: Catalogue) -> None:
    assert sum(1 for _ in catalogue.disclosures()) == 216
    assert len([d for d in catalogue.disclosures() if d.key.standard == "GRI 2"]) == 30
    assert sum(len(catalogue.editions_of(n)) == 2 for n in {d.key.number for d in catalogue.disclosures()}) == 25


def test_numbers_sort_as_numbers(catalogue: Catalogue) -> None:
    numbers = [key.number for key in sorted(d.key for d in catalogue.standard("GRI 2", "2021").disclosures)]
    assert numbers == [f"2-{n}" for n in range(1, 31)]


def test_omission_is_permitted_but_for_seven(catalogue: Catalogue) -> None:
    assert {d.key.number for d in catalogue.disclosures() if not d.omission_permitted} == NOT_PERMITTED


@pytest.mark.parametrize(
    ("number", "edition", "day", "valid"),
    [("302-1", "2016", "2026-12-31", True), ("302-1", "2016", "2027-01-01", False), ("103-2", "2025", "2026-12-31", False),
     ("103-2", "2025", "2027-01-01", True), ("304-1", "2016", "2026-01-01", False), ("306-3", "2016", "2026-06-01", True),
     ("306-1", "2016", "2026-06-01", False), ("306-3", "2020", "2026-06-01", True), ("305-6", "2016", "2027-06-01", True),
     ("305-1", "2016", "2027-06-01", False), ("201-2", "2016", "2027-06-01", False), ("201-1", "2016", "2027-06-01", True)],
)  # fmt: skip
def test_validity(catalogue: Catalogue, number: str, edition: str, day: str, valid: bool) -> None:
    assert catalogue.valid_on(key(number, edition), datetime.date.fromisoformat(day)) is valid


def test_successors_exist(catalogue: Catalogue) -> None:
    known = {d.key for d in catalogue.disclosures()}
    for disclosure in catalogue.disclosures():
        assert all(s.key is None or s.key in known for s in disclosure.successors), disclosure.key


def test_every_disclosure_has_an_english_title_and_those_in_force_a_chinese_one(catalogue: Catalogue) -> None:
    for disclosure in catalogue.disclosures():
        titles = {title.language: title.text for title in disclosure.titles}
        assert titles["en"].strip() == titles["en"] != ""
        if disclosure.key.edition != "2016" or (
            disclosure.key.number[:2] in ("20", "40") and disclosure.key.standard != "GRI 403"
        ):
            assert "zh-Hans" in titles, disclosure.key


def test_requirements_are_sorted_and_have_their_parents(catalogue: Catalogue) -> None:
    for disclosure in catalogue.disclosures():
        labels = [requirement.label for requirement in disclosure.requirements]
        assert labels == sorted(labels, key=requirement_order), disclosure.key
        assert len(labels) == len(set(labels))
        assert all(label.rpartition("-")[0] in labels for label in labels if "-" in label), disclosure.key


def test_sector_references_point_to_disclosures_and_begin_with_their_topic(catalogue: Catalogue) -> None:
    known = {d.key for d in catalogue.disclosures()}
    assert [sector.id for sector in catalogue.sectors] == ["GRI 11", "GRI 12", "GRI 13", "GRI 14"]
    assert [len(sector.topics) for sector in catalogue.sectors] == [22, 22, 26, 25]
    for sector in catalogue.sectors:
        for topic in sector.topics:
            assert topic.references[0].key == DisclosureKey("3-3", "GRI 3", "2021"), topic.number
            for reference in topic.references:
                assert reference.number.startswith(f"{topic.number}.")
                assert reference.key in known or (reference.key is None and reference.name)


def test_every_fact_names_sources_that_are_listed() -> None:
    root = standards_root()
    listed = {each.get("key") for each in etree.parse(root / "sources.xml").getroot()}
    used: set[str] = set()
    for path in [*root.glob("*/*.xml"), root / "frameworks.xml"]:
        for element in etree.parse(path).iter():
            used |= set((element.get("sources") or "").split())
    assert used == listed


def test_files_are_named_after_what_they_hold() -> None:
    for path in standards_root().glob("gri/*.xml"):
        root = etree.parse(path).getroot()
        assert path.stem == f"{root.get('id', '').lower().replace(' ', '-')}-{root.get('edition')}"
    for path in standards_root().glob("labels/*.xml"):
        assert etree.parse(path).getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == path.stem


def test_no_stray_files() -> None:
    suffixes = {path.suffix for path in standards_root().rglob("*") if path.is_file()}
    assert suffixes == {".xml", ".xsd", ".md"}  # a .py file would break editable installs


def labels_of(language: str) -> dict[str, set[str]]:
    """Label ids with the places that each has."""
    root = etree.parse(standards_root() / "labels" / f"{language}.xml").getroot()
    return {each.get("id", ""): set(re.findall(r"\{(\w+)\}", each.text or "")) for each in root}


FIRST_DAY = {"first-day"}  # 1er janvier, 1° gennaio
PRINTED_LAST = "left-out"  # labels up to this one are printed in outputs; those behind it are messages


SPOKEN = {"zh-Hans", "de", "ja"}  # languages that have all messages


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_languages_with_messages_say_all_that_english_says(language: str) -> None:
    assert labels_of(language) == labels_of("en")


def test_every_printed_language_has_every_word_of_the_outputs() -> None:
    english = labels_of("en")
    printed = {id: english[id] for id in list(english)[: list(english).index(PRINTED_LAST) + 1]}
    for language in set(languages()) - {"en", "zh-Hant-HK", *SPOKEN}:  # zh-Hant-HK says what differs from zh-Hant
        own = {id: places for id, places in labels_of(language).items() if id not in FIRST_DAY}
        assert own == printed, language


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('series="topic"', 'series="other"', "line 2: .*'other' is not an element of the set"),
        ('number="302-2"', 'number="302_2"', "line .*302_2.*not accepted by the pattern"),
        ('number="302-2"', 'number="302-1"', "Duplicate key-sequence"),
        ('omission="permitted"', 'omision="permitted"', "omision.*not allowed"),
        (' xml:lang="en"', "", "lang.*required but missing"),
        ("</standard>", "", "line \\d+"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copytree(standards_root() / "gri", tmp_path / "gri")
    path = tmp_path / "gri" / "gri-302-2016.xml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=words) as error:
        load_catalogue(tmp_path)
    assert str(error.value).startswith("gri-302-2016.xml, line ")
