"""What the commands tell people: assumptions, counts, findings."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gri_index.errors import ExitCode
from gri_index.language.labels import Labels, load_labels, message_labels
from gri_index.readers.remarks import reading_lines

if TYPE_CHECKING:
    from gri_index.model.findings import Finding
    from gri_index.model.profile import Profile
    from gri_index.pipeline import Outputs
    from gri_index.readers import InputFile

_MOST = 12  # rules shown after a build; the workbook has all findings
_MOST_OF_ONE = 3  # lines of one rule


def talk_labels(*languages: str | None) -> Labels:
    """The labels of what is said: in the first language that is known, else in that of the locale."""
    environment = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    locale = environment.split(".")[0].split("@")[0]
    known = next((language for language in languages if language), "" if locale in ("C", "POSIX") else locale)
    return message_labels(known)


def outputs_labels(outputs: "Outputs", profile: "Profile", lang: str | None) -> Labels:
    """The labels of what is said of a run: its outputs' language, if anything states one."""
    known = lang or profile.output.languages or profile.report.language or outputs.report.sources[0].language
    return talk_labels(outputs.language if known else "")


def remarks_lines(outputs: "Outputs", labels: Labels, *, verbose: bool) -> Iterator[str]:
    """What was assumed, left out, or could not be placed; long lists are cut unless ``verbose``."""
    lines = [*reading_lines(outputs.report, labels), *(labels.say(remark) for remark in outputs.index.remarks)]
    shown = lines if verbose else lines[:_MOST]
    yield from shown
    if len(shown) < len(lines):
        yield labels.text("more-lines", count=str(len(lines) - len(shown)))


def summary_lines(outputs: "Outputs", labels: Labels) -> Iterator[str]:
    """One line: tags, rows by status."""
    counts: dict[str, int] = {}
    for row in outputs.index.rows:
        counts[row.status.value] = counts.get(row.status.value, 0) + 1
    parts = [f"{count} {labels.words['status-' + status.replace(' ', '-')]}" for status, count in counts.items()]
    if not outputs.report.tags:
        yield labels.words["no-tags"]
    yield labels.text(
        "summary", tags=str(len(outputs.report.tags)), rows=str(len(outputs.index.rows)), parts=labels.join(parts) or "-"
    )


def findings_lines(findings: "Sequence[Finding]", labels: Labels) -> Iterator[str]:
    """The findings by rule, worst first, a few lines of each, and how many there are."""
    from gri_index.cli.findings import grouped

    groups = list(grouped(findings, labels, most=_MOST_OF_ONE))
    for head, lines, _ in groups[:_MOST]:
        yield head
        yield from (f"  {line}" for line in lines)
    if len(groups) > _MOST:
        yield labels.text("more-lines", count=str(len(groups) - _MOST))
    if findings:
        yield labels.text("findings-count", count=str(len(findings)))


def build_lines(outputs: "Outputs", labels: Labels, *, verbose: bool, quiet: bool) -> list[str]:
    """All that is said after a build; nothing where it is to be quiet."""
    if quiet:
        return []
    return [
        *remarks_lines(outputs, labels, verbose=verbose),
        *summary_lines(outputs, labels),
        *findings_lines(outputs.findings, labels),
    ]


def assured_lines(baseline: "InputFile", outputs: "Outputs", labels: Labels) -> Iterator[str]:
    """The assured disclosures that are not as a signed-off index has them."""
    from gri_index.comparison import compare, entries_of_json, entries_of_rows

    assured = {row.number for row in outputs.index.rows if row.assurance}
    now = entries_of_rows(outputs.index, load_labels(outputs.language))
    for change in compare(entries_of_json(baseline), now):
        if change.number in assured:
            old, new = change.old or "\u2013", change.new or "\u2013"
            yield labels.text("assured-changed", disclosure=change.number, file=baseline.name, old=old, new=new)


def exit_code(findings: "Sequence[Finding]", fail_on: str) -> ExitCode:
    """FINDINGS where one that nobody acknowledged weighs as much as ``fail_on``: error, warning or never."""
    worst = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    open_ones = any(finding.severity in worst and not finding.acknowledged for finding in findings)
    return ExitCode.FINDINGS if open_ones else ExitCode.OK
