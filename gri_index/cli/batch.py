"""``gri-index batch``: the same job for every report of a folder."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.build import FORMATS
from gri_index.cli.options import file_option, known_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gri_index.batch.task import Settings, Task
    from gri_index.cli.batch_files import Journal, Place
    from gri_index.language.labels import Labels
    from gri_index.model.batch import Result, Summary

_EVERY = 5  # seconds between two lines of progress


@click.command("batch", short_help="Do the same job for every report of a folder.")
@click.argument("folder", type=click.Path(path_type=Path, readable=False), metavar="FOLDER")
@file_option("-o", "--output", required=True, metavar="OUT", help="Folder of the outputs: one for each report, and the summary.")
@click.option(
    "--job", type=click.Choice(("build", "audit", "extract", "suggest")), default="build", help="What is done (default: build)."
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Of build: write this format only; may be repeated.",
)
@click.option("--publish", is_flag=True, help="Of build: outputs for publication, with nothing private.")
@click.option("-j", "--processes", type=click.IntRange(1, 512), help="Processes (default: one for each processor).")
@click.option(
    "--scheduler", metavar="ADDRESS", help='Run on a Dask cluster, as tcp://host:8786; needs pip install "gri-index[batch]".'
)
@click.option("--seconds", type=click.FloatRange(0), default=600, help="That one report may take (default: 600; 0: any).")
@click.option("--again", is_flag=True, help="Do all reports again, unchanged ones too.")
@click.option("--lang", callback=known_language, metavar="LANG", help="Language of the summary and of what is said.")
@click.option("-q", "--quiet", is_flag=True, help="Say what failed, and nothing else.")
def batch_command(
    folder: Path, output: Path, job: str, formats: tuple[str, ...], publish: bool, processes: int | None, scheduler: str | None,
    seconds: float, again: bool, lang: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Do the same job for every report of a folder: a folder for each client, or hundreds of peers' reports.

    Each subfolder with a profile (gri-index.toml or gri-index.xlsx) is one report; every other report file is one
    by itself. Outputs go into OUT, a folder for each, as the single command would write them; summary.xlsx,
    summary.json and summary.html say what the reports have together. A report that fails is named, and the rest goes
    on; exit 1 then. Run again, reports that have not changed are passed over.

    \b
    Examples:
      gri-index batch clients -o out
      gri-index batch peers --job extract -o peers-indexes
      gri-index batch reports -o out --scheduler tcp://10.0.0.5:8786
    """
    from gri_index import files
    from gri_index.batch.summary import summarize
    from gri_index.batch.task import Settings
    from gri_index.cli.batch_files import Journal, find
    from gri_index.cli.build import DEFAULT_FORMATS
    from gri_index.cli.clock import default_day
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say
    from gri_index.errors import ExitCode, InputError
    from gri_index.model.batch import Done, Failure, Job

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder", hint="Name the folder that holds the reports.")
    labels = talk_labels(lang)
    places = find(folder, output, Job(job))
    if not places:
        raise InputError(f"{folder}: no report in it", hint="Word, PDF, HTML, Markdown, InDesign and text files are reports.")
    settings = Settings(job=Job(job), day=default_day(), formats=formats or DEFAULT_FORMATS, publish=publish, seconds=seconds)
    run = _Run(places, settings, Journal(output), labels, again=again, quiet=quiet)
    results = list(run.all(processes or os.cpu_count() or 1, scheduler))
    found = summarize(results, Job(job))
    written = _summary(found, labels)
    for path in files.write_outputs(output, written, ()):
        click.echo(str(path))
    failed = sum(isinstance(each, Failure) for each in results)
    done = sum(isinstance(each, Done) for each in results)
    say(labels.text("batch-done", count=str(done), failed=str(failed), same=str(run.same)), quiet=quiet and not failed)
    return ExitCode.FINDINGS if failed else ExitCode.OK


def _summary(found: "Summary", labels: "Labels") -> dict[str, bytes]:
    from gri_index.writers.batch import summary_html, summary_json
    from gri_index.writers.excel_batch import summary_xlsx

    return {
        "summary.xlsx": summary_xlsx(found, labels),
        "summary.html": summary_html(found, labels),
        "summary.json": summary_json(found),
    }


class _Run:
    """One run over all reports: what is the same is passed over, the rest done, written and kept in the journal."""

    def __init__(
        self, places: "list[Place]", settings: "Settings", journal: "Journal", labels: "Labels", *, again: bool, quiet: bool
    ) -> None:
        self.places = {place.name: place for place in places}
        self.settings, self.journal, self.labels, self.again, self.quiet = settings, journal, labels, again, quiet
        self.keys: dict[str, str] = {}
        self.early: list[Result] = []  # known without work: the same as before, or not to be read
        self.same = self.done = self.failed = 0
        self.begun = self.told = time.monotonic()

    def all(self, processes: int, scheduler: str | None) -> "Iterator[Result]":
        """The results as they come."""
        for result in self._worked(processes, scheduler):
            yield self._settled(result)
            yield from self._flushed()
        yield from self._flushed()

    def _worked(self, processes: int, scheduler: str | None) -> "Iterable[Result]":
        if scheduler:
            from gri_index.batch import cluster

            return cluster.run_all(self._tasks(), self.settings, scheduler)
        from gri_index.batch import pool

        return pool.run_all(self._tasks(), self.settings, min(processes, len(self.places)))

    def _tasks(self) -> "Iterator[Task]":
        """Read one after the other, as they are wanted."""
        from gri_index.cli.batch_files import key_of, read
        from gri_index.cli.terminal import say
        from gri_index.model.batch import Failure

        for place in self.places.values():
            for other in place.passed_over:
                say(self.labels.text("batch-passed-over", file=f"{place.name}/{other.name}"), quiet=self.quiet)
            task = read(place, self.settings)
            if isinstance(task, Failure):
                self.early.append(task)
                continue
            self.keys[place.name] = key_of(task, self.settings)
            earlier = None if self.again else self.journal.recall(place, self.keys[place.name])
            if earlier is None:
                yield task
            else:
                self.same += not isinstance(earlier, Failure)
                self.early.append(earlier)

    def _flushed(self) -> "Iterator[Result]":
        while self.early:
            result = self.early.pop()
            self._tell(result)
            yield result

    def _settled(self, result: "Result") -> "Result":
        """The result after its outputs were written; what cannot be written is a failure of that report alone."""
        from gri_index.cli.batch_files import key_of, read, write
        from gri_index.cli.terminal import say
        from gri_index.errors import OutputError
        from gri_index.model.batch import Done, Failure, Fault

        place = self.places[result.name]
        if isinstance(result, Done):
            try:
                for old, new in write(place, result, publish=self.settings.publish):
                    say(f"{place.name}: " + self.labels.text("kept-aside", file=old, kept=new))
            except OutputError as error:
                result = Failure(result.name, Fault.OUTPUT, str(error), error.hint)
            for remark in result.remarks if isinstance(result, Done) else ():
                say(f"{place.name}: {remark}")
        task = read(place, self.settings)  # with the working list that lies there now
        if not isinstance(task, Failure):
            self.journal.keep(result, key_of(task, self.settings))
        self._tell(result)
        return result

    def _tell(self, result: "Result") -> None:
        from gri_index.cli.terminal import one_line, say
        from gri_index.model.batch import Failure

        self.done += 1
        if isinstance(result, Failure):
            self.failed += 1
            say(one_line(f"{result.name}: {result.error}") + (f"\n  {result.hint}" if result.hint else ""))
        now = time.monotonic()
        if now - self.told >= _EVERY and self.done < len(self.places):
            self.told = now
            left = (now - self.begun) / self.done * (len(self.places) - self.done)
            minutes = str(max(1, round(left / 60)))
            args = {"done": str(self.done), "all": str(len(self.places)), "failed": str(self.failed), "minutes": minutes}
            say(self.labels.text("batch-progress", **args), quiet=self.quiet)
