"""Makes examples/report.*.docx from examples/report.*.md, with every Word carrier of tags.

    python -m tools.make_word_examples

Heading attributes become content controls; comments in the Markdown become, in turn,
Word comments, bookmarks, hidden text and index entry fields; visible tags stay visible,
one of them in a text box and one in a tracked insertion.
"""

import io
import re
import sys
from itertools import cycle
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gri_index.ooxml import repack
from gri_index.tags import format_reference, parse_marker
from gri_index.writers.stamps import fixed_time

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_PAGE = re.compile(r"<!--\s*page:\s*\d+\s*-->")
_GRI = re.compile(r"<!--\s*gri:\s*(.*?)\s*-->")
_ATTRIBUTE = re.compile(r"\s*\{gri=\"([^\"]*)\"\}\s*$")
_EAST = {"zh-Hans": "Microsoft YaHei"}


class Maker:
    """Turns Markdown tokens into a Word document."""

    def __init__(self, language: str) -> None:
        self.document: Document = docx.Document()
        self.carriers = cycle(("comment", "bookmark", "hidden", "index"))
        self.number = 100
        self.turn_page = False
        self.first_page = True
        self.heading: Paragraph | None = None
        self._set_up(language)

    def make(self, text: str) -> bytes:
        """The document of one Markdown report."""
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "html_block":
                self._mark(token.content)
            elif token.type == "heading_open":
                self._heading(tokens[position + 1].content, int(token.tag[1]))
            elif token.type == "paragraph_open":
                self._paragraph(tokens[position + 1].content, bullet=token.level > 0)
            elif token.type == "table_open":
                position = self._table(tokens, position)
            position += 1
        out = io.BytesIO()
        self.document.save(out)
        return repack(out.getvalue())

    def _set_up(self, language: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title"):
            style = self.document.styles[name]
            style.font.name = "Arial"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(attribute), None)
            fonts.set(qn("w:eastAsia"), _EAST.get(language, "Arial"))
        self.document.styles["Normal"].font.size = Pt(10.5)
        core = self.document.core_properties
        core.author, core.language, core.comments = "", language, ""
        core.created = core.modified = fixed_time()

    def _mark(self, content: str) -> None:
        if _PAGE.search(content):
            self.turn_page = not self.first_page
            self.first_page = False
        if found := _GRI.search(content):
            self._carry(next(self.carriers), found[1])

    def _add(self, text: str, style: str | None = None) -> Paragraph:
        """A paragraph; on a new page it opens with the break and the mark that Word's layout saves."""
        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(text)
        if self.turn_page:
            paragraph.paragraph_format.page_break_before = True
            run._r.insert(0, parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
            self.turn_page = False
        return paragraph

    def _heading(self, text: str, level: int) -> None:
        attribute = _ATTRIBUTE.search(text)
        text = _ATTRIBUTE.sub("", text)
        self.heading = self._add(text, "Title" if level == 1 else f"Heading {level - 1}")
        if attribute:
            self._control(self.heading, attribute[1])

    def _paragraph(self, text: str, *, bullet: bool) -> None:
        text = text.replace("**", "")
        if "305-4" in text:
            self._text_box(text)
            return
        paragraph = self._add(text, "List Bullet" if bullet else None)
        if text.endswith(("[GRI 206-1]", "［GRI 206-1］")):
            self._insertion(paragraph)
        self.heading = paragraph if self.heading is None else self.heading

    def _table(self, tokens: list[Token], position: int) -> int:
        rows: list[list[str]] = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.content)
            position += 1
        table: Table = self.document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
        table.autofit = False
        first = 4.6 if len(rows[0]) > 3 else 6.5
        others = (16.5 - first) / (len(rows[0]) - 1)
        for line, texts in zip(table.rows, rows, strict=True):
            for column, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
                cell.text, cell.width = text, Cm(others if column else first)
        self.document.add_paragraph()
        return position

    # ── carriers ──

    def _carry(self, carrier: str, codes: str) -> None:
        assert self.heading is not None
        marker = ", ".join(format_reference(reference) for reference in parse_marker(codes))
        if carrier == "comment":
            self.document.add_comment(self.heading.runs, text=marker, author="Editor", initials="E")
        elif carrier == "hidden":
            run = self.heading.add_run(f" {marker}")
            run.font.hidden = True
        elif carrier == "bookmark":
            for reference in parse_marker(codes):
                self._bookmark(self.heading, f"GRI_{reference.number}".replace("-", "_"))
        else:
            self._entry(self.heading, marker)

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        self.number += 1
        start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{self.number}" w:name="{name}"/>')
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.number}"/>'))

    @staticmethod
    def _entry(paragraph: Paragraph, marker: str) -> None:
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> XE "{marker}" </w:instrText>',
            '<w:fldChar w:fldCharType="end"/>',
        ):
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))

    def _control(self, paragraph: Paragraph, codes: str) -> None:
        marker = ", ".join(format_reference(reference) for reference in parse_marker(codes))
        self.number += 1
        control = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="GRI"/><w:tag w:val="{marker}"/><w:id w:val="{self.number}"/></w:sdtPr>'
            "<w:sdtContent/></w:sdt>"
        )
        paragraph._p.addprevious(control)
        control[-1].append(paragraph._p)

    @staticmethod
    def _insertion(paragraph: Paragraph) -> None:
        """The whole paragraph as a tracked insertion, with a deleted tag that must not count."""
        run = paragraph._p.r_lst[0]
        inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="900" w:author="Editor" w:date="2026-03-01T09:00:00Z"/>')
        run.addprevious(inserted)
        inserted.append(run)
        paragraph._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="901" w:author="Editor" w:date="2026-03-01T09:00:00Z">'
                '<w:r><w:delText xml:space="preserve"> [GRI 206-2]</w:delText></w:r></w:del>'
            )
        )

    def _text_box(self, text: str) -> None:
        """A text box as Word writes it: the drawing, and its older form for older programs."""
        content = f'<w:txbxContent><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:txbxContent>'
        box = (
            '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="700000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="1F4E5F"/></a:solidFill></a:ln></wps:spPr>'
            f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
        )
        drawing = (
            '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="700000"/><wp:docPr id="77" name="Text box"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"{box}</a:graphicData></a:graphic></wp:inline>"
        )
        names = (
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        )
        older = f'<w:pict><v:shape style="width:425pt;height:55pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
        run = self._add("").runs[0]._r
        run.append(
            parse_xml(
                f'<mc:AlternateContent {nsdecls("w", "wp", "a")} {names}><mc:Choice Requires="wps"><w:drawing>{drawing}</w:drawing>'
                f"</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
            )
        )


def main() -> int:
    for path in sorted(EXAMPLES.glob("report.*.md")):
        language = path.name.split(".")[1]
        target = path.with_suffix(".docx")
        target.write_bytes(Maker(language).make(path.read_text(encoding="utf-8")))
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
