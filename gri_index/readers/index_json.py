"""An index.json that this program wrote, as the report that it was made of: its tagged sections, without their text.

Source: docs/reference/outputs.md, schema gri-index/index/1, key ``outline``.
"""

from collections.abc import Iterator
from typing import Any

from gri_index.errors import InputError
from gri_index.model.keys import Reference
from gri_index.model.report import Attachment, Block, BlockKind, Carrier, Report, Section, Source, Tag
from gri_index.profile.index_json import index_data

_PARTS = ("number", "standard", "sector_ref", "indicator", "topic", "edition")
_HINT = "Build the report again; an index.json of --publish holds nothing private."


def read(content: bytes, source: Source) -> Report:
    """The report that the index was made of. Raises InputError for another file, and for an index that keeps no outline."""
    data = index_data(content, source.name)
    outline = data.get("outline") or {}
    if not outline.get("sections"):
        raise InputError(f"{source.name}: keeps nothing of the report that it was made of", hint=_HINT)
    try:
        _check(outline, {str(each["name"]) for each in data["report"]["sources"]})
        return Report(
            sources=tuple(_sources(data["report"])),
            sections=tuple(_sections(outline["sections"])),
            blocks=tuple(_blocks(outline)),
            tags=tuple(_tags(outline)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(f"{source.name}: its outline is damaged ({error})", hint=_HINT) from None


def _check(outline: dict[str, Any], sources: set[str]) -> None:
    """Raises ValueError where one part names another that is not there, or stands below itself."""
    known: set[str] = set()
    for each in outline["sections"]:
        if each["source"] not in sources or each["id"] in known or not (each["parent"] is None or each["parent"] in known):
            raise ValueError("a section of no file, or below none")
        known.add(each["id"])
    if any(each["section"] not in known for each in outline["blocks"]):
        raise ValueError("a block of no section")


def _sources(facts: dict[str, Any]) -> Iterator[Source]:
    """The files that the index was made of."""
    for each in facts["sources"]:
        name, digest, form, language = (str(each[key]) for key in ("name", "sha256", "format", "language"))
        yield Source(id=name, name=name, sha256=digest, format=form, language=language, title=str(facts["title"]))


def _sections(found: list[dict[str, Any]]) -> Iterator[Section]:
    for each in found:
        title = str(each["title"])
        yield Section(
            id=str(each["id"]), source=str(each["source"]), parent=each["parent"], level=int(each["level"]), title=title, title_raw=title,
            kind="heading" if title else "implicit",
        )  # fmt: skip


def _blocks(outline: dict[str, Any]) -> Iterator[Block]:
    titles = {each["id"]: str(each["title"]) for each in outline["sections"]}
    for number, each in enumerate(outline["blocks"]):
        heading = bool(each["heading"])
        kind = BlockKind.HEADING if heading else BlockKind.BODY
        text = titles[each["section"]] if heading else ""
        yield Block(
            number, str(each["section"]), None, kind, text, runs=_runs(str(each["runs"])), short=int(str(each["short"]), 16)
        )


def _runs(digits: str) -> tuple[int, ...]:
    return tuple(int(digits[at : at + 8], 16) for at in range(0, len(digits), 8))


def _tags(outline: dict[str, Any]) -> Iterator[Tag]:
    known = {each["id"] for each in outline["sections"]}
    for each in outline["tags"]:
        if each["section"] not in known or not 0 <= each["block"] < len(outline["blocks"]):
            raise ValueError("a tag of no section")
        parts = {name: None if each[name] is None else str(each[name]) for name in _PARTS}
        reference = Reference(requirements=tuple(map(str, each["requirements"])), raw=str(each["text"]), **parts)
        yield Tag(
            reference=reference, carrier=Carrier.TEXT, section=each["section"], block=each["block"], page=None,
            attachment=Attachment.BEFORE, text=str(each["text"]),
        )  # fmt: skip
