"""The notification of GRI."""

from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
PROFILE = """[report]
organization = "Halden AB"
period_start = 2025-01-01
period_end = 2025-12-31
[claim]
basis = "with reference"
"""


def test_a_notice_holds_all_that_gri_1_asks_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1]\n", encoding="utf-8")
    (tmp_path / "gri-index.toml").write_text(PROFILE, encoding="utf-8")
    code, out, err = run("notice", tmp_path / "r.md")
    assert code == 0 and "reportregistration@globalreporting.org" in out and "brackets" in err
    assert out.count("[") == 3
    given = ("--index-link", "https://h.example/i", "--report-link", "https://h.example/r", "--contact", "Anna, a@h.example")
    code, out, err = run("notice", tmp_path / "r.md", *given)
    assert (code, err) == (0, "") and "[" not in out and all(text in out for text in given[1::2])
    assert "Halden AB has reported the information cited in this GRI content index" in out


def test_a_published_index_ends_with_the_duty_to_notify(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# A\n\n[GRI 2-1]\n", encoding="utf-8")
    assert "gri-index notice" in run("build", tmp_path / "r.md", "-o", tmp_path / "o", "--publish")[2]
    assert "gri-index notice" not in run("build", tmp_path / "r.md", "-o", tmp_path / "p")[2]
