"""The profile as a form that says what GRI 1 requires of each part."""

import re
from collections.abc import Iterator, Mapping, Sequence

from gri_index.desk.pages.frame import Element, Frame, area, button, choice, labelled, line, said
from gri_index.desk.toml_form import Field, FormTable
from gri_index.language.labels import reason_label
from gri_index.language.text import clean
from gri_index.model.terms import AssuranceLevel, Basis, LayoutChoice, OmissionReason
from gri_index.model.working import mark
from gri_index.profile.sheets import DATES, ROWS
from gri_index.writers.html import tag

_OPEN = ("report", "claim", "topic", "topic_not_material", "document")  # what every index needs; the rest is folded away
_ORDER = (*_OPEN, "omission", "answer", "location", "indicator", "assurance", "section", "acknowledged", "output")
_LONG = frozenset({"explanation", "text", "statement", "disclosures", "note"})
_KEPT = frozenset({"carried", "mark_unverified"})


def none_yet(frame: Frame) -> Iterator[Element]:
    """What is seen where there is no profile."""
    yield tag("p", frame.word("desk-no-profile"))
    yield tag(
        "form",
        {"method": "post", "action": frame.url("profile/new")},
        button(frame.word("desk-begin-profile"), type="submit", class_="main"),
    )


def workbook(frame: Frame, name: str) -> Iterator[Element]:
    """What is seen where the profile is a workbook."""
    yield said([frame.word("desk-profile-workbook", file=name)], "note")


def content(frame: Frame, text: str, tables: Mapping[str, Sequence[FormTable]]) -> Iterator[Element]:
    """The form of a profile that stands in ``text``."""
    yield tag("p", {"class": "note"}, frame.word("desk-need-claim"))
    parts = [_part(frame, kind, tables[kind]) for kind in _ORDER]
    yield tag(
        "form",
        {
            "method": "post",
            "action": frame.url("profile"),
            "hx-post": frame.url("profile"),
            "hx-target": "#said",
            "class": "profile",
            "data-keep": "data-keep",
        },
        tag("input", {"type": "hidden", "name": "seen", "id": "seen", "value": mark(text)}),
        *parts,
        tag("p", {"class": "bar"}, button(frame.word("desk-save"), type="submit", class_="main")),
    )


def _part(frame: Frame, kind: str, tables: Sequence[FormTable]) -> Element:
    name, need = (
        frame.word(f"desk-kind-{kind.replace('_', '-')}"),
        frame.labels.words.get(f"desk-need-{kind.replace('_', '-')}", ""),
    )
    hint = frame.labels.words.get(f"init-{kind.replace('_', '-')}", "")
    inside = [tag("p", {"class": "need"}, need)] if need else [tag("p", {"class": "note"}, hint)] if hint else []
    several = kind in ROWS
    parts = [_table(frame, each, several) for each in tables]
    inside += [tag("div", {"class": "rows"}, *parts)] if several else parts
    if several:
        inside.append(button(frame.word("desk-add"), type="button", data_add="data-add"))
    if kind in _OPEN:
        return tag("section", tag("h2", name), *inside)
    count = sum(bool(each.at) for each in tables) if several else 0
    return tag("details", tag("summary", f"{name} ({count})" if count else name), *inside)


def _table(frame: Frame, table: FormTable, several: bool) -> Element:
    fields = [_field(frame, table.kind, each) for each in table.fields if each.text or each.key not in _KEPT]
    if not several:
        return tag("div", {"class": "fields"}, *fields)
    name = frame.word(f"desk-kind-{table.kind.replace('_', '-')}")
    tools = tag(
        "p", {"class": "tools"},
        button("\u2191", type="button", data_up="data-up", title=frame.word("desk-up"), aria_label=frame.word("desk-up")),
        button("\u2715", type="button", data_drop="data-drop", title=frame.word("desk-remove"), aria_label=frame.word("desk-remove")),
    )  # fmt: skip
    marker = tag("input", {"type": "hidden", "name": table.kind, "value": table.at})
    return tag(
        "fieldset",
        {"class": "row"},
        tag("legend", {"class": "unseen"}, name),
        marker,
        tag("div", {"class": "fields"}, *fields),
        tools,
    )


def _field(frame: Frame, kind: str, field: Field) -> Element:
    name = frame.word(f"desk-key-{field.key.replace('_', '-')}") + (
        frame.labels.bracket(field.language) if field.language else ""
    )
    need = frame.labels.words.get(f"desk-need-{kind}-{field.key}".replace("_", "-"), "")
    hint = need or frame.labels.words.get(f"init-{kind}-{field.key}".replace("_", "-"), "")
    told = [tag("small", clean(hint))] if hint else []
    return labelled(name, _control(frame, field), *told)


def _control(frame: Frame, field: Field) -> Element:
    words = frame.labels.words
    if field.key in DATES and (not field.text or re.fullmatch(r"\d{4}-\d\d-\d\d", field.text)):
        return tag("input", {"type": "date", "name": field.name, "value": field.text})
    options: dict[str, str] | None = None
    if field.key == "basis":
        options = {"": "\u2013", **{each.value: words["basis-" + each.value.replace(" ", "-")] for each in Basis}}
    elif field.key == "reason" and field.name.startswith("omission."):
        options = {"": "\u2013", **{each.value: words[reason_label(each)] for each in OmissionReason}}
    elif field.key == "level":
        options = {"": "\u2013", **{each.value: words[f"assurance-{each.value}"] for each in AssuranceLevel}}
    elif field.key == "layout":
        options = {"": "\u2013", **{each.value: each.value for each in LayoutChoice}}
    elif field.key == "mark_unverified":
        options = {"": "\u2013", "true": words["yes"], "false": words["no"]}
    if options is not None:
        return choice(field.name, options, field.text)
    return area(field.name, field.text) if field.key in _LONG or "\n" in field.text else line(field.name, field.text)
