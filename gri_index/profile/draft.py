"""What a report tells about its own profile: a draft for the author to complete.

Nothing is guessed that the report does not say: a statement of use gives organization,
period and claim; tags give topics and their disclosures.
"""

import datetime
import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from gri_index.language.dates import find_period
from gri_index.language.lexicon import any_of, says, whole
from gri_index.language.statements import Statement, find_statements
from gri_index.model.printed import PrintedIndex
from gri_index.model.report import Block, BlockKind, Report, Section

_MOST_BLOCKS = 4_000
_SAME_SECTION = 20
_QUOTED, _LONGEST_TITLE = 90, 100  # characters


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a key of the draft stands on."""

    key: str  # "report.organization"
    value: str
    text: str  # words of the report
    page: str = ""  # its label, or ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The tables of a profile, as a TOML file holds them, and what each was read from."""

    data: dict[str, Any]
    evidence: tuple[Evidence, ...]


def draft_profile(report: Report, printed: PrintedIndex | None = None) -> Draft:
    """What the report says of its own profile; keys that it does not answer are left out.

    ``printed``: the content index that it prints, whose topics are taken where no tag names one.
    """
    drafter = _Drafter(report)
    facts = drafter.facts()
    data: dict[str, Any] = {"version": 1, "report": facts}
    claim = drafter.claim()
    if claim:
        data["claim"] = claim
    topics = list(_topics(report)) or list(_printed_topics(printed) if printed else ())
    if topics:
        data["topic"] = topics
    return Draft(data, tuple(drafter.evidence))


class _Drafter:
    """Looks for the facts and remembers where it found them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.evidence: list[Evidence] = []
        self.pages = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
        self.sources = {section.id: section.source for section in report.sections}
        self.statements = [(each, block) for block in report.blocks for each in find_statements(block.text)]
        self.best = max(self.statements, key=lambda pair: _weight(pair[0]), default=None)

    def facts(self) -> dict[str, Any]:
        """The table [report]."""
        facts: dict[str, Any] = {}
        stated = self.best[0] if self.best else None
        if stated and self.best and stated.organization and not _generic(stated.organization):
            facts["organization"] = self._told("report.organization", stated.organization, stated.text, self.best[1])
        elif name := _organization(self.report):
            facts["organization"] = self._told("report.organization", name, name, self._holding(name))
        if title := _title(self.report):
            facts["title"] = self._told("report.title", title, title, self._holding(title))
        if period := _period(self.report, (each for each, _ in self.statements)):
            facts["period_start"], facts["period_end"] = period
            block = next((block for each, block in self.statements if (each.start, each.end) == period), None)
            self._told("report.period_start, period_end", f"{period[0]} – {period[1]}", block.text if block else "", block)
        if language := next((source.language for source in self.report.sources if source.language), ""):
            facts["language"] = self._told("report.language", language, "", None)
        return facts

    def claim(self) -> dict[str, Any]:
        """The table [claim]."""
        claim: dict[str, Any] = {}
        if self.best:
            claim["basis"] = self._told("claim.basis", self.best[0].basis.value, self.best[0].text, self.best[1])
        tags = [tag for tag in self.report.tags if tag.reference.sector_ref]
        if standards := sorted({f"GRI {(tag.reference.sector_ref or '').split('.')[0]}" for tag in tags}):
            block = self.report.blocks[tags[0].block]
            claim["sector_standards"] = standards
            self._told("claim.sector_standards", ", ".join(standards), tags[0].text, block)
        return claim

    def _holding(self, text: str) -> Block | None:
        return next((block for block in self.report.blocks if text in " ".join(block.text.split())), None)

    def _told(self, key: str, value: str, text: str, block: Block | None) -> str:
        page = self.pages.get((self.sources[block.section], block.page or 0), "") if block else ""
        self.evidence.append(Evidence(key, value, " ".join(text.split())[:_QUOTED], page))
        return value


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
    return best[0][0] if best and best[0][1] > 1 and not _generic(best[0][0]) else ""


def _title(report: Report) -> str:
    """The title that the document itself marks, else the first heading, or the first line before it; none that says nothing."""
    first = next(
        (block for block in report.blocks if block.kind in (BlockKind.HEADING, BlockKind.BODY) and block.text.strip()), None
    )
    for text in (*(source.title for source in report.sources), first.text if first else ""):
        told = " ".join(text.split())
        if 3 < len(told) <= _LONGEST_TITLE and not _generic(told):
            return told
    return ""


def _generic(text: str) -> bool:
    """True for words that name nothing: "The Group", "Slide 1", "COVER page 1"."""
    return whole("generic-name").match(re.sub(r"\d+", " ", text).strip()) is not None


def _printed_topics(printed: PrintedIndex) -> Iterable[dict[str, Any]]:
    """The topics under which a printed index lists 3-3, with the other disclosures that stand there."""
    managed = dict.fromkeys(row.topic for row in printed.rows if row.reference.number == "3-3" and row.topic)
    for name in managed:
        numbers = dict.fromkeys(
            row.reference.number
            for row in printed.rows
            if row.topic == name and row.reference.number and not row.reference.number.startswith(("2-", "3-"))
        )
        yield {"name": name, **({"disclosures": list(numbers)} if numbers else {})}


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
