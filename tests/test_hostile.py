"""Files that mean harm, or are broken: one clear line each, in bounded time, nothing half-written."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.extraction.report import read_report
from tests.conftest import EXAMPLES, names
from tests.excelfiles import workbook
from tests.pdffiles import PdfPage, pdf, serialise
from tests.wordfiles import NAMES, STYLES, docx, heading, paragraph

Run = Callable[..., tuple[int, str, str]]
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def body(content: str, doctype: str = "") -> str:
    return f"{doctype}<w:document {NAMES}><w:body>{content}</w:body></w:document>"


def twice() -> bytes:
    out = io.BytesIO(docx(paragraph("x")))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as package:
        package.writestr("word/document.xml", body(paragraph("y")))
    return out.getvalue()


def lying_size() -> bytes:
    """The directory says 10 bytes, the member holds more."""
    content = docx("", document=body(" " * 5000))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("word/document.xml").file_size
    return content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def encrypted_pdf() -> bytes:
    content = pdf([PdfPage([("[GRI 2-1]", 10)])])
    handler = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"00" * 32 + b"> /U <" + b"00" * 32 + b"> /P -4 >>"
    return content.replace(b"trailer << ", b"trailer << /ID [<00><00>] /Encrypt " + handler + b" ")


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
HEAD = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Disclosure</t></is></c><c r="B1" t="inlineStr"><is><t>Section</t></is></c></row>'
)
MAPPED = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>2-1</t></is></c><c r="B%d" t="inlineStr"><is><t>A</t></is></c></row>'


def changed_sheet(sheet: bytes) -> bytes:
    """A workbook with another first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([("x",)]))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out.getvalue()


def growing_pdf() -> bytes:
    """Forty forms that each draw the next one twice: a billion times the last."""
    draw = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>")
    objects.append("<< /Length 11 >>\nstream\n/F Do /F Do\nendstream")
    return serialise(objects + [draw % (6 + number) for number in range(40)])


def damaged_stream() -> bytes:
    """A workbook whose sheet cannot be unpacked any more."""
    content = bytearray(changed_sheet(SHEET % (HEAD + b"".join(MAPPED % (n, n, n) for n in range(2, 4000)))))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        start = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    content[start : start + 300] = bytes(300)
    return bytes(content)


BROKEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("r.docx", lambda: b"", "0 bytes"),
    "not a zip": ("r.docx", lambda: b"hello", "not a Word document"),
    "truncated": ("r.docx", lambda: (EXAMPLES / "report.en.docx").read_bytes()[:20_000], "not a Word document"),
    "password": ("r.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
    "wrong suffix": ("r.docx", lambda: pdf([PdfPage([("x", 10)])]), "this is a PDF"),
    "Word as Markdown": ("r.md", lambda: docx(paragraph("x")), "this is a Word, Excel or other zip file"),
    "another zip": ("r.docx", lambda: _zip("a.txt", b"x"), "word/document.xml is missing"),
    "billion laughs": ("r.docx", lambda: docx("", document=body("<w:p>&j;</w:p>", LAUGHS)), "DTD"),
    "external entity": ("r.docx", lambda: docx("", document=body("<w:p>&x;</w:p>", OUTSIDE)), "DTD"),
    "DTD in styles": ("r.docx", lambda: docx("", styles=OUTSIDE + STYLES), "word/styles.xml declares a DTD"),
    "zip bomb": ("r.docx", lambda: docx("", document=body(" " * 30_000_000)), "unpacks to"),
    "lying size": ("r.docx", lying_size, "damaged"),
    "a part twice": ("r.docx", twice, "a part twice"),
    "broken XML": ("r.docx", lambda: docx("", document="<w:document"), "broken XML"),
    "PDF in pieces": ("r.pdf", lambda: pdf([PdfPage([("x", 10)])])[:200], "not a PDF file, or a damaged one"),
    "PDF password": ("r.pdf", encrypted_pdf, "protected by a password|damaged"),
    "binary as text": ("r.txt", lambda: b"\x00\x01\x02", "not a text file"),
    "nested HTML": ("r.html", lambda: b"<div>" * 200_000, "too deeply nested"),
    "no workbook": ("m.xlsx", lambda: b"PK", "not an Excel workbook"),
    "Word named xlsx": ("m.xlsx", lambda: docx(paragraph("x")), "not an Excel workbook"),
    "workbook password": ("m.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
    "laughs in a sheet": ("m.xlsx", lambda: changed_sheet(LAUGHS.encode() + SHEET % b"&j;"), "declares a DTD"),
    "laughs in UTF-16": ("m.xlsx", lambda: changed_sheet((LAUGHS + "<worksheet/>").encode("utf-16")), "declares a DTD"),
    "sheet bomb": ("m.xlsx", lambda: changed_sheet(SHEET % (b" " * 300_000_000)), "unpacks to"),
    "sheet in pieces": ("m.xlsx", lambda: changed_sheet(b"<worksheet"), "damaged"),
    "a damaged stream": ("m.xlsx", damaged_stream, "damaged"),
    "empty workbook": ("m.xlsx", lambda: changed_sheet(SHEET % b""), "no sheet has a column of disclosures"),
    "PDF that grows": ("r.pdf", growing_pdf, "took more than|fails on it"),
    "endless Markdown": ("r.md", lambda: b"GRI 302-1 \xe8\x83\xbd\xe6\xba\x90\n" * 1_300_000, "16 million characters"),
    "endless text": ("r.txt", lambda: b"GRI 302-1 energy\n" * 1_000_000, "16 million characters"),
    "endless HTML": ("r.html", lambda: b"<p>GRI 302-1</p>" + b"<p>" + b"energy " * 2_300_000, "16 million characters"),
    "endless Word": ("r.docx", lambda: docx(paragraph(" ".join(map(str, range(150_000)))) * 18), "16 million characters"),
    "64 MB": ("r.html", lambda: b"<p>x" * 17_000_000, "MB of text"),
    "unknown": ("r.odt", lambda: b"x", "no reader for '.odt'"),
    "old Word": ("r.doc", lambda: b"x", "an old Office file"),
}


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_get_one_clear_line(run: Run, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gri_index.readers.pdf._TIMEOUT", 2)  # seconds; the real limit is two minutes
    name, make, words = BROKEN[case]
    (tmp_path / name).write_bytes(make())
    code, out, err = run("build", tmp_path / name, "-o", tmp_path / "out")
    first, *hint = err.splitlines()
    assert (code, out) == (3, "")
    assert first.startswith(f"error: {name}: ") and any(word in first for word in words.split("|")), first
    assert len(hint) == 1 and hint[0].startswith("  ")
    assert not (tmp_path / "out").exists()


ODD: dict[str, tuple[str, bytes, list[str]]] = {
    "control characters": ("r.md", b"# A\x07\x1b[31m\n\n[GRI 2-1]\x00\n", ["2-1"]),
    "surrogates": ("r.md", b"# A\n\n[GRI 2-1]\n" + b"\xed\xa0\x80\n", ["2-1"]),
    "a long line": ("r.md", b"word " * 400_000 + b"[GRI 2-1]\n", ["2-1"]),
    "a picture in the text": (
        "r.md",
        b"# A\n\n![x](data:image/png;base64," + b"iVBORw0K" * 2_500_000 + b")\n\n[GRI 2-1]\n",
        ["2-1"],
    ),
    "many brackets": ("r.md", b"[" * 50_000 + b"\n\n[GRI 2-1]\n", ["2-1"]),
    "many codes": ("r.txt", b"GRI " + b"305-1, " * 100_000, []),
    "GRI without end": ("r.txt", b"GRI " * 200_000, []),
    "hyphens": ("r.txt", b"GRI 2-" + b"-" * 200_000 + b"\n[GRI 2-1]\n", ["2-1"]),
    "deep HTML": ("r.html", b"<div>" * 300 + b"<p>[GRI 2-1]</p>", ["2-1"]),
    "formula in a title": ("r.docx", docx(heading("=cmd|'/c calc'!A1") + paragraph("[GRI 2-1]")), ["2-1"]),
    "40,000 characters in a title": ("r.docx", docx(heading("long " * 8_000) + paragraph("[GRI 2-1]")), ["2-1"]),
    "nested tables": (
        "r.docx",
        docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph("[GRI 2-1]") + "</w:tc></w:tr></w:tbl>" * 60),
        ["2-1"],
    ),
    "missing comment": ("r.docx", docx(paragraph('<w:r><w:t>[GRI 2-1]</w:t><w:commentReference w:id="9"/></w:r>')), ["2-1"]),
    "unbalanced fields": ("r.docx", docx(paragraph('<w:r><w:fldChar w:fldCharType="end"/><w:t>[GRI 2-1]</w:t></w:r>')), ["2-1"]),
    "a million empty rows": ("m.xlsx", changed_sheet(SHEET % (HEAD + MAPPED % (2, 2, 2) + b'<row r="1048576"/>')), ["2-1"]),
    "a cell in the last column": (
        "m.xlsx",
        changed_sheet(SHEET % (HEAD + MAPPED % (2, 2, 2) + b'<row r="3"><c r="XFD3"><v>1</v></c></row>')),
        ["2-1"],
    ),
    "odd numbers": ("r.docx", docx(paragraph("[GRI 2-1]", "", '<w:outlineLvl w:val="x"/>')), ["2-1"]),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_files_are_read_and_built(run: Run, tmp_path: Path, case: str) -> None:
    name, content, wanted = ODD[case]
    report = read_report(name, content)
    if wanted:
        assert names(report) == wanted
    (tmp_path / name).write_bytes(content)
    code, out, err = run(
        "build", tmp_path / name, "-o", tmp_path / "out", "-f", "docx", "-f", "xlsx", "-f", "json", "-f", "csv", "-f", "md"
    )
    assert code == 0 and len(out.splitlines()) == 5, err
    assert "\x1b" not in err + out


def test_a_profile_that_is_no_table_of_tables_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# A\n", encoding="utf-8")
    for content in ("report = 1", "topic = [1]", "[report]\norganization = 5", "[output]\nlanguages = 'en'", "\x00"):
        (tmp_path / "gri-index.toml").write_text(content, encoding="utf-8")
        code, _, err = run("build", tmp_path / "r.md", "-o", tmp_path / "out")
        assert code == 3 and err.startswith("error: gri-index.toml: "), content


def test_a_disk_without_space_leaves_nothing_half_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1]\n", encoding="utf-8")
    out = tmp_path / "out"
    run("build", tmp_path / "r.md", "-o", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1, 2-2]\n", encoding="utf-8")
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, stdout, err = run("build", tmp_path / "r.md", "-o", out)
    assert (code, stdout) == (5, "") and "No space left on device" in err and "Free space" in err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
