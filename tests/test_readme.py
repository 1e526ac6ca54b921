"""README and docs cannot rot: their commands are run, their output compared, their links followed."""

import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.cli import COMMANDS
from gri_index.profile import read_profile
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
EXAMPLE = re.compile(r"^\$ gri-index (?P<arguments>.+)\n(?P<output>(?:(?!\$|```).*\n)*)", re.MULTILINE)
LIBRARY = re.compile(r"```python\n(.*?)```", re.DOTALL)
SHOWN = [(name, match) for name, text in TEXTS.items() for match in EXAMPLE.finditer(text)]


@pytest.mark.parametrize(("page", "example"), SHOWN, ids=lambda each: each if isinstance(each, str) else str(each["arguments"]))
def test_commands_print_what_is_shown(
    page: str,
    example: re.Match[str],
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
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
    assert len(SHOWN) >= 8


@pytest.mark.parametrize("page", TEXTS)
def test_named_commands_and_options_exist(page: str, run: Callable[..., tuple[int, str, str]]) -> None:
    for command, rest in re.findall(r"gri-index ([a-z]+)((?: [^`\n|]*)?)", TEXTS[page].replace("pip install gri-index", "")):
        if command in COMMANDS:
            help = run(command, "--help")[1]
            if command == "catalogue" and (sub := rest.split()[:1]):
                help += run(command, sub[0], "--help")[1] if sub[0] in help else ""
            assert all(option in help for option in re.findall(r"(?<=\s)--[a-z-]+", rest)), (command, rest)


@pytest.mark.parametrize("page", TEXTS)
def test_profiles_that_are_shown_are_read(page: str) -> None:
    for block in re.findall(r"```toml\n(.*?)```", TEXTS[page], re.DOTALL):
        assert tomllib.loads(block)
        read_profile(block.encode())


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = LIBRARY.search(TEXTS["README.md"])
    assert code is not None
    exec(compile(code[1], "README.md", "exec"), {})
    wanted = re.findall(r"# prints: (.*)", code[1])
    assert capsys.readouterr().out.strip().splitlines() == wanted


@pytest.mark.parametrize("page", TEXTS)
def test_links_point_to_files(page: str) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)\)", TEXTS[page]):
        assert link.startswith("http") or (ROOT / page).parent.joinpath(link).exists(), link


def test_the_readme_stays_short() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= 120
