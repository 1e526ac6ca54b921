"""Rules that audit what a printed index has to hold besides its rows (GRI 1: Foundation 2021, Requirement 7)."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from gri_index.catalogue.titles import folded
from gri_index.checks import first_of, found, rule
from gri_index.checks.printed import printed_index, rows_of
from gri_index.extraction.sightings import index_title
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.printed import PrintedRow
from gri_index.model.profile import Basis
from gri_index.model.standards import SectorStandard, SectorTopic

_TOPICAL = 2  # topics that must have a 3-3 each


@rule(
    "CI255",
    "printed-index-without-title",
    severity=Severity.WARNING,
    clause="GRI 1: Foundation 2021, 7-a-i; with reference, a-i",
    audits=True,
)
def rule_printed_index_without_title(context: Context) -> Iterator[Finding]:
    """The index is not called a GRI content index.

    What it does: looks for the title, in any language, in and above the index and among
    the names of its sheets.

    Why it matters: readers look for it under this title.

    Example: a table under the heading "Annex 3".

    Instead: head it "GRI content index".
    """
    if not printed_index(context).title:
        yield found("CI255")


@rule("CI256", "printed-sector-standard-not-named", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-iv", audits=True)
def rule_printed_sector_standard_not_named(context: Context) -> Iterator[Finding]:
    """Rows bear reference numbers of a Sector Standard that the index does not name.

    What it does: compares the reference numbers (11.1.5) with the Sector Standards that
    are named in and above the index.

    Why it matters: the index gives the titles of the Sector Standards that apply.

    Example: a column with 11.1.5, and "GRI 11" nowhere.

    Instead: add "Applicable GRI Sector Standard(s): GRI 11: Oil and Gas Sector 2021".
    """
    printed = printed_index(context)
    used = {f"GRI {number.split('.')[0]}" for row in printed.rows for number in _references(row)}
    for id in sorted(used - set(printed.sector_standards)):
        about = [row.reference.name for row in printed.rows if any(f"GRI {n.split('.')[0]}" == id for n in _references(row))]
        yield found("CI256", about=about, standard=id)


@rule("CI257", "printed-3-3-once", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 4-c and 7-a-v", audits=True)
def rule_printed_3_3_once(context: Context) -> Iterator[Finding]:
    """3-3 is listed once for several material topics.

    What it does: counts in an index in accordance the rows 3-3, and the topics or Topic
    Standards under which other disclosures stand.

    Why it matters: 3-3 is reported for each material topic; the index lists the topics.

    Example: one row 3-3 at the top, and disclosures of nine Topic Standards below.

    Instead: a row 3-3 under each topic; places may be the same.
    """
    if not _accordance(context):
        return
    rows = rows_of(context)
    managed = [row for row in rows if row.reference.number == "3-3"]
    topical = [row for row in rows if row.reference.number and not row.reference.number.startswith(("2-", "3-"))]
    topics = {row.topic or row.standard_title or (row.reference.number or "").split("-")[0] for row in topical}
    if len(managed) == 1 and not managed[0].topic and len(topics) >= _TOPICAL:
        yield found("CI257", number="3-3", where=managed[0].page, count=len(topics))


@rule(
    "CI258",
    "printed-sector-topic-not-answered",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, 3-b-ii and 7-a-vi",
    audits=True,
)
def rule_printed_sector_topic_not_answered(context: Context) -> Iterator[Finding]:
    """A topic of a Sector Standard that applies is neither used nor explained.

    What it does: looks for each topic of the Sector Standards that the index names: its
    number or title among the rows, or anywhere in the index.

    Why it matters: topics that are not material are listed in the index, each with the
    reason.

    Example: GRI 11 is named; 11.22 stands nowhere.

    Instead: list it under "Topics … determined as not material", and say why.
    """
    if not _accordance(context):
        return
    printed = printed_index(context)
    text, used = folded(printed.text), {number for row in printed.rows for number in _references(row)}
    for sector in _sectors(context):
        open_ = [topic for topic in sector.topics if not _answered(topic, printed.text, text, used)]
        if open_:
            names = [f"{topic.number} {topic.title.in_(context.profile.report.language, 'en')}" for topic in open_]
            yield found(
                "CI258", about=[topic.number for topic in open_], standard=sector.id, count=len(open_), topics=first_of(names)
            )


@rule(
    "CI259",
    "printed-sector-disclosure-missing",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, 5-b and 7-a-ix",
    audits=True,
)
def rule_printed_sector_disclosure_missing(context: Context) -> Iterator[Finding]:
    """A disclosure that a Sector Standard lists for a topic in use is not in the index.

    What it does: takes the topics of which reference numbers stand in the rows, and looks
    for the disclosures of Topic Standards listed there, or what replaces them.

    Why it matters: each is reported, or listed with "not applicable" and why.

    Example: 11.1 is used; 305-3 stands nowhere.

    Instead: list it with its place, or with its reason for omission.
    """
    if not _accordance(context):
        return
    printed = printed_index(context)
    listed = {row.reference.number for row in printed.rows}
    used = {".".join(number.split(".")[:2]) for row in printed.rows for number in _references(row)}
    day = context.profile.report.publication_date or printed.end
    for sector in _sectors(context):
        missing: dict[str, None] = {}
        for topic in (each for each in sector.topics if each.number in used):
            for reference in topic.references:
                key = reference.key
                if key and key.number not in listed and not {each.number for each in context.catalogue.due(key, day)} & listed:
                    missing.setdefault(key.number)
        if missing:
            yield found("CI259", about=list(missing), standard=sector.id, count=len(missing), numbers=first_of(list(missing)))


@rule("CI260", "printed-without-reference-numbers", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-x", audits=True)
def rule_printed_without_reference_numbers(context: Context) -> Iterator[Finding]:
    """The index names a Sector Standard, and no row bears a reference number of it.

    What it does: looks for numbers such as 11.1.5 in the rows.

    Why it matters: the reference numbers lead from the Sector Standard to the rows.

    Example: "GRI 12: Coal Sector 2022" above a table without 12.x.y.

    Instead: add the column "GRI Sector Standard ref. no.".
    """
    if not _accordance(context):
        return
    used = {f"GRI {number.split('.')[0]}" for row in rows_of(context) for number in _references(row)}
    for sector in _sectors(context):
        if sector.id not in used:
            yield found("CI260", standard=sector.id)


@rule(
    "CI261",
    "index-not-referred-to",
    severity=Severity.WARNING,
    clause="GRI 1: Foundation 2021, 7-b; with reference, b",
    audits=True,
)
def rule_index_not_referred_to(context: Context) -> Iterator[Finding]:
    """The index is a document of its own, and the report does not lead to it.

    What it does: where the index is given apart, looks in the report for its title or the
    name of its file.

    Why it matters: a report without index holds a link or reference to it.

    Example: the index stands on the website, and the report does not say so.

    Instead: add a link: "The GRI content index is at …".
    """
    if not context.index_file:
        return
    stem = PurePath(context.index_file).stem.casefold()
    texts = (block.text for block in context.report.blocks)
    if not any(index_title().search(text) or stem in text.casefold() for text in texts):
        yield found("CI261", file=context.index_file, index=context.index_file)


def _accordance(context: Context) -> bool:
    return printed_index(context).basis is Basis.IN_ACCORDANCE


def _references(row: PrintedRow) -> tuple[str, ...]:
    """The Sector Standard reference numbers of a row."""
    return (*row.sector_refs, *((row.reference.sector_ref,) if row.reference.sector_ref else ()))


def _sectors(context: Context) -> Iterator[SectorStandard]:
    """The Sector Standards that the index names, as far as their topics are known."""
    printed = printed_index(context)
    catalogue = context.catalogue.with_sectors(context.profile.report.publication_date or printed.end, {})
    yield from (sector for id in printed.sector_standards if (sector := catalogue.sector(id)))


def _answered(topic: SectorTopic, text: str, plain_text: str, used: set[str]) -> bool:
    """True where the topic's number or title stands in the index."""
    if any(number.startswith(f"{topic.number}.") for number in used):
        return True
    if re.search(rf"(?<![\d.]){re.escape(topic.number)}(?!\d|\.\d)", text):
        return True
    return any(folded(title) in plain_text for title in topic.title.all if title)
