"""Rules that audit the claim and the omissions of a printed index."""

import re
from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.checks.omissions import explanation_is_empty, tells_steps, tells_time
from gri_index.checks.printed import found_at, keys_of, printed_index, rows_of
from gri_index.language.reasons import says_left_out
from gri_index.language.statements import find_statements
from gri_index.model.findings import Context, Finding, Quote, Severity
from gri_index.model.printed import PrintedOmission, PrintedRow
from gri_index.model.profile import Basis, OmissionReason


@rule(
    "CI251",
    "printed-claim-contradicted",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii",
    audits=True,
)
def rule_printed_claim_contradicted(context: Context) -> Iterator[Finding]:
    """The text claims something else than the index.

    What it does: reads the claims of the whole report and compares them with the statement
    of use in the index.

    Why it matters: a report makes one claim.

    Example: "prepared according to the GRI Standards" on page 3, "with reference" in the
    index.

    Instead: word the claim the same everywhere.
    """
    printed = printed_index(context)
    if printed.basis is None:
        return
    for block in context.report.blocks:
        for statement in find_statements(block.text):
            if statement.basis is not printed.basis and not statement.old:
                quotes = (Quote(statement.text[:300]), Quote(printed.statement[:300]))
                yield found("CI251", evidence=quotes, text=statement.text[:110], index=printed.statement[:110])
                return


@rule(
    "CI252",
    "printed-statement-incomplete",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii",
    audits=True,
)
def rule_printed_statement_incomplete(context: Context) -> Iterator[Finding]:
    """The index has no statement of use, or one without organization, start or end, or by the rules of 2016.

    What it does: reads the statement of use in and before the index.

    Why it matters: it is the claim; it names the organization and the reporting period.

    Example: "This report follows the GRI Standards."

    Instead: use the wording of GRI 1.
    """
    printed = printed_index(context)
    if not printed.statement:
        yield found("CI252-none")
        return
    parts = (("organization", printed.organization), ("start", printed.start), ("end", printed.end))
    if missing := [name for name, value in parts if not value]:
        yield found("CI252", evidence=(Quote(printed.statement[:300]),), lighter=Severity.WARNING, missing=", ".join(missing))
    if any(statement.old for statement in find_statements(printed.statement)):
        yield found("CI252-old", evidence=(Quote(printed.statement[:300]),))


@rule(
    "CI253",
    "printed-gri-1-not-named",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, 7-a-iii; with reference, a-iii",
    audits=True,
)
def rule_printed_gri_1_not_named(context: Context) -> Iterator[Finding]:
    """The index does not name the GRI 1 used.

    What it does: looks for "GRI 1" with its title or year in and before the index.

    Why it matters: the index states the title of the GRI 1 used, under either claim.

    Example: an index that begins with GRI 2.

    Instead: add "GRI 1 used: GRI 1: Foundation 2021".
    """
    if not printed_index(context).gri_1:
        yield found("CI253")


@rule(
    "CI254",
    "printed-missing-disclosure",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirements 2 and 4",
    audits=True,
)
def rule_printed_missing_disclosure(context: Context) -> Iterator[Finding]:
    """An index in accordance lacks a disclosure of GRI 2, 3-1, 3-2, or 3-3.

    What it does: looks for the numbers among the rows of an index that claims "in
    accordance". With reference, nothing is demanded.

    Why it matters: Requirements 2 and 4 ask for each of them.

    Example: 2-26 is not listed.

    Instead: list it with its place, or with a reason for omission where one is permitted.
    """
    printed = printed_index(context)
    if printed.basis is not Basis.IN_ACCORDANCE or any((row.reference.number or "").startswith("102-") for row in printed.rows):
        return
    listed = {row.reference.number for row in printed.rows}
    general, material = (context.catalogue.standard(id, "2021").disclosures for id in ("GRI 2", "GRI 3"))
    for disclosure in (*general, *material):
        if disclosure.key.number not in listed:
            title = disclosure.title.in_(context.profile.report.language, "en")
            yield found("CI254", key=disclosure.key, disclosure=disclosure.key.number, title=title)


@rule("CI351", "printed-omission", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 6", audits=True)
def rule_printed_omission(context: Context) -> Iterator[Finding]:
    """An omission in an index in accordance is not permitted, or its reason is none of the four, or not explained.

    What it does: reads omission columns, and cells that say nothing is reported; where
    information is said to be unavailable, it looks for the steps taken and the time frame.

    Why it matters: Requirement 6 permits four reasons, each with its explanation, and none
    for 2-1 to 2-5, 3-1 and 3-2.

    Example: "Not disclosed."

    Instead: give one of the four reasons with its explanation, or report the disclosure.
    """
    if printed_index(context).basis is not Basis.IN_ACCORDANCE:
        return
    for row in rows_of(context):
        keys = keys_of(row, context)
        if not keys:
            continue
        permitted = context.catalogue.disclosure(keys[-1]).omission_permitted
        if (row.omissions or row.omitted) and not permitted:
            yield found_at(row, "CI351-not-permitted", key=keys[-1])
        elif row.omitted and _unreasoned(row):
            yield found_at(row, "CI351-reason", key=keys[-1], text=(row.location or "–")[:80])
        elif any(isinstance(each.reason, OmissionReason) and explanation_is_empty(each.explanation) for each in row.omissions):
            yield found_at(row, "CI351-explanation", key=keys[-1])
        elif late := next((each for each in row.omissions if _without_steps(each)), None):
            yield found_at(row, "CI351-steps", key=keys[-1], text=" ".join(late.explanation.split())[:80])


def _without_steps(omission: PrintedOmission) -> bool:
    """True for information that is unavailable, and of which nobody says what is done about it, and by when (6-a-ii)."""
    unavailable = omission.reason is OmissionReason.INFORMATION_UNAVAILABLE
    return unavailable and not (tells_time(omission.explanation) and tells_steps(omission.explanation))


def _unreasoned(row: PrintedRow) -> bool:
    """True where nothing that the row says is one of the four reasons; an answer in the column of explanations is none."""
    told = " ".join((row.location, *(each.explanation for each in row.omissions)))
    reasons = any(isinstance(each.reason, OmissionReason) for each in row.omissions)
    return not reasons and (says_left_out(told) or not re.search(r"\w", told))
