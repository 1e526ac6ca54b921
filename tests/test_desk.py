"""The desk: the profile as a form, cells that are entered, decisions, and who may ask."""

import datetime
import re
import threading
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gri_index.desk.app import application
from gri_index.desk.folder import Folder, report_name
from gri_index.desk.pages.worklist import cells_of, is_half
from gri_index.desk.refusals import ChangedError, DeskError
from gri_index.desk.toml_form import changed_profile, form_tables, with_table
from gri_index.desk.work import EDITED, Work, decided, review_key
from gri_index.errors import InputError, OutputError
from gri_index.language.labels import load_labels
from gri_index.model.index import Status
from gri_index.model.suggestions import Verdict
from gri_index.model.working import mark
from gri_index.profile import read_profile
from gri_index.profile.sheets import ROWS, SINGLE
from tests.conftest import EXAMPLES

DAY = datetime.date(2025, 12, 31)
PROFILE = """# my own words
version = 1

[report]
organization = "Ares"  # as registered
# title = "…"  # as on the cover

[claim]
basis = "with reference"

# the order of the board's paper
[[topic]]
name = { en = "Energy", "zh-Hans" = "能源" }
disclosures = [
  "302-1",  # the plant alone
]

[[topic]]
name = "Water"
# asked for by the bank
disclosures = ["303-3"]

# nothing yet
# [[omission]]
# reason = "…"
"""
REPORT = (
    "# About us\n\nWe are Ares. [GRI 2-1]\n\n# Energy\n\nTotal energy consumption within the organization was 900 GJ. [GRI 302-1]\n\n"
    "# Water\n\nWe withdrew 12 megalitres of water from rivers; water withdrawal fell.\n"
)
Form = list[tuple[str, str]]


def as_sent(text: str) -> Form:
    """What a browser sends of the form when nothing was changed."""
    form: Form = []
    for kind, tables in form_tables(text).items():
        for table in tables:
            form += [(kind, table.at)] if kind in ROWS else []
            form += [(field.name, field.text) for field in table.fields]
    return form


@pytest.fixture
def work(tmp_path: Path) -> Work:
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text('[claim]\nbasis = "in accordance"\n', encoding="utf-8")
    return Work(Folder(tmp_path), DAY)


def entry(work: Work, number: str) -> Any:
    return next(each for each in work.needed().entries if each.row.number == number)


def enter(work: Work, number: str, **cells: str) -> list[str]:
    found = entry(work, number)
    return [each.id for each in work.enter(found.key, {**found.cells, **cells}, found.seen)]


# ── the profile as a form ──


def test_a_form_that_nobody_changed_changes_nothing() -> None:
    for text in (PROFILE, (EXAMPLES / "gri-index.toml").read_text(encoding="utf-8")):
        assert changed_profile(text, as_sent(text)) == text


def test_one_field_changes_one_line() -> None:
    form = [(name, "Ares & Söhne" if name == "report.organization@en" else value) for name, value in as_sent(PROFILE)]
    new = changed_profile(PROFILE, form)
    assert new == PROFILE.replace('"Ares"', '"Ares & Söhne"')


def test_a_new_key_goes_to_its_sample() -> None:
    form = [
        (name, {"report.title@en": "Warmth", "claim.sector_standards": "GRI 11; GRI 12"}.get(name, value))
        for name, value in as_sent(PROFILE)
    ]
    new = changed_profile(PROFILE, form)
    assert 'title = "Warmth"  # as on the cover\n' in new and '[claim]\nsector_standards = ["GRI 11", "GRI 12"]\n' in new


def test_topics_move_go_and_come_and_comments_stay() -> None:
    energy = [("topic", "0"), ("topic.name@en", "Power"), ("topic.name@zh-Hans", "能源"), ("topic.disclosures", "302-1")]
    water = [("topic", "1"), ("topic.name", "Water"), ("topic.disclosures", "303-3; 303-4")]
    waste = [("topic", ""), ("topic.name", "Waste"), ("topic.disclosures", ""), ("topic.sector_topics", "")]
    new = changed_profile(PROFILE, [*water, *energy, *waste, ("topic", ""), ("topic.name", "")])
    names = [topic.name.in_("en") for topic in read_profile(new.encode()).topics]
    assert names == ["Water", "Power", "Waste"]
    assert all(comment in new for comment in re.findall("#.*", PROFILE) if "plant" not in comment) and "the plant alone" in new
    gone = changed_profile(PROFILE, [*energy, ("topic", "1"), ("topic.name", ""), ("topic.disclosures", "")])
    assert len(read_profile(gone.encode()).topics) == 1 and "# [[omission]]" in gone


def test_the_first_table_of_a_kind_stands_below_its_sample() -> None:
    new = with_table(PROFILE, "omission", {"disclosure": "2-21", "reason": "not applicable", "explanation": 'we say "no"'})
    assert new.index("# [[omission]]") < new.index("[[omission]]\ndisclosure")
    assert read_profile(new.encode()).omissions[0].explanation.in_("en") == 'we say "no"'


def test_a_text_that_looks_like_a_head_is_none() -> None:
    text = 'version = 1\n[claim]\nstatement = """\n[report]\n[[topic]]\n"""\n[report]\nlanguage = "en"\n'
    form = [(name, "Ares" if name == "report.organization" else value) for name, value in as_sent(text)]
    told = tomllib.loads(changed_profile(text, [*form, ("topic", ""), ("topic.name", "Energy")]))
    assert told["claim"]["statement"] == "[report]\n[[topic]]\n" and told["report"]["organization"] == "Ares"
    assert told["topic"] == [{"name": "Energy"}]


@given(
    some.dictionaries(some.sampled_from([f"{kind}.{key}" for kind, keys in SINGLE.items() for key in keys]), some.text(max_size=20)),
    some.lists(some.tuples(some.sampled_from(["", "0", "1"]), some.text(max_size=10), some.text(max_size=10)), max_size=4, unique_by=lambda row: row[0] or row),
)  # fmt: skip
def test_whatever_is_entered_is_toml_and_says_it(values: dict[str, str], topics: list[tuple[str, str, str]]) -> None:
    form = list(values.items())
    for at, name, numbers in topics:
        form += [("topic", at), ("topic.name", name), ("topic.disclosures", numbers)]
    told = tomllib.loads(changed_profile(PROFILE, form))
    for name, value in values.items():
        kind, key = name.split(".")
        assert bool(value.strip()) == (key in told.get(kind, {})) or not value.strip(" ;；\n")
    assert changed_profile(PROFILE, form).count("# asked for by the bank") == PROFILE.count("# asked for by the bank") or topics


def test_a_fault_is_named_and_nothing_is_written(work: Work) -> None:
    text = work.profile_text()
    with pytest.raises(InputError, match="period_start"):
        work.save_profile([("report.period_start", "soon")], mark(text))
    with pytest.raises(ChangedError):
        work.save_profile([("report.organization", "Ares")], "of another page")
    assert work.profile_text() == text
    work.save_profile([("report.organization", "Ares")], mark(text))
    assert work.profile().report.organization.in_("en") == "Ares" and (work.folder.path / "content-index.xlsx").is_file()


def test_a_table_with_sub_tables_moves_whole() -> None:
    text = '[[topic]]\ndisclosures = ["302-1"]\n[topic.name]\nen = "Energy"\n# of the river\n[[ "topic" ]]\ndisclosures = ["303-1"]\n[topic.name]\nen = "Water"\n'
    rows = [
        ("topic", "1"),
        ("topic.name@en", "Water"),
        ("topic.disclosures", "303-1"),
        ("topic", "0"),
        ("topic.name@en", "Energy"),
        ("topic.disclosures", "302-1"),
    ]
    new = changed_profile(text, rows)
    assert tomllib.loads(new)["topic"] == [
        {"disclosures": ["303-1"], "name": {"en": "Water"}},
        {"disclosures": ["302-1"], "name": {"en": "Energy"}},
    ]
    assert new.index("# of the river") < new.index("303-1") < new.index("302-1")
    assert tomllib.loads(changed_profile(text, rows[:3]))["topic"] == [{"disclosures": ["303-1"], "name": {"en": "Water"}}]


def test_tables_on_one_line_stay_where_nobody_touched_them() -> None:
    text = 'topic = [ { name = "Energy" }, # one\n]\n[report]\nlanguage = "en"\n'
    assert changed_profile(text, as_sent(text)) == text


def test_a_profile_in_one_language_gets_a_second() -> None:
    text = (
        '[report]\norganization = "Ares"  # as registered\n[output]\nlanguages = ["en", "zh-Hans"]\n[[topic]]\nname = "Energy"\n'
    )
    assert changed_profile(text, as_sent(text)) == text
    new = [
        (name, {"report.organization@zh-Hans": "阿瑞斯", "topic.name@en": "Power"}.get(name, value))
        for name, value in as_sent(text)
    ]
    told = tomllib.loads(changed_profile(text, new))
    assert told["report"]["organization"] == {"en": "Ares", "zh-Hans": "阿瑞斯"} and told["topic"][0]["name"] == "Power"


def test_a_new_row_has_its_texts_in_the_profiles_languages() -> None:
    assert [field.name for field in form_tables(PROFILE)["omission"][-1].fields if field.key == "explanation"] == [
        "omission.explanation@en", "omission.explanation@zh-Hans",
    ]  # fmt: skip
    row = [
        ("omission", ""),
        ("omission.disclosure", "2-21"),
        ("omission.reason", "not applicable"),
        ("omission.explanation@en", "none"),
        ("omission.explanation@zh-Hans", "无"),
    ]
    assert tomllib.loads(changed_profile(PROFILE, row))["omission"][0]["explanation"] == {"en": "none", "zh-Hans": "无"}


TOPICS = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Energy"\ndisclosures = ["302-1"]\n[[topic]]\nname = "Water"\ndisclosures = ["303-3"]\n'


def test_entries_follow_a_topic_that_gets_another_name(work: Work) -> None:
    (work.folder.path / "gri-index.toml").write_text(TOPICS, encoding="utf-8")
    for topic, owner in (("Energy", "Li"), ("Water", "Wang")):
        found = next(each for each in work.needed().entries if each.row.number == "3-3" and each.cells["topic"] == topic)
        omitted = {"reason": "Information unavailable/incomplete", "explanation": f"{owner} collects it"}
        work.enter(found.key, {**found.cells, "owner": owner, **omitted}, found.seen)
    text = work.profile_text()
    rows = [
        ("topic", "0"),
        ("topic.name", "Power"),
        ("topic.disclosures", "302-1"),
        ("topic", "1"),
        ("topic.name", "Rivers"),
        ("topic.disclosures", "303-3"),
    ]
    work.save_profile(rows, mark(text))
    enter(work, "2-7", owner="Zhao")
    kept = {
        each.cells["topic"]: (each.cells["owner"], each.cells["explanation"])
        for each in work.needed().entries
        if each.row.number == "3-3"
    }
    assert kept == {"Power": ("Li", "Li collects it"), "Rivers": ("Wang", "Wang collects it")}


def test_a_topic_that_gets_another_name_by_hand_is_known_by_its_disclosures(work: Work) -> None:
    path = work.folder.path / "gri-index.toml"
    path.write_text(TOPICS, encoding="utf-8")
    found = next(each for each in work.needed().entries if each.row.number == "3-3" and each.cells["topic"] == "Water")
    work.enter(found.key, {**found.cells, "owner": "Wang"}, found.seen)
    path.write_text(TOPICS.replace('"Water"', '"Rivers"'), encoding="utf-8")
    state = work.needed()
    assert [each.cells["owner"] for each in state.entries if each.cells["topic"] == "Rivers" and each.row.number == "3-3"] == [
        "Wang"
    ]
    assert "list-topic-renamed" in {each.id for each in state.outputs.index.remarks}


def test_what_was_entered_for_a_topic_that_goes_stays_in_the_list(work: Work) -> None:
    from openpyxl import load_workbook

    (work.folder.path / "gri-index.toml").write_text(TOPICS, encoding="utf-8")
    for topic in ("Energy", "Water"):
        found = next(each for each in work.needed().entries if each.row.number == "3-3" and each.cells["topic"] == topic)
        work.enter(
            found.key,
            {**found.cells, "owner": f"{topic} person", "reason": "Not applicable", "explanation": f"no {topic}"},
            found.seen,
        )
    text = work.profile_text()
    told = work.save_profile([("topic", "0"), ("topic.name", ""), ("topic", "1"), ("topic.name", "")], mark(text))
    enter(work, "2-7", owner="Zhao")
    sheet = load_workbook(work.folder.path / "content-index.xlsx")["Working list"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"Energy person", "Water person", "no Energy", "no Water"} <= cells and told


def test_the_list_goes_along_where_its_workbook_gets_another_name(work: Work) -> None:
    enter(work, "2-7", owner="Li Wei")
    told = work.save_profile([("output.index_name", "gri")], mark(work.profile_text()))
    assert [each.id for each in told] == ["desk-list-moved"] and entry(work, "2-7").cells["owner"] == "Li Wei"
    work.write(("docx", "md", "xlsx"), publish=False)
    assert {"gri.docx", "gri.md", "gri.xlsx"} <= {path.name for path in work.folder.made()} and work.folder.chosen() == (
        "report.md",
    )
    with pytest.raises(InputError, match="index_name"):
        work.save_profile([("output.index_name", "suggestions")], mark(work.profile_text()))


def test_a_profile_that_cannot_be_built_is_not_written(work: Work) -> None:
    text = work.profile_text()
    with pytest.raises(InputError, match=r"nope\.docx"):
        work.save_profile([("output.template", "nope.docx")], mark(text))
    assert work.profile_text() == text


# ── the working list ──


def test_what_excel_saves_meanwhile_is_not_written_over(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    enter(work, "2-7", owner="Li Wei")
    path, built = work.folder.path / "content-index.xlsx", Work._built
    saved: list[bool] = []

    def slow(*args: Any, **named: Any) -> Any:
        outputs = built(*args, **named)
        if not saved:  # while the desk writes, Excel saves
            saved.append(True)
            book = load_workbook(path)
            sheet = book["Working list"]
            heads = [cell.value for cell in sheet[1]]
            next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "2-8")[heads.index("Owner")].value = "Wang"
            book.save(path)
        return outputs

    found = entry(work, "2-9")
    monkeypatch.setattr(Work, "_built", slow)
    work.enter(found.key, {"owner": "Zhao"}, found.seen)
    assert saved and [entry(work, number).cells["owner"] for number in ("2-7", "2-8", "2-9")] == ["Li Wei", "Wang", "Zhao"]


def test_a_workbook_that_is_damaged_is_said(work: Work) -> None:
    (work.folder.path / "content-index.xlsx").write_bytes(b"PK no workbook")
    assert [each.id for each in work.notes()] == ["list-damaged"]


def test_an_omission_without_its_reason_waits(work: Work) -> None:
    form = [("requirements", ""), ("reason", ""), ("explanation", "not yet"), ("owner", "Li")]
    assert is_half(form) and set(cells_of(form, work.needed())) == {"owner"}  # what was saved before stands


@pytest.mark.parametrize("text", ["None.", "n/a", "-", "\u65e0\u3002"])
def test_a_short_answer_of_the_profile_stays_one(work: Work, text: str) -> None:
    (work.folder.path / "gri-index.toml").write_text(f'[[answer]]\ndisclosure = "2-4"\ntext = "{text}"\n', encoding="utf-8")
    enter(work, "2-1", owner="Li")
    enter(work, "2-1", owner="Wang")
    assert entry(work, "2-4").row.status is Status.REPORTED


def test_what_no_cell_can_hold_is_said_and_locks_nothing(work: Work) -> None:
    assert "desk-altered" not in enter(work, "2-7", note="a\u200bb\u202ec\x0bd")
    enter(work, "2-7", owner="Li Wei")
    with pytest.raises(DeskError):
        enter(work, "2-7", note="x" * 40_000)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"


def test_a_note_leaves_the_decision_as_it_is(work: Work) -> None:
    row = next(each for each in work.suggestions()[1] if each.number == "303-3" and each.section)
    work.decide(review_key(row), Verdict.REJECT, "p. 3", "", decided(row))
    row = next(each for each in work.suggestions()[1] if review_key(each) == review_key(row))
    work.note(review_key(row), "asked the plant", decided(row))
    row = next(each for each in work.suggestions()[1] if review_key(each) == review_key(row))
    assert row.decision and (row.decision.verdict, row.decision.place, row.decision.note) == (
        Verdict.REJECT,
        "p. 3",
        "asked the plant",
    )


def test_the_list_goes_along_there_and_back(work: Work) -> None:
    enter(work, "2-7", owner="Anna")
    work.save_profile([("output.index_name", "gri")], mark(work.profile_text()))
    enter(work, "2-8", owner="Berta")
    work.save_profile([("output.index_name", "")], mark(work.profile_text()))
    assert [entry(work, number).cells["owner"] for number in ("2-7", "2-8")] == ["Anna", "Berta"]
    assert (work.folder.path / "content-index.kept-1.xlsx").is_file()


def test_two_topics_of_one_name_are_refused(work: Work) -> None:
    rows = [("topic", ""), ("topic.name", "Energy"), ("topic", ""), ("topic.name", "energy")]
    with pytest.raises(DeskError, match="two topics"):
        work.save_profile(rows, mark(work.profile_text()))


def test_a_damaged_review_is_said_and_kept(work: Work) -> None:
    (work.folder.path / "suggestions.xlsx").write_bytes(b"no workbook")
    assert [each.id for each in work.notes()] == ["list-damaged"]
    row = next(each for each in work.suggestions()[1] if each.section)
    work.decide(review_key(row), Verdict.ACCEPT, "", "", decided(row))
    assert (work.folder.path / "suggestions.kept-1.xlsx").read_bytes() == b"no workbook"


def test_what_is_entered_stands_in_the_workbook_and_comes_back(work: Work) -> None:
    enter(work, "2-7", sections="About us", pages="3", owner="Li Wei", due="2026-12-15", note="ask\nHR")
    enter(
        work, "2-19", requirements="a\nb", reason="Not applicable\nConfidentiality constraints", explanation="no board\ncontracts"
    )
    again = Work(Folder(work.folder.path), DAY)  # as after a kill
    seven, nineteen = entry(again, "2-7"), entry(again, "2-19")
    assert seven.row.status is Status.REPORTED and seven.cells["owner"] == "Li Wei" and seven.cells["note"] == "ask\nHR"
    assert nineteen.row.status is Status.OMITTED or nineteen.row.status is Status.PARTIAL
    assert nineteen.cells["reason"] == "Not applicable\nConfidentiality constraints"


def test_a_row_that_changed_meanwhile_is_not_written_over(work: Work) -> None:
    before = entry(work, "2-7")
    enter(work, "2-7", owner="Li Wei")
    with pytest.raises(ChangedError):
        work.enter(before.key, {"owner": "Wang"}, before.seen)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"


def test_what_excel_holds_is_not_written_over(work: Work) -> None:
    from openpyxl import load_workbook

    enter(work, "2-7", owner="Li Wei")
    book = load_workbook(path := work.folder.path / "content-index.xlsx")
    sheet = book["Working list"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "2-8")
    row[heads.index("Owner")].value = "Wang"
    book.save(path)
    enter(work, "2-9", owner="Zhao")
    assert [entry(work, number).cells["owner"] for number in ("2-7", "2-8", "2-9")] == ["Li Wei", "Wang", "Zhao"]


def test_a_place_can_be_cleared(work: Work) -> None:
    enter(work, "2-7", sections="About us", pages="3")
    enter(work, "2-7", sections="", pages="")
    assert entry(work, "2-7").row.status is Status.MISSING


def test_words_that_cannot_be_read_are_named(work: Work) -> None:
    assert "list-requirement" in enter(work, "2-21", requirements="the first one", reason="Not applicable", explanation="none")


def test_lines_of_a_form_become_cells(work: Work) -> None:
    form = [
        ("place", "Energy"), ("page", ""), ("place", ""), ("page", "7"), ("place", ""), ("page", ""), ("requirements", ""), ("reason", "Not applicable"),
        ("explanation", "none\nat all"), ("requirements", ""), ("reason", ""), ("explanation", ""), ("owner", " Li "),
    ]  # fmt: skip
    cells = cells_of(form, work.needed())
    assert (cells["sections"], cells["pages"]) == ("Energy\n–", "–\n7")
    assert (cells["requirements"], cells["reason"], cells["explanation"]) == ("All", "Not applicable", "none at all")
    assert cells["owner"] == "Li" and set(cells) <= set(EDITED)


# ── suggestions, findings, outputs ──


def test_a_decision_is_a_tag_and_can_be_taken_back(work: Work) -> None:
    _, rows, _ = work.suggestions()
    row = next(each for each in rows if each.number == "303-3" and each.section)
    work.decide(review_key(row), Verdict.ACCEPT, "", "looks right", decided(row))
    with pytest.raises(ChangedError):  # a page that was opened before
        work.decide(review_key(row), Verdict.REJECT, "", "", decided(row))
    assert entry(work, "303-3").row.status is Status.REPORTED
    _, rows, _ = Work(Folder(work.folder.path), DAY).suggestions()
    again = next(each for each in rows if review_key(each) == review_key(row))
    assert again.decision and (again.decision.verdict, again.decision.note) == (Verdict.ACCEPT, "looks right")
    work.decide(review_key(again), None, "", "", decided(again))
    assert not [each for each in work.needed().entries if each.row.number == "303-3" and each.row.status is Status.REPORTED]


def test_a_finding_is_accepted_for_a_reason(work: Work) -> None:
    finding = next(each for each in work.needed().outputs.findings if not each.acknowledged)
    work.acknowledge(
        {"rule": finding.code, "disclosure": finding.disclosure, "reason": "the board knows", "by": ""}, load_labels("en")
    )
    same = [each for each in work.needed().outputs.findings if (each.code, each.disclosure) == (finding.code, finding.disclosure)]
    assert all("the board knows" in each.acknowledged for each in same) and same


def test_nothing_private_is_published(work: Work) -> None:
    enter(work, "2-7", owner="Li Wei")
    work.write(("docx", "xlsx", "html"), publish=True)
    made = {path.name for path in work.folder.made("publish")}
    assert made == {"content-index.docx", "content-index.xlsx", "content-index.html"}
    assert entry(Work(Folder(work.folder.path), DAY), "2-7").cells["owner"] == "Li Wei"


def test_several_reports_are_chosen_and_the_choice_stays(work: Work) -> None:
    (work.folder.path / "annex.md").write_text("# Waste\n\nWords. [GRI 306-3]\n", encoding="utf-8")
    assert Folder(work.folder.path).chosen() == ()  # nobody knows which
    work.choose(["report.md", "annex.md"])
    assert Folder(work.folder.path).chosen() == ("report.md", "annex.md")
    with pytest.raises(InputError):
        work.choose(["../report.md"])


def test_an_earlier_version_is_kept(work: Work, tmp_path: Path) -> None:
    arrived = work.folder.room()
    arrived.write_text("# Energy\n\nNew. [GRI 302-1]\n", encoding="utf-8")
    (told,) = work.take_report(arrived, "C:\\reports\\report.md")
    assert dict(told.args)["kept"] == "report.kept-1.md" and (tmp_path / "report.kept-1.md").read_text(encoding="utf-8") == REPORT
    assert work.folder.chosen() == ("report.md",) and work.needed().outputs.report.tags[0].reference.number == "302-1"


@pytest.mark.parametrize(
    "name", ["", "content-index.docx", "report.exe", "~$report.docx", ".docx", "x" * 200 + ".md", "..", "a/.."]
)
def test_names_that_no_report_has(name: str) -> None:
    with pytest.raises(InputError):
        report_name(name)


def test_a_file_that_is_no_report_is_not_taken(work: Work) -> None:
    arrived = work.folder.room()
    arrived.write_bytes(b"PK\x03\x04 no package")
    with pytest.raises(InputError):
        work.take_report(arrived, "new.docx")
    assert work.folder.candidates() == ["report.md"]


def test_a_workbook_that_cannot_be_written_is_said(work: Work) -> None:
    enter(work, "2-7", owner="Li Wei")
    path = work.folder.path / "content-index.xlsx"
    content = path.read_bytes()
    path.unlink()
    path.mkdir()
    with pytest.raises(OutputError):
        enter(work, "2-7", owner="Wang")
    path.rmdir()
    path.write_bytes(content)
    assert entry(work, "2-7").cells["owner"] == "Li Wei"


# ── who may ask ──


@pytest.fixture
def desk(work: Work) -> Iterator[str]:
    """The address of a running desk."""
    import socket

    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    config = uvicorn.Config(application(work, "secret", "en", [host]), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://{host}"
    server.should_exit = True
    thread.join(10)
    listening.close()


def ask(url: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_token_opens_the_desk(desk: str) -> None:
    for path in ("", "profile", "suggestions", "list?status=all", "check", "outputs"):
        status, text = ask(f"{desk}/secret/{path}")
        assert (status, "said bad" in text) == (200, False), path
    assert ask(f"{desk}/")[0] == ask(f"{desk}/wrong/")[0] == ask(f"{desk}/secret/no-such-page")[0] == 404


def test_a_foreign_page_is_refused(desk: str, work: Work) -> None:
    form = {"rule": "CI201", "reason": "evil"}
    assert ask(f"{desk}/secret/acknowledge", form, Origin="http://evil.example")[0] == 403
    assert ask(f"{desk}/secret/acknowledge", form)[0] == 403  # no origin at all
    assert ask(f"{desk}/secret/", Host="evil.example")[0] == 403
    assert ask(f"{desk}/secret/", Sec_Fetch_Site="cross-site")[0] == 403
    assert "evil" not in work.profile_text()
    assert ask(f"{desk}/secret/acknowledge", form, Origin=desk)[0] == 200


def test_what_is_sent_is_bounded(desk: str) -> None:
    assert ask(f"{desk}/secret/profile", {"report.title": "x" * 5_000_000}, Origin=desk)[0] == 422
    status, text = ask(f"{desk}/secret/report?name=r.md", {}, Origin=desk, Content_Length=str(2**31))
    assert status == 422 and "MB" in text


def test_outputs_alone_are_handed_out(desk: str, work: Work) -> None:
    work.write(("html",), publish=False)
    assert ask(f"{desk}/secret/file/content-index.html")[0] == ask(f"{desk}/secret/view/status.html")[0] == 200
    for name in ("gri-index.toml", "report.md", "..%2Freport.md", "%2Fetc%2Fpasswd", "no-such-folder/content-index.html/../../x"):
        assert ask(f"{desk}/secret/file/{name}")[0] == 404


def test_texts_of_a_report_are_escaped_everywhere(work: Work, desk: str, capfd: pytest.CaptureFixture[str]) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    (work.folder.path / "report.md").write_text(f"# {evil}\n\nWords about water withdrawal. [GRI 302-1]\n", encoding="utf-8")
    enter(work, "2-7", owner=evil, note=evil, sections=evil)
    for path in ("", "profile", "suggestions?show=all", "list?status=all", f"list/{entry(work, '2-7').key}", "check", "outputs"):
        assert "<img" not in ask(f"{desk}/secret/{path}")[1], path
    assert "onerror" not in capfd.readouterr().err


def test_a_fault_of_the_program_tells_nothing_of_the_report(
    work: Work, desk: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> Callable[[], None]:
        raise RuntimeError("the words of the report")

    monkeypatch.setattr(Work, "needed", broken)
    status, text = ask(f"{desk}/secret/list")
    assert status == 500 and "RuntimeError" in text and "words of" not in text + capfd.readouterr().err
