"""Which rows were assured, and how far: the profile says so."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gri_index.model.index import IndexRow
from gri_index.model.keys import Reference
from gri_index.model.profile import Assurance, Profile


def with_assurance(rows: Iterable[IndexRow], profile: Profile) -> tuple[IndexRow, ...]:
    """The rows, those that an assurance covers with its level and the page of its statement."""
    return tuple(_row(row, profile.assured) for row in rows)


def _row(row: IndexRow, assured: Iterable[Assurance]) -> IndexRow:
    for each in assured:
        if any(_covers(reference, row) for reference in each.disclosures):
            return replace(row, assurance=each.level, assurance_pages=each.pages)
    return row


def _covers(reference: Reference, row: IndexRow) -> bool:
    """A whole Standard covers its disclosures; an edition only those of its own."""
    edition = row.key.edition if row.key else ""
    if reference.edition and reference.edition != edition:
        return False
    return reference.name in (row.number, row.key.standard if row.key else "", *row.sector_refs)


def not_listed(rows: Iterable[IndexRow], profile: Profile) -> Iterator[str]:
    """What is said to be assured and is no row of the index."""
    several = tuple(rows)
    for each in profile.assured:
        yield from (ref.name for ref in each.disclosures if not any(_covers(ref, row) for row in several))
