"""The samples of the rules: for each a report in which it finds something, and a near miss in which it does not.

One TOML file per rule, ``CI304.toml``: ``[wrong]`` with ``report`` (Markdown), ``profile`` (TOML; left out: none)
and ``found`` (the codes of all findings), ``[near]`` with ``report`` and ``profile``. ``{pages}`` in a report
stands for the twelve pages of ``pages.md``. The tests execute each of them; the pages of the rules show them.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_PAGES = "{pages}\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """A report with its profile, and the codes of what is found in it; for a near miss ``found`` is empty and says nothing."""

    report: str
    profile: str = ""
    found: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """The report for a reader: without the pages that all share."""
        return self.report.replace(_PAGES, "… twelve pages of the report …\n")

    @property
    def text(self) -> str:
        """The report in whole."""
        return self.report.replace(_PAGES, _pages())


@cache
def _pages() -> str:
    return (_FOLDER / "pages.md").read_text(encoding="utf-8")


def codes() -> tuple[str, ...]:
    """The rules that have samples."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("CI*.toml")))


def samples(code: str) -> tuple[Sample, Sample] | None:
    """(what the rule finds, a near miss); None where the rule has no sample."""
    path = _FOLDER / f"{code}.toml"
    if not path.is_file():
        return None
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong, near = read["wrong"], read["near"]
    return (
        Sample(wrong["report"], wrong.get("profile", ""), frozenset(wrong["found"])),
        Sample(near["report"], near.get("profile", "")),
    )
