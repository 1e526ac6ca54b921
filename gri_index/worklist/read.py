"""Reads the working list of a workbook: the author's entries, told from what the program itself wrote.

Our own columns are known by their heads in the language of the workbook, wherever they
were moved to; others are the author's own and are kept. Nothing is passed over in
silence: what cannot be read, and what a new workbook will not have, is named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from gri_index.errors import TagSyntaxError
from gri_index.language.labels import Labels, load_labels, wordings
from gri_index.language.lexicon import whole
from gri_index.language.pages import read_pages
from gri_index.language.reasons import says_left_out
from gri_index.language.text import fold, plain
from gri_index.model.text import Message, message
from gri_index.model.working import Workflow, WorkingList, WorkNotes, WorkPlace, WorkRow, mark
from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import SheetCell, SheetRow, read_sheets
from gri_index.tags import parse_marker
from gri_index.worklist.find import Entered, ListHead, find_list, losses, with_entries
from gri_index.worklist.state import FIXED, RowMemory, recall_row, row_key

_SHORT = 40  # characters: longer words are an answer
_NO_PAGE = "\u2013"  # stands for a place without pages among others that have some


def read_working_list(
    content: bytes, name: str, known: Callable[[str], bool], entered: Entered | None = None
) -> WorkingList | None:
    """The working list of a workbook; None where it has none. ``known``: whether a disclosure exists.

    ``entered``: cells that are to be read in the place of those that stand there.
    Raises InputError where the file is no workbook.
    """
    sheets = read_sheets(content, name)
    head = next((each for sheet in sheets if (each := find_list(sheet))), None)
    if head is None:
        return None
    if head.memory is None:
        return WorkingList(losses=(message("list-unread", file=name),))
    head = with_entries(head, entered) if entered else head
    return replace(_Reading(head, known).result(), losses=tuple(losses(sheets, head, content)))


class _Reading:
    """Reads the rows; those of one disclosure and topic are brought together."""

    def __init__(self, head: ListHead, known: Callable[[str], bool]) -> None:
        assert head.memory is not None
        self.head, self.known, self.memory = head, known, head.memory
        self.labels = load_labels(head.memory.language)
        self.rows = head.sheet.rows[head.position + 1 :]
        self.problems: list[Message] = []
        self.unplaced: list[tuple[tuple[str, str], ...]] = []
        self.seen: set[str] = set()
        self.states = [state for row in self.rows if (state := self._recall(row))]
        column = head.columns.get("number", -1)
        cells = [row.cells[column] for row in self.rows if 0 <= column < len(row.cells)]
        self.order = DateOrder(((cell.date, cell.form) for cell in cells if cell.date), known)

    def result(self) -> WorkingList:
        grouped: dict[tuple[str, str, str], list[SheetRow]] = {}
        for row in self.rows:
            if key := self._key(row):
                grouped.setdefault(key, []).append(row)
            elif cells := self._cells(row):
                self.unplaced.append(cells)
        if self.head.sheet.cut:
            self._problem(self.head.sheet.name, "sheet-cut", row=self.head.sheet.cut)
        rows = tuple(self._row(*key, rows) for key, rows in grouped.items())
        return WorkingList(
            self.memory.language,
            rows,
            tuple(self.unplaced),
            own_columns=tuple(text for text, _ in self.head.own),
            deleted=tuple(key for key in self.memory.rows if key not in self.seen),
            problems=tuple(self.problems),
        )

    def _recall(self, row: SheetRow) -> RowMemory | None:
        return recall_row(row.text(self.head.memory_column), self.memory.id)

    # ── which row it is ──

    def _key(self, row: SheetRow) -> tuple[str, str, str] | None:
        """(number, edition, topic): as remembered, else as the author typed it."""
        remembered = self._recall(row)
        typed, _ = self._typed(row, remembered.number if remembered else "")
        if remembered:
            self.seen.add(row_key(remembered.number, remembered.edition, remembered.topic))
            if typed in ("", remembered.number):
                return remembered.number, remembered.edition, remembered.topic
        if not typed:
            if self._cells(row):
                self._problem(self._where(row), "sheet-row")
            return None
        if not self.known(typed):
            self._problem(self._where(row), "sheet-number", text=typed[:60])
            return None
        return self._joined(typed, self._text(row, "edition"), self._text(row, "topic"))

    def _joined(self, number: str, edition: str, topic: str) -> tuple[str, str, str]:
        """The row of the program's that a typed one goes on with, where it can be one only: a second place, say."""
        same = {
            (state.number, state.edition, state.topic)
            for state in self.states
            if state.number == number and edition in ("", state.edition) and plain(topic) in ("", plain(state.topic))
        }
        return same.pop() if len(same) == 1 else (number, edition, topic)

    def _typed(self, row: SheetRow, expected: str) -> tuple[str, tuple[str, ...]]:
        """(number, requirements) that the author sees in the row; a date is turned back."""
        column = self.head.columns.get("number", -1)
        cell = row.cells[column] if 0 <= column < len(row.cells) else SheetCell()
        if cell.date:
            number = self.order.number(cell.date, cell.form, expected)
            if number is None:
                self._problem(self._where(row), "sheet-date", text=row.text(column))
            return number or expected, ()
        text = fold(row.text(column if column >= 0 else None)).lstrip("'").strip()
        if text == expected or self.known(text):
            return text, ()
        try:
            references = parse_marker(text.split("\n")[0])
        except TagSyntaxError:
            return text, ()
        return (references[0].name, references[0].requirements) if len(references) == 1 else (text, ())

    # ── what it says ──

    def _row(self, number: str, edition: str, topic: str, rows: list[SheetRow]) -> WorkRow:
        states = [state for row in rows if (state := self._recall(row)) and state.number == number]
        tagged = frozenset[str]().union(*(state.tagged for state in states))
        told = {place: text for state in states for place, text in state.labels.items()}
        written = frozenset[str]().union(*(state.marks for state in states))
        derived = frozenset[str]().union(*(state.derived for state in states))
        places = [each for row in rows for each in self._entered(row, number, derived, tagged, told, written)]
        omissions = [omission for row in rows for omission in self._omissions(row)]
        present = {mark(each.place, each.pages) for each in places} | {mark(*omission) for omission in omissions}
        new = [each for each in places if mark(each.place, each.pages) not in written]
        entered = list(dict.fromkeys(each for each in omissions if mark(*each) not in written))
        for each in new:
            if read_pages(each.pages) is None:
                self._problem(self._where(rows[0]), "list-page", disclosure=number, text=each.pages[:60])
        named = self._text(rows[0], "topic")
        if states and topic and not named and "topic" in self.head.columns:
            self._problem(self._where(rows[0]), "list-topic-cleared", disclosure=number, topic=topic)
        return WorkRow(
            number=number,
            edition=edition,
            topic=topic,
            moved_to=named if states and plain(named) != plain(topic) else "",
            where=self._where(rows[0]),
            notes=self._notes(rows),
            status=self._status(rows[0], states[0].status if states else ""),
            assurance=self._assurance(rows[0], states[0].assurance if states else mark("")),
            places=tuple(dict.fromkeys(each for each in new if each.pages or not each.tagged)),
            omissions=tuple(entered),
            removed=written - present if self._complete() else frozenset(),
            fixed_changed=any(self._fixed_changed(row) for row in rows),
            cells=self._author_s(rows, (number, topic), new, entered) if states else self._together(rows),
        )

    def _together(self, rows: Sequence[SheetRow]) -> tuple[tuple[str, str], ...]:
        """The cells of rows that an author typed, those of one column in one cell."""
        texts: dict[str, dict[str, None]] = {}
        for row in rows:
            for name, text in self._cells(row):
                texts.setdefault(name, {}).setdefault(text)
        return tuple((name, "\n".join(several)) for name, several in texts.items())

    def _author_s(
        self,
        rows: Sequence[SheetRow],
        subject: tuple[str, str],
        places: Sequence[WorkPlace],
        omissions: Sequence[tuple[str, str, str]],
    ) -> tuple[tuple[str, str], ...]:
        """What an author entered in rows of the program's, with the number and the topic that they belong to.

        What the program wrote there has gone with its row, and must not come back as a statement.
        """
        heads = {head for head, _ in self.head.own} | {"workflow", "owner", "due", "reviewer", "agreed", "note"}
        untouched = {plain(word) for word in wordings("workflow-draft").values()}
        cells = [cell for cell in self._together(rows) if cell[0] in heads]
        if places:
            cells += [("sections", _lined(each.place for each in places)), ("pages", _lined(each.pages for each in places))]
        columns = zip(*omissions, strict=True)
        cells += [(name, _lined(texts)) for name, texts in zip(("requirements", "reason", "explanation"), columns, strict=False)]
        told = [cell for cell in cells if cell[0] != "workflow" or plain(cell[1]) not in untouched]
        named = (("number", subject[0]), *([("topic", subject[1])] if subject[1] else []))
        return (*named, *cells) if told else ()

    def _complete(self) -> bool:
        """False where a column of places or omissions is gone: what is not there was not deleted."""
        return {"sections", "pages", "requirements", "reason", "explanation"} <= self.head.columns.keys()

    def _fixed_changed(self, row: SheetRow) -> bool:
        state = self._recall(row)
        if state is None or any(name not in self.head.columns for name in FIXED):
            return False
        return mark(*(self._text(row, name) for name in FIXED)) != state.fixed

    def _status(self, row: SheetRow, written: str) -> str:
        status = self._text(row, "status")
        return "" if plain(status) == plain(written) else status

    def _assurance(self, row: SheetRow, written: str) -> str | None:
        text = self._text(row, "assurance")
        return None if "assurance" not in self.head.columns or mark(text) == written else text

    def _notes(self, rows: list[SheetRow]) -> WorkNotes:
        def say(name: str) -> str:
            return "\n".join(dict.fromkeys(text for row in rows if (text := self._text(row, name))))

        step = say("workflow")
        return WorkNotes(
            _workflow().get(plain(step), step), say("owner"), say("due"), say("reviewer"), say("agreed"), say("note")
        )

    def _entered(
        self, row: SheetRow, number: str, derived: frozenset[str], tagged: frozenset[str], told: Mapping[str, str],
        written: frozenset[str],
    ) -> Iterator[WorkPlace]:  # fmt: skip
        """The places of a row; words that say nothing is reported are none, and that is said."""
        _, requirements = self._typed(row, number)
        for place, page in self._places(row, written):
            pages = "" if mark(place, page) in derived else page
            if not page and place and mark(place) not in tagged and mark(place, page) not in written and _no_place(place):
                self._problem(self._where(row), "list-no-place", disclosure=number, text=place[:80])
                continue
            known = told.get(mark(place, pages), "")
            labels = requirements or (requirement_labels(known, number, self.labels) or () if known else ())
            yield WorkPlace(place, pages, labels, tagged=mark(place) in tagged)

    def _places(self, row: SheetRow, written: frozenset[str]) -> Iterator[tuple[str, str]]:
        """(place, pages), a line each; an answer of the profile stands as the program wrote it, "-" and "None" too."""
        places = self._text(row, "sections").split("\n")
        pages = row.pages(self.head.columns.get("pages")).split("\n")
        for position in range(max(len(places), len(pages))):
            place, page = (lines[position].strip() if position < len(lines) else "" for lines in (places, pages))
            if place and mark(place, page) in written:
                yield place, page
                continue
            place, page = ("" if text in (_NO_PAGE, "-", "/") else text for text in (place, page))
            page = "" if _nothing(page) else page
            if place or page:
                yield place, page

    def _omissions(self, row: SheetRow) -> Iterator[tuple[str, str, str]]:
        """(requirements, reason, explanation), a line each; a cell with fewer lines stands for the others too."""
        requirements, reasons, explanations = (
            [line.strip() for line in self._text(row, name).split("\n") if line.strip()]
            for name in ("requirements", "reason", "explanation")
        )
        count = max(len(requirements), len(reasons))
        if len(explanations) > max(count, 1):  # one explanation in several lines
            explanations = [*explanations[: max(count, 1) - 1], " ".join(explanations[max(count, 1) - 1 :])]
        for position in range(max(count, len(explanations))):
            line = (lines[min(position, len(lines) - 1)] if lines else "" for lines in (requirements, reasons, explanations))
            yield next(line), next(line), next(line)

    def _text(self, row: SheetRow, name: str) -> str:
        return row.text(self.head.columns.get(name))

    def _cells(self, row: SheetRow) -> tuple[tuple[str, str], ...]:
        """What the author sees in a row: our columns by their names, others by their heads."""
        columns = (*self.head.columns.items(), *self.head.own)
        return tuple((name, text) for name, column in columns if (text := row.text(column)))

    def _where(self, row: SheetRow) -> str:
        return f"{self.head.sheet.name}, {row.number}"

    def _problem(self, where: str, code: str, **args: object) -> None:
        self.problems.append(message(code, where=where, **args))


def _lined(texts: Iterable[str]) -> str:
    """Texts as the lines of a cell; "" where all are empty."""
    several = list(texts)
    return "\n".join(text or _NO_PAGE for text in several) if any(several) else ""


def _nothing(text: str) -> bool:
    return text == _NO_PAGE or whole("nothing").match(text) is not None


def _no_place(text: str) -> bool:
    """True for words that say that nothing is reported, or not yet where."""
    return any(whole(id).match(text) is not None for id in ("nothing", "no-place", "not-there")) or (
        len(text) <= _SHORT and says_left_out(text)
    )


@cache
def _workflow() -> dict[str, Workflow]:
    """Steps of the work by their words in all languages."""
    return {plain(word): step for step in Workflow for word in wordings(f"workflow-{step.value}").values()}


def requirement_labels(text: str, number: str, labels: Labels) -> tuple[str, ...] | None:
    """The labels that a cell names: "a", "2-21-a, c", "All" in any language; None where it names none.

    >>> requirement_labels("2-21-a, c", "2-21", load_labels()), requirement_labels("all", "2-21", load_labels())
    (('a', 'c'), ())
    """
    folded = fold(text).strip()
    everything: Iterable[str] = (labels.words["all-requirements"], *wordings("all-requirements").values())
    if not folded or plain(folded) in {plain(word) for word in everything} or folded == number:
        return ()
    try:
        listed = folded.replace(";", ",") if number in folded else f"{number} {folded.replace(';', ',').lower()}"
        references = parse_marker(listed)
    except TagSyntaxError:
        return None
    return tuple(dict.fromkeys(label for each in references for label in each.requirements)) or None
