"""InDesign reports."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.errors import InputError
from gri_index.extraction.report import read_report
from gri_index.model.report import Report

NAMES = 'xmlns:idPkg="http://ns.adobe.com/AdobeInDesign/idml/1.0/packaging"'
STYLES = (
    f'<idPkg:Styles {NAMES}><RootParagraphStyleGroup><ParagraphStyle Self="P/body" PointSize="9"/><ParagraphStyle Self="P/h1" PointSize="20"/>'
    '<ParagraphStyle Self="P/h2"><Properties><BasedOn type="string">P/mid</BasedOn></Properties></ParagraphStyle>'
    '<ParagraphStyle Self="P/mid" PointSize="13"/></RootParagraphStyleGroup></idPkg:Styles>'
)
TEXT = "We used so much energy in the year, and this is how it came about, in words and in figures. "


def paragraph(text: str, style: str = "body", more: str = "", conditions: str = "") -> str:
    conditioned = f' AppliedConditions="{conditions}"' if conditions else ""
    return (
        f'<ParagraphStyleRange AppliedParagraphStyle="P/{style}"><CharacterStyleRange{conditioned}><Content>{text}</Content>{more}<Br/>'
        "</CharacterStyleRange></ParagraphStyleRange>"
    )


def note(text: str) -> str:
    return f"<Note><ParagraphStyleRange><CharacterStyleRange><Content>{text}</Content></CharacterStyleRange></ParagraphStyleRange></Note>"


def table(*rows: tuple[str, ...]) -> str:
    cells = "".join(
        f'<Cell Name="{column}:{row}">{paragraph(text)}</Cell>'
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return f"<Table>{cells}</Table>"


def idml(*stories: str, order: tuple[int, ...] = ()) -> bytes:
    frames = "".join(f'<TextFrame ParentStory="s{at}"/>' for at in order or range(len(stories)))
    plan = (
        f'<Document {NAMES}><Condition Self="Condition/Hidden" Visible="false"/><idPkg:Spread src="Spreads/Spread_1.xml"/>'
        + "".join(f'<idPkg:Story src="Stories/Story_{at}.xml"/>' for at in range(len(stories)))
        + "</Document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.adobe.indesign-idml-package")
        package.writestr("designmap.xml", plan)
        package.writestr("Resources/Styles.xml", STYLES)
        package.writestr("Spreads/Spread_1.xml", f"<idPkg:Spread {NAMES}><Spread>{frames}</Spread></idPkg:Spread>")
        for at, story in enumerate(stories):
            package.writestr(f"Stories/Story_{at}.xml", f'<idPkg:Story {NAMES}><Story Self="s{at}">{story}</Story></idPkg:Story>')
    return out.getvalue()


def places(report: Report) -> list[tuple[str, str, str]]:
    titles = {section.id: section.title for section in report.sections}
    return [(tag.reference.name, titles[tag.section], tag.carrier.value) for tag in report.tags]


def test_tags_stand_in_text_notes_and_hidden_conditions() -> None:
    story = (
        paragraph("Energy [GRI 302-1]", "h1") + paragraph(TEXT * 4) + paragraph("Intensity", "h2")
        + paragraph(TEXT * 4, more=note("GRI 302-3")) + paragraph("GRI 302-4", conditions="Condition/Hidden") + paragraph(TEXT * 3)
    )  # fmt: skip
    report = read_report("r.idml", idml(story))
    assert places(report) == [("302-1", "Energy", "text"), ("302-3", "Intensity", "comment"), ("302-4", "Intensity", "hidden")]
    assert [(section.title, section.level) for section in report.sections if section.title] == [("Energy", 1), ("Intensity", 2)]
    assert [problem.code for problem in report.problems] == ["idml-pages"]


def test_stories_come_in_the_order_of_their_pages() -> None:
    stories = [
        paragraph(title, "h1") + paragraph(TEXT * 3 + f"[GRI {code}]")
        for title, code in (("Water", "303-3"), ("Energy", "302-1"))
    ]
    assert [each[:2] for each in places(read_report("r.idml", idml(*stories, order=(1, 0))))] == [
        ("302-1", "Energy"),
        ("303-3", "Water"),
    ]


def test_tables_and_footnotes_are_read_once() -> None:
    footnote = f"<Footnote>{paragraph('See there. [GRI 2-27]')}</Footnote>"
    story = (
        paragraph("Data", "h1")
        + paragraph(TEXT * 3, more=footnote)
        + paragraph("Figures", more=table(("GRI", "2025"), ("302-1", "5")))
    )
    report = read_report("r.idml", idml(story))
    assert [each[0] for each in places(report)] == ["2-27", "302-1"]
    assert [block.cells for block in report.blocks if block.cells] == [("GRI", "2025"), ("302-1", "5")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"no zip at all", b""])
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"r\.idml: "):
        read_report("r.idml", content)


def test_a_package_without_its_map_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "x")
    with pytest.raises(InputError, match="not an InDesign package"):
        read_report("r.idml", out.getvalue())


def test_it_is_built_with_the_pages_of_its_pdf(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    from tests.test_pagination import CHAPTERS, CODES, pages, sentence

    story = "".join(
        paragraph(chapter, "h1") + "".join(paragraph(sentence(chapter, n)) for n in range(3)) + paragraph(f"[GRI {code}]")
        for chapter, code in zip(CHAPTERS, CODES, strict=True)
    )
    (tmp_path / "r.idml").write_bytes(idml(story))
    (tmp_path / "p.pdf").write_bytes(pages(*CHAPTERS))
    code, _, err = run("build", tmp_path / "r.idml", "--pages-from", tmp_path / "p.pdf", "-o", tmp_path)
    assert code == 0 and "6 of 6 tagged places were found" in err and "InDesign" not in err
