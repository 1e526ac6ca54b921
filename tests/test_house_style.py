"""The house style: a template's look, its mark, and the starting style."""

import io
import re

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Twips

from gri_index.catalogue import load_catalogue
from gri_index.errors import InputError
from gri_index.language.labels import load_labels
from gri_index.model.profile import Profile
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from gri_index.writers.word_style import starter
from tests.conftest import written


def test_a_house_style_is_kept() -> None:
    template = docx.Document()
    template.styles["Heading 1"].font.name = "Georgia"
    template.sections[0].header.paragraphs[0].text = "Acme plc"
    out = io.BytesIO()
    template.save(out)
    stated = read_profile(b'[claim]\nbasis = "in accordance"\n')
    result = build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], stated, load_catalogue(), template=out.getvalue())
    document = docx.Document(io.BytesIO(result.files["content-index.docx"]))
    assert document.sections[0].header.paragraphs[0].text == "Acme plc"
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[-1].page_width > document.sections[-1].page_height


def house_style(*texts: str, accent: str = "C8102E") -> bytes:
    """A template with some text and an accent colour."""
    template = docx.Document()
    theme = template.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(
        rb"<a:accent1>.*?</a:accent1>", b'<a:accent1><a:srgbClr val="%s"/></a:accent1>' % accent.encode(), theme.blob, flags=re.S
    )
    for text in texts:
        template.add_paragraph(text)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def test_a_house_style_s_sample_text_is_not_printed_but_where_it_says_where_the_index_goes() -> None:
    texts = [each.text for each in written(house_style("Sample", "More of it")).paragraphs]
    assert not {"Sample", "More of it"} & set(texts)
    document = written(house_style("Before", "[[GRI content index]]", "Behind"))
    texts = [each.text for each in document.paragraphs if each.text]
    assert texts[0] == "Before" and texts[-1] == "Behind" and "GRI content index" in texts and "[[" not in "".join(texts)
    kinds = [each.tag.rpartition("}")[2] for each in document.element.body]
    assert kinds.index("tbl") > 0 and kinds[-2] == "p"  # the text behind stays behind


@pytest.mark.parametrize(("accent", "letters"), [("C8102E", "FFFFFF"), ("FFC000", "000000")])
def test_a_house_style_s_accent_colours_the_table(accent: str, letters: str) -> None:
    document = written(house_style(accent=accent))
    xml = document.element.xml
    assert f'w:fill="{accent}" w:themeFill="accent1"' in xml and "1F4E5F" not in xml
    assert str(document.styles["GRI Index Head"].font.color.rgb) == letters


@pytest.mark.parametrize("texts", [("see [[GRI content index]] here",), ("[[GRI content index]]", "[[GRI content index]]")])
def test_a_mark_in_the_wrong_place_is_said(texts: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="has to stand once, in a paragraph by itself"):
        written(house_style(*texts))


@pytest.mark.parametrize(("accent", "letters"), [("FFF200", "000000"), ("3B0A45", "FFFFFF")])
def test_the_starting_style_follows_the_theme(accent: str, letters: str) -> None:
    document = docx.Document(io.BytesIO(starter(load_labels("en"))))
    theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b"1F4E5F", accent.encode())
    out = io.BytesIO()
    document.save(out)
    made = written(out.getvalue())
    assert str(made.styles["GRI Index Head"].font.color.rgb) == letters and f'w:fill="{accent}"' in made.element.xml
    assert 'w:themeColor="accent1"' in made.styles["GRI Index Band"].element.xml
    assert "exact" not in made.styles["GRI Index Text"].element.xml


def test_the_starting_house_style_can_be_built_with() -> None:
    document = written(starter(load_labels("en")))
    assert not any("printed" in each.text for each in document.paragraphs)
    assert 'w:fill="1F4E5F"' in document.element.xml


@pytest.mark.parametrize("template", [b"", b"no Word file"])
def test_a_template_that_is_no_word_file_is_said(template: bytes) -> None:
    with pytest.raises(InputError, match="house style template: not a Word document"):
        build([InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], Profile(), load_catalogue(), template=template)


@pytest.mark.parametrize(("page", "margin"), [(40_000_000, 0), (3000, 90_000)])
def test_a_page_that_word_cannot_have_does_no_harm(page: int, margin: int) -> None:
    template = docx.Document(io.BytesIO(house_style("x")))
    template.sections[0].page_width, template.sections[0].left_margin = Twips(page), Twips(margin)
    out = io.BytesIO()
    template.save(out)
    assert written(out.getvalue()).tables
