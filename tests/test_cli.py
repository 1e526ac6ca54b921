import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_index.cli import COMMANDS, cli
from gri_index.errors import OutputError
from gri_index.files import write_outputs
from tests.conftest import EXAMPLES, REPORT

Run = Callable[..., tuple[int, str, str]]


def test_build_writes_three_files_and_says_where(run: Run, report: Path) -> None:
    code, out, err = run("build", report, "-o", report.parent / "out")
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == ["content-index.docx", "content-index.xlsx", "index.json"]
    assert "1 tag; 1 row: 1 reported" in err and "No profile: assumed" in err
    assert report.read_text(encoding="utf-8") == REPORT


def test_a_report_without_tags_gets_told_how_to_tag(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_text("# A\n\nText.\n", encoding="utf-8")
    assert "No disclosure tags were found" in run("build", path, "-o", tmp_path / "out")[2]
    assert "没有找到披露项标签" in run("tags", path, "--lang", "zh-Hans")[2]


def test_quiet_says_nothing_but_results(run: Run, report: Path) -> None:
    code, out, err = run("build", report, "-o", report.parent / "out", "-q", "-f", "json")
    assert (code, out.count("\n"), err) == (0, 1, "")


def test_fail_on_findings(run: Run, report: Path) -> None:
    (report.parent / "gri-index.toml").write_text('[claim]\nbasis = "in accordance"\n', encoding="utf-8")
    assert run("build", report, "-o", report.parent / "out")[0] == 0
    code, _, err = run("build", report, "-o", report.parent / "out", "--fail-on", "error")
    assert code == 1 and "error CI201 missing-disclosure" in err and "  2-1 Organizational details is required" in err


def test_acknowledged_findings_do_not_fail_a_pipeline(run: Run, report: Path) -> None:
    text = '[claim]\nbasis = "in accordance"\n'
    text += "".join(
        f'[[acknowledged]]\nrule = "{rule}"\nreason = "draft"\n'
        for rule in ("missing-disclosure", "CI202", "claim-not-met", "incomplete-statement")
    )
    (report.parent / "gri-index.toml").write_text(text, encoding="utf-8")
    code, _, err = run("build", report, "-o", report.parent / "out", "--fail-on", "error")
    assert code == 0 and "(acknowledged by draft)" in err


def test_the_profile_names_the_house_style(run: Run, report: Path) -> None:
    (report.parent / "gri-index.toml").write_text('[output]\ntemplate = "none.docx"\n', encoding="utf-8")
    code, _, err = run("build", report, "-o", report.parent / "out")
    assert code == 3 and "none.docx: no such file" in err


def test_the_language_can_be_chosen(run: Run, report: Path) -> None:
    _, _, err = run("build", report, "-o", report.parent / "out", "--lang", "zh-Hans")
    assert "1个标签" in err
    assert (
        json.loads((report.parent / "out" / "index.json").read_text(encoding="utf-8"))["rows"][0]["title"]
        == "组织内部的能源消耗量"
    )


def test_tags_for_people_and_for_programs(run: Run) -> None:
    code, out, err = run("tags", EXAMPLES / "report.zh-Hans.docx", "--by", "section")
    assert code == 0 and "首席执行官致辞" in out and "80个标签" in err and "目录" in err
    code, out, _ = run("tags", EXAMPLES / "report.zh-Hans.docx", "--format", "json")
    data = json.loads(out)
    assert list(data) == ["schema", "report", "sections", "tags", "excluded", "problems"]
    assert set(data["tags"][0]) == {
        "disclosure",
        "edition",
        "requirements",
        "topic",
        "section",
        "section_title",
        "page",
        "page_label",
        "carrier",
        "text",
    }
    assert set(data["sections"][0]) == {"id", "title", "level", "page", "page_label"}


def test_catalogue_list_and_show(run: Run) -> None:
    code, out, _ = run("catalogue", "list")
    assert code == 0 and "GRI 302: Energy 2016" in out
    code, out, _ = run("catalogue", "show", "306-3")
    assert out.index("Significant spills") < out.index("Waste generated")
    code, out, _ = run("catalogue", "list", "--format", "json")
    assert len(json.loads(out)["disclosures"]) == 216
    assert run("catalogue", "show", "302-9")[0] == 2
    assert run("catalogue", "list", "999")[0] == 2


def test_rule_explains_itself(run: Run) -> None:
    assert "missing-disclosure" in run("rule")[1]
    assert "Why it matters" in run("rule", "ci201")[1]
    assert run("rule", "CI999")[0] == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0 and "Examples:" in out
    assert cli.get_command(None, name).short_help == COMMANDS[name][1]  # type: ignore[arg-type,union-attr]


def test_errors_name_file_fault_and_next_step(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"nonsense")
    code, out, err = run("build", broken, "-o", tmp_path / "out")
    assert (code, out) == (3, "")
    assert (
        err
        == "error: broken.docx: not a Word document (no zip package; truncated, or another format)\n  Open and save it again in its program.\n"
    )
    assert not (tmp_path / "out").exists()
    assert run("build", tmp_path / "none.docx")[0] == 3
    assert run("build", tmp_path)[0] == 3
    assert run("build")[0] == 2
    assert run("bild")[0] == 2


def test_a_bad_profile_is_named(run: Run, report: Path) -> None:
    (report.parent / "gri-index.toml").write_text("[claim]\nbasiss = 1\n", encoding="utf-8")
    code, _, err = run("build", report, "-o", report.parent / "out")
    assert code == 3 and "unknown key claim.basiss (do you mean basis?)" in err


def test_names_that_steer_a_terminal_do_not(run: Run, tmp_path: Path) -> None:
    _, _, err = run("tags", tmp_path / "a\x1b[31m\u202e.docx")
    assert "\x1b" not in err and "\u202e" not in err


def test_an_output_never_takes_the_place_of_an_input_or_a_link(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "content-index.docx"
    report.write_bytes((EXAMPLES / "report.en.docx").read_bytes())
    before = report.read_bytes()
    code, _, err = run("build", report, "-o", tmp_path)
    assert code == 5 and "is the report itself" in err
    assert report.read_bytes() == before and sorted(p.name for p in tmp_path.iterdir()) == ["content-index.docx"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.json").symlink_to(report)
    assert run("build", report, "-o", other)[0] == 5
    assert report.read_bytes() == before


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gri_index.files as files

    stage, calls = files._stage, []

    def failing(folder: Path, content: bytes) -> Path:
        calls.append(content)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return stage(folder, content)

    monkeypatch.setattr(files, "_stage", failing)
    with pytest.raises(OutputError, match="No space left"):
        write_outputs(tmp_path / "out", {"a": b"1", "b": b"2"}, ())
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_without_rights_is_said(run: Run, report: Path) -> None:
    blocked = report.parent / "file"
    blocked.write_text("")
    code, _, err = run("build", report, "-o", blocked / "out")
    assert code == 5 and "cannot write" in err


def test_module_and_version() -> None:
    from gri_index import __version__

    out = subprocess.run([sys.executable, "-m", "gri_index", "--version"], check=True, capture_output=True, text=True).stdout
    assert out.strip() == f"gri-index, version {__version__}"


def test_help_and_version_import_click_alone() -> None:
    program = "import sys; from gri_index.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted(set(sys.modules) & {'lxml', 'docx', 'openpyxl', 'babel', 'markdown_it'}), file=sys.stderr)"
    assert (
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=dict(os.environ)
        ).stderr.strip()
        == "[]"
    )
