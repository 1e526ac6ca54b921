"""The README cannot rot: its commands are run and their output compared."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^\$ gri-index (?P<arguments>.+)\n(?P<output>(?:(?!\$|```).*\n)*)", re.MULTILINE)
LIBRARY = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("example", list(EXAMPLE.finditer(README)), ids=lambda e: str(e["arguments"]))
def test_commands_print_what_the_readme_says(
    example: re.Match[str], run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    code, out, err = run(*shlex.split(example["arguments"]))
    printed = (err + out).replace("\u00a0", " ").strip().splitlines()
    shown = example["output"].strip().splitlines()
    kept = [line for line in shown if line.strip() != "…"]
    assert code == 0
    assert [line for line in printed if line in kept] == kept if "…" in [line.strip() for line in shown] else printed == kept


def test_there_are_commands_to_test() -> None:
    assert len(list(EXAMPLE.finditer(README))) >= 2


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = LIBRARY.search(README)
    assert code is not None
    exec(compile(code[1], "README.md", "exec"), {})
    wanted = re.findall(r"# prints: (.*)", code[1])
    assert capsys.readouterr().out.strip().splitlines() == wanted


def test_links_point_to_files() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert link.startswith("http") or (ROOT / link).exists(), link
