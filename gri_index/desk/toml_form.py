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
_Rows = list[tuple[str, dict[str, str]]]  # of one kind: the place that each had, and its fields
_BOOLEANS = frozenset({"mark_unverified"})
# Keys whose texts may stand in several languages.
_LOCAL = frozenset({"organization", "title", "statement", "name", "explanation", "text", "note", "source", "location", "section"})
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


# ── the profile as fields ──


def form_tables(text: str) -> dict[str, list[FormTable]]:
    """The tables of a profile by their kind; of those that may stand there several times one more, which is empty.

    Raises InputError where the text is no TOML.
    """
    data = _parsed(text).unwrap()
    languages = _languages(data)
    tables = {
        kind: [FormTable(kind, "", tuple(_fields(kind, keys, _table(data.get(kind)), languages)))]
        for kind, keys in SINGLE.items()
    }
    for kind, keys in ROWS.items():
        several = _several(data.get(kind))
        tables[kind] = [FormTable(kind, str(at), tuple(_fields(kind, keys, each, languages))) for at, each in enumerate(several)]
        tables[kind].append(FormTable(kind, "", tuple(_fields(kind, keys, {}, languages))))
    return tables


def _languages(data: Mapping[str, Any]) -> list[str]:
    """The languages of the profile, where it has several: those of its outputs, else those in which its texts stand."""
    stated = _table(data.get("output")).get("languages")
    if isinstance(stated, list) and len(stated) > 1:
        return [str(each) for each in stated]
    tables = [_table(data.get(kind)) for kind in SINGLE] + [each for kind in ROWS for each in _several(data.get(kind))]
    return list(
        dict.fromkeys(language for table in tables for text in table.values() if isinstance(text, dict) for language in text)
    )


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _several(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _fields(kind: str, keys: Sequence[str], table: Mapping[str, Any], languages: Sequence[str]) -> Iterator[Field]:
    for key in keys:
        value = table.get(key)
        if (
            key in _LOCAL and languages and (value is None or isinstance(value, str))
        ):  # a text alone is that of the first language
            value = {**dict.fromkeys(languages, ""), languages[0]: value or ""}
        if isinstance(value, dict):
            for language in dict.fromkeys((*value, *languages)):
                yield Field(key, f"{kind}.{key}{_LANGUAGE}{language}", str(value.get(language, "")), language)
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


# ── and back ──


def changed_profile(text: str, form: Form) -> str:
    """The profile with what the form says. Raises InputError where the text is no TOML."""
    values, rows = _sorted(form)
    _follow(rows, renamed_topics(text, form))
    wanted = [name.partition(_LANGUAGE)[0] for name, value in values.items() if value.strip()]
    document = _parsed(with_places(text, list(dict.fromkeys(wanted))))
    for kind, keys in SINGLE.items():
        said = {name: value for name, value in values.items() if name.startswith(f"{kind}.")}
        if said and (kind in document or any(value.strip() for value in said.values())):
            if kind not in document:
                document.append(kind, tomlkit.table())
            _fill(document[kind], kind, keys, said)
    languages = _languages(document.unwrap())
    for kind in ROWS:
        if kind in rows and not _is_as_it_was(document.get(kind), kind, rows[kind], languages):
            document = _parsed(_arranged(document, kind, _order(document, kind, rows[kind])))
    return tomlkit.dumps(document)


def renamed_topics(text: str, form: Form) -> dict[str, str]:
    """Former name of each topic that the form renames -> its new one, in each language."""
    topics, found = _several(_parsed(text).unwrap().get("topic")), dict[str, str]()
    for at, said in _sorted(form)[1].get("topic", ()):
        if at.isdecimal() and int(at) < len(topics):
            now = topics[int(at)].get("name")
            before = now if isinstance(now, dict) else {"": now}
            names = [text for name, text in said.items() if name.partition(_LANGUAGE)[0] == "topic.name"]
            for language, old in before.items():
                new = _typed(said.get(f"topic.name{_LANGUAGE}{language}", "") if language else next(iter(names), ""))
                if new and old and new != str(old):
                    found[str(old)] = new
    return found


def _follow(rows: Mapping[str, _Rows], renamed: Mapping[str, str]) -> None:
    """Omissions, answers and the like go on naming their topic."""
    for kind, several in rows.items():
        for _, said in several:
            name = f"{kind}.topic"
            if name in said:
                said[name] = renamed.get(said[name], said[name])


def with_table(text: str, kind: str, values: Mapping[str, str]) -> str:
    """The profile with one more table of a kind. Raises InputError where the text is no TOML."""
    form = [(kind, "new"), *((f"{kind}.{key}", value) for key, value in values.items())]
    for table in reversed(form_tables(text)[kind][:-1]):
        form[:0] = [(kind, table.at), *((field.name, field.text) for field in table.fields)]
    return changed_profile(text, form)


def _sorted(form: Form) -> tuple[dict[str, str], dict[str, _Rows]]:
    """(fields of the single tables, the rows of the others: each its former place and its fields)."""
    values: dict[str, str] = {}
    rows: dict[str, _Rows] = {}
    for name, value in form:
        kind = name.split(".")[0]
        if name in ROWS:
            rows.setdefault(name, []).append((value, {}))
        elif kind in ROWS and rows.get(kind):
            rows[kind][-1][1][name] = value
        elif kind in SINGLE and "." in name:
            values[name] = value
    return values, rows


def _is_as_it_was(value: Any, kind: str, rows: _Rows, languages: Sequence[str]) -> bool:
    """True where the rows of the form say what the tables say: however they are laid out, they stay."""
    former = _several(value.unwrap() if hasattr(value, "unwrap") else value)
    said = [(at, fields) for at, fields in rows if any(text.strip() for text in fields.values())]
    if [at for at, _ in said] != [str(at) for at in range(len(former))]:
        return False
    for table, (_, fields) in zip(former, said, strict=True):
        now = {each.name: _typed(each.text) for each in _fields(kind, ROWS[kind], table, languages)}
        if any(_typed(text) != now.get(name, "") for name, text in fields.items()):
            return False
    return True


def _order(document: tomlkit.TOMLDocument, kind: str, rows: _Rows) -> list[int | str]:
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


def _arranged(document: tomlkit.TOMLDocument, kind: str, order: Sequence[int | str]) -> str:
    """The text of a document with the tables of a kind in another order; where its layout is a strange one, tomlkit lays it out."""
    former = list(document[kind]) if kind in document else []
    new = [former[each] if isinstance(each, int) else tomlkit.parse(each)[kind][0] for each in order]
    text = tomlkit.dumps(document)
    found = arranged(text, kind, order, len(former))
    if found is not None and _several(_unwrapped(found).get(kind)) == [each.unwrap() for each in new]:
        return found
    if kind in document:
        del document[kind]
    if new:
        tables = tomlkit.aot()
        for each in new:
            tables.append(tomlkit.item(each.unwrap()))
        document.append(kind, tables)
    return tomlkit.dumps(document)


def _unwrapped(text: str) -> Mapping[str, Any]:
    try:
        return tomlkit.parse(text).unwrap()
    except (TOMLKitError, ValueError):
        return {}


def _fill(table: Table, kind: str, keys: Sequence[str], said: Mapping[str, str]) -> None:
    """Puts the fields of a form into their table; what they say already stays as it is written."""
    for key in keys:
        texts = {
            name.partition(_LANGUAGE)[2]: _typed(text)
            for name, text in said.items()
            if name.partition(_LANGUAGE)[0] == f"{kind}.{key}"
        }
        if not texts:
            continue
        now = table.get(key)
        if isinstance(now, dict):
            _fill_languages(table, key, now, texts)
        elif "" not in texts:
            first, *others = texts
            if isinstance(now, str) and not any(texts[each] for each in others):
                if texts[first] and texts[first] != _typed(str(now)):
                    table[key] = texts[first]
                elif not texts[first]:
                    del table[key]
            elif new := {language: text for language, text in texts.items() if text}:
                table[key] = tomlkit.inline_table()
                table[key].update(new)
            elif key in table:
                del table[key]
        elif texts[""] != _typed(as_text(key, table.unwrap().get(key))):
            if texts[""]:
                table[key] = _value(key, texts[""])
            elif key in table:
                del table[key]


def _fill_languages(table: Table, key: str, now: Any, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        if language and text and _typed(str(now.get(language, ""))) != text:
            now[language] = text
        elif language and not text and language in now:
            del now[language]
    if not now:
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
