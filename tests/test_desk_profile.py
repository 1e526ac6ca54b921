"""What saving the profile in the desk does to the working list: entries follow, or nothing is written."""

import pytest

from gri_index.desk.refusals import ChangedError, DeskError
from gri_index.desk.work import Work
from gri_index.errors import InputError
from gri_index.model.working import mark
from tests.desk import enter, entry

TOPICS = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Energy"\ndisclosures = ["302-1"]\n[[topic]]\nname = "Water"\ndisclosures = ["303-3"]\n'


def test_a_fault_is_named_and_nothing_is_written(work: Work) -> None:
    text = work.profile_text()
    with pytest.raises(InputError, match="period_start"):
        work.save_profile([("report.period_start", "soon")], mark(text))
    with pytest.raises(ChangedError):
        work.save_profile([("report.organization", "Ares")], "of another page")
    assert work.profile_text() == text
    work.save_profile([("report.organization", "Ares")], mark(text))
    assert work.profile().report.organization.in_("en") == "Ares" and (work.folder.path / "content-index.xlsx").is_file()


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


def test_the_list_goes_along_there_and_back(work: Work) -> None:
    enter(work, "2-7", owner="Anna")
    work.save_profile([("output.index_name", "gri")], mark(work.profile_text()))
    enter(work, "2-8", owner="Berta")
    work.save_profile([("output.index_name", "")], mark(work.profile_text()))
    assert [entry(work, number).cells["owner"] for number in ("2-7", "2-8")] == ["Anna", "Berta"]
    assert (work.folder.path / "content-index.kept-1.xlsx").is_file()


def test_a_profile_that_cannot_be_built_is_not_written(work: Work) -> None:
    text = work.profile_text()
    with pytest.raises(InputError, match=r"nope\.docx"):
        work.save_profile([("output.template", "nope.docx")], mark(text))
    assert work.profile_text() == text


def test_two_topics_of_one_name_are_refused(work: Work) -> None:
    rows = [("topic", ""), ("topic.name", "Energy"), ("topic", ""), ("topic.name", "energy")]
    with pytest.raises(DeskError, match="two topics"):
        work.save_profile(rows, mark(work.profile_text()))
