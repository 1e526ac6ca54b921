"""Puts what the author entered in the working list into the profile, and says what became of each entry.

The list and the profile say the same kinds of things. Where both speak of one place or
omission, the list wins: it is what the author touched last.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gri_index.language.labels import Labels, load_labels, status_words, wordings
from gri_index.language.pages import page_text, read_pages
from gri_index.language.reasons import reason_in, recognise_reason
from gri_index.language.text import plain
from gri_index.matching.entries import INSIDE, place_line, place_mark, row_number, stated_line
from gri_index.model.index import ContentIndex, IndexRow, Status
from gri_index.model.keys import Reference
from gri_index.model.profile import Answer, Assurance, Indicator, Profile, StatedLocation, StatedOmission, Topic
from gri_index.model.terms import AssuranceLevel, Origin
from gri_index.model.text import LocalText, Message, message
from gri_index.model.working import PageEntry, RemovedEntry, WorkingList, WorkPlace, WorkRow, mark
from gri_index.tags.grammar import shaped
from gri_index.worklist.read import requirement_labels
from gri_index.worklist.rows import RowFinder
from gri_index.worklist.state import row_key

_MOST_NAMED = 30
_SHORT_REASON = 60  # characters: a longer text is an explanation in the wrong cell


@dataclass
class _Edits:
    """The profile while entries are put into it, and what is said of them."""

    profile: Profile
    labels: Labels
    remarks: list[Message] = field(default_factory=list)

    def say(self, id: str, row: WorkRow, **args: object) -> None:
        self.remarks.append(message(id, where=row.where, disclosure=row.number, **args))


def apply_edits(profile: Profile, working: WorkingList) -> tuple[Profile, tuple[str, ...], tuple[Message, ...]]:
    """(the profile with the list's entries, the disclosures that they change, what could not be used)."""
    edits = _Edits(replace(profile, list_language=working.language), load_labels(working.language))
    changed: dict[str, None] = {}
    for row in working.rows:
        before = edits.profile
        topic = _moved(row, edits)
        if row.places or row.omissions or row.removed:
            _apply(row, topic, edits)
        if row.assurance is not None:
            _assure(row, row.assurance, edits)
        if row.fixed_changed:
            edits.say("list-fixed", row)
        if replace(edits.profile, removed=()) != replace(before, removed=()) or (row.removed and _is_stated(row, before)):
            changed.setdefault(row.number)
    return edits.profile, tuple(changed), tuple(edits.remarks)


def _is_stated(row: WorkRow, profile: Profile) -> bool:
    """True where the profile itself says something of the row that may have been deleted."""
    groups: tuple[tuple[StatedLocation | Answer | StatedOmission, ...], ...] = (
        profile.locations,
        profile.answers,
        profile.omissions,
    )
    return any(each.disclosure.number == row.number for group in groups for each in group)


def _subject(row: WorkRow) -> Reference:
    """The disclosure, additional sector disclosure or own indicator of a row."""
    if row.number.count(".") == 2:
        return Reference(sector_ref=row.number, raw=row.number)
    if not shaped(row.number):
        return Reference(indicator=row.number, raw=row.number)
    return Reference(number=row.number, edition=row.edition or None, raw=row.number)


def _assure(row: WorkRow, text: str, edits: _Edits) -> None:
    """How far the row was assured, in words of any language, and behind them the pages of the statement."""
    said, rest = re.fullmatch(r"([^(（\d]*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    level, rest = _level(said), rest.strip(" ()（）")
    if text and level is None:
        edits.say("list-assurance", row, text=text[:60])
        return
    if read_pages(rest) is None:
        edits.say("list-page", row, text=rest[:60])
    assured = Assurance(
        disclosures=(_subject(row),),
        level=level,
        pages=read_pages(rest) or rest,
        topic=row.topic,
        origin=Origin.LIST,
    )
    edits.profile = replace(edits.profile, assured=(assured, *edits.profile.assured))


def _level(text: str) -> AssuranceLevel | None:
    """The level that words name: "Limited", "limited assurance", "begrenzt"."""
    said = plain(text)
    for level in AssuranceLevel:
        words = [plain(word) for word in wordings(f"assurance-{level.value}").values()]
        if any(said.startswith(word) or (len(said) > 1 and word.startswith(said)) for word in words):
            return level
    return None


def _apply(row: WorkRow, topic: str, edits: _Edits) -> None:
    profile, labels = edits.profile, edits.labels
    subject = _subject(row)
    gone = tuple(RemovedEntry(row.number, plain(topic), each, bool(row.places)) for each in sorted(row.removed))
    profile = replace(profile, removed=(*profile.removed, *gone))
    indicator = next((each for each in profile.indicators if each.id == row.number), None)
    pages = tuple(PageEntry(row.number, plain(topic), each.place, each.pages) for each in row.places if each.tagged)
    profile = replace(profile, entered_pages=(*profile.entered_pages, *pages))
    places = [each for each in row.places if not each.tagged]
    if indicator is not None:
        profile = replace(profile, indicators=tuple(_indicator(each, row, labels) for each in profile.indicators))
        places = []
    elif places and places[0].place and not places[0].pages and (answer := _edited_answer(row, profile, labels)):
        told = replace(answer, text=LocalText((("", places[0].place),)), topic=topic, origin=Origin.LIST)
        profile, places = replace(profile, answers=(*profile.answers, told)), places[1:]
    locations = [_location(subject, row, topic, each, profile, labels) for each in places]
    omissions = [_omission(subject, row, topic, line, edits) for line in row.omissions]
    edits.profile = replace(profile, locations=(*profile.locations, *locations), omissions=(*profile.omissions, *omissions))


def _edited_answer(row: WorkRow, profile: Profile, labels: Labels) -> Answer | None:
    """The answer of the profile in whose place the author entered other words."""
    edited = (each for each in profile.answers if _of(each, row) and mark(labels.pick(each.text), "") in row.removed)
    return next(edited, None)


def _omission(subject: Reference, row: WorkRow, topic: str, line: tuple[str, str, str], edits: _Edits) -> StatedOmission:
    requirements, reason, explanation = line
    named = requirement_labels(requirements, row.number, edits.labels)
    if named is None:
        edits.say("list-requirement", row, text=requirements)
    if not reason:
        edits.say("list-reason", row)
    return StatedOmission(
        disclosure=subject,
        topic=topic,
        requirements=(requirements,) if named is None else named,
        reason=recognise_reason(reason) or (reason_in(reason) if len(reason) <= _SHORT_REASON else None) or reason,
        explanation=LocalText((("", explanation),)) if explanation else LocalText(),
        origin=Origin.LIST,
    )


def _location(
    subject: Reference, row: WorkRow, topic: str, entered: WorkPlace, profile: Profile, labels: Labels
) -> StatedLocation:
    """A place that was entered: one of the profile with other pages, another document, a link, or a section."""
    place, page = entered.place, entered.pages
    documents = {document.id: document for document in profile.documents}
    for stated in profile.locations:  # link, note and requirements of a place stay where its pages alone were changed
        if (
            _of(stated, row)
            and stated_line(stated, documents.get(stated.document), labels)[0] == place
            and stated.origin is not Origin.LIST
        ):
            return replace(stated, pages=page, topic=topic, origin=Origin.LIST)
    outside, _, inside = place.partition(INSIDE.strip())
    names = {plain(name): each.id for each in profile.documents for name in (each.id, *each.title.all)}
    document = names.get(plain(outside), "")
    url = place if place.lower().startswith(("https://", "http://")) and " " not in place else ""
    section = inside.strip() if document else "" if url else place
    return StatedLocation(
        disclosure=subject,
        topic=topic,
        document=document,
        section=LocalText((("", section),)) if section else LocalText(),
        pages=page,
        url=url,
        requirements=entered.requirements,
        origin=Origin.LIST,
    )


def _indicator(indicator: Indicator, row: WorkRow, labels: Labels) -> Indicator:
    """The indicator with the place that was entered for it."""
    if indicator.id != row.number or not row.places:
        return indicator
    texts = [each.place + (labels.bracket(page_text(each.pages, labels)) if each.pages else "") for each in row.places]
    return replace(indicator, location=LocalText((("", labels.join(texts).strip()),)), origin=Origin.LIST)


def _of(stated: StatedLocation | Answer, row: WorkRow) -> bool:
    """True where a table of the profile speaks of the row's disclosure."""
    same = stated.disclosure.number == row.number and stated.disclosure.edition in (None, row.edition)
    return same and (not stated.topic or plain(stated.topic) == plain(row.topic))


# ── moved rows ──


def _moved(row: WorkRow, edits: _Edits) -> str:
    """The topic under which the row stands: the new one where the author may move it there."""
    if not row.moved_to:
        return row.topic
    target = next((t for t in edits.profile.topics if plain(row.moved_to) in {plain(name) for name in t.name.all}), None)
    if target is None:
        edits.say("list-topic-unknown", row, topic=row.moved_to)
        return row.topic
    if row.number.startswith(("2-", "3-")):
        edits.say("list-topic-fixed", row, topic=row.moved_to)
        return row.topic
    topics = tuple(_relisted(topic, topic is target, row) for topic in edits.profile.topics)
    edits.profile = replace(edits.profile, topics=topics)
    return row.moved_to


def _relisted(topic: Topic, wanted: bool, row: WorkRow) -> Topic:
    """The topic with the disclosure among those that it lists, or without it where the row stood there."""
    same = [each for each in topic.disclosures if each.number == row.number and each.edition in (None, row.edition)]
    if wanted and not same:
        reference = Reference(number=row.number, edition=row.edition or None, raw=row.number)
        return replace(topic, disclosures=(*topic.disclosures, reference))
    left = plain(row.topic) in {plain(name) for name in topic.name.all}
    return (
        replace(topic, disclosures=tuple(each for each in topic.disclosures if each not in same))
        if left and not wanted
        else topic
    )


# ── after the matching ──


def list_remarks(
    working: WorkingList, index: ContentIndex, changed: Sequence[str], remarks: Sequence[Message]
) -> Iterator[Message]:
    """All that is said of the list: what is lost, what was used, and what did not become what the author may expect.

    ``changed`` and ``remarks`` come from ``apply_edits``.
    """
    labels = load_labels(working.language)
    told = list(_rows_remarks(working, index, labels))
    unused = {dict(each.args)["disclosure"] for each in told if each.id.startswith("list-leftover")}
    used = [number for number in changed if number not in unused]
    yield from working.losses
    if used:
        numbers = labels.join(used[:_MOST_NAMED]) + ("\u2026" if len(used) > _MOST_NAMED else "")
        yield message("list-used", count=len(used), numbers=numbers)
    yield from (*remarks, *told)


def _rows_remarks(working: WorkingList, index: ContentIndex, labels: Labels) -> Iterator[Message]:
    """What became of the rows: problems, statuses, cleared places, deleted and left-over rows."""
    for problem in working.problems:
        args = dict(problem.args)
        yield (
            message("list-problem", where=args.get("where", ""), text=labels.say(problem))
            if not problem.id.startswith("list-")
            else problem
        )
    finder = RowFinder(working, index)
    found = {id(row): each for each in index.rows if (row := finder.of(each)) is not None}
    for row in working.rows:
        each = found.get(id(row))
        if each is None:
            if row.cells:
                yield _left_over(row, index, labels)
            continue
        yield from _places_remarks(row, each, labels)
        if row.status and plain(row.status) != plain(status_words(each.status, labels)):
            status = status_words(each.status, labels)
            yield message("list-status", where=row.where, disclosure=row.number, typed=row.status, status=status)
        if row.removed and not row.places:
            yield from _cleared(row, each, labels)
    yield from _deleted(working, index, labels)


def _left_over(row: WorkRow, index: ContentIndex, labels: Labels) -> Message:
    """Why a row of the list is no row of the index: it stands under another topic, or says nothing."""
    names = {topic.id: labels.pick(topic.name) for topic in index.topics}
    others = [names[each.topic] for each in index.rows if row_number(each) == row.number and each.topic in names]
    if row.topic and others:
        topics = labels.join(list(dict.fromkeys(others)))
        return message("list-leftover-topic", where=row.where, disclosure=row.number, topic=row.topic, others=topics)
    return message("list-leftover", where=row.where, disclosure=row.number)


def _places_remarks(row: WorkRow, each: IndexRow, labels: Labels) -> Iterator[Message]:
    """What became of entered places that may not be as the author expects."""
    tagged = {place_line(location, labels)[0] for location in each.locations if location.origin is Origin.REPORT}
    for place in row.places:
        if place.tagged and place.place not in tagged:
            yield message("list-place-gone", where=row.where, disclosure=row.number, place=place.place, page=place.pages)
    whole = any(not place.tagged and not place.requirements for place in row.places)
    named = [label for location in each.locations if location.origin is Origin.REPORT for label in location.requirements]
    reported = [location for location in each.locations if location.origin is Origin.REPORT]
    if whole and reported and all(location.requirements for location in reported):
        told = ", ".join(dict.fromkeys(named))
        yield message("list-whole", where=row.where, disclosure=row.number, labels=told, label=f"{row.number}-{named[0]}")


def _cleared(row: WorkRow, each: IndexRow, labels: Labels) -> Iterator[Message]:
    """Tagged places that the author cleared and that come back, since the tag stands."""
    back = [place_line(location, labels)[0] for location in each.locations if place_mark(location, labels) in row.removed]
    if back:
        yield message("list-place-cleared", where=row.where, disclosure=row.number, place=labels.join(back))


def _deleted(working: WorkingList, index: ContentIndex, labels: Labels) -> Iterator[Message]:
    """Rows that the author deleted and that are there again."""
    names = {topic.id: topic.name for topic in index.topics}
    for row in index.rows if working.deleted else ():
        topic = labels.pick(names[row.topic]) if row.topic in names else ""
        if row_key(row_number(row), row.key.edition if row.key else "", topic) not in working.deleted:
            continue
        places: Iterable[str] = (place_line(location, labels)[0] for location in row.locations)
        if row.status in (Status.MISSING, Status.PLANNED):
            yield message("list-row-required", disclosure=row_number(row))
        else:
            yield message(
                "list-row-deleted", disclosure=row_number(row), place=labels.join([each for each in places if each]) or "\u2013"
            )
