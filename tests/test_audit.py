"""Printed indexes held against their reports; the samples of each rule are run by test_rules.py."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.model.findings import Finding
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, audit

BODY = "".join(f"{{{n}}}-----\n\n# {title}\n\n" + "A paragraph of the report with some words.\n\n" * 12 for n, title in enumerate(
    ("About us", "How we are governed", "Energy use", "Our people", "Water", "Waste", "Suppliers", "Pay", "Safety", "Data", "Figures", "Taxes"), start=1
))  # fmt: skip
WITH = "Halden AB has reported the information cited in this GRI content index for the period 1 January 2025 to 31 December 2025 with reference to the GRI Standards."
IN = "Halden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025."
GENERAL = "GRI 2: General Disclosures 2021"
ROWS = (
    (GENERAL, "2-1 Organizational details", "About us, page 1"),
    (GENERAL, "2-2 Entities included in the organization’s sustainability reporting", "About us, page 1"),
    (GENERAL, "2-7 Employees", "Our people, page 4"),
    (GENERAL, "2-9 Governance structure and composition", "How we are governed, page 2"),
    (GENERAL, "2-27 Compliance with laws and regulations", "How we are governed, page 2"),
    ("GRI 302: Energy 2016", "302-1 Energy consumption within the organization", "Energy use"),
)
Row = tuple[str, str, str]


def report(
    *more: Row,
    statement: str = WITH,
    gri_1: str = "GRI 1 used: GRI 1: Foundation 2021",
    body: str = BODY,
    rows: tuple[Row, ...] = ROWS,
) -> str:
    table = "\n".join(f"| {' | '.join(row)} |" for row in (*rows, *more))
    return f"{body}{{13}}-----\n\n# GRI content index\n\n{statement}\n\n{gri_1}\n\n| GRI Standard | Disclosure | Location |\n|---|---|---|\n{table}\n"


def row(disclosure: str, location: str, standard: str = GENERAL) -> Row:
    return standard, disclosure, location


ENERGY = "GRI 302: Energy 2016"
ALL = tuple(row(f"2-{n}", "About us, page 1") for n in range(1, 31)) + tuple(
    row(f"3-{n}", "About us, page 1", "GRI 3: Material Topics 2021") for n in (1, 2, 3)
)
POLICY = row("415-1 Political contributions", "About us, page 1", "GRI 415: Public Policy 2016")


@pytest.fixture
def audited(catalogue: Catalogue) -> Callable[[str], tuple[Finding, ...]]:
    return lambda text: audit(InputFile("r.md", text.encode()), Profile(stated=False), catalogue).findings


def test_a_right_index_has_no_finding(audited: Callable[[str], tuple[Finding, ...]]) -> None:
    assert audited(report()) == ()


def test_the_command_audits_a_report_or_an_index_of_its_own(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text(report(row("305-1 Direct (Scope 1) GHG emissions", "Energy use", ENERGY)), encoding="utf-8")
    code, out, _ = run("audit", tmp_path / "r.md", "-f", "json")
    assert (code, [each["code"] for each in json.loads(out)["findings"]]) == (0, ["CI156"])
    (tmp_path / "body.md").write_text(BODY, encoding="utf-8")
    (tmp_path / "index.md").write_text(report(row("302-3 Energy intensity", "Our planet", ENERGY), body=""), encoding="utf-8")
    assert "CI452" in run("audit", tmp_path / "body.md", "--index", tmp_path / "index.md")[1]
    code, _, err = run("audit", tmp_path / "body.md")
    assert code == 3 and "no printed content index was found" in err


def test_a_report_leads_to_the_index_that_stands_apart(catalogue: Catalogue) -> None:
    index = InputFile("halden-index.md", report(body="").encode())

    def audited(body: str) -> set[str]:
        return {
            each.code for each in audit(InputFile("r.md", body.encode()), Profile(stated=False), catalogue, index=index).findings
        }

    assert "CI261" in audited(BODY)
    assert "CI261" not in audited(BODY + "The GRI content index is published beside this report.\n")
    assert "CI261" not in audited(BODY + "See https://halden.example/halden-index.md\n")


def test_unavailable_information_needs_steps_and_a_time(audited: Callable[[str], tuple[Finding, ...]]) -> None:
    def omitted(explanation: str) -> list[str]:
        text = report(
            statement=IN,
            rows=tuple(row("2-21", f"Information unavailable: {explanation}") if each[1] == "2-21" else each for each in ALL),
        )
        return [str(each.message.id) for each in audited(text)]

    assert omitted("we have no figures for two countries.") == ["CI351-steps"]
    assert omitted("two countries count by hand; a common system is being installed and will report from 2027.") == []


def test_ten_faults_of_one_index_are_found_and_nothing_else(audited: Callable[[str], tuple[Finding, ...]]) -> None:
    rows = [each for each in ALL if each[1] not in ("2-26", "2-1", "2-21", "2-30")]
    rows += [
        row("2-1", "Confidentiality constraints: contracts protect it."),  # permits no omission
        row("2-21", "Not disclosed"),  # none of the four reasons
        row("2-30", "Information unavailable: some figures are missing."),  # no steps, no time
        row("302-9 Energy of the sea", "Energy use", ENERGY),  # no such disclosure
        row("305-1 Direct (Scope 1) GHG emissions", "Energy use", ENERGY),  # under another Standard
        row(
            "412-2 Employee training on human rights policies or procedures",
            "Our people",
            "GRI 412: Human Rights Assessment 2016",
        ),
        row("306-3 Significant spills", "Our planet", "GRI 306: Waste 2020"),  # another edition's title, no such place
        POLICY,  # one 3-3 for several topics
    ]
    text = report(statement=IN, gri_1="", rows=tuple(rows))  # GRI 1 is not named
    found = sorted({(each.code, each.disclosure) for each in audited(text)})
    assert found == [
        ("CI151", "302-9"), ("CI152", "306-3"), ("CI155", "412-2"), ("CI156", "305-1"), ("CI253", ""), ("CI254", "2-26"), ("CI257", "3-3"),
        ("CI351", "2-1"), ("CI351", "2-21"), ("CI351", "2-30"), ("CI452", "306-3"),
    ]  # fmt: skip


def found(audited: Callable[[str], tuple[Finding, ...]], text: str) -> list[str]:
    return [finding.code for finding in audited(text)]


@pytest.mark.parametrize(
    "location",
    [
        "Halden Group / Our people",
        "Halden Group > Safety > Figures of the year",
        "How we are governed (main AR)",
        'See chapter 3. "Our people", part 2.',
        "Chart 7",
        "SR: Pay",
    ],
)
def test_what_leads_to_a_section_is_a_place(audited: Callable[[str], tuple[Finding, ...]], location: str) -> None:
    body = BODY.replace("# Data\n\n", "# Data\n\nChart 7 – Hours of training\n\n")
    assert not {"CI452", "CI453", "CI454", "CI458"} & set(
        found(audited, report(row("2-6 Activities, value chain and other business relationships", location), body=body))
    )


@pytest.mark.parametrize(
    ("location", "code"), [("Halden Group / Our plants", "CI452"), ("Chart 9", "CI452"), ("See our annual report.", "CI454")]
)
def test_what_leads_nowhere_is_said(audited: Callable[[str], tuple[Finding, ...]], location: str, code: str) -> None:
    assert code in found(audited, report(row("2-6 Activities, value chain and other business relationships", location)))


def test_a_number_that_a_summary_repeats_is_not_empty(audited: Callable[[str], tuple[Finding, ...]]) -> None:
    again = row("2-7 Employees", "", "")
    assert "CI455" not in found(audited, report(again)) and "CI455" in found(
        audited, report(row("2-8 Workers who are not employees", ""))
    )


def test_a_page_that_is_not_there_is_named_in_a_short_report_too(audited: Callable[[str], tuple[Finding, ...]]) -> None:
    short = "".join(
        f"<!-- page: {n} -->\n\n# Part {n}\n\n" + "A paragraph of the report with some words.\n\n" * 12 for n in range(1, 5)
    )
    rows = (*ROWS[:1], row("2-3 Reporting period, frequency and contact point", "page 99"), *ROWS[2:])
    assert "CI451" in found(audited, report(body=short, rows=rows))
    assert "CI451" not in found(
        audited, report(body=short, rows=(*rows[:1], row("2-3 Reporting period", "AR, page 99"), *rows[2:]))
    )


def test_an_index_alone_says_that_its_places_are_not_looked_up(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    path = tmp_path / "index.md"
    path.write_text(report(body=""), encoding="utf-8")
    assert "its places were not looked up" in run("audit", path)[2]
    path.write_text(report(), encoding="utf-8")
    assert "not looked up" not in run("audit", path)[2]
