"""The reverse index of another framework as a workbook to print."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gri_index.language.labels import Labels
from gri_index.model.crosswalk import Crosswalk, ServedItem, Service
from gri_index.ooxml import repack
from gri_index.writers.crosswalk import disclosures_text, places_text
from gri_index.writers.excel_style import Style, landscape, put
from gri_index.writers.stamps import fix_modified, fixed_time

_COLUMNS = {"number": 12, "title": 44, "status": 18, "disclosure": 34, "location": 62}
_COLOURS = {
    Service.SERVED: "C9E7D0", Service.PARTLY: "FCE8B2", Service.OMITTED: "E3E3E3", Service.OPEN: "F6C7C3", Service.NOTHING: "EDF3F5",
}  # fmt: skip


def write_crosswalk(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The .xlsx: name and edition on top, then a row for each item. The same input gives the same bytes."""
    book, style = Workbook(), Style(labels)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = crosswalk.framework[:31]
    put(sheet, 1, 1, crosswalk.name, style.title)
    put(sheet, 2, 1, crosswalk.edition, style.plain)
    for column, (name, width) in enumerate(_COLUMNS.items(), start=1):
        put(sheet, 4, column, labels.words[f"column-{name}"], style.head)
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    for number, each in enumerate(items, start=5):
        values = (
            each.item.id,
            labels.pick(each.item.title),
            labels.words[f"service-{each.service}"],
            disclosures_text(each, labels),
            places_text(each, labels),
        )
        for column, value in enumerate(values, start=1):
            put(sheet, number, column, value, style.filled(style.text, _COLOURS[each.service]) if column == 3 else style.text)
        sheet.row_dimensions[number].height = style.height(list(zip(values, _COLUMNS.values(), strict=True)))
    sheet.row_dimensions[1].height = 28
    sheet.auto_filter.ref = f"A4:E{max(5, len(items) + 4)}"
    sheet.freeze_panes, sheet.print_title_rows = "C5", "4:4"
    sheet.sheet_view.showGridLines = False
    landscape(sheet)
    properties = book.properties
    properties.creator, properties.title, properties.language = "", crosswalk.name, labels.language
    properties.created = properties.modified = fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})
