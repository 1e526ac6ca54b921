"""The same tasks on a Dask cluster (extra ``[batch]``): the workers need this program, and no folder in common."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

from gri_index.batch.task import Settings, Task
from gri_index.batch.work import run
from gri_index.errors import InputError
from gri_index.model.batch import Failure, Fault, Result

_ANSWER = 5  # seconds in which a scheduler answers
_AHEAD = 2  # tasks in hand for each thread of the cluster


def run_all(tasks: Iterable[Task], settings: Settings, address: str) -> Iterator[Result]:
    """The results as they come. Raises InputError where Dask is not installed or the scheduler is not there."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise InputError("--scheduler needs Dask", hint='Install it: pip install "gri-index[batch]"') from None
    connect: Any = Client  # which has no types
    try:
        client = connect(address, timeout=_ANSWER)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(f"{address}: no Dask scheduler answers ({error})"[:200], hint="Check the address.") from None
    with client:
        waiting, completed = iter(tasks), cast(Any, as_completed)
        names: dict[Any, str] = {}

        def submit(count: int) -> list[Any]:
            futures: list[Any] = []
            for task in islice(waiting, count):
                future = client.submit(run, task, settings, pure=False, retries=2)
                names[future.key] = task.name
                futures.append(future)
            return futures

        threads = max(1, sum(client.nthreads().values()))
        pending: Any = completed(submit(_AHEAD * threads))
        for future in pending:
            name = names.pop(future.key)
            if future.status == "finished":
                yield future.result()
            else:
                yield Failure(name, Fault.WORKER, f"the cluster gave it up ({future.exception()})"[:300], "Build it by itself.")
            for more in submit(1):
                pending.add(more)
