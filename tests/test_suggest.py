"""Suggestions: what is found, and what is said of it."""

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.catalogue import load_catalogue
from gri_index.extraction.report import read_report
from gri_index.suggest.rank import calibrated, in_force
from gri_index.suggest.surroundings import surroundings
from gri_index.suggest.terms import languages, load_terms
from gri_index.suggest.traits import places
from gri_index.suggest.words import stems
from tests.untagged import CHINESE, ENGLISH

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def first_of(run: Run, path: Path, *arguments: str) -> dict[str, str]:
    """Disclosure -> title of the first section that is suggested."""
    code, out, _ = run("suggest", path, "--format", "json", *arguments)
    assert code == 0
    first: dict[str, str] = {}
    for each in json.loads(out)["suggestions"]:
        first.setdefault(each["disclosure"], each["section_title"])
    return first


def test_sections_are_found_without_any_tag(run: Run, report: Path) -> None:
    first = first_of(run, report)
    assert first["2-7"] == "Who works for us"
    assert first["2-26"] == "Speaking up"
    assert first["305-1"] == "Greenhouse gases"
    assert first["403-9"] == "Accidents at work"
    _, out, _ = run("suggest", report)
    assert "jam" not in out


def test_chinese_sections_are_found(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(CHINESE, encoding="utf-8")
    first = first_of(run, path)
    assert (first["2-7"], first["2-26"], first["305-1"]) == ("员工概况", "举报机制", "温室气体排放")


def test_the_sentence_that_speaks_for_it_is_quoted(run: Run, report: Path) -> None:
    _, out, _ = run("suggest", report, "--only", "305-1", "--format", "json")
    best = json.loads(out)["suggestions"][0]
    assert best["evidence"][0].startswith("Scope 1 emissions from natural gas")
    assert best["words"]


def test_text_says_score_section_and_what_was_not_found(run: Run, report: Path) -> None:
    code, out, err = run("suggest", report, "--lang", "en")
    assert code == 0
    assert "2-26 Mechanisms for seeking advice and raising concerns\n" in out
    assert "%" in out and "“" not in out.splitlines()[0]
    assert "Nothing was found for:" in err and "411-1" in err


def test_by_section_follows_the_report(run: Run, report: Path) -> None:
    _, out, _ = run("suggest", report, "--by", "section")
    lines = [line for line in out.splitlines() if line.startswith(("Who works", "Speaking", "Greenhouse", "Accidents"))]
    assert [line.split("  ")[0].strip() for line in lines] == [
        "Who works for us",
        "Speaking up",
        "Greenhouse gases",
        "Accidents at work",
    ]


def test_an_unknown_number_is_refused(run: Run, report: Path) -> None:
    code, _, err = run("suggest", report, "--only", "999-1")
    assert code == 2 and "999-1" in err


def test_a_language_without_terms_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("# 보고서\n\n## 온실가스\n\n" + "우리 회사의 온실가스 배출량은 감소하였다. " * 20, encoding="utf-8")
    _, _, err = run("suggest", path, "--lang", "en")
    assert "(ko)" in err


def test_what_the_report_tags_already_is_marked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(ENGLISH.replace("## Speaking up", "## Speaking up [GRI 2-26]"), encoding="utf-8")
    _, out, _ = run("suggest", path, "--only", "2-26", "--format", "json")
    assert json.loads(out)["suggestions"][0]["tagged"] is True


# ── parts ──


def test_a_section_gains_by_neighbours_of_its_topic() -> None:
    alone = surroundings([{0: 1.0}, {}, {}], ["305"])[0][0]
    beside = surroundings([{0: 1.0}, {0: 1.0}, {}], ["305"])[0][0]
    assert beside["near"] > alone["near"] and beside["behind"] > alone["behind"]


def test_scores_are_those_that_were_measured() -> None:
    assert calibrated(0.75, [(0.0, 0.0), (0.5, 0.2), (1.0, 0.8)]) == pytest.approx(0.5)


def test_stems_are_those_of_every_script() -> None:
    assert stems("Mitarbeiterinnen") == stems("Mitarbeiter")
    assert stems("émissions") == stems("Emission")
    assert stems("员工") == ("员", "工")


def test_terms_cover_the_large_languages() -> None:
    assert {"de", "en", "es", "fr", "it", "ja", "pt", "zh-Hans"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_terms_speak_of_every_disclosure_in_force(language: str) -> None:
    owned = {(number, edition) for phrase in load_terms((language,)).phrases for number, edition, _ in phrase.owners}
    several = in_force(load_catalogue(), datetime.date(2025, 12, 31)) + in_force(load_catalogue(), datetime.date(2027, 12, 31))
    assert [key for key in several if not owned & {(key.number, ""), (key.number, key.edition)}] == []


# ── an embedding model ──


def test_a_model_from_a_folder_is_mixed_in(run: Run, report: Path, tmp_path: Path) -> None:
    """A model that knows one word of the jam and of 411-1 alone: the two are drawn together, and nothing else moves up."""
    np = pytest.importorskip("numpy")
    model2vec, tokenizers = pytest.importorskip("model2vec"), pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "strawberries": 1, "indigenous": 2}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = tokenizers.normalizers.Lowercase(), tokenizers.pre_tokenizers.Whitespace()
    vectors = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    model2vec.StaticModel(vectors, tokenizer).save_pretrained(str(tmp_path / "model"))
    code, out, _ = run("suggest", report, "--only", "411-1", "--format", "json", "--semantic", tmp_path / "model")
    assert code == 0
    best = json.loads(out)["suggestions"][0]
    assert best["section_title"] == "A word on our jam" and best["score"] >= 0.2


def test_a_folder_without_a_model_is_one_clear_line(run: Run, report: Path, tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    code, _, err = run("suggest", report, "--semantic", tmp_path)
    assert code == 3 and "config.json" in err and "Traceback" not in err


def test_no_numbers_package_is_imported(report: Path) -> None:
    script = f"import sys; from gri_index.cli import main\ntry: main(['suggest', {str(report)!r}])\nexcept SystemExit: pass\n"
    script += "assert not {'numpy', 'model2vec', 'openpyxl', 'docx'} & set(sys.modules), sys.modules.keys()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_short_report_is_known_by_its_few_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    text = "# Informe\n\n## Energía\n\nConsumimos 412.300 GJ de energía y gas natural.\n\n## Formación\n\nLa media es de 18,4 horas de formación.\n"
    path.write_text(text, encoding="utf-8")
    _, out, _ = run("suggest", path, "--format", "json")
    assert json.loads(out)["language"] == "es"


def test_the_profile_may_state_the_language(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("# X\n\n## Scope 1\n\n410 tCO2e.\n", encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text('[report]\nlanguage = "fr"\n', encoding="utf-8")
    _, out, _ = run("suggest", path, "--format", "json")
    assert json.loads(out)["language"] == "fr"


def test_chapters_in_chapters_are_read_once(tmp_path: Path) -> None:
    """A heading over a thousand others takes no longer for each: the work grows with the text alone."""
    text = "# All\n\n" + "".join(f"## {number}\n\n### Water\n\nWater withdrawal was 3 megalitres.\n\n" for number in range(1000))
    several = places(read_report("report.md", text.encode()))
    assert len(several) == 2001
    assert sum(len(place.text) for place in several) < 4 * sum(len(place.text) for place in several if not place.empty)
