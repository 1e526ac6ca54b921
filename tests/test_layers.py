"""A module imports only from layers before its own."""

import ast
from pathlib import Path

import gri_index

ROOT = Path(gri_index.__file__).parent
LAYERS = [
    "errors", "model", "resources", "language", "tags", "ooxml", "office", "tables", "catalogue", "profile", "readers", "extraction",
    "pagination", "suggest", "matching", "crosswalk", "worklist", "checks", "writers",
    "comparison", "pipeline", "batch", "files", "desk", "cli",
]  # fmt: skip
HEAVY = {"docx", "openpyxl"}  # heavy packages stay where they are used


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def modules() -> list[Path]:
    return [path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.stem not in ("__init__", "__main__")]


def test_every_module_has_a_layer() -> None:
    assert {layer(path) for path in modules()} == set(LAYERS)


def test_imports_go_one_way() -> None:
    wrong = []
    for path in modules():
        for name in imports(path):
            if name.startswith("gri_index.") and LAYERS.index(name.split(".")[1]) > LAYERS.index(layer(path)):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_the_model_imports_nothing_from_outside() -> None:
    third = {"lxml", "docx", "openpyxl", "click", "markdown_it", "babel"}
    assert [path for path in (ROOT / "model").glob("*.py") if {name.split(".")[0] for name in imports(path)} & third] == []


def test_heavy_packages_are_imported_where_they_are_used_alone() -> None:
    users = {layer(path) for path in modules() if {name.split(".")[0] for name in imports(path)} & HEAVY}
    assert users == {"writers", "tables"}


def test_modules_and_functions_stay_small() -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 450, path
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"


def test_only_the_command_line_prints_and_catches_everything() -> None:
    # Edges too: what one report of many does is a value, a file that is written by half goes, and a page says that it failed.
    edges = {ROOT / "batch" / "work.py", ROOT / "files.py", ROOT / "desk" / "guard.py"}
    for path in modules():
        if layer(path) == "cli" or path in edges:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            assert called not in ("print", "open"), f"{path}:{node.lineno}"
            caught = node.type.id if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) else ""
            assert caught not in ("Exception", "BaseException"), f"{path}:{node.lineno}"
