"""A printed index as statements of a profile, so that it can be built again in GRI's layout."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gri_index.extraction.places import pages
from gri_index.extraction.resolve import LINE, Locator, Target
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold, plain
from gri_index.model.keys import Reference
from gri_index.model.printed import PrintedIndex, PrintedRow
from gri_index.model.profile import (
    Basis,
    Claim,
    Indicator,
    NotMaterialTopic,
    Profile,
    ReportFacts,
    StatedLocation,
    StatedOmission,
    Topic,
)
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.terms import Origin
from gri_index.model.text import LocalText


def as_profile(printed: PrintedIndex, report: Report | None, profile: Profile, catalogue: Catalogue) -> Profile:
    """The profile with what the index states, where it does not state it itself.

    Locations that name sections of ``report`` lead there, so that they get the pages that
    the printed index left out; others stand as they are printed. Own indicators, and numbers
    that no Standard has, become indicators of the profile.
    """
    facts, claim = profile.report, profile.claim
    foreign = [row for row in printed.rows if _is_foreign(row, catalogue)]
    rows = [row for row in printed.rows if row not in foreign]
    topics = profile.topics or tuple(_topics(rows))
    names = {plain(name) for topic in topics for name in topic.name.all}
    locator = Locator(report) if report else None
    labels: dict[tuple[str, int | None], str] = {}
    labels |= {(page.source, page.number): page.label or str(page.number) for page in report.pages} if report else {}
    return replace(
        profile,
        report=ReportFacts(
            organization=facts.organization or _text(printed.organization),
            title=facts.title,
            period_start=facts.period_start or printed.start,
            period_end=facts.period_end or printed.end,
            publication_date=facts.publication_date,
            language=facts.language,
        ),
        claim=claim
        if profile.stated
        else Claim(
            basis=printed.basis or Basis.WITH_REFERENCE,
            sector_standards=printed.sector_standards,
            sectors_stated=bool(printed.sector_standards),
        ),
        topics=topics,
        not_material=(*profile.not_material, *_not_material(printed, profile, catalogue)),
        locations=(*profile.locations, *(place for row in rows for place in _places(row, locator, names, labels))),
        omissions=(*profile.omissions, *_unstated(profile, (each for row in rows for each in _omissions(row, names)))),
        indicators=(*profile.indicators, *_unlisted(profile, _indicators(foreign, names))),
        stated=True,
    )


def _unstated(profile: Profile, omissions: Iterable[StatedOmission]) -> Iterator[StatedOmission]:
    """The omissions that the profile does not state already: an index that was built of it prints them too."""

    def subject(each: StatedOmission) -> tuple[str, frozenset[str], str]:
        return each.disclosure.name, frozenset(each.requirements or each.disclosure.requirements), plain(each.topic)

    stated = {subject(each) for each in profile.omissions}
    yield from (each for each in omissions if subject(each) not in stated)


def _unlisted(profile: Profile, indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    """The indicators that the profile does not list already, by id or by title."""
    known = {plain(each.id) for each in profile.indicators} | {
        plain(name) for each in profile.indicators for name in each.title.all
    }
    for each in indicators:
        if not known & {plain(each.id), *(plain(name) for name in each.title.all)} - {""}:
            yield each


def _is_foreign(row: PrintedRow, catalogue: Catalogue) -> bool:
    """True for an indicator of another source, and for a number that no Standard has: both are printed as they stand."""
    if row.reference.sector_ref:
        return catalogue.sector_reference(row.reference.sector_ref) is None
    return row.own or not catalogue.editions_of(row.reference.number or "")


def _indicators(rows: Sequence[PrintedRow], names: set[str]) -> Iterator[Indicator]:
    used: Counter[str] = Counter()
    for row in rows:
        id = row.reference.name or row.reference.raw
        used[id] += 1
        yield Indicator(
            id=id if used[id] == 1 else f"{id} ({used[id]})",
            source=LocalText(),
            title=_text(row.title or id),
            topic=row.topic if plain(row.topic) in names else "",
            location=_text(" ".join(row.location.split()) or "; ".join(each.explanation for each in row.omissions)),
            origin=Origin.INDEX,
        )


def _topics(rows: Sequence[PrintedRow]) -> Iterator[Topic]:
    """A topic for each band that opens with 3-3, with the disclosures under it."""
    named = list(dict.fromkeys(row.topic for row in rows if row.topic and row.reference.number == "3-3"))
    for name in named:
        own = (
            row.reference
            for row in rows
            if row.topic == name
            and row.reference.number
            and not row.omitted
            and row.reference.number not in ("3-1", "3-2", "3-3")
        )
        listed = dict.fromkeys(Reference(number=each.number, edition=each.edition, raw=each.number or "") for each in own)
        sectors = dict.fromkeys(
            ".".join(number.split(".")[:2]) for row in rows if row.topic == name for number in row.sector_refs
        )
        yield Topic(name=_text(name), disclosures=tuple(listed), sector_topics=tuple(sectors))


def _not_material(printed: PrintedIndex, profile: Profile, catalogue: Catalogue) -> Iterator[NotMaterialTopic]:
    """The topics that the index gives as not material, by the number before their names or by their titles."""
    stated = {each.sector_topic for each in profile.not_material}
    titles = {
        plain(text): topic.number
        for sector in catalogue.versions
        if sector.id in printed.sector_standards
        for topic in sector.topics
        for text in topic.title.all
    }
    for name, explanation in printed.not_material:
        match = re.match(r"1[1-4]\.\d{1,2}(?![\d.])", fold(name))
        number = match.group() if match else titles.get(plain(name), "")
        if number and number not in stated:
            yield NotMaterialTopic(sector_topic=number, explanation=_text(explanation))


def _subject(row: PrintedRow, names: set[str]) -> tuple[Reference, str]:
    reference = row.reference
    topic = row.topic if reference.number == "3-3" and plain(row.topic) in names else ""
    return replace(reference, topic=None, requirements=()), topic


def _places(
    row: PrintedRow, locator: Locator | None, names: set[str], labels: dict[tuple[str, int | None], str]
) -> Iterator[StatedLocation]:
    """Each place of a row: sections of the report, pages, links, and other words as they are."""
    if row.omitted or not re.search(r"\w", row.location):
        return
    disclosure, topic = _subject(row, names)
    base = StatedLocation(disclosure=disclosure, topic=topic, requirements=row.reference.requirements, origin=Origin.INDEX)
    words = " ".join(re.sub(r"https?://\S+|www\.\S+", " ", row.location).split())
    resolved = locator.resolve(row) if locator else None
    sections = resolved.sections if resolved and resolved.target in (Target.SECTION, Target.SPELT) else ()
    if sections and not _left(words, [section.title for section in sections]):
        own = _ranges(row.pages) if len(sections) == 1 else ""
        for section in sections:
            line = labels.get((section.source, section.first_page), "") if section.id == LINE else ""
            yield replace(base, section=_text(section.title), pages=own or line)
    elif row.pages and not _left(words, ()):
        yield replace(base, pages=_ranges(row.pages))
    elif words:
        named = re.sub(
            rf"[\s,;(（]*(?:{any_of('page')}\s?|\b[Pp](?=\d))?\d[\d,;\s–~-]*(?:{any_of('page-behind')})?[)）]?$", "", words
        ).strip()
        only = set(pages(words, column=False)) == set(row.pages) and not pages(named, column=False)  # no pages among the words
        kept = bool(named) and only and bool(row.pages) and len(row.pages) < _MANY
        yield replace(base, section=_text(named if kept else words), pages=_ranges(row.pages) if kept else "")
    for url in row.urls:
        yield replace(base, url=url if url.startswith("http") else f"https://{url}")


def _left(words: str, titles: Sequence[str]) -> str:
    """The letters of a place that titles and pages leave over: the name of a document, another section, an answer."""
    rest = fold(words)
    for title in sorted(titles, key=len, reverse=True):
        rest = re.sub(re.escape(fold(title)), " ", rest, flags=re.IGNORECASE)
    rest = re.sub(any_of("page", "page-behind", "and", "range-word", "following", "section-word", "see"), " ", rest)
    return "".join(re.findall(r"[^\W\d_]{2,}", rest))


_MANY = 60  # pages in one place: then the words as they are say more


def _omissions(row: PrintedRow, names: set[str]) -> Iterator[StatedOmission]:
    disclosure, topic = _subject(row, names)
    for omission in row.omissions:
        yield StatedOmission(
            disclosure=disclosure,
            topic=topic,
            requirements=omission.requirements,
            reason=omission.reason,
            explanation=_text(omission.explanation),
            origin=Origin.INDEX,
        )


def _ranges(labels: Sequence[str]) -> str:
    runs: list[list[int]] = []
    for page in (int(label) for label in labels):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _text(text: str) -> LocalText:
    return LocalText((("", text),)) if text else LocalText()
