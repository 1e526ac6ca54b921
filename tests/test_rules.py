"""Every rule has a sample that triggers it, and a near miss that does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.checks import check, rules
from gri_index.checks.samples import Sample, codes, samples
from gri_index.extraction.report import read_report
from gri_index.language.labels import load_labels
from gri_index.matching import match
from gri_index.model.findings import Context, Finding
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, audit
from gri_index.profile import read_profile

DATES = 'organization = "Halden AB"\nperiod_start = 2025-01-01\nperiod_end = 2025-12-31\npublication_date = 2026-04-01\n'
WITH = f'[report]\n{DATES}[claim]\nbasis = "with reference"\n'
ALL = "# General\n\nWe report all of it here.\n\n[GRI 2-1 to 2-30]\n\n[GRI 3-1, 3-2]\n\n"


@pytest.fixture
def findings(catalogue: Catalogue) -> Callable[[str, str], tuple[Finding, ...]]:
    def _findings(text: str, stated: str) -> tuple[Finding, ...]:
        report = read_report("report.md", text.encode())
        profile = read_profile(stated.encode()) if stated else read_profile(b"").__class__(stated=False)
        resolved = catalogue.with_sectors(profile.report.publication_date, {})
        return check(Context(report, resolved, profile, match(report, resolved, profile)))

    return _findings


@pytest.fixture
def found_in(
    catalogue: Catalogue, findings: Callable[[str, str], tuple[Finding, ...]]
) -> Callable[[str, Sample], tuple[Finding, ...]]:
    """What is found in the sample of a rule, by ``check`` or by ``audit``."""
    audits = {each.code for each in rules() if each.audits}

    def _found_in(code: str, sample: Sample) -> tuple[Finding, ...]:
        if code in audits:
            return audit(InputFile("r.md", sample.text.encode()), Profile(stated=False), catalogue).findings
        return findings(sample.text, sample.profile)

    return _found_in


def both(code: str) -> tuple[Sample, Sample]:
    found = samples(code)
    assert found is not None
    return found


def test_every_rule_has_its_samples() -> None:
    elsewhere = {"CI462", "CI463", "CI261"}  # they read the text, or two documents: test_substance.py, test_audit.py
    assert set(codes()) == {each.code for each in rules()} - elsewhere


@pytest.mark.parametrize("code", codes())
def test_a_wrong_sample_gives_exactly_its_findings(found_in: Callable[[str, Sample], tuple[Finding, ...]], code: str) -> None:
    wrong, _ = both(code)
    found = found_in(code, wrong)
    assert code in wrong.found
    assert {each.code for each in found} == wrong.found, [(each.code, each.message) for each in found]
    for language in ("en", "de", "ja", "zh-Hans"):
        labels = load_labels(language)
        assert all(each.hint and "{" not in labels.say(each.message) + labels.say(each.hint) for each in found)


@pytest.mark.parametrize("code", codes())
def test_a_near_miss_does_not_trigger_the_rule(found_in: Callable[[str, Sample], tuple[Finding, ...]], code: str) -> None:
    _, near = both(code)
    assert code not in {each.code for each in found_in(code, near)}


def test_with_reference_nothing_is_demanded(findings: Callable[[str, str], tuple[Finding, ...]]) -> None:
    assert findings("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH) == ()


def test_deleting_a_time_frame_gives_exactly_one_error(findings: Callable[[str, str], tuple[Finding, ...]]) -> None:
    from tests.test_sector import SECTOR, TEXT

    rest = "".join(
        f'[[topic_not_material]]\nsector_topic = "11.{n}"\nexplanation = "Assessed in 2025 and found to have no significant impacts."\n'
        for n in range(3, 22)
    )
    text = ALL + TEXT.decode() + "\nHow we manage climate.\n"
    assert [each.code for each in findings(text, SECTOR + rest)] == []
    without = SECTOR.replace(" and will deliver data by December 2026", "")
    assert [(each.code, each.disclosure) for each in findings(text, without + rest)] == [("CI304", "305-3")]


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    wrong, _ = both("CI302")
    (tmp_path / "r.md").write_text(wrong.text, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(wrong.profile, encoding="utf-8")
    return tmp_path / "r.md"


def test_check_shows_groups_worst_first_and_a_summary(run: Run, wrong: Path) -> None:
    code, out, _ = run("check", wrong)
    assert code == 1
    assert out.splitlines()[0] == "error CI201 missing-disclosure"
    assert '  2-20: "not material" is none of the four reasons for omission' in out
    assert out.splitlines()[-1] == "3 errors"
    assert run("check", wrong, "--fail-on", "never")[0] == 0


def test_select_and_ignore_choose_what_is_shown_and_fails(run: Run, wrong: Path) -> None:
    assert run("check", wrong, "--select", "CI3")[1].splitlines()[-1] == "1 error"
    assert run("check", wrong, "--ignore", "CI2,unknown-omission-reason")[:2] == (0, "No findings.\n")
    code, _, err = run("check", wrong, "--select", "CI999")
    assert code == 2 and "no rule 'CI999'" in err


def test_check_speaks_json_sarif_and_csv(run: Run, wrong: Path) -> None:
    import csv
    import io
    import json

    data = json.loads(run("check", wrong, "-f", "json")[1])
    assert data["schema"] == "gri-index/findings/1"
    assert list(data["findings"][0]) == [
        "code", "name", "severity", "disclosure", "edition", "message", "location", "hint", "evidence", "acknowledged", "disclosures",
        "file",
    ]  # fmt: skip
    sarif = json.loads(run("check", wrong, "-f", "sarif")[1])
    assert (sarif["version"], [each["ruleId"] for each in sarif["runs"][0]["results"]]) == ("2.1.0", ["CI201", "CI217", "CI302"])
    assert [row["code"] for row in csv.DictReader(io.StringIO(run("check", wrong, "-f", "csv")[1]))] == [
        "CI201",
        "CI217",
        "CI302",
    ]


def test_an_acknowledged_finding_is_shown_and_does_not_fail(run: Run, tmp_path: Path) -> None:
    wrong, _ = both("CI304")
    (tmp_path / "r.md").write_text(wrong.text, encoding="utf-8")
    stated = (
        wrong.profile + '[[acknowledged]]\nrule = "incomplete-explanation"\ndisclosure = "2-20"\nreason = "agreed"\nby = "Anna"\n'
    )
    (tmp_path / "gri-index.toml").write_text(stated, encoding="utf-8")
    code, out, _ = run("check", tmp_path / "r.md")
    assert code == 0 and "(acknowledged by Anna: agreed)" in out and out.endswith("1 error, 1 acknowledged\n")


def test_a_finding_names_its_file_and_all_its_disclosures(run: Run, tmp_path: Path) -> None:
    import json

    (tmp_path / "r.md").write_text("# A [GRI 302-1, 305-1]\n\n# B\n\nText.\n", encoding="utf-8")
    (tmp_path / "client.toml").write_text('[claim]\nbasis = "with reference"\n', encoding="utf-8")
    out = run("check", tmp_path / "r.md", "--profile", tmp_path / "client.toml", "-f", "json")[1]
    found = {each["code"]: each for each in json.loads(out)["findings"]}
    assert (found["CI211"]["file"], found["CI005"]["file"]) == ("client.toml", None)
    assert found["CI005"]["disclosures"] == ["302-1", "305-1"]


def test_what_the_profile_states_is_checked_as_tags_are(run: Run, tmp_path: Path) -> None:
    import json

    (tmp_path / "r.md").write_text("# A [GRI 2-1]\n\nText.\n", encoding="utf-8")
    (tmp_path / "client.toml").write_text(
        '[report]\norganization = "A"\nperiod_start = 2018-01-01\nperiod_end = 2018-12-31\n[claim]\nbasis = "with reference"\n'
        '[[topic]]\nname = "Safety"\ndisclosures = ["403-2"]\n[[answer]]\ndisclosure = "2-7"\nrequirements = ["q"]\ntext = "x"\n',
        encoding="utf-8",
    )
    out = run("check", tmp_path / "r.md", "--profile", tmp_path / "client.toml", "-f", "json")[1]
    found = {each["code"]: each for each in json.loads(out)["findings"]}
    assert (found["CI102"]["disclosure"], found["CI102"]["file"]) == ("2-7", "client.toml")
    assert found["CI002"]["disclosures"] == ["403-2"]
