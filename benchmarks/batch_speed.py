"""Reports per second: one process, processes on this machine, a Dask cluster on it, in one run.

    python -m benchmarks.batch_speed [COUNT [FOLDER]]

COUNT reports are made of the examples (300 if none is given), three of them poisoned; with FOLDER its reports
take their place. Each way has to give the same results, the poisoned ones named. Efficiency is the speed against
that of one process times the processors. Nothing here is a test.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from gri_index.batch import cluster, pool
from gri_index.batch.task import Settings, Task
from gri_index.cli.batch_files import find, read
from gri_index.cli.clock import default_day
from gri_index.model.batch import Done, Failure, Job, Result
from gri_index.readers import InputFile

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
POISON = {7: b"PK\x03\x04 no zip", 113: b"\x00" * 5000, 201: b"<w:document><w:body>"}


def made(count: int) -> list[Task]:
    """Tasks from the examples' reports, in two languages."""
    profile = InputFile("gri-index.toml", (EXAMPLES / "gri-index.toml").read_bytes())
    reports = [(EXAMPLES / f"report.{name}.docx").read_bytes() for name in ("en", "zh-Hans")]
    return [Task(f"r{at:05}", (InputFile(f"r{at:05}.docx", POISON.get(at, reports[at % 2])),), profile) for at in range(count)]


def of_folder(folder: Path, settings: Settings) -> list[Task]:
    """Tasks from the reports of a folder."""
    return [task for place in find(folder, folder / "out", settings.job) if isinstance(task := read(place, settings), Task)]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    settings = Settings(job=Job.BUILD, day=default_day(), formats=("docx", "xlsx", "json"), seconds=600)
    tasks = of_folder(Path(sys.argv[2]), settings) if len(sys.argv) > 2 else made(count)
    cores = os.cpu_count() or 1
    single, first = timed(lambda: pool.run_all(tasks, settings, 1), len(tasks))
    print(f"{'one process':28}{single:8.2f} reports a second   {told(first)}")
    several, second = timed(lambda: pool.run_all(tasks, settings, cores), len(tasks))
    print(f"{f'{cores} processes':28}{several:8.2f} reports a second   {several / single / cores:.2f} of {cores} times one")
    dask, third = on_dask(tasks, settings, cores)
    print(f"{f'Dask, {cores} workers':28}{dask:8.2f} reports a second   {dask / single / cores:.2f} of {cores} times one")
    print("results are the same" if first == second == third else "RESULTS DIFFER")


def timed(job: Callable[[], Iterable[Result]], count: int) -> tuple[float, list[Result]]:
    """(reports per second, results by name)."""
    start = time.perf_counter()
    results = sorted(job(), key=lambda each: each.name)
    return count / (time.perf_counter() - start), results


def on_dask(tasks: list[Task], settings: Settings, cores: int) -> tuple[float, list[Result]]:
    """The same on a cluster of this machine, without the time it takes to start."""
    from distributed import LocalCluster

    start: Any = LocalCluster  # which has no types
    with start(n_workers=cores, threads_per_worker=1, dashboard_address=None) as local:
        return timed(lambda: cluster.run_all(tasks, settings, local.scheduler_address), len(tasks))


def told(results: list[Result]) -> str:
    failures = [each.name for each in results if isinstance(each, Failure)]
    return f"{sum(isinstance(each, Done) for each in results)} done, failed: {', '.join(failures) or 'none'}"


if __name__ == "__main__":
    main()
