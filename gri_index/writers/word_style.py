"""The document that the Word index stands in: our own, or the author's house style.

A house style is a Word file: its styles, page setup, head, foot and theme colours are used, its
sample text is not. Where a paragraph says ``[[GRI content index]]`` and nothing else, the index
takes its place and all other text stays. Styles by name: ``GRI Index Text``, ``Head``, ``Band``,
``Standard`` and ``Note`` for paragraphs, ``GRI Index Table`` for the table; those that the house
style lacks are ours, in its font and its first accent colour.
Source: ISO 29500-1, 17.6 (sections), 17.7 (styles), 20.1.6 (themes).
"""

import io
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from gri_index.errors import InputError
from gri_index.language.labels import Labels, wordings
from gri_index.ooxml import check_parts, open_package, repack
from gri_index.ooxml import parse_xml as parse_part
from gri_index.writers.stamps import fixed_time

HOUSE_STYLE = "the house style template"
TABLE_STYLE = "GRI Index Table"
TEMPLATE = Path(__file__).with_name("template.docx")  # made by tools/make_word_template.py
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OURS = "1F4E5F"
_SHORT = 60  # characters
_DARK = 0.4  # of full brightness: white letters can be read on it
# East Asian fonts by language; Word substitutes where one is not installed.
_EAST_ASIAN = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "ja": "Yu Gothic", "ko": "Malgun Gothic"}
LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ja": "ja-JP", "ko": "ko-KR", "en": "en-GB"}


@cache
def index_mark() -> re.Pattern[str]:
    """Matches the mark of the place where the index goes: its title in any language, in double brackets."""
    titles = {r"\s*".join(map(re.escape, title.split())) for title in wordings("index-title").values()}
    spaced = {title.replace("GRI", r"GRI\s*") if title.startswith("GRI") else title for title in titles}
    return re.compile(rf"\s*\[\[\s*(?:{'|'.join(sorted(spaced, key=len, reverse=True))})\s*\]\]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Palette:
    """Attributes of the fills: of the head, of bands, of Standards, of cells in which nothing can be entered."""

    head: str
    band: str
    standard: str
    grey: str = 'w:fill="E2E2E2"'


_NARROWEST, _WIDEST = 1_440, 31_680  # an inch, and the 22 inches of Word's widest page


@dataclass(slots=True)
class Canvas:
    """A document, and the element before which the index is written."""

    document: Document
    at: etree._Element
    section: Section
    palette: Palette
    table_style: str = ""  # id of the author's own table style

    def add(self, xml: str) -> None:
        """Writes a paragraph or a table behind what was written before."""
        self.at.addprevious(parse_xml(xml))

    def style(self, name: str) -> str:
        """The id of a style; office programs write its name in large or small letters."""
        return next(str(each.style_id) for each in self.document.styles if (each.name or "").lower() == name.lower())

    @property
    def width(self) -> int:
        """Between the margins, in twentieths of a point; a damaged page counts as one that Word can have (ISO 29500-1, 17.6.13)."""
        width = (self.section.page_width or Cm(21)) - (self.section.left_margin or 0) - (self.section.right_margin or 0)
        return max(_NARROWEST, min(int(width / 635), _WIDEST))


def own_canvas(labels: Labels, *, landscape: bool) -> Canvas:
    """Our own document, with the fonts and the language of the output."""
    document = docx.Document(str(TEMPLATE))
    east = next((font for tag, font in _EAST_ASIAN.items() if labels.language.startswith(tag)), "")
    for name in ("Normal", "Heading 1", "Heading 2") if east else ():
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)
    _language(document, labels.language)
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(1.5) if landscape else Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    _number_pages(section)
    return Canvas(document, document.element.body[-1], section, _palette(_OURS))


def house_canvas(template: bytes, *, landscape: bool) -> Canvas:
    """The author's template; styles that it lacks are ours. Raises InputError for a file that is no Word document."""
    package = open_package(template, HOUSE_STYLE, "a Word document")
    check_parts(package, HOUSE_STYLE)
    document = docx.Document(package.fp)
    accent = _accent(document)
    _add_styles(document, accent or _OURS)
    _readable_head(document, accent or _OURS)
    mark = _mark(document)
    if mark is None:
        at = _emptied(document)
        section = document.sections[-1]
        if landscape:
            _turn(section)
    else:
        at = mark.getnext()
        section = _section_of(document, mark)
        document.element.body.remove(mark)
    tables = [style.style_id for style in document.styles if style.type == WD_STYLE_TYPE.TABLE and style.name == TABLE_STYLE]
    return Canvas(document, at, section, _palette(accent or _OURS, theme=bool(accent)), tables[0] if tables else "")


def _mark(document: Document) -> Any:
    """The paragraph that says where the index goes; None without one. Raises InputError where it cannot go there."""
    paragraphs = [each for each in document.element.body.iter(qn("w:p")) if index_mark().search(_text(each))]
    marks = [each for each in paragraphs if len(_text(each)) <= _SHORT]  # a longer one speaks of it
    right = [each for each in marks if index_mark().fullmatch(_text(each)) and each.getparent() is document.element.body]
    if len(marks) > 1 or len(right) < len(marks):
        raise InputError(
            f"{HOUSE_STYLE}: [[GRI content index]] has to stand once, in a paragraph by itself and in no table",
            hint="Move it, or take it out; without it the template's text is not printed.",
        )
    return right[0] if right else None


def starter(labels: Labels) -> bytes:
    """A house style to start from: our styles by name, our colour as the theme's accent, and how it is used."""
    canvas = own_canvas(labels, landscape=False)
    document = canvas.document
    theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(
        rb"<a:accent1>.*?</a:accent1>",
        b'<a:accent1><a:srgbClr val="%s"/></a:accent1>' % _OURS.encode(),
        theme.blob,
        flags=re.DOTALL,
    )
    for style in document.styles:  # the author changes sizes: lines grow with them, and titles take the accent colour
        if style.name.startswith("GRI Index"):
            style.paragraph_format.line_spacing = None
        if style.name.startswith(("GRI Index", "Heading")) and style.font.color.rgb == RGBColor.from_string(_OURS):
            style.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    document.add_heading(labels.words["index-title"], level=1)
    for line in labels.words["starter"].split("\n"):
        document.add_paragraph(line.strip(), style="GRI Index Text")
    for name in ("Text", "Band", "Standard", "Note", "Head"):
        document.add_paragraph(f"GRI Index {name}", style=f"GRI Index {name}")
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_OURS}" w:themeFill="accent1"/>')
    document.paragraphs[-1]._p.get_or_add_pPr().append(shade)  # white letters on the head's ground
    document.add_paragraph("Heading 2", style="Heading 2")
    core = document.core_properties
    core.author = core.title = core.last_modified_by = core.comments = ""
    core.created = core.modified = fixed_time()
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue())


def _number_pages(section: Section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = 1
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {text} </w:instrText>'))


def _text(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def _turn(section: Section) -> None:
    """A page in portrait is turned: seven columns need the width."""
    width, height = section.page_width, section.page_height
    if width and height and width < height:
        section.page_width, section.page_height = height, width
        section.orientation = WD_ORIENT.LANDSCAPE


def _emptied(document: Document) -> Any:
    """Takes the sample text out; the last section keeps the heads and feet that it took from those before it."""
    body = document.element.body
    last = body[-1] if len(body) and body[-1].tag == qn("w:sectPr") else body.get_or_add_sectPr()
    earlier = [each for each in body.iter(qn("w:sectPr")) if each is not last]
    for reference in (each for section in reversed(earlier) for each in section):
        if reference.tag in (qn("w:headerReference"), qn("w:footerReference")):
            kind = (reference.tag, reference.get(qn("w:type")))
            if kind not in [(each.tag, each.get(qn("w:type"))) for each in last]:
                last.insert(0, deepcopy(reference))
    for child in list(body):
        if child is not last:
            body.remove(child)
    return last


def _section_of(document: Document, mark: etree._Element) -> Section:
    """The section in which a paragraph stands: sections end with the paragraph that holds their properties."""
    ends = [each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for each in (mark, *mark.itersiblings(qn("w:p")))]
    own = next((each for each in ends if each is not None), None)
    return next((section for section in document.sections if section._sectPr is own), document.sections[-1])


# ── colours and styles ──


def _accent(document: Document) -> str:
    """The first accent colour of the theme (20.1.6.2); "" without one."""
    try:
        theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    except KeyError:
        return ""
    root = parse_part(theme, HOUSE_STYLE, "the theme")
    found = next(root.iter(f"{_DRAWING}accent1"), None)
    value = next((each.get("val") or each.get("lastClr") or "" for each in found), "") if found is not None else ""
    return value.upper() if re.fullmatch("[0-9A-Fa-f]{6}", value) else ""


def _palette(colour: str, *, theme: bool = False) -> Palette:
    """Fills made of one colour. ``theme``: Word is told that it is the theme's, and follows when that changes."""
    bound = ' w:themeFill="accent1"' if theme else ""
    return Palette(
        head=f'w:fill="{colour}"{bound}',
        band=f'w:fill="{_lighter(colour, 0.79)}"' + (f'{bound} w:themeFillTint="36"' if theme else ""),
        standard=f'w:fill="{_lighter(colour, 0.92)}"' + (f'{bound} w:themeFillTint="14"' if theme else ""),
    )


def _lighter(colour: str, share: float) -> str:
    """A colour with so much white in it."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue < _DARK


def _add_styles(document: Document, colour: str) -> None:
    """Our styles where the house style has none of that name, in its colour; the head's letters can be read on it."""
    known = {(style.name or "").lower() for style in document.styles}
    for style in docx.Document(str(TEMPLATE)).styles:
        if style.name.lower() in known or not style.name.startswith(("GRI Index", "Heading")):
            continue
        document.styles.element.append(deepcopy(style.element))
        added = next(each for each in document.styles if each.name == style.name)
        if style.font.color.rgb == RGBColor.from_string(_OURS):
            added.font.color.rgb = RGBColor.from_string(colour if _is_dark(colour) else "000000")


def _readable_head(document: Document, colour: str) -> None:
    """White letters on a dark head, black ones on a light one, where the author chose no other colour."""
    font = document.styles["GRI Index Head"].font
    if font.color.rgb is None or str(font.color.rgb) in ("FFFFFF", "000000"):
        font.color.rgb = RGBColor.from_string("FFFFFF" if _is_dark(colour) else "000000")


def _language(document: Document, language: str) -> None:
    """The document's language, so that spelling and line breaking know it (17.3.2.20)."""
    locale = LOCALES.get(language, language)
    east = language.split("-")[0] in ("zh", "ja", "ko")
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    other = "en-US" if east else "zh-CN"
    latin, asian = ("en-US", locale) if east else (locale, other)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{latin}" w:eastAsia="{asian}" w:bidi="ar-SA"/>'))
