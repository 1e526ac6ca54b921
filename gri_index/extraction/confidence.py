"""How sure a row of an index was read: by what it shows and how it fits among the others.

Each trait is weighed (weights of ``benchmarks/fit_rows``, learned from rows that were read
rightly and wrongly); the sum as a share between 0 and 1 is the row's confidence. Rows below
``weights()["doubt"]`` are said with page and number.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gri_index.catalogue import load_catalogue
from gri_index.catalogue.titles import abridges
from gri_index.extraction.sightings import codes_in
from gri_index.extraction.titles import exact_title, title_beside, titles_of
from gri_index.extraction.tokens import token
from gri_index.extraction.weights import weights
from gri_index.language.pages import named_page
from gri_index.language.text import fold
from gri_index.model.printed import PrintedRow

_LONG_TITLE, _LONG_PLACE, _MANY_PAGES = 150, 300, 15
_OPEN = re.compile(r"(?:[,;(\[&\u2013\u2014-]|\b(?:and|und|et|y|e|of|de|the))\s*$", re.IGNORECASE)


def with_confidence(rows: Sequence[PrintedRow]) -> tuple[PrintedRow, ...]:
    """The rows, each with how sure it was read."""
    known = weights()["rows"]
    return tuple(
        replace(row, confidence=round(sure(traits, known), 2)) for row, traits in zip(rows, row_traits(rows), strict=True)
    )


def sure(traits: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The share between 0 and 1 that weighed traits come to."""
    total = sum(known.get(name, 0.0) * value for name, value in traits.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def row_traits(rows: Sequence[PrintedRow]) -> list[dict[str, float]]:
    """What each row shows, each trait as a share between 0 and 1."""
    shapes = [_shape(row) for row in rows]
    usual = Counter(shapes)
    widths = Counter(len(row.cells) for row in rows)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for at, row in enumerate(rows):
        key = (row.reference.name or row.reference.raw, row.topic)
        seen[key] += 1
        traits = {"any": 1.0, f"shape-{shapes[at]}": 1.0, "usual-shape": usual[shapes[at]] / len(rows)}
        traits["usual-width"] = widths[len(row.cells)] / len(rows)
        traits |= dict.fromkeys((*_title(row), *_place(row), *_order(rows, at)), 1.0)
        if seen[key] > 1:
            traits["again"] = 1.0
        found.append(traits)
    return found


def _shape(row: PrintedRow) -> str:
    if row.omitted:
        return "omitted"
    return "pages" if row.pages else "link" if row.urls else "words" if row.location.strip() else "nothing"


def _title(row: PrintedRow) -> list[str]:
    """How the title fits the number."""
    number, title = row.reference.number or "", row.title
    found = []
    if row.own or not number:
        found.append("own")
    elif not load_catalogue().editions_of(number):
        found.append("unknown-number")
    elif exact_title(number, title):
        found.append("title-whole")
    elif any(abridges(title, each) for each in titles_of(number)):
        found.append("title-abridged")
    else:
        found.append("title-begun" if title_beside(number, before="", after=title) else "title-other" if title else "title-none")
    if len(title) > _LONG_TITLE:
        found.append("title-long")
    if title[:1].islower():
        found.append("title-low")
    if _OPEN.search(title):
        found.append("title-open")
    if re.search(rf"{named_page().pattern}", fold(title)):
        found.append("title-pages")
    return found


def _place(row: PrintedRow) -> list[str]:
    """What looks wrong about the place."""
    text, found = row.location.strip(), []
    if text and (text[0].islower() or re.match(r"[,;)\]]", text)):
        found.append("place-low")
    if _OPEN.search(text):
        found.append("place-open")
    if len(text) > _LONG_PLACE:
        found.append("place-long")
    if len(row.pages) > _MANY_PAGES:
        found.append("pages-many")
    if text and token(text).numbers:
        found.append("place-numbers")
    if any(f"{int(match['std'])}-{int(match['num'])}" != row.reference.number for match in codes_in(fold(text))):
        found.append("place-code")
    if row.reference.number and title_beside(row.reference.number, before="", after=text):
        found.append("place-title")
    if any(token(extra).words for _, extra in row.extras):
        found.append("extras")
    return found


def _order(rows: Sequence[PrintedRow], at: int) -> list[str]:
    """How the number follows the one above it, and the one below follows it."""
    here = _sorted(rows[at])
    if here is None:
        return []
    above = next((key for row in reversed(rows[max(0, at - 3) : at]) if (key := _sorted(row))), None)
    below = next((key for row in rows[at + 1 : at + 4] if (key := _sorted(row))), None)
    found = ["back"] if above and here < above and here != (3, 3) else []
    if below and below < here and below != (3, 3):
        found.append("ahead")
    if above and above[0] == here[0] and here[1] - above[1] == 1:
        found.append("next")
    if above and above[0] == here[0] and here[1] - above[1] > 1:
        found.append("gap")
    return found


def _sorted(row: PrintedRow) -> tuple[int, int] | None:
    standard, _, number = (row.reference.number or "").partition("-")
    return (int(standard), int(number)) if standard.isdigit() and number.isdigit() else None
