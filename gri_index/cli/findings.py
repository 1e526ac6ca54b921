"""Findings on stdout: for people, and as JSON, SARIF and CSV. ``check`` and ``audit`` share them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from gri_index.cli.terminal import cut
from gri_index.language.labels import Labels
from gri_index.model.findings import Finding, Severity

_MOST_OF_ONE = 8  # lines of one rule; -v shows all
_MOST_HINTS = 3
_WIDTH = 150


def show(
    findings: Sequence[Finding],
    labels: Labels,
    form: str,
    *,
    select: Sequence[str],
    ignore: Sequence[str],
    files: Sequence[Path],
    verbose: bool,
) -> tuple[Finding, ...]:
    """Prints the findings that ``select`` and ``ignore`` leave; they are the ones returned.

    ``files``: those that findings may be about, the report first. Raises click.UsageError for a code that no rule has.
    """
    select, ignore = ([code.strip() for each in codes for code in each.split(",") if code.strip()] for codes in (select, ignore))
    _known((*select, *ignore))
    chosen = tuple(each for each in findings if (not select or _named(each, select)) and not _named(each, ignore))
    if form == "text":
        for line in _text(chosen, labels, verbose=verbose):
            click.echo(line)
    elif form == "json":
        from gri_index.writers.json import findings_json

        click.echo(findings_json(chosen, labels).decode(), nl=False)
    elif form == "sarif":
        from gri_index.writers.sarif import sarif

        click.echo(sarif(chosen, labels, files).decode(), nl=False)
    else:
        from gri_index.writers.csv import plain_csv
        from gri_index.writers.json import finding_json

        click.echo(plain_csv([finding_json(each, labels) for each in chosen]), nl=False)
    return chosen


def _known(codes: Sequence[str]) -> None:
    from gri_index.checks import rules

    for code in codes:
        if not any(each.code.startswith(code.upper()) or each.name == code for each in rules()):
            raise click.UsageError(f"no rule {code!r}; `gri-index rule` lists them")


def _named(finding: Finding, codes: Sequence[str]) -> bool:
    return any(finding.code.startswith(code.upper()) or finding.name == code for code in codes)


def grouped(findings: Sequence[Finding], labels: Labels, *, most: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """(head, lines, hints) of each rule, worst first; at most so many lines of one rule, and each hint once."""
    for (severity, code, name), group in groupby(findings, key=lambda each: (each.severity, each.code, each.name)):
        members = list(group)
        count = f" ({len(members)})" if len(members) > 1 else ""
        shown = members[:most]
        lines = [_line(finding, labels) for finding in shown]
        if len(members) > most:
            lines.append(labels.text("more-lines", count=str(len(members) - most)))
        hints = dict.fromkeys(labels.say(finding.hint) for finding in shown if finding.hint)
        yield f"{labels.words['severity-' + severity.value]} {code} {name}{count}", lines, list(hints)[:_MOST_HINTS]


def _text(findings: Sequence[Finding], labels: Labels, *, verbose: bool) -> list[str]:
    """Grouped by rule, with the hints, and a summary line at the end."""
    lines: list[str] = []
    for head, members, hints in grouped(findings, labels, most=len(findings) if verbose else _MOST_OF_ONE):
        lines += [head, *(f"  {line}" for line in members), *(f"    → {hint}" for hint in hints)]
    counts = {severity: sum(each.severity is severity for each in findings) for severity in Severity}
    parts = [
        f"{count} {labels.words[f'severity-{severity.value}' + ('s' if count != 1 else '')]}"
        for severity, count in counts.items()
        if count
    ]
    acknowledged = sum(bool(each.acknowledged) for each in findings)
    if acknowledged:
        parts.append(labels.text("acknowledged-count", count=str(acknowledged)))
    return [*lines, labels.join(parts) or labels.words["findings-none"]]


def _line(finding: Finding, labels: Labels) -> str:
    text = labels.say(finding.message)
    quote = finding.evidence[0] if finding.evidence else None
    named = "" if finding.where in text or (quote and finding.where == quote.page) else finding.where
    where = [part for part in (named, _page(quote.page, labels) if quote else "") if part]
    text += labels.bracket(labels.join(where)) if where else ""
    text += labels.bracket(labels.text("acknowledged", by=finding.acknowledged)) if finding.acknowledged else ""
    return cut(text, _WIDTH)


def _page(label: str, labels: Labels) -> str:
    from gri_index.language.pages import page_text

    return page_text(label, labels)
