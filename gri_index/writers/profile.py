"""Profiles to start from: the TOML file with a word on each key, and the workbook that says the same."""

import datetime
import io
import json
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from gri_index.language.labels import Labels, reason_label
from gri_index.model.profile import Basis, OmissionReason
from gri_index.ooxml import repack
from gri_index.profile.sheets import LISTS, ROWS, SINGLE
from gri_index.writers.excel_style import Style, choices, head_row, new_sheet, put
from gri_index.writers.stamps import fix_modified, fixed_time

_SPARE = 40  # rows that have the drop-downs


def toml(data: dict[str, Any], labels: Labels) -> bytes:
    """The profile as TOML (toml.io, v1.0.0), with tables that are empty shown as comments."""
    words = labels.words
    lines = [*_comment(words["init-head"]), f"version = {data.get('version', 1)}"]
    for kind, keys in SINGLE.items():
        values = data.get(kind, {})
        lines += ["", f"[{kind}]"]
        for key in keys:
            line = f"{key} = {_value(values[key])}" if key in values else f"# {key} = {_sample(key)}"
            lines.append(f"{line}  # {_hint(kind, key, labels)}" if _hint(kind, key, labels) else line)
    for kind, keys in ROWS.items():
        lines += ["", *_comment(words[f"init-{kind.replace('_', '-')}"])]
        for table in data.get(kind, ()):
            lines += [f"[[{kind}]]", *(f"{key} = {_value(table[key])}" for key in keys if key in table), ""]
        if kind not in data:
            lines += [f"# [[{kind}]]", *(f"# {key} = {_sample(key)}" for key in keys)]
    return (re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n").encode()


def workbook(data: dict[str, Any], labels: Labels) -> bytes:
    """The profile as .xlsx: one sheet per kind of table."""
    book, style, words = Workbook(), Style(labels), labels.words
    del book[book.sheetnames[0]]
    for kind, keys in SINGLE.items():
        sheet = new_sheet(book, kind)
        head_row(sheet, [("key", 20), ("value", 60), (words["column-hint"], 70)], style)
        for row, key in enumerate(keys, start=2):
            put(sheet, row, 1, key, style.label)
            put(sheet, row, 2, _cell(data.get(kind, {}).get(key)), style.text)
            put(sheet, row, 3, _hint(kind, key, labels), style.text)
        if kind == "claim":
            choices(sheet, "B2:B2", [basis.value for basis in Basis])
    for kind, keys in ROWS.items():
        sheet = new_sheet(book, kind)
        head_row(
            sheet,
            [(key, 40 if key in ("explanation", "text", "title", "name", "disclosures", "section") else 18) for key in keys],
            style,
        )
        for row, table in enumerate(data.get(kind, ()), start=2):
            for column, key in enumerate(keys, start=1):
                put(sheet, row, column, _cell(table.get(key)), style.text)
        for column in range(1, len(keys) + 1):  # numbers typed below stay text: 2-10 is no date
            for row in range(len(data.get(kind, ())) + 2, _SPARE):
                put(sheet, row, column, "", style.text)
        if "reason" in keys and kind == "omission":
            letter = get_column_letter(keys.index("reason") + 1)
            choices(sheet, f"{letter}2:{letter}{_SPARE}", [words[reason_label(reason)] for reason in OmissionReason])
    book.properties.creator, book.properties.created, book.properties.modified = "", fixed_time(), fixed_time()
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": fix_modified})


def _hint(kind: str, key: str, labels: Labels) -> str:
    return labels.words.get(f"init-{kind}-{key}".replace("_", "-"), "")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in text.split("\n")]


def _value(value: Any) -> str:
    """A value in TOML; strings as basic strings, whose escapes are those of JSON."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items()) + " }"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _sample(key: str) -> str:
    samples = {"pages": '"12-14"', "disclosure": '"2-21"', "url": '"https://…"', "sector_topic": '"11.22"', "layout": '"auto"'}
    return samples.get(key) or ("2025-12-31" if key.endswith(("_date", "_start", "_end")) else "[]" if key in LISTS else '"…"')


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)
