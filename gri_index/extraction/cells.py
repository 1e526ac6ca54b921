"""Lines of an index and what their cells show: numbers, Standards, heads, several rows in one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gri_index.errors import TagSyntaxError
from gri_index.extraction.columns import CodeRow
from gri_index.extraction.sightings import code
from gri_index.extraction.titles import title_beside
from gri_index.extraction.tokens import token
from gri_index.language.heads import Role
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold
from gri_index.tags import parse_marker
from gri_index.tags.codes import standard_number

# Several numbers at the beginning of a cell: "2-2, 2-3, 2-4", "401-1/401-2", "305-1 to 305-3", "GRI 303-3, GRI 303-4".
_ONE = rf"(?:GRI\s?)?(?:{standard_number()})\s?-\s?\d{{1,2}}(?![\d%])"
_LISTED = re.compile(rf"^[\s*_]*{_ONE}(?:\s*(?:[,;/&\u3001]|-|~|{any_of('and', 'range-word')})\s*{_ONE})+")
_FIRST, _NEAR = 4, 90  # columns in which a number stands; characters before it


@dataclass(slots=True)
class IndexLine:
    """A line of the table: its cells, the label of the page it stands on, the number of its table, web addresses behind its words."""

    cells: tuple[str, ...]
    page: str = ""
    table: int = 0
    links: tuple[str, ...] = ()


def code_rows(lines: Sequence[IndexLine]) -> list[CodeRow]:
    """The lines that a number opens in one of the first cells: (cells, its column, the number)."""
    found = []
    for line in lines:
        for column, cell in enumerate(line.cells[:6]):
            if number := token(cell).number:
                found.append((line.cells, column, number))
                break
    return found


def is_head(cells: Sequence[str]) -> bool:
    """True for a line of heads: at least two that are known, one of them of places or numbers."""
    roles = [role for cell in cells if cell.strip() and (role := token(cell).head)]
    codes = any(token(cell).code for cell in cells)
    distinct = len({cell.strip() for cell in cells if cell.strip()})
    return not codes and distinct > 1 and len(set(roles)) >= 2 and bool({Role.PAGE, Role.SECTION, Role.DISCLOSURE} & set(roles))


def head_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a line that is a head; () for another."""
    return cells if is_head(cells) else ()


def second_head(cells: Sequence[str]) -> dict[int, Role]:
    """The heads that stand under a spanning "Omission"; empty for a line that is none."""
    roles = {column: token(cell).head for column, cell in enumerate(cells) if cell.strip()}
    wanted: dict[int, Role] = {
        column: role for column, role in roles.items() if role in (Role.OMITTED, Role.REASON, Role.EXPLANATION)
    }
    return wanted if len(wanted) >= 2 and len(wanted) == len(roles) else {}


def split_stacked(cells: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Several disclosures in one line of the table, a line each in every cell, as conversions leave them."""
    for column, cell in enumerate(cells[:3]):
        parts = [part for part in cell.split("\n") if part.strip()]
        starts = [number for number, part in enumerate(parts) if _opens_row(part)]
        numbers = {token(part).number for part in parts if _opens_row(part)}
        if len(numbers) > 1 and len(numbers) == len(starts) and starts[0] == 0:
            others = [[part for part in each.split("\n") if part.strip()] for each in cells]
            behind = [len(lines) for lines in others[column + 1 :]]
            if len(starts) in behind or all(lines <= 1 for lines in behind):
                ends = [*starts[1:], len(parts)]
                for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
                    # What stands before the numbers, the Standard, holds for all; so does a text with lines of its own.
                    yield tuple(
                        " ".join(parts[start:end])
                        if at == column
                        else lines[number]
                        if at > column and len(lines) == len(starts)
                        else " ".join(lines)
                        for at, lines in enumerate(others)
                    )
                return
    yield cells


def _opens_row(part: str) -> bool:
    """True for a line that a disclosure's number opens; "3.1 Climate action" is a section's, where no title of 3-1 follows."""
    found = token(part)
    return found.code is not None and (
        found.code["dash"] == "-" or title_beside(found.number, before="", after=found.folded[found.code.end() :])
    )


def number_first(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells with the number in front where a cell ends in it, or the end of a Standard's name stands before it."""
    if any(token(cell).code for cell in cells[:_FIRST]):
        return cells
    for column, cell in enumerate(cells[:_FIRST]):
        text = fold(cell)
        match = next((each for each in code().finditer(text) if each["dash"] == "-"), None)
        if match is None:
            continue
        before, after = text[: match.start()], text[match.end() :]
        number = f"{int(match['std'])}-{int(match['num'])}"
        if match.start() <= _NEAR and title_beside(number, before="", after=after):
            return (*cells[:column], cell[match.start() :], *cells[column + 1 :])
        bare = before.rstrip(" \t\r\n:").removesuffix("GRI").rstrip(" \t\r\n([")
        told = title_beside(number, before=bare, after="") or (re.search(r"[(\[][^)\]]*$", before) and len(bare) <= _NEAR)
        if told and not after.strip(" )].*_") and re.search(r"[^\W\d_]{3}", bare) and not token(text).standard and len(cells) > 1:
            return (*cells[:column], f"{match.group()} {cell[: len(bare)].strip()}", *cells[column + 1 :])
    return cells


def split_listed(cells: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row for each of several numbers that share one cell, with all that stands beside them."""
    for column, cell in enumerate(cells[:_FIRST]):
        listed = _LISTED.match(fold(cell))
        if listed is None:
            continue
        try:
            references = parse_marker(cell[: listed.end()].strip(" ,;:*_"))
        except TagSyntaxError:
            break
        numbers = list(dict.fromkeys(each.number for each in references if each.number))
        rest = cell[listed.end() :].strip()
        if len(numbers) > 1 and (rest or any(other.strip() for other in cells[column + 1 :])):
            for number in numbers:
                yield (*cells[:column], f"{number} {rest}".strip(), *cells[column + 1 :])
            return
    yield cells
