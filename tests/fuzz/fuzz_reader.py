"""Coverage-guided fuzzing of one reader. Not part of ``make test``.

    pip install atheris
    python tests/fuzz/fuzz_reader.py NAME [-runs=100000 -max_len=20000 …]

NAME: word, excel, markdown, html, text, lines (what the PDF reader does with PDFium's
lines; PDFium itself is fuzzed by fuzz_pdfium.py), grammar. Whatever comes in, a reader
returns a report or raises InputError, and nothing else. For Word and Excel the input
becomes the main part of a package, so that the fuzzer does not have to invent zip files.
"""

import io
import resource
import sys
import zipfile

import atheris
from lxml import etree

NAME = sys.argv.pop(1)
with atheris.instrument_imports(include=["gri_index"]):
    from gri_index.errors import InputError, TagSyntaxError
    from gri_index.model.report import Source
    from gri_index.readers import READERS
    from gri_index.tags import find_inline, parse_marker

    READ = next((spec.load() for spec in READERS if spec.name == NAME), None)

NAMES = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = [
    b"<w:p>", b"</w:p>", b"<w:r>", b"</w:r>", b"<w:t>GRI 302-1</w:t>", b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>",
    b'<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', b'<w:fldChar w:fldCharType="begin"/>', b'<w:instrText>XE "GRI 2-1"</w:instrText>',
    b'<w:fldChar w:fldCharType="end"/>', b"<w:lastRenderedPageBreak/>", b'<w:bookmarkStart w:name="GRI_2_1"/>', b"<w:sdt><w:sdtContent>",
    b"</w:sdtContent></w:sdt>", b"<w:rPr><w:strike/></w:rPr>", b"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", b'<w:pPr><w:sectPr><w:type w:val="oddPage"/></w:sectPr></w:pPr>', b"[GRI 2-1 to 2-9, 3-3 [Energy]]", b"# ", b"| a | b |", b"<!-- gri: 2-1 -->", b"<!-- page: 3 -->",
    b"<!-- page-break -->", b"--- end of page=0 ---", b"# A {#a .b}", b"<table><tr><td>", b"GRI EU12", b"302\xc2\xad1",
]  # fmt: skip


def package(data: bytes) -> bytes:
    """A Word file whose body is made of the words that the bytes choose."""
    body = b"".join(WORDS[byte % len(WORDS)] if byte < 240 else bytes([byte % 94 + 33]) for byte in data[:400])
    document = b"<w:document " + NAMES + b"><w:body>" + body + b"</w:body></w:document>"
    root = etree.fromstring(document, etree.XMLParser(recover=True))  # well-formed, or nearly all inputs stop at the parser
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("word/document.xml", etree.tostring(root))
    return out.getvalue()


CELLS = [
    b'<row r="3">', b"</row>", b"<row>", b'<c r="A1" t="inlineStr"><is><t>Disclosure</t></is></c>', b'<c t="inlineStr"><is><t>Section</t></is></c>',
    b'<c t="inlineStr"><is><t>302-1</t></is></c>', b'<c r="XFD9"><v>45932</v></c>', b'<c s="1"><v>45932</v></c>', b'<c t="d"><v>2026-10-02</v></c>', b'<c t="e"><v>#REF!</v></c>',
    b'<c t="s"><v>7</v></c>', b"<c><f>1+1</f><v>x</v></c>", b'<c t="b"><v>1</v></c>', b'<c r="B2"><v>1e400</v></c>', b'<c s="99"><v>1</v></c>', b'<c t="n"><v>nan</v></c>', b'<c s="1"><v>-5</v></c>', b'<c s="1"><v>1e12</v></c>',
]  # fmt: skip
STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'


def workbook(data: bytes) -> bytes:
    """A workbook whose sheet is made of the cells that the bytes choose."""
    import openpyxl

    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    body = b"".join(CELLS[byte % len(CELLS)] if byte < 240 else bytes([byte % 94 + 33]) for byte in data[:400])
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + body
        + b"</sheetData></worksheet>"
    )
    root = etree.fromstring(sheet, etree.XMLParser(recover=True))
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.namelist():
            parts = {"xl/worksheets/sheet1.xml": etree.tostring(root), "xl/styles.xml": STYLES}
            target.writestr(entry, parts.get(entry) or source.read(entry))
    return changed.getvalue()


def lines(data: bytes) -> None:
    """The Python half of the PDF reader on lines, sizes, labels, outline and notes that the bytes choose."""
    from gri_index.readers import pdf

    text = data.decode("utf-8", errors="replace")
    pages = []
    for number, page in enumerate(text.split("\x0c")[:40]):
        rows = page.splitlines()
        sizes = [float(len(row) % 30) for row in rows]
        pages.append(
            {"lines": rows, "sizes": sizes, "notes": rows[:1] if number % 3 else [], "label": rows[-1][:5] if rows else None}
        )
    titles = [row for page in pages for row in page["lines"]][: len(data) % 9]
    found = {
        "pages": pages,
        "outline": [(title, 1 + position % len(pages), position % 4) for position, title in enumerate(titles)],
    }
    pdf._extract = lambda *_: found  # type: ignore[assignment]
    pdf.read(b"", Source(id="x", name="x.pdf", sha256="", format="pdf"))


def main() -> None:
    def one_input(data: bytes) -> None:
        try:
            if NAME == "lines":
                lines(data)
            elif READ is None:
                text = data.decode("utf-8", errors="replace")
                list(find_inline(text))
                parse_marker(text)
            else:
                READ(
                    package(data) if NAME == "word" else workbook(data) if NAME == "excel" else data,
                    Source(id="x", name="x", sha256="", format=NAME),
                )
        except (InputError, TagSyntaxError):
            pass

    atheris.Setup(sys.argv, one_input)
    try:
        atheris.Fuzz()
    finally:
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
