"""``gri-index tags``: what a reader sees in a report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import common_options, format_option

if TYPE_CHECKING:
    from gri_index.language.labels import Labels
    from gri_index.model.report import Report


@click.command("tags", short_help="List the disclosure tags in a report.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@format_option("text", "json", help="text for people, json for programs.")
@click.option("--by", type=click.Choice(("tag", "section")), default="tag", help="One line per tag, or per section.")
@click.option("--explain", is_flag=True, help="Each run of codes in the text, taken or not, and why.")
@common_options
def tags_command(
    reports: tuple[Path, ...],
    form: str,
    by: str,
    explain: bool,
    profile: Path | None,
    lang: str | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """List the disclosure tags in a report.

    Shows each tag with its section, page and carrier. Mentions in the running text, printed
    content indexes and tables of other frameworks are no tags; what was left out is said.

    \b
    Examples:
      gri-index tags report.docx --by section
      gri-index tags report.pdf --explain
      gri-index tags report.md --format json > tags.json
    """
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say, table
    from gri_index.extraction.report import read_sources
    from gri_index.files import read_input
    from gri_index.readers.remarks import reading_lines

    report = read_sources([read_input(path) for path in reports])
    labels = talk_labels(lang, report.sources[0].language)
    if form == "json":
        from gri_index.writers.json import tags_json

        click.echo(tags_json(report).decode(), nl=False)
        return 0
    for line in reading_lines(report, labels):
        say(line, quiet=quiet)
    rows = _rows(report, labels, by, explain=explain)
    for line in table(rows, (6, 6, 40, 60, 60) if explain else (50, 100) if by == "section" else (10, 16, 6, 10, 60)):
        click.echo(line)
    if not report.tags:
        say(labels.words["no-tags"], quiet=quiet)
    say(
        labels.text("tags-count", count=str(len(report.tags)), sections=str(len({tag.section for tag in report.tags}))),
        quiet=quiet,
    )
    return 0


def _rows(report: "Report", labels: "Labels", by: str, *, explain: bool) -> "list[tuple[str, ...]]":
    """The lines of the table: runs of codes with the decision on each, sections, or tags."""
    pages = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
    sections = {section.id: section for section in report.sections}
    if explain:
        return [
            (
                labels.words["yes" if seen.why.taken else "no"],
                pages.get((sections[seen.section].source, seen.page or 0), ""),
                " ".join(seen.text.split()),
                labels.words[f"why-{seen.why}"],
                sections[seen.section].title,
            )
            for seen in report.seen
        ]
    if by == "section":
        grouped: dict[str, list[str]] = {}
        for tag in report.tags:
            grouped.setdefault(tag.section, []).append(tag.reference.name)
        return [(sections[id].title, ", ".join(dict.fromkeys(codes))) for id, codes in grouped.items()]
    return [
        (
            tag.reference.name,
            ", ".join(tag.reference.requirements),
            pages.get((sections[tag.section].source, tag.page or 0), ""),
            tag.carrier.value,
            sections[tag.section].title,
        )
        for tag in report.tags
    ]
