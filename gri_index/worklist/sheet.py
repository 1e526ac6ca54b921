"""The working list as cells, before any file format: one row per disclosure and topic, with what the author entered before."""

from dataclasses import dataclass

from gri_index.catalogue.titles import standard_title
from gri_index.language.labels import Labels, status_words
from gri_index.language.text import plain
from gri_index.matching.coverage import compress
from gri_index.matching.entries import assurance_words, omission_line, omission_mark, place_line, place_mark, row_number
from gri_index.model.index import ContentIndex, IndexRow, Status
from gri_index.model.standards import Catalogue
from gri_index.model.terms import Origin
from gri_index.model.working import Workflow, WorkingList, WorkNotes, WorkRow, mark
from gri_index.worklist.rows import RowFinder, left_over
from gri_index.worklist.state import COLUMNS, FIXED, RowMemory, row_key

_OWN_WIDTH = 20  # of a column of the author's own, in characters
_NO_PAGE = "\u2013"  # a place without pages among others that have some: a blank line would be lost on the way


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the list; ``status`` and ``memory`` are empty for what the author left at its end."""

    values: tuple[str, ...]
    status: Status | None = None
    memory: str = ""


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The whole list."""

    heads: tuple[tuple[str, int], ...]  # (head, width in characters); the author's own columns come last
    rows: tuple[ListRow, ...]
    keys: tuple[str, ...]  # short keys of the rows that the program wrote


def lay_out_list(index: ContentIndex, working: WorkingList, catalogue: Catalogue, labels: Labels, book: str) -> ListLayout:
    """The list of an index, with the entries and the columns of the one that came back. ``book``: id of the workbook."""
    own = working.own_columns
    lister = _Lister(index, working, catalogue, labels)
    rows, keys = [], []
    for row in index.rows:
        values = lister.values(row)
        memory = lister.memory(row, values, book)
        keys.append(row_key(memory.number, memory.edition, memory.topic))
        rows.append(ListRow((*(values[name] for name in COLUMNS), *lister.own(row)), row.status, memory.text()))
    for cells in left_over(working, index):
        texts = dict(cells)
        rows.append(ListRow(tuple(texts.get(name, "") for name in (*COLUMNS, *own))))
    heads = [(labels.words[f"column-{name}"], width) for name, width in COLUMNS.items()]
    return ListLayout((*heads, *((head, _OWN_WIDTH) for head in own)), tuple(rows), tuple(keys))


def step_words(step: str, labels: Labels) -> str:
    """A step of the work in words; the author's own word as it is."""
    return labels.words[f"workflow-{step.value}"] if isinstance(step, Workflow) else step


def has_entries(working: WorkingList) -> bool:
    """True where the list that came back holds anything of the author's."""
    return bool(working.unplaced or working.own_columns) or any(
        row.places or row.omissions or row.removed or row.moved_to or row.notes.workflow not in ("", Workflow.DRAFT)
        or row.notes.owner or row.notes.due or row.notes.reviewer or row.notes.agreed or row.notes.note
        or row.assurance is not None
        for row in working.rows
    )  # fmt: skip


class _Lister:
    """Turns rows of the index into lines of the list."""

    def __init__(self, index: ContentIndex, working: WorkingList, catalogue: Catalogue, labels: Labels) -> None:
        self.own_columns, self.catalogue, self.labels = working.own_columns, catalogue, labels
        self.topics = {topic.id: topic.name for topic in index.topics}
        self.finder = RowFinder(working, index)

    def values(self, row: IndexRow) -> dict[str, str]:
        """The cells of a row by their columns."""
        labels, words = self.labels, self.labels.words
        disclosure = self.catalogue.disclosure(row.key) if row.key else None
        places = [place_line(location, labels) for location in row.locations]
        omissions = [omission_line(omission, labels) for omission in row.omissions]
        earlier = self.finder.of(row)
        notes = earlier.notes if earlier else WorkNotes()
        return {
            "number": row_number(row),
            "title": labels.pick(row.title),
            "standard-short": standard_title(self.catalogue.standard_of(row.key), labels)
            if row.key
            else labels.pick(row.source_title),
            "edition": row.key.edition if row.key else "",
            "topic": self._topic(row),
            "required": words["yes"] if row.required else words["no"],
            "status": status_words(row.status, labels),
            "sections": "\n".join(place or _NO_PAGE for place, _ in places),
            "pages": "\n".join(page or _NO_PAGE for _, page in places) if any(page for _, page in places) else "",
            "requirements-reported": self._reported(row),
            "requirements-missing": ", ".join(compress(row.coverage.missing, disclosure) if disclosure else ()),
            "requirements": "\n".join(line[0] for line in omissions),
            "reason": "\n".join(line[1] or _NO_PAGE for line in omissions),
            "explanation": "\n".join(line[2] or _NO_PAGE for line in omissions),
            "sector": "\n".join(row.sector_refs),
            "assurance": self._assurance(row, earlier),
            "workflow": step_words(notes.workflow or Workflow.DRAFT, labels),
            "owner": notes.owner,
            "due": notes.due,
            "reviewer": notes.reviewer,
            "agreed": notes.agreed,
            "note": notes.note,
        }

    def _assurance(self, row: IndexRow, earlier: WorkRow | None) -> str:
        """How far the row was assured; words of the author's that say no level stay as they are."""
        refused = earlier.assurance if earlier and not row.assurance_entered else None
        return refused or assurance_words(row, self.labels)

    def _reported(self, row: IndexRow) -> str:
        if row.key is None:
            return ""
        as_whole = row.coverage.reported and not row.itemised and row.status is not Status.PARTIAL and not row.coverage.omitted
        shown = compress(row.coverage.reported, self.catalogue.disclosure(row.key))
        return self.labels.words["all-requirements"] if as_whole else ", ".join(shown)

    def own(self, row: IndexRow) -> list[str]:
        """The cells of the author's own columns."""
        earlier = self.finder.of(row)
        cells = dict(earlier.cells) if earlier else {}
        return [cells.get(head, "") for head in self.own_columns]

    def memory(self, row: IndexRow, values: dict[str, str], book: str) -> RowMemory:
        """What the hidden cell remembers: marks of all that the author did not enter, or deleted."""
        earlier, labels = self.finder.of(row), self.labels
        tagged = [location for location in row.locations if location.origin is Origin.REPORT]
        told = [location for location in row.locations if location.origin is Origin.LIST and location.requirements]
        marks = {place_mark(each, labels) for each in row.locations if each.origin is not Origin.LIST and not each.pages_entered}
        marks |= {omission_mark(omission, labels) for omission in row.omissions if omission.origin is not Origin.LIST}
        return RowMemory(
            number=row_number(row),
            edition=values["edition"],
            topic=earlier.topic if earlier and self._is_moved(earlier, row) else values["topic"],
            status=values["status"],
            marks=frozenset(marks | (earlier.removed if earlier else frozenset())),
            fixed=mark(*(values[name] for name in FIXED)),
            derived=frozenset(
                place_mark(each, labels) for each in row.locations if each.origin is Origin.LIST and each.page is not None
            ),
            tagged=frozenset(mark(place_line(each, labels)[0]) for each in tagged),
            labels={
                mark(place_line(each, labels)[0], "" if each.page is not None else each.page_label): ", ".join(each.requirements)
                for each in told
            },
            book=book,
            assurance="" if row.assurance_entered else mark(assurance_words(row, labels)),
        )

    def _is_moved(self, earlier: WorkRow, row: IndexRow) -> bool:
        name = self.topics.get(row.topic)
        return bool(earlier.moved_to) and name is not None and plain(earlier.moved_to) in {plain(each) for each in name.all}

    def _topic(self, row: IndexRow) -> str:
        name = self.topics.get(row.topic)
        return self.labels.pick(name) if name else ""
