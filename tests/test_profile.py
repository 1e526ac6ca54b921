from collections.abc import Callable

import pytest

from gri_index.errors import InputError
from gri_index.model.profile import Basis, OmissionReason, Profile
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES

Read = Callable[[str], Profile]


def test_the_example_is_read() -> None:
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    assert stated.claim.basis is Basis.IN_ACCORDANCE
    assert [topic.name.in_("en") for topic in stated.topics][:2] == ["Energy and climate", "Water"]
    assert [r.number for r in stated.topics[0].disclosures] == ["302-1", "302-3", "302-4", *[f"305-{n}" for n in range(1, 6)]]
    assert {r.edition for r in stated.topics[2].disclosures} == {"2020"}
    assert stated.omissions[0].requirements == ("b",)
    assert stated.omissions[1].reason is OmissionReason.CONFIDENTIALITY_CONSTRAINTS


def test_a_text_may_differ_per_language(profile: Read) -> None:
    text = profile('[report]\norganization = { en = "Acme", "zh-Hans" = "顶点" }').report.organization
    assert (text.in_("zh-Hans"), text.in_("de", "en")) == ("顶点", "Acme")
    assert profile('[report]\norganization = "Acme"').report.organization.in_("zh-Hans") == "Acme"


@pytest.mark.parametrize(
    ("wording", "reason"),
    [("Not Applicable", OmissionReason.NOT_APPLICABLE), ("information unavailable", OmissionReason.INFORMATION_UNAVAILABLE),
     ("保密限制", OmissionReason.CONFIDENTIALITY_CONSTRAINTS), ("not material", "not material")],
)  # fmt: skip
def test_reasons_are_recognised_in_any_language_and_others_kept(profile: Read, wording: str, reason: object) -> None:
    stated = profile(f'[[omission]]\ndisclosure = "2-21"\nreason = "{wording}"\nexplanation = "x"')
    assert stated.omissions[0].reason == reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[report]\norganisation = 'A'", "unknown key report.organisation (do you mean organization?)"),
        ("[[omission]]\ndisclosure = '2-21'\nreason = 'x'\nwhy = 'y'", "unknown key omission[1].why"),
        ("[claims]\nbasis = 'x'", "unknown key claims (do you mean claim?)"),
        ("[claim]\nbasis = 'core'", 'claim.basis: "in accordance" or "with reference" is wanted'),
        ("[claim]\nsector_standards = ['GRI 302']", "claim.sector_standards: 'GRI 302' is no GRI Sector Standard"),
        ("[report]\nperiod_start = 'soon'", "report.period_start: a date such as 2025-12-31 is wanted"),
        ("[report]\nperiod_start = 2025-12-31\nperiod_end = 2025-01-01", "report.period_end lies before"),
        ("[[topic]]\nname = 'A'\ndisclosures = ['energy']", "topic[1].disclosures: 'energy' is no disclosure"),
        ("[[topic]]\nname = 'A'\ndisclosures = '302-1'", "topic[1].disclosures: a list is wanted"),
        ("[[topic]]\n", "topic[1].name is missing"),
        ("[topic]\nname = 'A'", "tables [[topic]] are wanted"),
        ("[[omission]]\nreason = 'x'", "omission[1].disclosure is missing"),
        ("[[omission]]\ndisclosure = '2-1 to 2-3'\nreason = 'x'", "names 3 disclosures"),
        ("[[location]]\ndisclosure = '2-1'\nurl = 'javascript:alert(1)'", "location[1].url: 'javascript:alert(1)' is no address"),
        ("[output]\nindex_name = '../x'", "output.index_name: '../x' is no file name"),
        ("version = 2", "version: 2 is not known"),
        ("[report", "not valid TOML"),
        ("[report]\norganization = { klingon = 'x' }", "'klingon' is no language tag"),
    ],
)
def test_each_fault_is_named_with_its_key_path(profile: Read, text: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        profile(text)
    assert words in str(error.value)
    assert str(error.value).startswith("gri-index.toml: ")
    assert "\n" not in str(error.value)


def test_all_faults_are_named_at_once(profile: Read) -> None:
    with pytest.raises(InputError) as error:
        profile("[report]\nfoo = 1\n[claim]\nbar = 2")
    assert "report.foo" in str(error.value) and "claim.bar" in str(error.value)


def test_a_profile_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="not UTF-8"):
        read_profile("[report]\norganization = 'Zürich'".encode("latin-1"))
