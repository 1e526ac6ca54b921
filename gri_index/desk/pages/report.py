"""The first page: the report, what was read of it, and its sections with their tags."""

from collections.abc import Iterator, Sequence

from gri_index.desk.pages.frame import Element, Frame, button, facts, said
from gri_index.desk.work import State
from gri_index.extraction.sections import shown_titles
from gri_index.language.text import clean
from gri_index.model.report import Report
from gri_index.readers.remarks import reading_lines
from gri_index.writers.html import column_head, tag


def content(frame: Frame, candidates: Sequence[str], chosen: Sequence[str], state: State | None) -> Iterator[Element]:
    """All of the page."""
    yield _drop(frame)
    if candidates and (len(candidates) > 1 or not chosen):
        yield _choose(frame, candidates, chosen)
    if state is None:
        return
    report = state.outputs.report
    yield facts(list(_facts(frame, state)))
    if lines := [*reading_lines(report, frame.labels), *(frame.labels.say(each) for each in state.outputs.index.remarks)]:
        yield tag(
            "details",
            {"class": "remarks"},
            tag("summary", frame.word("desk-remarks", count=str(len(lines)))),
            said(lines, "note"),
        )
    yield tag("h2", frame.word("desk-sections"))
    yield _sections(frame, report)


def _drop(frame: Frame) -> Element:
    """Where a file is dropped or chosen; desk.js sends its bytes."""
    file = tag("input", {"type": "file", "id": "file", "data-to": frame.url("report"), "multiple": "multiple"})
    return tag("div", {"id": "drop", "class": "drop"}, tag("label", {"for": "file"}, frame.word("desk-drop")), file)


def _choose(frame: Frame, candidates: Sequence[str], chosen: Sequence[str]) -> Element:
    boxes = [
        tag(
            "label",
            {"class": "box"},
            tag(
                "input", {"type": "checkbox", "name": "file", "value": name, **({"checked": "checked"} if name in chosen else {})}
            ),
            clean(name),
        )
        for name in candidates
    ]
    return tag(
        "form",
        {"method": "post", "action": frame.url("choose"), "class": "choose"},
        tag("fieldset", tag("legend", frame.word("desk-choose")), *boxes, button(frame.word("desk-choose-done"), type="submit")),
    )


def _facts(frame: Frame, state: State) -> Iterator[tuple[str, str]]:
    report, words = state.outputs.report, frame.labels
    for source in report.sources:
        yield frame.word("desk-file"), source.name
    yield frame.word("desk-language"), report.sources[0].language or "\u2013"
    yield frame.word("column-pages"), str(len(report.pages)) if report.pages else "\u2013"
    yield frame.word("desk-sections"), str(len([each for each in report.sections if each.title]))
    yield frame.word("desk-tags"), str(len(report.tags)) if report.tags else frame.word("no-tags")
    counts: dict[str, int] = {}
    for row in state.outputs.index.rows:
        counts[row.status.value] = counts.get(row.status.value, 0) + 1
    parts = [f"{count} {words.words['status-' + status.replace(' ', '-')]}" for status, count in counts.items()]
    yield frame.word("sheet-index"), words.join(parts) or "\u2013"


def _sections(frame: Frame, report: Report) -> Element:
    pages = {(each.source, each.number): each.label or str(each.number) for each in report.pages}
    codes: dict[str, dict[str, None]] = {}
    for each in report.tags:
        codes.setdefault(each.section, {}).setdefault(each.reference.name)
    titles = shown_titles(report.sections)
    rows = []
    for section in report.sections:
        if not (titles[section.id] or section.id in codes):
            continue
        title = tag(
            "th",
            {"scope": "row", "class": f"level-{min(section.level, 6)}"},
            clean(titles[section.id] or frame.word("matrix-front")),
        )
        page = pages.get((section.source, section.first_page or 0), "")
        rows.append(tag("tr", title, tag("td", clean(page)), tag("td", clean(", ".join(codes.get(section.id, ()))))))
    heads = (column_head(frame.word(id)) for id in ("column-section", "column-pages", "desk-tags"))
    return tag(
        "div", {"class": "scroll"}, tag("table", {"class": "sections"}, tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    )
