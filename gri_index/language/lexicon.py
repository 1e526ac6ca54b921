"""The words that are recognised, of all languages, from ``standards/lexicon/*.xml``.

An entry lists phrases parted by " | ". In a phrase

- ``(…)`` may be absent, ``[a/b]`` is one of several: ``disclosure(s)``, ``not [reported/material]``;
- ``*`` leaves a word open: ``confidential*``, ``*kapitel``; standing alone it is any one word;
- a blank stands for blanks or hyphens, for none where East Asian characters meet;
- letters of alphabets begin and end as words do where no ``*`` says otherwise;
- ``= …`` is the whole of a text, ``^ …`` its beginning.

Case and the form of apostrophes never matter.
"""

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from gri_index.language.text import is_east_asian
from gri_index.resources import load_xml, standards_root

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_GAP = r"[\s-]+"


@cache
def phrases(id: str) -> dict[str, tuple[str, ...]]:
    """The phrases of an entry by language. An id that no language has is a fault of the program (KeyError)."""
    found = {language: entries[id] for language, entries in _entries().items() if id in entries}
    if not found:
        raise KeyError(id)
    return found


@cache
def any_of(*ids: str, cased: bool = False) -> str:
    """A regular expression for the phrases of some entries in all languages; it has no groups that catch.

    ``cased``: capitals are as the lexicon writes them.
    """
    several = tuple(phrase for id in ids for several in phrases(id).values() for phrase in several)
    return f"(?{'' if cased else 'i'}:{_alternatives(several)})"


@cache
def matcher(*ids: str) -> re.Pattern[str]:
    """The compiled ``any_of`` of some entries."""
    return re.compile(any_of(*ids))


@cache
def whole(*ids: str) -> re.Pattern[str]:
    """Matches a text that is one of the phrases, or nothing, but for punctuation around it."""
    return re.compile(rf"^\W*(?:{any_of(*ids)})?\W*$")


def says(text: str, *ids: str) -> bool:
    """True where a text holds a phrase of the entries."""
    return matcher(*ids).search(text) is not None


@cache
def spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(what writers use for one another, the form that stands for all), for the comparison of titles."""
    return tuple(
        (re.compile(_alternatives(tuple(_split(each.text))), re.IGNORECASE), each.get("as", ""))
        for root in _roots()
        for each in root.iterfind("spelling")
    )


@cache
def _roots() -> tuple[etree._Element, ...]:
    return tuple(load_xml(path) for path in sorted((standards_root() / "lexicon").glob("*.xml")))


@cache
def _entries() -> dict[str, dict[str, tuple[str, ...]]]:
    """Language -> id -> phrases."""
    return {
        root.get(_LANG, ""): {entry.get("id", ""): tuple(_split(entry.text)) for entry in root.iterfind("entry")}
        for root in _roots()
    }


def _split(text: str | None) -> Iterator[str]:
    yield from (phrase.strip() for phrase in (text or "").split("|") if phrase.strip())


def _alternatives(several: tuple[str, ...]) -> str:
    """The alternatives by the bounds that they need, the longest first: a shorter one never hides a longer one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted(dict.fromkeys(several), key=len, reverse=True):
        left, body, right = _expression(phrase)
        groups.setdefault((left, right), []).append(body)
    return "|".join(f"{left}(?:{'|'.join(bodies)}){right}" for (left, right), bodies in groups.items())


def _expression(phrase: str) -> tuple[str, str, str]:
    """(bound on the left, regular expression, bound on the right) of a phrase."""
    mark, _, bare = phrase.partition(" ")
    anchored = mark in ("=", "^")
    text = bare if anchored else phrase
    left = "^" if anchored else _NO_LETTER_BEFORE if _bounded(text[0]) else ""
    right = "$" if mark == "=" else _NO_LETTER_BEHIND if _bounded(text[-1]) else ""
    return left, "".join(_tokens(text.removeprefix("*").removesuffix("*"))), right


def _bounded(char: str) -> bool:
    """True for a letter of an alphabet; what is written without blanks has no bounds."""
    return (char.isalpha() or char in "([)]") and not is_east_asian(char)


def _tokens(text: str) -> Iterator[str]:
    """Pieces of the regular expression."""
    position = 0
    while position < len(text):
        char = text[position]
        if char in "([":
            end = text.index(")" if char == "(" else "]", position)
            inner = "|".join("".join(_tokens(part)) for part in _options(text[position + 1 : end]))
            before, behind = text[position - 1 : position], text[end + 1 : end + 2]
            apart = before in ("", " ") and behind == " " and char == "("
            yield (f"(?:(?:{inner}){_GAP})" if apart else f"(?:{inner})") + ("?" if char == "(" else "")
            position = end + 2 if apart else end + 1
            continue
        yield _token(text, position)
        position += 1


def _options(inner: str) -> list[str]:
    return [inner] if inner == "/" else inner.split("/")


def _token(text: str, position: int) -> str:
    char, before, behind = text[position], text[position - 1 : position], text[position + 1 : position + 2]
    if char == "*":
        return r"\w+" if before == " " == behind else r"[^\W\d_]*"
    if char == " ":
        loose = any(map(is_east_asian, before + behind)) or not (_wordy(before) and _wordy(behind))
        return r"\s*" if loose else _GAP
    if char in "'\u2019":
        return "['\u2019]"
    return re.escape(char)


def _wordy(char: str) -> bool:
    return char.isalnum() or char in "()[]*"
