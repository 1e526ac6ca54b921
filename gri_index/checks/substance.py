"""Rules that hold the rows of an index, tagged or printed, against what the text seems to report.

They read no meaning: they go by the terms of each disclosure and by where reports usually
report it. What they find is for a person to judge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gri_index.checks import found, rule
from gri_index.checks.printed import answers, has_body
from gri_index.extraction.resolve import Locator, Target
from gri_index.model.findings import Context, Finding, Quote, Severity
from gri_index.model.index import LocationKind, Status
from gri_index.model.report import BlockKind, Report
from gri_index.model.suggestions import Suggestion

_LIKELY, _PLAIN = 0.25, 1.0  # score, and weight of the sentence: more than one phrase of its own
_LIKELY_UNLISTED = 0.5  # of a disclosure that the index does not list: nobody has to
_NOTHING = 0.12  # at or below this score nothing speaks for a place
_ELSEWHERE = 0.35  # from this score another place is plainly the better one
_LITTLE = 400  # characters: a place with less is a heading whose chapter could not be told
_EVERYWHERE = frozenset(("3-3", "2-22", "2-23", "2-24"))  # reported in many places and in every wording


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of either kind of index."""

    number: str
    left_out: bool
    sections: frozenset[str]  # of the report, where it says that it reports
    where: str  # page or place of the row, for the finding
    named: str  # the place in words
    size: int  # characters in the sections


@rule("CI462", "under-claim", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Requirement 6")
def rule_under_claim(context: Context) -> Iterator[Finding]:
    """The report seems to report what its index leaves out.

    What it does: for each disclosure that is omitted, given as not applicable or not
    reported, it looks for a section whose sentences hold terms of that disclosure alone;
    for those that a printed index does not list, for one that is likelier than not.

    Why it matters: an omission with nothing to omit costs the report credit, and a reader
    who finds the text doubts the index.

    Example: 305-1 is "not applicable", and a table says "Scope 1 emissions | 13.8".

    Instead: name the place, or leave it: this is a hint of a program that counts words.
    """
    if context.substance is None:
        return
    rows = {entry.number: entry for entry in _entries(context)}
    several = sorted(context.substance.best.items(), key=lambda pair: -pair[1].score)
    for number, best in several:
        row = rows.get(number)
        if row and not row.left_out:
            continue
        if (row or (rows and context.printed)) and _plain(best, _LIKELY if row else _LIKELY_UNLISTED):
            yield _found("CI462" if row else "CI462-unlisted", number, best, row.where if row else "")


@rule("CI463", "over-claim", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_over_claim(context: Context) -> Iterator[Finding]:
    """The index names a place where nothing seems to speak of the disclosure.

    What it does: looks in the sections and pages that a row names, with the sections below
    them, for terms of the disclosure, and says where there are none while another section
    plainly has them. Only for reports in languages of which the program has terms.

    Why it matters: a reader who follows the index finds nothing.

    Example: 403-9 leads to the chapter on training; the accident table is two chapters on.

    Instead: name the right place, or leave it: this is a hint of a program that counts words.
    """
    if context.substance is None or not context.substance.known:
        return
    several = []
    for entry in _entries(context):
        best = context.substance.best.get(entry.number)
        if entry.left_out or best is None or entry.number in _EVERYWHERE or entry.size < _LITTLE:
            continue
        here = max(context.substance.scores.get((entry.number, id), 0.0) for id in entry.sections)
        if here <= _NOTHING and best.section.id not in entry.sections and _plain(best, _ELSEWHERE):
            several.append((best, entry))
    for best, entry in sorted(several, key=lambda pair: -pair[0].score):
        yield _found("CI463", entry.number, best, entry.where, place=entry.named)


def _plain(best: Suggestion, least: float) -> bool:
    return best.score >= least and any(quote.block >= 0 and quote.weight > _PLAIN for quote in best.evidence)


def _found(id: str, number: str, best: Suggestion, where: str, place: str = "") -> Finding:
    quote = max((each for each in best.evidence if each.block >= 0), key=lambda each: each.weight)
    page = (best.page.label or str(best.page.number)) if best.page else ""
    return found(
        id,
        key=best.key,
        where=where or page,
        evidence=(Quote(quote.text, page, best.title),),
        disclosure=number,
        section=best.title,
        text=quote.text[:120],
        score=f"{best.score:.0%}",
        place=place,
    )


def _entries(context: Context) -> Iterator[_Entry]:
    yield from _printed(context) if context.printed else _tagged(context)


def _tagged(context: Context) -> Iterator[_Entry]:
    """The rows of the index that tags and profile make."""
    below = _Below(context.report)
    for row in context.index.rows:
        if row.status in (Status.MISSING, Status.PLANNED, Status.PARTIAL):
            continue
        places = [each for each in row.locations if each.kind in (LocationKind.SECTION, LocationKind.PAGE)]
        elsewhere = len(places) < len(row.locations) or any(each.section is None for each in places)
        sections = frozenset[str]() if elsewhere else below.all(each.section for each in places if each.section)
        named = ", ".join(each.section_title for each in places)
        yield _Entry(row.number, row.status is Status.OMITTED, sections, named, named[:80], below.text(sections))


def _printed(context: Context) -> Iterator[_Entry]:
    """The rows of a printed index; of several for one disclosure, one that is reported counts."""
    assert context.printed is not None
    if not has_body(context):
        return
    locator, below = Locator(context.report), _Below(context.report)
    resolved = [(row, locator.resolve(row)) for row in context.printed.rows]
    below.part(section.id for _, target in resolved for section in target.sections)
    found: dict[str, _Entry] = {}
    for row, target in resolved:
        ids = [id for section in target.sections for id in below.until_next(section.id)]
        ids += [id for page in row.pages for id in below.on_page(page)]
        here = target.target in (Target.SECTION, Target.SPELT, Target.PAGES) and not answers(row)
        left_out = row.omitted or (bool(row.omissions) and not ids)
        sections = below.all(ids) if here else frozenset[str]()
        entry = _Entry(row.reference.name, left_out, sections, row.page, row.location[:80], below.text(sections))
        earlier = found.get(entry.number)
        if earlier is None or earlier.left_out or (earlier.sections and not entry.sections and not entry.left_out):
            found[entry.number] = entry
        elif not entry.left_out:
            joined = earlier.sections | entry.sections if earlier.sections and entry.sections else frozenset[str]()
            found[entry.number] = replace(earlier, sections=joined, size=below.text(joined))
    yield from found.values()


class _Below:
    """Sections with those that they hold, and those on a page."""

    def __init__(self, report: Report) -> None:
        self._held: dict[str, list[str]] = {}
        self._order = [section.id for section in report.sections]
        self._place = {id: place for place, id in enumerate(self._order)}
        self._cited: frozenset[str] = frozenset()
        for section in report.sections:
            if section.parent:
                self._held.setdefault(section.parent, []).append(section.id)
        labels: dict[str, set[int]] = {}
        for page in report.pages:
            labels.setdefault(page.label or str(page.number), set()).add(page.number)
        on: dict[int, set[str]] = {}
        self._size: dict[str, int] = {}
        for block in report.blocks:
            if block.role is None and block.kind is not BlockKind.HEADING:
                self._size[block.section] = self._size.get(block.section, 0) + len(block.text)
            if block.page is not None and block.role is None:
                on.setdefault(block.page, set()).add(block.section)
        self._on = {label: {id for page in pages for id in on.get(page, ())} for label, pages in labels.items()}

    def text(self, ids: Iterable[str]) -> int:
        """Characters in some sections."""
        return sum(self._size.get(id, 0) for id in ids)

    def part(self, cited: Iterable[str]) -> None:
        """The sections that an index names part the report into chapters: not every file says which section holds which."""
        self._cited = frozenset(cited)

    def until_next(self, id: str) -> Iterator[str]:
        """The section and those behind it, up to the next that the index names; a chapter's bare heading, up to the next such heading."""
        yield id
        chapter = self.text((id,)) < _LITTLE
        for following in self._order[self._place.get(id, len(self._order)) + 1 :]:
            if following in self._cited and not (chapter and self.text((following,)) >= _LITTLE):
                return
            yield following

    def on_page(self, label: str) -> set[str]:
        """The sections on a page by its printed label."""
        return self._on.get(label, set())

    def all(self, ids: Iterable[str]) -> frozenset[str]:
        """The sections and all below them."""
        several, waiting = set[str](), list(ids)
        while waiting:
            id = waiting.pop()
            if id not in several:
                several.add(id)
                waiting += self._held.get(id, ())
        return frozenset(several)
