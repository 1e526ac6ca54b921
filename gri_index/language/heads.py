"""What a column is, by its head: as the program prints it in any language, else by the words of the lexicon."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from gri_index.language.labels import Labels, wordings
from gri_index.language.lexicon import matcher
from gri_index.language.text import fold, plain


class Role(StrEnum):
    """What the cells of a column hold."""

    DISCLOSURE = "disclosure"  # its number, or number and title
    TITLE = "title"
    STANDARD = "standard"
    EDITION = "edition"
    TOPIC = "topic"
    SECTION = "section"  # a place in words: section, chapter, response
    PAGE = "page"
    REQUIREMENT = "requirement"  # requirements reported
    OMITTED = "omitted"  # requirements omitted
    REASON = "reason"
    EXPLANATION = "explanation"
    OMISSION = "omission"  # reason and explanation in one
    SECTOR = "sector"
    STATUS = "status"
    DOCUMENT = "document"
    URL = "url"
    OWNER = "owner"
    REVIEWER = "reviewer"
    AGREED = "agreed"
    DUE = "due"
    WORKFLOW = "workflow"
    NOTE = "note"
    OTHER = "other"


# The labels that head the columns of our own indexes and lists.
PRINTED = {
    "column-number": Role.DISCLOSURE,
    "column-disclosure": Role.DISCLOSURE,
    "column-title": Role.TITLE,
    "column-standard": Role.STANDARD,
    "column-standard-short": Role.STANDARD,
    "column-edition": Role.EDITION,
    "column-topic": Role.TOPIC,
    "column-required": Role.OTHER,
    "column-status": Role.STATUS,
    "column-location": Role.SECTION,
    "column-sections": Role.SECTION,
    "column-pages": Role.PAGE,
    "column-requirements-reported": Role.REQUIREMENT,
    "column-requirements-missing": Role.OTHER,
    "column-requirements": Role.OMITTED,
    "column-reason": Role.REASON,
    "column-explanation": Role.EXPLANATION,
    "column-omission": Role.OMISSION,
    "column-sector": Role.SECTOR,
    "column-workflow": Role.WORKFLOW,
    "column-owner": Role.OWNER,
    "column-reviewer": Role.REVIEWER,
    "column-agreed": Role.AGREED,
    "column-due": Role.DUE,
    "column-note": Role.NOTE,
}
# Tried in this order: what is more special first.
_ORDER = (
    Role.SECTOR, Role.STATUS, Role.REVIEWER, Role.AGREED, Role.DUE, Role.WORKFLOW, Role.OWNER, Role.NOTE, Role.OMITTED, Role.REASON, Role.EXPLANATION,
    Role.OMISSION, Role.EDITION, Role.REQUIREMENT, Role.TOPIC, Role.PAGE, Role.URL, Role.DOCUMENT, Role.SECTION, Role.DISCLOSURE, Role.TITLE,
    Role.STANDARD,
)  # fmt: skip
_LONGEST = 80  # characters of a head


@cache
def _as_printed() -> dict[str, Role]:
    return {plain(text): role for id, role in PRINTED.items() for text in wordings(id).values()}


@lru_cache(maxsize=4096)
def role_of(head: str) -> Role | None:
    """What the column under this head holds; None for a head that says nothing known.

    >>> role_of("Page number(s)"), role_of("Fundstelle"), role_of("Requirement(s) omitted")
    (<Role.PAGE: 'page'>, <Role.SECTION: 'section'>, <Role.OMITTED: 'omitted'>)
    """
    text = " ".join(fold(head).split()).strip(" *_:|")
    if not text or len(text) > _LONGEST:
        return None
    named = _as_printed().get(plain(text)) or _as_printed().get(plain(text.rpartition(":")[2]))  # "Omission: Reason"
    return named or next((role for role in _ORDER if matcher(f"head-{role}").search(text)), None)


@lru_cache(maxsize=4096)
def roles_in(head: str) -> tuple[Role, ...]:
    """All that a head promises: "Location or reason for omission" is a place and an omission."""
    text = " ".join(fold(head).split()).strip(" *_:|")
    if not text or len(text) > 2 * _LONGEST:
        return ()
    named = _as_printed().get(plain(text))
    return (named,) if named else tuple(role for role in _ORDER if matcher(f"head-{role}").search(text))


def roles_of(heads: Sequence[str]) -> dict[Role, int]:
    """The column of each role; the first of two that look the same."""
    found: dict[Role, int] = {}
    for column, head in enumerate(heads):
        role = role_of(head)
        if role is not None:
            found.setdefault(role, column)
    return found


def own_columns(heads: Sequence[str], ids: Sequence[str], labels: Labels) -> dict[str, int]:
    """Label id -> column, for heads that are exactly the labels of one language, wherever they were moved to."""
    places: dict[str, int] = {}
    for column, head in enumerate(heads):
        places.setdefault(" ".join(head.split()), column)
    return {id: places[text] for id in ids if (text := " ".join(labels.words[id].split())) in places}
