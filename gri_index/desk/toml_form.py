"""gri-index.toml as fields of a form, and the changed fields put back where they stood.

Comments, order, and keys that the form does not know stay as the author has them (tomlkit keeps
them); only what was changed is written anew. A text in several languages has a field for each.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from gri_index.desk.toml_lines import arranged, with_places
from gri_index.errors import InputError
from gri_index.language.reasons import recognise_reason
from gri_index.profile import FILE_NAME
from gri_index.profile.sheets import DATES, LISTS, ROWS, SINGLE

Form = Sequence[tuple[str, str]]  # names and values in the order of the page
_BOOLEANS = frozenset({"mark_unverified"})
_LANGUAGE = "@"  # "report.title@zh-Hans"


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the profile as text. ``name``: that of its input; ``language``: of a text that has one for each."""

    key: str
    name: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """The fields of a table. ``at``: its place among those of its kind; "" for one that is not there yet."""

    kind: str
    at: str
    fields: tuple[Field, ...]


def form_tables(text: str) -> dict[str, list[FormTable]]:
    """The tables of a profile by their kind; of those that may stand there several times one more, which is empty.

    Raises InputError where the text is no TOML.
    """
    data = _parsed(text).unwrap()
    tables = {kind: [FormTable(kind, "", tuple(_fields(kind, keys, _table(data.get(kind)))))] for kind, keys in SINGLE.items()}
    for kind, keys in ROWS.items():
        several = [each for each in data.get(kind, ()) if isinstance(each, dict)]
        tables[kind] = [FormTable(kind, str(at), tuple(_fields(kind, keys, each))) for at, each in enumerate(several)]
        tables[kind].append(FormTable(kind, "", tuple(_fields(kind, keys, {}))))
    return tables


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _fields(kind: str, keys: Sequence[str], table: Mapping[str, Any]) -> Iterator[Field]:
    for key in keys:
        value = table.get(key)
        if isinstance(value, dict):
            for language, text in value.items():
                yield Field(key, f"{kind}.{key}{_LANGUAGE}{language}", str(text), language)
        else:
            yield Field(key, f"{kind}.{key}", as_text(key, value))


def as_text(key: str, value: Any) -> str:
    """A value as it stands in a field; a reason for omission by its name in the Standards, whichever language it was written in."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return (recognise_reason(str(value)) or str(value)) if key == "reason" else str(value)


def changed_profile(text: str, form: Form) -> str:
    """The profile with what the form says. Raises InputError where the text is no TOML."""
    values, rows = _sorted(form)
    document = _parsed(with_places(text, [name for name, value in values.items() if value.strip() and _LANGUAGE not in name]))
    for kind, keys in SINGLE.items():
        said = {name: value for name, value in values.items() if name.startswith(f"{kind}.")}
        if said and (kind in document or any(value.strip() for value in said.values())):
            if kind not in document:
                document.append(kind, tomlkit.table())
            _fill(document[kind], kind, keys, said)
    orders = {kind: _order(document, kind, rows[kind]) for kind in ROWS if kind in rows}
    text = tomlkit.dumps(document)
    for kind, order in orders.items():
        text = arranged(text, kind, order)
    return text


def with_table(text: str, kind: str, values: Mapping[str, str]) -> str:
    """The profile with one more table of a kind. Raises InputError where the text is no TOML."""
    form = [(kind, "new"), *((f"{kind}.{key}", value) for key, value in values.items())]
    for table in reversed(form_tables(text)[kind][:-1]):
        form[:0] = [(kind, table.at), *((field.name, field.text) for field in table.fields)]
    return changed_profile(text, form)


def _order(document: tomlkit.TOMLDocument, kind: str, rows: Sequence[tuple[str, dict[str, str]]]) -> list[int | str]:
    """The tables of a kind as the form orders them: those there by their place, filled in; new ones as text. Empty ones are left out."""
    former = document.get(kind)
    if former is not None and not isinstance(former, AoT):  # [{…}, {…}] on one line
        former = tomlkit.aot()
        for each in document[kind].unwrap():
            former.append(tomlkit.item(each))
        document[kind] = former
    order: list[int | str] = []
    for at, said in rows:
        if not any(value.strip() for value in said.values()):
            continue
        if former is not None and at.isdecimal() and int(at) < len(former):
            _fill(former[int(at)], kind, ROWS[kind], said)
            order.append(int(at))
        else:
            table = tomlkit.table()
            _fill(table, kind, ROWS[kind], said)
            order.append(f"[[{kind}]]\n{tomlkit.dumps(table)}".rstrip("\n"))
    return order


def _sorted(form: Form) -> tuple[dict[str, str], dict[str, list[tuple[str, dict[str, str]]]]]:
    """(fields of the single tables, the rows of the others: each its former place and its fields)."""
    values: dict[str, str] = {}
    rows: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for name, value in form:
        kind = name.split(".")[0]
        if name in ROWS:
            rows.setdefault(name, []).append((value, {}))
        elif kind in ROWS and rows.get(kind):
            rows[kind][-1][1][name] = value
        elif kind in SINGLE and "." in name:
            values[name] = value
    return values, rows


def _fill(table: Table, kind: str, keys: Sequence[str], said: Mapping[str, str]) -> None:
    """Puts the fields of a form into their table; what they say already stays as it is written."""
    for key in keys:
        by_language = {
            name.partition(_LANGUAGE)[2]: _typed(text)
            for name, text in said.items()
            if name.partition(_LANGUAGE)[0] == f"{kind}.{key}"
        }
        if not by_language:
            continue
        now = table.get(key)
        if isinstance(now, dict):
            for language, text in by_language.items():
                if language and text and _typed(str(now.get(language, ""))) != text:
                    now[language] = text
                elif language and not text and language in now:
                    del now[language]
            if not now:
                del table[key]
        elif (text := by_language.get("", "")) != _typed(as_text(key, table.unwrap().get(key))):
            if text:
                table[key] = _value(key, text)
            elif key in table:
                del table[key]


def _typed(text: str) -> str:
    """A text as a form holds it: its line ends are those of a browser, and blanks around it say nothing."""
    return text.replace("\r\n", "\n").strip()


def _value(key: str, text: str) -> Any:
    """A text of the form as TOML holds it; one that is none of its kind stays a text, and the profile's reader says so."""
    if key in LISTS:
        return [part.strip() for part in re.split(r"[;；\n]", text) if part.strip()]
    if key in _BOOLEANS and text in ("true", "false"):
        return text == "true"
    if key in DATES:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise InputError(
            f"{FILE_NAME}: not valid TOML: {str(error)[:200]}", hint="Mend it in an editor; strings stand in double quotes."
        ) from None
