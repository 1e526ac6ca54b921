"""``gri-index notice``: the notification of GRI."""

from pathlib import Path

import click

from gri_index.cli.options import catalogue_option, common_options


@click.command("notice", short_help="Write the notification of GRI that a report is published.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@click.option("--index-link", default="", metavar="URL", help="Where the content index is published.")
@click.option("--report-link", default="", metavar="URL", help="Where the report is published.")
@click.option("--contact", default="", metavar="TEXT", help="Contact person with e-mail or telephone.")
@catalogue_option
@common_options
def notice_command(
    reports: tuple[Path, ...], index_link: str, report_link: str, contact: str, own: tuple[Path, ...],
    profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Write the notification of GRI that a report is published.

    Both claims ask for it, after publication (GRI 1, Requirement 9). The text names address,
    subject and all items; what is not known yet stands in brackets. Nothing is sent.

    \b
    Examples:
      gri-index notice report.docx --index-link https://halden.example/gri --contact "Anna Berg, anna@halden.example"
      gri-index notice report.docx > notice.txt
    """
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import plain, say
    from gri_index.files import load_profile, read_input
    from gri_index.pipeline import build
    from gri_index.writers.notice import Notice, notice_text

    stated = load_profile(profile, reports[0])
    outputs = build([read_input(path) for path in reports], stated, load_catalogue(own=own), formats=())
    text = notice_text(outputs.index, stated, Notice(index_link, report_link, contact))
    for line in text.split("\n")[:-1]:
        click.echo(plain(line))
    if "[" in text:
        say(talk_labels(lang).words["notice-open"], quiet=quiet)
    return 0
