"""Rules CI4xx: where the index sends its readers (GRI 1: Foundation 2021, 7-a-xi)."""

import re
from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.language.lexicon import whole
from gri_index.language.text import plain, whole_number
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import LocationKind, Status
from gri_index.model.profile import StatedLocation
from gri_index.model.terms import Origin

_LONG = 200  # characters; the longest place in published indexes that still reads as one has some 150


@rule("CI401", "no-location", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_no_location(context: Context) -> Iterator[Finding]:
    """A row is printed without a place.

    What it does: looks for rows that count as reported and have neither section, page,
    link nor answer, and for places such as "/" or "see report".

    Why it matters: the index says where the information is (GRI 1, 7-a-xi).

    Example: [[location]] with section = "see report".

    Instead: name the section and its page.
    """
    for row in context.index.rows:
        omitted = row.status is Status.OMITTED or (
            row.status is Status.PARTIAL and row.coverage.omitted and not row.coverage.reported
        )
        if omitted or row.status in (Status.MISSING, Status.PLANNED):
            continue
        empty = [
            each
            for each in row.locations
            if _says_nothing(each.section_title or each.text.in_("en") or each.document, each.page_label + each.url)
        ]
        if empty or not row.locations:
            yield found("CI401", key=row.key, number=row.number, disclosure=row.number)


def _says_nothing(place: str, page: str) -> bool:
    return not page and whole("no-place").match(place) is not None


@rule("CI402", "unknown-page", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_unknown_page(context: Context) -> Iterator[Finding]:
    """The profile names a page that the report does not have.

    What it does: compares the pages of [[location]] and of the working list with the
    printed labels of the report, where the report tells them.

    Why it matters: the reader finds nothing there.

    Example: pages = "212" in a report of 180 pages.

    Instead: correct the page.
    """
    labels = {page.label or str(page.number) for page in context.report.pages}
    numbers = [number for label in labels if (number := whole_number(label)) is not None]
    if len(labels) < 2:
        return
    for stated in _inside(context):
        for part in re.split(r"[,;、，]\s*|\s*[-–~]\s*", stated.pages):
            page = whole_number(part)
            known = part in labels or (page is not None and numbers and min(numbers) <= page <= max(numbers))
            if part and not known:
                yield found("CI402", number=stated.disclosure.name, disclosure=stated.disclosure.name, page=part)


@rule("CI403", "vanished-section", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_vanished_section(context: Context) -> Iterator[Finding]:
    """The profile names a section that the report does not have.

    What it does: looks for the sections of [[location]] among the report's titles,
    tolerant of case and punctuation.

    Why it matters: titles change until the last day; the index would name one that is
    gone.

    Example: section = "Our people" after the chapter became "People".

    Instead: use the new title, or set a tag in the section: it follows the title.
    """
    titles = {plain(section.title) for section in context.report.sections if section.title}
    titles |= {re.sub(r"^\d+", "", title) for title in titles}
    for stated in _inside(context):
        names = [name for name in stated.section.all if name]
        if names and titles and not any(plain(name) in titles or whole("no-place").match(name) for name in names):
            yield found("CI403", number=stated.disclosure.name, disclosure=stated.disclosure.name, section=names[0])


def _inside(context: Context) -> Iterator[StatedLocation]:
    """Stated places inside the report itself."""
    yield from (
        stated
        for stated in context.profile.locations
        if not stated.document and not stated.url and stated.origin is not Origin.INDEX
    )


@rule("CI404", "document-without-place", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_document_without_place(context: Context) -> Iterator[Finding]:
    """A location is another document, without page, section or link.

    What it does: looks for locations outside of the report that name the document alone.

    Why it matters: information in another document has to be as easy to find as in the
    report.

    Example: document = "AR" and nothing else, for an annual report of 200 pages.

    Instead: add pages or section, or a link straight to the spot.
    """
    for row in context.index.rows:
        for location in row.locations:
            outside = location.kind is LocationKind.EXTERNAL
            if outside and not (location.page_label or location.text or location.url):
                name = location.document_title.in_(context.profile.report.language, "en") or location.document
                yield found("CI404", key=row.key, number=row.number, where=name, disclosure=row.number, document=name)


@rule("CI407", "long-place", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Appendix 1")
def rule_long_place(context: Context) -> Iterator[Finding]:
    """A place is too long to help.

    What it does: looks for section titles and places of more than 200 characters.

    Why it matters: a column of the index holds some words; a paragraph hides where to
    look.

    Example: a whole sentence marked as a heading.

    Instead: shorten the heading, or name the place in the profile.
    """
    long: dict[str, list[str]] = {}
    for row in context.index.rows:
        for location in row.locations:
            text = location.section_title or location.text.in_("en")
            if location.kind is not LocationKind.ANSWER and len(text) > _LONG:
                long.setdefault(text, []).append(row.number)
    for text, numbers in long.items():
        yield found("CI407", number=numbers[0], about=numbers, where=text[:60], disclosures=", ".join(dict.fromkeys(numbers)))


@rule("CI408", "answer-in-index", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Appendix 2")
def rule_answer_in_index(context: Context) -> Iterator[Finding]:
    """The fact itself is stated in the index.

    What it does: names disclosures whose only place is an [[answer]].

    Why it matters: the information belongs into the report; the index says where. It
    counts as reported all the same.

    Example: 206-1 "No legal actions in the period."

    Instead: say it in the report and tag it.
    """
    for row in context.index.rows:
        if row.locations and all(location.kind is LocationKind.ANSWER for location in row.locations):
            yield found("CI408", key=row.key, number=row.number, disclosure=row.number)
