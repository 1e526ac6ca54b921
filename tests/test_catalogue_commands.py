import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.catalogue import load_catalogue
from gri_index.catalogue.consistency import faults
from gri_index.catalogue.search import search
from gri_index.errors import CatalogueError
from gri_index.model.standards import Catalogue
from gri_index.resources import standards_root

Run = Callable[..., tuple[int, str, str]]


def changed(run: Run, day: str) -> list[str]:
    """What a report that uses 302, 304 and 305 and was last published on 2025-06-30 has to change."""
    code, out, _ = run("catalogue", "transition", "--from", "2025-06-30", "--to", day, "302", "304", "305", "-f", "json")
    assert code == 0
    return [row["disclosure"] for row in json.loads(out)["disclosures"]]


def test_transition_lists_what_falls_out_of_force_by_publication(run: Run) -> None:
    assert changed(run, "2025-12-15") == []
    assert changed(run, "2026-03-31") == ["304-1", "304-2", "304-3", "304-4"]
    assert changed(run, "2027-01-15") == [
        *(f"302-{n}" for n in range(1, 6)), *(f"304-{n}" for n in range(1, 5)), *(f"305-{n}" for n in range(1, 6)),
    ]  # fmt: skip


def test_transition_names_the_successors(run: Run) -> None:
    _, out, _ = run("catalogue", "transition", "--from", "2025-06-30", "--to", "2026-06-30")
    assert "101-6 (2024), 101-7 (2024)" in next(line for line in out.splitlines() if line.startswith("304-2"))


@pytest.mark.parametrize(
    ("words", "number"),
    [("parental", "401-3"), ("paternal leave", "401-3"), ("温室气体", "305-1"), ("育児", "401-3"), ("emisiones directas", "305-1"),
     ("dischrimination", "406-1"), ("2-27", "2-27"), ("Management approach components", "103-2")],
)  # fmt: skip
def test_search_finds_titles_in_any_language_and_with_slips(catalogue: Catalogue, words: str, number: str) -> None:
    assert number in [hit.key.number for hit in search(catalogue, words) if hit.key]


def test_search_says_where_nothing_is_found(run: Run) -> None:
    code, out, _ = run("catalogue", "search", "xylophone")
    assert (code, out) == (0, "no title is like 'xylophone'\n")


def test_list_and_search_speak_csv(run: Run) -> None:
    _, out, _ = run("catalogue", "list", "302", "-f", "csv", "--lang", "zh-Hans")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (len(rows), rows[0]["disclosure"], rows[0]["title"]) == (5, "GRI 302-1", "组织内部的能源消耗量")


def test_coverage_counts_titles_and_those_not_verified(run: Run, catalogue: Catalogue) -> None:
    _, out, _ = run("catalogue", "coverage", "-f", "json")
    rows = {(row["standard"], row["edition"]): row for row in json.loads(out)["standards"]}
    assert len(rows) == len(catalogue.standards)
    assert (rows["GRI 2", "2021"]["titles"], rows["GRI 2", "2021"]["en"], rows["GRI 2", "2021"]["zh-Hans"]) == (31, "31", "31")


BROKEN = {
    "schema": ("gri/gri-302-2016.xml", 'series="topic"', 'series="other"', "gri-302-2016.xml, line 2: .*series"),
    "another Standard's number": ("gri/gri-302-2016.xml", 'number="302-5"', 'number="303-5"', r"line \d+: 303-5 does not belong to GRI 302"),
    "unknown successor": ("gri/gri-302-2016.xml", 'number="103-2"', 'number="103-9"', r"line \d+: there is no 103-9 of GRI 103 2025"),
    "two titles": ("gri/gri-418-2016.xml", 'xml:lang="zh-Hant"', 'xml:lang="en"', r"line \d+: 2 titles in en"),
    "unknown source": ("gri/gri-302-2016.xml", 'sources="GRAG', 'sources="NOBODY GRAG', "the source NOBODY is not in sources.xml"),
    "unused source": ("sources.xml", 'key="GRAG"', 'key="GRAX"', "sources.xml, line .*: no fact has the source GRAX"),
    "reference of another topic": ("sector/gri-11-v1.0.xml", 'number="11.1.2"', 'number="11.3.9"', r"11.3.9 does not belong to the topic 11.1"),
    "reference to nothing": ("sector/gri-11-v1.0.xml", 'disclosure="302-1"', 'disclosure="302-9"', "there is no 302-9 of GRI 302 2016"),
    "reference without meaning": ("sector/gri-11-v1.0.xml", ' disclosure="302-1" standard="GRI 302" edition="2016"', "", "neither a disclosure nor"),
    "not XML": ("labels/ja.xml", "</labels>", "", "ja.xml, line "),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_validate_names_file_line_and_cause(run: Run, tmp_path: Path, case: str) -> None:
    import re

    name, old, new, words = BROKEN[case]
    folder = tmp_path / "standards"
    shutil.copytree(standards_root(), folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out, _ = run("catalogue", "validate", folder)
    assert code == 4 and re.search(words, out), out
    assert all(re.match(r"[\w.-]+\.xml, line \d+: ", line) for line in out.splitlines())


def test_the_catalogue_holds_together(run: Run) -> None:
    assert list(faults(standards_root())) == []
    code, out, _ = run("catalogue", "validate")
    assert code == 0 and out.startswith("no fault: 50 Standards, 216 disclosures")


TITLE = '<title xml:lang="{0}" state="official" confidence="high" sources="OWN">{1}</title>'
OWN = {
    "indicators.xml": f"<indicators>{TITLE.format('en', 'Own indicators')}<indicator id='JY-1'>{TITLE.format('en', 'Borrowers served')}</indicator></indicators>",
    "vi.xml": f'<translation id="GRI 302" edition="2016">{TITLE.format("vi", "Năng lượng")}<disclosure number="302-1">{TITLE.format("vi", "Tiêu thụ năng lượng")}</disclosure></translation>',
}


def own(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, content in (files or OWN).items():
        (folder / name.replace("_xml", ".xml")).write_text(content, encoding="utf-8")
    return folder


def test_own_indicators_and_translations_are_added(run: Run, tmp_path: Path) -> None:
    folder = own(tmp_path / "own")
    catalogue = load_catalogue(own=(folder,))
    assert [(each.id, each.title.in_("en"), each.source.in_("en")) for each in catalogue.indicators] == [
        ("JY-1", "Borrowers served", "Own indicators")
    ]
    assert catalogue.disclosure(catalogue.editions_of("302-1")[0]).title.in_("vi") == "Tiêu thụ năng lượng"
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1]\n", encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text('[[indicator]]\nid = "JY-1"\nlocation = "p. 3"\n', encoding="utf-8")
    run("build", tmp_path / "r.md", "--catalogue", folder, "-o", tmp_path / "out", "-f", "md")
    assert "| Own indicators | JY-1 Borrowers served | p. 3 |" in (tmp_path / "out" / "content-index.md").read_text(
        encoding="utf-8"
    )
    _, _, err = run("build", tmp_path / "r.md", "-o", tmp_path / "out", "-f", "md")
    assert "The indicator JY-1 has no title" in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OWN["vi.xml"].replace("2016", "2019"), "own.xml, line 1: no GRI 302 2019 to translate"),
        (OWN["vi.xml"].replace('"302-1"', '"302-9"'), "own.xml, line 1: GRI 302 2016 has no disclosure 302-9"),
        ("<labels xml:lang='xx' name='x'><label id='a'>b</label></labels>", "own.xml, line 1: <labels> cannot be added"),
        ("<indicators/>", "own.xml, line 1: "),
    ],
)
def test_faults_of_own_catalogues_name_file_and_line(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(CatalogueError) as error:
        load_catalogue(own=(own(tmp_path / "own", own_xml=content),))
    assert str(error.value).startswith(words)


def test_a_folder_without_files_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("catalogue", "list", "--catalogue", tmp_path)
    assert code == 4 and "no folder with XML files" in err


def test_the_topics_of_a_sector_standard_are_listed_with_what_they_ask_for(run: Run) -> None:
    lines = run("catalogue", "list", "GRI 11")[1].splitlines()
    assert lines[0] == "GRI 11: Oil and Gas Sector 2021"
    assert "  11.4 Biodiversity" in lines and any(line.split() == ["11.4.2", "304-1"] for line in lines)
