"""``gri-index catalogue``: the Standards themselves."""

from typing import Any

import click


@click.group("catalogue", short_help="Show the GRI Standards and their disclosures.")
def catalogue_group() -> None:
    """Show the GRI Standards and their disclosures.

    \b
    Examples:
      gri-index catalogue list
      gri-index catalogue show 306-3
    """


@catalogue_group.command("list", short_help="List all Standards, or all disclosures of one.")
@click.argument("standard", required=False)
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="text for people, json for programs."
)
@click.option("-l", "--lang", default="en", metavar="LANG", help="Language of the titles (default: en).")
def list_command(standard: str | None, form: str, lang: str) -> int:
    """List all Standards, or all disclosures of one.

    STANDARD is a number such as 302 or "GRI 302"; every edition is shown. In JSON all
    disclosures are listed with their editions, titles and requirements.

    \b
    Examples:
      gri-index catalogue list 306
      gri-index catalogue list --format json
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.terminal import table
    from gri_index.labels import load_labels
    from gri_index.writers.json import dump
    from gri_index.writers.layout import standard_title

    catalogue, labels = load_catalogue(), load_labels(lang)
    wanted = f"GRI {standard.upper().removeprefix('GRI').strip()}" if standard else None
    standards = [each for each in catalogue.standards if wanted in (None, each.id)]
    if not standards:
        raise click.UsageError(f"no Standard {standard!r}; `gri-index catalogue list` shows all")
    if form == "json":
        rows = [_disclosure(d.key, catalogue, labels) for each in standards for d in each.disclosures]
        click.echo(dump({"schema": "gri-index/catalogue/1", "disclosures": rows}).decode(), nl=False)
    elif wanted:
        for each in standards:
            click.echo(standard_title(each, labels))
            lines = table([(d.key.number, labels.pick(d.title)) for d in each.disclosures], (8, 110))
            click.echo("\n".join(f"  {line}" for line in lines))
    else:
        rows_text = [
            (standard_title(each, labels), str(len(each.disclosures)), _validity(each.effective, each.valid_until))
            for each in standards
        ]
        click.echo("\n".join(table(rows_text, (70, 4, 40))))
    return 0


@catalogue_group.command("show", short_help="Show one disclosure in all its editions.")
@click.argument("number")
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", "json")), default="text", help="text for people, json for programs."
)
@click.option("-l", "--lang", default="en", metavar="LANG", help="Language of the titles (default: en).")
def show_command(number: str, form: str, lang: str) -> int:
    """Show one disclosure in all its editions: title, requirements, validity, successors.

    \b
    Examples:
      gri-index catalogue show 306-3
      gri-index catalogue show 2-7 --lang zh-Hans
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.errors import TagSyntaxError
    from gri_index.labels import load_labels
    from gri_index.tags import parse_marker
    from gri_index.writers.json import dump

    catalogue, labels = load_catalogue(), load_labels(lang)
    try:
        wanted = parse_marker(number)[0].number or ""
    except TagSyntaxError:
        wanted = ""
    keys = catalogue.editions_of(wanted)
    if not keys:
        raise click.UsageError(f"no disclosure {number!r}; `gri-index catalogue list` shows the Standards")
    rows = [_disclosure(key, catalogue, labels) for key in keys]
    if form == "json":
        click.echo(dump({"schema": "gri-index/catalogue/1", "disclosures": rows}).decode(), nl=False)
        return 0
    for row in rows:
        click.echo(f"{row['disclosure']} {row['title']}")
        click.echo(f"  {row['standard_title']}, {row['validity']}")
        click.echo(f"  requirements: {', '.join(row['requirements']) or 'not recorded'}")
        click.echo(f"  omission: {'permitted' if row['omission_permitted'] else 'not permitted'}")
        for successor in row["successors"]:
            when = f" from {successor['effective']}" if successor["effective"] else ""
            click.echo(
                f"  {successor['relation'].replace('-', ' ')} {successor['disclosure'] or ''} {successor['edition'] or ''}{when}".rstrip()
            )
        click.echo(f"  source: {row['sources']} ({row['confidence']})")
    return 0


def _disclosure(key: Any, catalogue: Any, labels: Any) -> dict[str, Any]:
    from gri_index.writers.layout import standard_title

    disclosure, standard = catalogue.disclosure(key), catalogue.standard_of(key)
    until = disclosure.valid_until or standard.valid_until
    return {
        "disclosure": key.number,
        "standard": key.standard,
        "edition": key.edition,
        "title": labels.pick(disclosure.title),
        "titles": {title.language: title.text for title in disclosure.titles},
        "standard_title": standard_title(standard, labels),
        "effective": standard.effective.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "validity": _validity(standard.effective, until),
        "omission_permitted": disclosure.omission_permitted,
        "management": disclosure.management,
        "group": disclosure.group,
        "requirements": [requirement.label for requirement in disclosure.requirements],
        "successors": [
            {
                "disclosure": each.key.number if each.key else None,
                "edition": each.key.edition if each.key else None,
                "relation": each.relation,
                "effective": each.effective.isoformat() if each.effective else None,
            }
            for each in disclosure.successors
        ],
        "sources": disclosure.source,
        "confidence": disclosure.confidence,
    }


def _validity(effective: Any, until: Any) -> str:
    return f"from {effective.isoformat()}" + (f" to {until.isoformat()}" if until else "")
