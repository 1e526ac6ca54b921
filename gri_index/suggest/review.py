"""Decisions on suggestions: read from a review workbook, found again in the report, made into tags.

A decision holds for the section it was made on. That section is known by its titles and its
text, so that a new version of the report keeps what was decided; what cannot be found, and
what cannot be read, is named.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from gri_index.language.labels import Labels, languages, load_labels
from gri_index.language.pages import read_pages
from gri_index.language.text import fold, plain
from gri_index.model.keys import Reference
from gri_index.model.report import Attachment, Carrier, Report, Section, Tag
from gri_index.model.suggestions import Decision, Review, Suggestion, Suggestions, Verdict
from gri_index.model.text import Message, message
from gri_index.suggest.fingerprints import Fingerprint, Found, find, fingerprints, recalled
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
    """The decisions of a review workbook. Raises InputError where the file is none, or no workbook."""
    sheets = read_sheets(content, name)
    for sheet in sheets:
        for position, row in enumerate(sheet.rows[:30]):
            memory = next((column for column, cell in enumerate(row.cells) if cell.text.startswith(MEMORY_HEAD)), None)
            if memory is not None:
                review = _read(sheet, position, memory, name)
                return replace(review, losses=(*review.losses, *_besides(sheets, sheet, position, content)))
    return Review(name, losses=(message("review-none", file=name),))


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
    language = heads[memory].removeprefix(MEMORY_HEAD)
    ids = tuple(f"column-{each}" for each in COLUMNS)
    places = {plain(head): at for at, head in reversed(list(enumerate(heads))) if at != memory}
    labels = load_labels(language)
    columns = {id.removeprefix("column-"): places[name] for id in ids if (name := plain(labels.words[id])) in places}
    words = {plain(load_labels(each).words[f"verdict-{verdict}"]): verdict for each in languages() for verdict in Verdict}
    decisions, losses = [], []
    for column in ENTRIES:
        if column not in columns:
            losses.append(message("review-column", file=name, column=load_labels(language).words[f"column-{column}"]))
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

    entered = [text(column) for column in ENTRIES]
    number, edition, fingerprint = _recalled(memory)
    if not number:
        number = fold(text("number")).removeprefix("GRI").strip()
        if not number:
            return None, [message("review-row", where=where, text=" | ".join(filter(None, entered))[:80])] if any(entered) else []
    written, place, note = entered
    verdict = words.get(plain(written))
    told = [message("review-verdict", where=where, disclosure=number, text=written[:60])] if written and verdict is None else []
    seen = fold(text("number")).removeprefix("GRI").strip()
    torn = bool(seen and seen != number) or (bool(fingerprint) and _of_another(fingerprint, text("section")))
    if torn:  # sorted without the hidden column: nobody knows which of both is meant
        return None, [message("review-torn", where=where, disclosure=seen, other=number)]
    if verdict is None and written:  # what was written stays readable in the next workbook
        note = f"{written}; {note}" if note else written
    if verdict is Verdict.ACCEPT and not fingerprint:  # typed by hand: the section that it names
        verdict, place = Verdict.OTHER, place or text("section")
    if verdict is None and place and not written:
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
    """True where the section that a row shows is not the one that its hidden column remembers."""
    known = recalled(fingerprint)
    return bool(known and known.path and shown) and plain(known.path[-1] if known else "") not in plain(shown)


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
    known = fingerprints(report)
    decided: dict[tuple[str, str], tuple[Decision, Found]] = {}
    lost: list[tuple[Decision, Found]] = []
    for decision in review.decisions:
        id, found = _section_of(decision, known)
        place = decision.number, id or ""
        if (id is not None or not decision.fingerprint) and place not in decided:
            decided[place] = decision, found
        elif decision.verdict or decision.note:  # a section that is gone, or a second row on the same: both stay
            lost.append((decision, found))
    rows = []
    for suggestion in suggestions.found:
        if not suggestion.tagged:
            past = decided.pop((suggestion.key.number, suggestion.section.id), None)
            rows.append(_row(suggestion, past, titles, known, labels))
    for key in suggestions.nothing:
        entered = decided.pop((key.number, ""), None)
        title = titles.get((key.number, key.edition), "")
        rows.append(ReviewRow(number=key.number, edition=key.edition, title=title, decision=entered[0] if entered else None))
    sections = {section.id: section for section in report.sections}
    kept = [(*each, id) for (_, id), each in decided.items() if each[0].verdict or each[0].note]
    for decision, found, id in (*kept, *((*each, "") for each in lost)):
        title = sections[id].title if id in sections else decision.title
        fingerprint = decision.fingerprint
        rows.append(
            ReviewRow(
                number=decision.number,
                edition=decision.edition,
                title=titles.get((decision.number, decision.edition), ""),
                section=title,
                score=decision.score,
                decision=decision,
                found=found,
                fingerprint=fingerprint,
            )
        )
    order = {number: place for place, number in enumerate(dict.fromkeys(number for number, _ in titles))}
    return sorted(rows, key=lambda row: order.get(row.number, len(order)))


def _row(
    suggestion: Suggestion,
    past: tuple[Decision, Found] | None,
    titles: Mapping[tuple[str, str], str],
    known: Mapping[str, Fingerprint],
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
        fingerprint=past[0].fingerprint if past and past[0].verdict else known[suggestion.section.id].text(),
    )


def _section_of(decision: Decision, known: Mapping[str, Fingerprint]) -> tuple[str | None, Found]:
    wanted = recalled(decision.fingerprint) if decision.fingerprint else None
    return find(wanted, known) if wanted else (None, Found.GONE)


def apply_review(report: Report, review: Review) -> tuple[Report, list[Message]]:
    """The report with a tag for each accepted suggestion and each other place, and what is to be said of them.

    A rejected suggestion, and one that nobody decided, changes nothing.
    """
    known, told, tags = fingerprints(report), list(review.losses), []
    rejected = {(each.number, _section_of(each, known)[0]) for each in review.decisions if each.verdict is Verdict.REJECT}
    for decision in review.decisions:
        if decision.verdict is Verdict.ACCEPT:
            id, found = _section_of(decision, known)
            if id is None:
                told.append(message("review-gone", where=decision.where, disclosure=decision.number, section=decision.title))
                continue
            if (decision.number, id) in rejected:
                told.append(message("review-conflict", where=decision.where, disclosure=decision.number, section=decision.title))
                continue
            if found is not Found.SAME:
                told.append(message(f"review-{found}", where=decision.where, disclosure=decision.number, section=decision.title))
            tags.append(_tag(decision, report, id))
        elif decision.verdict is Verdict.OTHER:
            ids = list(_sections_named(decision.place, report))
            if not ids:
                told.append(message("review-place", where=decision.where, disclosure=decision.number, text=decision.place[:80]))
            tags += [_tag(decision, report, id, page) for id, page in ids]
    there = {(tag.reference.number, tag.section) for tag in report.tags}
    new = [tag for tag in tags if (tag.reference.number, tag.section) not in there]
    order = {section.id: position for position, section in enumerate(report.sections)}
    joined = sorted((*report.tags, *new), key=lambda tag: (order[tag.section], tag.block))
    return replace(report, tags=tuple(joined)), told


def _tag(decision: Decision, report: Report, id: str, page: int | None = None) -> Tag:
    return tag_at(report, id, decision.number, decision.edition, page)


def tag_at(report: Report, id: str, number: str, edition: str, page: int | None = None, *, suggested: bool = False) -> Tag:
    """A tag for a disclosure at a section, as if its heading bore it."""
    section = next(each for each in report.sections if each.id == id)
    block = next((block.id for block in report.blocks if block.section == id), 0)
    return Tag(
        reference=Reference(number=number, edition=edition or None, raw=f"GRI {number}"),
        carrier=Carrier.SHEET,
        section=id,
        block=block,
        page=page if page is not None else section.first_page,
        attachment=Attachment.INSIDE,
        text=f"GRI {number}",
        suggested=suggested,
    )


def _sections_named(place: str, report: Report) -> Iterator[tuple[str, int | None]]:
    """(section, page) of a place in the author's words: the title of a section, or pages."""
    by_title: dict[str, list[Section]] = {}
    for section in report.sections:
        by_title.setdefault(plain(section.title), []).append(section)
    for line in filter(None, map(str.strip, place.split("\n"))):
        named = by_title.get(plain(line), [])
        if plain(line) and len(named) == 1:
            yield named[0].id, None
            continue
        for label in (read_pages(line) or "").split(", "):
            page = next((each for each in report.pages if (each.label or str(each.number)) == label), None)
            on_it = (block for block in report.blocks if page and block.page == page.number and block.role is None)
            if page and (block := next((each for each in on_it if each.section), None)):
                yield block.section, page.number


def undecided(suggestions: Suggestions, review: Review, report: Report, least: float) -> Iterator[Tag]:
    """A tag, marked as a suggestion that nobody reviewed, for the best section of each disclosure that has none."""
    known = fingerprints(report)
    closed = {decision.number for decision in review.decisions if decision.verdict in (Verdict.ACCEPT, Verdict.OTHER)}
    closed |= {tag.reference.number or "" for tag in report.tags}
    rejected = {(each.number, _section_of(each, known)[0]) for each in review.decisions if each.verdict is Verdict.REJECT}
    taken: set[str] = set()
    for each in suggestions.found:
        number, id = each.key.number, each.section.id
        if number in closed or number in taken or each.score < least or (number, id) in rejected:
            continue
        taken.add(number)
        yield tag_at(report, id, number, each.key.edition, each.page.number if each.page else None, suggested=True)


def changes(rows: Sequence[ReviewRow]) -> Iterator[Message]:
    """What became of sections that something was decided of."""
    for row in rows:
        if row.decision and row.decision.verdict and row.decision.fingerprint and row.found is not Found.SAME:
            where, title = row.decision.where, row.decision.title
            yield message(f"review-{row.found}", where=where, disclosure=row.number, section=title)


def open_count(rows: Sequence[ReviewRow]) -> int:
    """How many suggestions wait for a decision."""
    return sum(bool(row.section) and (row.decision is None or row.decision.verdict is None) for row in rows)
