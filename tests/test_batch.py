"""Many reports: all are done or named, whatever some of them hold."""

import io
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from gri_index.batch import cluster, pool, work
from gri_index.batch.summary import summarize
from gri_index.batch.task import Settings, Task
from gri_index.cli.clock import default_day
from gri_index.model.batch import Done, Failure, Fault, Job, Result
from gri_index.readers import InputFile
from tests.conftest import EXAMPLES

Run = Callable[..., tuple[int, str, str]]
PROFILE = (
    '[report]\norganization = "{0}"\nperiod_end = {1}-12-31\npublication_date = {2}-04-01\n[claim]\nbasis = "with reference"\n'
)
OMISSION = '[[omission]]\ndisclosure = "2-21"\nreason = "Confidentiality constraints"\nexplanation = "Contracts protect it."\n'


def report(*codes: str) -> str:
    return "".join(f"# Part {at}\n\nWords of part {at}.\n\n[GRI {code}]\n\n" for at, code in enumerate(codes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two clients with profiles, a report by itself, and one that is broken."""
    made = tmp_path / "in"
    for name, year, codes in (("anna", 2024, ("2-1", "302-1", "305-3")), ("lars", 2025, ("2-1", "305-3"))):
        (made / name).mkdir(parents=True)
        (made / name / "report.md").write_text(report(*codes), encoding="utf-8")
        stated = PROFILE.format(name.title(), year, year + 1) + (OMISSION if name == "lars" else "")
        (made / name / "gri-index.toml").write_text(stated, encoding="utf-8")
    (made / "single.md").write_text(report("2-7"), encoding="utf-8")
    (made / "bad.docx").write_bytes(b"junk")
    return made


def batch(run: Run, folder: Path, *options: object) -> tuple[int, str, Path]:
    out = folder.parent / "out"
    code, _, err = run("batch", folder, "-o", out, "--lang", "en", "-j", 1, *options)
    return code, err, out


def test_each_report_is_done_and_the_broken_one_is_named(run: Run, folder: Path) -> None:
    code, err, out = batch(run, folder)
    assert (
        code == 1
        and "bad.docx: not a Word document" in err
        and "3 reports done (0 unchanged since the last run), 1 failed" in err
    )
    assert {path.parent.name for path in out.glob("*/content-index.docx")} == {"anna", "lars", "single"}
    data = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert [(each["report"], each["organization"], each["year"]) for each in data["reports"]] == [
        ("anna", "Anna", "2024"), ("lars", "Lars", "2025"), ("single.md", None, None),
    ]  # fmt: skip
    assert [each["report"] for each in data["failures"]] == ["bad.docx"]
    shares = {each["disclosure"]: each for each in data["disclosures"]}
    assert (shares["305-3"]["reported"], shares["305-3"]["reports"], shares["302-1"]["reported"]) == (2, 3, 1)
    assert shares["2-21"]["omitted"] == 1 and sum(shares["2-21"]["reasons"].values()) == 1
    years = {each["name"]: each["disclosures"] for each in data["groups"] if each["kind"] == "year"}
    assert {each["disclosure"] for each in years["2024"]} == {"2-1", "302-1", "305-3"} and None in years


def test_outputs_are_those_of_the_single_command(run: Run, folder: Path) -> None:
    _, _, out = batch(run, folder)
    run("build", folder / "anna" / "report.md", "-o", folder.parent / "one")
    for name in ("content-index.docx", "content-index.xlsx", "index.json"):
        assert (out / "anna" / name).read_bytes() == (folder.parent / "one" / name).read_bytes()


def test_what_has_not_changed_is_passed_over(run: Run, folder: Path) -> None:
    _, _, out = batch(run, folder)
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*")}
    code, err, _ = batch(run, folder)
    assert code == 1 and "3 reports done (3 unchanged since the last run), 1 failed" in err
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*")} == before
    (folder / "anna" / "report.md").write_text(report("2-1"), encoding="utf-8")
    (out / "lars" / "index.json").unlink()
    _, err, _ = batch(run, folder)
    assert "3 reports done (1 unchanged" in err and (out / "lars" / "index.json").is_file()
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert [len(each["rows"]) for each in summary["reports"]] == [1, 3, 1]
    assert "3 reports done (0 unchanged" in batch(run, folder, "--again")[1]


def test_entries_of_a_working_list_come_back(run: Run, folder: Path) -> None:
    _, _, out = batch(run, folder)
    book = openpyxl.load_workbook(out / "single" / "content-index.xlsx")
    heads = {cell.value: cell.column for cell in book["Working list"][1]}
    book["Working list"].cell(2, heads["Owner"]).value = "Li Wei"
    book.save(out / "single" / "content-index.xlsx")
    assert "2 unchanged" in batch(run, folder)[1]
    again = openpyxl.load_workbook(out / "single" / "content-index.xlsx")["Working list"]
    assert again.cell(2, heads["Owner"]).value == "Li Wei"
    assert "3 unchanged" in batch(run, folder)[1] and not list((out / "single").glob("*.kept-*"))


def test_the_same_report_in_two_formats_is_one(run: Run, folder: Path) -> None:
    (folder / "anna" / "report.txt").write_text("Other words\n", encoding="utf-8")
    (folder / "single.txt").write_text("# X\n\n[GRI 2-8]\n", encoding="utf-8")
    _, err, out = batch(run, folder)
    assert "anna/report.txt is passed over" in err
    assert (out / "single.md" / "index.json").is_file() and (out / "single.txt" / "index.json").is_file()


def test_folders_with_dots_and_equal_names_stay_apart(run: Run, folder: Path) -> None:
    (folder / "anna").rename(folder / "Anna Ltd. 2025")
    (folder / "lars.md").write_text(report("2-1"), encoding="utf-8")
    _, _, out = batch(run, folder)
    assert {path.parent.name for path in out.glob("*/index.json")} == {"Anna Ltd. 2025", "lars", "lars.md", "single"}


@pytest.mark.parametrize(("job", "name"), [("audit", "findings.json"), ("extract", "rows.json"), ("suggest", "suggestions.json")])
def test_other_jobs(run: Run, tmp_path: Path, job: str, name: str) -> None:
    (tmp_path / "in").mkdir()
    index = EXAMPLES / "made" / "en" / "content-index.docx"
    (tmp_path / "in" / "peer.docx").write_bytes(index.read_bytes())
    code, _, err = run("batch", tmp_path / "in", "-o", tmp_path / "out", "--job", job, "-j", 1, "--lang", "en")
    assert code == 0, err
    assert json.loads((tmp_path / "out" / "peer" / name).read_text(encoding="utf-8"))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["job"] == job and (job == "suggest" or len(summary["reports"][0]["rows"]) > 70)


def test_the_workbook_says_who_reports_what(run: Run, folder: Path) -> None:
    _, _, out = batch(run, folder)
    book = openpyxl.load_workbook(io.BytesIO((out / "summary.xlsx").read_bytes()))
    assert book.sheetnames == ["Reports", "Disclosures", "Groups", "Peers", "Failed"]
    peers = {row[0]: row[2:] for row in book["Peers"].iter_rows(min_row=2, values_only=True)}
    assert peers["305-3"] == ("2/3", "\u25cf", "\u25cf", None)
    assert "305-3" in (out / "summary.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_folder_without_reports_is_told(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("batch", tmp_path / name, "-o", tmp_path / "out")
    assert code == 3 and name in err and not (tmp_path / "out").exists()


# ── processes ──

SETTINGS = Settings(job=Job.BUILD, day=default_day(), formats=("json",), seconds=20)


def tasks(count: int) -> Iterator[Task]:
    for at in range(count):
        yield Task(f"r{at}", (InputFile(f"r{at}.md", report("2-1", "302-1").encode()),))


def names(results: list[Result], kind: type) -> list[str]:
    return sorted(each.name for each in results if isinstance(each, kind))


def test_a_process_that_dies_takes_no_other_report_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "run", deadly)
    results = list(pool.run_all(tasks(9), SETTINGS, 2))
    assert names(results, Done) == [f"r{at}" for at in range(9) if at != 4]
    assert [(each.name, each.fault) for each in results if isinstance(each, Failure)] == [("r4", Fault.WORKER)]


def deadly(task: Task, settings: Settings) -> Result:
    if task.name == "r4":
        os._exit(9)
    return work.run(task, settings)


def test_what_takes_too_long_is_broken_off() -> None:
    def slow(task: Task, settings: Settings) -> Done:
        time.sleep(5)
        raise AssertionError

    work._JOBS[Job.AUDIT], before = slow, work._JOBS[Job.AUDIT]
    try:
        found = work.run(next(tasks(1)), Settings(job=Job.AUDIT, day=default_day(), seconds=0.1))
    finally:
        work._JOBS[Job.AUDIT] = before
    assert isinstance(found, Failure) and found.fault is Fault.TIME


def test_processes_and_one_alone_give_the_same() -> None:
    one, two = (sorted(pool.run_all(tasks(5), SETTINGS, count), key=lambda each: each.name) for count in (1, 2))
    assert one == two and len(one) == 5


def test_a_cluster_gives_the_same() -> None:
    distributed = pytest.importorskip("distributed", reason='Dask is not installed; pip install "gri-index[batch]"')
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as local:
        found = sorted(cluster.run_all(tasks(4), SETTINGS, local.scheduler_address), key=lambda each: each.name)
    assert found == sorted(pool.run_all(tasks(4), SETTINGS, 1), key=lambda each: each.name)


def test_a_cluster_that_is_not_there_is_told(run: Run, folder: Path) -> None:
    code, _, err = run("batch", folder, "-o", folder.parent / "o", "--scheduler", "tcp://127.0.0.1:1")
    assert code == 3 and "no Dask scheduler answers" in err and "Traceback" not in err


def test_a_summary_of_nothing_is_one() -> None:
    assert summarize([], Job.BUILD).shares == ()
