"""Loads the catalogue of the GRI Standards from ``standards/*.xml``, validated by its XSD."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import etree

from gri_index.errors import CatalogueError
from gri_index.model.keys import DisclosureKey, requirement_order
from gri_index.model.standards import (
    Catalogue,
    Disclosure,
    OwnIndicator,
    Requirement,
    SectorReference,
    SectorStandard,
    SectorTopic,
    Series,
    Standard,
    Successor,
    Title,
)
from gri_index.resources import load_xml, standards_root

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load_catalogue(folder: Path | None = None, own: tuple[Path, ...] = ()) -> Catalogue:
    """The catalogue in ``folder`` (default: the one the program ships), with those of one's ``own``.

    Loads and validates every file, some 60 of them. Raises CatalogueError naming file,
    line and cause.
    """
    return _load(folder or standards_root(), own)


@cache
def _load(root: Path, own: tuple[Path, ...]) -> Catalogue:
    standards = [_standard(load_xml(path)) for path in sorted((root / "gri").glob("*.xml"))]
    sectors = [_sector(load_xml(path)) for path in sorted((root / "sector").glob("*.xml"))]
    indicators: list[OwnIndicator] = []
    for path in own:
        _add_own(path, standards, sectors, indicators)
    standards.sort(key=lambda standard: (standard.number, standard.edition))
    return Catalogue(tuple(standards), versions=tuple(sectors), indicators=tuple(indicators)).with_sectors(None, {})


def _add_own(folder: Path, standards: list[Standard], sectors: list[SectorStandard], indicators: list[OwnIndicator]) -> None:
    """Adds the files of a folder: Standards, Sector Standards, indicators, and translations of Standards that are there."""
    paths = sorted(folder.rglob("*.xml")) if folder.is_dir() else []
    if not paths:
        raise CatalogueError(f"{folder.name}: no folder with XML files", hint="CONTRIBUTING describes the form of a catalogue.")
    for path in paths:
        root = load_xml(path)
        match root.tag:
            case "standard":
                added = _standard(root)
                if any((each.id, each.edition) == (added.id, added.edition) for each in standards):
                    raise own_error(path, root, f"{added.id} {added.edition} is there already; a <translation> adds titles to it")
                standards.append(added)
            case "sector-standard":
                sectors.append(_sector(root))
            case "indicators":
                indicators += _indicators(path, root, {each.id for each in indicators})
            case "translation":
                _translate(path, root, standards)
            case "sources":
                continue
            case other:
                raise own_error(path, root, f"<{other}> cannot be added")


def own_error(path: Path, element: etree._Element, fault: str) -> CatalogueError:
    """The error at an element of one's own catalogue."""
    return CatalogueError(
        f"{path.name}, line {element.sourceline}: {fault}", hint="Mend the file; CONTRIBUTING describes its form."
    )


def _indicators(path: Path, root: etree._Element, known: set[str]) -> Iterator[OwnIndicator]:
    source = _titles(root)
    for each in root.iterfind("indicator"):
        if each.get("id", "") in known:
            raise own_error(path, each, f"the indicator {each.get('id')} is there twice")
        yield OwnIndicator(id=each.get("id", ""), titles=_titles(each), source_titles=source)


def _translate(path: Path, root: etree._Element, standards: list[Standard]) -> None:
    """Titles of another language, or in place of those that are there."""
    wanted = (root.get("id", ""), root.get("edition", ""))
    position = next((at for at, each in enumerate(standards) if (each.id, each.edition) == wanted), None)
    if position is None:
        raise own_error(path, root, f"no {wanted[0]} {wanted[1]} to translate")
    standard = standards[position]
    translated = {each.get("number", ""): each for each in root.iterfind("disclosure")}
    unknown = translated.keys() - {disclosure.key.number for disclosure in standard.disclosures}
    for number in sorted(unknown):
        raise own_error(path, translated[number], f"{wanted[0]} {wanted[1]} has no disclosure {number}")
    disclosures = tuple(
        replace(each, titles=_merged(each.titles, _titles(translated[each.key.number])))
        if each.key.number in translated
        else each
        for each in standard.disclosures
    )
    standards[position] = replace(standard, titles=_merged(standard.titles, _titles(root)), disclosures=disclosures)


def _merged(old: tuple[Title, ...], new: tuple[Title, ...]) -> tuple[Title, ...]:
    languages = {title.language for title in new}
    return (*(title for title in old if title.language not in languages), *new)


def _standard(element: etree._Element) -> Standard:
    id, edition = element.get("id", ""), element.get("edition", "")
    return Standard(
        id=id,
        edition=edition,
        series=Series(element.get("series", "")),
        area=element.get("area", ""),
        effective=datetime.date.fromisoformat(element.get("effective", "")),
        valid_until=_date(element.get("valid-until")),
        titles=_titles(element),
        disclosures=tuple(_disclosure(each, id, edition) for each in element.iterfind("disclosure")),
        source=element.get("sources", ""),
        confidence=element.get("confidence", ""),
    )


def _disclosure(element: etree._Element, standard: str, edition: str) -> Disclosure:
    labels = sorted(
        (label for part in element.iterfind("requirements") for label in (part.text or "").split()), key=requirement_order
    )
    parents = {label.rpartition("-")[0] for label in labels}
    return Disclosure(
        key=DisclosureKey(element.get("number", ""), standard, edition),
        titles=_titles(element),
        management=element.get("management") == "true",
        omission_permitted=element.get("omission") == "permitted",
        group=element.get("group", ""),
        valid_until=_date(element.get("valid-until")),
        successors=tuple(_successor(each) for each in element.iterfind("successor")),
        requirements=tuple(Requirement(label, label not in parents) for label in labels),
        source=element.get("sources", ""),
        confidence=element.get("confidence", ""),
    )


def _successor(element: etree._Element) -> Successor:
    number = element.get("number")
    return Successor(
        key=DisclosureKey(number, element.get("standard", ""), element.get("edition", "")) if number else None,
        relation=element.get("relation", ""),
        effective=_date(element.get("effective")),
        confidence=element.get("confidence", ""),
    )


def _sector(element: etree._Element) -> SectorStandard:
    return SectorStandard(
        id=element.get("id", ""),
        version=element.get("version", ""),
        effective=_date(element.get("effective")),
        complete=element.get("complete") != "false",
        topics=tuple(_sector_topic(each) for each in element.iterfind("topic")),
    )


def _sector_topic(element: etree._Element) -> SectorTopic:
    number = element.get("number", "")
    return SectorTopic(
        number=number,
        titles=_titles(element),
        withdrawn=element.get("withdrawn") == "true",
        references=tuple(
            SectorReference(
                number=each.get("number", ""),
                topic=number,
                key=DisclosureKey(disclosure, each.get("standard", ""), each.get("edition", ""))
                if (disclosure := each.get("disclosure"))
                else None,
                name=each.get("additional", ""),
                confidence=each.get("confidence", ""),
            )
            for each in element.iterfind("reference")
        ),
    )


def _titles(element: etree._Element) -> tuple[Title, ...]:
    variants: dict[str, list[str]] = {}
    for variant in element.iterfind("variant"):
        variants.setdefault(variant.get(_LANG, ""), []).append(variant.text or "")
    return tuple(
        Title(
            language=(language := title.get(_LANG, "")),
            text=title.text or "",
            source=title.get("sources", ""),
            confidence=title.get("confidence", ""),
            state=title.get("state", ""),
            variants=tuple(variants.get(language, ())),
        )
        for title in element.iterfind("title")
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
