"""``gri-index extract`` and ``gri-index audit``: the index that a document prints already."""

from dataclasses import replace
from pathlib import Path

import click

from gri_index.cli.options import catalogue_option, common_options, file_option, findings_options, format_option, talk_options


@click.command("extract", short_help="Read the content index that a document prints.")
@click.argument("file", type=click.Path(path_type=Path, readable=False), metavar="FILE")
@format_option("text", "json", "csv", help="text for people; json and csv for programs.")
@talk_options
def extract_command(file: Path, form: str, quiet: bool, verbose: bool) -> int:
    """Read the content index that a document prints: disclosure, title, place, pages, omissions.

    FILE is a report or an index by itself: .pdf, .docx, .xlsx, .csv, .html, .md, .txt. Where none is
    found, there are no rows, and the exit code is 0.

    \b
    Examples:
      gri-index extract report.pdf
      gri-index extract content-index.xlsx --format json
    """
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say, table
    from gri_index.extraction.extract import extract
    from gri_index.files import read_input
    from gri_index.model.text import message
    from gri_index.writers.printed import extract_json, extract_rows

    index = extract(read_input(file))
    if form == "json":
        click.echo(extract_json(index).decode(), nl=False)
    elif form == "csv":
        from gri_index.writers.csv import plain_csv

        click.echo(plain_csv(extract_rows(index)), nl=False)
    else:
        rows = [
            (str(row["disclosure"]), str(row["title"]), str(row["location"]), str(row["status"])) for row in extract_rows(index)
        ]
        for line in table(rows, (10, 50, 60, 10)):
            click.echo(line)
        basis = index.basis.value if index.basis else "no statement of use found"
        say(f"{len(rows)} rows; {basis}" if rows else f"{file.name}: no printed content index was found", quiet=quiet)
    labels = talk_labels(None, "")
    for problem in index.problems:
        say(labels.say(message(problem.code, where=problem.where or "\u2013", **dict(problem.args))), quiet=quiet)
    return 0


@click.command("audit", short_help="Hold the index that a report prints against report and catalogue.")
@click.argument("report", type=click.Path(path_type=Path, readable=False), metavar="REPORT")
@file_option(
    "--index",
    metavar="FILE",
    help="The document that holds the index, if not the report.",
)
@findings_options
@catalogue_option
@common_options
def audit_command(
    report: Path, index: Path | None, form: str, fail_on: str, select: tuple[str, ...], ignore: tuple[str, ...], own: tuple[Path, ...],
    profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Hold the index that a report prints against the report and the GRI Standards.

    Titles, editions, places, pages, the claim, omissions, and what is tagged in the text but not
    listed. Exits 1 where an error is found that nobody acknowledged.

    \b
    Examples:
      gri-index audit report.pdf
      gri-index audit report.docx --index gri-index-2024.xlsx
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.checks.printed import holds_more_than_index
    from gri_index.cli.clock import default_day
    from gri_index.cli.findings import show
    from gri_index.cli.talk import exit_code, outputs_labels
    from gri_index.cli.terminal import say
    from gri_index.files import load_profile, profile_path, read_input
    from gri_index.pipeline import audit

    stated = load_profile(profile, report)
    if lang:
        stated = replace(stated, report=replace(stated.report, language=lang))
    outputs = audit(
        read_input(report), stated, load_catalogue(own=own), index=read_input(index) if index else None, judged=default_day()
    )
    labels = outputs_labels(outputs, stated, lang)
    if outputs.printed is not None and outputs.printed.rows and not holds_more_than_index(outputs.report):
        say(labels.words["audit-no-body"], quiet=quiet)
    files = [report, *filter(None, [index, profile_path(profile, report)])]
    shown = show(outputs.findings, labels, form, select=select, ignore=ignore, files=files, verbose=verbose)
    return exit_code(shown, fail_on)
