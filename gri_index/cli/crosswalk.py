"""``gri-index crosswalk``: another framework's items, and where the report serves each."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import catalogue_option, common_options, file_option, format_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gri_index.language.labels import Labels
    from gri_index.model.crosswalk import Crosswalk, ServedItem


@click.command("crosswalk", short_help="Say where the report serves the items of another framework.")
@click.argument("framework", required=False)
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[REPORT…]")
@click.option("--list", "listed", is_flag=True, help="The frameworks that the program knows.")
@file_option(
    "--mapping",
    metavar="FILE.xml",
    help="A crosswalk of your own, in place of FRAMEWORK.",
)
@click.option("--include-unverified", "unverified", is_flag=True, help="Rows too that nobody saw in a source.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False, dir_okay=False),
    metavar="FILE.xlsx",
    help="Write a workbook to print, in place of the text.",
)
@format_option("text", "csv", "json", help="text for people, csv for spreadsheets, json for programs.")
@catalogue_option
@common_options
def crosswalk_command(
    framework: str | None, reports: tuple[Path, ...], listed: bool, mapping: Path | None, unverified: bool,
    output: Path | None, form: str,
    own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Say where the report serves the items of another framework.

    The framework's items in its own order, each with the disclosures of GRI that serve it, their
    places in the report, and how far they cover it; items that nothing serves are named as well.
    Rows of a crosswalk that nobody saw in a source are left out unless you ask for them.

    \b
    Examples:
      gri-index crosswalk --list
      gri-index crosswalk esrs-2023 report.docx
      gri-index crosswalk sdg report.docx -o sdg.xlsx
      gri-index crosswalk hkex-c2 report.docx --include-unverified --format csv > hkex.csv
    """
    if listed:
        for line in _listed():
            click.echo(line)
        return 0
    if mapping and framework:  # the first argument is a report then
        reports, framework = (Path(framework), *reports), None
    if not (framework or mapping) or not reports:
        raise click.UsageError("name a framework and a report; gri-index crosswalk --list shows the frameworks")
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.cli.files import load_profile, read_input
    from gri_index.cli.talk import outputs_labels
    from gri_index.cli.terminal import say
    from gri_index.crosswalk import load_crosswalk, read_crosswalk, reverse
    from gri_index.errors import InputError
    from gri_index.pipeline import build

    if mapping and not mapping.is_file():
        raise InputError(f"{mapping.name}: no such file", hint="Check the path.")
    crosswalk = read_crosswalk(mapping) if mapping else load_crosswalk(str(framework))
    stated = load_profile(profile, reports[0])
    catalogue, day = load_catalogue(own=own), stated.report.publication_date or default_day()
    outputs = build([read_input(path) for path in reports], stated, catalogue, formats=())
    labels = outputs_labels(outputs, stated, lang)
    items = reverse(crosswalk, outputs.index, catalogue, day, unverified=unverified)
    if output:
        _write(output, reports, crosswalk, items, labels)
    elif form == "json":
        from gri_index.writers.crosswalk import crosswalk_json

        click.echo(crosswalk_json(crosswalk, items, labels).decode(), nl=False)
    elif form == "csv":
        from gri_index.writers.crosswalk import crosswalk_csv

        click.echo(crosswalk_csv(crosswalk, items, labels).decode("utf-8-sig"), nl=False)
    else:
        for line in _text(crosswalk, items, labels):
            click.echo(line)
    hidden = 0 if unverified else sum(not link.state.verified for link in crosswalk.links)
    if hidden:
        say(labels.text("crosswalk-unverified", count=str(hidden)), quiet=quiet)
    return 0


def _write(
    path: Path, reports: tuple[Path, ...], crosswalk: "Crosswalk", items: "Sequence[ServedItem]", labels: "Labels"
) -> None:
    from gri_index.cli.files import write_named
    from gri_index.writers.excel_crosswalk import write_crosswalk

    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{path.name}: the output is an Excel workbook; give it a name that ends in .xlsx")
    write_named(path, write_crosswalk(crosswalk, items, labels), reports, labels)


def _listed() -> "Iterator[str]":
    from gri_index.cli.terminal import table
    from gri_index.crosswalk import frameworks, load_crosswalk

    rows = []
    for name in frameworks():
        each = load_crosswalk(name)
        verified = sum(link.state.verified for link in each.links)
        rows.append((name, each.name, each.edition, f"{len(each.items)} items", f"{len(each.links)} rows, {verified} verified"))
    yield from table(rows, (14, 60, 50, 10, 26))


def _text(crosswalk: "Crosswalk", items: "Sequence[ServedItem]", labels: "Labels") -> "Iterator[str]":
    from gri_index.cli.terminal import table
    from gri_index.writers.crosswalk import disclosures_text, places_text

    yield f"{crosswalk.name} ({crosswalk.edition})"
    yield from table(
        [
            (
                each.item.id,
                labels.pick(each.item.title),
                labels.words[f"service-{each.service}"],
                disclosures_text(each, labels),
                places_text(each, labels),
            )
            for each in items
        ],
        (10, 44, 18, 40, 60),
    )
    counts: dict[str, int] = {}
    for each in items:
        counts[each.service] = counts.get(each.service, 0) + 1
    yield labels.join([f"{labels.words[f'service-{name}']}: {count}" for name, count in counts.items()])
