"""``gri-index init``: a profile to start from."""

import os
from pathlib import Path

import click

from gri_index.cli.options import format_option, known_language, talk_options


@click.command("init", short_help="Write a profile to start from, with what the report tells.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar="DIR",
    help="Folder of the profile (default: the report's).",
)
@format_option("both", "toml", "xlsx", help="gri-index.toml, gri-index.xlsx, or both.")
@click.option("-l", "--lang", metavar="LANG", callback=known_language, help="Language of the comments (default: the report's).")
@talk_options
def init_command(reports: tuple[Path, ...], output: Path | None, form: str, lang: str | None, quiet: bool, verbose: bool) -> int:
    """Write a profile to start from, with what the report tells.

    Organization, period, claim, language and the topics that tags name are filled in; the rest is
    shown with an example. gri-index.toml and gri-index.xlsx say the same: keep the one you like to
    work in. While both are there, gri-index.toml is used.

    \b
    Examples:
      gri-index init report.docx
      gri-index init report.pdf -o client --format xlsx
    """
    from gri_index.cli.files import read_input, write_outputs
    from gri_index.cli.terminal import plain, say
    from gri_index.errors import OutputError
    from gri_index.extraction.report import read_sources
    from gri_index.language.labels import load_labels
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME
    from gri_index.profile.draft import draft_profile
    from gri_index.writers import profile as write

    folder = output or reports[0].parent
    data = draft_profile(read_sources([read_input(path) for path in reports]))
    labels = load_labels(lang or data["report"].get("language", ""))
    files = {}
    if form != "xlsx":
        files[FILE_NAME] = write.toml(data, labels)
    if form != "toml":
        files[WORKBOOK_NAME] = write.workbook(data, labels)
    for name in files:
        if os.path.lexists(folder / name):
            raise OutputError(f"{name}: a profile is there already", hint="Remove it, or name another folder with -o.")
    for path in write_outputs(folder, files, reports):
        click.echo(plain(str(path)))
    facts = [key for key in ("organization", "period_start", "language") if key in data["report"]]
    say(labels.text("init-done", facts=labels.join(facts) or "-", topics=str(len(data.get("topic", ())))), quiet=quiet)
    return 0
