"""Writes the generated pages of docs/reference: the commands, the rules, and a page for each rule.

python -m tools.reference
"""

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from gri_index.checks import Rule, rules
from gri_index.checks.samples import samples
from gri_index.cli import COMMANDS, cli

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"


def pages() -> Iterator[tuple[str, str]]:
    """(path below docs/reference, text) of each page."""
    yield "cli.md", commands()
    yield "rules.md", table()
    for each in rules():
        yield f"rules/{each.code}.md", rule_page(each)


def commands() -> str:
    """The help of each command."""
    parts = ["# Commands", "", "Made of the commands' own help; do not edit.", ""]
    whole = click.Context(cli, info_name="gri-index", terminal_width=100, **cli.context_settings)
    for name in sorted(COMMANDS):
        parts += _command(name, whole)
    return "\n".join(parts).rstrip() + "\n"


def _command(name: str, parent: click.Context) -> Iterator[str]:
    command = parent.command.get_command(parent, name) if isinstance(parent.command, click.Group) else None
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent)
    yield from (f"## {context.command_path}", "", "```text", command.get_help(context).rstrip(), "```", "")
    for sub in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _command(sub, context)


def table() -> str:
    """One line per rule: code, name, severity, what it finds, clause."""
    lines = [
        "# Rules", "", "Made of the rules' own manuals; do not edit. `gri-index rule CODE` says the same.", "",
        "| code | name | severity | finds | clause |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for each in rules():
        first = " ".join(each.manual.strip().split("\n\n")[0].split()).rstrip(".")
        lines.append(f"| [{each.code}](rules/{each.code}.md) | {each.name} | {each.severity.value} | {first} | {each.clause} |")
    return "\n".join(lines) + "\n"


def rule_page(each: Rule) -> str:
    """The manual of one rule."""
    audited = "`gri-index audit`" if each.audits else "`gri-index check` and `build`"
    head = f"# {each.code} {each.name}\n\n{each.severity.value}; {each.clause}; shown by {audited}.\n\n"
    return head + inspect.cleandoc(each.manual).strip() + "\n" + "".join(_samples(each.code))


def _samples(code: str) -> Iterator[str]:
    """The samples of a rule, as they are executed by the tests."""
    found = samples(code)
    for title, sample in zip(("Found in this report", "Not found in this one"), found or (), strict=False):
        yield f"\n## {title}\n\n````markdown\n{sample.shown.strip()}\n````\n"
        if sample.profile:
            yield f"\nwith the profile\n\n```toml\n{sample.profile.strip()}\n```\n"


def main() -> None:
    for path, text in pages():
        target = DOCS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
