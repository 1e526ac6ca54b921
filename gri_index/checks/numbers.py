"""Rules CI1xx: numbers and names held against the catalogue."""

from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.checks.places import Places
from gri_index.language.text import plain
from gri_index.matching.coverage import unknown_labels
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.keys import Certainty, Reference
from gri_index.model.profile import Profile
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
    places = Places(context)
    for tag, resolution in zip(context.report.tags, context.index.resolved, strict=True):
        if resolution is not None and resolution.reason is Certainty.NONE:
            yield found(
                "CI101",
                number=tag.reference.number or "",
                where=places.of_tag(tag),
                evidence=(places.quote(tag),),
                disclosure=tag.reference.name,
            )
        elif tag.reference.sector_ref and _unknown_reference(tag.reference.sector_ref, context):
            yield found(
                "CI101-sector", number=tag.reference.sector_ref, where=places.of_tag(tag), disclosure=tag.reference.sector_ref
            )
    for reference, file in _stated(context):
        if reference.number and not context.catalogue.editions_of(reference.number):
            yield found("CI101", number=reference.number, file=file, disclosure=reference.number)
        elif reference.sector_ref and _unknown_reference(reference.sector_ref, context):
            yield found("CI101-sector", number=reference.sector_ref, file=file, disclosure=reference.sector_ref)
    stated = [number for topic in context.profile.topics for number in topic.sector_topics]
    for number in (*stated, *(each.sector_topic for each in context.profile.not_material)):
        if context.catalogue.sector_topic(number) is None:
            yield found("CI101-sector", number=number, file=context.profile.file, disclosure=number)


@rule("CI102", "unknown-requirement", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 6-a-i")
def rule_unknown_requirement(context: Context) -> Iterator[Finding]:
    """A tag names a requirement that its disclosure does not have.

    What it does: looks up labels such as b-iii among the requirements of the disclosure.

    Why it matters: the label covers nothing; the requirement that was meant stays open.

    Example: [GRI 2-7-q].

    Instead: correct the label; `gri-index catalogue show 2-7` lists them.
    """
    places = Places(context)
    for tag, resolution in zip(context.report.tags, context.index.resolved, strict=True):
        if resolution and resolution.key:
            for label in unknown_labels(tag.reference.requirements, context.catalogue.disclosure(resolution.key)):
                number = resolution.key.number
                yield found(
                    "CI102",
                    key=resolution.key,
                    where=places.of_tag(tag),
                    evidence=(places.quote(tag),),
                    disclosure=number,
                    label=label,
                )


@rule("CI103", "unknown-name", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_unknown_name(context: Context) -> Iterator[Finding]:
    """The profile refers to a topic, document or indicator that it does not define.

    What it does: looks up the topics and documents that omissions, answers, locations and
    indicators name, topics of one name, and own indicators without a title.

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
    known = {each.id for each in context.catalogue.indicators}
    for indicator in profile.indicators:
        if not indicator.title and indicator.id not in known:
            yield found("CI103-indicator", number=indicator.id, file=context.profile.file, name=indicator.id)
    codes = _rule_names() if profile.acknowledged else set()
    for each in profile.acknowledged:
        if each.rule not in codes:
            yield found("CI103-rule", file=context.profile.file, name=each.rule)


def _rule_names() -> set[str]:
    from gri_index.checks import rules

    return {name for each in rules() for name in (each.code, each.name)}


def _unknown_reference(number: str, context: Context) -> bool:
    return context.catalogue.sector_reference(number) is None and context.catalogue.sector_topic(number) is None


def _stated(context: Context) -> Iterator[tuple[Reference, str]]:
    """References of the profile and of the working list, with the file in which they stand."""
    profile = context.profile
    for topic in profile.topics:
        yield from ((reference, profile.file) for reference in topic.disclosures)
    yield from ((omission.disclosure, _file(omission.origin, profile)) for omission in profile.omissions)
    yield from ((answer.disclosure, _file(Origin.PROFILE, profile)) for answer in profile.answers)
    yield from ((location.disclosure, _file(location.origin, profile)) for location in profile.locations)


def _file(origin: Origin, profile: Profile) -> str:
    """The file in which a statement stands."""
    return f"{profile.output.index_name}.xlsx" if origin is Origin.LIST else profile.file
