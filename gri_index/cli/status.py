"""``gri-index status``: what is open, where, and with whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gri_index.cli.options import catalogue_option, common_options, file_option, format_option, review_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gri_index.language.labels import Labels
    from gri_index.worklist.progress import Progress

_MOST_OPEN = 20  # lines; -v shows all


@click.command("status", short_help="Say what is open, where, and with whom.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@file_option(
    "--working-list",
    "working",
    metavar="FILE.xlsx",
    help="Workbook whose working list names the owners (default: content-index.xlsx in the folder of -o).",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=".", metavar="DIR", help="Folder of the last build.")
@format_option("text", "json", help="text for people, json for programs.")
@review_options
@catalogue_option
@common_options
def status_command(
    reports: tuple[Path, ...], working: Path | None, output: Path, form: str, review: Path | None, suggested: bool,
    own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Say what is open, where, and with whom.

    Coverage of each Standard as a bar, then the disclosures that are missing, reported in part or
    planned, with their owners from the working list and the section that reports their neighbours.

    \b
    Examples:
      gri-index status report.docx -o out
      gri-index status report.docx --format json
    """
    from dataclasses import replace

    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.cli.talk import outputs_labels, remarks_lines
    from gri_index.cli.terminal import say
    from gri_index.errors import InputError
    from gri_index.files import load_profile, read_earlier, read_input
    from gri_index.pipeline import build, workbook_name
    from gri_index.worklist.progress import progress

    stated = load_profile(profile, reports[0])
    stated = replace(stated, output=replace(stated.output, languages=(lang,))) if lang else stated
    if not output.is_dir():
        raise InputError(f"{output}: no such folder", hint="Name the folder of the last build with -o.")
    earlier = output / workbook_name(stated)
    back = read_input(working) if working else read_earlier(earlier)
    catalogue = load_catalogue(own=own)
    outputs = build(
        [read_input(path) for path in reports],
        stated,
        catalogue,
        formats=(),
        working=back,
        review=read_input(review) if review else None,
        suggested=default_day() if suggested else None,
    )
    labels = outputs_labels(outputs, stated, lang)
    for line in remarks_lines(outputs, labels, verbose=verbose):
        say(line, quiet=quiet)
    found = progress(outputs.index, outputs.working, catalogue, labels)
    if form == "json":
        from gri_index.writers.json import dump

        click.echo(dump(_json(found)).decode(), nl=False)
    else:
        for line in _text(found, labels, verbose=verbose):
            click.echo(line)
    return 0


def _text(found: "Progress", labels: "Labels", *, verbose: bool) -> "Iterator[str]":
    from gri_index.cli.terminal import table
    from gri_index.language.labels import status_words

    total, words = found.total, labels.words
    yield f"{total.bar} {total.done}/{total.rows}"
    unfinished = [each for each in found.standards if each.done < each.rows]
    yield from table([(each.bar, f"{each.done}/{each.rows}", each.name) for each in unfinished], (20, 9, 80))
    if complete := len(found.standards) - len(unfinished):
        yield labels.text("standards-complete", count=str(complete))
    if not found.open:
        return
    shown = found.open if verbose else found.open[:_MOST_OPEN]
    yield ""
    yield from table(
        [
            (
                row.number,
                row.title,
                status_words(row.status, labels),
                row.owner or "\u2013",
                row.due,
                row.topic,
                _hint(row.near, labels),
            )
            for row in shown
        ],
        (10, 46, 12, 16, 10, 24, 40),
    )
    if len(shown) < len(found.open):
        yield labels.text("more-lines", count=str(len(found.open) - len(shown)))
    yield ""
    for name, counts, nobody in (
        (words["column-owner"], found.open_by_owner(), words["nobody"]),
        (words["column-topic"], found.open_by_topic(), words["band-general"]),
    ):
        yield f"{name}{words['colon']}{labels.join([f'{each or nobody} {count}' for each, count in counts])}"


def _hint(near: str, labels: "Labels") -> str:
    return labels.text("near", section=near) if near else ""


def _json(found: "Progress") -> "dict[str, Any]":
    def coverage(each: Any) -> dict[str, Any]:
        return {name: getattr(each, name) for name in ("rows", "reported", "omitted", "partial", "missing")}

    return {
        "schema": "gri-index/status/1",
        "total": coverage(found.total),
        "standards": [{"standard": each.name, **coverage(each)} for each in found.standards],
        "open": [
            {
                "disclosure": row.number or None,
                "title": row.title,
                "topic": row.topic or None,
                "status": row.status.value,
                "missing": list(row.missing),
                "owner": row.owner or None,
                "due": row.due or None,
                "near": row.near or None,
            }
            for row in found.open
        ],
        "by_owner": [{"owner": name or None, "open": count} for name, count in found.open_by_owner()],
        "by_topic": [{"topic": name or None, "open": count} for name, count in found.open_by_topic()],
    }
