"""The printed index as one HTML page: it stands alone, needs no script, and reads on paper, on a phone and by ear.

Elements are built with lxml, which escapes whatever a report says; the page may load nothing (Content
Security Policy, level 3), and its style is allowed by its digest. Sources: HTML Living Standard, 4.9 (tables); WCAG 2.2.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.writers.contents import Contents
from gri_index.writers.layout import Layout, Line, LineCell, LineKind, Part, lay_out
from gri_index.writers.links import is_link

Attributes = Mapping[str, str]
_OMISSION = (3, 4, 5)  # columns of the long layout that stand under one head


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The page of the publishable index; nothing private is in it. ``publish``: it does not say that it is a draft."""
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    return write_layout(layout, labels, publish=publish)


def write_layout(layout: Layout, labels: Labels, *, publish: bool = True) -> bytes:
    """A laid out table as a page."""
    content = [tag("h1", clean(layout.title))]
    if layout.draft and not publish:
        content.append(_element("p", layout.draft, "draft"))
    content += [_facts(layout.head), _main_table(layout)]
    content += [_element("p", note, "note") for note in layout.notes]
    if layout.not_material:
        content += [tag("h2", clean(layout.not_material_title)), _not_material(layout)]
    return page(layout.title, content, labels)


def tag(name: str, *content: Attributes | str | etree._Element) -> etree._Element:
    """An element: its attributes, its text and what stands in it, escaped when it is written."""
    element = etree.Element(name)
    for each in content:
        if isinstance(each, etree._Element):
            element.append(each)
        elif not isinstance(each, str):
            for key, value in each.items():
                element.set(key, value)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + each
        else:
            element.text = (element.text or "") + each
    return element


def page(title: str, content: Sequence[etree._Element], labels: Labels, *, style: str = "", script: str = "") -> bytes:
    """A whole page around its content. ``script``: its text, which only such a page may run."""
    css = _style() + style
    policy = f"default-src 'none'; img-src data:; style-src '{_digest(css)}'; base-uri 'none'; form-action 'none'"
    policy += f"; script-src '{_digest(script)}'" if script else ""
    head = tag(
        "head",
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"name": "generator", "content": "gri-index"}),
        tag("title", clean(title)),
        tag("style", css),
    )
    body = tag(
        "body",
        tag("a", {"class": "skip", "href": "#content"}, labels.words["skip"]),
        tag("main", {"id": "content"}, *content),
    )
    if script:
        body.append(tag("script", script))
    root = tag("html", {"lang": labels.language}, head, body)
    text = etree.tostring(root, method="html", doctype="<!DOCTYPE html>", encoding="unicode")
    return (text + "\n").encode("utf-8", errors="replace")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _element(kind: str, text: str, name: str) -> etree._Element:
    return tag(kind, {"class": name}, clean(text))


def _facts(head: Sequence[tuple[str, str]]) -> etree._Element:
    """What stands above the table, as terms and what is said of each."""
    return tag(
        "dl",
        {"class": "facts"},
        *(each for label, value in head for each in (tag("dt", clean(label)), tag("dd", clean(value)))),
    )


# ── tables ──


def _main_table(layout: Layout) -> etree._Element:
    """The table, to be scrolled sideways where the window is too narrow for it."""
    table = _table(tag("caption", clean(layout.title)), tag("thead", {"role": "rowgroup"}, *_head_rows(layout)), kind=layout.kind)
    for group in _groups(layout.lines):
        table.append(tag("tbody", {"role": "rowgroup"}, *(_line(line, layout) for line in group)))
    return tag("div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": clean(layout.title)}, table)


def _table(*content: etree._Element, kind: str = "") -> etree._Element:
    """Roles are named, since cards on a phone are no table to a browser any more."""
    return tag("table", {"class": f"cards {kind}".strip(), "role": "table"}, *content)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """A band with the lines below it."""
    group: list[Line] = []
    for line in lines:
        if line.kind is LineKind.BAND and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _head_rows(layout: Layout) -> Iterator[etree._Element]:
    columns = [(at, layout.columns[at]) for at in layout.shown]
    if not layout.long:
        yield tag("tr", {"role": "row"}, *(column_head(text) for _, text in columns))
        return
    first = [
        column_head(layout.spanning, colspan=str(len(_OMISSION)), scope="colgroup")
        if at == _OMISSION[0]
        else column_head(text, rowspan="2")
        for at, text in columns
        if at not in _OMISSION[1:]
    ]
    yield tag("tr", {"role": "row"}, *first)
    yield tag("tr", {"role": "row"}, *(column_head(text) for at, text in columns if at in _OMISSION))


def column_head(text: str, scope: str = "col", **form: str) -> etree._Element:
    """The head of a column."""
    return tag("th", {"scope": scope, "role": "columnheader", **form}, clean(text))


def _line(line: Line, layout: Layout) -> etree._Element:
    if line.kind is not LineKind.ROW:
        scope = "rowgroup" if line.kind is LineKind.BAND else "row"
        span = {"scope": scope, "role": "rowheader", "colspan": str(len(layout.shown))}
        return tag("tr", {"role": "row", "class": line.kind.value}, tag("th", span, clean(line.cells[0].text)))
    first, *others = layout.shown
    cells = [_filled(tag("th", {"scope": "row", "role": "rowheader"}), line.cells[first])]
    for column in others:
        cell = line.cells[column]
        form = {"role": "cell", "data-label": clean(layout.columns[column])} | ({"class": "grey"} if cell.grey else {})
        cells.append(_filled(tag("td", form), cell))
    return tag("tr", {"role": "row"}, *cells)


def _filled(element: etree._Element, cell: LineCell) -> etree._Element:
    paragraphs = [tag("p", *_parts(paragraph)) for paragraph in cell.paragraphs if paragraph]
    if len(paragraphs) == 1:
        element.text, children = paragraphs[0].text, list(paragraphs[0])
        element.extend(children)
    else:
        element.extend(paragraphs)
    return element


def _parts(paragraph: Sequence[Part]) -> Iterator[etree._Element | str]:
    for part in paragraph:
        yield tag("a", {"href": part.url}, clean(part.text)) if is_link(part.url) else clean(part.text)


def _not_material(layout: Layout) -> etree._Element:
    head = tag("thead", {"role": "rowgroup"}, tag("tr", {"role": "row"}, *map(column_head, layout.not_material_columns)))
    table = _table(head)
    for group in layout.not_material:
        rows = [
            tag(
                "tr",
                {"role": "row", "class": "standard"},
                tag("th", {"scope": "rowgroup", "role": "rowheader", "colspan": "2"}, clean(group.standard)),
            )
        ]
        for topic, explanation in group.topics:
            cells = (
                tag("th", {"scope": "row", "role": "rowheader"}, clean(topic)),
                tag("td", {"role": "cell", "data-label": clean(layout.not_material_columns[1])}, clean(explanation)),
            )
            rows.append(tag("tr", {"role": "row"}, *cells))
        table.append(tag("tbody", {"role": "rowgroup"}, *rows))
    return table
