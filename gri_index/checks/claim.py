"""Rules CI21x: the claim and the statement of use."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from gri_index.checks import Check, found, rule
from gri_index.checks.completeness import (
    rule_missing_disclosure,
    rule_no_material_topics,
    rule_uncovered_requirements,
    rule_unexplained_sector_topic,
)
from gri_index.checks.places import Places
from gri_index.language.statements import Statement, find_statements, speaks_of_gri
from gri_index.matching import match
from gri_index.model.findings import Context, Finding, Quote, Severity
from gri_index.model.index import Status
from gri_index.model.profile import Basis


@rule(
    "CI211",
    "incomplete-statement",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii",
)
def rule_incomplete_statement(context: Context) -> Iterator[Finding]:
    """The statement of use lacks the organization or the reporting period.

    What it does: looks for organization, period_start and period_end in the profile,
    unless it words the statement itself.

    Why it matters: the statement of use names the organization and the start and end of
    the reporting period; the index prints a placeholder in their place.

    Example: [report] without period_end.

    Instead: complete [report] in the profile.
    """
    facts = context.profile.report
    if context.index.claim.statement or not context.profile.stated:
        return
    parts = (("organization", facts.organization), ("period_start", facts.period_start), ("period_end", facts.period_end))
    missing = [name for name, value in parts if not value]
    if missing:
        yield found("CI211", file=context.profile.file, missing=", ".join(missing))


@rule("CI212", "old-statement", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 8")
def rule_old_statement(context: Context) -> Iterator[Finding]:
    """The report's own text claims by the rules of 2016.

    What it does: looks in the text for statements with the options "Core" and
    "Comprehensive" or "GRI-referenced".

    Why it matters: since 2023 there are two claims, in accordance and with reference; the
    options are gone.

    Example: "prepared in accordance with the GRI Standards: Core option".

    Instead: use one of the two statements of GRI 1.
    """
    for statement, quote in _claims(context):
        if statement.old:
            yield found("CI212", where=quote.section, evidence=(quote,), text=statement.text[:120])
            return


@rule(
    "CI213", "contradicting-claim", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii"
)
def rule_contradicting_claim(context: Context) -> Iterator[Finding]:
    """The report's own text claims something else than the index.

    What it does: reads the sentences that claim a use of the GRI Standards, and compares
    them with the claim of the profile and with one another. Said once, with the evidence.

    Why it matters: a report makes one claim; "in accordance" in the text makes "with
    reference" in the index untrue, and the other way round.

    Example: "prepared according to the GRI Standards" on page 3, "with reference" in the
    index.

    Instead: word the claim the same everywhere.
    """
    claims = [(statement, quote) for statement, quote in _claims(context) if not statement.old]
    bases = {statement.basis for statement, _ in claims}
    stated = context.index.claim.basis if context.profile.stated else None
    if stated and bases - {stated}:
        against = [quote for statement, quote in claims if statement.basis is not stated]
        yield found("CI213", where=against[0].section, evidence=tuple(against[:3]), text=against[0].text[:120])
    elif len(bases) > 1:
        quotes = [next(quote for statement, quote in claims if statement.basis is basis) for basis in Basis]
        yield found(
            "CI213-text", where=quotes[0].section, evidence=tuple(quotes), one=quotes[0].text[:80], other=quotes[1].text[:80]
        )


@rule("CI214", "no-claim", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, section 3")
def rule_no_claim(context: Context) -> Iterator[Finding]:
    """Neither the profile nor the text claims a use of the GRI Standards.

    What it does: looks for a profile, and for a statement of use in the text.

    Why it matters: an index belongs to a claim; without one, "with reference" is assumed.

    Example: no gri-index.toml beside the report.

    Instead: state basis in the profile; `gri-index init` writes one to start from.
    """
    if not context.profile.stated and not any(True for _ in _claims(context)):
        yield found("CI214")


@rule(
    "CI215",
    "another-period",
    severity=Severity.WARNING,
    clause="GRI 2: General Disclosures 2021, 2-3-a; GRI 1: Foundation 2021, Requirement 8",
)
def rule_another_period(context: Context) -> Iterator[Finding]:
    """The period of the statement of use is not the one that the report names.

    What it does: compares period_start and period_end with the period in the report's own
    statement of use, and in sections tagged 2-3.

    Why it matters: 2-3-a states the reporting period; the statement of use repeats it.

    Example: the profile ends on 31 December 2024, the text on 31 December 2025.

    Instead: correct the profile or the text.
    """
    facts = context.profile.report
    if not facts.period_start or not facts.period_end:
        return
    for statement, quote in _claims(context):
        if statement.start and statement.end and (statement.start, statement.end) != (facts.period_start, facts.period_end):
            period = f"{statement.start.isoformat()} – {statement.end.isoformat()}"
            stated = f"{facts.period_start.isoformat()} – {facts.period_end.isoformat()}"
            yield found("CI215", number="2-3", where=quote.section, evidence=(quote,), period=period, stated=stated)
            return


@rule("CI216", "sector-standard-not-named", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-iv")
def rule_sector_standard_not_named(context: Context) -> Iterator[Finding]:
    """Topics of a Sector Standard are used that the claim does not name.

    What it does: compares the sector_topics of the profile, and the tags with reference
    numbers of Sector Standards ([GRI S11.1.5]), with claim.sector_standards, in a report in
    accordance.

    Why it matters: the index names the Sector Standards that apply (GRI 1, 7-a-iv), and
    each of their topics has to be answered (Requirement 3-b).

    Example: sector_topics = ["11.1"] without sector_standards = ["GRI 11"].

    Instead: name the Sector Standard in [claim].
    """
    profile = context.profile
    if context.index.claim.basis is not Basis.IN_ACCORDANCE:
        return
    numbers = [number for topic in profile.topics for number in topic.sector_topics]
    numbers += [each.sector_topic for each in profile.not_material]
    numbers += [tag.reference.sector_ref for tag in context.report.tags if tag.reference.sector_ref]
    used = {f"GRI {number.split('.')[0]}" for number in numbers}
    for id in sorted(used - set(profile.claim.sector_standards)):
        yield found("CI216", file=context.profile.file, standard=id)


@rule("CI217", "claim-not-met", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, section 3")
def rule_claim_not_met(context: Context) -> Iterator[Finding]:
    """The report claims "in accordance" while requirements are not met.

    What it does: says once which of the nine requirements fail that a program can test:
    GRI 2 (2), material topics (3-a), Sector Standard topics (3-b), GRI 3 (4), what a Sector
    Standard or the profile lists (5), single requirements (6), the Sector
    Standards in the index (7), the statement of use (8). Each gap has a finding of its own.

    Why it matters: where one requirement is not met, "in accordance" may not be claimed;
    "with reference" may, if its three requirements are met.

    Example: 2-16 is neither reported nor omitted.

    Instead: close the gaps, or claim "with reference".
    """
    if context.index.claim.basis is Basis.IN_ACCORDANCE and (failing := list(_failing(context))):
        yield found("CI217", requirements=", ".join(failing))


@rule("CI218", "claim-could-be-stronger", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, section 3")
def rule_claim_could_be_stronger(context: Context) -> Iterator[Finding]:
    """The report claims less than it could.

    What it does: where a report with reference covers all of GRI 2, 3-1 and 3-2 and has
    material topics, it tries the claim "in accordance" and says if nothing would be
    missing that a program can test.

    Why it matters: "in accordance" is the stronger claim; the author may want to know.

    Example: all thirty disclosures of GRI 2 are tagged, and 3-3 for each topic.

    Instead: consider basis = "in accordance"; the reporting principles (Requirement 1)
    are for people to judge.
    """
    index = context.index
    if index.claim.basis is not Basis.WITH_REFERENCE or not index.topics or not context.profile.stated:
        return
    covered = {row.number for row in index.rows if row.status in (Status.REPORTED, Status.REPORTED_WITH_OMISSIONS)}
    general = {disclosure.key.number for disclosure in context.catalogue.standard("GRI 2", "2021").disclosures}
    if not general | {"3-1", "3-2"} <= covered:
        return
    profile = replace(context.profile, claim=replace(context.profile.claim, basis=Basis.IN_ACCORDANCE))
    tried = replace(context, profile=profile, index=match(context.report, context.catalogue, profile))
    if not any(True for _ in _failing(tried)):
        yield found("CI218")


def _failing(context: Context) -> Iterator[str]:
    """The requirements of GRI 1, section 3, that are not met, in their order."""

    def fails(check: Check) -> bool:
        return any(True for _ in check(context))

    missing = [finding.disclosure for finding in rule_missing_disclosure(context)]
    told = (
        ("2", any(number.startswith("2-") for number in missing)),
        ("3-a", fails(rule_no_material_topics)),
        ("3-b", fails(rule_unexplained_sector_topic)),
        ("4", any(number.startswith("3-") for number in missing)),
        ("5", any(not number.startswith(("2-", "3-")) for number in missing)),
        ("6", fails(rule_uncovered_requirements)),
        ("7", fails(rule_sector_standard_not_named)),
        ("8", fails(rule_incomplete_statement)),
    )
    yield from (name for name, failing in told if failing)


@lru_cache(maxsize=1024)  # three rules ask, each on its own
def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(find_statements(text))


def _claims(context: Context) -> Iterator[tuple[Statement, Quote]]:
    """The statements of the text with where they stand."""
    places = Places(context)
    for block in context.report.blocks:
        if speaks_of_gri(block.text):
            section = places.section(block.section)
            for statement in _statements(block.text):
                yield (
                    statement,
                    Quote(
                        statement.text[:300], places.label(section.source, block.page), section.title, places.file(section.source)
                    ),
                )
