"""``gri-index diff``: what changed between two indexes or reports."""

from pathlib import Path

import click

from gri_index.cli.options import format_option, known_language, talk_options


@click.command("diff", short_help="Compare two indexes or reports.")
@click.argument("old", type=click.Path(path_type=Path, readable=False), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path, readable=False), metavar="NEW")
@format_option("text", "json", "csv", help="text for people; json and csv for programs.")
@click.option("--exit-code", "by_exit", is_flag=True, help="Exit with 1 where anything changed.")
@click.option("-l", "--lang", metavar="LANG", callback=known_language, help="Language of the titles (default: English).")
@talk_options
def diff_command(old: Path, new: Path, form: str, by_exit: bool, lang: str | None, quiet: bool, verbose: bool) -> int:
    """Compare two indexes: disclosures added, dropped, moved, with another status or omission.

    OLD and NEW are index.json files, documents that print an index, or reports with tags.

    \b
    Examples:
      gri-index diff 2024/index.json 2025/index.json
      gri-index diff report-2024.pdf report-2025.docx
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.terminal import say, table
    from gri_index.comparison import compare, entries_of
    from gri_index.errors import ExitCode
    from gri_index.files import load_profile, read_input

    catalogue = load_catalogue()
    sides = [entries_of(read_input(path), load_profile(None, path), catalogue) for path in (old, new)]
    changes = compare(*sides)
    rows = [
        {
            "change": change.kind,
            "disclosure": change.number,
            "edition": change.edition or None,
            "topic": change.topic or None,
            "title": _title(change.number, change.edition, catalogue, lang or "en"),
            "old": change.old,
            "new": change.new,
        }
        for change in changes
    ]
    if form == "json":
        from gri_index.writers.json import dump

        click.echo(dump({"schema": "gri-index/diff/1", "changes": rows}).decode(), nl=False)
    elif form == "csv":
        from gri_index.writers.csv import plain_csv

        click.echo(plain_csv(rows), nl=False)
    else:
        texts = [
            (
                str(row["change"]),
                str(row["disclosure"]),
                f"{row['title']}{' [' + str(row['topic']) + ']' if row['topic'] else ''}",
                f"{row['old'] or '–'} → {row['new'] or '–'}",
            )
            for row in rows
        ]
        for line in table(texts, (10, 9, 44, 90)):
            click.echo(line)
        kinds = {change.kind: sum(each.kind == change.kind for each in changes) for change in changes}
        say(", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "no differences", quiet=quiet)
    return ExitCode.FINDINGS if by_exit and changes else ExitCode.OK


def _title(number: str, edition: str, catalogue: object, language: str) -> str:
    from gri_index.language.labels import load_labels
    from gri_index.model.standards import Catalogue

    assert isinstance(catalogue, Catalogue)
    keys = [key for key in catalogue.editions_of(number) if edition in ("", key.edition)]
    return load_labels(language).pick(catalogue.disclosure(keys[-1]).title) if keys else ""
