"""Another framework as a workbook: its reverse index, where it meets a second one, and its mapping to edit."""

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.crosswalk.between import Meeting
from gri_index.crosswalk.mapping import COLUMNS
from gri_index.language.labels import Labels
from gri_index.model.crosswalk import Crosswalk, Link, ServedItem, Service
from gri_index.ooxml import repack
from gri_index.writers.crosswalk import cells, heads, meeting_cells, meeting_heads, origin_text, title_of
from gri_index.writers.excel_style import Style, landscape, put
from gri_index.writers.stamps import fix_modified, fixed_time

_WIDTHS = (12, 44, 18, 34, 62)
_MEETING_WIDTHS = (12, 44, 12, 44, 14, 44)
_MAPPING_WIDTHS = (12, 44, 14, 12, 12, 14, 9, 16, 16, 60)
_STATUS = 2  # column of the colour
_COLOURS = {
    Service.SERVED: "C9E7D0", Service.PARTLY: "FCE8B2", Service.OMITTED: "E3E3E3", Service.OPEN: "F6C7C3", Service.NOTHING: "EDF3F5",
    Service.UNVERIFIED: "EDF3F5",
}  # fmt: skip


def write_crosswalk(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The .xlsx of a reverse index. The same input gives the same bytes."""
    rows = ((cells(each, labels), _COLOURS[each.service]) for each in items)
    notes = (crosswalk.edition, origin_text(crosswalk, labels))
    return _book(crosswalk.framework, (labels.pick(crosswalk.name), *notes), heads(labels), _WIDTHS, rows, labels)


def write_meetings(one: Crosswalk, other: Crosswalk, found: Sequence[Meeting], labels: Labels) -> bytes:
    """The .xlsx of the items in which two frameworks meet."""
    title = f"{title_of(one, labels)} \u2013 {title_of(other, labels)}"
    rows = ((meeting_cells(each, labels), "") for each in found)
    notes = (title, labels.words["crosswalk-derived"])
    return _book(f"{one.framework} {other.framework}", notes, meeting_heads(one, other, labels), _MEETING_WIDTHS, rows, labels)


def write_mapping(crosswalk: Crosswalk, labels: Labels) -> bytes:
    """The .xlsx of a framework's mapping, in the form that ``--mapping`` reads: to be edited, or to begin one's own with."""
    rows = ((row, "") for row in _mapping_rows(crosswalk, labels))
    return _book(crosswalk.framework, (labels.pick(crosswalk.name), crosswalk.edition), COLUMNS, _MAPPING_WIDTHS, rows, labels)


def _mapping_rows(crosswalk: Crosswalk, labels: Labels) -> Iterator[tuple[str, ...]]:
    links: dict[str, list[Link]] = {}
    for link in crosswalk.links:
        links.setdefault(link.item, []).append(link)
    for item in crosswalk.items:
        first = (item.id, labels.pick(item.title))
        if item.id not in links:
            yield (*first, *[""] * (len(COLUMNS) - 2))
        for link in links.get(item.id, ()):
            topics, paragraph = " ".join(link.topics), link.paragraph or item.paragraph
            known = (link.relation.value, link.state.value, link.requirement, link.edition)
            yield (*first, link.number, *known, topics, paragraph, link.source)


def _book(
    name: str,
    notes: Sequence[str],
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[tuple[Sequence[str], str]],
    labels: Labels,
) -> bytes:
    """A sheet to print: title and notes on top, then a row for each pair of cells and colour."""
    book, style = Workbook(), Style(labels)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name[:31]
    for number, note in enumerate(notes, start=1):
        put(sheet, number, 1, note, style.title if number == 1 else style.plain)
    head = len(notes) + 2
    for column, (text, width) in enumerate(zip(columns, widths, strict=True), start=1):
        put(sheet, head, column, text, style.head)
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = head + 1
    for last, (values, colour) in enumerate(rows, start=head + 1):
        for column, value in enumerate(values):
            look = style.filled(style.text, colour) if colour and column == _STATUS else style.text
            put(sheet, last, column + 1, value, look)
        sheet.row_dimensions[last].height = style.height(list(zip(values, widths, strict=True)))
    sheet.row_dimensions[1].height = 28
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{last}"
    sheet.freeze_panes, sheet.print_title_rows = f"C{head + 1}", f"{head}:{head}"
    sheet.sheet_view.showGridLines = False
    landscape(sheet)
    properties = book.properties
    properties.creator, properties.title, properties.language = "", notes[0], labels.language
    properties.created = properties.modified = fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})
