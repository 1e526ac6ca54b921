"""``gri-index clean``: the report without its tags."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import file_option, talk_options

if TYPE_CHECKING:
    from gri_index.model.report import Report

_MOST_NAMED = 12


@click.command("clean", short_help="Write a copy of a Word report without its tags.")
@click.argument("report", type=click.Path(path_type=Path, readable=False), metavar="REPORT.docx")
@file_option(
    "-o",
    "--output",
    metavar="FILE.docx",
    help="The copy (default: REPORT.clean.docx beside the report).",
)
@talk_options
def clean_command(report: Path, output: Path | None, quiet: bool, verbose: bool) -> int:
    """Write a copy of a Word report without its tags.

    Takes out the codes in text, hidden text and comments, bookmarks GRI_…, tags of content controls
    and index entries, and says how many of each. An index that build --into put into the report stays,
    and its page numbers still count. Codes of other frameworks go where they stand in one bracket
    or comment with GRI's, stay elsewhere, and are named. Everything else stays as it is; the report itself is not written to.

    \b
    Examples:
      gri-index clean report.docx -o report-for-print.docx
    """
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say
    from gri_index.errors import InputError
    from gri_index.extraction.report import read_report
    from gri_index.files import read_input
    from gri_index.writers.word_clean import clean_copy, in_margins

    if report.suffix.lower() not in (".docx", ".docm"):
        raise InputError(f"{report.name}: not a Word file", hint="Tags are taken out of Word files (.docx).")
    file = read_input(report)
    read = read_report(file.name, file.content)
    content, removed = clean_copy(file.content, read)
    left = read_report(file.name, content)
    labels = talk_labels(read.sources[0].language)
    write_named(output or report.with_name(f"{report.stem}.clean{report.suffix}"), content, (report,), labels)
    parts = [f"{count} {labels.words[f'carrier-{carrier.value}']}" for carrier, count in sorted(removed.items()) if count]
    say(labels.text("clean-done", parts=labels.join(parts) or "0"), quiet=quiet)
    titles = {section.id: section.title for section in left.sections}
    for tag in left.tags:
        say(labels.text("clean-left", tag=tag.text, section=titles[tag.section]))
    for text, part in in_margins(content, file.name):
        say(labels.text("clean-left", tag=text, section=part))
    others, before = _other_codes(left), _other_codes(read)
    if gone := [code for code in before if code not in others]:
        say(labels.text("clean-others-gone", count=str(len(gone)), codes=", ".join(gone[:_MOST_NAMED])))
    if others:
        shown = ", ".join(others[:_MOST_NAMED]) + (", \u2026" if len(others) > _MOST_NAMED else "")
        say(labels.text("clean-others", count=str(len(others)), codes=shown))
    return 0


def _other_codes(report: "Report") -> list[str]:
    """Codes of other frameworks that mark places of the report: "ESRS E1-6"."""
    from gri_index.crosswalk.data import frameworks, load_crosswalk
    from gri_index.crosswalk.references import item_tags

    found: dict[str, None] = {}
    for name in frameworks():
        short = name.split("-")[0].upper()
        found |= dict.fromkeys(f"{short} {tag.key.code}" for tag in item_tags(report, load_crosswalk(name)))
    return list(found)
