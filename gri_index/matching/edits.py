"""Puts what the author entered in the working list into the profile.

The list and the profile say the same kinds of things. Where both speak of one place or
omission, the list wins: it is what the author touched last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from gri_index.language.labels import Labels, load_labels, reason_words, status_words
from gri_index.language.reasons import recognise_reason
from gri_index.language.text import plain
from gri_index.model.index import ContentIndex
from gri_index.model.keys import Reference
from gri_index.model.profile import Answer, OtherDocument, Profile, StatedLocation, StatedOmission
from gri_index.model.text import LocalText, Message, message
from gri_index.model.working import WorkingList, WorkRow, mark
from gri_index.working import requirement_labels

ORIGIN = "list"
Stated = TypeVar("Stated", StatedOmission, StatedLocation, Answer)


def apply_edits(profile: Profile, working: WorkingList) -> tuple[Profile, tuple[Message, ...]]:
    """(the profile with the list's entries, what they changed and what could not be used)."""
    labels = load_labels(working.language)
    remarks: list[Message] = []
    changed: dict[str, None] = {}
    for row in working.rows:
        if row.places or row.omissions or row.removed:
            edited = _apply(profile, row, labels, remarks)
            if edited != profile:
                changed.setdefault(row.number)
            profile = edited
    if changed:
        remarks.insert(0, message("list-used", count=len(changed), numbers=labels.join(list(changed)[:30])))
    return profile, tuple(remarks)


def status_remarks(working: WorkingList, index: ContentIndex) -> Iterator[Message]:
    """Says where a status that the author typed is not what places and omissions give; and what the sheet could not tell."""
    labels = load_labels(working.language)
    statuses = {(row.number, row.key.edition if row.key else ""): row.status for row in index.rows}
    for problem in working.problems:
        yield message("list-problem", where=problem.where, text=labels.say(Message(problem.code, problem.args)))
    for row in working.rows:
        status = statuses.get((row.number, row.edition))
        if row.status and status and row.status.casefold() != status_words(status, labels).casefold():
            yield message(
                "list-status", where=row.where, disclosure=row.number, typed=row.status, status=status_words(status, labels)
            )


def _apply(profile: Profile, row: WorkRow, labels: Labels, remarks: list[Message]) -> Profile:
    subject = Reference(number=row.number, edition=row.edition or None, raw=row.number)
    if row.number.count(".") == 2:
        subject = Reference(sector_ref=row.number, raw=row.number)
    omissions = [
        each for each in profile.omissions if not _of(each, row) or mark(*omission_line(each, labels)) not in row.removed
    ]
    for requirements, reason, explanation in row.omissions:
        named = requirement_labels(requirements, row.number, (labels.words["all-requirements"], "all"))
        if named is None:
            remarks.append(message("list-requirement", where=row.where, text=requirements))
        if not reason:
            remarks.append(message("list-reason", where=row.where, disclosure=row.number))
        omissions.append(
            StatedOmission(
                disclosure=subject,
                topic=row.topic,
                requirements=(requirements,) if named is None else named,
                reason=recognise_reason(reason) or reason,
                explanation=LocalText((("", explanation),)),
                origin=ORIGIN,
            )
        )
    locations = [
        each for each in profile.locations if not _of(each, row) or mark(*location_line(each, profile, labels)) not in row.removed
    ]
    answers = [each for each in profile.answers if not _of(each, row) or mark(labels.pick(each.text), "") not in row.removed]
    locations += [_location(subject, row, place, page, profile.documents) for place, page in row.places]
    # Where places were changed, the tagged ones that went are replaced; where they were only deleted, the tags still hold.
    gone = tuple((row.number, plain(row.topic), each) for each in sorted(row.removed)) if row.places else ()
    return replace(
        profile,
        omissions=tuple(omissions),
        locations=tuple(locations),
        answers=tuple(answers),
        replaced=(*profile.replaced, *gone),
    )


def _location(subject: Reference, row: WorkRow, place: str, page: str, documents: Sequence[OtherDocument]) -> StatedLocation:
    document = next((d.id for d in documents if plain(place) in {plain(d.id), *(plain(title) for title in d.title.all)}), "")
    url = place if place.lower().startswith(("https://", "http://")) and " " not in place else ""
    return StatedLocation(
        disclosure=subject,
        topic=row.topic,
        document=document,
        section=LocalText((("", place),)) if not document and not url else LocalText(),
        pages=page,
        url=url,
        origin=ORIGIN,
    )


def _of(stated: Stated, row: WorkRow) -> bool:
    """True where a table of the profile speaks of the row's disclosure."""
    same = stated.disclosure.number == row.number and stated.disclosure.edition in (None, row.edition)
    return same and (not stated.topic or plain(stated.topic) == plain(row.topic))


def omission_line(omission: StatedOmission, labels: Labels) -> tuple[str, str, str]:
    """An omission as the working list prints it."""
    named = omission.requirements or omission.disclosure.requirements
    requirements = ", ".join(named) or labels.words["all-requirements"]
    return requirements, reason_words(omission.reason, labels), " ".join(labels.pick(omission.explanation).split())


def location_line(location: StatedLocation, profile: Profile, labels: Labels) -> tuple[str, str]:
    """A stated place as the working list prints it."""
    document = next((d for d in profile.documents if d.id == location.document), None)
    place = labels.pick(location.section) or (labels.pick(document.title) if document else location.document) or location.url
    return place, location.pages
