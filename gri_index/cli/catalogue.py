"""``gri-index catalogue``: the Standards themselves."""

import datetime
from pathlib import Path
from typing import Any

import click

from gri_index.cli.options import catalogue_option, format_option, known_language
from gri_index.errors import ExitCode

_format = format_option("text", "json", "csv", help="text for people; json and csv for programs.")
_language = click.option(
    "-l", "--lang", default="en", metavar="LANG", callback=known_language, help="Language of the titles (default: en)."
)


@click.group("catalogue", short_help="Show, search and check the GRI Standards.")
def catalogue_group() -> None:
    """Show, search and check the GRI Standards and their disclosures.

    \b
    Examples:
      gri-index catalogue list
      gri-index catalogue show 306-3
      gri-index catalogue search "parental leave"
      gri-index catalogue transition --from 2025-12-15 --to 2027-01-15
    """


@catalogue_group.command("list", short_help="List all Standards, or all disclosures of one.")
@click.argument("standard", required=False)
@_format
@_language
@catalogue_option
def list_command(standard: str | None, form: str, lang: str, own: tuple[Path, ...]) -> int:
    """List all Standards, or all disclosures of one; of a Sector Standard, its topics with what it asks for.

    STANDARD is a number such as 302 or "GRI 302"; every edition is shown. In JSON and CSV all
    disclosures are listed with their editions, titles and requirements.

    \b
    Examples:
      gri-index catalogue list 306
      gri-index catalogue list --format json
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.catalogue.titles import standard_title
    from gri_index.cli.terminal import table
    from gri_index.language.labels import load_labels

    catalogue, labels = load_catalogue(own=own), load_labels(lang)
    wanted = f"GRI {standard.upper().removeprefix('GRI').strip()}" if standard else None
    standards = [each for each in catalogue.standards if wanted in (None, each.id)]
    if not standards:
        raise click.UsageError(f"no Standard {standard!r}; `gri-index catalogue list` shows all")
    if form != "text":
        _emit([_disclosure(d.key, catalogue, labels) for each in standards for d in each.disclosures], form)
    elif wanted:
        for each in standards:
            click.echo(standard_title(each, labels))
            lines = table([(d.key.number, labels.pick(d.title)) for d in each.disclosures], (8, 110))
            lines += _topics(catalogue.sector(each.id), labels)
            click.echo("\n".join(f"  {line}" for line in lines))
    else:
        rows_text = [
            (standard_title(each, labels), str(len(each.disclosures)), _validity(each.effective, each.valid_until))
            for each in standards
        ]
        click.echo("\n".join(table(rows_text, (70, 4, 40))))
    return 0


def _topics(sector: Any, labels: Any) -> list[str]:
    """The topics of a Sector Standard, each with its reference numbers and what stands behind them."""
    from gri_index.cli.terminal import table

    lines: list[str] = []
    for topic in sector.topics if sector else ():
        lines.append(f"{topic.number} {labels.pick(topic.title)}")
        rows = [(each.number, each.key.number if each.key else each.name) for each in topic.references]
        lines += [f"  {line}" for line in table(rows, (9, 90))]
    return lines


@catalogue_group.command("show", short_help="Show one disclosure in all its editions.")
@click.argument("number")
@_format
@_language
@catalogue_option
def show_command(number: str, form: str, lang: str, own: tuple[Path, ...]) -> int:
    """Show one disclosure in all its editions: title, requirements, validity, successors.

    \b
    Examples:
      gri-index catalogue show 306-3
      gri-index catalogue show 2-7 --lang zh-Hans
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.errors import TagSyntaxError
    from gri_index.language.labels import load_labels
    from gri_index.tags import parse_marker

    catalogue, labels = load_catalogue(own=own), load_labels(lang)
    try:
        wanted = parse_marker(number)[0].number or ""
    except TagSyntaxError:
        wanted = ""
    keys = catalogue.editions_of(wanted)
    if not keys:
        hint = f"list {number}" if catalogue.editions(f"GRI {number.upper().removeprefix('GRI').strip()}") else "list"
        raise click.UsageError(f"no disclosure {number!r}; `gri-index catalogue {hint}` shows the numbers")
    rows = [_disclosure(key, catalogue, labels) for key in keys]
    if form != "text":
        _emit(rows, form)
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


@catalogue_group.command("search", short_help="Find disclosures by words of their titles, in any language.")
@click.argument("words", nargs=-1, required=True)
@_format
@_language
@catalogue_option
def search_command(words: tuple[str, ...], form: str, lang: str, own: tuple[Path, ...]) -> int:
    """Find disclosures by words of their titles, in any language, old titles included; spelling may be off.

    \b
    Examples:
      gri-index catalogue search parental
      gri-index catalogue search 温室气体 --lang zh-Hans
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.catalogue.search import search
    from gri_index.cli.terminal import table
    from gri_index.language.labels import load_labels

    catalogue, labels = load_catalogue(own=own), load_labels(lang)
    hits = search(catalogue, " ".join(words))
    if form != "text":
        _emit([_disclosure(hit.key, catalogue, labels) for hit in hits if hit.key], form)
        return 0
    rows = []
    for hit in hits[:40]:
        title = labels.pick(catalogue.disclosure(hit.key).title if hit.key else catalogue.standard(*hit.standard).title)
        found = f"{hit.language}: {hit.title}" if hit.title != title else ""
        rows.append((hit.key.number if hit.key else hit.standard[0], hit.standard[1], title, found))
    click.echo("\n".join(table(rows, (9, 4, 70, 60))) if rows else f"no title is like {' '.join(words)!r}")
    return 0


@catalogue_group.command("transition", short_help="List what a report has to change between two publication dates.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Publication of the last report.")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Publication of the next report.")
@click.argument("standards", nargs=-1)
@_format
@_language
def transition_command(start: datetime.datetime, end: datetime.datetime, standards: tuple[str, ...], form: str, lang: str) -> int:
    """List the disclosures that fall out of force between two publication dates, with their successors.

    STANDARDS, such as 302 305, restrict the list to those that the report uses.

    \b
    Examples:
      gri-index catalogue transition --from 2025-12-15 --to 2027-01-15
      gri-index catalogue transition --from 2025-12-15 --to 2026-03-31 302 304 305
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.catalogue.transition import transitions
    from gri_index.cli.terminal import table
    from gri_index.language.labels import load_labels

    catalogue, labels = load_catalogue(), load_labels(lang)
    wanted = {number.upper().removeprefix("GRI").strip() for number in standards}
    for number in wanted:
        if not catalogue.editions(f"GRI {number}") and not catalogue.editions_of(number):
            raise click.UsageError(f"no Standard or disclosure {number!r}; `gri-index catalogue list` shows them")
    if end < start:
        raise click.UsageError("--to lies before --from")
    found = [
        each
        for each in transitions(catalogue, start.date(), end.date())
        if not wanted or wanted & {each.key.number, each.key.standard.removeprefix("GRI ")}
    ]
    if form != "text":
        _emit([_disclosure(each.key, catalogue, labels) for each in found], form)
        return 0
    rows = []
    for each in found:
        names = [f"{s.key.number} ({s.key.edition})" if s.key else s.relation.replace("-", " ") for s in each.successors]
        until = f"to {each.until.isoformat()}" if each.until else ""
        title = labels.pick(catalogue.disclosure(each.key).title)
        rows.append((each.key.number, each.key.edition, title, until, ", ".join(names) or "no successor recorded"))
    click.echo("\n".join(table(rows, (7, 4, 50, 14, 60))) if rows else "nothing falls out of force")
    return 0


@catalogue_group.command("coverage", short_help="Show which titles are known in which language.")
@_format
def coverage_command(form: str) -> int:
    """Show for each Standard and language how many titles are known, and how many of them are not verified.

    "31" means that all 31 titles are official or seen in published reports; "31*9" that 9 of
    them were found in no publication and are printed with a mark.
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.terminal import table
    from gri_index.language.labels import languages

    catalogue, known = load_catalogue(), [language for language in languages() if language != "zh-Hant-HK"]
    rows: list[dict[str, Any]] = []
    for standard in catalogue.standards:
        holders = [standard.titles, *(disclosure.titles for disclosure in standard.disclosures)]
        row: dict[str, Any] = {"standard": standard.id, "edition": standard.edition, "titles": len(holders)}
        for language in known:
            states = [title.state for titles in holders for title in titles if title.language == language]
            row[language] = f"{len(states)}*{states.count('unverified')}" if "unverified" in states else str(len(states))
        rows.append(row)
    if form == "text":
        heads = ("standard", "edition", "titles", *known)
        lines = [heads, *(tuple(str(row[head]) for head in heads) for row in rows)]
        click.echo("\n".join(table(lines, tuple(10 for _ in heads))))
    else:
        _emit(rows, form, schema="gri-index/coverage/1", name="standards")
    return 0


@catalogue_group.command("validate", short_help="Check the catalogue's files, or those of a folder.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, readable=False))
@catalogue_option
def validate_command(folder: Path | None, own: tuple[Path, ...]) -> int:
    """Check the catalogue's files, or those of a FOLDER of the same form: schema, names, references, sources.

    Exits 4 where a file has a fault, naming file, line and cause.

    \b
    Examples:
      gri-index catalogue validate
      gri-index catalogue validate --catalogue my-indicators
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.catalogue.consistency import faults
    from gri_index.resources import standards_root

    root = folder or standards_root()
    if not (root / "gri").is_dir():
        raise click.UsageError(f"{root}: no folder gri with Standards in it; for own catalogues use --catalogue DIR")
    found = list(faults(root))
    for fault in found:
        click.echo(fault)
    if not found:
        catalogue = load_catalogue(folder, own=own)
        count = sum(1 for _ in catalogue.disclosures())
        click.echo(
            f"no fault: {len(catalogue.standards)} Standards, {count} disclosures, {len(catalogue.indicators)} own indicators"
        )
    return ExitCode.CATALOGUE if found else ExitCode.OK


def _emit(rows: list[dict[str, Any]], form: str, *, schema: str = "gri-index/catalogue/1", name: str = "disclosures") -> None:
    """Rows as JSON or CSV on stdout."""
    if form == "json":
        from gri_index.writers.json import dump

        click.echo(dump({"schema": schema, name: rows}).decode(), nl=False)
        return
    from gri_index.writers.csv import plain_csv

    click.echo(plain_csv(rows), nl=False)


def _disclosure(key: Any, catalogue: Any, labels: Any) -> dict[str, Any]:
    from gri_index.catalogue.titles import standard_title

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
