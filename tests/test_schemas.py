"""What the program writes as JSON is what the shipped schemas describe, and nothing else."""

import json
from collections.abc import Callable
from copy import deepcopy
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import EXAMPLES

Run = Callable[..., tuple[int, str, str]]
REPORT = EXAMPLES / "report.en.docx"
COMMANDS: dict[str, list[tuple[object, ...]]] = {
    "tags": [("tags", REPORT)],
    "findings": [("check", REPORT), ("audit", EXAMPLES / "made" / "en" / "content-index.docx")],
    "extract": [
        ("extract", EXAMPLES / "made" / "en" / "content-index.docx"),
        ("extract", EXAMPLES / "made" / "en" / "content-index.xlsx"),
    ],
    "diff": [("diff", EXAMPLES / "made" / "en" / "index.json", EXAMPLES / "made" / "zh-Hans" / "index.json")],
    "catalogue": [("catalogue", "list"), ("catalogue", "search", "water"), ("catalogue", "show", "306-3")],
    "coverage": [("catalogue", "coverage")],
    "status": [("status", REPORT)],
    "crosswalk": [("crosswalk", "hkex-c2", REPORT, "--include-unverified")],
    "between": [("crosswalk", "esrs-2023", "--against", "ifrs-s2", "--include-unverified")],
    "suggestions": [("suggest", REPORT), ("suggest", REPORT, "--only", "305")],
}


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.files("gri_index").joinpath("schemas", f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def strict(node: Any) -> Any:
    """The schema with every key forbidden that it does not describe: one that is written has to be in it."""
    if isinstance(node, list):
        return [strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {key: strict(value) for key, value in deepcopy(node).items()}
    if "properties" in node and isinstance(node["properties"], dict):
        node.setdefault("additionalProperties", False)
    return node


def check(name: str, data: dict[str, Any]) -> None:
    assert data["schema"] == f"gri-index/{name}/1"
    validator = jsonschema.Draft202012Validator(strict(schema(name)), format_checker=jsonschema.FormatChecker())
    assert [f"{list(error.path)}: {error.message[:120]}" for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(("name", "arguments"), [(name, each) for name, several in COMMANDS.items() for each in several])
def test_output_of_commands(run: Run, name: str, arguments: tuple[object, ...]) -> None:
    _, out, _ = run(*arguments, "--format", "json")
    check(name, json.loads(out))


@pytest.mark.parametrize("publish", [(), ("--publish",)])
def test_the_index(run: Run, tmp_path: Path, publish: tuple[str, ...]) -> None:
    assert run("build", REPORT, "-o", tmp_path, "-f", "json", *publish)[0] == 0
    data = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    check("index", data)
    if publish:
        assert data["summary"] == {"rows": len(data["rows"])}
    else:
        assert data["summary"]["rows"] == len(data["rows"]) == sum(data["summary"]["status"].values())
        assert sum(data["summary"]["findings"].values()) == len(data["findings"])


def test_the_summary_of_a_batch(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "client").mkdir(parents=True)
    for name in ("report.en.docx", "gri-index.toml"):
        (tmp_path / "in" / "client" / name).write_bytes((EXAMPLES / name).read_bytes())
    (tmp_path / "in" / "bad.docx").write_bytes(b"junk")
    assert run("batch", tmp_path / "in", "-o", tmp_path / "out", "-j", 1)[0] == 1
    check("summary", json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8")))


def test_every_schema_is_tested() -> None:
    shipped = {path.name.removesuffix(".json") for path in resources.files("gri_index").joinpath("schemas").iterdir()}
    assert shipped == {*COMMANDS, "index", "summary"}
