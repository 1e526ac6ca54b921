"""What a report tells about its own profile: a draft for the author to complete.

Nothing is guessed that the report does not say: a statement of use gives organization,
period and claim; tags give topics and their disclosures.
"""

import datetime
import re
from collections import Counter
from collections.abc import Container, Iterable
from functools import cache
from typing import Any

from gri_index.language.dates import find_period
from gri_index.language.lexicon import any_of, says
from gri_index.language.statements import Statement, find_statements
from gri_index.model.report import BlockKind, Report, Section

_MOST_BLOCKS = 4_000
_SAME_SECTION = 20


def draft_profile(report: Report) -> dict[str, Any]:
    """The tables of a profile, as a TOML file holds them, from what the report says.

    Keys that the report does not answer are left out.
    """
    statements = [each for block in report.blocks for each in find_statements(block.text)]
    best = max(statements, key=_weight, default=None)
    facts: dict[str, Any] = {}
    if organization := (best.organization if best else "") or _organization(report):
        facts["organization"] = organization
    if title := _title(report):
        facts["title"] = title
    if period := _period(report, statements):
        facts["period_start"], facts["period_end"] = period
    language = next((source.language for source in report.sources if source.language), "")
    if language:
        facts["language"] = language
    data: dict[str, Any] = {"version": 1, "report": facts}
    if best:
        data["claim"] = {"basis": best.basis.value}
    topics = list(_topics(report))
    if topics:
        data["topic"] = topics
    return data


def _weight(statement: Statement) -> tuple[bool, bool, bool]:
    """The standard wording of GRI 1 comes before a sentence in passing."""
    return statement.complete, bool(statement.start), bool(statement.organization)


def _period(report: Report, statements: Iterable[Statement]) -> tuple[datetime.date, datetime.date] | None:
    """As most of the places say that name one."""
    found = Counter((each.start, each.end) for each in statements if each.start and each.end)
    for block in report.blocks[:_MOST_BLOCKS]:
        if says(block.text[:400], "period") and (period := find_period(block.text[:600])):
            found[period] += 1
    if not found:
        return None
    start, end = found.most_common(1)[0][0]
    assert start is not None and end is not None
    return start, end


@cache
def _company() -> re.Pattern[str]:
    """Matches a company's name with its form."""
    word = r"[A-Z][\w&\u2019'-]*"
    return re.compile(
        rf"\b{word}(?:\s(?:{word}|{any_of('company-link', cased=True)})){{0,5}}?,?\s{any_of('company-form', cased=True)}\.?"
        rf"|[\u4e00-\u9fff\uff08\uff09A-Za-z]{{2,20}}?{any_of('company-suffix')}(?=[\uff08(](?:[\u201c\"\u300c]|{any_of('called')}))"
    )


def _organization(report: Report) -> str:
    """The company that the report names most, if it names one more than once."""
    names = Counter(
        match.group().strip(" ,") for block in report.blocks[:_MOST_BLOCKS] for match in _company().finditer(block.text[:2_000])
    )
    best = names.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else ""


def _title(report: Report) -> str:
    """The first heading, or the first line before it."""
    first = next(
        (block for block in report.blocks if block.kind in (BlockKind.HEADING, BlockKind.BODY) and block.text.strip()), None
    )
    text = " ".join(first.text.split()) if first else ""
    return text if 3 < len(text) <= 100 else ""


def _topics(report: Report) -> Iterable[dict[str, Any]]:
    """A topic for each 3-3, named by its tag or its section, with the disclosures tagged in that section."""
    sections = {section.id: section for section in report.sections}
    places: dict[str, set[str]] = {}
    for tag in report.tags:
        if tag.reference.number == "3-3" and (name := tag.reference.topic or _plain_title(sections[tag.section])):
            places.setdefault(name, set()).add(tag.section)
    owner = {section: name for name, several in places.items() for section in several}
    weights: dict[str, Counter[str]] = {}  # Standard -> topic -> how much speaks for it
    numbers: dict[str, None] = {}
    for tag in report.tags:
        number = tag.reference.number
        if not number or number.startswith(("2-", "3-")):
            continue
        numbers.setdefault(f"{number} ({tag.reference.edition})" if tag.reference.edition else number)
        if home := _home(sections[tag.section], sections, owner):  # a 3-3 in the very section weighs more than one above it
            weights.setdefault(number.split("-")[0], Counter())[owner[home]] += _SAME_SECTION if home == tag.section else 1
    for name in places:
        mine = [
            number for number in numbers if (found := weights.get(number.split("-")[0])) and found.most_common(1)[0][0] == name
        ]
        topic: dict[str, Any] = {"name": name}
        if mine:
            topic["disclosures"] = sorted(mine, key=lambda text: tuple(int(part) for part in re.findall(r"\d+", text)))
        yield topic


def _plain_title(section: Section) -> str:
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", section.title)


def _home(section: Section, sections: dict[str, Section], owned: Container[str]) -> str:
    """The nearest section above, or itself, that a topic owns."""
    here: Section | None = section
    while here is not None:
        if here.id in owned:
            return here.id
        here = sections.get(here.parent or "")
    return ""
