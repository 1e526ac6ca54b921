"""What the tests of the desk share: a folder with a small report, and how a row of its list is filled in."""

import datetime
from pathlib import Path
from typing import Any

from gri_index.desk.folder import Folder
from gri_index.desk.work import Work

DAY = datetime.date(2025, 12, 31)


REPORT = (
    "# About us\n\nWe are Ares. [GRI 2-1]\n\n# Energy\n\nTotal energy consumption within the organization was 900 GJ. [GRI 302-1]\n\n"
    "# Water\n\nWe withdrew 12 megalitres of water from rivers; water withdrawal fell.\n"
)


def folder_with_a_report(path: Path) -> Work:
    """The work on a folder with a small report and a profile."""
    (path / "report.md").write_text(REPORT, encoding="utf-8")
    (path / "gri-index.toml").write_text('[claim]\nbasis = "in accordance"\n', encoding="utf-8")
    return Work(Folder(path), DAY)


def entry(work: Work, number: str) -> Any:
    return next(each for each in work.needed().entries if each.row.number == number)


def enter(work: Work, number: str, **cells: str) -> list[str]:
    found = entry(work, number)
    return [each.id for each in work.enter(found.key, {**found.cells, **cells}, found.seen)]
