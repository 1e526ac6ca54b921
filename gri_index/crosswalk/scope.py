"""For which items a 3-3 counts: a report has one for each of its topics, and the one on privacy says nothing of waste."""

import re
from collections.abc import Iterable

from gri_index.model.crosswalk import Crosswalk, Link
from gri_index.model.index import ContentIndex, IndexRow
from gri_index.model.keys import DisclosureKey
from gri_index.model.standards import Catalogue

_MANAGEMENT = "3-3"
_UNIVERSAL = frozenset(("1", "2", "3"))


class Topics:
    """The disclosures of an index by the topics and the sections that they stand under."""

    def __init__(self, index: ContentIndex, catalogue: Catalogue) -> None:
        earlier = _predecessors(catalogue)
        self.topics: dict[str, set[str]] = {}
        self.sections: dict[str, set[str]] = {}
        for row in index.rows:
            if row.number == _MANAGEMENT:
                continue
            # and those whose place it took: crosswalks know 305-1 longer than 102-5
            numbers = {row.number, *(earlier.get(row.key, ()) if row.key else ())}
            if row.topic:
                self.topics.setdefault(row.topic, set()).update(numbers)
            for location in row.locations:
                self.sections.setdefault(location.section or "", set()).update(numbers)

    def beside(self, row: IndexRow) -> Iterable[str]:
        """The disclosures of the topic of a 3-3; of one that names none those that stand in its sections."""
        if row.topic:
            return self.topics.get(row.topic, ())
        return {number for location in row.locations if location.section for number in self.sections.get(location.section, ())}


def _predecessors(catalogue: Catalogue) -> dict[DisclosureKey, list[str]]:
    found: dict[DisclosureKey, list[str]] = {}
    for standard in catalogue.standards:
        for disclosure in standard.disclosures:
            for successor in disclosure.successors:
                if (
                    successor.key and len(catalogue.editions_of(disclosure.key.number)) == 1
                ):  # else the number means another thing now
                    found.setdefault(successor.key, []).append(disclosure.key.number)
    return found


class TopicScope:
    """Which rows of an index a link of the framework means."""

    def __init__(self, crosswalk: Crosswalk, topics: Topics) -> None:
        self.topics = topics
        self.standards: dict[str, set[str]] = {}  # item -> Standards of the disclosures that serve it
        self.groups: dict[str, set[str]] = {}  # group -> disclosures that serve its items
        for link in crosswalk.links:
            standard = link.number.partition("-")[0]
            if standard not in _UNIVERSAL:
                self.standards.setdefault(link.item, set()).add(standard)
                if link.state.verified:
                    self.groups.setdefault(_group(link.item), set()).add(link.number)

    def means(self, link: Link, row: IndexRow) -> bool:
        """True where the row is what the link speaks of: its edition, and for 3-3 a topic of the item."""
        if link.edition and not (row.key and row.key.edition == link.edition):
            return False
        if row.number != _MANAGEMENT or "any" in link.topics:
            return True
        wanted = set(link.topics) or self.standards.get(link.item) or self.groups.get(_group(link.item))
        return not wanted or any(number in wanted or number.partition("-")[0] in wanted for number in self.topics.beside(row))


def _group(item: str) -> str:
    """E1 of E1-2, A1 of A1.5: the chapter of a framework."""
    return re.split(r"[-.]", item)[0]
