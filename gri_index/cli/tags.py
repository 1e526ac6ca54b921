"""``gri-index tags``: what a reader sees in a report."""

from pathlib import Path

import click

from gri_index.cli.options import common_options, format_option


@click.command("tags", short_help="List the disclosure tags in a report.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="REPORT…")
@format_option("text", "json", help="text for people, json for programs.")
@click.option("--by", type=click.Choice(("tag", "section")), default="tag", help="One line per tag, or per section.")
@common_options
def tags_command(
    reports: tuple[Path, ...], form: str, by: str, profile: Path | None, lang: str | None, quiet: bool, verbose: bool
) -> int:
    """List the disclosure tags in a report.

    Shows each tag with its section, page and carrier. Mentions in the running text, printed
    content indexes and tables of other frameworks are no tags; what was left out is said.

    \b
    Examples:
      gri-index tags report.docx --by section
      gri-index tags report.md --format json > tags.json
    """
    from gri_index.cli.files import read_input
    from gri_index.cli.talk import reading_lines, talk_labels
    from gri_index.cli.terminal import say, table
    from gri_index.extraction.report import read_sources

    report = read_sources([read_input(path) for path in reports])
    labels = talk_labels(lang, report.sources[0].language)
    if form == "json":
        from gri_index.writers.json import tags_json

        click.echo(tags_json(report).decode(), nl=False)
        return 0
    for line in reading_lines(report, labels):
        say(line, quiet=quiet)
    pages = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
    sections = {section.id: section for section in report.sections}
    rows: list[tuple[str, ...]]
    if by == "section":
        grouped: dict[str, list[str]] = {}
        for tag in report.tags:
            grouped.setdefault(tag.section, []).append(tag.reference.name)
        rows = [(sections[id].title, ", ".join(dict.fromkeys(codes))) for id, codes in grouped.items()]
    else:
        rows = [
            (
                tag.reference.name,
                ", ".join(tag.reference.requirements),
                pages.get((sections[tag.section].source, tag.page or 0), ""),
                tag.carrier.value,
                sections[tag.section].title,
            )
            for tag in report.tags
        ]
    for line in table(rows, (50, 100) if by == "section" else (10, 16, 6, 10, 60)):
        click.echo(line)
    if not report.tags:
        say(labels.words["no-tags"], quiet=quiet)
    say(
        labels.text("tags-count", count=str(len(report.tags)), sections=str(len({tag.section for tag in report.tags}))),
        quiet=quiet,
    )
    return 0
