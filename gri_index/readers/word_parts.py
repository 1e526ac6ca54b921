"""The parts of a Word file that a report is read from, found by their relationships.

Names of parts mean nothing: Word for the web calls them document2.xml and comments2.xml.
Source: ISO 29500-2, 8.3 (relationships); ISO 29500-1, 11.3 (parts of a document).
"""

from dataclasses import dataclass

from lxml import etree

from gri_index.errors import InputError
from gri_index.ooxml import open_package, read_part, related, targets
from gri_index.readers.word_styles import q

NOTES = ("comment", "footnote", "endnote")
_MAX_PARAGRAPHS = 300_000  # a report of 400 pages has some 20,000
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class WordParts:
    """What a Word file holds."""

    body: etree._Element
    styles: etree._Element | None
    notes: dict[str, dict[str, etree._Element]]  # kind -> id -> note
    program: str  # that saved it, as it names itself
    targets: dict[str, str]  # id of a relationship -> the address outside the file that it leads to


def read_parts(content: bytes, name: str) -> WordParts:
    """The parts of the Word file ``name``. Raises InputError where it is none."""
    package = open_package(content, name, "a Word document")
    of_package = related(package, "", name)
    main = of_package.get("officeDocument", _MAIN)
    document = read_part(package, main, name)
    body = document.find(q("body")) if document is not None else None
    if body is None:
        raise InputError(
            f"{name}: not a Word document ({main} is missing or has no body)",
            hint="Open it in Word and save it as .docx (Word Document).",
        )
    if sum(1 for _ in body.iter(q("p"))) > _MAX_PARAGRAPHS:
        raise InputError(
            f"{name}: more than {_MAX_PARAGRAPHS:,} paragraphs, which no report has", hint="Check where the file comes from."
        )
    parts, folder = related(package, main, name), main.rpartition("/")[0]

    def part(kind: str) -> etree._Element | None:
        return read_part(package, parts.get(kind, f"{folder}/{kind}.xml"), name)

    return WordParts(
        body,
        part("styles"),
        {kind: _notes(part(f"{kind}s"), kind) for kind in NOTES},
        _program(read_part(package, of_package.get("extended-properties", "docProps/app.xml"), name)),
        targets(package, main, name),
    )


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {note.get(q("id"), ""): note for note in root.iterfind(q(kind)) if note.get(q("type"), "normal") == "normal"}


def _program(properties: etree._Element | None) -> str:
    """The program that saved the file (ISO 29500-1, 22.2.2.2)."""
    return next((each.text or "" for each in properties.iterfind("{*}Application")), "") if properties is not None else ""


def note_text(note: etree._Element) -> str:
    """The text of a comment, a line per paragraph and per break in it; without what a tracked change deleted."""
    return "\n".join("".join(_texts(paragraph)) for paragraph in note.iter(q("p"))).strip()


def _texts(element: etree._Element) -> list[str]:
    found: list[str] = []
    for child in element:
        if child.tag in (q("del"), q("moveFrom"), q("p")):
            continue
        found += [_CHARACTERS[child.tag]] if child.tag in _CHARACTERS else _texts(child)
        if child.tag == q("t"):
            found.append(child.text or "")
    return found


_CHARACTERS = {q("br"): "\n", q("cr"): "\n", q("tab"): "\t", q("noBreakHyphen"): "-"}
