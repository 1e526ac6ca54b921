"""Crosswalks to other frameworks: ``standards/crosswalks/*.xml`` as values, and the reverse index of a framework."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from gri_index.errors import CatalogueError
from gri_index.model.crosswalk import Crosswalk, Item, Link, Origin, Relation, ServedItem, Service, State
from gri_index.model.index import ContentIndex, IndexRow, Status
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue
from gri_index.model.text import LocalText
from gri_index.resources import load_xml, standards_root

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_REPORTED = (Status.REPORTED, Status.REPORTED_WITH_OMISSIONS, Status.PARTIAL)
_STRENGTH = {Relation.EQUIVALENT: 0, Relation.PARTIAL: 1, Relation.RELATED: 2}


@cache
def frameworks() -> tuple[str, ...]:
    """The ids of all crosswalks of the program."""
    return tuple(path.stem for path in sorted((standards_root() / "crosswalks").glob("*.xml")))


def load_crosswalk(framework: str) -> Crosswalk:
    """A crosswalk of the program by its id. Raises CatalogueError."""
    if framework not in frameworks():
        raise CatalogueError(f"{framework}: no such framework", hint=f"Known are {', '.join(frameworks())}.")
    return read_crosswalk(standards_root() / "crosswalks" / f"{framework}.xml")


def read_crosswalk(path: Path) -> Crosswalk:
    """A crosswalk in a file, one's own too. Raises CatalogueError naming file, line and cause."""
    root = load_xml(path)
    if root.tag != "crosswalk":
        raise CatalogueError(f"{path.name}: no crosswalk but <{root.tag}>", hint="CONTRIBUTING describes its form.")
    sources = {each.get("id", ""): each.text or "" for each in root.iterfind("source")}
    return Crosswalk(
        framework=root.get("framework", ""),
        name=root.get("name", ""),
        issuer=root.get("issuer", ""),
        edition=root.get("edition", ""),
        origin=Origin(root.get("origin", "")),
        items=tuple(
            Item(
                each.get("id", ""),
                LocalText(tuple((title.get(_LANG, ""), title.text or "") for title in each.iterfind("title"))),
                each.get("paragraph", ""),
            )
            for each in root.iterfind("item")
        ),
        links=tuple(
            Link(
                item=each.get("item", ""),
                number=each.get("disclosure", ""),
                edition=each.get("edition", ""),
                requirement=each.get("requirement", ""),
                relation=Relation(each.get("relation", "")),
                state=State(each.get("state", "")),
                source=sources[each.get("source", "")],
                paragraph=each.get("paragraph", ""),
            )
            for each in root.iterfind("map")
        ),
    )


def reverse(
    crosswalk: Crosswalk, index: ContentIndex, catalogue: Catalogue, day: datetime.date, *, unverified: bool = False
) -> tuple[ServedItem, ...]:
    """The framework's items in its own order, each with what of the index serves it.

    ``day``: the report's publication; disclosures that are not in force then count only where the
    index has them. ``unverified``: rows count too that nobody saw in a source.
    """
    rows: dict[str, list[IndexRow]] = {}
    for row in index.rows:
        rows.setdefault(row.number, []).append(row)
    by_item: dict[str, list[Link]] = {}
    for link in crosswalk.links:
        due = link.number in rows or any(catalogue.valid_on(key, day) for key in _keys(link, catalogue))
        if due and (unverified or link.state.verified):
            by_item.setdefault(link.item, []).append(link)
    return tuple(_served(item, by_item.get(item.id, []), rows) for item in crosswalk.items)


def with_frameworks(index: ContentIndex, crosswalks: Sequence[Crosswalk]) -> ContentIndex:
    """The index with the items of other frameworks that each row serves; rows of a crosswalk that nobody saw in a source are left out."""
    found: list[dict[str, list[Link]]] = []
    for crosswalk in crosswalks:
        by_number: dict[str, list[Link]] = {}
        for link in crosswalk.links:
            if link.state.verified:
                by_number.setdefault(link.number, []).append(link)
        found.append(by_number)
    rows = tuple(replace(row, frameworks=tuple(tuple(_items(row, each)) for each in found)) for row in index.rows)
    return replace(index, rows=rows, frameworks=tuple(each.framework for each in crosswalks))


def _items(row: IndexRow, by_number: Mapping[str, Sequence[Link]]) -> list[str]:
    edition = row.key.edition if row.key else ""
    return list(dict.fromkeys(link.item for link in by_number.get(row.number, ()) if link.edition in ("", edition)))


def _keys(link: Link, catalogue: Catalogue) -> Iterator[DisclosureKey]:
    """The disclosures that a row means."""
    yield from (key for key in catalogue.editions_of(link.number) if link.edition in ("", key.edition))


def _served(item: Item, links: Iterable[Link], rows: dict[str, list[IndexRow]]) -> ServedItem:
    best: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda each: _STRENGTH[each.relation]):
        best.setdefault((link.number, link.edition), link)
    found = {
        key: [row for row in rows.get(link.number, ()) if not link.edition or (row.key and row.key.edition == link.edition)]
        for key, link in best.items()
    }
    reported = {key: [row for row in several if row.status in _REPORTED] for key, several in found.items()}
    serving = [row for several in reported.values() for row in several]
    if not best:
        service = Service.NOTHING
    elif all(reported.values()) and all(row.status is not Status.PARTIAL for row in serving):
        service = Service.SERVED
    elif serving:
        service = Service.PARTLY
    else:
        omitted = any(row.status is Status.OMITTED for several in found.values() for row in several)
        service = Service.OMITTED if omitted else Service.OPEN
    locations = tuple(dict.fromkeys(location for row in serving for location in row.locations))
    numbers = tuple(dict.fromkeys(row.number for row in serving))
    return ServedItem(item, service, tuple(sorted(best.values(), key=_order)), numbers, locations)


def _order(link: Link) -> tuple[int, int]:
    standard, number = link.number.split("-")
    return int(standard), int(number)
