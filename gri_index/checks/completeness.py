"""Rules CI2xx: what a claim requires and the report lacks."""

from collections.abc import Iterator

from gri_index.checks import rule
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import Status
from gri_index.model.text import message


@rule("CI201", "missing-disclosure", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirements 2, 4 and 5")
def rule_missing_disclosure(context: Context) -> Iterator[Finding]:
    """A disclosure that the claim requires is neither reported nor omitted.

    What it does: looks in a report in accordance for each disclosure of GRI 2, 3-1, 3-2,
    3-3 of each material topic, the disclosures that a Sector Standard lists for a
    material topic, and those that the profile lists. With reference, nothing is required.

    Why it matters: "in accordance" may only be claimed where all nine requirements are
    met (GRI 1, section 3); Requirement 2 asks for every disclosure of GRI 2, Requirement
    4 for GRI 3, Requirement 5 for the topics.

    Example: no section is tagged 2-16, and the profile states no omission for it.

    Instead: tag the section that reports it, name another place in the profile, or state
    one of the four permitted reasons with its explanation. 2-1 to 2-5, 3-1 and 3-2 permit
    no omission (Requirement 6).
    """
    names = {topic.id: topic.name for topic in context.index.topics}
    for row in context.index.rows:
        if row.status is not Status.MISSING or row.key is None:
            continue
        topic = names[row.topic].in_(context.profile.report.language, "en") if row.topic else ""
        title = row.title.in_(context.profile.report.language, "en")
        yield Finding(
            code="CI201",
            severity=Severity.ERROR,
            key=row.key,
            where=topic,
            message=message("CI201-topic", disclosure=row.key.number, topic=topic)
            if topic
            else message("CI201-missing", disclosure=row.key.number, title=title),
            hint=message("CI201-hint" if row.omission_allowed else "CI201-hint-no-omission"),
        )
