"""What changes between two publication dates: disclosures that fall out of force, with what replaces them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue, Successor


@dataclass(frozen=True, slots=True)
class Transition:
    """A disclosure in force on the first day and no longer on the second."""

    key: DisclosureKey
    until: datetime.date | None  # the last day for reports published
    successors: tuple[Successor, ...]


def transitions(catalogue: Catalogue, start: datetime.date, end: datetime.date) -> Iterator[Transition]:
    """What a report published on ``end`` cannot use any more though one published on ``start`` could.

    Validity follows the date of publication (effective dates of the Standards; early
    adoption of what comes is allowed and listed nowhere).
    """
    for disclosure in catalogue.disclosures():
        if catalogue.valid_on(disclosure.key, start) and not catalogue.valid_on(disclosure.key, end):
            until = disclosure.valid_until or catalogue.standard_of(disclosure.key).valid_until
            yield Transition(disclosure.key, until, disclosure.successors)
