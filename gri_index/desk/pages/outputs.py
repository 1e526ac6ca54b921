"""The outputs: what is written, for the author and for publication, and what lies there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gri_index.desk.pages.frame import Element, Frame, button
from gri_index.desk.work import FORMATS, PUBLISHED
from gri_index.language.text import clean
from gri_index.writers.html import tag

_NAMES = {
    "docx": "Word",
    "xlsx": "Excel",
    "html": "HTML",
    "json": "JSON",
    "csv": "CSV",
    "md": "Markdown",
    "txt": "InDesign (.txt)",
}
_TOGETHER = 5  # seconds within which files were written together
_USUAL = ("docx", "xlsx", "html")


def content(frame: Frame, made: Sequence[Path], published: Sequence[Path], command: str) -> Iterator[Element]:
    """The page. ``command``: the line of the command line that does the same."""
    boxes = [
        tag(
            "label",
            {"class": "box"},
            tag(
                "input",
                {"type": "checkbox", "name": "format", "value": each, **({"checked": "checked"} if each in _USUAL else {})},
            ),
            _NAMES[each],
        )
        for each in FORMATS
    ]
    yield tag(
        "form",
        {"method": "post", "action": frame.url("outputs"), "class": "choose"},
        tag("fieldset", tag("legend", frame.word("desk-formats")), *boxes),
        tag(
            "p", {"class": "bar"},
            button(frame.word("desk-write"), type="submit", name="publish", value="", class_="main"),
            button(frame.word("desk-publish"), type="submit", name="publish", value="yes"),
        ),
        tag("p", {"class": "note"}, frame.word("desk-publish-note", folder=PUBLISHED)),
    )  # fmt: skip
    for title, files, below in (("desk-made", made, ""), ("desk-published", published, f"{PUBLISHED}/")):
        if files:
            newest = max(each.stat().st_mtime for each in files)
            yield tag("h2", frame.word(title))
            yield tag("ul", {"class": "files"}, *(tag("li", *_file(frame, each, below, newest)) for each in files))
    yield tag("details", tag("summary", frame.word("desk-command")), tag("pre", {"tabindex": "0"}, clean(command)))


def _file(frame: Frame, path: Path, below: str, newest: float) -> Iterator[Element]:
    yield tag("a", {"href": frame.url(f"file/{below}{path.name}"), "download": clean(path.name)}, clean(path.name))
    if path.stat().st_mtime + _TOGETHER < newest:
        yield tag("span", {"class": "older"}, frame.word("desk-older"))
    if path.suffix == ".html":
        yield tag(
            "a", {"href": frame.url(f"view/{below}{path.name}"), "target": "_blank", "rel": "noopener"}, frame.word("desk-look")
        )
