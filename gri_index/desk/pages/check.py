"""What stands between the report and its claim: coverage, findings, and findings that are accepted for a reason."""

from collections.abc import Iterator

from gri_index.desk.pages.frame import Element, Frame, button, labelled, line
from gri_index.desk.work import State
from gri_index.language.text import clean
from gri_index.model.findings import Finding
from gri_index.profile import FILE_NAME
from gri_index.writers.html import tag
from gri_index.writers.html_status import coverage_bars, rule_manuals


def content(frame: Frame, state: State) -> Iterator[Element]:
    """All of the page."""
    findings = state.outputs.findings
    yield tag("h2", frame.word("sheet-status"))
    yield from coverage_bars(state.contents, frame.labels)
    yield tag("h2", frame.word("sheet-findings"))
    if not findings:
        yield tag("p", frame.word("findings-none"))
    for each in findings:
        yield _finding(frame, state, each)
    if findings:
        yield tag("h2", frame.word("status-rules"))
        yield from rule_manuals({each.code for each in findings})


def _finding(frame: Frame, state: State, finding: Finding) -> Element:
    """A finding with what to do, a way to its row, and a form to accept it."""
    labels = frame.labels
    severity = tag("span", {"class": f"mark s-{finding.severity.value}"}, frame.word(f"severity-{finding.severity.value}"))
    head = tag("p", severity, " ", tag("a", {"href": f"#{finding.code}"}, finding.code), " ", clean(labels.say(finding.message)))
    parts = [head]
    if finding.hint:
        parts.append(tag("p", {"class": "note"}, clean(labels.say(finding.hint))))
    entry = next((each for each in state.entries if finding.key and each.row.key == finding.key), None)
    if entry:
        way = frame.url(f"list?status=all&q={entry.row.number}#r-{entry.key}")
        parts.append(tag("p", tag("a", {"href": way}, frame.word("desk-to-row"))))
    if finding.acknowledged:
        parts.append(tag("p", clean(frame.word("acknowledged", by=finding.acknowledged))))
    elif state.profile.file == FILE_NAME:
        parts.append(_accept(frame, finding))
    else:
        parts.append(tag("p", {"class": "note"}, frame.word("desk-no-acknowledging", file=state.profile.file)))
    return tag("article", {"class": "finding"}, *parts)


def _accept(frame: Frame, finding: Finding) -> Element:
    form = tag(
        "form",
        {"method": "post", "action": frame.url("acknowledge")},
        tag("input", {"type": "hidden", "name": "rule", "value": finding.code}),
        tag("input", {"type": "hidden", "name": "disclosure", "value": clean(finding.disclosure)}),
        labelled(frame.word("column-reason"), line("reason", "", required="required")),
        labelled(frame.word("desk-key-by"), line("by", "")),
        button(frame.word("desk-accept-finding"), type="submit"),
    )
    return tag("details", tag("summary", frame.word("desk-accept-finding")), form)
