"""``gri-index build --watch``: builds again whenever a file that is read changes."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from gri_index.cli.terminal import say
from gri_index.errors import ExitCode, GriIndexError

_SECONDS = 1.0  # between two looks; a save is whole when a file stays as it is for so long


def build_again(build: Callable[[], int], files: Sequence[Path], report: Path, *, looks: int = 0) -> int:
    """Builds, and again at each change of the files, or of the profile beside the report, until Ctrl-C.

    ``looks``: after so many looks it ends; 0: never. What is wrong with a file is said, and the next
    change is waited for.
    """
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME

    watched = [*files, *(report.parent / name for name in (FILE_NAME, WORKBOOK_NAME))]
    seen: tuple[object, ...] = ()
    count = 0
    with contextlib.suppress(KeyboardInterrupt):
        while not looks or count < looks:
            now = _stamps(watched)
            if now != seen and now == _after(watched):
                _once(build)
                seen = now
            count += 1
            time.sleep(_SECONDS)
    return ExitCode.OK


def _once(build: Callable[[], int]) -> None:
    try:
        build()
    except GriIndexError as error:
        say(f"error: {error}" + (f"\n  {error.hint}" if error.hint else ""))


def _after(files: Sequence[Path]) -> tuple[object, ...]:
    """What the files are a moment later: a program may still be writing."""
    time.sleep(_SECONDS / 5)
    return _stamps(files)


def _stamps(files: Sequence[Path]) -> tuple[object, ...]:
    return tuple(_stamp(path) for path in files)


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
