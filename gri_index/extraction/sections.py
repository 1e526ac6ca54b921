"""What sections are called in an index, where several bear one title."""

from collections.abc import Mapping, Sequence

from gri_index.language.text import plain
from gri_index.model.report import Section

_MANY = 200  # sections of one title: no heading above tells so many apart


def shown_titles(sections: Sequence[Section]) -> dict[str, str]:
    """Section id -> its title; one that several sections bear comes with the heading above that tells them apart.

    >>> def section(id, parent, title): return Section(id=id, source="a", parent=parent, level=1, title=title, title_raw=title)
    >>> shown_titles([section("1", None, "Energy"), section("2", "1", "Goals"), section("3", None, "Water"), section("4", "3", "Goals")])["4"]
    'Water › Goals'
    """
    by_id = {section.id: section for section in sections}
    paths = {section.id: _titles_above(section, by_id) for section in sections}
    bearing: dict[str, list[str]] = {}
    for section in sections:
        bearing.setdefault(plain(section.title), []).append(section.id)
    shown = {}
    for section in sections:
        others = [paths[id] for id in bearing[plain(section.title)] if id != section.id]
        if not others or len(others) > _MANY:
            shown[section.id] = section.title
            continue
        above = next((title for title in paths[section.id] if title and not any(title in path for path in others)), "")
        shown[section.id] = f"{above} › {section.title}" if above and section.title else section.title
    return shown


def _titles_above(section: Section, by_id: Mapping[str, Section]) -> list[str]:
    """Titles of the sections that hold it, the nearest first."""
    titles, above = [], by_id.get(section.parent or "")
    while above is not None:
        titles.append(above.title)
        above = by_id.get(above.parent or "")
    return titles
