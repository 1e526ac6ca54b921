"""Rules that audit the places of a printed index, held against the report."""

import re
from collections.abc import Iterator

from gri_index.checks import first_of, found, rule
from gri_index.checks.printed import answers, found_at, has_body, location_text, quote, rows_of
from gri_index.extraction.resolve import Locator, Target
from gri_index.language.lexicon import any_of
from gri_index.language.text import whole_number
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.printed import PrintedRow

_FEW_PAGES = 3  # with a printed number: fewer say nothing of the others
_SHORT_PLACE = 80  # characters: a longer one may speak of another document as well


@rule("CI451", "printed-unknown-page", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_unknown_page(context: Context) -> Iterator[Finding]:
    """The index names a page that the report does not have.

    What it does: compares pages with the report's printed labels. Rows that name another
    document are left alone, and indexes that are a document of their own.

    Why it matters: the reader finds nothing there.

    Example: page 212 in a report of 180 pages.

    Instead: correct the page.
    """
    numbers = [n for page in context.report.pages if (n := whole_number(page.label or "")) is not None]
    if len(numbers) < _FEW_PAGES or not has_body(context):
        return
    locator = Locator(context.report)
    for row in rows_of(context):
        beyond = [page for page in row.pages if int(page) > max(numbers)]
        if beyond and _is_here(row, locator):
            yield found_at(row, "CI451", pages=", ".join(beyond[:6]))


def _is_here(row: PrintedRow, locator: Locator) -> bool:
    """True where nothing but pages is named, or a section of the report: no other document."""
    words = re.sub(any_of("page", "page-behind", "see", "and"), " ", row.location, flags=re.IGNORECASE)
    if not re.search(r"[^\W\d_]{2,}", words):
        return True
    return locator.resolve(row).target is Target.SECTION and len(row.location) <= _SHORT_PLACE


@rule("CI452", "printed-no-place", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_no_place(context: Context) -> Iterator[Finding]:
    """A location names neither a page, a section of the report, a link nor a document.

    What it does: looks for the location's words among the report's section titles,
    tolerant of spelling.

    Why it matters: the index says where the information is; a title that is gone leads
    nowhere.

    Example: "Our people" after the chapter became "People".

    Instead: name section and page as they are.
    """
    if not has_body(context):
        return
    locator = Locator(context.report)
    for row in rows_of(context):
        if (
            not row.omitted
            and not row.omissions
            and row.location
            and locator.resolve(row).target is Target.TEXT
            and not answers(row)
        ):
            yield found_at(row, "CI452", text=location_text(row, 90))


@rule("CI458", "printed-answer", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Appendix 2", audits=True)
def rule_printed_answer(context: Context) -> Iterator[Finding]:
    """The index answers in place of a location.

    What it does: looks for sentences where a page or a section is expected. Said once with
    all numbers.

    Why it matters: the information belongs into the report, the index says where; it
    counts as reported all the same.

    Example: "We strictly obey the law." for 2-27.

    Instead: say it in the report, and name the place.
    """
    locator = Locator(context.report)
    rows = [
        row
        for row in rows_of(context)
        if not row.omitted and row.location and answers(row) and locator.resolve(row).target is Target.TEXT
    ]
    if rows:
        numbers = list(dict.fromkeys(row.reference.name for row in rows))
        yield found(
            "CI458",
            number=numbers[0],
            about=numbers,
            evidence=quote(rows[0]),
            count=len(numbers),
            numbers=first_of(numbers),
            text=location_text(rows[0], 60),
        )


@rule("CI453", "printed-section-spelt-differently", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_section_spelt_differently(context: Context) -> Iterator[Finding]:
    """A section is named with another spelling than its title.

    What it does: compares the names in the locations with the titles: punctuation, small
    slips.

    Why it matters: a search for the printed name finds nothing.

    Example: a comma in the index where the title has a blank.

    Instead: use the title as it is.
    """
    if not has_body(context):
        return
    locator = Locator(context.report)
    for row in rows_of(context):
        resolved = locator.resolve(row) if row.location else None
        if resolved and resolved.target is Target.SPELT and not row.pages and not answers(row):
            titles = ", ".join(section.title for section in resolved.sections)
            yield found_at(row, "CI453", text=location_text(row, 60), title=titles[:80])


@rule("CI454", "printed-document-without-place", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_document_without_place(context: Context) -> Iterator[Finding]:
    """A location is another document, without page, section or link.

    What it does: looks for annual reports, websites and the like without a page or a link.

    Why it matters: information elsewhere has to be as easy to find as in the report.

    Example: "See our annual report."

    Instead: add the page, or a link straight to the spot.
    """
    locator = Locator(context.report)
    for row in rows_of(context):
        elsewhere = not row.omitted and row.location and locator.resolve(row).target is Target.OUTSIDE
        if elsewhere and not answers(row):
            yield found_at(row, "CI454", text=location_text(row, 80))


@rule("CI455", "printed-without-location", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_without_location(context: Context) -> Iterator[Finding]:
    """A row of the index is empty: neither place nor omission.

    What it does: looks for rows without any text, or with a stroke, in place of a
    location. With reference such rows are better left out.

    Why it matters: the reader cannot tell whether it is reported.

    Example: "2-4 Restatements of information  /".

    Instead: name the place, give a reason for omission, or drop the row.
    """
    said = {row.reference.name for row in rows_of(context) if row.omissions or row.extras or re.search(r"\w", row.location)}
    empty = [row for row in rows_of(context) if row.reference.name not in said]  # a number may stand in a summary as well
    numbers = list(dict.fromkeys(row.reference.name for row in empty))
    if numbers:
        yield found("CI455", about=numbers, count=len(numbers), numbers=first_of(numbers))


@rule("CI456", "tagged-not-indexed", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii", audits=True)
def rule_tagged_not_indexed(context: Context) -> Iterator[Finding]:
    """A disclosure is tagged in the text and not listed in the index.

    What it does: compares the tags of the report with the rows of the index.

    Why it matters: the index lists all disclosures reported.

    Example: [GRI 205-2] on page 80, no row 205-2.

    Instead: add the row, or remove the tag.
    """
    listed = {row.reference.number for row in rows_of(context)}
    titles = {section.id: section.title for section in context.report.sections}
    missing: dict[str, str] = {}
    for tag, resolution in zip(context.report.tags, context.index.resolved, strict=True):
        if resolution and resolution.key and resolution.key.number not in listed:
            missing.setdefault(resolution.key.number, titles[tag.section])
    for number, section in missing.items():
        yield found("CI456", number=number, where=section, disclosure=number, section=section)


@rule("CI457", "indexed-not-tagged", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_indexed_not_tagged(context: Context) -> Iterator[Finding]:
    """The index lists a disclosure, and no place of a tagged report bears its tag.

    What it does: compares, where most rows of the index are tagged in the text. Said once
    with all numbers.

    Why it matters: the place may have been lost when the text was edited.

    Example: row 305-4, no tag 305-4.

    Instead: look whether the place still reports it.
    """
    tagged = {resolution.key.number for resolution in context.index.resolved if resolution and resolution.key}
    rows = [row for row in rows_of(context) if row.reference.number and not row.omitted and not answers(row)]
    without = list(dict.fromkeys(row.reference.number or "" for row in rows if row.reference.number not in tagged))
    if rows and without and len(without) <= 0.4 * len({row.reference.number for row in rows}):
        yield found("CI457", about=without, count=len(without), numbers=first_of(without))
