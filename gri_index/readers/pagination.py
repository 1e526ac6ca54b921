"""Printed page labels of files that only count their pages.

Evidence: numbers that stand alone at the top or foot of pages, and entries of the
report's own table of contents against the pages its headings stand on. A label is
page number + offset; the offset may change where a file holds two documents.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gri_index.language.text import fold
from gri_index.model.report import Section
from gri_index.readers.items import Item

_EDGE = 3  # blocks at either end of a page that may be head or foot
_LONE = re.compile(r"^\W*(?:\d\W+)?(\d{1,3})\W*$|^(\d{1,3})\s*[|/]|[|/]\s*(\d{1,3})(?:\s|$)")
_ENTRY = re.compile(r"^(?P<title>.{3,120}?)[\s.…·|]+(?P<page>\d{1,3})\W*$", re.DOTALL)
_WINDOW = 20  # pages on either side that vote on an offset
_MIN_VOTES = 4


def infer_labels(items: Sequence[Item], pages: Mapping[int, str | None], sections: Sequence[Section]) -> dict[int, str | None]:
    """Page number -> label as printed. Labels that a reader knows are kept; without evidence: None."""
    labels = dict(pages)
    if not labels or any(label is not None for label in labels.values()):
        return labels
    votes = [*_from_edges(items), *_from_contents(items, sections)]
    for page in labels:
        near = Counter(offset for at, offset in votes if abs(at - page) <= _WINDOW)
        if not near:
            continue
        offset, count = near.most_common(1)[0]
        # A running number gathers one vote a page; table figures at the edges scatter.
        if count >= _MIN_VOTES and count >= 0.4 * sum(near.values()) and page + offset > 0:
            labels[page] = str(page + offset)
    return _filled(labels)


def _filled(labels: dict[int, str | None]) -> dict[int, str | None]:
    """Pages between and beyond the labelled ones count on from the nearest."""
    known = [(page, int(label) - page) for page, label in labels.items() if label]
    if not known:
        return labels
    for page in labels:
        if labels[page] is None:
            _, offset = min(known, key=lambda each: abs(each[0] - page))
            labels[page] = str(page + offset) if page + offset > 0 else None
    return labels


def _from_edges(items: Sequence[Item]) -> Iterable[tuple[int, int]]:
    by_page: dict[int, list[str]] = {}
    for item in items:
        if item.page is not None:
            by_page.setdefault(item.page, []).append(item.text)
    for page, texts in by_page.items():
        numbers = set()
        for text in {*texts[:_EDGE], *texts[-_EDGE:]}:
            if len(text) < 80 and (match := _LONE.search(fold(text).strip())):
                numbers.add(int(next(group for group in match.groups() if group)))
        for number in numbers:
            yield page, number - page


def _from_contents(items: Sequence[Item], sections: Sequence[Section]) -> Iterable[tuple[int, int]]:
    known: dict[str, int] = {}
    for section in sections:
        if section.first_page is not None and section.title:
            known.setdefault(_plain(section.title), section.first_page)
    for item in items:
        if item.page is None or item.level or len(item.text) > 160:
            continue
        match = _ENTRY.match(fold(item.text).strip(" |"))
        page = known.get(_plain(match["title"])) if match else None
        if match and page is not None and page != item.page:
            yield page, int(match["page"]) - page


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()
