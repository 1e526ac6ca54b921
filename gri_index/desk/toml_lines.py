"""Where things stand in a TOML file: what a parser that keeps comments does not do with them.

tomlkit puts a new key behind all comments that follow its table, and takes those comments away with
the table; here a key goes to its commented sample, and a table that goes or moves leaves the
comments behind it where they are. Source: toml.io, v1.0.0 (strings of several lines, array of tables).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import tomlkit
from tomlkit.exceptions import TOMLKitError

_HEAD = re.compile(r"\s*(?P<open>\[\[?)(?P<name>[\w.\s\"'-]+)\]\]?\s*(#.*)?\r?$")
_TOKEN = re.compile(r"\"\"\"|'''|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*")
_ENDS = {'"""': re.compile(r"(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3,5}", re.DOTALL), "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}")}
_SAMPLE = re.compile(r"\s*#\s*(?:\[|\w+\s*=)")


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


def arranged(text: str, kind: str, order: Sequence[int | str], count: int) -> str | None:
    """The tables [[kind]], ``count`` now, in another order: each by its place, or as the text of a new one; those not named go.

    None where the text is not laid out in a way that this can be done in.
    """
    lines = text.split("\n")
    there = list(_tables(lines, kind))
    if len(there) != count:
        return None
    if list(order) == list(range(count)):
        return text
    tables = ["\n".join(lines[begin:end]) for begin, end in there]
    new = [tables[each] if isinstance(each, int) else each for each in order]
    if not there:
        at = _room(lines, kind)
        lines[at:at] = [line for table in new for line in ("", *table.split("\n"))]
        return "\n".join(lines).rstrip("\n") + "\n"
    for place in reversed(range(count)):
        begin, end = there[place]
        if place >= len(new):
            begin -= place > 0 and not lines[begin - 1].strip()
            lines[begin:end] = []
        else:
            more = [line for table in new[count:] for line in ("", *table.split("\n"))] if place == count - 1 else []
            lines[begin:end] = [*new[place].split("\n"), *more]
    return "\n".join(lines)


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, name) of the heads of tables, those within texts of several lines left out; "[[topic]]" is named "[topic"."""
    inside = _inside("\n".join(lines))
    for at, line in enumerate(lines):
        if at not in inside and (found := _HEAD.match(line)):
            yield at, found["open"][1:] + re.sub(r"[\s\"']", "", found["name"])


def _inside(text: str) -> set[int]:
    """The lines that begin within a text of several lines."""
    found: set[int] = set()
    at = number = 0
    while token := _TOKEN.search(text, at):
        number += text.count("\n", at, token.start())
        at = token.end()
        if token.group() in _ENDS:
            closed = _ENDS[token.group()].match(text, at)
            end = closed.end() if closed else len(text)
            count = text.count("\n", at, end)
            found |= set(range(number + 1, number + count + 1))
            number, at = number + count, end
    return found


def _tables(lines: Sequence[str], kind: str) -> Iterator[tuple[int, int]]:
    """(first line, line behind the last) of each table of a kind with its sub-tables, without the comments that follow it.

    What is said in comments right above a table goes with it, but for the first: there its kind is spoken of.
    """
    heads = [each for each in _heads(lines) if not each[1].lstrip("[").startswith(f"{kind}.")]
    first = True
    for (head, name), (end, _) in pairwise([*heads, (len(lines), "")]):
        if name == f"[{kind}":
            begin, last = head, end
            while not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#"):
                last -= 1
            while not first and lines[begin - 1].lstrip().startswith("#") and not _SAMPLE.match(lines[begin - 1]):
                begin -= 1
            first = False
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
