"""Blocks as a reader meets them, before sections are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gri_index.language.lexicon import any_of
from gri_index.model.report import BlockKind, Carrier

_WEB = re.compile(r"https?://[^\s<>\"']{3,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in an explicit carrier, and the page it stands on."""

    carrier: Carrier
    text: str
    page: int | None = None  # None: the page of its block


@dataclass(slots=True)
class Item:
    """A block as a reader met it, before sections are known."""

    kind: BlockKind
    text: str
    page: int | None
    level: int = 0  # of a heading
    cells: tuple[str, ...] = ()  # of a table row
    table: int | None = None  # rows of one table share it
    spans: Sequence[tuple[int, int]] = ()
    breaks: Sequence[tuple[int, int]] = ()  # (offset in the text, page that begins there)
    cell_breaks: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)  # the same by cell, in the cell's text
    struck: tuple[str, ...] = ()  # text that is struck through, and so is none
    markers: list[Marker] = field(default_factory=list)
    anchor: str | None = None
    carried: frozenset[int] = frozenset()  # columns whose text goes on from a row above: its tags stand there
    links: tuple[str, ...] = ()  # web addresses behind its words
    contents: bool = False  # the format itself says: an entry of the table of contents
    element: object = None  # of the document that it was read from, for who writes beside it


def carried(carrier: Carrier, name: str, value: str) -> Marker:
    """What an attribute or a comment of this name says: of another framework with its name before the codes."""
    return Marker(carrier, value if name.casefold() == "gri" else f"{name.upper()} {value}")


def web_address(target: str | None) -> str:
    """The address where a link leads into the web; "" for one inside the document, or of another kind."""
    address = (target or "").strip()
    return address if _WEB.fullmatch(address) else ""


@cache
def contents_title() -> re.Pattern[str]:
    """Matches the heading of a table of contents in any language."""
    return re.compile(rf"^\s*{any_of('contents-title')}\s*$")
