"""Items of two frameworks that meet in a disclosure of GRI: derived, and never more than a pointer for a person to check.

Equivalence passes a relation on; two partial ones leave the same subject; what is merely related leads no further.
3-3 joins nothing, since it stands for every topic.
"""

from dataclasses import dataclass

from gri_index.model.crosswalk import Crosswalk, Item, Link, Relation

_MANAGEMENT = "3-3"
_JOINED = {
    (Relation.EQUIVALENT, Relation.EQUIVALENT): Relation.EQUIVALENT,
    (Relation.EQUIVALENT, Relation.PARTIAL): Relation.PARTIAL,
    (Relation.PARTIAL, Relation.EQUIVALENT): Relation.PARTIAL,
    (Relation.PARTIAL, Relation.PARTIAL): Relation.RELATED,
}
_STRENGTH = (Relation.EQUIVALENT, Relation.PARTIAL, Relation.RELATED)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An item of one framework and one of another, with the disclosures in which they meet."""

    item: Item
    other: Item
    relation: Relation
    numbers: tuple[str, ...]


def between(one: Crosswalk, other: Crosswalk, *, unverified: bool = False) -> tuple[Meeting, ...]:
    """What of the second framework each item of the first may serve, in the order of both. ``unverified``: rows count too that nobody saw."""
    behind: dict[str, list[Link]] = {}
    for link in _counting(other, unverified):
        behind.setdefault(link.number, []).append(link)
    found: dict[tuple[str, str], dict[str, Relation]] = {}
    for link in _counting(one, unverified):
        for far in behind.get(link.number, ()):
            joined = _JOINED.get((link.relation, far.relation))
            if joined and _same(link.edition, far.edition) and _same(link.requirement, far.requirement):
                found.setdefault((link.item, far.item), {})[link.number] = joined
    order = {item.id: at for at, item in enumerate(other.items)}
    items, others = ({item.id: item for item in each.items} for each in (one, other))
    return tuple(
        Meeting(
            items[near],
            others[far],
            min(found[near, far].values(), key=_STRENGTH.index),
            tuple(found[near, far]),
        )
        for item in one.items
        for near, far in sorted((pair for pair in found if pair[0] == item.id), key=lambda pair: order[pair[1]])
    )


def _counting(crosswalk: Crosswalk, unverified: bool) -> list[Link]:
    return [link for link in crosswalk.links if link.number != _MANAGEMENT and (unverified or link.state.verified)]


def _same(one: str, other: str) -> bool:
    """True where one of them means the whole, or both the same; "b" holds "b-i"."""
    return not one or not other or one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
