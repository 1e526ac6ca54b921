"""What the fields of a profile may hold, and the table that remembers which keys were asked for."""

import datetime
import difflib
import re
from collections.abc import Callable
from typing import Any

from gri_index.errors import TagSyntaxError
from gri_index.language.text import clean
from gri_index.model.keys import Reference
from gri_index.model.profile import Basis
from gri_index.model.terms import AssuranceLevel, LayoutChoice
from gri_index.model.text import LocalText
from gri_index.tags import parse_marker

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?")


_TAKEN = frozenset({"gri-index", "index", "status", "suggestions"})  # names, without suffix, of files that stand beside the index
_SHOWN = 80  # characters of a value in a message
_MOST_TABLES = 5_000  # of one kind; an index has some hundred rows


class FaultError(Exception):
    """A value that is no such thing; the path is added on the way up."""


class Table:
    """A TOML table that remembers which keys were asked for."""

    def __init__(self, data: dict[str, Any], path: str, faults: list[str]) -> None:
        self.data, self.path, self.faults = data, path, faults
        self.known: list[str] = []

    def take(self, key: str, kind: Callable[[Any], Any], default: Any = None, *, needed: bool = False) -> Any:
        """The value of ``key``, checked and converted by ``kind``."""
        self.known.append(key)
        if key not in self.data:
            if needed:
                self.faults.append(f"{self._at(key)} is missing")
            return default
        try:
            return kind(self.data[key])
        except FaultError as fault:
            self.faults.append(f"{self._at(key)}: {fault}")
            return default

    def sub(self, key: str) -> "Table":
        """A sub-table; empty where it is absent."""
        self.known.append(key)
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.faults.append(f"{key}: a table [{key}] is wanted")
            value = {}
        return Table(value, self._at(key), self.faults)

    def subs(self, key: str) -> "list[Table]":
        """The tables of an array [[key]]."""
        self.known.append(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.faults.append(f"{key}: tables [[{key}]] are wanted")
            return []
        if len(value) > _MOST_TABLES:
            self.faults.append(f"{self._at(key)}: {len(value)} tables [[{key}]], more than any report has")
            return []
        places = [getattr(each, "where", f"{self._at(key)}[{number}]") for number, each in enumerate(value, start=1)]
        return [Table(each, where, self.faults) for where, each in zip(places, value, strict=True)]

    def close(self) -> None:
        """Names the keys that nobody asked for."""
        for key in self.data.keys() - set(self.known):
            near = difflib.get_close_matches(key, self.known, n=1)
            self.faults.append(f"unknown key {self._at(key)}" + (f" (do you mean {near[0]}?)" if near else ""))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def string(value: Any) -> str:
    """A text, without blanks around it."""
    if not isinstance(value, str):
        raise FaultError(f"a string in quotes is wanted, not {str(value)[:_SHOWN]!r}")
    return clean(value).strip()


def integer(value: Any) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise FaultError(f"a whole number is wanted, not {str(value)[:_SHOWN]!r}")
    return value


def yes_or_no(value: Any) -> bool:
    """True or false."""
    if value not in (True, False, "true", "false"):
        raise FaultError(f"true or false is wanted, not {str(value)[:_SHOWN]!r}")
    return value in (True, "true")


def strings(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise FaultError('a list is wanted: ["…", "…"]')
    return tuple(string(each) for each in value)


def local(value: Any) -> LocalText:
    """A text, or one per language."""
    if isinstance(value, str):
        return LocalText((("", string(value)),))
    if not isinstance(value, dict):
        raise FaultError('a text is wanted, or one per language: { en = "…", "zh-Hans" = "…" }')
    for language in value:
        if not _LANGUAGE.fullmatch(language):
            raise FaultError(f"{language!r} is no language tag such as en or zh-Hans")
    return LocalText(tuple((language, string(text)) for language, text in value.items()))


def date(value: Any) -> datetime.date:
    """A date, or a text such as 2025-12-31."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise FaultError(f"a date such as 2025-12-31 is wanted, not {str(value)[:_SHOWN]!r}") from None


def references(value: Any) -> tuple[Reference, ...]:
    """Disclosures, ranges written out."""
    references: list[Reference] = []
    for text in strings(value):
        try:
            references += parse_marker(text)
        except TagSyntaxError:
            raise FaultError(f"{text!r} is no disclosure such as 302-1 or 302-1 to 302-5") from None
    return tuple(references)


def reference(value: Any) -> Reference:
    """One disclosure."""
    found = references([value])
    if len(found) != 1:
        raise FaultError(f"{value!r} names {len(found)} disclosures; write one table for each")
    return found[0]


def requirements(value: Any) -> tuple[str, ...]:
    """Labels such as a or b-iii, each once."""
    labels = tuple(label.strip("-. ()").replace(".", "-") for label in strings([value] if isinstance(value, str) else value))
    for label in labels:
        if not re.fullmatch(r"[a-z](-[ivx]+)?(-\d)?", label):
            raise FaultError(f"{label!r} is no requirement such as a or b-iii")
    return tuple(dict.fromkeys(labels))


def basis(value: Any) -> Basis:
    """What the organization claims."""
    try:
        return Basis(string(value).lower())
    except ValueError:
        raise FaultError(f'"in accordance" or "with reference" is wanted, not {str(value)[:_SHOWN]!r}') from None


def sector_standards(value: Any) -> tuple[tuple[str, str], ...]:
    """(number, version) of Sector Standards: GRI 11, GRI 11 V1.1, GRI 14: Mining Sector 2024; "" where no version is stated."""
    found = []
    for text in strings(value):
        match = re.fullmatch(r"(?:GRI )?(1[1-9])(?:\s?:[^\d]+20\d\d|\s20\d\d)?(?:\s(V\d\.\d))?", text, re.IGNORECASE)
        if match is None:
            raise FaultError(f"{text!r} is no GRI Sector Standard such as GRI 11 or GRI 11 V1.1")
        found.append((f"GRI {match[1]}", (match[2] or "").upper()))
    return tuple(found)


def sector_topic(value: Any) -> str:
    """A topic such as 11.2, with or without its S."""
    number = string(value).removeprefix("S")
    if not re.fullmatch(r"1[1-9]\.\d{1,2}", number):
        raise FaultError(f"{value!r} is no topic of a GRI Sector Standard such as 11.2")
    return number


def sector_topics(value: Any) -> tuple[str, ...]:
    """Topics of Sector Standards."""
    return tuple(sector_topic(each) for each in strings(value))


def url(value: Any) -> str:
    """An address of the web or of mail."""
    url = string(value)
    if url and not re.match(r"(?:https?://|mailto:)[^\s<>\"]+$", url, re.IGNORECASE):
        raise FaultError(f"{url[:60]!r} is no address that begins with https:// and holds no blank, quotation mark, < or >")
    return url


def layout(value: Any) -> LayoutChoice:
    """A layout of the index."""
    try:
        return LayoutChoice(value)
    except ValueError:
        raise FaultError('"auto", "long", "short" or "portrait" is wanted') from None


def assurance_level(value: Any) -> AssuranceLevel:
    """How far something was assured."""
    try:
        return AssuranceLevel(value)
    except ValueError:
        raise FaultError('"limited" or "reasonable" is wanted') from None


def link_base(value: Any) -> str:
    """Where the report's PDF is: a web address, or the name under which it lies beside the index."""
    text = string(value)
    if text and not re.fullmatch(r"https?://[^\s<>\"#]+|[^\r\n\t<>\":/\\#]+\.pdf", text, re.IGNORECASE):
        raise FaultError(
            'a web address without blanks and #, or the name of a file such as "report.pdf" without its folder, is wanted'
        )
    return text


def file_name(value: Any) -> str:
    """A name that every system takes."""
    name = string(value)
    if not name or re.search(r'[\\/:*?"<>|\x00-\x1f]', name) or name.startswith("."):
        raise FaultError(f"{name!r} is no file name")
    if name.casefold() in _TAKEN:
        raise FaultError(f"{name!r} is the name of another file of the program")
    return name
