"""Names and codes of other frameworks that stand among GRI's, from ``standards/frameworks.xml``."""

import re
from functools import cache

from lxml import etree

from gri_index.language.lexicon import any_of
from gri_index.resources import load_xml, standards_root


@cache
def _root() -> etree._Element:
    return load_xml(standards_root() / "frameworks.xml")


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split("|")]


@cache
def names() -> str:
    """A regular expression for the short names of frameworks, as they stand before a code."""
    found = [name for each in _root().iterfind("framework") for name in _split(each.get("names"))]
    return "|".join(sorted((re.escape(name) for name in found if name.isascii() and " " not in name), key=len, reverse=True))


@cache
def codes() -> str:
    """A regular expression for the codes of frameworks that are told by their shape alone."""
    return "|".join(each.text or "" for each in _root().iter("code"))


@cache
def mention() -> re.Pattern[str]:
    """Matches a framework by its short name with the numbers behind it, or a code of one."""
    return re.compile(rf"\b(?:{names()})\b[\s:]*(?:[\d.,\s-]|\b{any_of('and')}\b)*|{codes()}")


@cache
def words() -> str:
    """A regular expression for the words that frameworks put before their numbers: Principle 10, Strategy a."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(_split(_root().get("words")), key=len, reverse=True))


@cache
def carriers() -> str:
    """A regular expression for the names by which attributes and comments carry codes, GRI's among them."""
    return "|".join(_split(_root().get("carriers")))


@cache
def supplements() -> dict[str, str]:
    """The sectors of GRI's supplements of 2013 by the letters that their disclosures begin with: EU of EU12."""
    return {each.get("prefix", ""): (each.text or "").strip() for each in _root().iter("supplement")}


@cache
def title() -> re.Pattern[str]:
    """Matches the name of a framework, or of a law, in the title of a table."""
    titled = [name for each in _root().iterfind("framework[@titles='true']") for name in _split(each.get("names"))]
    bounded = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in titled if name.isascii())
    other = "|".join(name for name in titled if not name.isascii())
    laws = "|".join(name for each in _root().iterfind("law") for name in _split(each.text))
    return re.compile(rf"\b(?:{bounded}|(?:{laws}) \d+/\d+)\b|{other}", re.IGNORECASE)
