"""The author's own page beside the index: how far it is, what is open, with whom and where, and what the rules found.

Bars are drawn as SVG by hand: four rectangles need no library of plots, and a page that loads
nothing could not have one that draws with a script. Without its script the page shows all rows.
"""

import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

from gri_index.extraction.sections import shown_titles
from gri_index.language.labels import Labels, status_words
from gri_index.language.pages import page_text
from gri_index.language.text import clean
from gri_index.matching.entries import row_number
from gri_index.model.findings import Finding
from gri_index.model.index import IndexRow, Status
from gri_index.model.working import WorkNotes
from gri_index.worklist.progress import OPEN, Coverage, near, progress
from gri_index.worklist.rows import RowFinder
from gri_index.writers.contents import Contents
from gri_index.writers.html import column_head, page, tag
from gri_index.writers.layout import place_text
from gri_index.writers.links import is_link

_KINDS = ("reported", "omitted", "partial", "missing")
_WIDTH = 100  # of a bar, in its own units
MARKS = {
    Status.REPORTED: "reported", Status.REPORTED_WITH_OMISSIONS: "reported", Status.PARTIAL: "partial", Status.OMITTED: "omitted",
    Status.MISSING: "missing", Status.PLANNED: "planned",
}  # fmt: skip


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The page. Private: it names owners and what is missing, and is never written with ``publish``."""
    words = labels.words
    title = labels.text(
        "status-title", organization=labels.pick(contents.index.claim.organization) or contents.report.sources[0].name
    )
    work = _Work(contents, labels)
    parts = (
        ("coverage", words["sheet-status"], coverage_bars(contents, labels)),
        ("matrix", words["sheet-matrix"], work.table()),
        ("chapters", words["status-chapters"], work.chapters()),
        ("findings", words["sheet-findings"], list(_findings(contents.findings, labels))),
    )
    links = (tag("li", tag("a", {"href": f"#{id}"}, name)) for id, name, _ in parts)
    content = [tag("h1", clean(title)), tag("nav", {"aria-label": clean(title)}, tag("ul", *links))]
    for id, name, inside in parts:
        content.append(
            tag("section", {"id": id, "aria-labelledby": f"{id}-head"}, tag("h2", {"id": f"{id}-head"}, name), *inside)
        )
    return page(title, content, labels, style=_beside("status.css"), script=_beside("status.js"))


@cache
def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


# ── coverage ──


def coverage_bars(contents: Contents, labels: Labels) -> list[etree._Element]:
    """A table with a bar for the whole and one for each Standard, and its key."""
    found = progress(contents.index, contents.working, contents.catalogue, labels)
    names = {"reported": Status.REPORTED, "omitted": Status.OMITTED, "partial": Status.PARTIAL, "missing": Status.MISSING}
    key = (tag("li", _svg([(kind, 1)], 1), status_words(status, labels)) for kind, status in names.items())
    rows = [_bar(found.total, labels.words["matrix-total"], labels), *(_bar(each, each.name, labels) for each in found.standards)]
    heads = (labels.words["column-standard"], labels.words["sheet-status"], labels.words["status-done"])
    table = tag(
        "table",
        {"class": "bars"},
        tag("thead", tag("tr", *(column_head(text) for text in heads))),
        tag("tbody", *rows),
    )
    return [tag("ul", {"class": "key", "aria-hidden": "true"}, *key), tag("div", {"class": "scroll"}, table)]


def _bar(each: Coverage, name: str, labels: Labels) -> etree._Element:
    counts = [(kind, getattr(each, kind)) for kind in _KINDS]
    words = {"reported": Status.REPORTED, "omitted": Status.OMITTED, "partial": Status.PARTIAL, "missing": Status.MISSING}
    told = labels.join([f"{count} {status_words(words[kind], labels)}" for kind, count in counts if count])
    drawn = _svg(counts, each.rows)
    drawn.set("role", "img")
    drawn.set("aria-label", clean(told))
    figure = tag("td", {"class": "figure"}, f"{each.done}/{each.rows}")
    return tag(
        "tr", tag("th", {"scope": "row"}, clean(name)), tag("td", drawn, tag("span", {"class": "unseen"}, clean(told))), figure
    )


def _svg(counts: Sequence[tuple[str, int]], total: int) -> etree._Element:
    """Rectangles side by side, as wide as their shares."""
    drawn = tag("svg", {"viewBox": f"0 0 {_WIDTH} 10", "preserveAspectRatio": "none", "xmlns": "http://www.w3.org/2000/svg"})
    at = 0.0
    for kind, count in counts:
        width = _WIDTH * count / total if total else 0.0
        if width:
            drawn.append(tag("rect", {"class": kind, "x": f"{at:.2f}", "y": "0", "width": f"{width:.2f}", "height": "10"}))
        at += width
    return drawn


# ── rows and chapters ──


class _Work:
    """The rows with what is open on them, and the chapters that report them or may."""

    def __init__(self, contents: Contents, labels: Labels) -> None:
        self.contents, self.labels = contents, labels
        self.rows = contents.index.rows
        self.finder = RowFinder(contents.working, contents.index)
        self.topics = {topic.id: labels.pick(topic.name) for topic in contents.index.topics}
        self.chapter_of = _chapters(contents)
        self.titles = shown_titles(contents.report.sections)
        self.expected = {at: near(row, contents.index) for at, row in enumerate(self.rows) if row.status in OPEN}
        used = {each.section for row in self.rows for each in row.locations if each.section}
        named = {title for title in self.expected.values() if title}
        self.sections = [s for s in contents.report.sections if s.id in used or self.titles[s.id] in named]
        self.place = {self.titles[section.id]: f"c{at}" for at, section in reversed(list(enumerate(self.sections)))}

    def table(self) -> list[etree._Element]:
        """The filters, which need the script, and all rows."""
        names = ("number", "title", "topic", "status", "owner", "due", "location", "expected")
        heads = tag("tr", *(column_head(self.labels.words[f"column-{name}"]) for name in names))
        rows = [self._row(at, row) for at, row in enumerate(self.rows)]
        table = tag("table", {"class": "cards work", "role": "table"}, tag("thead", heads), tag("tbody", *rows))
        name = self.labels.words["sheet-matrix"]
        return [self._filters(), tag("div", {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": name}, table)]

    def _notes(self, row: IndexRow) -> WorkNotes:
        earlier = self.finder.of(row)
        return earlier.notes if earlier else WorkNotes()

    def _chapters_of(self, at: int, row: IndexRow) -> list[str]:
        own = [self.chapter_of.get(each.section or "", "") for each in row.locations]
        near_by = [
            self.chapter_of.get(section.id, "") for section in self.sections if self.titles[section.id] == self.expected.get(at)
        ]
        return list(dict.fromkeys(filter(None, [*own, *near_by[:1]])))

    def _row(self, at: int, row: IndexRow) -> etree._Element:
        words, labels, notes = self.labels.words, self.labels, self._notes(row)
        status = status_words(row.status, labels)
        missing = (
            labels.bracket(labels.join(list(row.coverage.missing)))
            if row.status is Status.PARTIAL and row.coverage.missing
            else ""
        )
        expected = self.expected.get(at, "")
        place = self.place.get(expected)
        cells = (
            ("title", [clean(labels.pick(row.title))]),
            ("topic", [clean(self.topics.get(row.topic, ""))]),
            ("status", [tag("span", {"class": f"mark s-{MARKS[row.status]}"}, status + missing)]),
            ("owner", [clean(notes.owner)]),
            ("due", [clean(notes.due)]),
            ("location", list(self._places(row))),
            ("expected", [tag("a", {"href": f"#{place}"}, clean(expected)) if place else clean(expected)]),
        )
        data = {"data-status": status, "data-owner": clean(notes.owner) or words["nobody"]}
        data["data-chapter"] = "\n".join(map(clean, self._chapters_of(at, row)))
        return tag(
            "tr",
            {"id": f"r{at}", "role": "row", **data},
            tag("th", {"scope": "row", "role": "rowheader"}, clean(row_number(row))),
            *(tag("td", {"role": "cell", "data-label": words[f"column-{name}"]}, *inside) for name, inside in cells),
        )

    def _places(self, row: IndexRow) -> Iterator[etree._Element | str]:
        for location in row.locations:
            text = clean(place_text(location, self.labels))
            yield tag("p", tag("a", {"href": location.url}, text) if is_link(location.url) else text)

    def _filters(self) -> etree._Element:
        words = self.labels.words
        owners = dict.fromkeys(clean(self._notes(row).owner) or words["nobody"] for row in self.rows)
        statuses = dict.fromkeys(status_words(row.status, self.labels) for row in self.rows)
        chapters = dict.fromkeys(clean(name) for at, row in enumerate(self.rows) for name in self._chapters_of(at, row))
        choices = (
            ("status", "column-status", statuses),
            ("owner", "column-owner", owners),
            ("chapter", "status-chapter", chapters),
        )
        return tag(
            "form",
            {"id": "filters", "class": "filters screen", "hidden": "hidden", "role": "search"},
            *(self._choice(name, words[label], options) for name, label, options in choices),
            tag("label", words["status-search"], tag("input", {"type": "search", "name": "search", "autocomplete": "off"})),
            tag("output", {"id": "shown", "data-pattern": words["status-shown"]}),
        )

    def _choice(self, name: str, label: str, options: dict[str, None]) -> etree._Element:
        everything = tag("option", {"value": ""}, self.labels.words["status-all"])
        return tag(
            "label", label, tag("select", {"name": name}, everything, *(tag("option", {"value": each}, each) for each in options))
        )

    def chapters(self) -> list[etree._Element]:
        """Each section with the disclosures that it reports, and those that may belong there."""
        words, labels = self.labels.words, self.labels
        pages = {(each.source, each.number): each.label or str(each.number) for each in self.contents.report.pages}
        items = []
        for at, section in enumerate(self.sections):
            title = self.titles[section.id]
            page_said = page_text(pages.get((section.source, section.first_page or 0), ""), labels)
            reports = [n for n, row in enumerate(self.rows) if any(each.section == section.id for each in row.locations)]
            missing = [n for n, name in self.expected.items() if name == title and self.place.get(name) == f"c{at}"]
            item = tag(
                "li",
                {"id": f"c{at}"},
                tag("b", clean(title or words["matrix-front"])),
                labels.bracket(page_said) if page_said else "",
            )
            for label, numbers in (("status-reports", reports), ("status-open-here", missing)):
                if numbers:
                    item.append(tag("div", words[label], words["colon"], *self._links(numbers)))
            items.append(item)
        return [tag("ol", {"class": "chapters"}, *items)]

    def _links(self, numbers: Sequence[int]) -> Iterator[etree._Element | str]:
        for position, at in enumerate(numbers):
            yield self.labels.words["list-separator"] if position else ""
            yield tag("a", {"href": f"#r{at}"}, clean(row_number(self.rows[at])))


def _chapters(contents: Contents) -> dict[str, str]:
    """Section -> the title of the chapter that it belongs to."""
    sections = {section.id: section for section in contents.report.sections}
    titles = shown_titles(contents.report.sections)
    found: dict[str, str] = {}
    for section in contents.report.sections:
        parent = sections.get(section.parent or "")
        found[section.id] = found.get(parent.id, "") if parent and found.get(parent.id) else titles[section.id]
    return found


# ── findings ──


def _findings(findings: Sequence[Finding], labels: Labels) -> Iterator[etree._Element]:
    """Worst first, each with what to do and a way to the rule's page."""
    words = labels.words
    if not findings:
        yield tag("p", words["findings-none"])
        return
    names = ("severity", "code", "number", "where", "message", "hint")
    rows = []
    for finding in findings:
        hint = labels.say(finding.hint) if finding.hint else ""
        hint = labels.text("acknowledged", by=finding.acknowledged) if finding.acknowledged else hint
        severity = tag("span", {"class": f"mark s-{finding.severity.value}"}, words[f"severity-{finding.severity.value}"])
        rows.append(
            tag(
                "tr",
                tag("td", severity),
                tag("td", tag("a", {"href": f"#{finding.code}"}, finding.code)),
                *(tag("td", clean(text)) for text in (finding.disclosure, finding.where, labels.say(finding.message), hint)),
            )
        )
    heads = tag("tr", *(column_head(words[f"column-{name}"]) for name in names))
    yield tag("div", {"class": "scroll"}, tag("table", tag("thead", heads), tag("tbody", *rows)))
    yield tag("h3", words["status-rules"])
    yield from rule_manuals({finding.code for finding in findings})


def rule_manuals(codes: set[str]) -> Iterator[etree._Element]:
    """The manual of each rule that found something."""
    from gri_index.checks import rules

    for rule in rules():
        if rule.code in codes:
            text = tag("pre", {"lang": "en"}, clean(inspect.cleandoc(rule.manual)))
            yield tag("details", {"id": rule.code, "class": "rules"}, tag("summary", f"{rule.code} {rule.name}"), text)
