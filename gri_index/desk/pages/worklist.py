"""The working list: what each row says, and a form that fills its cells in."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from gri_index.desk.pages.frame import Element, Frame, area, button, choice, labelled, line, said
from gri_index.desk.work import ListEntry, State
from gri_index.extraction.sections import shown_titles
from gri_index.language.labels import reason_label, status_words
from gri_index.language.text import clean
from gri_index.model.profile import OmissionReason
from gri_index.model.terms import AssuranceLevel
from gri_index.model.text import Message
from gri_index.model.working import Workflow
from gri_index.worklist.progress import OPEN, near
from gri_index.worklist.sheet import step_words
from gri_index.writers.html import tag
from gri_index.writers.html_status import MARKS

_NOTHING = "\u2013"  # stands for an empty line among others
Filters = Mapping[str, str]


def content(frame: Frame, state: State, notes: Sequence[Message], wanted: Filters) -> Iterator[Element]:
    """The page with the rows that are wanted: by ``status`` ("open", "all" or one), ``owner``, ``topic`` and ``q``.

    ``notes``: what is to be said of the workbook.
    """
    if notes:
        yield said([frame.labels.say(each) for each in notes], "note")
    yield tag("p", {"class": "note"}, frame.word("desk-list"))
    yield progress(frame, state)
    statuses = dict.fromkeys(each.row.status for each in state.entries)
    options = {
        "open": frame.word("desk-open"),
        "all": frame.word("status-all"),
        **{each.value: status_words(each, frame.labels) for each in statuses},
    }
    owners = {
        "": frame.word("status-all"),
        **{each: each for each in sorted({entry.cells["owner"] for entry in state.entries} - {""})},
    }
    topics = {
        "": frame.word("status-all"),
        **{each: each for each in dict.fromkeys(entry.cells["topic"] for entry in state.entries) if each},
    }
    shown = [each for each in state.entries if _wanted(each, wanted)]
    yield tag(
        "form",
        {"method": "get", "action": frame.url("list"), "class": "filters", "role": "search"},
        labelled(frame.word("column-status"), choice("status", options, wanted.get("status", "open"), data_send="data-send")),
        labelled(frame.word("column-owner"), choice("owner", owners, wanted.get("owner", ""), data_send="data-send")),
        labelled(frame.word("column-topic"), choice("topic", topics, wanted.get("topic", ""), data_send="data-send")),
        labelled(frame.word("status-search"), line("q", wanted.get("q", ""))),
        button(frame.word("desk-filter"), type="submit"),
        tag("output", frame.word("status-shown", count=str(len(shown)), all=str(len(state.entries)))),
    )
    titles = dict.fromkeys(title for title in shown_titles(state.outputs.report.sections).values() if title)
    yield tag("datalist", {"id": "section-titles"}, *(tag("option", {"value": clean(title)}) for title in titles))
    yield (
        tag("div", {"id": "rows"}, *(_row(frame, state, each) for each in shown))
        if shown
        else tag("p", frame.word("desk-nothing"))
    )


def _wanted(entry: ListEntry, wanted: Filters) -> bool:
    status, cells = wanted.get("status", "open"), entry.cells
    by_status = status == "all" or entry.row.status.value == status or (status == "open" and entry.row.status in OPEN)
    by_name = all(not wanted.get(name) or cells[name] == wanted[name] for name in ("owner", "topic"))
    words = wanted.get("q", "").casefold().split()
    text = " ".join(cells.values()).casefold()
    return by_status and by_name and all(word in text for word in words)


def progress(frame: Frame, state: State, *, again: bool = False) -> Element:
    """How many rows are done. ``again``: takes the place of the one that is seen."""
    left = sum(each.row.status in OPEN for each in state.entries)
    form = {"id": "progress", **({"hx-swap-oob": "true"} if again else {})}
    return tag("p", form, frame.word("desk-progress", open=str(left), all=str(len(state.entries))))


def _row(frame: Frame, state: State, entry: ListEntry) -> Element:
    """A row, closed; its form is fetched when it is opened."""
    form = tag(
        "div",
        {"hx-get": frame.url(f"list/{entry.key}"), "hx-trigger": "toggle from:closest details once", "id": f"form-{entry.key}"},
    )
    return tag("details", {"class": "entry", "id": f"r-{entry.key}"}, summary(frame, state, entry), form)


def summary(frame: Frame, state: State, entry: ListEntry, *, again: bool = False) -> Element:
    """What a row says at a glance."""
    row, cells = entry.row, entry.cells
    status = tag("span", {"class": f"mark s-{MARKS[row.status]}"}, status_words(row.status, frame.labels))
    where = " / ".join(part for part in cells["sections"].split("\n") if part and part != _NOTHING)
    expected = near(row, state.outputs.index) if row.status in OPEN else ""
    reasons = " / ".join(dict.fromkeys(cells["reason"].split("\n")))
    place = where or (frame.word("near", section=expected) if expected else reasons)
    people = [tag("span", clean(part)) for part in (cells["owner"], cells["due"]) if part]
    form = {"id": f"sum-{entry.key}", **({"hx-swap-oob": "true"} if again else {})}
    number = frame.labels.bracket(cells["edition"]) if _several(state, row.number) else ""
    return tag(
        "summary", form, tag("b", clean(cells["number"] + number)), tag("span", {"class": "title"}, clean(frame.labels.pick(row.title)), *_topic(cells)),
        tag("span", {"class": "status"}, status), tag("span", {"class": "place"}, clean(place)), tag("span", {"class": "people"}, *people),
    )  # fmt: skip


def _topic(cells: Mapping[str, str]) -> Iterator[Element]:
    if cells["topic"]:
        yield tag("small", clean(cells["topic"]))


def _several(state: State, number: str) -> bool:
    return (
        bool(number) and len({each.row.key.edition for each in state.entries if each.row.key and each.row.number == number}) > 1
    )


def seen(entry: ListEntry, *, again: bool = False) -> Element:
    """What the form was made from, so that nothing is written over that changed meanwhile."""
    form = {"type": "hidden", "name": "seen", "id": f"seen-{entry.key}", "value": entry.seen}
    return tag("input", form | ({"hx-swap-oob": "true"} if again else {}))


def form(frame: Frame, state: State, entry: ListEntry) -> Element:
    """The cells of a row to be filled in."""
    cells, key = entry.cells, entry.key
    missing = cells["requirements-missing"]
    told = (
        [tag("p", {"class": "note"}, f"{frame.word('column-requirements-missing')}{frame.word('colon')}{missing}")]
        if missing
        else []
    )
    steps = {step_words(each, state.list_labels): step_words(each, frame.labels) for each in Workflow}
    levels = {
        "": _NOTHING,
        **{state.list_labels.words[f"assurance-{each}"]: frame.word(f"assurance-{each}") for each in AssuranceLevel},
    }
    work = tag(
        "div",
        {"class": "fields"},
        labelled(frame.word("column-owner"), line("owner", cells["owner"])),
        labelled(frame.word("column-due"), _day("due", cells["due"])),
        labelled(frame.word("column-workflow"), choice("workflow", steps, cells["workflow"])),
        labelled(frame.word("column-reviewer"), line("reviewer", cells["reviewer"])),
        labelled(frame.word("column-agreed"), line("agreed", cells["agreed"])),
        labelled(frame.word("column-assurance"), choice("assurance", levels, cells["assurance"])),
        labelled(frame.word("column-note"), area("note", cells["note"])),
    )
    return tag(
        "form",
        {
            "method": "post", "action": frame.url(f"list/{key}"), "hx-post": frame.url(f"list/{key}"), "hx-trigger": "change, submit",
            "hx-target": f"#told-{key}", "hx-sync": "this:queue last", "class": "editor",
        },
        seen(entry), *told, _places(frame, cells), *_omissions(frame, state, entry), work,
        tag("p", {"class": "bar"}, button(frame.word("desk-save"), type="submit"), tag("span", {"class": "busy"}, frame.word("desk-saving"))),
        tag("div", {"id": f"told-{key}", "role": "status"}),
    )  # fmt: skip


def _day(name: str, value: str) -> Element:
    """A date, or the author's own words for one."""
    plain = not value or (len(value) == 10 and value[4] == value[7] == "-")
    return tag("input", {"type": "date", "name": name, "value": value}) if plain else line(name, value)


def _places(frame: Frame, cells: Mapping[str, str]) -> Element:
    """The places of a row, and room for one more."""
    lines = []
    for place, page in (*_lines(cells, "sections", "pages"), ("", "")):
        where = labelled(frame.word("column-sections"), line("place", place, list="section-titles"))
        lines.append(tag("div", {"class": "pair line"}, where, labelled(frame.word("column-pages"), line("page", page))))
    return tag("fieldset", tag("legend", frame.word("column-location")), tag("div", *lines), _more(frame))


def _more(frame: Frame) -> Element:
    """Room for one more line; desk.js adds it."""
    return button(frame.word("desk-add-line"), type="button", data_add="data-add")


def _lines(cells: Mapping[str, str], *names: str) -> list[tuple[str, ...]]:
    """The lines of cells that belong together, side by side."""
    several = [cells[name].split("\n") for name in names]
    rows = zip_longest(*several, fillvalue="")
    return [row for each in rows if any(row := tuple("" if text == _NOTHING else text for text in each))]


def _omissions(frame: Frame, state: State, entry: ListEntry) -> Iterator[Element]:
    """The omissions of a row; that GRI permits none of it is said in their place."""
    cells, own = entry.cells, state.list_labels.words
    disclosure = state.catalogue.disclosure(entry.row.key) if entry.row.key else None
    there = _lines(cells, "requirements", "reason", "explanation")
    permitted = disclosure is None or disclosure.omission_permitted
    if not permitted:
        yield tag("p", {"class": "need"}, frame.word("desk-no-omission"))
        if not there:
            return
    reasons = {"": _NOTHING, **{own[reason_label(each)]: frame.word(reason_label(each)) for each in OmissionReason}}
    rows = []
    for requirement, reason, explanation in (*there, *([("", "", "")] if permitted else [])):
        rows.append(
            tag(
                "div",
                {"class": "triple line"},
                labelled(
                    frame.word("column-requirements"), line("requirements", requirement, placeholder=own["all-requirements"])
                ),
                labelled(frame.word("column-reason"), choice("reason", reasons, reason)),
                labelled(frame.word("column-explanation"), area("explanation", explanation)),
            )
        )
    yield tag("fieldset", tag("legend", frame.word("column-omission")), tag("div", *rows), *([_more(frame)] if permitted else []))


def is_half(form: Sequence[tuple[str, str]]) -> bool:
    """True for a form with an omission that has no reason yet."""
    return any(any(each) and not each[1] for each in _omission_lines(form))


def _omission_lines(form: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    names = ("requirements", "reason", "explanation")
    requirements, reasons, explanations = ([" ".join(text.split()) for key, text in form if key == name] for name in names)
    return list(zip(requirements, reasons, explanations, strict=False))


def cells_of(form: Sequence[tuple[str, str]], state: State) -> dict[str, str]:
    """What a form says, as the cells of the list: a line for each place and for each omission."""

    def several(name: str) -> list[str]:
        return [" ".join(text.split()) for key, text in form if key == name]

    places = [pair for pair in zip(several("place"), several("page"), strict=False) if any(pair)]
    omissions = [each for each in _omission_lines(form) if each[1]]
    everything = state.list_labels.words["all-requirements"]
    cells = {
        name: text.replace("\r\n", "\n").strip()
        for name, text in form
        if name in ("owner", "due", "workflow", "reviewer", "agreed", "assurance", "note")
    }
    if any(name == "place" for name, _ in form):
        cells |= {
            "sections": "\n".join(place or _NOTHING for place, _ in places),
            "pages": "\n".join(page or _NOTHING for _, page in places) if any(page for _, page in places) else "",
        }
    if any(name == "reason" for name, _ in form) and not is_half(form):  # what was saved stands until the new one is whole
        cells |= {
            "requirements": "\n".join(each[0] or everything for each in omissions),
            "reason": "\n".join(each[1] or _NOTHING for each in omissions),
            "explanation": "\n".join(each[2] or _NOTHING for each in omissions),
        }
    return cells
