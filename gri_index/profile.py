"""Reads the profile gri-index.toml. Every key is known or named as unknown by its path."""

import datetime
import re
import tomllib
from collections.abc import Callable
from typing import Any

from gri_index.errors import InputError, TagSyntaxError
from gri_index.labels import recognise_reason
from gri_index.model.keys import Reference
from gri_index.model.profile import (
    Acknowledged,
    Answer,
    Basis,
    Claim,
    Indicator,
    NotMaterialTopic,
    OtherDocument,
    OutputChoices,
    Profile,
    ReportFacts,
    StatedLocation,
    StatedOmission,
    Topic,
)
from gri_index.model.text import LocalText
from gri_index.tags import parse_marker

FILE_NAME = "gri-index.toml"
_VERSION = 1
_HINT = "README describes the profile; the key is shown with its path."
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?")


class _FaultError(Exception):
    """A value that is no such thing; the path is added on the way up."""


def read_profile(content: bytes, name: str = FILE_NAME) -> Profile:
    """The profile in a TOML file (UTF-8). Raises InputError naming the key path of each fault."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{name}: not UTF-8", hint="Save the file in the encoding UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not valid TOML: {error}", hint="Strings stand in double quotes, lists in [ ].") from None
    table = _Table(data, "", [])
    if (version := table.take("version", _integer, 1)) != _VERSION:
        table.faults.append(f"version: {version} is not known, this program reads version {_VERSION}")
    profile = Profile(
        report=_report(table.sub("report")),
        claim=_claim(table.sub("claim")),
        documents=tuple(_document(each) for each in table.subs("document")),
        topics=tuple(_topic(each) for each in table.subs("topic")),
        not_material=tuple(_not_material(each) for each in table.subs("topic_not_material")),
        omissions=tuple(_omission(each) for each in table.subs("omission")),
        answers=tuple(_answer(each) for each in table.subs("answer")),
        locations=tuple(_location(each) for each in table.subs("location")),
        indicators=tuple(_indicator(each) for each in table.subs("indicator")),
        acknowledged=tuple(_acknowledged(each) for each in table.subs("acknowledged")),
        output=_output(table.sub("output")),
    )
    table.close()
    if table.faults:
        raise InputError(f"{name}: " + "; ".join(table.faults), hint=_HINT)
    return profile


class _Table:
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
        except _FaultError as fault:
            self.faults.append(f"{self._at(key)}: {fault}")
            return default

    def sub(self, key: str) -> "_Table":
        """A sub-table; empty where it is absent."""
        self.known.append(key)
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.faults.append(f"{key}: a table [{key}] is wanted")
            value = {}
        return _Table(value, self._at(key), self.faults)

    def subs(self, key: str) -> "list[_Table]":
        """The tables of an array [[key]]."""
        self.known.append(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.faults.append(f"{key}: tables [[{key}]] are wanted")
            return []
        return [_Table(each, f"{self._at(key)}[{number}]", self.faults) for number, each in enumerate(value, start=1)]

    def close(self) -> None:
        """Names the keys that nobody asked for."""
        import difflib

        for key in self.data.keys() - set(self.known):
            near = difflib.get_close_matches(key, self.known, n=1)
            self.faults.append(f"unknown key {self._at(key)}" + (f" (do you mean {near[0]}?)" if near else ""))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


# ── kinds of values ──


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _FaultError(f"a string in quotes is wanted, not {value!r}")
    return value.strip()


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _FaultError(f"a whole number is wanted, not {value!r}")
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _FaultError('a list is wanted: ["…", "…"]')
    return tuple(_string(each) for each in value)


def _local(value: Any) -> LocalText:
    """A text, or one per language."""
    if isinstance(value, str):
        return LocalText((("", value.strip()),))
    if not isinstance(value, dict):
        raise _FaultError('a text is wanted, or one per language: { en = "…", "zh-Hans" = "…" }')
    for language in value:
        if not _LANGUAGE.fullmatch(language):
            raise _FaultError(f"{language!r} is no language tag such as en or zh-Hans")
    return LocalText(tuple((language, _string(text)) for language, text in value.items()))


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _FaultError(f"a date such as 2025-12-31 is wanted, not {value!r}") from None


def _references(value: Any) -> tuple[Reference, ...]:
    references: list[Reference] = []
    for text in _strings(value):
        try:
            references += parse_marker(text)
        except TagSyntaxError:
            raise _FaultError(f"{text!r} is no disclosure such as 302-1 or 302-1 to 302-5") from None
    return tuple(references)


def _reference(value: Any) -> Reference:
    references = _references([value])
    if len(references) != 1:
        raise _FaultError(f"{value!r} names {len(references)} disclosures; write one table for each")
    return references[0]


def _requirements(value: Any) -> tuple[str, ...]:
    labels = tuple(label.strip("-. ()").replace(".", "-") for label in _strings([value] if isinstance(value, str) else value))
    for label in labels:
        if not re.fullmatch(r"[a-z](-[ivx]+)?(-\d)?", label):
            raise _FaultError(f"{label!r} is no requirement such as a or b-iii")
    return tuple(dict.fromkeys(labels))


def _basis(value: Any) -> Basis:
    try:
        return Basis(_string(value).lower())
    except ValueError:
        raise _FaultError(f'"in accordance" or "with reference" is wanted, not {value!r}') from None


def _sector_standard(value: Any) -> tuple[str, ...]:
    ids = _strings(value)
    for id in ids:
        if not re.fullmatch(r"GRI 1[1-9]", id):
            raise _FaultError(f"{id!r} is no GRI Sector Standard such as GRI 11")
    return ids


def _sector_topic(value: Any) -> str:
    number = _string(value).removeprefix("S")
    if not re.fullmatch(r"1[1-9]\.\d{1,2}", number):
        raise _FaultError(f"{value!r} is no topic of a GRI Sector Standard such as 11.2")
    return number


def _sector_topics(value: Any) -> tuple[str, ...]:
    return tuple(_sector_topic(each) for each in _strings(value))


def _url(value: Any) -> str:
    url = _string(value)
    if url and not re.match(r"(?:https?://|mailto:)\S+$", url, re.IGNORECASE):
        raise _FaultError(f"{url[:60]!r} is no address that begins with https://")
    return url


def _layout(value: Any) -> str:
    if value not in ("auto", "long", "short"):
        raise _FaultError('"auto", "long" or "short" is wanted')
    return str(value)


def _file_name(value: Any) -> str:
    name = _string(value)
    if not name or re.search(r'[\\/:*?"<>|\x00-\x1f]', name) or name.startswith("."):
        raise _FaultError(f"{name!r} is no file name")
    return name


# ── tables ──


def _report(table: _Table) -> ReportFacts:
    facts = ReportFacts(
        organization=table.take("organization", _local, LocalText()),
        title=table.take("title", _local, LocalText()),
        period_start=table.take("period_start", _date),
        period_end=table.take("period_end", _date),
        publication_date=table.take("publication_date", _date),
        language=table.take("language", _string, ""),
    )
    table.close()
    if facts.period_start and facts.period_end and facts.period_end < facts.period_start:
        table.faults.append("report.period_end lies before report.period_start")
    return facts


def _claim(table: _Table) -> Claim:
    claim = Claim(
        basis=table.take("basis", _basis, Basis.WITH_REFERENCE),
        sector_standards=table.take("sector_standards", _sector_standard, ()),
        statement=table.take("statement", _local, LocalText()),
    )
    table.close()
    return claim


def _document(table: _Table) -> OtherDocument:
    document = OtherDocument(
        id=table.take("id", _string, "", needed=True),
        title=table.take("title", _local, LocalText(), needed=True),
        url=table.take("url", _url, ""),
    )
    table.close()
    return document


def _topic(table: _Table) -> Topic:
    topic = Topic(
        name=table.take("name", _local, LocalText(), needed=True),
        disclosures=table.take("disclosures", _references, ()),
        sector_topics=table.take("sector_topics", _sector_topics, ()),
    )
    table.close()
    return topic


def _not_material(table: _Table) -> NotMaterialTopic:
    topic = NotMaterialTopic(
        sector_topic=table.take("sector_topic", _sector_topic, "", needed=True),
        explanation=table.take("explanation", _local, LocalText()),
    )
    table.close()
    return topic


def _subject(table: _Table) -> dict[str, Any]:
    """Which disclosure a table speaks of: keys that omissions, answers and locations share."""
    return {
        "disclosure": table.take("disclosure", _reference, Reference(), needed=True),
        "topic": table.take("topic", _string, ""),
        "requirements": table.take("requirements", _requirements, ()),
    }


def _omission(table: _Table) -> StatedOmission:
    reason = table.take("reason", _string, "", needed=True)
    omission = StatedOmission(
        **_subject(table),
        reason=recognise_reason(reason) or reason,
        explanation=table.take("explanation", _local, LocalText()),
    )
    table.close()
    return omission


def _answer(table: _Table) -> Answer:
    answer = Answer(**_subject(table), text=table.take("text", _local, LocalText(), needed=True))
    table.close()
    return answer


def _location(table: _Table) -> StatedLocation:
    location = StatedLocation(
        **_subject(table),
        document=table.take("document", _string, ""),
        section=table.take("section", _local, LocalText()),
        pages=table.take("pages", _string, ""),
        url=table.take("url", _url, ""),
        note=table.take("note", _local, LocalText()),
    )
    table.close()
    return location


def _indicator(table: _Table) -> Indicator:
    indicator = Indicator(
        id=table.take("id", _string, "", needed=True),
        source=table.take("source", _local, LocalText()),
        title=table.take("title", _local, LocalText(), needed=True),
        topic=table.take("topic", _string, ""),
        location=table.take("location", _local, LocalText()),
    )
    table.close()
    return indicator


def _acknowledged(table: _Table) -> Acknowledged:
    acknowledged = Acknowledged(
        rule=table.take("rule", _string, "", needed=True),
        disclosure=table.take("disclosure", _string, ""),
        reason=table.take("reason", _string, "", needed=True),
        by=table.take("by", _string, ""),
    )
    table.close()
    return acknowledged


def _output(table: _Table) -> OutputChoices:
    output = OutputChoices(
        languages=table.take("languages", _strings, ()),
        layout=table.take("layout", _layout, "auto"),
        index_name=table.take("index_name", _file_name, "content-index"),
        template=table.take("template", _string, ""),
    )
    table.close()
    return output
