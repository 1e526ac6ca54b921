"""What each hostile file costs: exit code, seconds, peak memory of the process and its children, and the line it gets.

    python -m benchmarks.hostile

The files are those of ``tests/test_hostile.py``.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.test_hostile import BROKEN, ODD


def write(folder: Path) -> None:
    """Each file into a folder of its own."""
    for number, (file, made, _) in enumerate((*BROKEN.values(), *ODD.values())):
        (folder / str(number)).mkdir()
        content = made() if callable(made) else made
        assert isinstance(content, bytes)
        (folder / str(number) / file).write_bytes(content)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        writer = multiprocessing.get_context("spawn").Process(target=write, args=(Path(folder),))
        writer.start()  # or the memory that making them takes would count as that of reading them
        writer.join()
        for number, (name, (file, *_)) in enumerate((*BROKEN.items(), *ODD.items())):
            path = Path(folder) / str(number) / file
            command = [sys.executable, "-m", "gri_index", "tags", str(path)]
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            assert process.stderr is not None
            lines = process.stderr.read().decode(errors="replace").splitlines() or [""]
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            print(
                f"{name:30}{os.waitstatus_to_exitcode(status):3}{seconds:7.2f} s{usage.ru_maxrss // 1024:6} MB  {lines[0][:110]}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
