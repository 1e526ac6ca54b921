"""Rules CI2xx: what a claim requires and the report lacks."""

from collections.abc import Iterator

from gri_index.checks import first_of, found, rule
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import Status
from gri_index.model.profile import Basis
from gri_index.model.terms import Origin


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
    language = context.profile.report.language
    for row in context.index.rows:
        if row.status is not Status.MISSING or row.key is None:
            continue
        topic = names[row.topic].in_(language, "en") if row.topic else ""
        hint = "CI201-hint" if row.omission_allowed else "CI201-hint-no-omission"
        id = "CI201-topic" if topic else "CI201-missing"
        yield found(
            id, key=row.key, where=topic, hint=hint, disclosure=row.key.number, topic=topic, title=row.title.in_(language, "en")
        )


@rule("CI202", "no-material-topics", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 3-a")
def rule_no_material_topics(context: Context) -> Iterator[Finding]:
    """A report in accordance names no material topic.

    What it does: looks for topics in the profile and in tags 3-3 [topic].

    Why it matters: Requirement 3-a asks to determine material topics; without one there
    is nothing to report under Requirements 4-c and 5.

    Example: basis = "in accordance" without any [[topic]].

    Instead: list the material topics in the profile, or claim "with reference".
    """
    if _accordance(context) and not context.index.topics:
        yield found("CI202")


@rule("CI203", "unexplained-sector-topic", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 3-b")
def rule_unexplained_sector_topic(context: Context) -> Iterator[Finding]:
    """A topic of an applicable Sector Standard is neither material nor explained.

    What it does: takes each topic of the Sector Standards that the claim names and looks
    for it among the sector_topics of the material topics and in [[topic_not_material]],
    there with an explanation.

    Why it matters: Requirement 3-b asks to review each topic, and to explain those that
    are not material.

    Example: GRI 11 applies; 11.22 stands nowhere.

    Instead: add the number to a topic, or explain in [[topic_not_material]] why it is not
    material.
    """
    if not _accordance(context):
        return
    material = {number for topic in context.profile.topics for number in topic.sector_topics}
    explained = {each.sector_topic for each in context.profile.not_material if each.explanation}
    for id in context.profile.claim.sector_standards:
        sector = context.catalogue.sector(id)
        for topic in sector.topics if sector else ():
            if topic.number not in material | explained:
                title = topic.title.in_(context.profile.report.language, "en")
                yield found("CI203", number=topic.number, where=id, topic=topic.number, title=title)


@rule("CI204", "topic-without-disclosures", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Requirement 5-a")
def rule_topic_without_disclosures(context: Context) -> Iterator[Finding]:
    """A material topic has 3-3 and nothing else.

    What it does: looks for material topics of a report in accordance under which no
    disclosure but 3-3 and no indicator stands.

    Why it matters: Requirement 5-a asks for disclosures relevant to the topic's impacts;
    there is no minimum, so this is a question and no fault.

    Example: topic "Data protection" with 3-3, though 418-1 is reported nowhere.

    Instead: list the Topic Standard disclosures, or other sources' and own indicators,
    that speak of the topic.
    """
    if not _accordance(context):
        return
    for topic in context.index.topics:
        if not any(row.topic == topic.id and row.number != "3-3" for row in context.index.rows):
            name = topic.name.in_(context.profile.report.language, "en")
            yield found("CI204", where=name, topic=name)


@rule("CI205", "uncovered-requirements", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirements 2, 4, 5 and 6")
def rule_uncovered_requirements(context: Context) -> Iterator[Finding]:
    """Some requirements of a required disclosure are neither reported nor omitted.

    What it does: looks in a report in accordance for required disclosures of which single
    requirements are tagged or omitted, and names those left over.

    Why it matters: a disclosure is reported with all its requirements, or a reason for
    omission is given for each one left out (Requirement 6).

    Example: [GRI 2-7-a, -b] and nothing for c, d and e.

    Instead: tag the rest, tag the disclosure as a whole where the section reports all of
    it, or state an omission for the labels.
    """
    if not _accordance(context):
        return
    for row in context.index.rows:
        if row.required and row.status is Status.PARTIAL:
            yield found("CI205", key=row.key, disclosure=row.number, labels=", ".join(row.coverage.missing))


@rule("CI206", "planned-not-found", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, reporting with reference")
def rule_planned_not_found(context: Context) -> Iterator[Finding]:
    """The profile lists a disclosure, and the report does not hold it.

    What it does: looks in a report with reference for disclosures that the profile lists
    under a topic and that no tag, answer or location covers.

    Why it matters: nothing is required with reference; the disclosure will simply not be
    in the index.

    Example: topic "Water" lists 303-5; no section is tagged with it.

    Instead: tag the section, or take the number off the list.
    """
    for row in context.index.rows:
        if row.status is Status.PLANNED and row.key and row.origin is Origin.PROFILE:
            yield found("CI206", key=row.key, disclosure=row.number, title=row.title.in_(context.profile.report.language, "en"))


def _accordance(context: Context) -> bool:
    return context.index.claim.basis is Basis.IN_ACCORDANCE


@rule("CI207", "not-confirmed", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, section 4 (accuracy)")
def rule_not_confirmed(context: Context) -> Iterator[Finding]:
    """What the profile took over from an earlier index was not confirmed for this report.

    What it does: lists the topics, omissions, answers and outside places of the profile that
    bear the key `carried`, by the file that they come from.

    Why it matters: last year's reasons, answers and places look right and may be wrong: a
    copied explanation speaks of a time that is over, a page of the accounts has moved.

    Example: an omission with carried = "content-index-2024.docx".

    Instead: read each, change what has changed, and take its key `carried` out.
    """
    profile = context.profile
    entries = [(each.carried, next(iter(each.name.all), "")) for each in profile.topics]
    entries += [(each.carried, each.disclosure.name) for each in profile.omissions]
    entries += [(each.carried, each.disclosure.name) for each in profile.answers]
    entries += [(each.carried, each.disclosure.name) for each in profile.locations]
    by_file: dict[str, list[str]] = {}
    for file, name in entries:
        if file:
            by_file.setdefault(file, []).append(name)
    for file, names in by_file.items():
        yield found("CI207", file=profile.file, count=len(names), earlier=file, entries=first_of(list(dict.fromkeys(names))))
