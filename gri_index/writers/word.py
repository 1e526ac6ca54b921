"""The content index as a Word document, in GRI's own layout or in a house style.

python-docx makes the document and its styles (``word_style``); the table is written as XML in
one go, since it has several hundred cells. Source: ISO 29500-1, 17.4 (tables).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls
from lxml import etree

from gri_index.errors import InputError
from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.ooxml import repack
from gri_index.writers.contents import Contents
from gri_index.writers.layout import Anchors, Layout, Line, LineCell, LineKind, lay_out
from gri_index.writers.links import is_link
from gri_index.writers.stamps import fixed_time
from gri_index.writers.word_columns import Columns, fitted, longest_word
from gri_index.writers.word_style import HOUSE_STYLE, LOCALES, Canvas, house_canvas, own_canvas
from gri_index.writers.word_xml import page_field, table_cell, table_row, text_run

# What python-docx raises for a damaged file, at once or when something is written into it
_DAMAGED = (
    AttributeError, AssertionError, EOFError, LookupError, NotImplementedError, OSError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error, etree.LxmlError, PythonDocxError,
)  # fmt: skip
_CM = 567  # twentieths of a point in a centimetre
_OMISSION = (3, 4, 5)  # columns of the long layout that stand under one head
_NARROW = 11_500  # twentieths of a point, some 20 cm: seven columns want more
_INDENT = 200  # of an omission under its row, in twentieths of a point
_LONG_TEXT = 500  # characters; a longer cell may break over pages


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool, *, anchors: Anchors | None = None) -> bytes:
    """The .docx of the printed index; it holds nothing private, published or not.

    ``publish``: it does not say that it is a draft. ``anchors``: of the report that the index is to stand in.

    ``template``: a Word file whose styles, colours, page setup, head and foot are used
    (``word_style``). Raises InputError for a template that cannot be used.
    """
    if template is None:
        return _written(contents, labels, None, publish, anchors)
    try:
        return _written(contents, labels, template, publish, anchors)
    except InputError:
        raise
    except _DAMAGED as error:
        raise InputError(
            f"{HOUSE_STYLE}: damaged, or no Word document ({type(error).__name__})", hint="Save the template in Word as .docx."
        ) from error


def _written(contents: Contents, labels: Labels, template: bytes | None, publish: bool, anchors: Anchors | None = None) -> bytes:
    parts = (contents.index, contents.profile, contents.catalogue, labels)
    layout = lay_out(*parts, paged=True, anchors=anchors)
    canvas = own_canvas(labels, landscape=layout.long) if template is None else house_canvas(template, landscape=layout.long)
    if layout.long and canvas.width < _NARROW:  # among other text of a house style
        layout = lay_out(*parts, paged=True, upright=True, anchors=anchors)
    _Index(canvas, layout).write(draft=bool(layout.draft) and not publish)
    return _saved(canvas, layout, labels)


def write_layout(layout: Layout, labels: Labels) -> bytes:
    """A laid out table as a Word document of its own, across the page."""
    canvas = own_canvas(labels, landscape=True)
    _Index(canvas, layout).write(draft=False)
    return _saved(canvas, layout, labels)


def _saved(canvas: Canvas, layout: Layout, labels: Labels) -> bytes:
    _properties(canvas, layout, labels)
    out = io.BytesIO()
    canvas.document.save(out)
    return repack(out.getvalue())


def _properties(canvas: Canvas, layout: Layout, labels: Labels) -> None:
    """Title and language; no author: what is private stays out of a publication."""
    core = canvas.document.core_properties
    core.title, core.language = clean(layout.title), LOCALES.get(labels.language, labels.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = fixed_time()
    core.revision = 1


class _Index:
    """Writes the index onto a canvas."""

    def __init__(self, canvas: Canvas, layout: Layout) -> None:
        self.canvas, self.layout, self.width = canvas, layout, canvas.width
        self.fill = canvas.palette
        names = ("Text", "Head", "Band", "Standard", "Note")
        self.styles = {name: canvas.style(f"GRI Index {name}") for name in names}
        self.styles |= {name: canvas.style(name) for name in ("Heading 1", "Heading 2")}

    def write(self, *, draft: bool) -> None:
        """Title, head, table, notes, and the topics that are not material."""
        layout, add = self.layout, self.canvas.add
        add(self._alone(layout.title, "Heading 1"))
        if draft:
            add(self._alone(layout.draft, "Note"))
        add(self._head_table())
        add(self._gap())
        add(self._main_table())
        for note in layout.notes:
            add(self._alone(note, "Note"))
        if layout.not_material:
            add(self._alone(layout.not_material_title, "Heading 2"))
            add(self._not_material_table())
        if layout.not_material or not layout.notes:
            add(self._gap(small=True))

    def _alone(self, text: str, style: str) -> str:
        """A paragraph of its own."""
        return self._paragraph(text_run(text), style).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)

    def _gap(self, *, small: bool = False) -> str:
        """An empty paragraph: Word wants one behind a table; the last of all is so low that no page begins with it."""
        low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>' if small else ""
        return f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{self.styles["Text"]}"/>{low}</w:pPr></w:p>'

    # ── tables ──

    def _table(self, widths: list[int], rows: str, *, headed: bool = True) -> str:
        """A table; the author's own table style sets its lines and its head, where there is one."""
        side = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="A6B3B8"/>'
        borders = "".join(side.format(name) for name in ("top", "bottom", "insideH"))
        own = self.canvas.table_style
        form = f'<w:tblStyle w:val="{own}"/>' if own else ""
        drawn = "" if own else f"<w:tblBorders>{borders}</w:tblBorders>"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl {nsdecls("w", "r")}><w:tblPr>{form}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{drawn}'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="130" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:firstRow="{int(headed)}" w:val="{"0020" if headed else "0000"}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )

    def _paragraph(self, runs: str, style: str, *, keep: bool = False) -> str:
        kept = "<w:keepNext/>" if keep else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.styles[style]}"/>{kept}</w:pPr>{runs}</w:p>'

    def _head_table(self) -> str:
        words = max((longest_word(label) for label, _ in self.layout.head), default=0)
        left = int(max(min(4.6 * _CM, 0.3 * self.width), min(1.1 * words + 275, 0.5 * self.width)))
        rows = "".join(
            table_row(
                table_cell(self._paragraph(text_run(label), "Standard"), left, fill=self.fill.standard)
                + table_cell(self._paragraph(text_run(value), "Text"), self.width - left)
            )
            for label, value in self.layout.head
        )
        return self._table([left, self.width - left], rows, headed=False)

    def _main_table(self) -> str:
        columns = fitted(self.layout, self.width)
        rows = [*self._head_rows(columns)]
        lines = self.layout.lines
        for line, below in zip(lines, [*lines[1:], None], strict=False):
            rows.append(self._line(line, columns, keep=below is not None and below.kind is LineKind.OMISSION))
        return self._table(list(columns.widths), "".join(rows))

    def _head_rows(self, columns: Columns) -> Iterator[str]:
        """Both rows of the head repeat on every page."""

        def head(text: str, width: int, **form: object) -> str:
            fill = "" if self.canvas.table_style else self.fill.head
            return table_cell(self._paragraph(text_run(text), "Head"), width, fill=fill, align="bottom", **form)  # type: ignore[arg-type]

        layout, placed = self.layout, list(zip(columns.shown, columns.widths, strict=True))
        if layout.long:  # nothing merged downwards: office programs cut repeated heads that are
            spanning = sum(width for column, width in placed if column in _OMISSION)
            cells = [
                head(layout.spanning, spanning, span=len(_OMISSION))
                if column == _OMISSION[0]
                else head("", width, without="bottom")
                for column, width in placed
                if column not in _OMISSION[1:]
            ]
            yield table_row("".join(cells), head=True)
        over = {column for column in _OMISSION if layout.long}
        named = (
            head(layout.columns[column], width, without="top" if layout.long and column not in over else "")
            for column, width in placed
        )
        yield table_row("".join(named), head=True)

    def _line(self, line: Line, columns: Columns, *, keep: bool) -> str:
        """``keep``: with the line below, which speaks of this one."""
        if line.kind is LineKind.OMISSION:
            text = self._content(line.cells[0], sum(columns.widths), span=len(columns.widths), without="top", indent=True)
            return table_row(text, split=len(line.cells[0].text) > _LONG_TEXT)
        if line.kind is not LineKind.ROW:
            band = line.kind is LineKind.BAND
            style, fill = ("Band", self.fill.band) if band else ("Standard", self.fill.standard)
            text = self._paragraph(text_run(line.cells[0].text), style, keep=True)
            return table_row(table_cell(text, sum(columns.widths), fill=fill, span=len(columns.widths)))
        shown = [line.cells[column] for column in columns.shown]
        without = "bottom" if keep else ""
        cells = (
            self._content(cell, width, keep=keep, without=without) for cell, width in zip(shown, columns.widths, strict=True)
        )
        return table_row("".join(cells), split=any(len(cell.text) > _LONG_TEXT for cell in shown))

    def _content(
        self, cell: LineCell, width: int, *, keep: bool = False, span: int = 1, without: str = "", indent: bool = False
    ) -> str:
        paragraphs = []
        for paragraph in cell.paragraphs or ((),):
            runs = ""
            for part in paragraph:
                if is_link(part.url):
                    relation = self.canvas.document.part.relate_to(part.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                    runs += f'<w:hyperlink r:id="{relation}">{text_run(part.text)}</w:hyperlink>'
                elif part.anchor:
                    shown = page_field(part) if part.counted else text_run(part.text)
                    runs += f'<w:hyperlink w:anchor="{part.anchor}" w:history="1">{shown}</w:hyperlink>'
                else:
                    runs += text_run(part.text)
            paragraphs.append(self._paragraph(runs, "Text", keep=keep))
        text = "".join(paragraphs)
        if indent:
            text = text.replace("</w:pPr>", f'<w:ind w:left="{_INDENT}"/></w:pPr>')
        return table_cell(text, width, fill=self.fill.grey if cell.grey else "", span=span, without=without)

    def _not_material_table(self) -> str:
        left = int(self.width * 0.35)
        widths = [left, self.width - left]
        fill = "" if self.canvas.table_style else self.fill.head
        head = "".join(
            table_cell(self._paragraph(text_run(text), "Head"), each, fill=fill)
            for text, each in zip(self.layout.not_material_columns, widths, strict=True)
        )
        rows = [table_row(head, head=True)]
        for group in self.layout.not_material:
            title = self._paragraph(text_run(group.standard), "Standard", keep=True)
            rows.append(table_row(table_cell(title, self.width, fill=self.fill.standard, span=2)))
            for topic, explanation in group.topics:
                cells = table_cell(self._paragraph(text_run(topic), "Text"), widths[0]) + table_cell(
                    self._paragraph(text_run(explanation), "Text"), widths[1]
                )
                rows.append(table_row(cells, split=len(explanation) > _LONG_TEXT))
        return self._table(widths, "".join(rows))
