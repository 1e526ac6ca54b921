"""A Word file of the author's in which some parts are changed; every other part stays as it is, byte for byte.

Source: ISO 29500-2, 8.2 and 8.3 (content types, relationships).
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import count

from lxml import etree

from gri_index.errors import InputError
from gri_index.ooxml import open_package, read_part, related, sealed
from gri_index.readers.word_parts import read_parts

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_LIST_OF_TYPES = "[Content_Types].xml"
_STRICT = b"purl.oclc.org/ooxml"


class WordPackage:
    """The parts of a Word file, to change some of them and save it."""

    def __init__(self, content: bytes, name: str) -> None:
        """Raises InputError where the file is no Word file, or one in the strict format."""
        self._content, self._name = content, name
        self._package = open_package(content, name, "a Word document")
        self._main = related(self._package, "", name).get("officeDocument", "word/document.xml")
        with zipfile.ZipFile(io.BytesIO(content)) as original:
            self._names = original.namelist()
            if _STRICT in original.read(self._main)[:4096]:
                raise InputError(
                    f"{name}: a Strict Open XML document, into which nothing is written",
                    hint="Save it in Word as “Word Document (*.docx)”.",
                )
        self.parts = read_parts(content, name)
        self._related = related(self._package, self._main, name)
        self._changed: dict[str, etree._Element] = {}

    def put_body(self) -> None:
        """The text, ``parts.body``, is changed."""
        self._changed[self._main] = self.parts.body.getroottree().getroot()

    def part(self, kind: str) -> etree._Element | None:
        """The root of a part that the text has: "comments", "styles", "theme"; None where it has none."""
        name = self._related.get(kind)
        if name is None:
            return None
        return self._changed[name] if name in self._changed else read_part(self._package, name, self._name)

    def raw(self, kind: str) -> bytes | None:
        """A part as it is stored."""
        name = self._related.get(kind)
        return self._package.read(name) if name in self._package.namelist() else None

    def put(self, kind: str, root: etree._Element) -> None:
        """A part is changed, or made where the text has none."""
        name = self._related.get(kind)
        if name is None:
            name = self._related[kind] = self._free_name(kind)
            etree.SubElement(
                self._root(_LIST_OF_TYPES, "Types", _TYPES),
                f"{{{_TYPES}}}Override",
                PartName=f"/{name}",
                ContentType=_CONTENT_TYPE.format(kind),
            )
            self._relate(f"{_OFFICE}/{kind}", name.rpartition("/")[2])
        self._changed[name] = root

    def link(self, address: str) -> str:
        """The id of the relationship by which the text leads to a web address."""
        for each in self._root(self._relations_part, "Relationships", _RELATIONS):
            if each.get("Target") == address and each.get("Type") == f"{_OFFICE}/hyperlink":
                return each.get("Id", "")
        return self._relate(f"{_OFFICE}/hyperlink", address, TargetMode="External")

    def save(self, *, seal: bool = False) -> bytes:
        """The package with the changed parts; all others as they are, in their order. ``seal``: the text holds one (``ooxml.SEAL``)."""
        changed = {name: serialised(root) for name, root in self._changed.items()}
        if seal:
            whole = {name: self._package.read(name) for name in self._names if name not in changed} | changed
            changed[self._main] = sealed(whole, self._main)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in package.infolist():
                part = changed.pop(entry.filename) if entry.filename in changed else package.read(entry)
                target.writestr(entry, part, entry.compress_type)
            for name, part in changed.items():
                fixed = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                fixed.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(fixed, part)
        return out.getvalue()

    @property
    def _relations_part(self) -> str:
        folder, _, file = self._main.rpartition("/")
        return f"{folder}/_rels/{file}.rels".lstrip("/")

    def _relate(self, kind: str, target: str, **more: str) -> str:
        relations = self._root(self._relations_part, "Relationships", _RELATIONS)
        taken = {each.get("Id") for each in relations}
        id = next(name for number in count(1) if (name := f"rIdGri{number}") not in taken)
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", {"Id": id, "Type": kind, "Target": target, **more})
        return id

    def _root(self, name: str, kind: str, namespace: str) -> etree._Element:
        """The root of a part of the package itself, which is changed."""
        if name not in self._changed:
            found = read_part(self._package, name, self._name)
            empty = etree.Element(f"{{{namespace}}}{kind}", nsmap={None: namespace})  # type: ignore[dict-item]
            self._changed[name] = found if found is not None else empty
        return self._changed[name]

    def _free_name(self, kind: str) -> str:
        """A name beside the text that no part has, whatever it is."""
        folder = self._main.rpartition("/")[0]
        taken = {name.lower() for name in self._names}
        names: Iterator[str] = (f"{folder}/{kind}{number or ''}.xml".lstrip("/") for number in count())
        return next(name for name in names if name.lower() not in taken)


def serialised(root: etree._Element) -> bytes:
    """A part as it is stored."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
