"""Readers turn files into reports; one file per format.

Contract: ``read(content: bytes, source: Source) -> Report``. To add a format, write the
function and add one line to ``READERS``; it is imported on first use. A reader never
decides what a tag means: it knows no catalogue.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath

from gri_index.errors import InputError
from gri_index.model.report import Block, ReadProblem, Remark, Report, Seen, Source, Tag

Read = Callable[[bytes, Source], Report]
_MAX_BYTES = 64 * 2**20  # of a file that is text from end to end; only embedded pictures make it longer
_PACKED = ("word", "excel", "pdf", "idml")  # these look after their size themselves, part by part


@dataclass(frozen=True, slots=True)
class InputFile:
    """A report file: its name, without folders, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReaderSpec:
    """One input format."""

    name: str
    suffixes: tuple[str, ...]
    function: str  # "module:function", imported on first use

    def load(self) -> Read:
        """The reader's function."""
        module, _, function = self.function.partition(":")
        read: Read = getattr(import_module(module), function)
        return read


READERS = (
    ReaderSpec("word", (".docx", ".docm", ".dotx"), "gri_index.readers.word:read"),
    ReaderSpec("pdf", (".pdf",), "gri_index.readers.pdf:read"),
    ReaderSpec("idml", (".idml",), "gri_index.readers.idml:read"),
    ReaderSpec("html", (".html", ".htm", ".xhtml"), "gri_index.readers.html:read"),
    ReaderSpec("excel", (".xlsx", ".xlsm"), "gri_index.readers.excel:read"),
    ReaderSpec("text", (".txt",), "gri_index.readers.text:read"),
    ReaderSpec("index", (".json",), "gri_index.readers.index_json:read"),
    ReaderSpec("markdown", (".md", ".markdown"), "gri_index.readers.markdown:read"),
)


def reader_for(name: str) -> ReaderSpec:
    """The reader for a file name, by suffix. Raises InputError for an unknown one."""
    suffix = PurePath(name).suffix.lower()
    for spec in READERS:
        if suffix in spec.suffixes:
            return spec
    known = ", ".join(suffix for spec in READERS for suffix in spec.suffixes)
    if suffix in (".doc", ".xls"):
        raise InputError(f"{name}: an old Office file ({suffix})", hint=f"Open it in Office and save it as {suffix}x.")
    raise InputError(f"{name}: no reader for {suffix or 'a file without suffix'!r}", hint=f"Reports can be: {known}.")


def read_file(name: str, content: bytes, *, id: str = "") -> Report:
    """The report in one file, its tags wherever they stand.

    ``name``: the file's name, whose suffix chooses the reader; a path's folders are
    dropped. ``id`` distinguishes files that make one report. Raises InputError.
    """
    spec = reader_for(name)
    bare = PurePath(name).name
    refuse_empty(bare, content)
    _refuse_disguised(spec, bare, content)
    if spec.name not in _PACKED and len(content) > _MAX_BYTES:
        raise InputError(f"{bare}: {len(content) // 2**20} MB of text", hint="Take embedded pictures out of the file.")
    source = Source(id=id or bare, name=bare, sha256=hashlib.sha256(content).hexdigest(), format=spec.name)
    return spec.load()(content, source)


def refuse_empty(name: str, content: bytes) -> None:
    """Raises InputError for a file of no bytes."""
    if not content:
        raise InputError(f"{name}: the file is empty (0 bytes)", hint="Save or download it again.")


def _refuse_disguised(spec: ReaderSpec, name: str, content: bytes) -> None:
    """Raises InputError where the first bytes belong to another format than the suffix says."""
    looks = (
        "a PDF"
        if content.startswith(b"%PDF-")
        else "a Word, Excel or other zip file"
        if content.startswith(b"PK\x03\x04")
        else ""
    )
    zipped = spec.name in ("word", "excel", "idml")
    if looks and not (looks == "a PDF" and spec.name == "pdf") and not (looks != "a PDF" and zipped):
        raise InputError(
            f"{name}: this is {looks}, whatever its name says", hint="Give it the suffix of its format, such as .pdf or .docx."
        )


def read_files(sources: Sequence[InputFile]) -> Report:
    """One report from one or several files; files of the same name are told apart by a number."""
    seen: dict[str, int] = {}
    reports = []
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        id = source.name if seen[source.name] == 1 else f"{source.name}~{seen[source.name]}"
        reports.append(read_file(source.name, source.content, id=id))
    return merge(tuple(reports))


def merge(reports: tuple[Report, ...]) -> Report:
    """Several files as one report; blocks are renumbered."""
    if len(reports) == 1:
        return reports[0]
    blocks: list[Block] = []
    tags: list[Tag] = []
    problems: list[ReadProblem] = []
    seen: list[Seen] = []
    remarks: list[Remark] = []
    for report in reports:
        first = len(blocks)
        blocks += [replace(block, id=block.id + first) for block in report.blocks]
        tags += [replace(tag, block=tag.block + first) for tag in report.tags]
        seen += [replace(each, block=each.block + first) for each in report.seen]
        remarks += [replace(each, block=each.block + first) for each in report.remarks]
        problems += [replace(each, block=each.block + first) if each.block >= 0 else each for each in report.problems]
    return Report(
        sources=tuple(source for report in reports for source in report.sources),
        pages=tuple(page for report in reports for page in report.pages),
        sections=tuple(section for report in reports for section in report.sections),
        blocks=tuple(blocks),
        tags=tuple(tags),
        seen=tuple(seen),
        remarks=tuple(remarks),
        problems=tuple(problems),
    )
