"""Which row of the list belongs to which row of the index."""

from gri_index.language.text import plain
from gri_index.matching.entries import row_number
from gri_index.model.index import ContentIndex, IndexRow
from gri_index.model.working import WorkingList, WorkRow


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


def left_over(working: WorkingList, index: ContentIndex) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The cells of rows that belong to no row of the index: they stay at the end of the list."""
    finder = RowFinder(working, index)
    used = {id(row) for each in index.rows if (row := finder.of(each)) is not None}
    return (*working.unplaced, *(row.cells for row in working.rows if id(row) not in used and row.cells))
