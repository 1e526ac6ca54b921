"""The review workbook as rows: what comes back from one, and what the next one holds.

A decision holds for the section it was made on. That section is known by its titles and its
text, so that a new version of the report keeps what was decided; what cannot be found, and
what cannot be read, is named.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from gri_index.errors import InputError
from gri_index.language.labels import Labels, languages, load_labels
from gri_index.language.text import fold, plain
from gri_index.model.report import Report
from gri_index.model.suggestions import Decision, Review, Suggestion, Suggestions, Verdict
from gri_index.model.text import Message, message
from gri_index.suggest.fingerprints import Found, Sections, recalled
from gri_index.tables.grid import Sheet, SheetRow, read_sheets

MEMORY_HEAD = "gri-index-review:"  # opens the head of the hidden column
# The columns by the ids of their labels; the widths are those of the sheet.
COLUMNS = {
    "number": 9, "title": 28, "section": 34, "pages": 8, "score": 8, "evidence": 62, "words": 24, "decision": 13, "right-place": 26,
    "note": 26,
}  # fmt: skip
ENTRIES = ("decision", "right-place", "note")  # what the author fills in


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A row of the review workbook."""

    number: str
    edition: str
    title: str
    section: str = ""
    page: str = ""
    score: str = ""
    evidence: str = ""
    words: str = ""
    decision: Decision | None = None
    found: Found = Found.SAME  # how the section of the decision was found again
    fingerprint: str = ""


def read_review(content: bytes, name: str) -> Review:
    """The decisions of a review workbook. Raises InputError where the file is none, lacks the decisions, or is no workbook."""
    sheets = read_sheets(content, name)
    for sheet in sheets:
        for position, row in enumerate(sheet.rows[:30]):
            memory = next((column for column, cell in enumerate(row.cells) if cell.text.startswith(MEMORY_HEAD)), None)
            if memory is not None:
                review = _read(sheet, position, memory, name)
                return replace(review, losses=(*review.losses, *_besides(sheets, sheet, position, content)))
    raise InputError(
        f"{name}: no review of suggestions (the hidden column that the program writes is not in it)",
        hint="Write one with gri-index suggest REPORT --review FILE.xlsx, under a name that nothing else has.",
    )


def _besides(sheets: Sequence[Sheet], own: Sheet, position: int, content: bytes) -> Iterator[Message]:
    """What of the workbook a new one will not have."""
    for sheet in sheets:
        if sheet is not own and sheet.rows:
            yield message("list-sheet-edited", sheet=sheet.name, list=own.name)
    if position:
        yield message("review-row", where=f"{own.name} {own.rows[0].number}", text=own.rows[0].text(0)[:80])
    with zipfile.ZipFile(BytesIO(content)) as package:
        if any("comment" in name.lower() for name in package.namelist()):
            yield message("list-comments")


def _read(sheet: Sheet, position: int, memory: int, name: str) -> Review:
    heads = [cell.text for cell in sheet.rows[position].cells]
    labels = load_labels(heads[memory].removeprefix(MEMORY_HEAD))
    places = {plain(head): at for at, head in reversed(list(enumerate(heads))) if at != memory}
    columns = {each: places[name] for each in COLUMNS if (name := plain(labels.words[f"column-{each}"])) in places}
    words = {plain(load_labels(each).words[f"verdict-{verdict}"]): verdict for each in languages() for verdict in Verdict}
    decisions, losses = [], []
    if "decision" not in columns:
        head = labels.words["column-decision"]
        raise InputError(f"{name}: the column “{head}” is missing from the review", hint="Give it back its head, and run again.")
    for column in ENTRIES:
        if column not in columns:
            losses.append(message("review-column", file=name, column=labels.words[f"column-{column}"]))
    for row in sheet.rows[position + 1 :]:
        decision, told = _decision(row, columns, row.text(memory), words, f"{sheet.name} {row.number}")
        decisions += [decision] if decision else []
        losses += told
    if sheet.cut:
        losses.append(message("review-cut", file=name, row=str(sheet.cut)))
    own = [head for at, head in enumerate(heads) if head.strip() and at != memory and at not in columns.values()]
    losses += [message("review-own-column", file=name, column=head[:60]) for head in own]
    return Review(name, tuple(decisions), tuple(losses))


def _decision(
    row: SheetRow, columns: Mapping[str, int], memory: str, words: Mapping[str, Verdict], where: str
) -> tuple[Decision | None, list[Message]]:
    """What a row says, and what of it cannot be read."""

    def text(column: str) -> str:
        return row.text(columns[column]).strip() if column in columns else ""

    written, place, note = (text(column) for column in ENTRIES)
    seen = fold(text("number")).removeprefix("GRI").strip()
    number, edition, fingerprint = _recalled(memory)
    number = number or seen
    if not number:
        entered = " | ".join(filter(None, (written, place, note)))
        return None, [message("review-row", where=where, text=entered[:80])] if entered else []
    if seen not in ("", number) or _of_another(fingerprint, text("section")):  # nobody knows which of both is meant
        return None, [message("review-torn", where=where, disclosure=seen, other=number)]
    verdict, told = words.get(plain(written)), []
    if verdict is None and written:  # it stays readable in the next workbook
        told = [message("review-verdict", where=where, disclosure=number, text=written[:60])]
        note = f"{written}; {note}" if note else written
    elif verdict is Verdict.ACCEPT and not fingerprint:  # typed by hand: the section that it names
        verdict, place = Verdict.OTHER, place or text("section")
    elif verdict is None and place:
        verdict = Verdict.OTHER
    return (
        Decision(
            number=number,
            edition=edition,
            fingerprint=fingerprint,
            title=text("section"),
            score=text("score"),
            verdict=verdict,
            place=place,
            note=note,
            where=where,
        ),
        told,
    )


def _of_another(fingerprint: str, shown: str) -> bool:
    """True where the section that a row shows is not the one that its hidden column remembers: it was sorted without that column."""
    known = recalled(fingerprint)
    return known is not None and bool(known.path and shown) and plain(known.path[-1]) not in plain(shown)


def memory_of(row: ReviewRow) -> str:
    """The hidden cell of a row."""
    return f"{row.number}@{row.edition} {row.fingerprint}"


def _recalled(memory: str) -> tuple[str, str, str]:
    head, _, fingerprint = memory.partition(" ")
    number, mark, edition = head.partition("@")
    return (number, edition, fingerprint) if mark else ("", "", "")


def lay_out_review(
    suggestions: Suggestions, review: Review, report: Report, titles: Mapping[tuple[str, str], str], labels: Labels
) -> list[ReviewRow]:
    """The rows of the next workbook: each suggestion with what was decided of it, and decisions on other sections.

    ``titles``: of each disclosure by number and edition. Suggestions whose tag the report bears need no review.
    """
    sections = Sections(report)
    decided: dict[tuple[str, str, str], tuple[Decision, Found]] = {}
    others: list[tuple[Decision, Found]] = []  # on a section that is gone, or a second time on the same: they stay
    for decision in review.decisions:
        id, found = sections.find(decision.fingerprint)
        place = (*decision.disclosure, id or "")
        if (id or not decision.fingerprint) and place not in decided:
            decided[place] = decision, found
        else:
            others.append((decision, found))
    rows = []
    for each in suggestions.found:
        if not each.tagged:
            past = decided.pop((each.key.number, each.key.edition, each.section.id), None)
            rows.append(_row(each, past, titles, sections, labels))
    for key in suggestions.nothing:
        entered, _ = decided.pop((key.number, key.edition, ""), (None, None))
        rows.append(
            ReviewRow(number=key.number, edition=key.edition, title=titles.get((key.number, key.edition), ""), decision=entered)
        )
    rows += [
        _kept(decision, found, titles) for decision, found in (*decided.values(), *others) if decision.verdict or decision.note
    ]
    order = {number: place for place, number in enumerate(dict.fromkeys(number for number, _ in titles))}
    return sorted(rows, key=lambda row: order.get(row.number, len(order)))


def _row(
    suggestion: Suggestion,
    past: tuple[Decision, Found] | None,
    titles: Mapping[tuple[str, str], str],
    sections: Sections,
    labels: Labels,
) -> ReviewRow:
    key, page = suggestion.key, suggestion.page
    return ReviewRow(
        number=key.number,
        edition=key.edition,
        title=titles.get((key.number, key.edition), ""),
        section=suggestion.title,
        page=(page.label or str(page.number)) if page else "",
        score=f"{suggestion.score:.0%}",
        evidence="\n".join(quote.text for quote in suggestion.evidence),
        words=labels.join(list(dict.fromkeys(word for quote in suggestion.evidence for word in quote.words))),
        decision=past[0] if past else None,
        found=past[1] if past else Found.SAME,
        fingerprint=past[0].fingerprint if past and past[0].verdict else sections.prints[suggestion.section.id].text(),
    )


def _kept(decision: Decision, found: Found, titles: Mapping[tuple[str, str], str]) -> ReviewRow:
    """A decision on a section that is not suggested any more, or was typed by hand."""
    return ReviewRow(
        number=decision.number,
        edition=decision.edition,
        title=titles.get(decision.disclosure, ""),
        section=decision.title,
        score=decision.score,
        decision=decision,
        found=found,
        fingerprint=decision.fingerprint,
    )


def changes(rows: Sequence[ReviewRow]) -> Iterator[Message]:
    """What became of sections that something was decided of."""
    for row in rows:
        if row.decision and row.decision.verdict and row.decision.fingerprint and row.found is not Found.SAME:
            where, title = row.decision.where, row.decision.title
            yield message(f"review-{row.found}", where=where, disclosure=row.number, section=title)


def open_count(rows: Sequence[ReviewRow]) -> int:
    """How many suggestions wait for a decision."""
    return sum(bool(row.section) and (row.decision is None or row.decision.verdict is None) for row in rows)
