import inspect
import re
from collections.abc import Callable

from gri_index import checks
from gri_index.checks import check, rules
from gri_index.matching import match
from gri_index.model.findings import Context, Finding
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue


def findings(catalogue: Catalogue, report: Report, profile: Profile) -> tuple[Finding, ...]:
    found = check(Context(report, catalogue, profile, match(report, catalogue, profile)))
    return tuple(each for each in found if each.code == "CI201")


def test_every_rule_function_is_registered_and_named_rule() -> None:
    import importlib

    registered = {each.check.__name__ for each in rules()}
    written = {
        name for module in (*checks._MODULES, *checks._AUDITS) for name, _ in inspect.getmembers(importlib.import_module(module), inspect.isfunction)
        if name.startswith("rule_")
    }  # fmt: skip
    assert registered == written


def test_every_rule_has_a_manual_with_its_four_parts() -> None:
    for each in rules():
        assert re.fullmatch(r"CI\d{3}", each.code) and each.clause
        for part in ("What it does:", "Why it matters:", "Example:", "Instead:"):
            assert part in each.manual, each.code


def test_the_generated_pages_are_up_to_date() -> None:
    from tools.reference import DOCS, pages

    written = {path.relative_to(DOCS).as_posix() for path in (DOCS / "rules").iterdir()} | {"cli.md", "rules.md"}
    made = dict(pages())
    assert made.keys() == written
    stale = [path for path, text in made.items() if (DOCS / path).read_text(encoding="utf-8") != text]
    assert not stale  # python -m tools.reference


def test_the_manual_pages_are_up_to_date() -> None:
    from tools.man_pages import MAN, pages

    made = dict(pages())
    assert {path.name: path.read_text(encoding="utf-8") for path in MAN.iterdir()} == made  # python -m tools.man_pages
    assert all(text.isascii() and text.startswith(".TH") for text in made.values())


def test_missing_disclosures_in_accordance(
    catalogue: Catalogue, markdown: Callable[[str], Report], profile: Callable[[str], Profile]
) -> None:
    report = markdown("# A\n\n[GRI 2-1 to 2-30]\n\n[GRI 3-1]\n\n[GRI 3-3 [Water]]\n")
    stated = '[claim]\nbasis = "in accordance"\n[[topic]]\nname = "Water"\ndisclosures = ["303-3"]\n'
    found = findings(catalogue, report, profile(stated))
    assert [(f.code, str(f.key), f.where) for f in found] == [("CI201", "3-2", ""), ("CI201", "303-3", "Water")]
    assert [f.hint.id if f.hint else "" for f in found] == ["CI201-hint-no-omission", "CI201-hint"]


def test_nothing_is_missing_with_reference(
    catalogue: Catalogue, markdown: Callable[[str], Report], profile: Callable[[str], Profile]
) -> None:
    assert findings(catalogue, markdown("# A\n\n[GRI 2-1]\n"), profile("")) == ()


def test_an_acknowledged_finding_stays_and_says_so(
    catalogue: Catalogue, markdown: Callable[[str], Report], profile: Callable[[str], Profile]
) -> None:
    report = markdown("# A\n\n[GRI 2-1 to 2-28]\n\n[GRI 3-1, 3-2]\n")
    stated = '[claim]\nbasis = "in accordance"\n[[acknowledged]]\nrule = "CI201"\ndisclosure = "2-29"\nreason = "next year"\nby = "Anna"\n'
    found = findings(catalogue, report, profile(stated))
    assert [(str(f.key), f.acknowledged) for f in found] == [("2-29", "Anna: next year"), ("2-30", "")]
