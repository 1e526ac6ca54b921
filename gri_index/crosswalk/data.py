"""Crosswalks as values: ``standards/crosswalks/*.xml``, and files of one's own in the same form."""

from functools import cache
from pathlib import Path

from lxml import etree

from gri_index.errors import CatalogueError
from gri_index.model.crosswalk import CodeForm, Crosswalk, Item, Link, Origin, Relation, State
from gri_index.model.text import LocalText
from gri_index.resources import load_xml, standards_root

_RELATIONS, _STATES = {each.value: each for each in Relation}, {each.value: each for each in State}  # thousands of rows name one
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@cache
def frameworks() -> tuple[str, ...]:
    """The ids of all crosswalks of the program."""
    return tuple(path.stem for path in sorted((standards_root() / "crosswalks").glob("*.xml")))


@cache
def load_crosswalk(framework: str) -> Crosswalk:
    """A crosswalk of the program by its id. Raises CatalogueError."""
    if framework not in frameworks():
        raise CatalogueError(f"{framework}: no such framework", hint=f"Known are {', '.join(frameworks())}.")
    return read_crosswalk(standards_root() / "crosswalks" / f"{framework}.xml")


def read_crosswalk(path: Path) -> Crosswalk:
    """A crosswalk of the program. Raises CatalogueError naming file, line and cause."""
    return as_crosswalk(load_xml(path), path.name)


def as_crosswalk(root: etree._Element, name: str) -> Crosswalk:
    """The crosswalk in a data file, valid against the schema. Raises CatalogueError for one that holds something else."""
    if root.tag != "crosswalk":
        raise CatalogueError(f"{name}: no crosswalk but <{root.tag}>", hint="CONTRIBUTING describes its form.")
    sources = {each.get("id", ""): each.text or "" for each in root.iterfind("source")}
    return Crosswalk(
        framework=root.get("framework", ""),
        name=LocalText(
            (("en", root.get("name", "")), *((each.get(_LANG, ""), each.text or "") for each in root.iterfind("name")))
        ),
        issuer=root.get("issuer", ""),
        edition=root.get("edition", ""),
        origin=Origin(root.get("origin", "")),
        codes=tuple(
            CodeForm(
                tuple(name.strip() for name in each.get("names", "").split("|")),
                each.text or "",
                each.get("as", r"\g<0>"),
                each.get("bare") in ("true", "1"),
            )
            for each in root.iterfind("code")
        ),
        items=tuple(
            Item(
                each.get("id", ""),
                LocalText(tuple([(title.get(_LANG, ""), title.text or "") for title in each])),
                each.get("paragraph", ""),
            )
            for each in root.iterfind("item")
        ),
        links=tuple(
            Link(
                item=each.get("item", ""),
                number=each.get("disclosure", ""),
                edition=each.get("edition", ""),
                requirement=each.get("requirement", ""),
                relation=_RELATIONS[each.get("relation", "")],
                state=_STATES[each.get("state", "")],
                source=sources[each.get("source", "")],
                paragraph=each.get("paragraph", ""),
                topics=tuple(topics.split()) if (topics := each.get("topics")) else (),
            )
            for each in root.iterfind("map")
        ),
    )
