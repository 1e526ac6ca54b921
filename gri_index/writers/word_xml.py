"""Pieces of a Word table as XML: rows, cells, runs, fields. Source: ISO 29500-1, 17.3 (text), 17.4 (tables), 17.16 (fields)."""

import re
from html import escape

from gri_index.language.text import clean
from gri_index.writers.layout import Part


def table_row(cells: str, *, head: bool = False, split: bool = False) -> str:
    """A row. ``head``: it repeats on every page; ``split``: it may go on over a page."""
    properties = ("" if split else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def table_cell(content: str, width: int, *, fill: str = "", span: int = 1, align: str = "", without: str = "") -> str:
    """A table cell; ``fill``: attributes of its shading; ``without`` names the side ("top", "bottom") that gets no line."""
    parts = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    parts += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    parts += f'<w:tcBorders><w:{without} w:val="nil"/></w:tcBorders>' if without else ""
    parts += f'<w:shd w:val="clear" w:color="auto" {fill}/>' if fill else ""
    parts += f'<w:vAlign w:val="{align}"/>' if align else ""
    return f"<w:tc><w:tcPr>{parts}</w:tcPr>{content}</w:tc>"


def page_field(part: Part) -> str:
    """The page of a bookmark (ISO 29500-1, 17.16.5.40), counted anew when the document is opened (17.16.18, dirty)."""
    kinds = ('w:fldCharType="begin" w:dirty="true"', 'w:fldCharType="separate"', 'w:fldCharType="end"')
    begin, separate, end = (f"<w:r><w:fldChar {kind}/></w:r>" for kind in kinds)
    instruction = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {part.anchor} \\h </w:instrText></w:r>'
    return f"{begin}{instruction}{separate}{text_run(part.text)}{end}"


def text_run(text: str) -> str:
    """A run of plain text; a line may end behind a stroke between words."""
    text = clean(text)
    if "://" not in text and "www." not in text:
        text = re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])", "/\u200b", text)  # a line may end behind a stroke
    lines = text.split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines) + "</w:r>"
