"""Pages in words: printed in one language, read in all."""

import re
from functools import cache, lru_cache

from gri_index.language.labels import Labels
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold

_LABEL = r"(?:[A-Za-z]{1,3}[-.]?)?\d{1,4}[a-z]?|[ivxlc]{1,7}|[IVXLC]{1,7}"  # 12, F-3, 12a, xiv


def page_text(label: str, labels: Labels) -> str:
    """Pages in words, as in "p. 13" or "pp. 12-14, 20" with the language's dash; nothing without pages.

    ``label``: page labels, ranges and lists of them, with or without words for page.
    """
    read = read_pages(label)
    text = label.strip() if read is None else read
    if not text or (read is None and re.match(rf"{any_of('page')}(?![^\W\d_])", fold(text))):
        return text  # nothing, or words that say themselves that they are pages
    parts = [re.sub(r"(?<=\w)-(?=\d)", labels.words["range"], part) if _is_range(part) else part for part in text.split(", ")]
    single = len(parts) == 1 and not _is_range(text)
    return labels.text("page", page=parts[0]) if single else labels.text("pages", pages=labels.join(parts))


def _is_range(part: str) -> bool:
    return re.fullmatch(r"\d+-\d+|[a-zA-Z]-?\d+-[a-zA-Z]-?\d+", part) is not None


@lru_cache(maxsize=4096)
def read_pages(text: str) -> str | None:
    """Page labels without words for page, parted by ", " with ranges as "12-14"; None for a text that is none.

    >>> read_pages("pp. 12\u201314 and 20"), read_pages("S. 12 f."), read_pages("see there")
    ('12-14, 20', '12-13', None)
    """
    bare = fold(text).strip()
    if not bare:
        return ""
    bare = _behind().sub(" ", _before().sub(" ", bare))
    bare = re.sub(r"(\d+)\s?f\.?(?![a-z])", lambda match: f"{match[1]}-{int(match[1]) + 1}", bare)
    bare = re.sub(r"(\d+)\s?ff\.?(?![a-z])", r"\1ff", bare)
    bare = _to().sub("-", re.sub(r"\s*[-~]\s*", "-", bare.strip()))
    parts = [part for part in _parted().split(bare.strip(" .,;")) if part]
    if all(re.fullmatch(rf"(?:{_LABEL})(?:-(?:{_LABEL})|ff)?", part) for part in parts):
        return ", ".join(parts)
    return None


@cache
def named_page() -> re.Pattern[str]:
    """Matches a page with its word, before or behind it: "p. 12", "\u7b2c12\u9875"."""
    return re.compile(rf"(?:{any_of('page')})\s?\d|\d\s?(?:{any_of('page-behind')})")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{any_of('page')}\s*(?=[A-Z]{{0,3}}[-.]?\d|(?:[ivxlc]+|[IVXLC]+)(?![A-Za-z]))")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\divxlcIVXLC])\s*{any_of('page-behind')}")


@cache
def _to() -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)\s*{any_of('range-word')}\s*(?=\d)")


@cache
def _parted() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[,;/&+\n\u3001]|{any_of('and')})\s*|\s+")
