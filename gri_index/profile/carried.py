"""What a new profile takes over from an earlier one: topics, omissions, answers, outside places. Each says where it comes from."""

from collections.abc import Iterator, Mapping
from typing import Any

from gri_index.language.labels import DEFAULT_LANGUAGE
from gri_index.model.profile import Profile, StatedLocation
from gri_index.model.text import LocalText

_CARRIED = ("topic", "omission", "answer", "location")  # of which each has to be confirmed
_BESIDE = ("topic_not_material", "document", "indicator")


def carried_over(earlier: Profile, file: str) -> dict[str, Any]:
    """The tables of the new profile, those that have to be confirmed with ``carried = FILE``.

    Places in the earlier report itself are left out: its sections and pages are not those of the new one.
    """
    tables: dict[str, list[dict[str, Any]]] = {
        "topic": [
            {
                "name": _text(each.name),
                "disclosures": [ref.raw or ref.name for ref in each.disclosures],
                "sector_topics": list(each.sector_topics),
            }
            for each in earlier.topics
        ],
        "topic_not_material": [
            {"sector_topic": each.sector_topic, "explanation": _text(each.explanation)} for each in earlier.not_material
        ],
        "document": [{"id": each.id, "title": _text(each.title), "url": each.url} for each in earlier.documents],
        "omission": [
            _subject(each) | {"reason": str(each.reason), "explanation": _text(each.explanation)} for each in earlier.omissions
        ],
        "answer": [_subject(each) | {"text": _text(each.text)} for each in earlier.answers],
        "location": [_place(each) for each in _outside(earlier)],
        "indicator": [
            {"id": each.id, "source": _text(each.source), "title": _text(each.title), "topic": each.topic}
            for each in earlier.indicators
        ],
    }
    marked = {kind: [table | {"carried": file} for table in tables[kind]] for kind in _CARRIED}
    found = {kind: [_filled(table) for table in several] for kind, several in (tables | marked).items() if several}
    return {kind: found[kind] for kind in (*_CARRIED, *_BESIDE) if kind in found}


def left_behind(earlier: Profile) -> list[str]:
    """The disclosures of the places of the earlier report itself, which are not taken over."""
    outside = _outside(earlier)
    return [each.disclosure.name for each in earlier.locations if each not in outside]


def _outside(earlier: Profile) -> list[StatedLocation]:
    """The places outside of the earlier report: with a document or an address, or words alone where others have pages."""
    paged = 2 * sum(bool(each.pages) for each in earlier.locations) > len(earlier.locations)
    return [each for each in earlier.locations if each.document or each.url or (paged and each.section and not each.pages)]


def _place(each: StatedLocation) -> dict[str, Any]:
    said = {
        "document": each.document,
        "section": _text(each.section),
        "pages": each.pages,
        "url": each.url,
        "note": _text(each.note),
    }
    return _subject(each) | said


def _subject(each: Any) -> dict[str, Any]:
    reference = each.disclosure
    edition = f" ({reference.edition})" if reference.edition else ""
    return {
        "disclosure": f"{reference.name}{edition}",
        "topic": each.topic,
        "requirements": list(each.requirements or reference.requirements),
    }


def _text(text: LocalText) -> Any:
    """A text, or its wordings by language."""
    wordings = dict(text.values)
    return (
        wordings.get("", "")
        if set(wordings) <= {""}
        else {language or DEFAULT_LANGUAGE: said for language, said in wordings.items()}
    )


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value}


def kinds(tables: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """(kind, how many) of what has to be confirmed."""
    yield from ((kind, len(tables[kind])) for kind in _CARRIED if kind in tables)
