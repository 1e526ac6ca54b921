"""``gri-index check``: what stands between the report and its claim."""

from dataclasses import replace
from pathlib import Path

import click

from gri_index.cli.options import catalogue_option, common_options, findings_options, review_options


@click.command("check", short_help="Say what stands between a report and its claim.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@findings_options
@review_options
@catalogue_option
@common_options
def check_command(
    reports: tuple[Path, ...], form: str, fail_on: str, select: tuple[str, ...], ignore: tuple[str, ...],
    review: Path | None, suggested: bool, own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Say what stands between a report and its claim.

    Holds tags, profile and the report's own statements against the GRI Standards and the
    requirements of GRI 1. Findings are shown worst first; `gri-index rule CODE` explains each.
    Exits 1 where an error is found that nobody acknowledged.

    \b
    Examples:
      gri-index check report.docx
      gri-index check report.docx --format sarif > findings.sarif
      gri-index check report.md --ignore CI408 --fail-on warning
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.cli.findings import show
    from gri_index.cli.talk import exit_code, outputs_labels
    from gri_index.cli.terminal import say
    from gri_index.files import load_profile, profile_path, read_input
    from gri_index.pipeline import build
    from gri_index.readers.remarks import reading_lines

    stated = load_profile(profile, reports[0])
    if lang:
        stated = replace(stated, output=replace(stated.output, languages=(lang,)))
    outputs = build(
        [read_input(path) for path in reports],
        stated,
        load_catalogue(own=own),
        formats=(),
        review=read_input(review) if review else None,
        suggested=default_day() if suggested else None,
        judged=default_day(),
    )
    labels = outputs_labels(outputs, stated, lang)
    if form == "text":
        for line in reading_lines(outputs.report, labels):
            say(line, quiet=quiet)
        for remark in outputs.index.remarks if review else ():
            say(labels.say(remark), quiet=quiet)
    files = [*reports, *filter(None, [profile_path(profile, reports[0])])]
    shown = show(outputs.findings, labels, form, select=select, ignore=ignore, files=files, verbose=verbose)
    return exit_code(shown, fail_on)
