"""Places of one disclosure, brought together: a section once, with its pages as a range."""

from collections.abc import Sequence
from dataclasses import replace

from gri_index.language.text import whole_number
from gri_index.model.index import Location
from gri_index.model.terms import Origin

_MANY_PAGES = 5000  # in one range: more than any report has


def merge_locations(locations: Sequence[Location]) -> tuple[Location, ...]:
    """The locations in order, those of one section as one with all its pages.

    Requirements of one section are united; a tag for the whole disclosure stands for all.
    """
    merged: dict[object, list[Location]] = {}
    for position, location in enumerate(locations):
        place = (location.document, location.section, location.origin) if location.section else position
        merged.setdefault(place, []).append(location)
    found = [_one(group) for group in merged.values()]
    reported = {(each.section, each.page_label) for each in found if each.section and each.origin is Origin.REPORT}
    tagged = {page for each in found if each.origin is Origin.REPORT for page in _pages(each)}
    # An entry that says what a tag says already adds nothing: the same section, or its pages alone.
    return tuple(
        each
        for each in found
        if each.origin is Origin.REPORT
        or not (
            (each.section, each.page_label) in reported
            or (each.origin is Origin.INDEX and _pages(each) and _pages(each) <= tagged)
        )
    )


def _pages(location: Location) -> set[str]:
    """The pages of a place that is nothing but pages, or of a tagged one; none for others."""
    if location.origin is not Origin.REPORT and (location.section or location.text or location.document or location.url):
        return set()
    pages: set[str] = set()
    for part in location.page_label.split(", "):
        first, _, last = part.partition("-")
        begin, end = whole_number(first), whole_number(last or first)
        span = range(begin, end + 1) if begin is not None and end is not None and end - begin < _MANY_PAGES else ()
        pages |= {str(page) for page in span} or ({part} - {""})
    return pages


def _one(group: list[Location]) -> Location:
    first = group[0]
    if len(group) == 1:
        return first
    whole = any(not location.requirements for location in group)
    labels = dict.fromkeys(label for location in group for label in location.requirements)
    pages = {location.page: location.page_label for location in group if location.page is not None}
    unnumbered = [location.page_label for location in group if location.page is None and location.page_label]
    return replace(
        first,
        requirements=() if whole else tuple(labels),
        page=min(pages, default=None),
        page_to=max(pages, default=None),
        page_label=_ranges([*(pages[page] for page in sorted(pages)), *unnumbered]),
        blocks=tuple(dict.fromkeys(block for location in group for block in location.blocks)),
    )


def _ranges(labels: Sequence[str]) -> str:
    """``["12", "13", "15"]`` as ``"12-13, 15"``; labels that are no numbers stay single."""
    runs: list[list[str]] = []
    for label in dict.fromkeys(labels):
        before = whole_number(runs[-1][-1]) if runs else None
        if before is not None and whole_number(label) == before + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
