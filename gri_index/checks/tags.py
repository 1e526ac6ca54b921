"""Rules CI0xx: tags as the author set them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gri_index.catalogue.titles import TitleFinder, same_title
from gri_index.checks import found, rule
from gri_index.checks.places import Places, problems
from gri_index.language.text import is_east_asian
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import Problem, ProblemCode
from gri_index.model.keys import Resolution
from gri_index.model.report import BlockKind, Carrier, Tag
from gri_index.model.text import message

_MALFORMED = frozenset(("tag-malformed", "tag-unclosed", "sheet-number", "sheet-date", "sheet-row"))
_MANY_SECTIONS = 15  # of one disclosure; the most in ten published reports is 12, for 3-3
_FEW_WORDS = 1


@rule("CI001", "malformed-tag", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_malformed_tag(context: Context) -> Iterator[Finding]:
    """A marker looks like a tag but cannot be read.

    What it does: names comments, bookmarks, fields and rows of sheets that open with GRI
    or stand where a disclosure number is wanted, and hold something else.

    Why it matters: the place would be missing in the index (GRI 1, 7-a-xi asks for the
    location of each disclosure).

    Example: a comment "GRI 302 -- 1??".

    Instead: write the number alone: GRI 302-1, or GRI 302-1-a, -b.
    """
    places = Places(context)
    for problem in context.report.problems:
        if problem.code in _MALFORMED:
            finding = found("CI001", where=problem.where)
            block = context.report.blocks[problem.block] if problem.block >= 0 else None
            yield replace(
                finding,
                message=message(problem.code, **dict(problem.args)),
                file=places.file(places.section(block.section).source) if block else "",
            )


@rule("CI002", "ambiguous-edition", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-viii")
def rule_ambiguous_edition(context: Context) -> Iterator[Finding]:
    """A number exists in two editions, and nothing decides between them.

    What it does: names numbers such as 306-3, which is "Significant spills" in 2016 and
    "Waste generated" in 2020, where tag, text, profile and publication date leave both.

    Why it matters: the index names each Standard with its year (GRI 1, 7-a-viii).

    Example: [GRI 306-3] in a report without a publication date.

    Instead: write GRI 306-3 (2020), list it so in the profile, or state publication_date.
    """
    assumed: dict[tuple[str, str], dict[str, Problem]] = {}
    for problem, _ in problems(context, ProblemCode.EDITION_ASSUMED):
        if problem.key:
            assumed.setdefault((problem.key.standard, problem.key.edition), {}).setdefault(problem.name, problem)
    for (standard, chosen), numbers in assumed.items():
        first = next(iter(numbers.values()))
        editions = ", ".join(key.edition for key in first.candidates)
        disclosures = ", ".join(sorted(numbers, key=lambda number: int(number.split("-")[1])))
        yield found(
            "CI002", key=first.key, about=numbers, standard=standard, disclosures=disclosures, editions=editions, chosen=chosen
        )


@rule("CI003", "bare-standard", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii")
def rule_bare_standard(context: Context) -> Iterator[Finding]:
    """A tag names a Standard and no disclosure of it.

    What it does: names tags such as GRI 302 in sections where no disclosure of that
    Standard is tagged. The matrix shows them; they claim nothing.

    Why it matters: the index lists disclosures (GRI 1, 7-a-vii), not Standards.

    Example: "Energy [GRI 302]".

    Instead: name the disclosures: [GRI 302-1, 302-3].
    """
    places = Places(context)
    named = {(tag.section, (tag.reference.number or "").split("-")[0]) for tag in context.report.tags}
    bare: dict[str, dict[str, Tag]] = {}
    for tag in context.report.tags:
        standard = tag.reference.standard
        if standard and (tag.section, standard.removeprefix("GRI ")) not in named:
            bare.setdefault(standard, {}).setdefault(tag.section, tag)
    for standard, tags in bare.items():
        quotes = tuple(places.quote(tag) for tag in tags.values())
        first = next(iter(tags.values()))
        yield found("CI003", where=places.of_tag(first), evidence=quotes, standard=standard, count=len(tags))


@rule(
    "CI004", "topic-not-named", severity=Severity.WARNING, clause="GRI 3: Material Topics 2021, 3-3; GRI 1: Foundation 2021, 4-c"
)
def rule_topic_not_named(context: Context) -> Iterator[Finding]:
    """A tag 3-3 belongs to no material topic.

    What it does: names tags 3-3 whose tag and section name no topic of the profile.

    Why it matters: 3-3 is reported for each material topic (GRI 1, 4-c); one without a
    topic fills no row.

    Example: [GRI 3-3] under "Our approach", with five topics in the profile.

    Instead: write [GRI 3-3 [Energy]], or set the tag in the topic's section.
    """
    for problem, spot in problems(context, ProblemCode.TOPIC_NOT_NAMED, ProblemCode.UNKNOWN_TOPIC):
        id = "CI004" if problem.code is ProblemCode.TOPIC_NOT_NAMED else "CI004-unknown"
        yield found(id, number="3-3", where=spot.where, evidence=spot.evidence, topic=problem.name, section=spot.where)


@rule("CI005", "empty-section", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_empty_section(context: Context) -> Iterator[Finding]:
    """A section is tagged and holds no text.

    What it does: names tagged headings with fewer than three words below them, that have
    no sections under them and are the last on their page.

    Why it matters: the index sends readers to a place where nothing is reported.

    Example: a heading "Emissions [GRI 305-1]" that the next heading follows at once.

    Instead: set the tag where the text is.
    """
    places = Places(context)
    words, sections = _words_below(context), context.report.sections
    following = {section.id: after for section, after in pairwise(sections)}
    for id in dict.fromkeys(tag.section for tag in context.report.tags if tag.carrier is not Carrier.SHEET):
        section, after = places.section(id), following.get(id)
        # A chapter's title page, or levels that a converter lost: the text follows under the next heading of the page.
        followed = after is not None and (
            after.parent == id or (after.first_page is not None and after.first_page == section.first_page)
        )
        if section.title and words.get(id, 0) < _FEW_WORDS and not followed:
            tags = [tag for tag in context.report.tags if tag.section == id]
            numbers = list(dict.fromkeys(tag.reference.name for tag in tags))
            where, file = places.of_tag(tags[0]), places.file(section.source)
            yield found("CI005", about=numbers, where=where, file=file, section=section.title, numbers=", ".join(numbers))


@rule("CI006", "scattered-disclosure", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi")
def rule_scattered_disclosure(context: Context) -> Iterator[Finding]:
    """A disclosure is tagged in very many sections.

    What it does: names disclosures other than 3-3 tagged in fifteen sections or more.

    Why it matters: a location should lead to the information; a list of fifteen leads
    nowhere (GRI 1, 7-a-xi).

    Example: 2-23 in the foreword, in every chapter and in the imprint.

    Instead: keep the places that report it, and drop those that only touch it.
    """
    for row in context.index.rows:
        sections = {location.section for location in row.locations if location.section}
        if row.key and row.number != "3-3" and len(sections) >= _MANY_SECTIONS:
            yield found("CI006", key=row.key, disclosure=row.number, count=len(sections))


@rule("CI007", "tag-of-another-title", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii")
def rule_tag_of_another_title(context: Context) -> Iterator[Finding]:
    """The text beside a tag is the title of another disclosure.

    What it does: compares what stands behind a number in its line with the titles of all
    disclosures, and names lines where it is the title of another one.

    Why it matters: number or title is a slip, and the reader cannot know which.

    Example: "GRI 305-5: Water consumption".

    Instead: correct the number (303-5) or the title.
    """
    places = Places(context)
    finder: TitleFinder | None = None
    seen = set()
    for tag, resolution in _resolved(context):
        block = context.report.blocks[tag.block]
        title = _title_behind(block.text, tag.text, block.kind)
        if not title or (tag.block, tag.reference.number) in seen:
            continue
        seen.add((tag.block, tag.reference.number))
        own = resolution.key and any(
            same_title(title, known) for key in resolution.candidates for known in context.catalogue.disclosure(key).title.all
        )
        if own:
            continue
        finder = finder or TitleFinder(context.catalogue)
        keys = finder.keys_of(title)
        if keys and resolution.key not in keys and not any(key.number == tag.reference.number for key in keys):
            other = keys[0].number
            number = tag.reference.number or ""
            yield found(
                "CI007",
                key=resolution.key,
                where=places.of_tag(tag),
                evidence=(places.quote(tag),),
                disclosure=number,
                title=title,
                other=other,
            )


def _resolved(context: Context) -> Iterator[tuple[Tag, Resolution]]:
    for tag, resolution in zip(context.report.tags, context.index.resolved, strict=True):
        if resolution is not None:
            yield tag, resolution


def _title_behind(text: str, code: str, kind: BlockKind) -> str:
    """What goes on in the line behind a code, cut at the next code or bracket."""
    position = text.find(code)
    if position < 0 or kind is BlockKind.PICTURE:
        return ""
    match = re.match(r"[\s:：–—-]*([^\n\[\]()（）|0-9;]{4,120})", text[position + len(code) : position + len(code) + 160])
    return match[1].strip(" .,:") if match else ""


def _words_below(context: Context) -> dict[str, int]:
    """Words of text per section, headings and tags apart."""
    counts: dict[str, int] = {}
    for block in context.report.blocks:
        if block.kind is not BlockKind.HEADING:
            bare = re.sub(r"[\[(（]?\bGRI\b[^\]\n)）]*[\])）]?", " ", block.text)
            words = len(re.findall(r"[^\W\d_]{2,}", bare)) + sum(map(is_east_asian, bare)) // 2 + len(block.runs)
            counts[block.section] = (
                counts.get(block.section, 0) + words + 3 * (block.kind in (BlockKind.TABLE, BlockKind.PICTURE))
            )
    return counts
