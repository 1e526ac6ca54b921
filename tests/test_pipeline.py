import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from gri_index.catalogue import load_catalogue
from gri_index.errors import InputError
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.pipeline import InputFile, build
from gri_index.profile import read_profile
from tests.conftest import EXAMPLES

PROGRAM = """
import hashlib, sys
from pathlib import Path
from gri_index import build, load_catalogue, read_profile
from gri_index.pipeline import InputFile
folder = Path(sys.argv[1])
files = build([InputFile("report.zh-Hans.docx", (folder / "report.zh-Hans.docx").read_bytes())],
              read_profile((folder / "gri-index.toml").read_bytes()), load_catalogue()).files
print({name: hashlib.sha256(content).hexdigest() for name, content in files.items()})
"""


def test_same_bytes_in_another_place_zone_and_locale(tmp_path: Path) -> None:
    def hashes(**environment: str) -> str:
        variables = {**os.environ, "PYTHONHASHSEED": "random", "PYTHONPATH": str(EXAMPLES.parent), **environment}
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, EXAMPLES], env=variables, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    first = hashes(TZ="Asia/Shanghai", LC_ALL="C")
    assert first == hashes(TZ="America/New_York", LC_ALL="C.UTF-8", HOME=str(tmp_path))
    assert len(first) > 200


def test_the_epoch_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [InputFile("r.md", b"# A\n\n[GRI 2-1]\n")]
    plain = build(sources, Profile(), load_catalogue()).files["content-index.docx"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    stamped = build(sources, Profile(), load_catalogue()).files["content-index.docx"]
    assert stamped != plain
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "nonsense")
    assert build(sources, Profile(), load_catalogue()).files["content-index.docx"] == plain


def test_the_job_is_a_function_of_values_that_can_be_sent_elsewhere() -> None:
    job = pickle.loads(pickle.dumps((build, [InputFile("r.md", b"# A\n\n[GRI 2-1]\n")], Profile(), load_catalogue())))
    outputs = pickle.loads(pickle.dumps(job[0](*job[1:])))
    assert [row.number for row in outputs.index.rows] == ["2-1"]


def test_several_files_make_one_report() -> None:
    sources = [
        InputFile("part1.md", b"# A\n\n[GRI 2-1]\n"),
        InputFile("part2.md", b"# A\n\n[GRI 2-1]\n"),
        InputFile("part2.md", b"# B\n\n[GRI 2-2]\n"),
    ]
    outputs = build(sources, Profile(), load_catalogue())
    assert [(row.number, [location.document for location in row.locations]) for row in outputs.index.rows] == [
        ("2-1", ["part1.md", "part2.md"]), ("2-2", ["part2.md"]),
    ]  # fmt: skip
    assert len({section.id for section in outputs.report.sections}) == 6
    assert [block.id for block in outputs.report.blocks] == list(range(6))


@pytest.mark.parametrize(
    ("name", "words"),
    [("r.doc", "old Office file"), ("r.pages", "no reader for '.pages'"), ("r", "no reader for 'a file without suffix'")],
)
def test_unknown_formats_are_named(name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        build([InputFile(name, b"x")], Profile(), load_catalogue())


def test_places_in_several_files_name_the_documents(catalogue: Catalogue) -> None:
    stated = b'[[document]]\nid = "AR"\ntitle = "Annual report"\nfile = "annual.md"\n'
    sources = [
        InputFile("part1.md", b"{3}-----\n\n# A\n\n[GRI 2-1]\n"),
        InputFile("annual.md", b"{3}-----\n\n# A\n\n[GRI 2-1]\n"),
    ]
    outputs = build(sources, read_profile(stated), catalogue, formats=("md",))
    assert "part1, A (p.\xa03)<br>Annual report, A (p.\xa03)" in outputs.files["content-index.md"].decode()
