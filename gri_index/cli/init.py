"""``gri-index init``: a profile to start from."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import file_option, known_language, talk_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gri_index.language.labels import Labels
    from gri_index.model.printed import PrintedIndex
    from gri_index.model.report import Report
    from gri_index.model.suggestions import Suggestion
    from gri_index.readers import InputFile


_LIKELY = 0.4  # score from which a section is worth naming


@click.command("init", short_help="Write a profile to start from, with what the report tells.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@file_option(
    "-o",
    "--output",
    metavar="DIR",
    help="Folder of the profile (default: the report's).",
)
@click.option(
    "--as", "-f", "--format", "form", type=click.Choice(("toml", "xlsx", "both")), default="toml",
    help="gri-index.toml (default), gri-index.xlsx, or both.",
)  # fmt: skip
@file_option(
    "--from",
    "last",
    metavar="LAST-INDEX",
    help="Last year's index (Word, PDF, Excel, HTML, index.json) or profile: topics, omissions, answers, outside places, owners come over.",
)
@click.option("-l", "--lang", metavar="LANG", callback=known_language, help="Language of the comments (default: the report's).")
@talk_options
def init_command(
    reports: tuple[Path, ...], output: Path | None, form: str, last: Path | None, lang: str | None, quiet: bool, verbose: bool
) -> int:
    """Write a profile to start from, with what the report tells.

    Organization, period, claim, language and the topics that tags name are filled in; the rest is
    shown with an example. What was read is listed with the words it was read from. --as xlsx writes
    the same as a workbook; while both are there, gri-index.toml is used.

    \b
    Examples:
      gri-index init report.docx
      gri-index init report.pdf -o client --as xlsx
      gri-index init report-2026.docx --from content-index-2025.xlsx
    """
    from gri_index.cli.roll import WORKING_NAME, carried, owners_list, told
    from gri_index.cli.terminal import plain, say
    from gri_index.errors import OutputError
    from gri_index.extraction.report import read_sources
    from gri_index.files import read_input, write_outputs
    from gri_index.language.labels import load_labels
    from gri_index.language.pages import page_text
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME
    from gri_index.profile.draft import draft_profile
    from gri_index.writers import profile as write

    folder = output or reports[0].parent
    sources = [read_input(path) for path in reports]
    report = read_sources(sources)
    draft = draft_profile(report, _printed(report, sources))
    earlier = read_input(last) if last else None
    data = draft.data | (carried(earlier, report) if earlier else {})
    labels = load_labels(lang or data["report"].get("language", ""))
    files = {}
    if form != "xlsx":
        files[FILE_NAME] = write.toml(data, labels)
    if form != "toml":
        files[WORKBOOK_NAME] = write.workbook(data, labels)
    if earlier and (owners := owners_list(earlier, report, data)):
        files[WORKING_NAME] = owners
    for name in files:
        if os.path.lexists(folder / name):
            raise OutputError(f"{name}: is there already", hint="Remove it, or name another folder with -o.")
    for path in write_outputs(folder, files, reports):
        click.echo(plain(str(path)))
    for each in draft.evidence:
        place = page_text(each.page, labels) if each.page else ""
        words = f"  \u2190 {place}{': ' if place and each.text else ''}{each.text}" if place or each.text else ""
        say(f"{each.key} = {each.value}{words}", quiet=quiet)
    for line in told(earlier, report, files, data, labels) if earlier else ():
        say(line, quiet=quiet)
    facts = [key for key in ("organization", "period_start", "language") if key in data["report"]]
    if not data.get("topic") and (treated := list(_treated(report, labels))):
        say(labels.text("init-topics", topics="; ".join(treated)), quiet=quiet)
    say(labels.text("init-done", facts=labels.join(facts) or "-", topics=str(len(data.get("topic", ())))), quiet=quiet)
    return 0


def _treated(report: "Report", labels: "Labels") -> "Iterator[str]":
    """The Topic Standards of which a section seems to report something, with that section: candidates for material topics."""
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.suggest.rank import suggest

    catalogue = load_catalogue()
    best: dict[str, Suggestion] = {}
    for each in suggest(report, catalogue, default_day(), top=1).found:
        if each.score >= _LIKELY and each.key.standard not in ("GRI 2", "GRI 3"):
            best[each.key.standard] = max(best.get(each.key.standard, each), each, key=lambda one: one.score)
    for standard, each in best.items():
        title = labels.pick(catalogue.standard_of(each.key).title)
        yield f"{standard} {title} \u2190 {each.title} ({each.score:.0%})"


def _printed(report: "Report", sources: "Sequence[InputFile]") -> "PrintedIndex | None":
    """The index that the report prints; None without one, and for a report in several files."""
    from gri_index.extraction.extract import extract_from
    from gri_index.model.report import PartRole

    if len(sources) > 1 or not any(each.why is PartRole.INDEX for each in report.excluded):
        return None
    return extract_from(report, sources[0])
