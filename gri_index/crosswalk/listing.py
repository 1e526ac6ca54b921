"""Parts of a report that list the items of a framework with their places: an index, a glossary, a contents list. They mark no place."""

import re
from collections.abc import Callable, Sequence

from gri_index.language.heads import Role, role_of
from gri_index.language.lexicon import any_of, matcher, whole
from gri_index.language.text import fold
from gri_index.model.report import Block, Report
from gri_index.tags.grammar import scan
from gri_index.tags.items import CodeReader

Table = tuple[str, int]
_HEAD_ROWS = 2  # of a table, in which its heads stand
_PLACES = frozenset({Role.SECTION, Role.URL, Role.DOCUMENT})
_LEADER = re.compile(r"(?:\.{4,}|\u2026{2,}|(?:\. ){4,})\s*\d{1,4}\s*$")
_FIGURE = re.compile(r"[+\u2013-]?\d[\d.,\u00a0 ]*(?:%|\s?[^\W\d]{1,6}\d?)?")


def table_of(block: Block) -> Table | None:
    """The table of a row, in its source; None for other blocks."""
    return (block.section.partition("#")[0], block.table) if block.table is not None else None


class Listing:
    """Which blocks of a report are such a part."""

    def __init__(self, report: Report, read: CodeReader) -> None:
        self.sections = {section.id for section in report.sections if _is_title(section.title)}
        rows: dict[Table, list[Block]] = {}
        for block in report.blocks:
            if table := table_of(block):
                rows.setdefault(table, []).append(block)
        self.tables = {table for table, several in rows.items() if _lists(several, read)}

    def holds(self, block: Block) -> bool:
        """True where the codes of a block are listed, and mark nothing."""
        return block.section in self.sections or table_of(block) in self.tables or _LEADER.search(block.text) is not None


def _is_title(title: str) -> bool:
    return matcher("listing-title").search(title) is not None


def _lists(rows: Sequence[Block], read: CodeReader) -> bool:
    """True for a table that lists codes with pages or places, or beside those of GRI."""
    heads = [block for block in rows[:_HEAD_ROWS] if not any(map(read.only, block.cells))]
    body = [block for block in rows if block not in heads and any(map(read.only, block.cells))]
    if not body or max(len(block.cells) for block in body) < 2:
        return False
    roles: dict[int, Role] = {}
    for block in heads:
        for column, cell in enumerate(block.cells):
            if whole("listing-head").match(cell):
                roles.setdefault(column, Role.SECTION)
            elif role := role_of(cell):
                roles.setdefault(column, role)
    if Role.PAGE in roles.values() or _share(body, lambda cells: any(_says_page(cell) for cell in cells)):
        return True
    if _share(body, lambda cells: _only_codes(cells, read)):
        return True
    figures = {
        column
        for column in range(max(len(block.cells) for block in body))
        if roles.get(column) is not Role.PAGE
        and _share(body, lambda cells, at=column: at < len(cells) and _FIGURE.fullmatch(cells[at].strip()) is not None)  # type: ignore[misc]
    }
    return bool(_PLACES & set(roles.values())) and not figures


def _share(rows: Sequence[Block], holds: Callable[[Sequence[str]], bool]) -> bool:
    """True where it holds for half of the rows."""
    return 2 * sum(holds(block.cells) for block in rows) >= len(rows)


def _says_page(cell: str) -> bool:
    return re.fullmatch(rf".{{0,60}}?{any_of('page')}\s?\d{{1,4}}(?:\s?[-,]\s?\d{{1,4}})*", fold(cell).strip()) is not None


def _only_codes(cells: Sequence[str], read: CodeReader) -> bool:
    """True for a row that says which code of GRI belongs to which of the framework."""
    said = [cell for cell in cells if cell.strip()]
    ours = [cell for cell in said if (run := scan(fold(cell), 0)) and not fold(cell)[run.end :].strip()]
    return len(said) > 1 and bool(ours) and all(cell in ours or read.only(cell) for cell in said)
