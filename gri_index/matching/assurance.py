"""Which rows were assured, and how far: the profile says so, or the working list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gri_index.language.text import plain
from gri_index.model.index import IndexRow, IndexTopic
from gri_index.model.keys import Reference
from gri_index.model.profile import Assurance, Profile
from gri_index.model.terms import Origin


def with_assurance(rows: Iterable[IndexRow], profile: Profile, topics: Sequence[IndexTopic]) -> tuple[IndexRow, ...]:
    """The rows, those that an assurance covers with its level and the page of its statement."""
    names = {topic.id: {plain(name) for name in topic.name.all} for topic in topics}
    return tuple(_row(row, profile.assured, names.get(row.topic, set())) for row in rows)


def _row(row: IndexRow, assured: Iterable[Assurance], topic: set[str]) -> IndexRow:
    for each in assured:
        if (not each.topic or plain(each.topic) in topic) and any(_covers(reference, row) for reference in each.disclosures):
            entered = each.origin is Origin.LIST
            return replace(row, assurance=each.level, assurance_pages=each.pages, assurance_entered=entered)
    return row


def _covers(reference: Reference, row: IndexRow) -> bool:
    """A whole Standard covers its disclosures; an edition only those of its own."""
    edition = row.key.edition if row.key else ""
    if reference.edition and reference.edition != edition:
        return False
    return reference.name in (row.number, row.key.standard if row.key else "", *row.sector_refs)


def not_listed(rows: Iterable[IndexRow], profile: Profile) -> Iterator[str]:
    """What the profile says to be assured and is no row of the index."""
    several = tuple(rows)
    for each in profile.assured:
        if each.origin is Origin.PROFILE:
            yield from (ref.name for ref in each.disclosures if not any(_covers(ref, row) for row in several))
