"""The working list of our workbook: what it remembers, and how it comes back.

A column that is hidden remembers for each row which disclosure it is and what the
program wrote into it. So a row may be sorted, filtered and retyped, and on the way back
the author's entries are told from the program's own. Only those count as statements.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gri_index.language.heads import Role, roles_of
from gri_index.model.report import ReadProblem
from gri_index.model.working import WorkingList, WorkNotes, WorkRow, mark
from gri_index.readers.excel import MappingTable
from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import SheetRow, read_sheets
from gri_index.tags import parse_marker

COLUMNS, SHEETS = 20, 5  # of our own workbook, without the hidden column
MEMORY_HEAD = "gri-index:"  # goes on with the language of the workbook
_NOTHING = frozenset(("", "/", "-", "–", "—"))


def remember(number: str, edition: str, topic: str, status: str, marks: Iterable[str]) -> str:
    """What the hidden cell of a row holds; ``recall`` reads it back."""
    return "|".join((number, edition, status, ",".join(sorted(set(marks))), topic))


def recall(cell: str) -> tuple[str, str, str, frozenset[str], str] | None:
    """(number, edition, status, marks, topic) of a hidden cell, or None where it holds none."""
    parts = cell.split("|", 4)
    return (parts[0], parts[1], parts[2], frozenset(parts[3].split(",")) - {""}, parts[4]) if len(parts) == 5 else None


def read_working_list(content: bytes, name: str, known: Callable[[str], bool]) -> WorkingList | None:
    """The working list of a workbook; None where it has none. ``known``: whether a disclosure exists.

    Raises InputError where the file is no workbook.
    """
    sheets = read_sheets(content, name)
    for sheet in sheets:
        head = sheet.rows[0] if sheet.rows else None
        memory = next((c for c, cell in enumerate(head.cells) if cell.text.startswith(MEMORY_HEAD)), None) if head else None
        if head is not None and memory is not None:
            roles = roles_of([cell.text for cell in head.cells[:memory]])
            if Role.DISCLOSURE in roles:
                language = head.cells[memory].text.removeprefix(MEMORY_HEAD)
                found = _Reading(MappingTable(sheet, roles, sheet.rows[1:]), memory, known).result(language)
                return replace(found, extended=memory != COLUMNS or len(sheets) > SHEETS)
    return None


class _Reading:
    """Reads one sheet; rows of one disclosure and topic are brought together."""

    def __init__(self, table: MappingTable, memory: int, known: Callable[[str], bool]) -> None:
        self.table, self.memory, self.known = table, memory, known
        self.problems: list[ReadProblem] = []
        self.unplaced: list[tuple[str, ...]] = []
        column = table.roles[Role.DISCLOSURE]
        days = (row.cells[column].date for row in table.rows if column < len(row.cells))
        self.order = DateOrder((day for day in days if day), known)

    def result(self, language: str) -> WorkingList:
        grouped: dict[tuple[str, str, str], list[SheetRow]] = {}
        for row in self.table.rows:
            if key := self._key(row):
                grouped.setdefault(key, []).append(row)
            elif any(cells := tuple(cell.text for cell in row.cells[: self.memory])):
                self.unplaced.append(cells)
        rows = tuple(self._row(*key, rows) for key, rows in grouped.items())
        return WorkingList(language, rows, tuple(self.problems), unplaced=tuple(self.unplaced))

    def _key(self, row: SheetRow) -> tuple[str, str, str] | None:
        """(number, edition, topic): as remembered, else as the author typed it."""
        remembered = recall(row.text(self.memory))
        typed = self._typed(row, remembered[0] if remembered else "")
        if remembered and typed in ("", remembered[0]):
            return remembered[0], remembered[1], remembered[4]
        where = self._where(row)
        if not typed:
            if any(cell.text for cell in row.cells):
                self.problems.append(ReadProblem(where, "sheet-row", ()))
            return None
        if not self.known(typed):
            self.problems.append(ReadProblem(where, "sheet-number", (("text", typed[:60]),)))
            return None
        return typed, self.table.text(row, Role.EDITION), self.table.text(row, Role.TOPIC)

    def _typed(self, row: SheetRow, expected: str) -> str:
        column = self.table.roles[Role.DISCLOSURE]
        day = row.cells[column].date if column < len(row.cells) else None
        if day:
            number = self.order.number(day, expected)
            if number is None:
                self.problems.append(ReadProblem(self._where(row), "sheet-date", (("text", row.text(column)),)))
            return number or expected
        text = row.text(column).lstrip("'")
        found = re.match(r"(?:GRI\s*)?([\w.]+(?:-\d+)?)", text)
        return found[1] if found else text

    def _row(self, number: str, edition: str, topic: str, rows: list[SheetRow]) -> WorkRow:
        states = [state for row in rows if (state := recall(row.text(self.memory)))]
        written = frozenset[str]().union(*(state[3] for state in states))
        places = [place for row in rows for place in self._places(row)]
        omissions = [omission for row in rows for omission in self._omissions(row)]
        present = {mark(*place) for place in places} | {mark(*omission) for omission in omissions}
        status = self.table.text(rows[0], Role.STATUS)
        return WorkRow(
            number=number,
            edition=edition,
            topic=topic,
            where=self._where(rows[0]),
            notes=self._notes(rows),
            status="" if states and status == states[0][2] else status,
            places=tuple(dict.fromkeys(place for place in places if mark(*place) not in written)),
            omissions=tuple(dict.fromkeys(each for each in omissions if mark(*each) not in written)),
            removed=written - present,
        )

    def _notes(self, rows: list[SheetRow]) -> WorkNotes:
        def say(role: Role) -> str:
            return "\n".join(dict.fromkeys(text for row in rows if (text := self.table.text(row, role))))

        return WorkNotes(say(Role.WORKFLOW), say(Role.OWNER), say(Role.REVIEWER), say(Role.AGREED), say(Role.NOTE))

    def _places(self, row: SheetRow) -> Iterator[tuple[str, str]]:
        """(place, page label), a line each."""
        places = self.table.text(row, Role.SECTION).split("\n")
        pages = row.pages(self.table.roles.get(Role.PAGE)).split("\n")
        for position in range(max(len(places), len(pages))):
            place = places[position].strip() if position < len(places) else ""
            page = pages[position].strip() if position < len(pages) else ""
            if place not in _NOTHING or page not in _NOTHING:
                yield place, page

    def _omissions(self, row: SheetRow) -> Iterator[tuple[str, str, str]]:
        """(requirements, reason, explanation), a line each; a cell with fewer lines stands for the others too."""
        requirements, reasons, explanations = (
            [line.strip() for line in self.table.text(row, role).split("\n") if line.strip()]
            for role in (Role.OMITTED, Role.REASON, Role.EXPLANATION)
        )
        count = max(len(requirements), len(reasons))
        if len(explanations) > max(count, 1):  # one explanation in several lines
            explanations = [*explanations[: max(count, 1) - 1], " ".join(explanations[max(count, 1) - 1 :])]
        for position in range(max(count, len(explanations))):
            yield tuple(lines[min(position, len(lines) - 1)] if lines else "" for lines in (requirements, reasons, explanations))  # type: ignore[misc]

    def _where(self, row: SheetRow) -> str:
        return f"{self.table.sheet.name}, {row.number}"


def requirement_labels(text: str, number: str, all_words: Iterable[str]) -> tuple[str, ...] | None:
    """The labels that a cell names: "a", "2-21-a, c", "All"; None where it names none.

    >>> requirement_labels("2-21-a, c", "2-21", ["All"]), requirement_labels("all", "2-21", ["All"])
    (('a', 'c'), ())
    """
    folded = text.strip().casefold()
    if not folded or folded in {word.casefold() for word in all_words} or folded == number:
        return ()
    try:
        references = parse_marker(text if number in text else f"{number} {text}")
    except ValueError:
        return None
    return tuple(dict.fromkeys(label for each in references for label in each.requirements)) or None
