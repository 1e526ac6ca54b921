"""One report in two languages, one profile, one working list; and the text for who typesets it."""

import json
from collections.abc import Callable
from pathlib import Path

import docx

from tests.conftest import EXAMPLES

Run = Callable[..., tuple[int, str, str]]
ENGLISH, CHINESE = EXAMPLES / "report.en.docx", EXAMPLES / "report.zh-Hans.docx"


def cells(path: Path) -> str:
    return "\n".join(cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


def test_each_index_has_the_sections_of_its_own_report(run: Run, tmp_path: Path) -> None:
    code, _, err = run("build", CHINESE, "--twin", ENGLISH, "--profile", EXAMPLES / "gri-index.toml", "-o", tmp_path)
    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "content-index.en.docx", "content-index.en.xlsx", "content-index.zh-Hans.docx", "content-index.zh-Hans.xlsx", "index.json",
    ]  # fmt: skip
    english, chinese = cells(tmp_path / "content-index.en.docx"), cells(tmp_path / "content-index.zh-Hans.docx")
    assert "Energy use (p." in english and "Energy use" not in chinese
    assert "\u80fd\u6e90" in chinese and "differs" not in err and "\u4e0d\u4e00\u81f4" not in err


def test_what_differs_between_them_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(
        "# Energy\n\nWe used 5 MWh.\n\n[GRI 302-1]\n\n# People\n\nWe are 90.\n\n[GRI 2-7]\n", encoding="utf-8"
    )
    (tmp_path / "two.md").write_text(
        "# Energie\n\nWir verbrauchten 5 MWh und sind der Umwelt verpflichtet.\n\n[GRI 302-1]\n", encoding="utf-8"
    )
    code, _, err = run("build", tmp_path / "one.md", "--twin", tmp_path / "two.md", "--lang", "en", "-o", tmp_path / "o")
    assert code == 0 and "2-7 differs between the twins" in err and "302-1 differs" not in err


def test_the_text_for_typesetting_has_a_kind_and_cells_in_each_line(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("build", ENGLISH, "-f", "txt", "-o", tmp_path)
    assert code == 0
    lines = (tmp_path / "content-index.txt").read_text(encoding="utf-8-sig").splitlines()
    assert {line.split("\t")[0] for line in lines} == {"title", "head", "columns", "band", "standard", "row", "note"}
    row = next(line.split("\t") for line in lines if "302-1" in line)
    columns = next(line.split("\t") for line in lines if line.startswith("columns"))
    assert len(row) == len(columns) and row[3] == "Energy use (p.\u00a013)"
    assert json.dumps(row)
