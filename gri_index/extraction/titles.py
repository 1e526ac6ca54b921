"""Titles of disclosures beside their numbers, in any language: what only an index prints row by row."""

import re
from functools import cache

from gri_index.catalogue import load_catalogue
from gri_index.catalogue.titles import folded

_ENOUGH = 10  # letters that agree: titles run over lines, and some are cut
_YEAR = re.compile(r"\(?\b20\d\d\b\)?")
_MOST_WORDS = 25  # of a title
_LOOK = 120  # characters beside a number


def titles_of(number: str) -> tuple[str, ...]:
    """The titles of a disclosure in all languages and editions, as they are printed."""
    catalogue = load_catalogue()
    found = (title for key in catalogue.editions_of(number) for title in catalogue.disclosure(key).titles)
    return tuple(dict.fromkeys(text for title in found for text in (title.text, *title.variants) if text))


@cache
def titles_of_standard(id: str) -> tuple[str, ...]:
    """The titles of a Standard in all languages and editions."""
    found = (title for standard in load_catalogue().editions(id) for title in standard.titles)
    return tuple(dict.fromkeys(text for title in found for text in (title.text, *title.variants) if text))


@cache
def _titles(number: str) -> tuple[str, ...]:
    """The titles of a disclosure in all languages and editions, folded."""
    return tuple(sorted({folded(text) for text in titles_of(number)}))


def title_beside(number: str, *, before: str, after: str) -> bool:
    """True where the text behind a number begins as its title does, or the text before it ends so.

    >>> title_beside("2-7", before="", after=" Employees 12"), title_beside("2-7", before="", after=" of our sites")
    (True, False)
    """
    titles = _titles(number)
    if not titles:
        return False
    behind, ahead = folded(after[:_LOOK].strip()), folded(before[-_LOOK:].strip())
    return any(
        (behind and _agree(_shared(behind, title), behind, title))
        or (ahead and _agree(_shared(ahead[::-1], title[::-1]), ahead, title))
        for title in titles
    )


def begins_title(number: str, text: str) -> bool:
    """True for a text with which a title of the disclosure begins, or which is the whole of it."""
    begun = folded(text)
    return bool(begun) and any(title.startswith(begun) for title in _titles(number))


def title_goes_on(number: str, title: str, text: str) -> tuple[str, str] | None:
    """(whole title, rest of the text) where the text beside a title, or beside its year alone, begins with what it lacks.

    >>> title_goes_on("303-3", "(2018)", "Water withdrawal. See tables below.")
    ('Water withdrawal', 'See tables below.')
    """
    bare = _YEAR.sub("", title).strip(" :\u2013-")
    if exact_title(number, bare) or (bare and not begins_title(number, bare)):
        return None
    words = text.split()
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        whole = " ".join(filter(None, (bare, *words[:count])))
        if exact_title(number, whole):
            return whole.rstrip(" .:;,"), " ".join(words[count:])
    return None


def exact_title(number: str, text: str) -> bool:
    """True for the whole title of a disclosure."""
    return folded(text) in _titles(number)


def _shared(one: str, other: str) -> int:
    """Letters with which both begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _agree(shared: int, text: str, title: str) -> bool:
    return shared >= min(_ENOUGH, len(title)) or (shared == len(text) and shared >= _ENOUGH // 2)
