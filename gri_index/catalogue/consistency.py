"""What no schema can see: facts of several files that have to fit together."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from gri_index.catalogue import load_catalogue
from gri_index.errors import CatalogueError
from gri_index.model.standards import Catalogue
from gri_index.resources import load_xml

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def faults(root: Path) -> Iterator[str]:
    """One line per fault, naming file and line; nothing for a catalogue that holds together."""
    paths = [
        *sorted((root / "gri").glob("*.xml")),
        *sorted((root / "sector").glob("*.xml")),
        *sorted((root / "labels").glob("*.xml")),
        *sorted((root / "lexicon").glob("*.xml")),
        *sorted((root / "terms").glob("*.xml")),
        *sorted((root / "crosswalks").glob("*.xml")),
        *sorted(root.glob("frameworks.xml")),
    ]
    parsed: dict[Path, etree._Element] = {}
    for path in paths:
        try:
            parsed[path] = load_xml(path)
        except CatalogueError as error:
            yield str(error)
    if len(parsed) < len(paths):
        return
    catalogue = load_catalogue(root)
    for path, element in parsed.items():
        yield from (f"{path.name}, line {line}: {fault}" for line, fault in _of_file(path, element, catalogue))
    sources = root / "sources.xml"
    if sources.is_file():
        yield from _sources(load_xml(sources), parsed)


def _of_file(path: Path, root: etree._Element, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    names = {
        "standard": f"{root.get('id', '').lower().replace(' ', '-')}-{root.get('edition')}",
        "sector-standard": f"{root.get('id', '').lower().replace(' ', '-')}-{root.get('version', '').lower()}",
        "labels": root.get(_LANG, ""),
        "lexicon": root.get(_LANG, ""),
        "terms": root.get(_LANG, ""),
        "crosswalk": root.get("framework", ""),
        "frameworks": "frameworks",
    }
    if path.stem != names.get(str(root.tag)):
        yield _line(root), f"the file should be named {names.get(str(root.tag))}.xml"
    if root.tag in _OWN_FORMS:
        yield from _OWN_FORMS[str(root.tag)](root, catalogue)
        return
    for element in root.iter("disclosure", "successor", "reference"):
        yield from ((_line(element), fault) for fault in _reference(element, root, catalogue))
    for holder in root.iter("standard", "disclosure", "topic"):
        for language, count in Counter(title.get(_LANG) for title in holder.iterfind("title")).items():
            if count > 1:
                yield _line(holder), f"{count} titles in {language}"


def _terms(root: etree._Element, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """Words of a disclosure or Standard that there is not, and words that are there twice."""
    standards = {standard.id.removeprefix("GRI ") for standard in catalogue.standards}
    for holder in root:
        number, edition = holder.get("number", ""), holder.get("edition", "")
        editions = {key.edition for key in catalogue.editions_of(number)}
        if number not in standards if holder.tag == "topic" else not editions:
            yield _line(holder), f"there is no {number}"
        elif edition and edition not in editions:
            yield _line(holder), f"there is no {number} of {edition}"
    for (tag, name), count in Counter((each.tag, f"{each.get('number')} {each.get('edition', '')}") for each in root).items():
        if count > 1:
            yield _line(root), f"{count} entries for the {tag} {name}".rstrip()


def crosswalk_faults(root: etree._Element, catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """(line, fault) of rows for a disclosure that there is not, rows that are there twice, and forms of codes that are none.

    The schema knows items and sources.
    """
    for form in root.iterfind("code"):
        try:
            re.compile(form.text or "")
        except re.error as error:
            yield _line(form), f"no regular expression ({error})"
    seen: set[tuple[str | None, ...]] = set()
    for row in root.iterfind("map"):
        number, edition = row.get("disclosure", ""), row.get("edition", "")
        editions = {key.edition for key in catalogue.editions_of(number)}
        if not editions:
            yield _line(row), f"there is no {number}"
        elif edition and edition not in editions:
            yield _line(row), f"there is no {number} of {edition}"
        key = tuple(row.get(name) for name in ("item", "disclosure", "edition", "requirement", "paragraph"))
        if key in seen:
            yield _line(row), f"{number} serves {row.get('item')} twice"
        seen.add(key)


_OWN_FORMS = {"terms": _terms, "crosswalk": crosswalk_faults}


def _reference(element: etree._Element, root: etree._Element, catalogue: Catalogue) -> Iterator[str]:
    number, standard, edition = (element.get(name, "") for name in ("number", "standard", "edition"))
    if element.tag == "disclosure":
        if number.split("-")[0] != root.get("id", "").removeprefix("GRI "):
            yield f"{number} does not belong to {root.get('id')}"
        return
    if element.tag == "reference":
        topic = element.getparent()
        if topic is not None and not number.startswith(f"{topic.get('number')}."):
            yield f"{number} does not belong to the topic {topic.get('number')}"
        number = element.get("disclosure", "")
        if not number and not element.get("additional"):
            yield "neither a disclosure nor the name of an additional one"
    keys = {(key.standard, key.edition) for key in catalogue.editions_of(number)}
    if number and (standard, edition) not in keys:
        yield f"there is no {number} of {standard} {edition}"


def _sources(sources: etree._Element, parsed: dict[Path, etree._Element]) -> Iterator[str]:
    listed = {each.get("key", ""): each for each in sources}
    used: set[str] = set()
    for path, root in parsed.items():
        for element in root.iter():
            for key in (element.get("sources") or "").split():
                used.add(key)
                if key not in listed:
                    yield f"{path.name}, line {_line(element)}: the source {key} is not in sources.xml"
    for key in sorted(listed.keys() - used):
        yield f"sources.xml, line {_line(listed[key])}: no fact has the source {key}"


def _line(element: etree._Element) -> int:
    return int(str(element.sourceline or 0))
