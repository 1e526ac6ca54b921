"""Office Open XML packages: parts read with care, parts written the same way each time.

Source: ECMA-376 / ISO 29500-2 (Open Packaging Conventions).
"""

import contextlib
import hashlib
import io
import os
import posixpath
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from lxml import etree

from gri_index.errors import InputError
from gri_index.model.working import MEMORY_HEAD

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound files: encrypted OOXML, and .doc
_MAX_PART = 256 * 2**20  # bytes of one unpacked part that is read as a stream
_MAX_TREE = 40 * 2**20  # bytes of one that is read as a whole; the largest real one seen has 12 MB
_MAX_ALL = 2**30  # bytes of all parts
_MAX_RATIO = 400  # unpacked : packed; XML of real reports reaches 60
_HARMLESS = 2**24  # bytes; a sheet of empty rows packs as well as a bomb does
ENTRIES = "working list with entries"  # category of a workbook that holds what the author entered
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_STRICT_PROPERTIES = re.compile(rb"(?<=/)(extended|custom)Properties(?=[\"'])")
_CORE = "docProps/core.xml"
_PREFIX = "gri-index:"
_IDENTIFIER = re.compile(rb"<(?:\w+:)?identifier[^>]*>(?:gri-index:([0-9a-f]{64}))?[^<]*</(?:\w+:)?identifier>")
_SEAL = re.compile(rb"(?<=_gri_sum_)[0-9a-f]{24}")  # in the name of a bookmark: of a report with its index in it
SEAL = "_gri_sum_" + 24 * "0"
_EPOCH = 315532800  # 1980-01-01, the first date a zip file can hold


def open_package(content: bytes, name: str, wanted: str) -> zipfile.ZipFile:
    """The package in ``content``, in the Transitional form where it is Strict; its ``fp`` is the package as a file.

    Raises InputError naming the file and what it is instead of ``wanted``.
    """
    if content.startswith(_OLE):
        raise InputError(
            f"{name}: protected by a password, or an old binary file",
            hint="Open it, remove the password and save it as .docx or .xlsx.",
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            f"{name}: not {wanted} (no zip package; truncated, or another format)", hint="Open and save it again in its program."
        ) from None
    names = [entry.filename for entry in package.infolist()]
    if len(names) != len(set(names)):
        raise InputError(f"{name}: the package holds a part twice", hint="Open and save it again in its program.")
    return _transitional(package, name)


def _transitional(package: zipfile.ZipFile, name: str) -> zipfile.ZipFile:
    """A package that was saved as "Strict Open XML", with the names that the Transitional form uses (ISO 29500-4)."""
    if not _holds(package, "_rels/.rels", _STRICT, name):
        return package
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.infolist():
            _check_size(entry, name)
            with _opened(package, entry, name) as stream:
                data = stream.read()
            if entry.filename.endswith((".xml", ".rels")):
                data = _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
                data = _STRICT_PROPERTIES.sub(rb"\1-properties", data)
            target.writestr(entry.filename, data)
    return zipfile.ZipFile(out)


def _holds(package: zipfile.ZipFile, part: str, wanted: bytes, name: str) -> bool:
    if part not in package.namelist():
        return False
    entry = package.getinfo(part)
    _check_size(entry, name)
    with _opened(package, entry, name) as stream:
        return wanted in stream.read(_HARMLESS)


def read_part(package: zipfile.ZipFile, part: str, name: str) -> etree._Element | None:
    """The root of a part, or None where the package has no such part.

    No entities, no DTD, no network; unpacking stops at a bound. Raises InputError.
    """
    try:
        entry = package.getinfo(part)
    except KeyError:
        return None
    _check_size(entry, name, _MAX_TREE)
    with _opened(package, entry, name) as stream:
        data = stream.read(_MAX_TREE + 1)
    return parse_xml(data, name, part)


def related(package: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """The parts that a part, or ("") the package, names by a relationship: last word of its type -> part.

    Source: ISO 29500-2, 8.3; targets are relative to the part's folder, or absolute.
    """
    folder = part.rpartition("/")[0]
    found: dict[str, str] = {}
    for relation in _relations(package, part, name):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            found.setdefault(relation.get("Type", "").rpartition("/")[2], target)
    return found


def targets(package: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """What a part leads to outside the file: id of the relationship -> address. Source: ISO 29500-2, 8.3."""
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _relations(package, part, name)
        if relation.get("TargetMode") == "External"
    }


def _relations(package: zipfile.ZipFile, part: str, name: str) -> list[etree._Element]:
    folder, _, file = part.rpartition("/")
    relations = read_part(package, f"{folder}/_rels/{file}.rels".lstrip("/"), name)
    return list(relations.iter("{*}Relationship")) if relations is not None else []


def _check_size(entry: zipfile.ZipInfo, name: str, most: int = _MAX_PART) -> None:
    bomb = entry.file_size > _HARMLESS and entry.file_size > _MAX_RATIO * max(entry.compress_size, 1024)
    if entry.file_size > most or bomb:
        raise InputError(
            f"{name}: {entry.filename} unpacks to {entry.file_size // 2**20} MB, which no report does",
            hint="Check where the file comes from.",
        )
    if entry.flag_bits & 1:
        raise InputError(f"{name}: {entry.filename} is encrypted", hint="Open it, remove the password and save it again.")


@contextlib.contextmanager
def _opened(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[IO[bytes]]:
    try:
        with package.open(entry) as stream:
            yield stream
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
        raise InputError(
            f"{name}: {entry.filename} is damaged ({error})", hint="Open and save it again in its program."
        ) from None


def check_parts(package: zipfile.ZipFile, name: str) -> None:
    """Looks at every part before another library unpacks them. Raises InputError for bombs, DTDs and damaged parts."""
    if (total := sum(entry.file_size for entry in package.infolist())) > _MAX_ALL:
        raise InputError(f"{name}: unpacks to {total // 2**20} MB, which no report does", hint="Check where the file comes from.")
    for entry in package.infolist():
        _check_size(entry, name)
        if not entry.filename.endswith((".xml", ".rels", ".vml")):
            continue
        with _opened(package, entry, name) as stream:
            if re.search(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T", stream.read(4096)):  # UTF-16 as well
                raise InputError(
                    f"{name}: {entry.filename} declares a DTD, which Office files never do",
                    hint="Check where the file comes from.",
                )


def parse_xml(data: bytes, name: str, part: str) -> etree._Element:
    """The root of an XML text; a DTD is refused (ISO 29500-2, 8.1.4: parts hold none)."""
    no_dtd = InputError(f"{name}: {part} declares a DTD, which Office files never do", hint="Check where the file comes from.")
    if b"<!DOCTYPE" in data[:4096]:
        raise no_dtd
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name}: {part} is broken XML ({error.msg})", hint="Open and save it again in its program.") from None
    if root.getroottree().docinfo.internalDTD is not None:  # written in another encoding
        raise no_dtd
    return root


def stamp() -> int:
    """The time that outputs bear: SOURCE_DATE_EPOCH, or 1980-01-01, never the clock."""
    try:
        return max(_EPOCH, int(os.environ.get("SOURCE_DATE_EPOCH", "")))
    except ValueError:
        return _EPOCH


def is_workbook(content: bytes) -> bool:
    """True for a package that holds an Excel workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "xl/workbook.xml" in package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def changed_since_written(content: bytes, new: bytes) -> bool:
    """True for an Office file that is not as this program wrote it, whichever program changed it."""
    return content != new and not _untouched(content)


def is_published(content: bytes) -> bool:
    """True for a workbook as this program wrote it for publication: the printable sheet alone."""
    return _untouched(content) and sum(name.startswith("xl/worksheets/sheet") for name in _parts(content)) == 1


def without_entries(content: bytes) -> bool:
    """True for a workbook as this program wrote it, whose working list held nothing of the author's: there is nothing to read back."""
    return _untouched(content) and ENTRIES.encode() not in (_parts(content).get(_CORE) or b"")


def holds_entries(content: bytes) -> bool:
    """True for a workbook with a working list of this program in which somebody may have entered something."""
    ours = any(MEMORY_HEAD.encode() in part for part in _parts(content).values())
    return ours and not without_entries(content)


def _untouched(content: bytes) -> bool:
    """True where the file's parts are those that its own digest was made of."""
    parts = _parts(content)
    seals = (match.group() for name, part in parts.items() if name.endswith(".xml") for match in _SEAL.finditer(part))
    if (own := next(seals, None)) is not None and own == _seal(parts):
        return True
    found = _IDENTIFIER.search(parts.get(_CORE, b""))
    return found is not None and found[1] is not None and found[1].decode() == _digest(parts)


def sealed(parts: Mapping[str, bytes], name: str) -> bytes:
    """The part ``name``, in which ``SEAL`` stands, with the digest of all parts in its place: by it a later change is noticed."""
    return _SEAL.sub(_seal(parts), parts[name])


def _seal(parts: Mapping[str, bytes]) -> bytes:
    """What all parts but the core properties hold, whatever their seal says."""
    zeros = SEAL[-24:].encode()
    return _digest({name: _SEAL.sub(zeros, part) for name, part in parts.items()})[:24].encode()


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package; none for a file that is no package, or holds more than this program writes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_PART:
                return {}
            return {entry.filename: package.read(entry) for entry in package.infolist()}
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
        return {}


def _digest(parts: Mapping[str, bytes]) -> str:
    """What all parts but the core properties hold."""
    whole = hashlib.sha256()
    for name in sorted(parts.keys() - {_CORE}):
        whole.update(f"{name}\0{len(parts[name])}\0".encode())
        whole.update(parts[name])
    return whole.hexdigest()


def repack(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """The same package with fixed dates, so that equal parts give equal bytes, and with a digest of its parts.

    ``changes``: parts to pass through a function on the way. The digest stands among the core
    properties (ISO 29500-2, 11) as the identifier; by it a later change is noticed.
    """
    out = io.BytesIO()
    date = time.gmtime(stamp())[:6]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: (changes or {}).get(name, bytes)(package.read(name)) for name in package.namelist()}
    if _CORE in parts:
        own = f'<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">{_PREFIX}{_digest(parts)}</dc:identifier>'.encode()
        core = _IDENTIFIER.sub(b"", parts[_CORE])  # a house style may bear one
        parts[_CORE] = re.sub(rb"</(?:\w+:)?coreProperties>", lambda end: own + end[0], core)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            fixed = zipfile.ZipInfo(name, date)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            fixed.create_system = 3
            target.writestr(fixed, part)
    return out.getvalue()
