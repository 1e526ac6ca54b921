"""One task from bytes to bytes, by the same functions as the single commands; whatever goes wrong is a value too."""

import contextlib
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from gri_index.batch.task import Settings, Task
from gri_index.catalogue import load_catalogue
from gri_index.errors import GriIndexError
from gri_index.extraction.extract import extract
from gri_index.extraction.report import read_sources
from gri_index.language.labels import load_labels, message_labels
from gri_index.model.batch import Done, Facts, Failure, Fault, Job, Result, RowFact
from gri_index.model.findings import Finding
from gri_index.model.index import ContentIndex, Status
from gri_index.model.printed import PrintedIndex
from gri_index.model.profile import Profile
from gri_index.pipeline import audit, build
from gri_index.profile import read_profile
from gri_index.suggest.rank import FAINT, suggest
from gri_index.worklist.progress import OPEN
from gri_index.writers.json import findings_json
from gri_index.writers.printed import extract_json
from gri_index.writers.suggestions import suggestions_json


class _TooLongError(BaseException):
    """Raised by the clock; nothing in between takes it for an error of the report."""


def run(task: Task, settings: Settings) -> Result:
    """Does one task. Never raises for what a report holds."""
    try:
        with _at_most(settings.seconds):
            return _JOBS[settings.job](task, settings)
    except _TooLongError:
        return Failure(
            task.name, Fault.TIME, f"longer than {settings.seconds:g} seconds", "Build it by itself, or give more --seconds."
        )
    except GriIndexError as error:
        return Failure(task.name, Fault.INPUT, str(error), error.hint)
    except Exception as error:
        return Failure(task.name, Fault.BUG, f"{type(error).__name__}: {error}"[:300], "This is a bug of gri-index.")


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Breaks off what takes longer, where the system has a clock for it and this is the main thread."""
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _profile(task: Task) -> Profile:
    return read_profile(task.profile.content, task.profile.name) if task.profile else Profile(stated=False)


def _build(task: Task, settings: Settings) -> Done:
    stated = _profile(task)
    outputs = build(
        task.files, stated, load_catalogue(), formats=settings.formats, publish=settings.publish, working=task.working
    )  # fmt: skip
    labels = message_labels(outputs.language)
    facts = replace(_of_index(task.name, stated, outputs.index, outputs.findings), language=outputs.language)
    remarks = tuple(labels.say(each) for each in outputs.index.remarks if each.id.startswith("list-"))
    return Done(task.name, outputs.files, facts, remarks)


def _audit(task: Task, settings: Settings) -> Done:
    stated = _profile(task)
    outputs = audit(task.files[0], stated, load_catalogue(), judged=settings.day)
    labels = message_labels(outputs.language)
    facts = replace(_of_printed(task.name, outputs.printed or PrintedIndex(), outputs.findings), language=outputs.language)
    return Done(task.name, {"findings.json": findings_json(outputs.findings, labels)}, facts)


def _extract(task: Task, settings: Settings) -> Done:
    found = extract(task.files[0])
    language = load_labels(read_sources(task.files).sources[0].language).language if found.rows else ""
    return Done(task.name, {"rows.json": extract_json(found)}, replace(_of_printed(task.name, found, ()), language=language))


def _suggest(task: Task, settings: Settings) -> Done:
    stated, catalogue, report = _profile(task), load_catalogue(), read_sources(task.files)
    day = stated.report.publication_date or settings.day
    found = suggest(report, catalogue, day, least=FAINT, language=stated.report.language)
    language = load_labels(stated.report.language or report.sources[0].language).language
    numbers = dict.fromkeys(each.key.number for each in found.found)
    facts = Facts(name=task.name, language=language, rows=tuple(RowFact(number, "suggested") for number in numbers))
    return Done(task.name, {"suggestions.json": suggestions_json(found, report, catalogue, message_labels(language))}, facts)


_JOBS = {Job.BUILD: _build, Job.AUDIT: _audit, Job.EXTRACT: _extract, Job.SUGGEST: _suggest}


# ── facts ──


def _of_index(name: str, stated: Profile, index: ContentIndex, findings: tuple[Finding, ...]) -> Facts:
    ends = stated.report.period_end or stated.report.publication_date
    rows = tuple(
        RowFact(row.number, row.status.value, tuple(str(each.reason) for each in row.omissions))
        for row in index.rows
        if row.number and not (row.status in (Status.MISSING, Status.PLANNED) and not row.required)
    )
    return Facts(
        name=name,
        organization=next(iter(stated.report.organization.all), ""),
        basis=index.claim.basis.value,
        year=str(ends.year) if ends else "",
        sectors=index.claim.sector_standards,
        rows=rows,
        findings=_counted(findings),
        open=sum(row.status in OPEN and row.required for row in index.rows),
    )


def _of_printed(name: str, printed: PrintedIndex, findings: tuple[Finding, ...]) -> Facts:
    rows = tuple(
        RowFact(
            row.reference.name,
            "omitted" if row.omissions and not row.location else "reported",
            tuple(str(each.reason) for each in row.omissions),
        )
        for row in printed.rows
        if row.reference.number
    )
    return Facts(name=name, basis=printed.basis.value if printed.basis else "", rows=rows, findings=_counted(findings))


def _counted(findings: tuple[Finding, ...]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(each.severity.value for each in findings if not each.acknowledged).items()))
