"""Every rule has a sample that triggers it, and a near miss that does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.checks import check, rules
from gri_index.extraction.report import read_report
from gri_index.language.labels import load_labels
from gri_index.matching import match
from gri_index.model.findings import Context, Finding
from gri_index.model.standards import Catalogue
from gri_index.profile import read_profile

DATES = 'organization = "Halden AB"\nperiod_start = 2025-01-01\nperiod_end = 2025-12-31\npublication_date = 2026-04-01\n'
REPORT = f"[report]\n{DATES}"
WITH = f'{REPORT}[claim]\nbasis = "with reference"\n'
IN = f'{REPORT}[claim]\nbasis = "in accordance"\n'
ALL = "# General\n\nWe report all of it here.\n\n[GRI 2-1 to 2-30]\n\n[GRI 3-1, 3-2]\n\n"
TOPIC = '[[topic]]\nname = "Energy"\ndisclosures = ["302-1"]\n'
ENERGY = "# Energy\n\nHow we manage energy.\n\n[GRI 3-3, 302-1]\n"
WHOLE = ALL + ENERGY
PAGES = "{1}-----\n\n# A\n\nText of page one.\n\n[GRI 2-1]\n\n{2}-----\n\nText of page two.\n"


def omission(number: str, reason: str, explanation: str, more: str = "") -> str:
    return f'[[omission]]\ndisclosure = "{number}"\nreason = "{reason}"\nexplanation = "{explanation}"\n{more}'


WHY = "The owners hold all shares and set no such policy."
# rule -> (report, profile, what is found), and (report, profile) of a near miss
WRONG: dict[str, tuple[str, str, set[str]]] = {
    "CI001": ("# A\n\nText is here now. <!-- gri: GRI energy: 302 and so on -->\n", WITH, {"CI001"}),
    "CI002": ("# A\n\nThe text is here.\n\n[GRI 403-2]\n", '[report]\norganization = "A"\nperiod_start = 2018-01-01\nperiod_end = 2018-12-31\n[claim]\nbasis = "with reference"\n', {"CI002"}),
    "CI003": ("# A\n\nThe text is here.\n\n[GRI 302]\n", WITH, {"CI003"}),
    "CI004": ("# Approach\n\nThe text is here.\n\n[GRI 3-3]\n", WITH + TOPIC.replace("302-1", "3-3"), {"CI004"}),
    "CI005": ("# A [GRI 2-1]\n\n# B\n\nThe text is here.\n\n[GRI 2-7]\n", WITH, {"CI005"}),
    "CI006": ("".join(f"# Chapter {n}\n\nThe text is here.\n\n[GRI 2-23]\n\n" for n in range(15)), WITH, {"CI006"}),
    "CI007": ("# A\n\nThe text is here.\n\n- GRI 305-5: Water consumption\n", WITH, {"CI007"}),
    "CI101": ("# A\n\nThe text is here.\n\n[GRI 305-12]\n", WITH, {"CI101"}),
    "CI102": ("# A\n\nThe text is here.\n\n[GRI 2-7-q, GRI 2-1]\n", WITH, {"CI102"}),
    "CI104": ("# A\n\nThe text is here.\n\n[GRI 302-4]\n", WITH + '[output]\nlanguages = ["de"]\n', {"CI104"}),
    "CI103": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[location]]\ndisclosure = "2-2"\ndocument = "AR"\npages = "3"\n', {"CI103"}),
    "CI201": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-29"), IN + TOPIC, {"CI201", "CI217"}),
    "CI202": (ALL, IN, {"CI202", "CI217"}),
    "CI203": (WHOLE, IN.replace("[claim]", '[claim]\nsector_standards = ["GRI 12"]') + TOPIC, {"CI203", "CI217"}),
    "CI204": (ALL + "# Energy\n\nHow we manage energy.\n\n[GRI 3-3]\n", IN + '[[topic]]\nname = "Energy"\n', {"CI204"}),
    "CI205": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-6; 2-7-a; 2-8 to 2-30"), IN + TOPIC, {"CI205", "CI217"}),
    "CI206": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + TOPIC, {"CI206"}),
    "CI211": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", '[report]\norganization = "A"\n[claim]\nbasis = "with reference"\n', {"CI211"}),
    "CI212": ("# A\n\nThis report was prepared in accordance with the GRI Standards: Core option.\n\n[GRI 2-1]\n", IN + TOPIC, {"CI201", "CI212", "CI217"}),
    "CI213": ("# A\n\nThis report has been prepared in accordance with the GRI Standards.\n\n[GRI 2-1]\n", WITH, {"CI213"}),
    "CI214": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", "", {"CI214"}),
    "CI215": ("# A\n\nHalden AB has reported the information cited in this GRI content index for the period 1 January 2024 to 31 December 2024 with reference to the GRI Standards.\n\n[GRI 2-1]\n", WITH, {"CI215"}),
    "CI216": (WHOLE, IN + TOPIC + 'sector_topics = ["12.22"]\n', {"CI201", "CI216", "CI217"}),
    "CI217": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-29"), IN + TOPIC, {"CI201", "CI217"}),
    "CI218": (WHOLE, WITH + TOPIC, {"CI218"}),
    "CI301": (WHOLE, IN + TOPIC + omission("2-5", "not applicable", "The report is not assured by anyone.", 'requirements = ["b"]\n'), {"CI301"}),
    "CI302": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-19; 2-21 to 2-30"), IN + TOPIC + omission("2-20", "not material", WHY), {"CI201", "CI217", "CI302"}),
    "CI303": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-19; 2-21 to 2-30"), IN + TOPIC + omission("2-20", "not applicable", "n/a"), {"CI303"}),
    "CI304": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-19; 2-21 to 2-30"), IN + TOPIC + omission("2-20", "information unavailable/incomplete", "Data is not there for all sites."), {"CI304"}),
    "CI305": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-19; 2-21 to 2-30"), IN + TOPIC + omission("2-20", "information unavailable/incomplete", "Two sites have no data; we are collecting it and will report in 2024."), {"CI305"}),
    "CI306": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY), {"CI306"}),
    "CI307": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY, 'requirements = ["z"]\n'), {"CI307"}),
    "CI308": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-5; 2-16 to 2-30"), IN + TOPIC + "".join(omission(f"2-{n}", "not applicable", WHY) for n in range(6, 16)), {"CI308"}),
    "CI309": (WHOLE, IN + TOPIC + '[[topic]]\nname = "Water"\ndisclosures = ["302-1"]\n' + omission("3-3", "not applicable", WHY), {"CI201", "CI217", "CI309"}),
    "CI401": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[location]]\ndisclosure = "2-2"\nsection = "see report"\n', {"CI401"}),
    "CI402": (PAGES, WITH + '[[location]]\ndisclosure = "2-2"\npages = "212"\n', {"CI402"}),
    "CI403": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[location]]\ndisclosure = "2-2"\nsection = "Our people"\n', {"CI403"}),
    "CI404": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[document]]\nid = "AR"\ntitle = "Annual report"\n[[location]]\ndisclosure = "2-2"\ndocument = "AR"\n', {"CI404"}),
    "CI407": (f"# {'A very long heading ' * 12}\n\nThe text is here.\n\n[GRI 2-1]\n", WITH, {"CI407"}),
    "CI408": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[answer]]\ndisclosure = "206-1"\ntext = "No legal actions in the period."\n', {"CI408"}),
    "CI601": ("# A\n\nThe text is here.\n\n[GRI 304-1]\n", WITH, {"CI601"}),
    "CI602": ("# A\n\nThe text is here.\n\n[GRI 102-5 (2025)]\n", WITH, {"CI602"}),
    "CI603": ("# A\n\nThe text is here.\n\n[GRI 303-1 (2016)]\n\n[GRI 303-3 (2018)]\n", '[report]\norganization = "A"\nperiod_start = 2018-01-01\nperiod_end = 2018-12-31\npublication_date = 2019-04-01\n[claim]\nbasis = "with reference"\n', {"CI602", "CI603"}),
    "CI604": ("# A\n\nThe text is here.\n\n[GRI 304-1]\n", WITH.replace("publication_date = 2026-04-01\n", ""), {"CI604"}),
    "CI605": ("# A\n\nThe text is here.\n\n[GRI 305-1]\n\n[GRI 102-5 (2025)]\n", WITH, {"CI602", "CI605"}),
}  # fmt: skip
NEAR: dict[str, tuple[str, str]] = {
    "CI001": ("# A\n\nText is here now. <!-- gri: GRI 302-1 -->\n\n<!-- a note on the GRI -->\n", WITH),
    "CI002": ("# A\n\nThe text is here.\n\n[GRI 403-2]\n", WITH),
    "CI003": ("# A\n\nThe text is here.\n\n[GRI 302]\n\n[GRI 302-1]\n", WITH),
    "CI004": ("# Energy\n\nThe text is here.\n\n[GRI 3-3]\n", WITH + TOPIC),
    "CI005": ("# A [GRI 2-1]\n\n## B\n\nThe text is here.\n\n[GRI 2-7]\n", WITH),
    "CI006": ("".join(f"# Chapter {n}\n\nThe text is here.\n\n[GRI 2-23]\n\n" for n in range(14)), WITH),
    "CI007": ("# A\n\nThe text is here.\n\n- GRI 305-5: Reduction of greenhouse gas emissions\n- GRI 303-5: Water consumption\n- GRI 2-1: Organisational details\n", WITH),
    "CI101": ("# A\n\nThe text is here.\n\n[GRI 305-7]\n", WITH),
    "CI102": ("# A\n\nThe text is here.\n\n[GRI 2-7-e]\n", WITH),
    "CI104": ("# A\n\nThe text is here.\n\n[GRI 305-1]\n", WITH + '[output]\nlanguages = ["de", "en"]\n'),
    "CI103": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[document]]\nid = "AR"\ntitle = "Annual report"\n[[location]]\ndisclosure = "2-2"\ndocument = "AR"\npages = "3"\n'),
    "CI201": (WHOLE, IN + TOPIC),
    "CI202": (ALL, WITH),
    "CI203": (WHOLE, WITH.replace("[claim]", '[claim]\nsector_standards = ["GRI 12"]') + TOPIC),
    "CI204": (WHOLE, IN + TOPIC),
    "CI205": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-6; 2-7-a, -b, -c, -d, -e; 2-8 to 2-30"), IN + TOPIC),
    "CI206": (ENERGY, WITH + TOPIC),
    "CI211": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", '[report]\norganization = "A"\n[claim]\nstatement = "We report."\n'),
    "CI212": ("# A\n\nOur core option is to grow. This report has been prepared in accordance with the GRI Standards 2021.\n\n[GRI 2-1]\n", IN),
    "CI213": ("# A\n\nThe accounts are prepared in accordance with IFRS; this report was prepared with reference to the GRI Standards.\n\n[GRI 2-1]\n", WITH),
    "CI214": ("# A\n\nThis report was prepared with reference to the GRI Standards.\n\n[GRI 2-1]\n", ""),
    "CI215": ("# A\n\nHalden AB has reported the information cited in this GRI content index for the period 1 January 2025 to 31 December 2025 with reference to the GRI Standards.\n\n[GRI 2-1]\n", WITH),
    "CI216": (WHOLE, WITH + TOPIC + 'sector_topics = ["12.22"]\n'),
    "CI217": (WHOLE, IN + TOPIC),
    "CI218": (WHOLE.replace("2-1 to 2-30", "2-1 to 2-29"), WITH + TOPIC),
    "CI301": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY, 'requirements = ["b"]\n')),
    "CI302": (WHOLE, IN + TOPIC + omission("2-20", "Confidentiality Constraints", WHY, 'requirements = ["b"]\n')),
    "CI303": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", "公司为非上市公司，股东不表决薪酬政策。", 'requirements = ["b"]\n')),
    "CI304": (WHOLE, IN + TOPIC + omission("2-20", "information unavailable/incomplete", "部分子公司的数据尚未收集，公司正在建立系统，预计2027年披露。", 'requirements = ["b"]\n')),
    "CI305": (WHOLE, IN + TOPIC + omission("2-20", "information unavailable/incomplete", "Data of 2024 is incomplete; we are collecting it and will report in 2027.", 'requirements = ["b"]\n')),
    "CI306": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY, 'requirements = ["b"]\n')),
    "CI307": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY, 'requirements = ["a-iii"]\n')),
    "CI308": (WHOLE, IN + TOPIC + omission("2-20", "not applicable", WHY, 'requirements = ["b"]\n')),
    "CI309": (WHOLE, IN + TOPIC + omission("3-3", "not applicable", WHY, 'requirements = ["b"]\n')),
    "CI401": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[location]]\ndisclosure = "2-2"\nsection = "see report"\npages = "3"\n'),
    "CI402": (PAGES, WITH + '[[location]]\ndisclosure = "2-2"\npages = "1-2"\n'),
    "CI403": ("# Our people\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[location]]\ndisclosure = "2-2"\nsection = "our People"\n'),
    "CI404": ("# A\n\nThe text is here.\n\n[GRI 2-1]\n", WITH + '[[document]]\nid = "AR"\ntitle = "Annual report"\n[[location]]\ndisclosure = "2-2"\ndocument = "AR"\npages = "9"\n'),
    "CI407": (f"# {'A long heading ' * 8}\n\nThe text is here.\n\n[GRI 2-1]\n", WITH),
    "CI408": ("# A\n\nThe text is here.\n\n[GRI 206-1]\n", WITH + '[[answer]]\ndisclosure = "206-1"\ntext = "No legal actions in the period."\n'),
    "CI601": ("# A\n\nThe text is here.\n\n[GRI 304-1]\n", WITH.replace("2026-04-01", "2025-12-31")),
    "CI602": ("# A\n\nThe text is here.\n\n[GRI 102-5 (2025)]\n", WITH.replace("2026-04-01", "2027-01-01")),
    "CI603": ("# A\n\nThe text is here.\n\n[GRI 306-3 (2016)]\n\n[GRI 306-3 (2020)]\n", WITH),
    "CI604": ("# A\n\nThe text is here.\n\n[GRI 302-1]\n\n[GRI 405-1]\n", WITH),
    "CI605": ("# A\n\nThe text is here.\n\n[GRI 305-6]\n\n[GRI 102-5 (2025)]\n", WITH),
}  # fmt: skip


@pytest.fixture
def findings(catalogue: Catalogue) -> Callable[[str, str], tuple[Finding, ...]]:
    def _findings(text: str, stated: str) -> tuple[Finding, ...]:
        report = read_report("report.md", text.encode())
        profile = read_profile(stated.encode()) if stated else read_profile(b"").__class__(stated=False)
        resolved = catalogue.with_sectors(profile.report.publication_date, {})
        return check(Context(report, resolved, profile, match(report, resolved, profile)))

    return _findings


def test_every_rule_has_its_samples() -> None:
    codes = {each.code for each in rules() if not each.audits} - {"CI462", "CI463"}  # they read the text: test_substance.py
    assert (set(WRONG), set(NEAR)) == (codes, codes)


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_sample_gives_exactly_its_findings(findings: Callable[[str, str], tuple[Finding, ...]], code: str) -> None:
    text, stated, wanted = WRONG[code]
    found = findings(text, stated)
    assert {each.code for each in found} == wanted, [(each.code, each.message) for each in found]


@pytest.mark.parametrize("code", NEAR)
def test_a_near_miss_does_not_trigger_the_rule(findings: Callable[[str, str], tuple[Finding, ...]], code: str) -> None:
    assert code not in {each.code for each in findings(*NEAR[code])}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("code", WRONG)
def test_findings_have_words_and_hints(findings: Callable[[str, str], tuple[Finding, ...]], code: str, language: str) -> None:
    labels = load_labels(language)
    for each in findings(*WRONG[code][:2]):
        assert each.hint and "{" not in labels.say(each.message) + labels.say(each.hint)


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
    text, stated, _ = WRONG["CI302"]
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(stated, encoding="utf-8")
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
    text, stated, _ = WRONG["CI304"]
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    stated += '[[acknowledged]]\nrule = "incomplete-explanation"\ndisclosure = "2-20"\nreason = "agreed"\nby = "Anna"\n'
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
