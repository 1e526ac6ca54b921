"""Text for a terminal: nothing that a report holds may steer it."""

import contextlib
import unicodedata
from collections.abc import Sequence

import click

from gri_index.language.text import clean

_LONGEST = 2_000  # characters of one message


def plain(text: str) -> str:
    """The text without characters that steer a terminal."""
    return clean(text).replace("\r", " ")


def one_line(text: str) -> str:
    """The text on one line, whatever line ends a file name or a key holds, and no longer than a person reads."""
    line = " ".join(plain(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def width(text: str) -> int:
    """Columns that the text takes; East Asian characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """The text on one line, cut to so many columns, with … where something is missing."""
    line = " ".join(plain(text).split())
    if width(line) <= columns:
        return line
    kept = ""
    for char in line:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept.rstrip() + "…"


def table(rows: Sequence[tuple[str, ...]], limits: tuple[int, ...]) -> list[str]:
    """Rows as aligned lines; ``limits``: the widest that each column may be."""
    cells = [[cut(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    widths = [max((width(row[column]) for row in cells), default=0) for column in range(len(limits))]
    return [
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in cells
    ]


def say(text: str, *, quiet: bool = False) -> None:
    """Talk goes to stderr, results to stdout."""
    if not quiet:
        with contextlib.suppress(OSError):  # nobody may be listening
            click.echo(plain(text), err=True)
