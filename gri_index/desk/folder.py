"""The folder that the desk works in: which files make the report, and what lies beside them."""

import json
import os
import tempfile
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from gri_index import files
from gri_index.desk.refusals import DeskError
from gri_index.errors import InputError, OutputError
from gri_index.language.text import clean
from gri_index.profile import FILE_NAME, WORKBOOK_NAME
from gri_index.readers import InputFile

REVIEW_NAME, INDEX_NAME = "suggestions.xlsx", "index.json"
_LONGEST_NAME, _MOST_BYTES = 120, 240  # characters; bytes that a file system holds
_MOST_INDEX = 64 * 2**20  # bytes of an index.json that is looked into
Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What stands in the folder, as bytes."""

    reports: tuple[InputFile, ...] = ()
    profile: InputFile | None = None
    review: InputFile | None = None


class Folder:
    """One report and what belongs to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._chosen: tuple[str, ...] | None = None

    # ── what is there ──

    def candidates(self) -> list[str]:
        """Names of the files that may be the report."""
        try:
            names = (each.name for each in self.path.iterdir() if each.is_file())
            return sorted(name for name in names if files.may_be_report(name, stem=self.stem()))
        except OSError as error:
            raise DeskError("folder", cause=error.strerror or str(error)) from None

    def chosen(self) -> tuple[str, ...]:
        """The files that make the report: as the author said, else those of the last build, else the only one there is."""
        there = self.candidates()
        for names in (self._chosen, self._built()):
            if names and set(names) <= set(there):
                return names
        return tuple(there) if len(there) == 1 else ()

    def choose(self, names: Sequence[str]) -> None:
        """Says which files make the report. Raises DeskError for one that does not lie there."""
        for name in names:
            if name not in self.candidates():
                raise DeskError("such-file", file=name)
        self._chosen = tuple(dict.fromkeys(names))

    def _built(self) -> tuple[str, ...]:
        """The sources of the last build."""
        path = self.path / INDEX_NAME
        try:
            if path.stat().st_size > _MOST_INDEX:
                return ()
            told = json.loads(path.read_bytes())
            return tuple(str(each["name"]) for each in told["report"]["sources"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ()

    @property
    def profile(self) -> Path | None:
        """The profile, where there is one."""
        return files.profile_path(None, self.path / "report")

    def stem(self) -> str:
        """Name of the index without suffix, as the profile says it."""
        try:
            return files.load_profile(self.profile, self.path / "report").output.index_name
        except InputError:
            return "content-index"

    def signature(self, *names: str) -> Signature:
        """The same as long as no file that is read has changed. ``names``: further files."""
        found = []
        for name in (*self.chosen(), FILE_NAME, WORKBOOK_NAME, REVIEW_NAME, *names):
            try:
                facts = (self.path / name).stat()
                found.append((name, facts.st_mtime_ns, facts.st_size))
            except OSError:
                found.append((name, 0, 0))
        return tuple(found)

    def read(self) -> Inputs:
        """All files that a build reads, but for the workbook, whose name the profile says. Raises InputError."""
        profile, review = self.profile, self.path / REVIEW_NAME
        return Inputs(
            tuple(files.read_input(self.path / name) for name in self.chosen()),
            files.read_input(profile) if profile else None,
            files.read_input(review) if review.is_file() and not files.is_damaged(review) else None,
        )

    # ── what comes in and out ──

    def content(self, name: str) -> bytes | None:
        """What a file holds now; None where it is not there. Raises InputError."""
        return files.content(self.path / name)

    def write(
        self, outputs: Mapping[str, bytes], *, read: Collection[str] = (), below: str = "", publish: bool = False,
        seen: Mapping[str, bytes | None] = MappingProxyType({}),
    ) -> list[tuple[str, str]]:  # fmt: skip
        """Writes files, all or none; those that a person changed are kept aside: (name, name under which it is kept).

        ``read``: workbooks whose entries are all in the new ones. ``below``: a folder in this one. ``seen``: files as
        they were read. Raises ChangedMeanwhileError where one of these was saved since, OutputError.
        """
        target = self.path / below
        reports = tuple(self.path / name for name in self.chosen())
        back = [target / name for name in read]
        return files.put_outputs(target, dict(outputs), reports, read=back, publish=publish, seen=seen)[0]

    def made(self, below: str = "") -> list[Path]:
        """The outputs that lie there."""
        folder = self.path / below
        names = (f"{self.stem()}.", INDEX_NAME, "status.html")
        if not folder.is_dir():
            return []
        found = (each for each in folder.iterdir() if each.is_file() and not each.is_symlink())
        return sorted(each for each in found if each.name.startswith(names) and files.KEPT.search(each.name) is None)

    def room(self) -> Path:
        """An empty file for a report that comes in, on the folder's own disk. Raises DeskError."""
        try:
            handle, path = tempfile.mkstemp(dir=self.path, prefix=".gri-index-", suffix=".tmp")
        except OSError as error:
            raise DeskError("folder", cause=error.strerror or str(error)) from None
        os.close(handle)
        return Path(path)

    def take_in(self, arrived: Path, name: str) -> str:
        """Gives a file that came in its name; another of that name is kept aside under the name that is returned. Raises OutputError."""
        target, kept = self.path / name, ""
        try:
            if target.is_file() and target.read_bytes() != arrived.read_bytes():
                other = files.kept_name(target)
                target.rename(other)
                kept = other.name
            arrived.chmod(0o644)
            arrived.replace(target)
        except OSError as error:
            raise OutputError(
                f"{name}: cannot be put into the folder ({error.strerror or error})",
                hint="Close it where it is open, and drop it again.",
            ) from None
        if not self.chosen() and self._chosen is None:
            self._chosen = (name,)
        return kept


def report_name(said: str) -> str:
    """The name under which a report that comes in is kept: without folders, control characters and marks of direction.

    Raises DeskError for a name that no report can have.
    """
    last = clean(unicodedata.normalize("NFC", said)).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf")).strip()
    if not name or len(name) > _LONGEST_NAME or len(name.encode()) > _MOST_BYTES:
        raise DeskError("file-name", file=name[:40] or "?")
    if not files.may_be_report(name):
        raise DeskError("file-kind", file=name)
    return name
