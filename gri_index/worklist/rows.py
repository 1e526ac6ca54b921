"""Which row of the list belongs to which row of the index."""

from collections.abc import Mapping, Set
from dataclasses import replace

from gri_index.language.text import plain
from gri_index.matching.entries import row_number
from gri_index.model.index import ContentIndex, IndexRow
from gri_index.model.working import WorkingList, WorkRow

_MANAGEMENT = "3-3"


class RowFinder:
    """The row of the list that belongs to a row of the index."""

    def __init__(self, working: WorkingList, index: ContentIndex) -> None:
        self._topics = {topic.id: {plain(name) for name in topic.name.all} for topic in index.topics}
        self._numbers: dict[str, list[WorkRow]] = {}
        for row in working.rows:
            self._numbers.setdefault(row.number, []).append(row)
        self._count: dict[str, int] = {}
        for each in index.rows:
            self._count[row_number(each)] = self._count.get(row_number(each), 0) + 1

    def of(self, row: IndexRow) -> WorkRow | None:
        """The exact row; else one that the author typed without edition or topic."""
        number, edition = row_number(row), row.key.edition if row.key else ""
        names = self._topics.get(row.topic, {""})
        near = [each for each in self._numbers.get(number, ()) if each.edition in (edition, "")]
        moved = [each for each in near if each.moved_to and plain(each.moved_to) in names]
        exact = [each for each in near if plain(each.topic) in names]
        alone = [each for each in near if not each.topic] if self._count[number] == 1 else []
        return next(iter([*exact, *moved, *alone]), None)


def renamed_topics(working: WorkingList, topics: Mapping[str, Set[str]]) -> dict[str, str]:
    """Topics of the list that have another name now: those that are gone, and hold just the disclosures of one that is new.

    ``topics``: the names now -> the disclosures that the profile lists for them.
    """
    there: dict[str, set[str]] = {}
    for row in working.rows:
        if row.topic:
            there.setdefault(row.topic, set()).update({row.number} - {_MANAGEMENT})
    names = {plain(name) for name in topics}
    gone = {name: numbers for name, numbers in there.items() if plain(name) not in names and numbers}
    known = {plain(name) for name in there}
    new = {name: numbers for name, numbers in topics.items() if plain(name) not in known}
    found: dict[str, str] = {}
    for old, numbers in gone.items():
        same = [name for name, others in new.items() if others == numbers]
        if len(same) == 1 and sum(others == numbers for others in gone.values()) == 1:
            found[old] = same[0]
    return found


def under_new_names(working: WorkingList, renamed: Mapping[str, str]) -> WorkingList:
    """The list with its rows under the names that their topics have now. ``renamed``: former name -> new one."""
    names = {plain(old): new for old, new in renamed.items()}

    def called(topic: str) -> str:
        return names.get(plain(topic), topic)

    rows = tuple(replace(row, topic=called(row.topic), moved_to=called(row.moved_to)) for row in working.rows)
    return replace(working, rows=rows)


def left_over(working: WorkingList, index: ContentIndex) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The cells of rows that belong to no row of the index: they stay at the end of the list."""
    finder = RowFinder(working, index)
    used = {id(row) for each in index.rows if (row := finder.of(each)) is not None}
    return (*working.unplaced, *(row.cells for row in working.rows if id(row) not in used and row.cells))
