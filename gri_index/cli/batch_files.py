"""A batch at the edge: which reports a folder holds, where their outputs go, and what was done before."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from gri_index import __version__, files
from gri_index.batch.task import Settings, Task
from gri_index.errors import GriIndexError, InputError
from gri_index.model.batch import Done, Facts, Failure, Fault, Job, Result, RowFact
from gri_index.readers import InputFile

_INDEXES = (".xlsx", ".csv")  # which may hold an index by themselves
_JOURNAL = "batch.jsonl"


@dataclass(frozen=True, slots=True)
class Place:
    """A task before it is read: its name, its files and its profile, and the folder of its outputs."""

    name: str
    files: tuple[Path, ...]
    profile: Path | None
    output: Path  # of its outputs; in it the same for no other task
    passed_over: tuple[Path, ...] = ()  # the same report in another format


def find(folder: Path, output: Path, job: Job) -> list[Place]:
    """The tasks of a folder, by name: each subfolder with a profile is one report, and so is every other file that may be one.

    An index is read of each file by itself.
    """
    single = job in (Job.EXTRACT, Job.AUDIT)
    suffixes = (*files.REPORTS, *_INDEXES) if single else files.REPORTS
    found: list[Place] = []
    for current, folders, names in os.walk(folder):
        here = Path(current)
        folders[:] = sorted(each for each in folders if not each.startswith(".") and (here / each).resolve() != output.resolve())
        reports = [here / name for name in sorted(names) if files.may_be_report(name, suffixes)]
        profile = files.profile_path(None, here / "report")
        if here != folder and profile and not single:
            found.append(_subfolder(here, folder, reports, profile, suffixes))
        else:
            found += (_file(each, folder, profile) for each in reports)
    several = Counter(str(each.output) for each in found)
    placed = (replace(each, output=output / (each.output if several[str(each.output)] == 1 else each.name)) for each in found)
    return sorted(placed, key=lambda each: each.name)


def _file(path: Path, folder: Path, profile: Path | None) -> Place:
    name = path.relative_to(folder)
    return Place(name.as_posix(), (path,), profile, name.with_suffix(""))


def _subfolder(here: Path, folder: Path, reports: Sequence[Path], profile: Path, suffixes: Sequence[str]) -> Place:
    """One report: of a file that lies there in several formats the richest."""
    best: dict[str, Path] = {}
    for each in sorted(reports, key=lambda path: (suffixes.index(path.suffix.lower()), path.name)):
        best.setdefault(each.stem, each)
    taken, name = tuple(sorted(best.values())), here.relative_to(folder)
    return Place(name.as_posix(), taken, profile, name, tuple(each for each in reports if each not in taken))


def read(place: Place, settings: Settings) -> Task | Failure:
    """The task with its bytes; a file that cannot be read is a failure of its own."""
    try:
        if not place.files:
            return Failure(
                place.name, Fault.INPUT, f"{place.name}: a profile and no report", "Put the report beside its profile."
            )
        profile = files.read_input(place.profile) if place.profile else None
        working = files.read_earlier(place.output / _working_name(profile)) if settings.job is Job.BUILD else None
        return Task(place.name, tuple(files.read_input(each) for each in place.files), profile, working)
    except GriIndexError as error:
        return Failure(place.name, Fault.INPUT, str(error), error.hint)


def _working_name(profile: InputFile | None) -> str:
    from gri_index.model.profile import Profile
    from gri_index.pipeline import workbook_name
    from gri_index.profile import read_profile

    return workbook_name(read_profile(profile.content, profile.name) if profile else Profile(stated=False))


def write(place: Place, done: Done, *, publish: bool) -> list[tuple[str, str]]:
    """Writes the outputs of one report together; what a person changed is kept aside. Raises OutputError."""
    book = None if done.remarks else _workbook(place, done)
    read = (book,) if book else ()
    return files.put_outputs(place.output, dict(done.files), place.files, read=read, publish=publish)[0]


def _workbook(place: Place, done: Done) -> Path | None:
    """The workbook whose working list came back."""
    return next((place.output / name for name in done.files if name.endswith(".xlsx")), None)


# ── what was done before ──


def key_of(task: Task, settings: Settings) -> str:
    """The same for a task that would give the same outputs."""
    digest = hashlib.sha256(repr((__version__, settings)).encode())
    for each in (*task.files, task.profile, task.working):
        digest.update(repr((each.name, hashlib.sha256(each.content).hexdigest()) if each else None).encode())
    return digest.hexdigest()


class Journal:
    """The reports that an earlier run of the batch went through, in a file of the output folder."""

    def __init__(self, output: Path) -> None:
        self.path = output / _JOURNAL
        self.known: dict[str, dict[str, Any]] = {}
        with suppress(OSError):
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, KeyError, TypeError):  # a line that a killed run wrote by half
                    entry = json.loads(line)
                    self.known[entry["report"]] = entry

    def recall(self, place: Place, key: str) -> Result | None:
        """The earlier result, where nothing has changed and its outputs are all there."""
        entry = self.known.get(place.name)
        if not entry or entry.get("key") != key:
            return None
        try:
            if entry["fault"]:
                return Failure(place.name, Fault(entry["fault"]), entry["error"], entry["hint"])
            if not all((place.output / name).is_file() for name in entry["outputs"]):
                return None
            rows = tuple(RowFact(each["number"], each["status"], tuple(each["reasons"])) for each in entry["facts"].pop("rows"))
            findings = tuple((str(name), int(count)) for name, count in entry["facts"].pop("findings"))
            sectors = tuple(entry["facts"].pop("sectors"))
            return Done(place.name, {}, Facts(**entry["facts"], rows=rows, findings=findings, sectors=sectors))
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, result: Result, key: str) -> None:
        """Writes a result down at once, so that a run that is ended loses nothing."""
        entry: dict[str, Any] = {"report": result.name, "key": key, "fault": "", "outputs": []}
        if isinstance(result, Done):
            entry |= {"outputs": sorted(result.files), "facts": asdict(result.facts)}
        elif result.fault in (Fault.INPUT, Fault.BUG):  # the others may go better next time
            entry |= {"fault": result.fault.value, "error": result.error, "hint": result.hint}
        else:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", errors="replace") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputError(
                f"{self.path.name}: cannot be written ({error.strerror})", hint="Check the rights of the folder."
            ) from None
