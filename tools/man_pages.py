"""Writes a manual page (man 7 man-pages, groff's man macros) for the program and each of its commands into docs/man.

python -m tools.man_pages
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from gri_index import __version__
from gri_index.cli import COMMANDS, cli

MAN = Path(__file__).resolve().parents[1] / "docs" / "man"


def pages() -> Iterator[tuple[str, str]]:
    """(file name, text) of each page."""
    whole = click.Context(cli, info_name="gri-index")
    yield "gri-index.1", page(cli, whole, [f"gri-index-{name}(1)" for name in sorted(COMMANDS)])
    for name in sorted(COMMANDS):
        yield from _of(name, whole)


def _of(name: str, parent: click.Context) -> Iterator[tuple[str, str]]:
    assert isinstance(parent.command, click.Group)
    command = parent.command.get_command(parent, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent)
    yield f"{context.command_path.replace(' ', '-')}.1", page(command, context, ["gri-index(1)"])
    for sub in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _of(sub, context)


def page(command: click.Command, context: click.Context, also: list[str]) -> str:
    """One manual page: name, synopsis, description with examples, options, other pages."""
    title = context.command_path.replace(" ", "-")
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    first, _, rest = text.partition("\n")
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [
        f'.TH "{title.upper()}" 1 "" "gri-index {__version__}" "gri-index"',
        ".SH NAME", f"{_plain(title)} \\- {_plain(first.rstrip('.'))}",
        ".SH SYNOPSIS", f".B {_plain(context.command_path)}", _plain(usage),
        ".SH DESCRIPTION", *_paragraphs(rest),
    ]  # fmt: skip
    lines += [".SH OPTIONS"]
    for parameter in command.get_params(context):
        told = isinstance(parameter, click.Option) and "--help" not in parameter.opts
        if told and (record := parameter.get_help_record(context)):
            lines += [".TP", f".B {_plain(record[0])}", _plain(record[1])]
    return "\n".join([*lines, ".SH SEE ALSO", _plain(", ".join(also))]) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs; indented lines, as those of examples, stay lines."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield ".PP"
        indented = re.search(r"^ {2,}", paragraph, re.MULTILINE)
        if indented:
            yield ".nf"
        yield from map(_plain, paragraph.splitlines())
        if indented:
            yield ".fi"


def _plain(text: str) -> str:
    """Text that no macro takes for its own."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\u2026", "...")
    escaped = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def main() -> None:
    MAN.mkdir(parents=True, exist_ok=True)
    for name, text in pages():
        (MAN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
