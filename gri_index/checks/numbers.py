"""Rules CI1xx: numbers and names held against the catalogue."""

from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.checks.places import problems
from gri_index.language.text import plain
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import ProblemCode
from gri_index.model.terms import Origin


@rule("CI101", "unknown-disclosure", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-vii")
def rule_unknown_disclosure(context: Context) -> Iterator[Finding]:
    """A tag or the profile names a number that no GRI Standard has.

    What it does: looks up each number, and each Sector Standard reference number, in the
    catalogue with all editions.

    Why it matters: it fills no row of the index; mostly it is a slip.

    Example: [GRI 305-12].

    Instead: correct the number; `gri-index catalogue search` finds it by words.
    """
    for problem, spot in problems(context, ProblemCode.UNKNOWN_DISCLOSURE, ProblemCode.UNKNOWN_SECTOR_REFERENCE):
        id = "CI101" if problem.code is ProblemCode.UNKNOWN_DISCLOSURE else "CI101-sector"
        yield found(id, number=problem.name, where=spot.where, file=spot.file, evidence=spot.evidence, disclosure=problem.name)


@rule("CI102", "unknown-requirement", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 6-a-i")
def rule_unknown_requirement(context: Context) -> Iterator[Finding]:
    """A tag or the profile names a requirement that its disclosure does not have.

    What it does: looks up labels such as b-iii among the requirements of the disclosure.

    Why it matters: the label covers nothing; the requirement that was meant stays open.

    Example: [GRI 2-7-q].

    Instead: correct the label; `gri-index catalogue show 2-7` lists them.
    """
    for problem, spot in problems(context, ProblemCode.UNKNOWN_REQUIREMENT):
        yield found(
            "CI102",
            key=problem.key,
            where=spot.where,
            file=spot.file,
            evidence=spot.evidence,
            disclosure=problem.key,
            label=problem.name,
        )


@rule("CI103", "unknown-name", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_unknown_name(context: Context) -> Iterator[Finding]:
    """The profile refers to a topic, document or indicator that it does not define.

    What it does: looks up the topics and documents that omissions, answers, locations and
    indicators name, topics of one name, and own or tagged indicators without a title.

    Why it matters: the statement finds no row and is missing in the index.

    Example: [[location]] with document = "AR" and no [[document]] with that id.

    Instead: correct the name, or add the missing table.
    """
    profile = context.profile
    topics = {plain(name) for topic in context.index.topics for name in topic.name.all}
    documents = {document.id for document in profile.documents}
    named = [omission.topic for omission in profile.omissions] + [answer.topic for answer in profile.answers]
    named += [location.topic for location in profile.locations] + [indicator.topic for indicator in profile.indicators]
    for name in dict.fromkeys(filter(None, named)):
        if plain(name) not in topics:
            yield found("CI103-topic", file=context.profile.file, name=name)
    for location in profile.locations:
        if location.document and location.document not in documents:
            yield found("CI103-document", number=location.disclosure.name, file=context.profile.file, name=location.document)
    seen: set[str] = set()
    for topic in profile.topics:
        names = {plain(name) for name in topic.name.all}
        if names & seen:
            yield found("CI103-twice", file=context.profile.file, name=topic.name.in_("en"))
        seen |= names
    for problem, spot in problems(context, ProblemCode.UNKNOWN_INDICATOR):
        kind = "supplement" if problem.origin is Origin.REPORT else "indicator"
        hint = f"CI103-{kind}-hint" if kind == "supplement" else ""
        yield found(f"CI103-{kind}", number=problem.name, file=spot.file, hint=hint, name=problem.name)
    codes = _rule_names() if profile.acknowledged else set()
    for each in profile.acknowledged:
        if each.rule not in codes:
            yield found("CI103-rule", file=context.profile.file, name=each.rule)


def _rule_names() -> set[str]:
    from gri_index.checks import rules

    return {name for each in rules() for name in (each.code, each.name)}
