"""The reverse index of a framework: its items in its own order, each with what of a content index serves it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gri_index.crosswalk.scope import Topics, TopicScope
from gri_index.model.crosswalk import Crosswalk, Item, Link, Relation, ServedItem, Service
from gri_index.model.index import ContentIndex, IndexRow, Location, Status
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue

_REPORTED = (Status.REPORTED, Status.REPORTED_WITH_OMISSIONS, Status.PARTIAL)
_STRENGTH = {Relation.EQUIVALENT: 0, Relation.PARTIAL: 1, Relation.RELATED: 2}


def reverse(
    crosswalk: Crosswalk,
    index: ContentIndex,
    catalogue: Catalogue,
    day: datetime.date,
    *,
    unverified: bool = False,
    tagged: Mapping[str, tuple[Location, ...]] | None = None,
) -> tuple[ServedItem, ...]:
    """The framework's items in its own order, each with what of the index serves it.

    ``day``: the report's publication; disclosures that are not in force then count only where the
    index has them. ``unverified``: rows count too that nobody saw in a source. ``tagged``: item -> the
    places where the report itself names it; they serve it whatever GRI's disclosures do.
    """
    rows: dict[str, list[IndexRow]] = {}
    for row in index.rows:
        rows.setdefault(row.number, []).append(row)
    due = [
        link
        for link in crosswalk.links
        if link.number in rows or any(catalogue.valid_on(key, day) for key in _keys(link, catalogue))
    ]
    in_force = {link.item for link in due}  # an item of which nothing is in force yet is open, and says why
    due += [link for link in crosswalk.links if link.item not in in_force]
    counting = [link for link in due if unverified or link.state.verified]
    hidden = {link.item for link in due} - {link.item for link in counting}
    by_item: dict[str, list[Link]] = {}
    for link in counting:
        by_item.setdefault(link.item, []).append(link)
    scope = TopicScope(crosswalk, Topics(index, catalogue))
    served = (_served(item, by_item.get(item.id, []), rows, scope) for item in crosswalk.items)
    known = (replace(each, service=Service.UNVERIFIED) if each.item.id in hidden else each for each in served)
    return tuple(_named(each, (tagged or {}).get(each.item.id, ())) for each in known)


def _named(each: ServedItem, places: tuple[Location, ...]) -> ServedItem:
    """The item with the places that name it, in front of those of GRI's tags; a section is cited once."""
    if not places:
        return each
    sections = {place.section for place in places}
    others = (place for place in each.locations if place.section not in sections)
    return replace(each, service=Service.SERVED, locations=(*places, *others), tagged=True)


def with_frameworks(index: ContentIndex, crosswalks: Sequence[Crosswalk], catalogue: Catalogue) -> ContentIndex:
    """The index with the items of other frameworks that each row serves; rows of a crosswalk that nobody saw in a source are left out."""
    topics = Topics(index, catalogue)
    columns = [list(_column(index, crosswalk, topics)) for crosswalk in crosswalks]
    rows = tuple(replace(row, frameworks=tuple(column[at] for column in columns)) for at, row in enumerate(index.rows))
    return replace(index, rows=rows, frameworks=tuple(each.framework for each in crosswalks))


def _column(index: ContentIndex, crosswalk: Crosswalk, topics: Topics) -> Iterator[tuple[str, ...]]:
    """The items of one framework, row by row."""
    scope = TopicScope(crosswalk, topics)
    by_number: dict[str, list[Link]] = {}
    for link in crosswalk.links:
        if link.state.verified:
            by_number.setdefault(link.number, []).append(link)
    for row in index.rows:
        yield tuple(dict.fromkeys(link.item for link in by_number.get(row.number, ()) if scope.means(link, row)))


def _keys(link: Link, catalogue: Catalogue) -> Iterator[DisclosureKey]:
    """The disclosures that a row means."""
    yield from (key for key in catalogue.editions_of(link.number) if link.edition in ("", key.edition))


def _served(item: Item, links: Iterable[Link], rows: Mapping[str, list[IndexRow]], scope: TopicScope) -> ServedItem:
    best: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda each: _STRENGTH[each.relation]):
        best.setdefault((link.number, link.edition), link)
    found = {key: [row for row in rows.get(link.number, ()) if scope.means(link, row)] for key, link in best.items()}
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
