"""Opens the outputs in LibreOffice: they render, on the pages they should, with what they should say."""

import io
import json
import re
import shutil
import subprocess
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gri_index.catalogue import load_catalogue
from gri_index.cli import cli
from gri_index.extraction.extract import extract
from gri_index.extraction.report import read_report
from gri_index.language.text import plain
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from gri_index.suggest.review import read_review
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    program = shutil.which("soffice")
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip(
            "needs LibreOffice and poppler (apt-get install libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk)"
        )
    return [program, f"-env:UserInstallation=file://{tmp_path_factory.mktemp('office')}", "--headless"]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_outputs_render(office: list[str], tmp_path: Path, language: str) -> None:
    name = f"report.{language}.docx"
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    outputs = build([InputFile(name, (EXAMPLES / name).read_bytes())], stated, load_catalogue())
    for file, content in outputs.files.items():
        (tmp_path / file).write_bytes(content)
    for suffix, pages in (("docx", range(4, 8)), ("xlsx", range(6, 16))):
        subprocess.run(
            [*office, "--convert-to", "pdf", f"content-index.{suffix}"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
        text = subprocess.run(
            ["pdftotext", "-layout", "content-index.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout
        assert text.count("\f") in pages
        for number in ("2-1 ", "302-1 ", "414-1 ", "206-1 "):
            assert number in text


@pytest.mark.parametrize("language", ["de", "ja", "zh-Hant"])
def test_the_working_list_survives_being_saved_by_libreoffice(office: list[str], tmp_path: Path, language: str) -> None:
    from tests.test_languages import NAMES, made

    first = made(load_catalogue(), language, "in accordance", NAMES[0], "xlsx", "json").files
    (tmp_path / "content-index.xlsx").write_bytes(first["content-index.xlsx"])
    subprocess.run(
        [*office, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved", "content-index.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "content-index.xlsx").read_bytes()
    assert saved != first["content-index.xlsx"]
    assert made(load_catalogue(), language, "in accordance", NAMES[0], "xlsx", "json", working=saved).files == first


@pytest.mark.parametrize("language", ["en", "de", "zh-Hans"])
def test_the_pdf_is_the_printed_index_and_is_read_back_whole(office: list[str], language: str) -> None:
    name = f"report.{'zh-Hans' if language == 'zh-Hans' else 'en'}.docx"
    stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
    stated = replace(stated, output=replace(stated.output, languages=(language,)))
    outputs = build([InputFile(name, (EXAMPLES / name).read_bytes())], stated, load_catalogue(), formats=("pdf", "json"))
    file = next(name for name in outputs.files if name.endswith(".pdf"))
    read = extract(InputFile(file, outputs.files[file]))
    made = json.loads(outputs.files["index.json"])["rows"]
    assert [row.reference.name for row in read.rows] == [row["disclosure"] for row in made]
    assert not [row for row in read.rows if row.extras]
    told = [[(each.requirements, plain(each.explanation)) for each in row.omissions] for row in read.rows]
    wanted = [[(tuple(each["requirements"]), plain(each["explanation"])) for each in row["omissions"]] for row in made]
    assert told == wanted


def test_decisions_survive_being_saved_by_libreoffice(office: list[str], tmp_path: Path) -> None:
    from tests.untagged import DECISIONS, ENGLISH, decide

    report, review = tmp_path / "report.md", tmp_path / "review.xlsx"
    report.write_text(ENGLISH, encoding="utf-8")
    CliRunner().invoke(cli, ["suggest", str(report), "--review", str(review)], catch_exceptions=False)
    decide(review, DECISIONS)
    subprocess.run(
        [*office, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved", "review.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    written, saved = review.read_bytes(), (tmp_path / "saved" / "review.xlsx").read_bytes()
    assert saved != written
    assert read_review(saved, "review.xlsx").decisions == read_review(written, "review.xlsx").decisions


def test_suggestions_in_word_survive_being_saved_by_libreoffice(office: list[str], tmp_path: Path) -> None:
    from tests.untagged import word_report

    source, review = word_report(tmp_path / "report.docx"), tmp_path / "review.docx"
    CliRunner().invoke(cli, ["suggest", str(source), "--into", str(review)], catch_exceptions=False)
    subprocess.run(
        [*office, "--convert-to", "docx:MS Word 2007 XML", "--outdir", "saved", "review.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    read = [read_report("review.docx", path.read_bytes()) for path in (review, tmp_path / "saved" / "review.docx")]
    written, saved = ({(tag.reference.name, tag.section) for tag in report.tags} for report in read)
    assert saved == written and len(written) >= 4


def long_report(path: Path) -> None:
    """A tagged report of some seventy pages."""
    document = docx.Document()
    document.add_paragraph("Halden AB, sustainability report")
    document.add_page_break()
    numbers = [f"2-{n}" for n in range(1, 31)] + [
        "3-1",
        "3-2",
        "302-1",
        "303-3",
        "305-1",
        "401-1",
        "403-9",
        "404-1",
        "405-1",
        "418-1",
    ]
    for at, number in enumerate(numbers):
        document.add_heading(f"Chapter {at + 1}", level=1 + at % 2)
        for _ in range(9 + at % 5):
            document.add_paragraph(
                "We report what we did this year, and how it went at all of our sites, in words and figures. " * 4
            )
        document.add_paragraph(f"What this chapter answers: [GRI {number}]")
    document.save(str(path))


def as_pages(office: list[str], path: Path, *, form: str = "-layout") -> list[str]:
    """The text of each page, as LibreOffice lays the Word file out; ``form``: "-raw" in the order of the columns."""
    subprocess.run([*office, "--convert-to", "pdf", path.name], cwd=path.parent, check=True, capture_output=True, timeout=180)
    command = ["pdftotext", form, path.with_suffix(".pdf").name, "-"]
    return subprocess.run(command, cwd=path.parent, check=True, capture_output=True, text=True).stdout.split("\f")


def test_the_report_counts_the_pages_of_the_index_in_it(office: list[str], tmp_path: Path) -> None:
    source, out, later = (tmp_path / name for name in ("report.docx", "with.docx", "later.docx"))
    long_report(source)
    made = build([InputFile(source.name, source.read_bytes())], read_profile(b""), load_catalogue(), formats=(), into=out.name)
    out.write_bytes(made.files[out.name])
    document = docx.Document(str(out))  # the author puts ten pages into its middle
    middle = next(each for each in document.paragraphs if each.text == "Chapter 21")
    for _ in range(10):
        middle.insert_paragraph_before("A page that came late.").add_run().add_break(WD_BREAK.PAGE)
    document.save(str(later))
    counts = []
    for path in (out, later):
        pages = as_pages(office, path)
        counts.append(len(pages))
        stands = {
            match: (str(at),)
            for at, page in enumerate(pages, start=1)
            for match in re.findall(r"answers: \[GRI ([\d-]+)\]", page)
        }
        rows = extract(InputFile("with.pdf", path.with_suffix(".pdf").read_bytes())).rows
        assert len(rows) == 40 and {row.reference.name: row.pages for row in rows} == stands
    assert counts[0] > 60 and counts[1] >= counts[0] + 9


def as_an_agency_sets_it(content: bytes, path: Path, renamed: dict[str, str]) -> None:
    """The report set anew: three pages of front matter with roman numbers, two columns, six more pages, headings renamed, no tags."""
    document = docx.Document(io.BytesIO(content))
    for each in document.element.body.iter(qn("w:p")):
        pieces = list(each.iter(qn("w:t")))
        said = "".join(piece.text or "" for piece in pieces)
        if (old := next((old for old in renamed if said.startswith(old)), None)) and "...." not in said:
            for piece in pieces:
                piece.text = renamed[old] if piece is pieces[0] else ""
    first = document.paragraphs[0]
    for _ in range(3):
        first.insert_paragraph_before("Imprint and thanks.").add_run().add_break(WD_BREAK.PAGE)
    middle = next(each for each in document.paragraphs if each.style.name.startswith("Heading") and "Emissions" in each.text)
    for _ in range(6):
        middle.insert_paragraph_before("A page of pictures.").add_run().add_break(WD_BREAK.PAGE)
    front = first.insert_paragraph_before("")
    body = document.sections[-1]._sectPr
    roman = deepcopy(body)
    for section, form in ((roman, "lowerRoman"), (body, "decimal")):
        for old in section.findall(qn("w:pgNumType")) + section.findall(qn("w:cols")):
            section.remove(old)
        section.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="{form}" w:start="1"/>'))
        if section is body:
            section.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="400"/>'))
    front._p.get_or_add_pPr().append(roman)
    document.save(str(path))


def test_a_report_that_was_set_anew_is_paged_from_its_proof(office: list[str], tmp_path: Path) -> None:
    source = (EXAMPLES / "report.en.docx").read_bytes()
    renamed = {"Energy use": "How much energy our plants took", "Business integrity": "Being fair"}
    proof = tmp_path / "proof.docx"
    as_an_agency_sets_it(source, proof, renamed)
    pages = as_pages(office, proof, form="-raw")
    made = build(
        [InputFile("report.en.docx", source)], read_profile((EXAMPLES / "gri-index.toml").read_bytes()), load_catalogue(), formats=(),
        proof=InputFile("proof.pdf", proof.with_suffix(".pdf").read_bytes()),
    )  # fmt: skip
    told = [(each.id, dict(each.args).get("section")) for each in made.index.remarks if each.id.startswith("place-")]
    assert sorted(told) == [("place-renamed", "Business integrity"), ("place-renamed", "Energy use")]
    lines = [{plain(line.partition(" [")[0]) for line in page.split("\n")} for page in pages]
    cited = {
        place.section_title: place.page for row in made.index.rows for place in row.locations if place.section and place.page
    }
    assert len(cited) > 25
    for title, page in cited.items():
        shown = plain(renamed.get(title, title.rpartition(" \u203a ")[2]))
        begins = [at for at, page in enumerate(lines, start=1) if shown in page and at > 5]  # behind the table of contents
        assert len(begins) != 1 or begins[0] <= page <= begins[0] + 1, title
    labels = {place.page: place.page_label for row in made.index.rows for place in row.locations if place.page}
    front = sum("imprintandthanks" in plain(page) for page in pages)
    assert front == 3 and all(int(label) == page - front for page, label in labels.items())
