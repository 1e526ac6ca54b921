"""The profile as a form of the desk: what is changed stands where it stood, and all else stays."""

import re
import tomllib

from hypothesis import given
from hypothesis import strategies as some

from gri_index.desk.toml_form import changed_profile, form_tables, with_table
from gri_index.profile import read_profile
from gri_index.profile.sheets import ROWS, SINGLE
from tests.conftest import EXAMPLES

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


Form = list[tuple[str, str]]


def as_sent(text: str) -> Form:
    """What a browser sends of the form when nothing was changed."""
    form: Form = []
    for kind, tables in form_tables(text).items():
        for table in tables:
            form += [(kind, table.at)] if kind in ROWS else []
            form += [(field.name, field.text) for field in table.fields]
    return form


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
