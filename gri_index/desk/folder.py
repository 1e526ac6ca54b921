"""The folder that the desk works in: which files make the report, and what lies beside them."""

import json
import os
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gri_index import files
from gri_index.errors import InputError, OutputError
from gri_index.language.text import clean
from gri_index.profile import FILE_NAME, WORKBOOK_NAME
from gri_index.readers import InputFile

REVIEW_NAME, INDEX_NAME = "suggestions.xlsx", "index.json"
_LONGEST_NAME = 120  # characters
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
        names = (each.name for each in self.path.iterdir() if each.is_file() and not each.is_symlink())
        return sorted(name for name in names if files.may_be_report(name))

    def chosen(self) -> tuple[str, ...]:
        """The files that make the report: as the author said, else those of the last build, else the only one there is."""
        there = self.candidates()
        for names in (self._chosen, self._built()):
            if names and set(names) <= set(there):
                return names
        return tuple(there) if len(there) == 1 else ()

    def choose(self, names: Sequence[str]) -> None:
        """Says which files make the report. Raises InputError for one that does not lie there."""
        for name in names:
            if name not in self.candidates():
                raise InputError(f"{name}: no report of this name lies in the folder", hint="Drop it on the page.")
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
            files.read_input(review) if review.is_file() else None,
        )

    # ── what comes in and out ──

    def write(
        self, outputs: Mapping[str, bytes], *, read: str = "", below: str = "", publish: bool = False
    ) -> list[tuple[str, str]]:
        """Writes files, all or none; those that a person changed are kept aside: (name, name under which it is kept).

        ``read``: a workbook whose entries are all in the new one. ``below``: a folder in this one. Raises OutputError.
        """
        target, content = self.path / below, dict(outputs)
        reports = tuple(self.path / name for name in self.chosen())
        kept = (
            files.keep_edited(target, content, reports, read=target / read if read else None, publish=publish)
            if target.is_dir()
            else []
        )
        files.write_outputs(target, content, reports)
        return kept

    def made(self, below: str = "") -> list[Path]:
        """The outputs that lie there."""
        folder = self.path / below
        names = ("content-index", INDEX_NAME, "status.html")
        if not folder.is_dir():
            return []
        return sorted(
            each for each in folder.iterdir() if each.is_file() and not each.is_symlink() and each.name.startswith(names)
        )

    def room(self) -> Path:
        """An empty file for a report that comes in, on the folder's own disk. Raises OutputError."""
        try:
            handle, path = tempfile.mkstemp(dir=self.path, prefix=".gri-index-", suffix=".tmp")
        except OSError as error:
            raise OutputError(
                f"{self.path.name}: cannot write there ({error.strerror or error})", hint="Check the folder's rights."
            ) from None
        os.close(handle)
        return Path(path)

    def take_in(self, arrived: Path, name: str) -> str:
        """Gives a file that came in its name; another of that name is kept aside under the name that is returned. Raises OutputError."""
        target, kept = self.path / name, ""
        try:
            if target.is_file() and target.read_bytes() != arrived.read_bytes():
                number = 1
                while os.path.lexists(other := target.with_name(f"{target.stem}.kept-{number}{target.suffix}")):
                    number += 1
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

    Raises InputError for a name that no report can have.
    """
    last = clean(unicodedata.normalize("NFC", said)).replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf")).strip()
    if not name or len(name) > _LONGEST_NAME:
        raise InputError(f"{name[:40] or '?'}: no file name, or one that is too long", hint="Rename the file, and drop it again.")
    if not files.may_be_report(name):
        raise InputError(
            f"{name}: no report, or the name of an output",
            hint="Word, PDF, InDesign (.idml), HTML, Markdown and text files are reports.",
        )
    return name
