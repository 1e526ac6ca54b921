"""What is said of a report that was read: what was left out of it, and what could not be read."""

from collections.abc import Iterator

from gri_index.language.labels import Labels
from gri_index.language.pages import page_text
from gri_index.model.report import Report


def reading_lines(report: Report, labels: Labels) -> Iterator[str]:
    """What was left out of the report and what could not be read."""
    for excluded in report.excluded:
        what = labels.words["excluded-" + excluded.why.replace(" ", "-")]
        yield labels.text("left-out", where=_place(excluded.where, labels), what=what)
    for problem in report.problems:
        yield f"{problem.where}{labels.words['colon']}{labels.text(problem.code, **dict(problem.args))}"


def _place(where: str, labels: Labels) -> str:
    return page_text(where.removeprefix("p. "), labels) if where.startswith("p. ") else f"“{where}”"
