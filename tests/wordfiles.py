"""Word files made from a few lines of XML."""

import io
import zipfile

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = f"""<w:styles {NAMES}>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relations(*kinds: str) -> str:
    """The parts that the text has."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = (f'<Relationship Id="r{at}" Type="{office}/{kind}" Target="{kind}.xml"/>' for at, kind in enumerate(kinds, start=1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def run(text: str, properties: str = "") -> str:
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    content = content if content.startswith("<") else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def heading(text: str) -> str:
    return paragraph(text, "1")


def table(*rows: tuple[str, ...]) -> str:
    lines = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def docx(body: str, *, styles: str = STYLES, document: str = "", **parts: str) -> bytes:
    """A package with ``body``; ``parts``: other members of word/, such as comments."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        )
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", document or f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles.xml", styles)
        if "_rels/document.xml.rels" not in parts:
            package.writestr("word/_rels/document.xml.rels", relations("styles", *(name for name in parts if "." not in name)))
        for name, content in parts.items():
            package.writestr(f"word/{name}" if "." in name else f"word/{name}.xml", content)
    return out.getvalue()


def notes(kind: str, **texts: str) -> str:
    """A part of comments or footnotes: id -> text."""
    items = "".join(f'<w:{kind} w:id="{id[1:]}">{paragraph(text)}</w:{kind}>' for id, text in texts.items())
    return f"<w:{kind}s {NAMES}>{items}</w:{kind}s>"
