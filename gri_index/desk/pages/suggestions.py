"""What is suggested: for each disclosure the sections, what speaks for them, and the author's decision."""

from collections.abc import Iterable, Iterator, Sequence

from gri_index.desk.pages.frame import Element, Frame, area, button, choice, labelled, line, said
from gri_index.desk.work import decided, review_key
from gri_index.language.pages import page_text
from gri_index.language.text import clean
from gri_index.model.suggestions import Decision, Suggestions, Verdict
from gri_index.suggest.fingerprints import Found
from gri_index.suggest.review import ReviewRow, open_count
from gri_index.writers.html import tag


def content(
    frame: Frame, found: Suggestions, rows: Sequence[ReviewRow], titles: Iterable[str], wanted: str, only: str
) -> Iterator[Element]:
    """The page. ``titles``: of the report's sections; ``wanted``: "open" or "all"; ``only``: beginning of the numbers that are shown."""
    yield tag("p", {"class": "note"}, frame.word("desk-suggestions"))
    if not found.known:
        yield tag("p", {"class": "note"}, frame.word("suggest-language", language=found.language))
    yield progress(frame, rows)
    options = {"open": frame.word("desk-undecided"), "all": frame.word("status-all")}
    yield tag(
        "form",
        {"method": "get", "action": frame.url("suggestions"), "class": "filters"},
        labelled(frame.word("desk-show"), choice("show", options, wanted, data_send="data-send")),
        labelled(frame.word("column-number"), line("only", only, placeholder="305")),
        button(frame.word("desk-filter"), type="submit"),
    )
    yield tag("datalist", {"id": "section-titles"}, *(tag("option", {"value": clean(each)}) for each in titles))
    shown = [each for each in rows if _wanted(each, wanted) and each.number.startswith(only.strip())]
    number = ""
    for each in shown:
        if each.number != number:
            number = each.number
            yield tag("h2", tag("b", clean(number)), " ", clean(each.title))
        yield article(frame, each)
    if not shown:
        yield tag("p", frame.word("desk-nothing"))


def _wanted(row: ReviewRow, wanted: str) -> bool:
    decided = row.decision is not None and row.decision.verdict is not None
    return bool(row.section) and (wanted != "open" or not decided)


def progress(frame: Frame, rows: Sequence[ReviewRow], *, again: bool = False) -> Element:
    """How many wait for a decision. ``again``: takes the place of the one that is seen."""
    form = {"id": "waiting", **({"hx-swap-oob": "true"} if again else {})}
    return tag("p", form, frame.word("review-open", count=str(open_count(rows))))


def article(frame: Frame, row: ReviewRow, notes: Sequence[str] = ()) -> Element:
    """One suggestion with its decision. ``notes``: what came of it."""
    decision, key = row.decision or Decision(number=row.number), review_key(row)
    state = decision.verdict or "open"
    head = tag("h3", clean(row.section))
    place = labels_line(frame, row)
    told = (
        [tag("p", {"class": "note"}, frame.word(f"review-row-{row.found}"))]
        if row.decision and row.decision.verdict and row.found is not Found.SAME
        else []
    )
    quotes = [tag("blockquote", clean(text)) for text in row.evidence.split("\n") if text]
    buttons = [
        button(
            frame.word(f"desk-{verdict}"),
            type="submit",
            name="verdict",
            value=verdict.value,
            **({"aria_pressed": "true"} if decision.verdict is verdict else {"aria_pressed": "false"}),
        )
        for verdict in Verdict
    ]
    if decision.verdict:
        buttons.append(button(frame.word("desk-undo"), type="submit", name="verdict", value=""))
    form = tag(
        "form",
        {
            "method": "post",
            "action": frame.url("suggestions"),
            "hx-post": frame.url("suggestions"),
            "hx-target": f"#s-{key}",
            "hx-swap": "outerHTML",
            "data-ask": "data-ask",
        },
        # the first button is the one that Enter presses: who types a place means it
        button(
            frame.word("desk-other-place"),
            type="submit",
            name="verdict",
            value="other",
            class_="unseen",
            tabindex="-1",
            aria_hidden="true",
        ),
        tag("input", {"type": "hidden", "name": "key", "value": key}),
        seen(row),
        labelled(frame.word("column-right-place"), line("place", decision.place, list="section-titles")),
        labelled(frame.word("column-note"), _note(frame, key, decision.note)),
        tag("p", {"class": "bar"}, *buttons, tag("span", {"class": "busy"}, frame.word("desk-saving"))),
        tag("div", {"id": f"told-s-{key}", "role": "status"}, *([said(notes, "note")] if notes else [])),
    )
    return tag(
        "article", {"id": f"s-{key}", "class": f"suggestion d-{state}", "tabindex": "-1"}, head, place, *told, *quotes, form
    )


def _note(frame: Frame, key: str, text: str) -> Element:
    """A note, saved by itself as soon as its field is left: what was decided, and what is typed beside it, stay as they are."""
    url = frame.url("suggestions/note")
    return area(
        "note",
        text,
        hx_post=url,
        hx_trigger="change",
        hx_target=f"#told-s-{key}",
        hx_swap="innerHTML",
        hx_sync="closest form:queue last",
    )


def seen(row: ReviewRow, *, again: bool = False) -> Element:
    """What the card was made from. ``again``: takes the place of the one that is seen."""
    form = {"type": "hidden", "name": "seen", "id": f"seen-s-{review_key(row)}", "value": decided(row)}
    return tag("input", form | ({"hx-swap-oob": "true"} if again else {}))


def labels_line(frame: Frame, row: ReviewRow) -> Element:
    """Where it stands, how sure, and the terms that speak for it."""
    parts = [page_text(row.page, frame.labels) if row.page else "", row.score, row.words]
    return tag("p", {"class": "where"}, clean(" · ".join(part for part in parts if part)))
