"""Makes gri_index/writers/template.docx, the lean document that the Word index starts from.

    python -m tools.make_word_template

python-docx's own template without what an index never uses: 160 table styles, the
styles of Word 2010's effects, the thumbnail. Fonts and sizes of our styles stand here.
"""

import io
import sys
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from gri_index.ooxml import repack
from gri_index.writers.stamps import fixed_time

TARGET = Path(__file__).resolve().parents[1] / "gri_index" / "writers" / "template.docx"
COLOUR = "1F4E5F"
KEPT = {"Normal", "Heading 1", "Heading 2", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}
# name, size in points, bold, colour
CELL_STYLES = (
    ("GRI Index Text", 8.5, False, ""),
    ("GRI Index Head", 8.5, True, "FFFFFF"),
    ("GRI Index Band", 10, True, COLOUR),
    ("GRI Index Standard", 8.5, True, ""),
    ("GRI Index Note", 8, False, "595959"),
)


def make() -> bytes:
    """The template's bytes."""
    document: Document = docx.Document()
    _drop_parts(document)
    for style in list(document.styles):
        if style.name not in KEPT:
            style.delete()
    for latent in document.styles.element.findall(qn("w:latentStyles")):
        document.styles.element.remove(latent)
    for name, size in (("Normal", 9.0), ("Heading 1", 20.0), ("Heading 2", 13.0)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor.from_string("000000" if name == "Normal" else COLOUR)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:hAnsi"), "Arial")
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(8)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(12)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(6)
    for name, size, bold, colour in CELL_STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = Pt(size * 1.32)  # fixed, so that Latin and East Asian cells of a row align
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
    core = document.core_properties
    core.author = core.title = core.comments = core.last_modified_by = core.keywords = ""
    core.created = core.modified = fixed_time()
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue())


def _drop_parts(document: Document) -> None:
    for holder in (document.part.package.rels, document.part.rels):
        for id, relation in list(holder.items()):
            if relation.reltype.rsplit("/", 1)[-1] in ("thumbnail", "stylesWithEffects", "customXml", "webSettings"):
                del holder[id]


def main() -> int:
    TARGET.write_bytes(make())
    print(TARGET, TARGET.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
