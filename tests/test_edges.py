"""What surrounds the program: pipes, full disks, closed folders, locks, other runs; and files made to take long."""

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from gri_index.errors import ChangedMeanwhileError, InputError, OutputError
from gri_index.extraction.report import read_report
from gri_index.files import put_outputs, write_outputs
from gri_index.profile import read_profile
from tests.conftest import names
from tests.pdffiles import PdfPage, pdf
from tests.wordfiles import NAMES, docx, paragraph

Run = Callable[..., tuple[int, str, str]]


def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "gri_index", *map(str, arguments)]
    return subprocess.run(command, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


# ── pipes and disks ──


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
def test_a_reader_that_went_away_is_no_error(report: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = program("catalogue", "list", stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_output_stream_is_named(report: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = program("tags", report, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 5 and b"standard output: cannot write" in done.stderr
        assert program("tags", "no-such-file.md", stdout=subprocess.PIPE, stderr=full).returncode == 3


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_pipes_and_devices_are_no_reports(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.md")
    for path in (tmp_path / "report.md", Path("/dev/zero")):
        code, _, err = run("tags", path)
        assert code == 3 and "a pipe or a device, not a file" in err


def test_names_that_no_file_can_have(run: Run, report: Path) -> None:
    assert run("tags", "x" * 300 + ".md")[0] == 3
    assert run("build", report, "-o", report.parent / ("y" * 300))[0] == 5
    (report.parent / "f").write_text("", encoding="utf-8")
    code, _, err = run("build", report, "-o", report.parent / "f")
    assert code == 5 and "a file, not a folder" in err


def test_an_error_is_one_line_whatever_the_name_holds(run: Run, tmp_path: Path) -> None:
    code, _, err = run("tags", tmp_path / "a\nerror: b\u2028c.xyz")
    assert code == 3 and len(err.splitlines()) == 2


@pytest.mark.parametrize("name", ["~$report.docx", "~$port.docx", ".~lock.report.docx#"])
def test_the_mark_that_a_document_is_open_is_told_from_it(run: Run, tmp_path: Path, name: str) -> None:
    for each in (name, "report.docx"):
        (tmp_path / each).write_bytes(b"x")
    code, _, err = run("tags", tmp_path / name)
    assert code == 3 and "the mark that one is open" in err and "Name report.docx." in err


def test_outputs_of_a_run_are_replaced_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_outputs(tmp_path, {"a.docx": b"1", "b.xlsx": b"1"}, ())
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "b.xlsx" and ".old" not in self.name:
            raise PermissionError(13, "open elsewhere")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match=r"b\.xlsx: cannot be written \(open elsewhere\)") as error:
        write_outputs(tmp_path, {"a.docx": b"2", "b.xlsx": b"2", "c.json": b"2"}, ())
    assert "Excel" in error.value.hint
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.docx": b"1", "b.xlsx": b"1"}


def test_what_killed_runs_left_is_swept(tmp_path: Path) -> None:
    old, new = tmp_path / ".gri-index-old.tmp", tmp_path / ".gri-index-new.tmp"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    write_outputs(tmp_path, {"a.json": b"1"}, ())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gri-index-new.tmp", "a.json"]


def test_commands_are_suggested(run: Run) -> None:
    code, _, err = run("chek", "report.md")
    assert code == 2 and "did you mean 'check'?" in err


# ── findings for programs ──


@pytest.mark.parametrize("name", ["docs/my report.md", "docs/50% #1.md", "a:b.md", "报告.md"])
def test_sarif_names_files_by_uris(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# A [GRI 999-1]\n\n# Energy [GRI 302-1]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run("check", name, "--format", "sarif", "--fail-on", "never")
    results = json.loads(out)["runs"][0]["results"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert {unquote(uri) for uri in uris} == {name}
    assert all(uri.isascii() and " " not in uri and ":" not in uri for uri in uris)
    prints = [result["partialFingerprints"]["finding/v1"] for result in results]
    assert len(set(prints)) == len(prints)


def test_findings_of_a_second_report_and_of_the_profile_name_their_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(f"# {name} [GRI 302-1]\n", encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text('[[omission]]\ndisclosure = "302-3"\nreason = "x"\ntopic = "Y"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run("check", "one.md", "two.md", "--format", "sarif", "--fail-on", "never")
    places = {
        (result["ruleId"], result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for result in json.loads(out)["runs"][0]["results"]
    }
    assert {("CI005", "one.md"), ("CI005", "two.md"), ("CI103", "gri-index.toml")} <= places


def test_no_cell_of_a_csv_is_a_date(run: Run, report: Path) -> None:
    report.write_text("# A [GRI 2-1]\n\n# B [GRI 3-3]\n", encoding="utf-8")
    _, out, _ = run("check", report, "--format", "csv")
    assert "GRI 2-1" in out and ",2-1," not in out


# ── files made to take long ──

PAD = " " * 400
SLOW = {
    "padded contents": ("r.txt", "Contents\n" + "\n".join(f"Chapter one{PAD}12" for _ in range(300)) + "\n[GRI 2-1]\n"),
    "padded lines": ("r.txt", "\n".join(f"Chapter one{PAD}x" for _ in range(300)) + "\n[GRI 2-1]\n"),
    "comments without end": ("r.md", "# A\n\n[GRI 2-1]\n\n" + "<!--" * 200_000),
    "brackets": ("r.md", "# A\n\n[GRI 2-1]\n\n" + "[" * 500_000),
    "brackets on lines": ("r.md", "# A\n\n[GRI 2-1]\n\n" + "[\n" * 200_000),
    "links": ("r.md", "# A\n\n[GRI 2-1]\n\n" + "[a](" * 100_000),
    "emphasis": ("r.md", "# A\n\n[GRI 2-1]\n\n" + "**a " * 100_000),
}


@pytest.mark.parametrize("case", SLOW)
def test_files_made_to_take_long_do_not(case: str) -> None:
    name, text = SLOW[case]
    assert names(read_report(name, text.encode())) == ["2-1"]  # the run as a whole has a limit of time


def test_a_blank_page_beside_a_printed_contents() -> None:
    contents = [("Contents", 14), *((f"Chapter {number} {'.' * 40} {number + 2}", 10) for number in range(1, 9))]
    assert read_report("r.pdf", pdf([PdfPage(contents), PdfPage([]), PdfPage([("Chapter 1", 14)])])).pages


def test_a_style_that_is_based_on_thousands_of_others() -> None:
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    last = '<w:style w:styleId="s20000"><w:name w:val="heading 2"/><w:basedOn w:val="s0"/></w:style>'
    body = "".join(paragraph(f"Chapter {number}", "s0") for number in range(500))
    report = read_report("r.docx", docx(body, styles=f"<w:styles {NAMES}>{chain}{last}</w:styles>"))
    assert {section.level for section in report.sections[1:]} == {2}


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    note = '<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>[GRI 2-1]</w:t></w:r></w:p></w:footnote>'
    body = '<w:p><w:r><w:t>A</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert names(read_report("r.docx", docx(body, footnotes=f"<w:footnotes {NAMES}>{note}</w:footnotes>"))) == ["2-1"]


def test_more_paragraphs_than_any_report_has() -> None:
    with pytest.raises(InputError, match="more than 300,000 paragraphs"):
        read_report("r.docx", docx("<w:p/>" * 300_001))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version = " + "9" * 6000, "not valid TOML"),
        ("".join(f'[[topic]]\nname = "T{n}"\n' for n in range(5_001)), "more than any report has"),
        ("".join(f"[[topic]]\nnam = {n}\n" for n in range(50)), "more"),
    ],
)
def test_absurd_profiles(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        read_profile(text.encode())
    assert len(str(error.value)) < 3_000


def test_marks_that_steer_or_hide_reach_no_output(run: Run, tmp_path: Path) -> None:
    hidden = "\u202eevil\u2066\u200b\u2060\ufeff\U000e0041"
    path = tmp_path / "r.md"
    path.write_text(f"# Energy{hidden} [GRI 302-1]\n\nText.\n", encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(f'[report]\norganization = "Halden{hidden}"\n', encoding="utf-8")
    run("build", path, "-o", tmp_path / "out", "-f", "json", "-f", "md", "-f", "csv", "-f", "docx", "-f", "xlsx")
    for made in (tmp_path / "out").iterdir():
        content = made.read_bytes()
        if made.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(made) as package:
                content = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
        assert "evil" in content.decode("utf-8-sig")
        assert not set(content.decode("utf-8-sig")) & set(hidden) - set("evil"), made.name


def test_a_damaged_template_is_one_clear_line(run: Run, report: Path) -> None:
    template = report.parent / "house.docx"
    for content in (docx("", styles="<w:styles"), docx(paragraph("x"), styles="<x/>"), b"PK\x03\x04", docx("<w:p/>")[:-200]):
        template.write_bytes(content)
        code, out, err = run("build", report, "-o", report.parent / "out", "--template", template)
        assert (code, out) in ((3, ""), (0, out)) and "bug" not in err
        assert code == 0 or "house style template" in err


def test_pdf_without_libreoffice_is_one_clear_line(run: Run, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    code, out, err = run("build", report, "-o", report.parent / "out", "--format", "pdf")
    assert (code, out) == (5, "") and "LibreOffice is not installed" in err
    assert not (report.parent / "out").exists()


def test_what_somebody_saves_while_the_index_is_made_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "content-index.xlsx").write_bytes(b"of somebody else")
    (tmp_path / "content-index.docx").write_bytes(b"edited by hand")
    with pytest.raises(ChangedMeanwhileError):
        put_outputs(
            tmp_path,
            {"content-index.docx": b"1", "content-index.xlsx": b"1"},
            (),
            read=[tmp_path / "content-index.xlsx"],
            seen={"content-index.xlsx": b"as read"},
        )
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "content-index.xlsx": b"of somebody else", "content-index.docx": b"edited by hand",
    }  # fmt: skip


def test_a_list_under_its_former_name_is_named(run: Run, report: Path) -> None:
    assert run("build", report, "-o", report.parent)[0] == 0
    book = load_workbook(report.parent / "content-index.xlsx")
    sheet = book["Working list"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("Owner") + 1).value = "Li Wei"
    book.save(report.parent / "content-index.xlsx")
    (report.parent / "gri-index.toml").write_text('[output]\nindex_name = "gri"\n', encoding="utf-8")
    assert (
        "content-index.xlsx holds entries and is not read, since the working list is gri.xlsx now"
        in run("build", report, "-o", report.parent)[2]
    )


def test_publishing_with_something_open_is_said(run: Run, report: Path) -> None:
    (report.parent / "gri-index.toml").write_text('[claim]\nbasis = "in accordance"\n', encoding="utf-8")
    assert (
        "Still open though it is written for publication"
        in run("build", report, "-o", report.parent / "out", "--publish", "-q")[2]
    )


@pytest.mark.parametrize(("base", "code"), [("my report.pdf", 0), ("https://x.example/r.pdf#1", 2), ("docs/r.pdf", 2)])
def test_where_the_pdf_may_lie(run: Run, report: Path, base: str, code: int) -> None:
    assert run("build", report, "-o", report.parent / "out", "--link-base", base)[0] == code
