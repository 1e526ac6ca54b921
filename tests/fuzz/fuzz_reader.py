"""Coverage-guided fuzzing of one reader. Not part of ``make test``.

    pip install atheris
    python tests/fuzz/fuzz_reader.py NAME [-runs=100000 -max_len=20000 …]

NAME: word, markdown, html, text, grammar (PDF is read in a process of its own). Whatever comes in, a reader returns a
report or raises InputError, and nothing else. For Word the input becomes the main
part of a package, so that the fuzzer does not have to invent zip files.
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
    b"</w:sdtContent></w:sdt>", b"[GRI 2-1 to 2-9, 3-3 [Energy]]", b"# ", b"| a | b |", b"<!-- gri: 2-1 -->", b"<!-- page: 3 -->",
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


def main() -> None:
    def one_input(data: bytes) -> None:
        try:
            if READ is None:
                text = data.decode("utf-8", errors="replace")
                list(find_inline(text))
                parse_marker(text)
            else:
                READ(package(data) if NAME == "word" else data, Source(id="x", name="x", sha256="", format=NAME))
        except (InputError, TagSyntaxError):
            pass

    atheris.Setup(sys.argv, one_input)
    try:
        atheris.Fuzz()
    finally:
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
