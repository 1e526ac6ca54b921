"""Tasks on the processors of this machine: each in a process of its own kind, so that one that dies takes no other along.

Memory stays bounded: so many tasks are read ahead as there are processes, twice, and a process is replaced after
some tasks. Where a process dies, the tasks that were in work are done again, each alone, until it is known which one it was.
"""

import multiprocessing
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from gri_index.batch.task import Settings, Task
from gri_index.batch.work import run
from gri_index.model.batch import Failure, Fault, Result

_AHEAD = 2  # tasks in hand for each process
_RENEWED = 100  # tasks of a process until a fresh one takes its place
_DIED = "the process that read it was ended, by the system or by a fault in a library"
_ALONE = "Build it by itself; the machine may lack memory for it."


def run_all(tasks: Iterable[Task], settings: Settings, workers: int) -> Iterator[Result]:
    """The results as they come; one process does the work where ``workers`` is 1."""
    if workers == 1:
        yield from (run(task, settings) for task in tasks)
        return
    waiting, suspects = iter(tasks), list[Task]()
    while True:
        broken = yield from _until_broken(waiting, settings, workers)
        if not broken:
            break
        suspects += broken
    for task in suspects:
        yield _alone(task, settings)


def _until_broken(waiting: Iterator[Task], settings: Settings, workers: int) -> Generator[Result, None, list[Task]]:
    """Yields results; returns the tasks that were in work when a process died, none where all went well."""
    running: dict[Future[Result], Task] = {}
    with _pool(workers) as pool:
        while True:
            try:
                while len(running) < _AHEAD * workers and (task := next(waiting, None)) is not None:
                    running[pool.submit(run, task, settings)] = task
            except BrokenProcessPool:
                return [task, *running.values()] if task else list(running.values())
            if not running:
                return []
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                try:
                    result = future.result()
                except BrokenProcessPool:
                    return list(running.values())
                del running[future]
                yield result


def _alone(task: Task, settings: Settings) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(run, task, settings).result()
        except BrokenProcessPool:
            return Failure(task.name, Fault.WORKER, _DIED, _ALONE)


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=_RENEWED)
