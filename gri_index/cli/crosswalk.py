"""``gri-index crosswalk``: another framework's items, and where the report serves each."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import catalogue_option, common_options, file_option, format_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gri_index.language.labels import Labels
    from gri_index.model.crosswalk import Crosswalk, ServedItem
    from gri_index.model.standards import Catalogue

_MOST_NAMED = 12  # brackets
_OUTPUTS = (".xlsx", ".docx", ".html", ".csv", ".json")


@click.command("crosswalk", short_help="Say where the report serves the items of another framework.")
@click.argument("framework", required=False)
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[REPORT…]")
@click.option("--list", "listed", is_flag=True, help="The frameworks that the program knows.")
@click.option("--against", metavar="FRAMEWORK", help="In the place of REPORT: the items in which two frameworks meet.")
@file_option(
    "--mapping",
    metavar="FILE",
    help="A mapping of your own, in place of FRAMEWORK: a worksheet, CSV, or XML.",
)
@click.option("--include-unverified", "unverified", is_flag=True, help="Rows too that nobody saw in a source.")
@file_option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write .xlsx, .docx, .html, .csv or .json in place of the text; without REPORT the mapping itself as .xlsx.",
)
@format_option("text", "csv", "json", help="text for people, csv for spreadsheets, json for programs.")
@catalogue_option
@common_options
def crosswalk_command(
    framework: str | None, reports: tuple[Path, ...], listed: bool, against: str | None, mapping: Path | None, unverified: bool,
    output: Path | None, form: str,
    own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Say where the report serves the items of another framework.

    The framework's items in its own order, each with the disclosures of GRI that serve it, their
    places in the report, and how far they cover it; items that nothing serves are named as well.
    Codes of the framework that the report itself carries, as [ESRS E1-6], count directly. Rows of a
    crosswalk that nobody saw in a source are left out unless you ask for them.

    \b
    Examples:
      gri-index crosswalk --list
      gri-index crosswalk esrs-2023 report.docx
      gri-index crosswalk sdg report.docx -o sdg.html
      gri-index crosswalk hkex-c2 report.docx --include-unverified --format csv > hkex.csv
      gri-index crosswalk esrs-2023 --against ifrs-s2
      gri-index crosswalk nasdaq-esg-2 -o mapping.xlsx
      gri-index crosswalk --mapping mapping.xlsx report.docx
    """
    from gri_index.catalogue import load_catalogue

    if listed:
        click.echo("\n".join(_listed()))
        return 0
    if mapping and framework:  # the first argument is a report then
        reports, framework = (Path(framework), *reports), None
    if not (framework or mapping) or not (reports or against or output):
        raise click.UsageError("name a framework and a report; gri-index crosswalk --list shows the frameworks")
    if output and output.suffix.lower() not in _OUTPUTS:
        raise click.BadParameter(f"{output.name}: give the output a name that ends in {', '.join(_OUTPUTS)}")
    catalogue = load_catalogue(own=own)
    crosswalk = _crosswalk(framework, mapping, catalogue)
    if reports:
        return _reverse(crosswalk, reports, catalogue, output, form, profile, lang, unverified=unverified, quiet=quiet)
    if against:
        return _meetings(crosswalk, against, output, form, lang, unverified=unverified, quiet=quiet)
    return _mapping(crosswalk, output or Path(), lang)


def _crosswalk(framework: str | None, mapping: Path | None, catalogue: "Catalogue") -> "Crosswalk":
    from gri_index.crosswalk.data import load_crosswalk
    from gri_index.crosswalk.mapping import read_mapping
    from gri_index.files import read_input

    return read_mapping(read_input(mapping), catalogue) if mapping else load_crosswalk(str(framework).lower())


def _reverse(
    crosswalk: "Crosswalk", reports: tuple[Path, ...], catalogue: "Catalogue", output: Path | None, form: str, profile: Path | None,
    lang: str | None, *, unverified: bool, quiet: bool,
) -> int:  # fmt: skip
    """Where the report serves the framework's items."""
    from gri_index.cli.clock import default_day
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import outputs_labels, talk_labels
    from gri_index.cli.terminal import say
    from gri_index.crosswalk.references import item_tags, listed, places, same_codes, torn, unread
    from gri_index.crosswalk.reverse import reverse
    from gri_index.files import load_profile, read_input
    from gri_index.pipeline import build

    stated = load_profile(profile, reports[0])
    day = stated.report.publication_date or default_day()
    outputs = build([read_input(path) for path in reports], stated, catalogue, formats=())
    labels = talk_labels(lang) if lang else outputs_labels(outputs, stated, lang)
    named = places(item_tags(outputs.report, crosswalk), outputs.report)
    items = reverse(crosswalk, outputs.index, catalogue, day, unverified=unverified, tagged=named)
    if output:
        write_named(output, _written(output.suffix.lower(), crosswalk, items, labels), reports, labels)
    elif form != "text":
        click.echo(_written(f".{form}", crosswalk, items, labels).decode("utf-8-sig"), nl=False)
    else:
        click.echo("\n".join(_text(crosswalk, items, labels)))
    if unknown := [code for code in named if code not in {item.id for item in crosswalk.items}]:
        say(labels.text("crosswalk-unknown", codes=", ".join(unknown), edition=crosswalk.edition))
    if strange := unread(outputs.report, crosswalk):
        say(labels.text("crosswalk-unread", count=str(len(strange)), texts=_some(strange)))
    if ranges := torn(outputs.report, crosswalk):
        say(labels.text("crosswalk-torn", count=str(len(ranges)), texts=_some(ranges)))
    if count := listed(outputs.report, crosswalk):
        say(labels.text("crosswalk-listed", count=str(count)), quiet=quiet)
    if others := same_codes(crosswalk, named):
        say(labels.text("crosswalk-editions", edition=crosswalk.edition, codes=", ".join(others)))
    hidden = 0 if unverified else sum(not link.state.verified for link in crosswalk.links)
    if hidden:
        say(labels.text("crosswalk-unverified", count=str(hidden)), quiet=quiet)
    return 0


def _some(texts: "Sequence[str]") -> str:
    """The first of many."""
    return "; ".join(texts[:_MOST_NAMED]) + ("; \u2026" if len(texts) > _MOST_NAMED else "")


def _written(suffix: str, crosswalk: "Crosswalk", items: "Sequence[ServedItem]", labels: "Labels") -> bytes:
    """The reverse index in the format that a file name asks for."""
    from gri_index.writers import crosswalk as write

    if suffix == ".xlsx":
        from gri_index.writers.excel_crosswalk import write_crosswalk

        return write_crosswalk(crosswalk, items, labels)
    if suffix == ".docx":
        from gri_index.writers import word

        return word.write_layout(write.crosswalk_layout(crosswalk, items, labels), labels)
    if suffix == ".html":
        from gri_index.writers import html

        return html.write_layout(write.crosswalk_layout(crosswalk, items, labels), labels)
    return (write.crosswalk_json if suffix == ".json" else write.crosswalk_csv)(crosswalk, items, labels)


def _meetings(
    one: "Crosswalk", against: str, output: Path | None, form: str, lang: str | None, *, unverified: bool, quiet: bool
) -> int:
    """The items in which two frameworks meet."""
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say, table
    from gri_index.crosswalk.between import between
    from gri_index.crosswalk.data import load_crosswalk
    from gri_index.writers import crosswalk as write
    from gri_index.writers.excel_crosswalk import write_meetings

    other, labels = load_crosswalk(against), talk_labels(lang)
    found = between(one, other, unverified=unverified)
    rows: list[tuple[str, ...]] = [
        write.meeting_heads(one, other, labels),
        *(write.meeting_cells(each, labels) for each in found),
    ]
    wanted = output.suffix.lower() if output else f".{form}"
    if wanted not in (".text", ".csv", ".json", ".xlsx"):
        raise click.BadParameter("two frameworks are written as .xlsx, .csv or .json")
    written: dict[str, bytes] = {
        ".json": write.meetings_json(one, other, found, labels),
        ".csv": write.as_csv(rows),
    }
    if output:
        written[".xlsx"] = write_meetings(one, other, found, labels)
        write_named(output, written[wanted], (), labels)
    elif form != "text":
        click.echo(written[wanted].decode("utf-8-sig"), nl=False)
    else:
        click.echo("\n".join(table(rows, (10, 36, 10, 36, 12, 50))))
    say(labels.words["crosswalk-derived" if found else "crosswalk-no-meeting"], quiet=quiet and bool(found))
    return 0


def _mapping(crosswalk: "Crosswalk", output: Path, lang: str | None) -> int:
    """The mapping itself as a worksheet."""
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import talk_labels
    from gri_index.writers.excel_crosswalk import write_mapping

    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{output.name}: a mapping is written as a workbook; give it a name that ends in .xlsx")
    labels = talk_labels(lang)
    write_named(output, write_mapping(crosswalk, labels), (), labels)
    return 0


def _listed() -> "Iterator[str]":
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import table
    from gri_index.crosswalk.data import frameworks, load_crosswalk

    rows, labels = [], talk_labels()
    for name in frameworks():
        each = load_crosswalk(name)
        verified = sum(link.state.verified for link in each.links)
        rows.append(
            (
                name,
                labels.pick(each.name),
                each.edition,
                f"{len(each.items)} items",
                f"{len(each.links)} rows, {verified} verified",
            )
        )
    yield from table(rows, (14, 60, 50, 10, 26))


def _text(crosswalk: "Crosswalk", items: "Sequence[ServedItem]", labels: "Labels") -> "Iterator[str]":
    from gri_index.cli.terminal import table
    from gri_index.writers.crosswalk import cells, counts_text, title_of

    yield title_of(crosswalk, labels)
    yield from table([cells(each, labels) for each in items], (10, 44, 18, 40, 60))
    yield counts_text(items, labels)
