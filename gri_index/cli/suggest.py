"""``gri-index suggest``: where an untagged report seems to report each disclosure."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import catalogue_option, common_options, file_option, format_option

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from gri_index.language.labels import Labels
    from gri_index.model.keys import DisclosureKey
    from gri_index.model.report import Report
    from gri_index.model.standards import Catalogue
    from gri_index.model.suggestions import Suggestion, Suggestions

Row = tuple[str, ...]
_LIMITS = (6, 12, 40, 90)  # score, page, section, evidence


@click.command("suggest", short_help="Propose tags: where the report seems to report each disclosure.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@click.option("--top", type=click.IntRange(1, 1000), default=3, metavar="N", help="Sections of each disclosure (default: 3).")
@click.option(
    "--by",
    type=click.Choice(("disclosure", "section")),
    default="disclosure",
    help="In the order of the Standards, or of the report.",
)
@click.option(
    "--only", multiple=True, metavar="NUMBER", help="This disclosure or Standard only, as 305-1 or 305; may be repeated."
)
@click.option(
    "--review",
    type=click.Path(path_type=Path, readable=False, dir_okay=False),
    metavar="FILE.xlsx",
    help="Write a workbook to decide in; decisions in an earlier one of this name come back.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, readable=False, dir_okay=False),
    metavar="FILE.docx",
    help="Write the Word report again with each suggestion as a comment; delete the wrong ones, and the rest are tags.",
)
@file_option(
    "--semantic",
    metavar="FOLDER",
    help="Mix in an embedding model that lies in this folder (extra: gri-index[semantic]).",
)
@click.option("--semantic-weight", type=click.FloatRange(0, 1), metavar="SHARE", help="Of the model (default: 0.2).")
@format_option("text", "json", help="text for people, json for programs.")
@catalogue_option
@common_options
def suggest_command(
    reports: tuple[Path, ...], top: int, by: str, only: tuple[str, ...], review: Path | None, into: Path | None, semantic: Path | None,
    semantic_weight: float | None, form: str,
    own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Propose tags: where the report seems to report each disclosure.

    For each disclosure in force the likeliest sections, best first, with the sentence or table row that
    speaks for them. The score says how many of a hundred such suggestions were right on reports not
    seen. A suggestion is no tag: you decide.

    \b
    Examples:
      gri-index suggest report.docx
      gri-index suggest report.pdf --only 305 --by section
      gri-index suggest report.docx --review suggestions.xlsx
      gri-index suggest report.md --top 5 --format json > suggestions.json
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say
    from gri_index.extraction.report import read_sources
    from gri_index.files import load_profile, read_input
    from gri_index.readers.remarks import reading_lines
    from gri_index.suggest.rank import FAINT, LEAST, in_force, suggest
    from gri_index.suggest.semantic import WEIGHT, load_encoder

    stated = load_profile(profile, reports[0])
    if into and (len(reports) > 1 or reports[0].suffix.lower() != ".docx" or into.suffix.lower() != ".docx"):
        raise click.UsageError("--into writes one Word file again: name one report and one output, both .docx")
    if bool(into) + bool(review) + (form == "json") > 1:
        raise click.UsageError("--into, --review and --format json are three outputs: ask for one at a time")
    sources = [read_input(path) for path in reports]
    report = read_sources(sources)
    catalogue = load_catalogue(own=own)
    day = stated.report.publication_date or default_day()
    encoder = load_encoder(semantic) if semantic else None
    least = FAINT if form == "json" else LEAST  # programs draw their own line
    keys = _only(only, in_force(catalogue, day))
    suggestions = suggest(
        report, catalogue, day, top=top, keys=keys, least=least, language=stated.report.language,
        encoder=encoder, weight=WEIGHT if semantic_weight is None else semantic_weight,
    )  # fmt: skip
    labels = talk_labels(lang, stated.report.language, report.sources[0].language)
    if form == "json":
        return _json(suggestions, report, catalogue, labels)
    for line in reading_lines(report, labels):
        say(line, quiet=quiet)
    if into:
        return _into(into, reports, sources[0].content, report, suggestions, labels, quiet=quiet)
    if review:
        return _review(review, reports, report, suggestions, catalogue, labels, quiet=quiet)
    for line in _by_section(suggestions, report, labels) if by == "section" else _by_disclosure(suggestions, catalogue, labels):
        click.echo(line)
    for line in _told(suggestions, labels):
        say(line, quiet=quiet)
    return 0


def _json(suggestions: "Suggestions", report: "Report", catalogue: "Catalogue", labels: "Labels") -> int:
    from gri_index.writers.suggestions import suggestions_json

    click.echo(suggestions_json(suggestions, report, catalogue, labels).decode(), nl=False)
    return 0


def _review(
    path: Path, reports: tuple[Path, ...], report: "Report", suggestions: "Suggestions", catalogue: "Catalogue", labels: "Labels",
    *, quiet: bool,
) -> int:  # fmt: skip
    """Writes the workbook, with the decisions of the one that is there; that one is kept aside where it holds more."""
    from gri_index.cli.named import write_named
    from gri_index.cli.terminal import say
    from gri_index.files import read_input
    from gri_index.model.suggestions import Review
    from gri_index.suggest.decisions import conflicts
    from gri_index.suggest.review import changes, lay_out_review, open_count, read_review
    from gri_index.writers.excel_review import write_review

    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{path.name}: a review is an Excel workbook; give it a name that ends in .xlsx")
    earlier = read_input(path) if path.is_file() else None
    decided = read_review(earlier.content, earlier.name) if earlier else Review()
    titles = {(each.key.number, each.key.edition): labels.pick(each.title) for each in catalogue.disclosures()}
    rows = lay_out_review(suggestions, decided, report, titles, labels)
    write_named(path, write_review(rows, labels), reports, labels, read=not decided.losses)
    for line in (*decided.losses, *changes(rows), *conflicts(decided, report)):
        say(labels.say(line))
    say(labels.text("review-open", count=str(open_count(rows))), quiet=quiet)
    return 0


def _into(
    path: Path,
    reports: tuple[Path, ...],
    content: bytes,
    report: "Report",
    suggestions: "Suggestions",
    labels: "Labels",
    *,
    quiet: bool,
) -> int:
    """Writes the report with a comment for each suggestion whose tag it does not bear."""
    from gri_index.cli.named import write_named
    from gri_index.cli.terminal import say
    from gri_index.writers.word_comments import NewComment, add_comments

    blocks: dict[str, list[int]] = {}
    for block in report.blocks:
        blocks.setdefault(block.section, []).append(block.id)
    editions = {(each.key.number, each.key.edition) for each in suggestions.found}
    several = {number for number, count in Counter(number for number, _ in editions).items() if count > 1}
    comments = [
        NewComment(blocks.get(each.section.id, []), (_code(each, several), _why(each, labels)))
        for each in suggestions.found
        if not each.tagged
    ]
    commented, homeless = add_comments(content, report.sources[0], comments)
    write_named(path, commented, reports, labels)
    for comment in homeless:
        say(labels.text("suggest-homeless", tag=comment.lines[0]))
    say(labels.text("suggest-into", count=str(len(comments) - len(homeless))), quiet=quiet)
    return 0


def _code(each: "Suggestion", several: "Collection[str]") -> str:
    """The tag, with its edition where two with this number are in force."""
    return f"GRI {each.key.number} ({each.key.edition})" if each.key.number in several else f"GRI {each.key.number}"


def _why(each: "Suggestion", labels: "Labels") -> str:
    """The line below the code in a comment: how sure, and the sentence that speaks for it."""
    quote = each.evidence[0].text if each.evidence and each.evidence[0].text else each.title
    return labels.text("suggest-why", score=f"{each.score:.0%}", text=quote)


def _only(numbers: "Iterable[str]", keys: "tuple[DisclosureKey, ...]") -> "tuple[DisclosureKey, ...]":
    """The disclosures that are asked for. Raises click.BadParameter."""
    found: list[DisclosureKey] = []
    for text in numbers:
        number = text.upper().removeprefix("GRI").strip(" -")
        several = [key for key in keys if number in (key.number, key.number.partition("-")[0])]
        if not several:
            raise click.BadParameter(f"no disclosure in force has the number {text!r}; gri-index catalogue search finds it")
        found += several
    return tuple(found)


def _by_disclosure(suggestions: "Suggestions", catalogue: "Catalogue", labels: "Labels") -> "Iterator[str]":
    """A head for each disclosure, its sections below it."""
    from gri_index.cli.terminal import table

    lines = iter(table([_row(each, labels) for each in suggestions.found], _LIMITS))
    head = None
    for each in suggestions.found:
        if each.key != head:
            head = each.key
            yield f"{each.key.number} {labels.pick(catalogue.disclosure(each.key).title)}"
        yield f"  {next(lines)}"


def _row(each: "Suggestion", labels: "Labels") -> Row:
    from gri_index.language.pages import page_text

    page = page_text(each.page.label or str(each.page.number), labels) if each.page else ""
    mark = labels.bracket(labels.words["suggest-tagged"]) if each.tagged else ""
    quote = each.evidence[0].text if each.evidence and each.evidence[0].block >= 0 else ""
    return f"{each.score:.0%}", page, f"{each.title}{mark}", quote


def _by_section(suggestions: "Suggestions", report: "Report", labels: "Labels") -> "Iterator[str]":
    """A line for each section, the likeliest disclosure first."""
    from gri_index.cli.terminal import table

    pairs: dict[str, list[Suggestion]] = {}
    alone: dict[str, list[str]] = {}
    for each in suggestions.found:
        pairs.setdefault(each.section.id, []).append(each)
    for standard in suggestions.standards:
        alone.setdefault(standard.section.id, []).append(f"{standard.standard} {standard.score:.0%}")
    rows: list[Row] = []
    titles = {each.section.id: each.title for each in suggestions.found}
    titles |= {each.section.id: each.title for each in suggestions.standards}
    for section in report.sections:
        if section.id in titles:
            several = sorted(pairs.get(section.id, ()), key=lambda each: -each.score)
            codes = [*alone.get(section.id, ()), *(f"{each.key.number} {each.score:.0%}" for each in several)]
            rows.append((titles[section.id], labels.join(codes)))
    yield from table(rows, (60, 120))


def _told(suggestions: "Suggestions", labels: "Labels") -> "Iterator[str]":
    """What the numbers mean, what was not found, and what the program cannot read well."""
    if not suggestions.known:
        yield labels.text("suggest-language", language=suggestions.language)
    if suggestions.nothing:
        yield labels.text("suggest-nothing", numbers=labels.join([key.number for key in suggestions.nothing]))
    if suggestions.found:
        yield labels.words["suggest-score"]
