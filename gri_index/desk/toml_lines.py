"""Where things stand in a TOML file: what a parser that keeps comments does not do with them.

tomlkit puts a new key behind all comments that follow its table, and takes those comments away with
the table; here a key goes to its commented sample, and a table that goes or moves leaves the
comments behind it where they are.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import tomlkit
from tomlkit.exceptions import TOMLKitError

_HEAD = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[\w.-]+)\s*\]\]?\s*(#.*)?$")
_TRIPLE = re.compile(r'"""|\'\'\'')


def with_places(text: str, names: Sequence[str]) -> str:
    """The text with an empty value for each key ("report.title") that is not there yet: in the place of its sample, else below its head."""
    for name in names:
        kind, _, key = name.partition(".")
        if _value(text, kind, key) is not None:
            continue
        lines = text.split("\n")
        head = next((at for at, found in _heads(lines) if found == kind), None)
        if head is None:
            continue
        end = next((at for at in range(head + 1, len(lines)) if re.match(r"\s*(#\s*)?\[", lines[at])), len(lines))
        sample = next((at for at in range(head + 1, end) if re.match(rf"\s*#\s*{key}\s*=", lines[at])), None)
        if sample is None:
            lines.insert(head + 1, f'{key} = ""')
        else:
            hint = re.search(r"\s+#[^#]*$", lines[sample].lstrip().lstrip("#"))
            lines[sample] = f'{key} = ""{hint.group() if hint else ""}'
        new = "\n".join(lines)
        text = new if _value(new, kind, key) == "" else text
    return text


def arranged(text: str, kind: str, order: Sequence[int | str]) -> str:
    """The tables [[kind]] in another order: each by its place now, or as the text of a new one. Those that are not named go."""
    lines = text.split("\n")
    there = list(_tables(lines, kind))
    if list(order) == list(range(len(there))):
        return text
    tables = ["\n".join(lines[begin:end]) for begin, end in there]
    new = [tables[each] if isinstance(each, int) else each for each in order]
    if not there:
        at = _room(lines, kind)
        lines[at:at] = [line for table in new for line in ("", *table.split("\n"))]
        return "\n".join(lines).rstrip("\n") + "\n"
    for place in reversed(range(len(there))):
        begin, end = there[place]
        if place >= len(new):
            begin -= place > 0 and not lines[begin - 1].strip()
            lines[begin:end] = []
        else:
            more = [line for table in new[len(there) :] for line in ("", *table.split("\n"))] if place == len(there) - 1 else []
            lines[begin:end] = [*new[place].split("\n"), *more]
    return "\n".join(lines)


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, name) of the heads of tables, those within texts of several lines left out; "[[topic]]" is named "[topic"."""
    inside = ""
    for at, line in enumerate(lines):
        if not inside and (found := _HEAD.match(line)):
            yield at, found["open"][1:] + found["name"]
        for quote in _TRIPLE.findall(line.partition("#")[0] if not inside and not _TRIPLE.search(line) else line):
            inside = quote if not inside else "" if quote == inside else inside


def _tables(lines: Sequence[str], kind: str) -> Iterator[tuple[int, int]]:
    """(first line, line behind the last) of each table of a kind, without the comments that follow it."""
    heads = [*_heads(lines), (len(lines), "")]
    for (begin, name), (end, _) in pairwise(heads):
        if name == f"[{kind}":
            last = end
            while not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#"):
                last -= 1
            yield begin, last


def _room(lines: Sequence[str], kind: str) -> int:
    """Where the first table of a kind goes: below its commented sample, else at the end."""
    sample = next((at for at, line in enumerate(lines) if re.match(rf"\s*#\s*\[\[{kind}\]\]", line)), None)
    if sample is None:
        return len(lines) - (not lines[-1])
    return next((at for at in range(sample, len(lines)) if not lines[at].lstrip().startswith("#")), len(lines))


def _value(text: str, kind: str, key: str) -> object:
    """What a key says; None where it is not there, or the text is no TOML."""
    try:
        table = tomlkit.parse(text).unwrap().get(kind)
    except (TOMLKitError, ValueError):
        return None
    return table.get(key) if isinstance(table, dict) else None
