"""How far the index is: what is covered of each Standard, and what is open, where, and with whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gri_index.catalogue.titles import standard_title
from gri_index.language.labels import Labels
from gri_index.matching.entries import row_number
from gri_index.model.index import ContentIndex, IndexRow, Status
from gri_index.model.standards import Catalogue
from gri_index.model.working import WorkingList, WorkNotes
from gri_index.worklist.rows import RowFinder

OPEN = (Status.MISSING, Status.PARTIAL, Status.PLANNED)
_BAR = 20  # characters


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of a Standard, or of all: how many there are, and what became of them."""

    name: str
    rows: int
    reported: int
    omitted: int
    partial: int
    missing: int  # or planned

    @property
    def done(self) -> int:
        """Rows on which nothing is open."""
        return self.reported + self.omitted

    @property
    def bar(self) -> str:
        """The share that is done, as a bar of text."""
        filled = self.done * _BAR // self.rows if self.rows else 0
        return "\u2588" * filled + "\u2591" * (_BAR - filled)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row on which something is open."""

    number: str
    title: str
    topic: str
    status: Status
    missing: tuple[str, ...]  # requirements, where others are reported or omitted
    owner: str
    due: str
    near: str  # section that reports the next number of the Standard, else most of the topic: where one may look, or write


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of an index."""

    total: Coverage
    standards: tuple[Coverage, ...]
    open: tuple[OpenRow, ...]

    def open_by_owner(self) -> list[tuple[str, int]]:
        """(owner, open rows), most first; "" for nobody."""
        return Counter(row.owner for row in self.open).most_common()

    def open_by_topic(self) -> list[tuple[str, int]]:
        """(topic, open rows), most first; "" for the general disclosures."""
        return Counter(row.topic for row in self.open).most_common()


def progress(index: ContentIndex, working: WorkingList, catalogue: Catalogue, labels: Labels) -> Progress:
    """The state of ``index``, with the owners of the working list that came back."""
    finder, topics = RowFinder(working, index), {topic.id: labels.pick(topic.name) for topic in index.topics}
    by_standard: dict[str, list[IndexRow]] = {}
    for row in index.rows:
        name = standard_title(catalogue.standard_of(row.key), labels) if row.key else labels.pick(row.source_title)
        by_standard.setdefault(name, []).append(row)
    opened = tuple(
        OpenRow(
            number=row_number(row),
            title=labels.pick(row.title),
            topic=topics.get(row.topic, ""),
            status=row.status,
            missing=row.coverage.missing if row.status is Status.PARTIAL else (),
            owner=(notes := earlier.notes if (earlier := finder.of(row)) else WorkNotes()).owner,
            due=notes.due,
            near=near(row, index),
        )
        for row in index.rows
        if row.status in OPEN
    )
    return Progress(_coverage("", index.rows), tuple(_coverage(name, rows) for name, rows in by_standard.items()), opened)


def open_rows(index: ContentIndex) -> list[str]:
    """Numbers of the rows on which something is open that the claim requires."""
    return list(dict.fromkeys(row_number(row) for row in index.rows if row.required and row.status in OPEN))


def _coverage(name: str, rows: Sequence[IndexRow]) -> Coverage:
    counts = Counter(row.status for row in rows)
    return Coverage(
        name=name,
        rows=len(rows),
        reported=counts[Status.REPORTED] + counts[Status.REPORTED_WITH_OMISSIONS],
        omitted=counts[Status.OMITTED],
        partial=counts[Status.PARTIAL],
        missing=counts[Status.MISSING] + counts[Status.PLANNED],
    )


def near(row: IndexRow, index: ContentIndex) -> str:
    """The section of the next number that is reported, of the same Standard; else the one that reports most of the topic."""
    key = row.key
    same = [each for each in index.rows if key and each.key and each.key.standard == key.standard and _sections(each)]
    if key and same and key.number != "3-3":
        nearest = min(same, key=lambda each: abs(each.key.order[1] - key.order[1]) if each.key else 0)
        return _sections(nearest)[-1]
    found = Counter(name for each in index.rows if row.topic and each.topic == row.topic for name in _sections(each))
    return found.most_common(1)[0][0] if found else ""


def _sections(row: IndexRow) -> list[str]:
    return [place.section_title for place in row.locations if place.section_title]
