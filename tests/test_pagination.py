"""Pages of a report found in its PDF."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.pagination.align import Outcome, align
from gri_index.pagination.apply import Proof, paginated
from gri_index.pagination.pieces import pieces_of, runs_of
from gri_index.pagination.proof import read_proof
from gri_index.readers import InputFile
from tests.pdffiles import PdfPage, pdf
from tests.wordfiles import docx, heading, paragraph, table

Run = Callable[..., tuple[int, str, str]]
CHAPTERS = ("Energy", "Water", "Waste", "People", "Pay", "Safety")
CODES = ("302-1", "303-3", "306-3", "2-7", "2-19", "403-9")


def sentence(chapter: str, number: int) -> str:
    opening = ("Here we say first", "After that we say", "Towards the end comes")[number]
    return f"{opening} what only the chapter on {chapter.lower()} says, and {('how', 'why', 'where')[number]} {chapter} matters."


def word(chapters: tuple[str, ...] = CHAPTERS) -> bytes:
    body = ""
    for chapter, code in zip(chapters, CODES, strict=True):
        body += heading(chapter) + "".join(paragraph(sentence(chapter, n)) for n in range(3)) + paragraph(f"[GRI {code}]")
    return docx(body)


def pages(*chapters: str, labels: str = "", first: int = 0) -> bytes:
    """A PDF with a chapter on each page, behind some empty ones."""
    front = [PdfPage([("Front matter", 10)])] * first
    return pdf(
        [*front, *(PdfPage([(chapter, 16), *((sentence(chapter, n), 8) for n in range(3))]) for chapter in chapters)],
        labels=labels,
    )


def outcomes(report: bytes, proof: bytes) -> dict[str, tuple[Outcome, int | None]]:
    """Title of a section -> what became of its tagged block."""
    read = read_report("r.docx", report)
    spots = align(pieces_of(read, read.sources[0].id), read_proof(InputFile("p.pdf", proof)).pages)
    titles = {section.id: section.title for section in read.sections}
    return {titles[tag.section]: (spots[tag.block].outcome, spots[tag.block].first) for tag in read.tags}


def test_each_tag_has_the_page_of_its_text() -> None:
    found = outcomes(word(), pages(*CHAPTERS, first=4))
    assert found == {chapter: (Outcome.FOUND, at) for at, chapter in enumerate(CHAPTERS, start=5)}


def test_the_printed_number_is_cited(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(word())
    (tmp_path / "p.pdf").write_bytes(pages(*CHAPTERS, first=2, labels="[0 << /S /r >> 2 << /S /D /St 11 >>]"))
    code, _, err = run("build", tmp_path / "r.docx", "--pages-from", tmp_path / "p.pdf", "-o", tmp_path)
    assert code == 0 and "Pages are those of p.pdf: 6 of 6 tagged places were found there" in err
    assert "holds no page layout" not in err
    data = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert {row["disclosure"]: row["locations"][0]["page_label"] for row in data["rows"]} == dict(
        zip(sorted(CODES, key=lambda code: tuple(map(int, code.split("-")))), ("14", "15", "11", "12", "13", "16"), strict=True)
    )


def test_a_chapter_that_moved_is_found_and_said(run: Run, tmp_path: Path) -> None:
    moved = ("Water", "Waste", "People", "Pay", "Safety", "Energy")
    assert outcomes(word(), pages(*moved))["Energy"] == (Outcome.MOVED, 6)
    (tmp_path / "r.docx").write_bytes(word())
    (tmp_path / "p.pdf").write_bytes(pages(*moved))
    assert (
        "“Energy” stands elsewhere in p.pdf now (p. 6)"
        in run("build", tmp_path / "r.docx", "--pages-from", tmp_path / "p.pdf", "-o", tmp_path)[2]
    )


def test_a_renamed_heading_is_said_and_its_text_cited() -> None:
    read = read_report("r.docx", word())
    proof = read_proof(InputFile("p.pdf", pages(*CHAPTERS).replace(b"(Water) Tj", b"(Drops) Tj")))
    placed, told = paginated(read, proof)
    assert [tag.page for tag in placed.tags] == [1, 2, 3, 4, 5, 6]
    assert [each.id for each in told] == ["pages-from", "place-renamed"] and dict(told[1].args)["section"] == "Water"


def test_what_is_not_there_has_no_page_and_is_named() -> None:
    read = read_report("r.docx", word())
    placed, told = paginated(read, read_proof(InputFile("p.pdf", pages("Energy", "Water", "People", "Pay", "Safety"))))
    assert [tag.page for tag in placed.tags] == [1, 2, None, 3, 4, 5]
    assert [(each.id, dict(each.args).get("section")) for each in told][1:] == [("place-unmatched", "Waste")]


def test_what_stands_twice_is_ambiguous() -> None:
    twice = docx(
        "".join(heading(c) + paragraph(f"{sentence(c, 0)} [GRI {code}]") for c, code in zip(CHAPTERS, CODES, strict=True))
    )
    found = outcomes(twice, pages("Energy", "Water", "Water", "Waste", "People", "Pay", "Safety"))
    assert found["Water"] == (Outcome.AMBIGUOUS, None) and found["Waste"] == (Outcome.FOUND, 4)


def test_text_without_blanks_is_found() -> None:
    assert len(runs_of("公司披露了能源消耗总量及其构成")) == 8
    assert runs_of("sustain-\nability of our supply chain") == runs_of("sustainability of our sup\u00adply chain")


def test_an_index_of_an_earlier_build_is_paged_without_the_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(word())
    (tmp_path / "gri-index.toml").write_text(
        '[report]\norganization = "Halden AB"\nperiod_start = 2025-01-01\nperiod_end = 2025-12-31\npublication_date = 2026-04-01\n'
        '[claim]\nbasis = "in accordance"\nsector_standards = ["GRI 12"]\n[[document]]\nid = "AR"\ntitle = "Annual report"\n'
        '[[topic]]\nname = "Climate"\ndisclosures = ["302-1", "305-1"]\nsector_topics = ["12.1"]\n'
        '[[omission]]\ndisclosure = "2-21"\nreason = "confidentiality constraints"\nexplanation = "Contracts protect single salaries."\n'
        '[[answer]]\ndisclosure = "2-27"\ntext = "No fines in the period."\n'
        '[[location]]\ndisclosure = "2-9"\ndocument = "AR"\npages = "12-14"\nnote = "board only"\n'
        '[[indicator]]\nid = "H-1"\nsource = "Own indicator"\ntitle = "Boilers sold"\ntopic = "Climate"\nlocation = "Water"\n'
        '[[topic_not_material]]\nsector_topic = "12.2"\nexplanation = "We have none."\n', encoding="utf-8",
    )  # fmt: skip
    assert run("build", tmp_path / "r.docx", "-o", tmp_path / "one")[0] == 0
    (tmp_path / "p.pdf").write_bytes(pages(*CHAPTERS, first=6))
    code, _, err = run(
        "build", "--from", tmp_path / "one" / "index.json", "--pages-from", tmp_path / "p.pdf", "-o", tmp_path / "two"
    )
    assert code == 0 and "6 of 6" in err
    run("build", tmp_path / "r.docx", "--pages-from", tmp_path / "p.pdf", "-o", tmp_path / "three")
    one, other = (json.loads((tmp_path / name / "index.json").read_text(encoding="utf-8")) for name in ("two", "three"))
    for key in ("claim", "topics", "topics_not_material", "rows"):
        assert one[key] == other[key], key
    code, _, err = run("build", "--from", tmp_path / "one" / "index.json", tmp_path / "r.docx", "-o", tmp_path)
    assert code == 2 and "--from stands in the place of REPORT" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "no index.json of this program"),
        (b"[1", "not valid JSON"),
        (b'{"schema": "gri-index/index/1"}', "keeps nothing of the report"),
        (b'{"schema": "gri-index/index/1", "outline": {"sections": [{"id": 1}]}}', "its outline is damaged"),
        (
            b'{"schema": "gri-index/index/1", "report": {"title": "", "sources": []}, "outline": {"blocks": [], "tags": [],'
            b' "sections": [{"id": "a", "source": "r", "parent": "a", "level": 1, "title": "A"}]}}',
            "a section of no file, or below none",
        ),
    ],
)
def test_a_file_that_is_no_index_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_report("index.json", content)


def test_a_proof_has_to_be_a_pdf_with_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(word())
    (tmp_path / "blank.pdf").write_bytes(pdf([PdfPage([])]))
    for name, said in (("r.docx", "pages are read from a PDF"), ("blank.pdf", "scanned pages without text")):
        code, _, err = run("build", tmp_path / "r.docx", "--pages-from", tmp_path / name, "-o", tmp_path / "o")
        assert code == 3 and said in err and not (tmp_path / "o").exists()
    assert Proof("p.pdf", [], {}).pages == []


def test_short_texts_move_with_their_chapter(run: Run, tmp_path: Path) -> None:
    body = ""
    for chapter, code in zip(CHAPTERS, CODES, strict=True):
        told = "".join(paragraph(sentence(chapter, n)) for n in range(3))
        body += heading(chapter) + told + table((f"{chapter} in figures", f"[GRI {code}]"))
    moved = ("Water", "Waste", "People", "Pay", "Safety", "Energy")
    for shown, outcome in (("{} in figures", Outcome.MOVED), ("Other words", Outcome.CHANGED)):
        made = [[(each, 16), *((sentence(each, n), 8) for n in range(3)), (shown.format(each), 8)] for each in moved]
        found = outcomes(docx(body), pdf([PdfPage(lines) for lines in made]))
        assert found["Energy"] == (outcome, 6) and found["Water"][1] == 1
