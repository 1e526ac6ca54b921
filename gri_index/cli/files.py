"""Files at the edge: read whole, written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gri_index.errors import InputError, OutputError
from gri_index.readers import InputFile

if TYPE_CHECKING:
    from gri_index.model.profile import Profile

_MAX_INPUT = 2**30  # bytes; the largest report seen has 90 MB


def read_input(path: Path) -> InputFile:
    """A report file. Raises InputError naming the file and what is wrong."""
    return InputFile(path.name, _read(path))


def read_earlier(path: Path) -> InputFile | None:
    """The workbook of an earlier run, if it lies there and is one."""
    if not path.is_file() or path.is_symlink():
        return None
    from gri_index.ooxml import is_workbook, without_entries

    file = read_input(path)
    return file if is_workbook(file.content) and not without_entries(file.content) else None


def load_profile(given: Path | None, report: Path) -> "Profile":
    """The profile given, else gri-index.toml beside the report, else gri-index.xlsx there, else all defaults."""
    from gri_index.model.profile import Profile
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME, read_profile

    beside = [report.parent / name for name in (FILE_NAME, WORKBOOK_NAME)]
    path = given or next((each for each in beside if each.is_file()), None)
    return read_profile(_read(path), path.name) if path else Profile(stated=False)


def unused_profile(given: Path | None, report: Path) -> str:
    """Name of a workbook beside the report that says something else than gri-index.toml, which wins; "" for none."""
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME, read_profile

    toml, workbook = (report.parent / name for name in (FILE_NAME, WORKBOOK_NAME))
    if given is not None or not toml.is_file() or not workbook.is_file():
        return ""
    try:
        same = read_profile(_read(toml), toml.name) == read_profile(_read(workbook), workbook.name)
    except InputError:
        same = False
    return "" if same else workbook.name


def read_template(path: Path | None) -> bytes | None:
    """The Word file that gives the house style."""
    return _read(path) if path else None


def keep_edited(
    folder: Path, files: dict[str, bytes], inputs: tuple[Path, ...], *, read: Path | None, publish: bool = False
) -> list[tuple[str, str]]:
    """Puts Office files aside that a person changed, or made, and that the outputs would overwrite.

    ``read``: a workbook whose working list came back; its entries are in the new one. ``publish``: the
    new one has no working list, so that any that holds entries is kept.
    Yields (name, name under which it is kept).
    """
    from gri_index.ooxml import changed_since_written, without_entries

    kept = []
    for name, content in files.items():
        target = folder / name
        if (
            (target == read and not publish)
            or target.suffix not in (".docx", ".xlsx")
            or not target.is_file()
            or target.is_symlink()
        ):
            continue
        old = target.read_bytes()
        entries = publish and target.suffix == ".xlsx" and old != content and not without_entries(old)
        if target.resolve() in {path.resolve() for path in inputs} or not (entries or changed_since_written(old, content)):
            continue
        number = 1
        while (other := target.with_name(f"{target.stem}.kept-{number}{target.suffix}")).exists():
            number += 1
        try:
            target.rename(other)
        except OSError as error:
            raise OutputError(
                f"{target.name}: cannot be put aside ({error.strerror or error})",
                hint="It may be open in Office; close it there.",
            ) from None
        kept.append((name, other.name))
    return kept


def write_outputs(folder: Path, files: dict[str, bytes], inputs: tuple[Path, ...]) -> list[Path]:
    """Writes all files into the folder: each appears whole, and none if one cannot be written.

    Raises OutputError; an output never takes the place of an input.
    """
    targets = {folder / name: content for name, content in files.items()}
    sources = {path.resolve() for path in inputs}
    for target in targets:
        if target.resolve() in sources:
            raise OutputError(f"{target.name}: this file is the report itself", hint="Name another folder with -o.")
        if target.is_symlink() or target.is_dir():
            raise OutputError(
                f"{target.name}: a link or folder has this name in {folder.name or folder}",
                hint="Remove it, or name another folder with -o.",
            )
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, content in targets.items():
            staged.append((_stage(folder, content), target))
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write ({error.strerror or error})",
            hint="Free space or rights are missing, or a file is open in Office.",
        ) from None
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return list(targets)


def _stage(folder: Path, content: bytes) -> Path:
    """The content in a temporary file beside its target, flushed to disk."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".gri-index-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(f"{path.name}: a folder, not a file", hint="Name the report's file.")
    try:
        size = path.stat().st_size
        if size > _MAX_INPUT:
            raise InputError(
                f"{path.name}: {size // 2**20} MB is more than a report has", hint="Check the file; split it if it is one."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint="Check the path.") from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror or error})", hint="Check the file's rights.") from None
