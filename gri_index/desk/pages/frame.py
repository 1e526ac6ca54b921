"""The frame of every page, and the pieces that pages share."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from lxml import etree

from gri_index.desk.refusals import DeskError
from gri_index.errors import GriIndexError
from gri_index.language.labels import Labels, message_languages
from gri_index.language.text import clean
from gri_index.profile.sheets import ROWS, SINGLE
from gri_index.writers.html import tag

Element = etree._Element
_KEY_PATH = re.compile(rf"\b(?P<kind>{'|'.join((*SINGLE, *ROWS))})(?:\[(?P<at>\d+)\])?\.(?P<key>[a-z_]+)\b")
PAGES = {
    "": "desk-report",
    "profile": "desk-profile",
    "suggestions": "sheet-review",
    "list": "sheet-working",
    "check": "desk-check",
    "outputs": "desk-outputs",
}
_HTMX = {
    "includeIndicatorStyles": False, "attributesToSettle": ["class", "width", "height"], "allowEval": False, "selfRequestsOnly": True, "historyCacheSize": 0, "refreshOnHistoryMiss": True,
    "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages know. ``base``: the path that begins with the token."""

    base: str
    labels: Labels
    path: str  # of the folder

    @property
    def folder(self) -> str:
        """Its name."""
        return PurePath(self.path).name

    def url(self, path: str) -> str:
        """A path of the desk."""
        return f"{self.base}/{path}"

    def word(self, id: str, **args: str) -> str:
        """A text in the language of the desk."""
        return self.labels.text(id, **args)


def page(frame: Frame, here: str, *content: Element, notes: Iterable[Element] = ()) -> bytes:
    """A whole page. ``here``: which of ``PAGES`` it is; ``notes``: what came of the step before."""
    title = f"{frame.word(PAGES[here])} \u2013 {frame.folder}"
    head = tag(
        "head",
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"name": "htmx-config", "content": json.dumps(_HTMX)}),
        tag("title", clean(title)),
        tag("link", {"rel": "stylesheet", "href": frame.url("static/desk.css")}),
        tag("link", {"rel": "icon", "href": "data:,"}),
        tag("script", {"src": frame.url("static/htmx.min.js"), "defer": "defer"}),
        tag("script", {"src": frame.url("static/desk.js"), "defer": "defer"}),
    )
    links = [
        tag("li", tag("a", {"href": frame.url(path), **({"aria-current": "page"} if path == here else {})}, frame.word(id)))
        for path, id in PAGES.items()
    ]
    top = tag(
        "header",
        tag("p", {"class": "name"}, tag("b", "gri-index"), " ", tag("span", clean(frame.folder))),
        tag("nav", {"aria-label": frame.word("desk-pages")}, tag("ul", *links)),
        _languages(frame, here),
    )
    body = tag(
        "body",
        tag("a", {"class": "skip", "href": "#content"}, frame.word("skip")),
        top,
        tag(
            "main",
            {"id": "content"},
            tag("h1", frame.word(PAGES[here])),
            tag("div", {"id": "said", "role": "status"}, *notes),
            *content,
        ),
        tag("p", {"id": "gone", "role": "alert", "hidden": "hidden"}, frame.word("desk-gone")),
    )
    root = tag("html", {"lang": frame.labels.language}, head, body)
    return (etree.tostring(root, method="html", doctype="<!DOCTYPE html>", encoding="unicode") + "\n").encode("utf-8", "replace")


def _languages(frame: Frame, here: str) -> Element:
    options = [
        tag("option", {"value": each, **({"selected": "selected"} if each == frame.labels.language else {})}, name)
        for each, name in message_languages().items()
    ]
    return tag(
        "form",
        {"method": "post", "action": frame.url("language"), "class": "language"},
        tag("input", {"type": "hidden", "name": "here", "value": here}),
        tag("select", {"name": "language", "aria-label": frame.word("desk-language"), "data-send": "data-send"}, *options),
    )


def fragment(*content: Element) -> bytes:
    """Elements by themselves, to be put into a page."""
    return "".join(etree.tostring(each, method="html", encoding="unicode") for each in content).encode("utf-8", "replace")


def said(lines: Iterable[str], kind: str = "good") -> Element:
    """What is to be said: ``good`` that something was done, ``note`` what came of it, ``bad`` that it was not done."""
    return tag("div", {"class": f"said {kind}"}, *(tag("p", clean(line)) for line in lines))


def refused(frame: Frame, error: GriIndexError) -> Element:
    """Why something was not done, and what to do."""
    if isinstance(error, DeskError):
        return said([error.said(frame.labels)], "bad")
    hint = [] if _KEY_PATH.search(str(error)) else [error.hint]  # the page itself describes its fields
    lines = [_KEY_PATH.sub(lambda path: _field_name(frame, path), text) for text in (str(error), *hint) if text]
    return said([text.replace(f"{frame.path}/", "") for text in lines], "bad")


def _field_name(frame: Frame, path: re.Match[str]) -> str:
    """The path "topic[2].name" in the words of the page: "Material topics 2, Name"."""
    words = frame.labels.words
    kind = words.get(f"desk-kind-{path['kind'].replace('_', '-')}", path["kind"])
    key = words.get(f"desk-key-{path['key'].replace('_', '-')}", path["key"])
    return frame.labels.join([f"{kind} {path['at']}" if path["at"] else kind, key])


def button(text: str, **form: str) -> Element:
    """A button; names of its attributes with _ for -."""
    return tag("button", {name.rstrip("_").replace("_", "-"): value for name, value in form.items()}, text)


def choice(name: str, options: Mapping[str, str], chosen: str, **form: str) -> Element:
    """A select; a value that is none of the options stays one."""
    shown = dict(options) if chosen in options else {**options, chosen: chosen}
    return tag(
        "select",
        {"name": name, **{key.replace("_", "-"): value for key, value in form.items()}},
        *(
            tag("option", {"value": clean(value), **({"selected": "selected"} if value == chosen else {})}, clean(text))
            for value, text in shown.items()
        ),
    )


def labelled(text: str, control: Element, *more: Element) -> Element:
    """A control with its label above it."""
    return tag("label", tag("span", clean(text)), control, *more)


def line(name: str, value: str, **form: str) -> Element:
    """An input of one line."""
    return tag(
        "input",
        {
            "type": "text",
            "name": name,
            "value": clean(value),
            "autocomplete": "off",
            **{key.replace("_", "-"): text for key, text in form.items()},
        },
    )


def area(name: str, value: str, **form: str) -> Element:
    """An input of several lines."""
    return tag(
        "textarea", {"name": name, "rows": "2", **{key.replace("_", "-"): text for key, text in form.items()}}, clean(value)
    )


def facts(pairs: Sequence[tuple[str, str]]) -> Element:
    """Terms and what is said of each."""
    return tag(
        "dl", {"class": "facts"}, *(each for label, value in pairs for each in (tag("dt", clean(label)), tag("dd", clean(value))))
    )
