"""Places of one disclosure, brought together: a section once, with its pages as a range."""

from collections.abc import Sequence
from dataclasses import replace

from gri_index.model.index import Location
from gri_index.model.terms import Origin


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
    # An entry of the working list that says what a tag says already adds nothing.
    return tuple(each for each in found if each.origin is Origin.REPORT or (each.section, each.page_label) not in reported)


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
    )


def _ranges(labels: Sequence[str]) -> str:
    """``["12", "13", "15"]`` as ``"12-13, 15"``; labels that are no numbers stay single."""
    runs: list[list[str]] = []
    for label in dict.fromkeys(labels):
        if runs and label.isdigit() and runs[-1][-1].isdigit() and int(label) == int(runs[-1][-1]) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
