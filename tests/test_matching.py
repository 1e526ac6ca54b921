import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_index.matching import match
from gri_index.matching.coverage import cover, status_of
from gri_index.matching.resolution import Resolver
from gri_index.model.index import Band, ContentIndex, IndexRow, Omission, ProblemCode, Status
from gri_index.model.keys import Certainty, Reference
from gri_index.model.profile import OmissionReason, Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.text import LocalText

Markdown = Callable[[str], Report]
Read = Callable[[str], Profile]


@pytest.fixture
def matched(catalogue: Catalogue, markdown: Markdown, profile: Read) -> Callable[[str, str], ContentIndex]:
    return lambda text, stated: match(markdown(text), catalogue, profile(stated))


def row(index: ContentIndex, number: str, topic: str = "") -> IndexRow:
    names = {t.id: t.name.in_("en") for t in index.topics}
    return next(r for r in index.rows if r.number == number and (not topic or names.get(r.topic) == topic))


# ── editions ──


@pytest.mark.parametrize(
    ("number", "edition", "context", "day", "wanted", "reason"),
    [
        ("302-1", None, "", None, "2016", Certainty.ONLY),
        ("303-3", "2018", "", None, "2018", Certainty.STATED),
        ("306-3", None, "GRI 306: Effluents and Waste 2016", None, "2016", Certainty.NEARBY),
        ("306-3", None, "Significant spills", None, "2016", Certainty.NEARBY),
        ("306-4", None, "", "2026-04-01", "2020", Certainty.DATE),
        ("102-1", None, "", "2021-04-01", "2016", Certainty.DATE),
        ("102-1", None, "", "2026-04-01", "2025", Certainty.DATE),
        ("306-3", None, "", "2026-04-01", "2020", Certainty.NEWEST),
    ],
)
def test_the_edition_meant(
    catalogue: Catalogue, number: str, edition: str | None, context: str, day: str | None, wanted: str, reason: Certainty
) -> None:
    resolver = Resolver(catalogue, datetime.date.fromisoformat(day) if day else None)
    found = resolver.resolve(Reference(number=number, edition=edition), context)
    assert found.key and (found.key.edition, found.reason) == (wanted, reason)


def test_other_tags_of_the_standard_decide(catalogue: Catalogue, markdown: Markdown) -> None:
    report = markdown("# A\n\n[GRI 306-3, GRI 306-4]\n")
    resolver = Resolver(catalogue, datetime.date(2026, 4, 1), report.tags)
    assert resolver.resolve(Reference(number="306-3")).reason is Certainty.SIBLINGS


def test_an_unknown_number_has_no_key_and_is_a_problem(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# A\n\n[GRI 302-9]\n", "")
    assert [(problem.code, problem.name, problem.tag) for problem in index.problems] == [
        (ProblemCode.UNKNOWN_DISCLOSURE, "302-9", 0)
    ]
    assert index.rows == ()


def test_both_306_3_may_stand_in_one_index(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# Spills [GRI 306-3 (2016)]\n\n# Waste [GRI 306-3 (2020)]\n", "")
    assert [(r.number, r.key.edition if r.key else "") for r in index.rows] == [("306-3", "2016"), ("306-3", "2020")]


def test_the_edition_that_the_profile_lists_is_meant(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = '[report]\npublication_date = 2026-04-01\n[[topic]]\nname = "Spills"\ndisclosures = ["306-3 (2016)"]\n'
    index = matched("# Spills\n\n[GRI 306-3]\n", stated)
    assert [(r.number, r.key.edition if r.key else "", r.status) for r in index.rows] == [("306-3", "2016", Status.REPORTED)]


def test_a_topic_may_list_whole_standards_and_sector_references(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = (
        '[report]\npublication_date = 2026-04-01\n[[topic]]\nname = "Climate"\ndisclosures = ["GRI 302", "11.1.5", "GRI 305"]\n'
    )
    index = matched("# A\n", stated)
    assert [r.number for r in index.rows] == [*[f"302-{n}" for n in range(1, 6)], *[f"305-{n}" for n in range(1, 8)]]
    assert index.remarks == ()


# ── claims ──


def test_in_accordance_requires_gri_2_and_3_and_the_topics(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Energy"\ndisclosures = ["302-1"]\n'
    index = matched("# A\n\n[GRI 2-1]\n\n[GRI 3-3 [Energy]]\n", stated)
    assert sum(r.required for r in index.rows) == 30 + 2 + 1 + 1
    assert {r.number for r in index.rows if r.status is Status.REPORTED} == {"2-1", "3-3"}
    assert row(index, "302-1").status is Status.MISSING


def test_with_reference_requires_nothing(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# A\n\n[GRI 2-1]\n", '[[topic]]\nname = "Energy"\ndisclosures = ["302-1"]\n')
    assert [(r.number, r.status, r.required) for r in index.rows] == [
        ("2-1", Status.REPORTED, False),
        ("302-1", Status.PLANNED, False),
    ]


def test_a_sector_topic_requires_its_listed_disclosures_and_recommends_additional_ones(
    matched: Callable[[str, str], ContentIndex],
) -> None:
    stated = '[claim]\nbasis = "in accordance"\nsector_standards = ["GRI 11"]\n[[topic]]\nname = "Climate"\nsector_topics = ["11.1", "11.2"]\n'
    index = matched("# A\n\n[GRI S11.2.4]\n", stated)
    climate = [r for r in index.rows if r.band is Band.TOPIC]
    assert [r.number for r in climate if r.required] == [
        "3-3", "201-2", "302-1", "302-2", "302-3", "305-1", "305-2", "305-3", "305-4", "305-5",
    ]  # fmt: skip
    assert row(index, "3-3").sector_refs == ("11.1.1", "11.2.1")
    assert row(index, "201-2").sector_refs == ("11.2.2",)
    additional = [r for r in climate if r.key is None]
    assert [(r.sector_refs, r.required, r.status) for r in additional] == [(("11.2.4",), False, Status.REPORTED)]


# ── topics ──


TOPICS = '[[topic]]\nname = { en = "Energy and climate", "zh-Hans" = "能源与气候" }\ndisclosures = ["302-1"]\n[[topic]]\nname = "Water"\ndisclosures = ["303-3"]\n'


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("# X\n\n[GRI 3-3 [Energy and Climate]]", "Energy and climate"),
        ("# X\n\n（GRI 3-3【能源与气候】）", "Energy and climate"),
        ("# Water\n\n## Our approach\n\n[GRI 3-3]", "Water"),
        ("# X\n\n[GRI 3-3, GRI 303-3]", "Water"),
    ],
)
def test_a_3_3_belongs_to_the_topic_that_tag_or_section_names(
    matched: Callable[[str, str], ContentIndex], text: str, topic: str
) -> None:
    index = matched(text, TOPICS)
    assert row(index, "3-3", topic).status is Status.REPORTED
    assert sum(r.number == "3-3" for r in index.rows) == 1


def test_a_bare_3_3_is_not_spread_over_all_topics(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# X\n\n[GRI 3-3]", '[claim]\nbasis = "in accordance"\n' + TOPICS)
    assert [(r.topic, r.status) for r in index.rows if r.number == "3-3"] == [
        ("", Status.REPORTED), ("t1", Status.MISSING), ("t2", Status.MISSING),
    ]  # fmt: skip
    assert ProblemCode.TOPIC_NOT_NAMED in [problem.code for problem in index.problems]


def test_topics_come_from_tags_where_the_profile_states_none(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# X\n\n[GRI 3-3 [Water]]\n\n[GRI 3-3 [Energy]]", "")
    assert [topic.name.in_("") for topic in index.topics] == ["Water", "Energy"]


def test_a_bare_standard_marks_the_matrix_and_claims_no_disclosure(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# X\n\n*GRI 302*", "")
    assert index.rows == ()
    assert [(cell.row, cell.standard) for cell in index.matrix.cells] == [(-1, "GRI 302")]


# ── coverage ──


def test_requirement_tags_add_up(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# A\n\n[GRI 303-5-a, -b]\n\n# B\n\n[GRI 303-5-c]", "")
    assert row(index, "303-5").status is Status.PARTIAL
    assert row(index, "303-5").coverage.missing == ("d",)
    index = matched("# A\n\n[GRI 303-5-a, -b]\n\n# B\n\n[GRI 303-5-c, -d]", "")
    assert (row(index, "303-5").status, row(index, "303-5").itemised) == (Status.REPORTED, True)


def test_a_whole_tag_reports_and_is_not_itemised(matched: Callable[[str, str], ContentIndex]) -> None:
    found = row(matched("# A\n\n[GRI 303-5]", ""), "303-5")
    assert (found.status, found.itemised, found.coverage.missing) == (Status.REPORTED, False, ())


OMIT = '[claim]\nbasis = "in accordance"\n[[omission]]\ndisclosure = "{}"\nrequirements = {}\nreason = "{}"\nexplanation = "{}"\n'


@pytest.mark.parametrize(
    ("text", "omission", "number", "status"),
    [
        ("", ("2-21", "[]", "confidentiality constraints", "Pay."), "2-21", Status.OMITTED),
        ("", ("2-21", '["a", "b", "c"]', "confidentiality constraints", "Pay."), "2-21", Status.OMITTED),
        ("", ("2-21", '["a"]', "confidentiality constraints", "Pay."), "2-21", Status.PARTIAL),
        ("[GRI 2-21]", ("2-21", '["a"]', "confidentiality constraints", "Pay."), "2-21", Status.REPORTED_WITH_OMISSIONS),
        ("[GRI 2-21-b, -c]", ("2-21", '["a"]', "not applicable", "Pay."), "2-21", Status.REPORTED_WITH_OMISSIONS),
        ("[GRI 2-21-b]", ("2-21", '["a"]', "not applicable", "Pay."), "2-21", Status.PARTIAL),
        ("", ("2-21", "[]", "not material", "Pay."), "2-21", Status.MISSING),
        ("", ("2-21", "[]", "not applicable", ""), "2-21", Status.MISSING),
        ("", ("2-3", "[]", "not applicable", "Because."), "2-3", Status.MISSING),
    ],
)
def test_omissions(
    matched: Callable[[str, str], ContentIndex], text: str, omission: tuple[str, ...], number: str, status: Status
) -> None:
    assert row(matched(f"# A\n\n{text}\n", OMIT.format(*omission)), number).status is status


def test_answers_and_outside_locations_cover(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = (
        '[[answer]]\ndisclosure = "206-1"\ntext = "None."\n[[document]]\nid = "AR"\ntitle = "Annual report"\n'
        '[[location]]\ndisclosure = "2-10"\ndocument = "AR"\npages = "12-14"\n'
    )
    index = matched("# A\n", stated)
    assert [(r.number, r.status) for r in index.rows] == [("2-10", Status.REPORTED), ("206-1", Status.REPORTED)]
    assert row(index, "2-10").locations[0].document_title.in_("") == "Annual report"


def test_an_omission_of_an_unknown_topic_is_a_problem(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = TOPICS + '[[omission]]\ndisclosure = "3-3"\ntopic = "Noise"\nreason = "not applicable"\nexplanation = "x"\n'
    assert ProblemCode.OMISSION_WITHOUT_ROW in [problem.code for problem in matched("# A\n", stated).problems]


def test_an_omission_of_3_3_names_its_topic(matched: Callable[[str, str], ContentIndex]) -> None:
    omission = '[[omission]]\ndisclosure = "3-3"\n{}reason = "not applicable"\nexplanation = "x"\n'
    basis = '[claim]\nbasis = "in accordance"\n'
    index = matched("# A\n", basis + TOPICS + omission.format('topic = "Water"\n'))
    assert [(r.topic, r.status) for r in index.rows if r.number == "3-3"] == [("t1", Status.MISSING), ("t2", Status.OMITTED)]
    index = matched("# A\n", basis + TOPICS + omission.format(""))
    assert [r.status for r in index.rows if r.number == "3-3"] == [Status.MISSING, Status.MISSING]
    assert ProblemCode.OMISSION_WITHOUT_ROW in [problem.code for problem in index.problems]


LEAVES = ("a", "b-i", "b-ii", "c")
TAGS = st.lists(st.lists(st.sampled_from(["a", "b", "b-i", "b-ii", "c"]), max_size=3, unique=True).map(tuple), max_size=4)
OMISSIONS = st.lists(
    st.builds(
        lambda labels, good: Omission(
            requirements=labels, reason=OmissionReason.NOT_APPLICABLE, explanation=LocalText((("", "x"),)), permitted=good
        ),
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple),
        st.booleans(),
    ),
    max_size=2,
)
RANK = [Status.MISSING, Status.OMITTED, Status.PARTIAL, Status.REPORTED_WITH_OMISSIONS, Status.REPORTED]


@given(TAGS, OMISSIONS)
def test_each_requirement_has_one_fate(tags: list[tuple[str, ...]], omissions: list[Omission]) -> None:
    coverage, _ = cover(LEAVES, tags, omissions)
    assert sorted((*coverage.reported, *coverage.omitted, *coverage.missing)) == sorted(LEAVES)


@given(TAGS, OMISSIONS, st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple))
def test_another_location_never_lowers_the_status(
    tags: list[tuple[str, ...]], omissions: list[Omission], more: tuple[str, ...]
) -> None:
    def status(tagged: list[tuple[str, ...]]) -> Status:
        return status_of(cover(LEAVES, tagged, omissions)[0], tagged, omissions, True)

    before, after = status(tags), status([*tags, more])
    assert RANK.index(after) >= RANK.index(before)


@given(st.permutations(["[GRI 2-7]", "[GRI 302-1]", "[GRI 3-3 [Water]]", "[GRI 303-3-a]", "[GRI 405-1-b]"]))
def test_the_order_of_tags_does_not_matter(order: list[str]) -> None:
    from gri_index.catalogue import load_catalogue
    from gri_index.extraction.report import read_report

    report = read_report("r.md", ("# A\n\n" + "\n\n".join(order)).encode())
    index = match(report, load_catalogue(), Profile())
    assert [(r.number, r.status) for r in index.rows] == [
        ("2-7", Status.REPORTED), ("3-3", Status.REPORTED), ("302-1", Status.REPORTED), ("303-3", Status.PARTIAL), ("405-1", Status.PARTIAL),
    ]  # fmt: skip


def test_each_disclosure_and_topic_is_in_exactly_one_row(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched(
        "# A\n\n[GRI 2-7, GRI 2-7-a, GRI 302-1, GRI 302-1]\n\n[GRI 305-6]", '[claim]\nbasis = "in accordance"\n' + TOPICS
    )
    keys = [(r.key, r.topic) for r in index.rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("name", "title", "held"),
    [("Water", "Wastewater treatment", False), ("Water", "Our water use", True), ("Tax", "Tax strategy", True), ("水资源", "水资源管理", True),
     ("能源", "绿色能源行动", True), ("Energy", "Energy and climate", True)],
)  # fmt: skip
def test_a_title_holds_a_topic_as_words(matched: Callable[[str, str], ContentIndex], name: str, title: str, held: bool) -> None:
    index = matched(f"# {title}\n\n[GRI 3-3]\n", f'[[topic]]\nname = "{name}"\n')
    assert [bool(r.topic) for r in index.rows] == [held]


def test_unknown_requirements_cover_and_omit_nothing(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = '[claim]\nbasis = "in accordance"\n[[answer]]\ndisclosure = "2-7"\nrequirements = ["k"]\ntext = "x"\n'
    index = matched(
        "# A\n\n[GRI 2-21]\n",
        stated + '[[omission]]\ndisclosure = "2-21"\nrequirements = ["z"]\nreason = "not applicable"\nexplanation = "x"\n',
    )
    assert row(index, "2-7").status is Status.MISSING
    assert (row(index, "2-21").status, [each.permitted for each in row(index, "2-21").omissions]) == (Status.REPORTED, [False])
    assert [(problem.code, problem.name) for problem in index.problems] == [
        (ProblemCode.UNKNOWN_REQUIREMENT, "k"), (ProblemCode.UNKNOWN_OMITTED_REQUIREMENT, "z"),
    ]  # fmt: skip


def test_what_is_reported_is_not_omitted_as_a_whole(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched("# A\n\n[GRI 302-3]\n", '[[omission]]\ndisclosure = "302-3"\nreason = "not applicable"\nexplanation = "x"\n')
    assert (row(index, "302-3").status, [each.permitted for each in row(index, "302-3").omissions]) == (Status.REPORTED, [False])


def test_sector_topics_may_bear_their_s_and_unknown_ones_are_a_problem(matched: Callable[[str, str], ContentIndex]) -> None:
    stated = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Climate"\nsector_topics = ["S11.2", "11.77"]\n'
    index = matched("# A\n\n[GRI 201-2]\n", stated)
    assert row(index, "201-2").sector_refs == ("11.2.2",)
    assert [(problem.code, problem.name) for problem in index.problems] == [(ProblemCode.UNKNOWN_SECTOR_REFERENCE, "11.77")]


def test_without_a_publication_date_the_end_of_the_period_rules_out_what_was_over_before(
    matched: Callable[[str, str], ContentIndex],
) -> None:
    index = matched("# A\n\n[GRI 306-4]\n", "[report]\nperiod_start = 2025-01-01\nperiod_end = 2025-12-31\n")
    assert [row.key.edition for row in index.rows if row.key] == ["2020"]
    assert index.problems == ()


def test_indicators_of_sector_supplements_are_rows(matched: Callable[[str, str], ContentIndex]) -> None:
    index = matched(
        "# Plants\n\nGRI EU1 GRI EU2\n\n# Losses [GRI G4-EU12]\n\nAs the EU2 says.\n",
        '[[indicator]]\nid = "EU2"\ntitle = "Net output"\nlocation = "p. 9"\n',
    )
    found = {
        each.number: (each.title.in_("en"), [place.section_title or place.text.in_("en") for place in each.locations])
        for each in index.rows
    }
    assert found == {"EU2": ("Net output", ["p. 9", "Plants"]), "EU1": ("", ["Plants"]), "EU12": ("", ["Losses"])}
    assert {each.source_title.in_("en") for each in index.rows} == {"GRI G4 Electric Utilities"}
    assert [(each.code, each.name) for each in index.problems] == [
        (ProblemCode.UNKNOWN_INDICATOR, "EU1"),
        (ProblemCode.UNKNOWN_INDICATOR, "EU12"),
    ]


def test_a_part_that_is_omitted_is_a_row_though_nothing_else_is_reported(matched: Callable[[str, str], ContentIndex]) -> None:
    omission = '[[omission]]\ndisclosure = "2-21"\nrequirements = ["a"]\nreason = "confidentiality constraints"\nexplanation = "One holder."\n'
    for claim in ("in accordance", "with reference"):
        found = row(matched("# A\n\n[GRI 2-1]\n", f'[claim]\nbasis = "{claim}"\n{omission}'), "2-21")
        assert (found.status, found.coverage.omitted, found.coverage.missing) == (Status.PARTIAL, ("a",), ("b", "c"))


def test_a_section_whose_title_is_not_unique_is_named_with_the_heading_above(matched: Callable[[str, str], ContentIndex]) -> None:
    text = (
        "# Energy\n\n## Goals\n\n[GRI 302-1]\n\n# Water\n\n## Goals\n\n### Detail\n\n[GRI 303-3]\n\n## Detail\n\n[GRI 303-5]\n\n"
        "# Waste\n\n## Policy\n\n[GRI 306-3]\n\n# People\n\n## Board\n\n[GRI 2-9]\n\n## Board\n\n[GRI 2-10]\n"
    )
    index = matched(text, '[[location]]\ndisclosure = "302-3"\nsection = "Energy \u203a Goals"\n')
    shown = {each.number: each.locations[0].section_title for each in index.rows}
    assert shown == {
        "302-1": "Energy \u203a Goals",
        "302-3": "Energy \u203a Goals",
        "303-3": "Goals \u203a Detail",
        "303-5": "Detail",
        "306-3": "Policy",
        "2-9": "Board",
        "2-10": "Board",
    }
    assert next(each for each in index.rows if each.number == "302-3").locations[0].section
