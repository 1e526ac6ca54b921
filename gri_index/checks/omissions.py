"""Rules CI3xx: reasons for omission (GRI 1: Foundation 2021, Requirement 6)."""

import datetime
import re
from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.checks.places import problems
from gri_index.language.dates import find_dates
from gri_index.language.lexicon import says, whole
from gri_index.language.text import plain
from gri_index.matching.coverage import leaves_under
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import IndexRow, Omission, ProblemCode, Status
from gri_index.model.profile import OmissionReason

_DATED = re.compile(r"(?<!\d)20\d\d(?!\d)|\bFY\s?\d\d|\bQ[1-4]\b")  # a time in figures
_LARGE_SHARE = 0.25
_MIN_ROWS = 12


@rule("CI301", "omission-not-permitted", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 6")
def rule_omission_not_permitted(context: Context) -> Iterator[Finding]:
    """A reason for omission is stated for a disclosure that permits none.

    What it does: looks for omissions of 2-1 to 2-5, 3-1 and 3-2.

    Why it matters: these seven have to be reported in every report in accordance.

    Example: an omission of 2-5 since the report is not assured.

    Instead: report it: that there is no assurance is the answer to 2-5.
    """
    for row in context.index.rows:
        if row.omissions and not row.omission_allowed:
            yield found("CI301", key=row.key, disclosure=row.number)


@rule("CI302", "unknown-omission-reason", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 6-a-ii")
def rule_unknown_omission_reason(context: Context) -> Iterator[Finding]:
    """The reason for an omission is none of the four.

    What it does: compares the reason with the four permitted ones, in all languages.

    Why it matters: only these four are permitted; with another the disclosure counts as
    missing.

    Example: reason = "not material".

    Instead: use not applicable, legal prohibitions, confidentiality constraints or
    information unavailable/incomplete.
    """
    for row, omission in _omissions(context):
        if not isinstance(omission.reason, OmissionReason):
            yield found("CI302", key=row.key, where=_labels(omission), disclosure=row.number, reason=omission.reason or "–")


@rule("CI303", "omission-without-explanation", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 6-a-ii")
def rule_omission_without_explanation(context: Context) -> Iterator[Finding]:
    """An omission has no explanation, or one without content.

    What it does: looks for explanations that are empty, a dash, or only repeat the reason.

    Why it matters: each reason needs its explanation; without it the omission does not
    count.

    Example: explanation = "n/a".

    Instead: say why it does not apply, which law forbids it, what is confidential, or
    what is missing and when it will be there.
    """
    for row, omission in _omissions(context):
        texts = omission.explanation.all
        if not omission.explanation or any(
            whole("empty-explanation").match(text) or plain(text) == plain(str(omission.reason)) for text in texts
        ):
            yield found("CI303", key=row.key, where=_labels(omission), disclosure=row.number)


@rule("CI304", "incomplete-explanation", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 6-a-ii")
def rule_incomplete_explanation(context: Context) -> Iterator[Finding]:
    """Information is said to be unavailable or incomplete, without the steps taken or the time frame.

    What it does: looks in the explanation for steps ("we are installing …") and for a
    time ("by 2027", "in the next report"), in many languages.

    Why it matters: this reason asks what is missing and why, for the steps being taken to
    obtain it, and for the expected time frame.

    Example: "Data is not available for all sites."

    Instead: "Two sites have no meters; they are being installed and will report from
    2027."
    """
    for row, omission in _omissions(context):
        text = " ".join(omission.explanation.all)
        if omission.reason is not OmissionReason.INFORMATION_UNAVAILABLE or whole("empty-explanation").match(text):
            continue
        if not tells_time(text):
            yield found("CI304-time", key=row.key, where=_labels(omission), disclosure=row.number)
        elif not tells_steps(text):
            yield found("CI304-steps", key=row.key, where=_labels(omission), disclosure=row.number)


@rule("CI305", "past-time-frame", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 6-a-ii")
def rule_past_time_frame(context: Context) -> Iterator[Finding]:
    """The time frame of an omission is over when the report is published.

    What it does: compares the latest year or date in the explanation with the publication
    date, else with the end of the reporting period.

    Why it matters: an expected time frame lies ahead; last year's text was not updated.

    Example: "will be available in 2024", published in 2026.

    Instead: state the new time frame, or report the disclosure.
    """
    facts = context.profile.report
    day = facts.publication_date or facts.period_end
    for row, omission in _omissions(context):
        if omission.reason is not OmissionReason.INFORMATION_UNAVAILABLE or day is None:
            continue
        text = " ".join(omission.explanation.all)
        latest = max(
            [*find_dates(text), *(datetime.date(int(year), 12, 31) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text))],
            default=None,
        )
        if latest and latest < day:
            yield found("CI305", key=row.key, where=_labels(omission), disclosure=row.number, date=latest.isoformat())


@rule("CI306", "reported-and-omitted", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, Requirement 6")
def rule_reported_and_omitted(context: Context) -> Iterator[Finding]:
    """The same requirement is reported and omitted.

    What it does: looks for omissions of a whole disclosure that has a location, and of
    single requirements that a tag names.

    Why it matters: a requirement is reported or omitted; readers cannot tell which.

    Example: [GRI 302-3] in the text, and an omission of 302-3.

    Instead: drop the omission, or say which requirements it concerns.
    """
    for row, omission in _omissions(context):
        if not row.locations or row.key is None:
            continue
        leaves = context.catalogue.disclosure(row.key).leaves
        # A tag on the parent of an omitted requirement is how partly reported ones are written.
        named = {label for location in row.locations for label in location.requirements if label in leaves}
        both = sorted(named & leaves_under(omission.requirements, leaves))
        if not omission.requirements or both:
            yield found("CI306", key=row.key, disclosure=row.number, labels=", ".join(both) or row.number)


@rule("CI307", "omission-of-unknown-requirement", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 6-a-i")
def rule_omission_of_unknown_requirement(context: Context) -> Iterator[Finding]:
    """An omission names a requirement that the disclosure does not have.

    What it does: looks up the labels of each omission in the catalogue.

    Why it matters: the omission has to say which requirement it concerns (6-a-i).

    Example: requirements = ["z"] for 2-21.

    Instead: correct the label; `gri-index catalogue show 2-21` lists them.
    """
    for problem, spot in problems(context, ProblemCode.UNKNOWN_OMITTED_REQUIREMENT):
        yield found("CI307", key=problem.key, file=spot.file, disclosure=problem.key, label=problem.name)


@rule("CI308", "many-omissions", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Requirement 6")
def rule_many_omissions(context: Context) -> Iterator[Finding]:
    """A large share of the index is omitted.

    What it does: counts rows with an omission among those that are printed, and says
    where they are a quarter or more.

    Why it matters: confidentiality and unavailable information should be exceptions; many
    omissions make a report less credible.

    Example: 20 of 60 disclosures omitted.

    Instead: report more of them, or claim "with reference".
    """
    rows = [row for row in context.index.rows if row.status not in (Status.MISSING, Status.PLANNED)]
    omitted = [row for row in rows if row.omissions]
    if len(rows) >= _MIN_ROWS and len(omitted) >= _LARGE_SHARE * len(rows):
        yield found("CI308", omitted=len(omitted), rows=len(rows))


@rule("CI309", "omission-without-row", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 6-a-i")
def rule_omission_without_row(context: Context) -> Iterator[Finding]:
    """An omission belongs to no row of the index.

    What it does: looks for omissions of 3-3 that name none of several topics, and for
    those whose topic does not have the disclosure.

    Why it matters: the omission is not printed, and the disclosure counts as missing.

    Example: an omission of 3-3 without topic in a report with three topics.

    Instead: name the topic.
    """
    for problem, spot in problems(context, ProblemCode.OMISSION_WITHOUT_ROW):
        yield found("CI309", number=problem.name, file=spot.file, disclosure=problem.name)


def tells_time(text: str) -> bool:
    """True for an explanation that says by when."""
    return _DATED.search(text) is not None or says(text, "time")


def tells_steps(text: str) -> bool:
    """True for an explanation that says what is being done."""
    return says(text, "steps")


def explanation_is_empty(text: str) -> bool:
    """True for an explanation without content: a dash, "n/a", the reason once more."""
    return whole("empty-explanation").match(text) is not None


def _omissions(context: Context) -> Iterator[tuple[IndexRow, Omission]]:
    for row in context.index.rows:
        if row.omission_allowed:
            yield from ((row, omission) for omission in row.omissions)


def _labels(omission: Omission) -> str:
    return ", ".join(omission.requirements)
