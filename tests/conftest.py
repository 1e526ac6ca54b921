"""Fixtures that build values, not mocks."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from gri_index import cli
from gri_index.catalogue import load_catalogue
from gri_index.extraction.report import read_report
from gri_index.language.labels import Labels, load_labels
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
REPORT = "# Energy\n\nIt fell. [GRI 302-1]\n"


def pytest_report_header() -> str:
    folder = corpus_folder()
    return f"real reports: {folder}" if folder else "real reports: none (GRI_INDEX_CORPUS is not set); their tests are skipped"


def corpus_folder() -> Path | None:
    folder = Path(os.environ.get("GRI_INDEX_CORPUS") or "/nonexistent")
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = corpus_folder()
    if folder is None:
        pytest.skip("needs real reports: set GRI_INDEX_CORPUS to their folder")
    return folder


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def english() -> Labels:
    return load_labels("en")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with one tag, in a folder of its own."""
    path = tmp_path / "report.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def markdown() -> Callable[[str], Report]:
    """Reads a Markdown text as a report."""
    return lambda text: read_report("report.md", text.encode())


@pytest.fixture
def profile() -> Callable[[str], Profile]:
    from gri_index.profile import read_profile

    return lambda text: read_profile(text.encode())


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line; (exit code, stdout, stderr)."""

    def _run(*arguments: Any) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            cli.main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return int(stop.value.code or 0), captured.out, captured.err

    return _run


def names(report: Report) -> list[str]:
    """The tags in short: "302-1", "405-1-a,b", "3-3[Energy]", "GRI 302"."""
    out = []
    for tag in report.tags:
        text = tag.reference.name
        text += "-" + ",".join(tag.reference.requirements) if tag.reference.requirements else ""
        text += f"[{tag.reference.topic}]" if tag.reference.topic else ""
        out.append(text)
    return out


def written(template: bytes | None, profile: bytes = b'[claim]\nbasis = "in accordance"\n') -> Any:
    """The Word index of a small report, as python-docx reads it."""
    file = InputFile("r.md", b"# A\n\n[GRI 2-1]\n\n[GRI 2-7]\n")
    made = build([file], read_profile(profile), load_catalogue(), formats=("docx",), template=template)
    return docx.Document(io.BytesIO(made.files["content-index.docx"]))


@pytest.fixture
def work(tmp_path: Path) -> Any:
    """The desk's work on a folder with a small report."""
    from tests.desk import folder_with_a_report

    return folder_with_a_report(tmp_path)
