"""The content index as a Word document, in GRI's own layout or in a house style.

python-docx makes the document and its styles; the table is written as XML in one go,
since it has several hundred cells. Source: ISO 29500-1, 17.4 (tables).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import deepcopy
from html import escape
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from lxml import etree

from gri_index.errors import InputError
from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.ooxml import check_parts, open_package, repack
from gri_index.writers.contents import Contents
from gri_index.writers.layout import Layout, Line, LineCell, LineKind, lay_out
from gri_index.writers.stamps import fixed_time
from gri_index.writers.word_columns import Columns, fitted

# What python-docx raises for a damaged file, at once or when something is written into it
_DAMAGED = (
    AttributeError, AssertionError, EOFError, LookupError, NotImplementedError, OSError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error, etree.LxmlError, PythonDocxError,
)  # fmt: skip
_HOUSE_STYLE = "the house style template"
_TEMPLATE = Path(__file__).with_name("template.docx")  # made by tools/make_word_template.py
_CM = 567  # twentieths of a point in a centimetre
_OMISSION = (3, 4, 5)  # columns of the long layout that stand under one head
_HEAD_FILL, _BAND_FILL, _STANDARD_FILL, _GREY = "1F4E5F", "CFE0E6", "EDF3F5", "E2E2E2"
_LONG_TEXT = 500  # characters; a longer cell may break over pages
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
# East Asian fonts by language; Word substitutes where one is not installed.
_EAST_ASIAN = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
_LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ja": "ja-JP", "ko": "ko-KR", "en": "en-GB"}


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The .docx of the printed index; it holds nothing private, published or not.

    ``publish``: it does not say that it is a draft.

    ``template``: a Word file whose styles, page setup, head and foot are used; what its
    body holds stays in front. Raises InputError for a template that cannot be used.
    """
    if template is None:
        return _written(contents, labels, None, publish)
    try:
        return _written(contents, labels, template, publish)
    except InputError:
        raise
    except _DAMAGED as error:
        raise InputError(
            f"{_HOUSE_STYLE}: damaged, or no Word document ({type(error).__name__})", hint="Save the template in Word as .docx."
        ) from error


def _written(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    document = _house_document(template) if template is not None else _own_document(labels)
    if template is None:
        _page(document, layout.long)
    elif layout.long:
        _turn_landscape(document)
    width = _text_width(document)
    document.add_heading(layout.title, level=1)
    if layout.draft and not publish:
        document.add_paragraph(clean(layout.draft), style="GRI Index Note")
    _append(document, _head_table(layout, width))
    document.add_paragraph(style="GRI Index Text")
    _append(document, _main_table(document, layout, width))
    for note in layout.notes:
        document.add_paragraph(clean(note), style="GRI Index Note")
    if layout.not_material:
        document.add_heading(layout.not_material_title, level=2)
        _append(document, _not_material_table(layout, width))
        document.add_paragraph(style="GRI Index Text")
    _properties(document, layout, labels)
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue())


# ── document ──


def _page(document: Document, long: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if long else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if long else WD_ORIENT.PORTRAIT
    side = Cm(1.5) if long else Cm(2)
    section.left_margin = section.right_margin = side
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {text} </w:instrText>'))


def _turn_landscape(document: Document) -> None:
    """A house style in portrait gets its last section turned: seven columns need the width."""
    section = document.sections[-1]
    width, height = section.page_width, section.page_height
    if width and height and width < height:
        section.page_width, section.page_height = height, width
        section.orientation = WD_ORIENT.LANDSCAPE


def _text_width(document: Document) -> int:
    """Width between the margins, in twentieths of a point."""
    section = document.sections[-1]
    width = (section.page_width or Cm(21)) - (section.left_margin or 0) - (section.right_margin or 0)
    return int(width / 635)


def _own_document(labels: Labels) -> Document:
    """Our own document, with the fonts and the language of the output."""
    document = docx.Document(str(_TEMPLATE))
    east = next((font for tag, font in _EAST_ASIAN.items() if labels.language.startswith(tag)), "")
    for name in ("Normal", "Heading 1", "Heading 2") if east else ():
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)
    _language(document, labels.language)
    return document


def _house_document(template: bytes) -> Document:
    """The author's template; styles that it lacks are ours."""
    package = open_package(template, _HOUSE_STYLE, "a Word document")
    check_parts(package, _HOUSE_STYLE)
    document = docx.Document(package.fp)
    known = {style.name for style in document.styles}
    for style in docx.Document(str(_TEMPLATE)).styles:
        if style.name not in known and style.name.startswith(("GRI Index", "Heading")):
            document.styles.element.append(deepcopy(style.element))
    return document


def _language(document: Document, language: str) -> None:
    """The document's language, so that spelling and line breaking know it (17.3.2.20)."""
    locale = _LOCALES.get(language, language)
    east = language.split("-")[0] in ("zh", "ja", "ko")
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    other = "en-US" if east else "zh-CN"
    latin, asian = ("en-US", locale) if east else (locale, other)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{latin}" w:eastAsia="{asian}" w:bidi="ar-SA"/>'))


def _properties(document: Document, layout: Layout, labels: Labels) -> None:
    """Title and language; no author: what is private stays out of a publication."""
    core = document.core_properties
    core.title, core.language = clean(layout.title), _LOCALES.get(labels.language, labels.language)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = fixed_time()
    core.revision = 1


# ── tables ──


def _append(document: Document, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def _table(widths: list[int], rows: str, *, lines: bool = True) -> str:
    side = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="A6B3B8"/>'
    borders = "".join(side.format(name) for name in (("top", "bottom", "insideH") if lines else ("bottom", "insideH")))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="130" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="1" w:val="0020"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: str, *, head: bool = False, split: bool = False) -> str:
    properties = ("" if split else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int, *, fill: str = "", span: int = 1, align: str = "", without: str = "") -> str:
    """A table cell; ``without`` names the side ("top", "bottom") that gets no line."""
    parts = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    parts += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    parts += f'<w:tcBorders><w:{without} w:val="nil"/></w:tcBorders>' if without else ""
    parts += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    parts += f'<w:vAlign w:val="{align}"/>' if align else ""
    return f"<w:tc><w:tcPr>{parts}</w:tcPr>{content}</w:tc>"


def _paragraph(runs: str, style: str, *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    text = clean(text)
    if "://" not in text and "www." not in text:
        text = re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])", "/\u200b", text)  # a line may end behind a stroke
    lines = text.split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines) + "</w:r>"


def _head_table(layout: Layout, width: int) -> str:
    left = int(4.6 * _CM)
    rows = "".join(
        _row(
            _cell(_paragraph(_run(label), "GRIIndexStandard"), left, fill=_STANDARD_FILL)
            + _cell(_paragraph(_run(value), "GRIIndexText"), width - left)
        )
        for label, value in layout.head
    )
    return _table([left, width - left], rows)


def _main_table(document: Document, layout: Layout, width: int) -> str:
    columns = fitted(layout, width)
    rows = [*_head_rows(layout, columns)]
    rows += [_line(document, line, columns) for line in layout.lines]
    return _table(list(columns.widths), "".join(rows))


def _head_rows(layout: Layout, columns: Columns) -> Iterator[str]:
    """Both rows of the head repeat on every page."""

    def head(text: str, width: int, **form: object) -> str:
        return _cell(_paragraph(_run(text), "GRIIndexHead"), width, fill=_HEAD_FILL, align="bottom", **form)  # type: ignore[arg-type]

    placed = list(zip(columns.shown, columns.widths, strict=True))
    if layout.long:  # nothing merged downwards: office programs cut repeated heads that are
        spanning = sum(width for column, width in placed if column in _OMISSION)
        cells = [
            head(layout.spanning, spanning, span=len(_OMISSION)) if column == _OMISSION[0] else head("", width, without="bottom")
            for column, width in placed
            if column not in _OMISSION[1:]
        ]
        yield _row("".join(cells), head=True)
    named = (head(layout.columns[column], width, without="" if column in _OMISSION else "top") for column, width in placed)
    yield _row("".join(named), head=True)


def _line(document: Document, line: Line, columns: Columns) -> str:
    if line.kind is not LineKind.ROW:
        band = line.kind is LineKind.BAND
        style, fill = ("GRIIndexBand", _BAND_FILL) if band else ("GRIIndexStandard", _STANDARD_FILL)
        text = _paragraph(_run(line.cells[0].text), style, keep=True)
        return _row(_cell(text, sum(columns.widths), fill=fill, span=len(columns.widths)))
    shown = [line.cells[column] for column in columns.shown]
    cells = (_content(document, cell, width) for cell, width in zip(shown, columns.widths, strict=True))
    return _row("".join(cells), split=any(len(cell.text) > _LONG_TEXT for cell in shown))


def _content(document: Document, cell: LineCell, width: int) -> str:
    paragraphs = []
    for paragraph in cell.paragraphs or ((),):
        runs = ""
        for part in paragraph:
            if part.url and _LINK.match(part.url):
                relation = document.part.relate_to(part.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                runs += f'<w:hyperlink r:id="{relation}">{_run(part.text)}</w:hyperlink>'
            else:
                runs += _run(part.text)
        paragraphs.append(_paragraph(runs, "GRIIndexText"))
    return _cell("".join(paragraphs), width, fill=_GREY if cell.grey else "")


def _not_material_table(layout: Layout, width: int) -> str:
    left = int(width * 0.35)
    widths = [left, width - left]
    head = "".join(
        _cell(_paragraph(_run(text), "GRIIndexHead"), each, fill=_HEAD_FILL)
        for text, each in zip(layout.not_material_columns, widths, strict=True)
    )
    rows = [_row(head, head=True)]
    for group in layout.not_material:
        title = _paragraph(_run(group.standard), "GRIIndexStandard", keep=True)
        rows.append(_row(_cell(title, width, fill=_STANDARD_FILL, span=2)))
        for topic, explanation in group.topics:
            cells = _cell(_paragraph(_run(topic), "GRIIndexText"), widths[0]) + _cell(
                _paragraph(_run(explanation), "GRIIndexText"), widths[1]
            )
            rows.append(_row(cells, split=len(explanation) > _LONG_TEXT))
    return _table(widths, "".join(rows))
