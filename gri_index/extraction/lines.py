"""Lines of the printed index in a report that was read: rows of tables, and plain lines where there is no table."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gri_index.catalogue import load_catalogue
from gri_index.errors import InputError
from gri_index.extraction.bands import ends_rows
from gri_index.extraction.cells import IndexLine
from gri_index.extraction.tokens import token
from gri_index.language.labels import wordings
from gri_index.language.lexicon import any_of
from gri_index.model.report import Block, BlockKind, PartRole, Report
from gri_index.model.working import MEMORY_HEAD
from gri_index.readers.text import decode
from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import MAX_COLUMNS, MAX_ROWS, Sheet, read_sheets

_PAGES_BETWEEN = 4
_FEW = 4  # rows
_BEFORE, _BEHIND = 12, 60  # blocks
_HEAD_ROWS = 30
_LOOKED_AT = 500  # rows of a sheet without an index: is it full of numbers?
_GAP = re.compile(r"\t|\s{3,}|\s\|\s")


def index_blocks(report: Report) -> Iterator[Block]:
    """The blocks of the parts that are a printed content index, gaps between its parts included."""
    regions = [(each.first, each.last) for each in report.excluded if each.why is PartRole.INDEX]
    joined: list[tuple[int, int]] = []
    for first, last in regions:
        if joined and _belongs_together(report, joined[-1][1], first):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    end = -1
    for first, last in joined:
        first, end = max(first, end + 1), max(end, _tail(report, last))
        yield from report.blocks[first : end + 1]


def _tail(report: Report, last: int) -> int:
    """The last row of tables that go on behind an index in its form: so many cells, and a Standard or nothing in the first."""
    page, wide, end = report.blocks[last].page, len(report.blocks[last].cells), last
    for block in report.blocks[last + 1 :]:
        if block.page is None or page is None or block.page - page > _PAGES_BETWEEN or not wide:
            break
        codes = any(token(cell).code for cell in block.cells[1:3])
        if len(block.cells) == wide and codes and (not block.cells[0].strip() or token(block.cells[0]).standard):
            end, page = block.id, block.page
    return end


def _belongs_together(report: Report, end: int, start: int) -> bool:
    """True for two parts of one index on pages close by, with rows of it between them."""
    one, other = report.blocks[end], report.blocks[start]
    near = one.page is None or other.page is None or other.page - one.page <= _PAGES_BETWEEN
    between = report.blocks[end + 1 : start]
    return near and (start - end <= 2 or any(token(cell).code for block in between for cell in block.cells[:4]))


def index_pages(report: Report) -> list[int]:
    """Numbers of the pages with the index, those between two parts of it included."""
    found: list[int] = []
    for excluded in report.excluded:
        if excluded.why is not PartRole.INDEX:
            continue
        pages = sorted({block.page for block in report.blocks[excluded.first : excluded.last + 1] if block.page is not None})
        if found and pages and pages[0] - found[-1] <= _PAGES_BETWEEN:
            found += range(found[-1] + 1, pages[0])
        found += [page for page in pages if page not in found]
    return sorted(set(found))


def texts_around(report: Report) -> Iterator[str]:
    """What stands in, shortly before and in the heads of the index: its title, the statement of use, GRI 1, the Sector Standards."""
    for excluded in report.excluded:
        if excluded.why is PartRole.INDEX:
            for block in report.blocks[max(0, excluded.first - _BEFORE) : excluded.last + 1]:
                yield block.text.replace("\n", " ")
    pages = set(index_pages(report))
    yield from dict.fromkeys(line for page in report.pages if page.number in pages for line in page.running)


def blocks_behind(report: Report) -> list[Block]:
    """What stands right behind the index under a heading of its own: the topics that are not material."""
    last = max((each.last for each in report.excluded if each.why is PartRole.INDEX), default=-1)
    found: list[Block] = []
    headings = 0
    # Its title may have been taken for the end of the index.
    start = next((at for at in range(max(0, last - _FEW), last + 1) if ends_rows(report.blocks[at].text)), last + 1)
    for block in report.blocks[start : start + _BEHIND] if last >= 0 else ():
        headings += block.kind is BlockKind.HEADING
        if headings > 1:
            break
        found.append(block)
    return found


def sheet_lines(content: bytes, name: str) -> tuple[list[IndexLine], list[str]]:
    """(lines of the sheets that hold the index, texts of the workbook). Raises InputError.

    The sheet with the most disclosure numbers, of two the first; others come with it where most of
    their numbers stand on no sheet before them: an index may have a sheet for each part.
    """
    sheets = _printed_sheets(read_sheets(content, name))
    numbers = [_numbers(sheet) for sheet in sheets]
    own = len(sheets) == 1 and sheets[0].name in wordings("sheet-index").values()
    if not numbers or max(map(len, numbers)) < (1 if own else _FEW):
        return [], [" | ".join(cell.text for cell in row.cells) for each in sheets for row in each.rows[:_LOOKED_AT]]
    taken, seen = set[int](), set[str]()
    for at in sorted(range(len(sheets)), key=lambda each: -len(numbers[each])):
        least = 1 if not taken or any(_head(sheets[at]) == _head(sheets[each]) for each in taken) else _FEW
        if len(numbers[at]) >= least and 2 * len(numbers[at] & seen) < len(numbers[at]):
            taken.add(at)
            seen |= numbers[at]
    lines = [IndexLine(cells, sheets[at].name, at + 1) for at in sorted(taken) for cells in _dated(sheets[at])]
    return lines, [" | ".join(cell.text for cell in row.cells) for at in sorted(taken) for row in sheets[at].rows[:40]]


def _head(sheet: Sheet) -> tuple[str, ...]:
    """What its first row says."""
    return tuple(cell.text for cell in sheet.rows[0].cells) if sheet.rows else ()


def _numbers(sheet: Sheet) -> set[str]:
    """The numbers of disclosures that open its rows."""
    return {number for row in sheet.rows for cell in row.cells[:4] if (number := token(cell.text).number)}


def _dated(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The rows, with the numbers that a spreadsheet made dates of turned back where it can be one only."""
    columns = Counter(at for row in sheet.rows for at, cell in enumerate(row.cells[:4]) if token(cell.text).number)
    column = max(columns, key=lambda at: columns[at], default=-1)
    cells = [row.cells[column] for row in sheet.rows if 0 <= column < len(row.cells)]
    order = DateOrder(((cell.date, cell.form) for cell in cells if cell.date), _exists)
    for row in sheet.rows:
        texts = [cell.text for cell in row.cells]
        if 0 <= column < len(texts) and (day := row.cells[column].date):
            texts[column] = order.number(day, row.cells[column].form) or texts[column]
        yield tuple(texts)


def _exists(number: str) -> bool:
    return bool(load_catalogue().editions_of(number))


def csv_lines(content: bytes, name: str) -> tuple[list[IndexLine], list[str]]:
    """(lines, texts) of a file of comma-separated values (RFC 4180), or of values parted by semicolons or tabs. Raises InputError."""
    text, _ = decode(content, name)
    head = text[:2_000].partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = [
            tuple(_bare(cell) for cell in row[:MAX_COLUMNS])
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            if any(row)
        ]
    except csv.Error as error:
        raise InputError(f"{name}: not a CSV file ({error})", hint="Save it again from your spreadsheet.") from None
    if len(rows) > MAX_ROWS:
        raise InputError(f"{name}: {len(rows)} rows, more than an index has", hint="Name the file that holds the index alone.")
    return [IndexLine(cells, "", 1) for cells in rows], [" | ".join(cells) for cells in rows[:40]]


def _bare(cell: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _printed_sheets(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Of a workbook of our own the sheet to print: the others have rows that are not printed."""
    own = any(cell.text.startswith(MEMORY_HEAD) for sheet in sheets for row in sheet.rows[:_HEAD_ROWS] for cell in row.cells)
    titles = wordings("sheet-index").values()
    return [sheet for sheet in sheets if sheet.name in titles] or sheets if own else sheets


def lines_of(report: Report) -> Iterator[IndexLine]:
    """The index's lines in reading order."""
    sections = {section.id: section.source for section in report.sections}
    labels = {(page.source, page.number): page.label or str(page.number) for page in report.pages}
    for block in index_blocks(report):
        page = labels.get((sections[block.section], block.page or 0), "")
        if block.cells:
            cells = tuple(re.sub(r"<br\s*/?>", "\n", cell) for cell in block.cells)
            yield IndexLine(cells, page, (block.table or 0) + 1, block.links)
        elif block.kind is BlockKind.HEADING:
            yield IndexLine((block.text,), page, 0, block.links)
        else:
            for line in block.text.split("\n"):
                yield IndexLine(tuple(plain_cells(line)), page, 0, block.links if "\n" not in block.text else ())


def plain_cells(line: str) -> list[str]:
    """A plain line as cells: by tabs and wide gaps, else code, title and what closes it."""
    parts = [part.strip() for part in _GAP.split(line.strip())]
    if len(parts) > 1:
        return parts
    match = token(line).code
    if match is None:
        return [line.strip()]
    rest = line[match.end() :].strip()
    tail = re.search(
        rf"(?:\s|^|\u2026|[.\u00b7_]{{2}})({any_of('page')}?\s?(?!(?:19|20)\d\d\b)\d{{1,4}}(?:\s?[-–,;&/]\s?\d{{1,4}})*)$", rest
    )
    tail = tail or re.search(rf"\s({any_of('page')}\s?\d{{1,4}}\b.*)$", rest)
    if tail:
        return [line[: match.end()].strip(), rest[: tail.start()].rstrip(" ._…·"), tail[1].strip()]
    return [line[: match.end()].strip(), rest]
