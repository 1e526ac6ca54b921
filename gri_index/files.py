"""Files at the edge: read whole, written whole or not at all."""

import contextlib
import glob
import os
import re
import stat
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from gri_index.errors import ChangedMeanwhileError, InputError, OutputError
from gri_index.readers import InputFile

if TYPE_CHECKING:
    from gri_index.model.profile import Profile

_TEMPORARY = ".gri-index-"
_STALE = 3600  # seconds after which a temporary file is nobody's any more
MAX_INPUT = 2**30  # bytes; the largest report seen has 90 MB
# Suffixes of reports; of files of one name the first is taken.
REPORTS = (".docx", ".docm", ".idml", ".html", ".htm", ".xhtml", ".md", ".markdown", ".pdf", ".txt")
_OUTPUTS = ("content-index", "index.json", "status.html", "suggestions", "findings", "gri-index")  # beginnings of names
_MOST_BOOKS, _LARGEST_BOOK = 50, 20 * 2**20  # workbooks of a folder that are looked into, and their bytes
KEPT = re.compile(r"\.kept-\d+\.\w+$")


def read_input(path: Path) -> InputFile:
    """A report file. Raises InputError naming the file and what is wrong."""
    return InputFile(path.name, _read(path))


def read_optional(path: Path | None) -> InputFile | None:
    """The file that an option names, if it names one. Raises InputError."""
    return read_input(path) if path else None


def read_earlier(path: Path) -> InputFile | None:
    """The workbook of an earlier run, if it lies there and is one.

    Where a published one took its place, the newest that was put aside for it: it has the author's entries.
    """
    if not os.path.isfile(path) or os.path.islink(path):
        return None
    from gri_index.ooxml import is_published, is_workbook, without_entries

    file = read_input(path)
    if is_published(file.content):
        kept = [(each, _kept_number(each)) for each in path.parent.glob(f"{glob.escape(path.stem)}.kept-*{path.suffix}")]
        newest = max((each for each in kept if each[1]), key=lambda each: each[1], default=None)
        if newest is None:
            return None
        file = read_input(newest[0])
    return file if is_workbook(file.content) and not without_entries(file.content) else None


def _kept_number(path: Path) -> int:
    """3 for "content-index.kept-3.xlsx"; 0 for another name."""
    number = path.stem.rpartition(".kept-")[2]
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def content(path: Path) -> bytes | None:
    """What a file holds; None where none is there. Raises InputError."""
    return _read(path) if os.path.isfile(path) else None


def is_damaged(path: Path) -> bool:
    """True for a file that stands where a workbook is to be and cannot be read as one."""
    from gri_index.ooxml import is_workbook

    return os.path.isfile(path) and not is_workbook(_read(path))


def elsewhere(folder: Path, name: str) -> list[str]:
    """Other workbooks of the folder whose working lists hold entries, where the one of this name is not there yet."""
    from gri_index.ooxml import holds_entries

    if os.path.lexists(folder / name) or not os.path.isdir(folder):
        return []
    found = (each for each in islice(folder.glob("*.xlsx"), _MOST_BOOKS) if each.is_file() and not each.is_symlink())
    others = (each for each in found if not KEPT.search(each.name) and each.stat().st_size <= _LARGEST_BOOK)
    return sorted(each.name for each in others if not each.name.startswith("~$") and holds_entries(_read(each)))


def may_be_report(name: str, suffixes: Sequence[str] = REPORTS, stem: str = "content-index") -> bool:
    """True for the name of a file that a report may have: none of our outputs, and no mark of a program that has one open.

    ``stem``: name of the index without suffix.
    """
    ours = name.startswith((f"{stem}.", *_OUTPUTS)) or KEPT.search(name) is not None
    return name.lower().endswith(tuple(suffixes)) and not ours and not name.startswith(("~$", "."))


def load_profile(given: Path | None, report: Path) -> "Profile":
    """The profile given, else gri-index.toml beside the report, else gri-index.xlsx there, else all defaults."""
    from gri_index.model.profile import Profile
    from gri_index.profile import read_profile

    path = profile_path(given, report)
    return read_profile(_read(path), path.name) if path else Profile(stated=False)


def profile_path(given: Path | None, report: Path) -> Path | None:
    """Where the profile is; None where there is none."""
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME

    beside = [report.parent / name for name in (FILE_NAME, WORKBOOK_NAME)]
    return given or next((each for each in beside if os.path.isfile(each)), None)


def unused_profile(given: Path | None, report: Path) -> str:
    """Name of a workbook beside the report that says something else than gri-index.toml, which wins; "" for none."""
    from gri_index.profile import FILE_NAME, WORKBOOK_NAME, read_profile

    toml, workbook = (report.parent / name for name in (FILE_NAME, WORKBOOK_NAME))
    if given is not None or not os.path.isfile(toml) or not os.path.isfile(workbook):
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
    folder: Path, files: dict[str, bytes], inputs: tuple[Path, ...], *, read: Collection[Path], publish: bool = False
) -> list[tuple[str, str]]:
    """Puts Office files aside that a person changed, or made, and that the outputs would overwrite.

    ``read``: workbooks that came back; their entries are in the new ones. ``publish``: the
    new one has no working list, so that any that holds entries is kept.
    Yields (name, name under which it is kept).
    """
    from gri_index.ooxml import changed_since_written, without_entries

    kept = []
    for name, content in files.items():
        target = folder / name
        if (
            (target in read and not publish)
            or target.suffix not in (".docx", ".xlsx")
            or not os.path.isfile(target)
            or os.path.islink(target)
        ):
            continue
        old = _old_output(target)
        entries = publish and target.suffix == ".xlsx" and old != content and not without_entries(old)
        if target.resolve() in {path.resolve() for path in inputs} or not (entries or changed_since_written(old, content)):
            continue
        other = kept_name(target)
        try:
            target.rename(other)
        except OSError as error:
            raise OutputError(
                f"{target.name}: cannot be put aside ({error.strerror or error})",
                hint="It may be open in Office; close it there.",
            ) from None
        kept.append((name, other.name))
    return kept


def kept_name(path: Path) -> Path:
    """A free name beside a file under which it can be kept: content-index.kept-1.docx."""
    number = 1
    while os.path.lexists(other := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")):
        number += 1
    return other


def _old_output(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path.name}: what stands there cannot be read ({error.strerror or error})",
            hint="Check its rights, or name another folder with -o.",
        ) from None


def put_outputs(
    folder: Path,
    files: dict[str, bytes],
    inputs: tuple[Path, ...],
    *,
    read: Collection[Path] = (),
    publish: bool = False,
    seen: Mapping[str, bytes | None] = MappingProxyType({}),
) -> tuple[list[tuple[str, str]], list[Path]]:
    """``keep_edited``, then ``write_outputs``: (what was kept aside, the files). Where nothing can be written, all is as before."""
    kept = keep_edited(folder, files, inputs, read=read, publish=publish)
    try:
        aside = {name for name, _ in kept}
        return kept, write_outputs(folder, files, inputs, {name: each for name, each in seen.items() if name not in aside})
    except BaseException:
        for name, other in kept:
            if not os.path.lexists(folder / name):
                with contextlib.suppress(OSError):
                    (folder / other).rename(folder / name)
        raise


def write_outputs(
    folder: Path, files: dict[str, bytes], inputs: tuple[Path, ...], seen: Mapping[str, bytes | None] = MappingProxyType({})
) -> list[Path]:
    """Writes all files into the folder: each appears whole, and none if one cannot be written.

    ``seen``: files of the folder as they were when they were read, None for one that was not there. Raises
    ChangedMeanwhileError where somebody saved one of them since, OutputError; an output never takes the place of an input.
    """
    targets = {folder / name: content for name, content in files.items()}
    sources = {path.resolve() for path in inputs}
    for target in targets:
        if target.resolve() in sources:
            raise OutputError(
                f"{target.name}: this file is the report itself", hint="Write to another folder or under another name."
            )
        if os.path.islink(target) or os.path.isdir(target):
            raise OutputError(
                f"{target.name}: a link or folder has this name in {folder.name or folder}",
                hint="Remove it, or write to another folder.",
            )
    staged: list[tuple[Path, Path]] = []
    _make(folder)
    try:
        with _alone_in(folder):
            for target, content in targets.items():
                staged.append((_stage(folder, content), target))
            for name, before in seen.items():
                if _now(folder / name) != before:
                    raise ChangedMeanwhileError(f"{name}: was saved while the new one was made", hint="Run the command again.")
            _put_all(staged)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write ({error.strerror or error})",
            hint="Free space or rights are missing there; nothing was written.",
        ) from None
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return list(targets)


def _now(path: Path) -> bytes | None:
    return path.read_bytes() if os.path.isfile(path) else None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(f"{folder}: a file, not a folder", hint="Name a folder with -o.") from None
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write there ({error.strerror or error})", hint="Name a folder that you may write to with -o."
        ) from None


def _put_all(staged: list[tuple[Path, Path]]) -> None:
    """Puts the files, which are whole, in the place of their targets; where one cannot be, those before it go back."""
    earlier: list[tuple[Path, Path]] = []  # (second name of what stood there, its place)
    fresh: list[Path] = []
    try:
        for temporary, target in staged:
            if os.path.lexists(target):
                second = temporary.with_suffix(".old.tmp")
                with contextlib.suppress(OSError):  # a file system without links: the first files stay new
                    os.link(target, second)
                    earlier.append((second, target))
            else:
                fresh.append(target)
            _put(temporary, target)
    except OutputError:
        for target in fresh:
            target.unlink(missing_ok=True)
        for second, target in earlier:
            with contextlib.suppress(OSError):
                second.replace(target)
        raise
    finally:
        for second, _ in earlier:
            second.unlink(missing_ok=True)


def _put(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except OSError as error:
        program = {".docx": "Word", ".xlsx": "Excel"}.get(target.suffix, "the program that has it open")
        raise OutputError(
            f"{target.parent.name}/{target.name}: cannot be written ({error.strerror or error})",
            hint=f"Close it in {program}, or check its rights, and build again.",
        ) from None


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Waits until no other run writes into the folder, so that the outputs there are those of one run.

    What runs that were killed have left is swept.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):  # no such lock on Windows, nor on some network drives
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(f"{_TEMPORARY}*.tmp"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - _STALE:
                    left.unlink()
        yield


def _stage(folder: Path, content: bytes) -> Path:
    """The content in a temporary file beside its target, flushed to disk."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_TEMPORARY, suffix=".tmp")
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


def _owner_file(path: Path) -> str:
    """The document that the file is only the mark of: Office's ~$report.docx, LibreOffice's .~lock.report.docx#; "" for any other file.

    Office leaves out the first two letters of a longer name.
    """
    if path.name.startswith(".~lock.") and path.name.endswith("#"):
        return path.name.removeprefix(".~lock.").removesuffix("#")
    if not path.name.startswith("~$") or not os.path.isfile(path):
        return ""
    short = path.name.removeprefix("~$")
    beside = [each.name for each in path.parent.iterdir() if each.name.endswith(short) and each.name != path.name]
    return min(beside, key=len, default=short)


def _read(path: Path) -> bytes:
    if os.path.isdir(path):
        raise InputError(f"{path.name}: a folder, not a file", hint="Name the report's file.")
    if whose := _owner_file(path):
        raise InputError(f"{path.name}: not a document, but the mark that one is open", hint=f"Name {whose}.")
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path.name}: a pipe or a device, not a file", hint="Save it as a file first.")
        size = found.st_size
        if size > MAX_INPUT:
            raise InputError(
                f"{path.name}: {size // 2**20} MB is more than a report has", hint="Check the file; split it if it is one."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint="Check the path.") from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror or error})", hint="Check the file's rights.") from None
