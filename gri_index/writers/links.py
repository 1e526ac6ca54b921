"""Links that the printed index may hold: into the web, by mail, and to a page of a PDF that lies beside it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from gri_index.model.index import ContentIndex, IndexRow, Location, LocationKind
from gri_index.model.terms import Origin

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+|[^\s<>\":/]+\.pdf#page=\d{1,4}", re.IGNORECASE)


def is_link(url: str) -> bool:
    """True for an address that an output may lead to: no script, no path of a machine."""
    return _LINK.fullmatch(url) is not None


def linked(index: ContentIndex, base: str) -> ContentIndex:
    """The index in which each place of the report leads to its page: ``base`` with "#page=47" (RFC 8118, 3).

    ``base``: the web address of the report's PDF, or the name under which it lies beside the index.
    """
    address = base if "://" in base else quote(base, safe="")
    return replace(index, rows=tuple(_row(row, address) for row in index.rows))


def _row(row: IndexRow, address: str) -> IndexRow:
    return replace(row, locations=tuple(_places(row, address)))


def _places(row: IndexRow, address: str) -> Iterator[Location]:
    for place in row.locations:
        own = place.origin is Origin.REPORT and place.kind is not LocationKind.EXTERNAL and place.page is not None
        yield replace(place, url=f"{address}#page={place.page}") if own and not place.url else place
