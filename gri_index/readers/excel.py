"""Mapping sheets: one row per disclosure and place, as consultants keep them beside a report.

Carrier: a row with a disclosure number. Columns are found by their heads, in any
language and order: disclosure, section, page, requirements, topic. A disclosure number
that the spreadsheet took for a date is recognised; what cannot be placed is named.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from gri_index.errors import InputError, TagSyntaxError
from gri_index.language.heads import Role, roles_of
from gri_index.language.lexicon import any_of, says
from gri_index.language.reasons import empty
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker
from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import Sheet, SheetRow, read_sheets
from gri_index.tags import parse_marker, scan, shaped

_HEAD_ROWS = 30  # a title, a date, a logo may stand above the table


def read(content: bytes, source: Source) -> Report:
    """The places that the sheets name. Raises InputError where no sheet is a mapping."""
    assembly = Assembly(source, whole=True)
    tables = [table for sheet in read_sheets(content, source.name) if (table := find_table(sheet))]
    tables = _working_list_alone(tables)
    if not tables:
        raise InputError(
            f"{source.name}: no sheet has a column of disclosures beside one of sections or pages",
            hint='Give the columns heads such as "Disclosure", "Section" and "Page".',
        )
    entries: dict[str, list[tuple[str, str, str]]] = {}
    for table in tables:
        for section, page, marker, text in _entries(table, assembly):
            entries.setdefault(section, []).append((page, marker, text))
    _assemble(entries, assembly)
    return assembly.finish()


def _assemble(entries: dict[str, list[tuple[str, str, str]]], assembly: Assembly) -> None:
    """Sections in the order of the sheet, those without a name first; a page number for each printed label."""
    pages: dict[str, int] = {}
    for section in sorted(entries, key=bool):
        first = entries[section][0][0]
        assembly.page(pages.setdefault(first, len(pages) + 1), first) if first else assembly.no_page()
        if section:
            assembly.add(BlockKind.HEADING, section, level=1)
        for page, marker, text in entries[section]:
            assembly.page(pages.setdefault(page, len(pages) + 1), page) if page else assembly.no_page()
            assembly.add(BlockKind.TABLE, text).markers.append(Marker(Carrier.SHEET, marker))


class MappingTable:
    """The part of a sheet below its head."""

    def __init__(self, sheet: Sheet, roles: dict[Role, int], rows: Sequence[SheetRow]) -> None:
        self.sheet, self.roles, self.rows = sheet, roles, rows

    def text(self, row: SheetRow, role: Role) -> str:
        """What a row says in the column of a role."""
        return row.text(self.roles.get(role))

    def numbers(self, known: Callable[[str], bool]) -> Iterator[tuple[SheetRow, str]]:
        """Each row with its disclosure as typed; a date is turned back where it can mean one number only."""
        column = self.roles[Role.DISCLOSURE]
        days = {
            row.number: (day, row.cells[column].form)
            for row in self.rows
            if column < len(row.cells) and (day := row.cells[column].date)
        }
        order = DateOrder(days.values(), known)
        for row in self.rows:
            yield row, (order.number(*days[row.number]) or "") if row.number in days else row.text(column)


def find_table(sheet: Sheet) -> MappingTable | None:
    """The table of a sheet that has disclosures beside places."""
    for position, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        roles = roles_of([cell.text for cell in row.cells])
        if Role.DISCLOSURE not in roles and Role.STANDARD in roles:  # "GRI Standard" over 302-1
            roles[Role.DISCLOSURE] = roles[Role.STANDARD]
        if Role.DISCLOSURE in roles and {Role.SECTION, Role.PAGE, Role.URL} & roles.keys():
            return MappingTable(sheet, roles, sheet.rows[position + 1 :])
    return None


def _working_list_alone(tables: list[MappingTable]) -> list[MappingTable]:
    """Our own workbook says the same on several sheets: the working list is the one to read."""
    own = [table for table in tables if Role.WORKFLOW in table.roles and Role.STATUS in table.roles]
    return own[:1] or tables


def _entries(table: MappingTable, assembly: Assembly) -> Iterator[tuple[str, str, str, str]]:
    """(section, page, marker, text of the row) of each place; what cannot be placed is kept as a problem."""
    section = ""
    if table.sheet.cut:
        assembly.problem(table.sheet.name, "sheet-cut", row=table.sheet.cut)
    for row, number in table.numbers(shaped):
        if _left_out(" ".join(table.text(row, role) for role in (Role.DISCLOSURE, Role.SECTION, Role.STATUS))):
            assembly.problem(f"{table.sheet.name}, {row.number}", "sheet-left-out", text=table.text(row, Role.DISCLOSURE)[:60])
            continue
        typed, where = table.text(row, Role.DISCLOSURE), f"{table.sheet.name}, {row.number}"
        places = [(title, page) for title, page in _places(table, row) if title or page]
        if not typed or not places:
            continue
        marker = _marker(number, table, row) if number else None
        if marker is None:
            assembly.problem(where, "sheet-number" if number else "sheet-date", text=typed[:60])
            continue
        for title, page in places:
            section = title or (section if Role.SECTION in table.roles else "")  # a section is often written once over its rows
            yield section, page, marker, " | ".join(cell.text for cell in row.cells if cell.text)


def _left_out(text: str) -> bool:
    """True for a row that says nothing is reported."""
    return says(text, "left-out", "reason-not-applicable")


def _places(table: MappingTable, row: SheetRow) -> Iterator[tuple[str, str]]:
    """(section, page) of each place that a row names, one per line of its cells."""
    sections = table.text(row, Role.SECTION).split("\n")
    pages = row.pages(table.roles.get(Role.PAGE)).split("\n")
    for position in range(max(len(sections), len(pages))):
        section = sections[min(position, len(sections) - 1)].strip()
        page = pages[position].strip() if position < len(pages) else ""
        yield ("" if empty(section) else section), ("" if empty(page) else page)


def _marker(number: str, table: MappingTable, row: SheetRow) -> str | None:
    """The row's disclosure in the tag grammar, with what other columns add to it."""
    try:
        references = parse_marker(number)
    except TagSyntaxError:
        number = _without_titles(number)
        if not number:
            return None
        references = parse_marker(number)
    if len(references) == 1 and (reference := references[0]).number:
        labels, topic, edition = (table.text(row, role) for role in (Role.REQUIREMENT, Role.TOPIC, Role.EDITION))
        if labels and not reference.requirements:
            parts = [part for part in re.split(rf"[;,\n&]|\s{any_of('and')}\s|\s+", labels) if part]
            number = _with(number, f" {', '.join(parts)}") if len(parts) > 1 else _with(number, f" {labels}")
        if edition and not reference.edition:
            number = _with(number, f" ({edition})")
        if topic and reference.number == "3-3" and not reference.topic:
            number = _with(number, f" [{topic}]")
    return number


def _without_titles(text: str) -> str:
    """The codes of a cell in which titles stand behind them, as GRI prints them: "GRI 302-1: Energy …"; "" without any."""
    pieces = [piece.strip() for piece in re.split(r"[\n;；]", text)]
    runs = [(piece, scan(piece, 0, bare=True)) for piece in pieces if piece]
    return ", ".join(piece[: run.end] for piece, run in runs if run)


def _with(number: str, addition: str) -> str:
    """The marker with an addition, where that still is a marker."""
    try:
        parse_marker(number + addition)
    except TagSyntaxError:
        return number
    return number + addition
