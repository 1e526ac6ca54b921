"""The reverse index of another framework as text, CSV, JSON (schema gri-index/crosswalk/1) and laid out for Word and HTML."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from gri_index.crosswalk.between import Meeting
from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.model.crosswalk import Crosswalk, ServedItem
from gri_index.writers.csv import safe
from gri_index.writers.json import Json, dump
from gri_index.writers.layout import Layout, Line, LineCell, LineKind, Part, place_text

_HEADS = ("number", "title", "status", "disclosure", "location")


def title_of(crosswalk: Crosswalk, labels: Labels) -> str:
    """Name and edition."""
    return f"{labels.pick(crosswalk.name)} ({crosswalk.edition})" if crosswalk.edition else labels.pick(crosswalk.name)


def disclosures_text(each: ServedItem, labels: Labels) -> str:
    """The disclosures that serve an item; in brackets those that the index does not report."""
    numbers = dict.fromkeys(link.number for link in each.links)
    return labels.join([number if number in each.reported else f"({number})" for number in numbers])


def service_text(each: ServedItem, labels: Labels) -> str:
    """How far an item is served, in words."""
    return labels.words["service-tagged" if each.tagged else f"service-{each.service}"]


def places_text(each: ServedItem, labels: Labels) -> str:
    """The places of an item, in words."""
    return "; ".join(dict.fromkeys(place_text(location, labels) for location in each.locations))


def heads(labels: Labels) -> tuple[str, ...]:
    """What heads the columns of the reverse index."""
    return tuple(labels.words[f"column-{name}"] for name in _HEADS)


def cells(each: ServedItem, labels: Labels) -> tuple[str, ...]:
    """A row of it, in words."""
    return (
        each.item.id,
        labels.pick(each.item.title),
        service_text(each, labels),
        disclosures_text(each, labels),
        places_text(each, labels),
    )


def crosswalk_layout(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> Layout:
    """The reverse index laid out as a content index is: Word and HTML write it as they write that."""
    lines = (Line(LineKind.ROW, tuple(_row(each, labels))) for each in items)
    head = (
        (labels.words["crosswalk-edition"], crosswalk.edition),
        (labels.words["crosswalk-origin"], origin_text(crosswalk, labels)),
    )
    return Layout(
        title=labels.pick(crosswalk.name),
        head=tuple((label, text) for label, text in head if text),
        columns=("", *heads(labels)),
        spanning="",
        kind="items",
        lines=tuple(lines),
        not_material_title="",
        not_material=(),
        not_material_columns=("", ""),
        notes=(counts_text(items, labels),),
    )


def _row(each: ServedItem, labels: Labels) -> Iterator[LineCell]:
    yield LineCell()
    yield from (LineCell(((Part(text),),) if text else ()) for text in cells(each, labels)[:-1])
    places = {place_text(location, labels): location.url for location in each.locations}
    yield LineCell(tuple((Part(text, url),) for text, url in places.items()))


def origin_text(crosswalk: Crosswalk, labels: Labels) -> str:
    """Whose table it is."""
    return labels.words[f"crosswalk-origin-{crosswalk.origin}"]


def counts_text(items: Iterable[ServedItem], labels: Labels) -> str:
    """How many items are served, in part, and so on."""
    counts: dict[str, int] = {}
    for each in items:
        counts[each.service] = counts.get(each.service, 0) + 1
    colon = labels.words["colon"]
    return labels.join([f"{labels.words[f'service-{name}']}{colon}{count}" for name, count in counts.items()])


def crosswalk_json(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The items with all that serves them."""
    return dump(
        {
            **_facts(crosswalk, labels),
            "origin": crosswalk.origin.value,
            "items": [
                {
                    "item": each.item.id,
                    "title": labels.pick(each.item.title),
                    "service": each.service.value,
                    "tagged": each.tagged,
                    "disclosures": [
                        {
                            "disclosure": link.number,
                            "relation": link.relation.value,
                            "state": link.state.value,
                            "reported": link.number in each.reported,
                            "source": link.source,
                        }
                        for link in each.links
                    ],
                    "places": list(dict.fromkeys(place_text(location, labels) for location in each.locations)),
                }
                for each in items
            ],
        }
    )


def _facts(crosswalk: Crosswalk, labels: Labels) -> Json:
    name = labels.pick(crosswalk.name)
    return {"schema": "gri-index/crosswalk/1", "framework": crosswalk.framework, "name": name, "edition": crosswalk.edition}


def crosswalk_csv(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The items as CSV."""
    relations = (
        labels.join([labels.words[f"relation-{link.relation}"] for link in {link.number: link for link in each.links}.values()])
        for each in items
    )
    rows = [(*cells(each, labels), text) for each, text in zip(items, relations, strict=True)]
    return as_csv([(title_of(crosswalk, labels),), (*heads(labels), labels.words["column-relation"]), *rows])


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV with a byte order mark, safe against formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(text) for text in map(clean, row)])
    return out.getvalue().encode("utf-8-sig", errors="replace")


# ── between two frameworks ──


def meeting_heads(one: Crosswalk, other: Crosswalk, labels: Labels) -> tuple[str, ...]:
    """What heads the columns of the items in which two frameworks meet."""
    title = labels.words["column-title"]
    return one.framework, title, other.framework, title, labels.words["column-relation"], labels.words["crosswalk-via"]


def meeting_cells(each: Meeting, labels: Labels) -> tuple[str, ...]:
    """A row of them, in words."""
    return (
        each.item.id,
        labels.pick(each.item.title),
        each.other.id,
        labels.pick(each.other.title),
        labels.words[f"relation-{each.relation}"],
        labels.join(list(each.numbers)),
    )


def meetings_json(one: Crosswalk, other: Crosswalk, found: Sequence[Meeting], labels: Labels) -> bytes:
    """The items in which two frameworks meet (schema gri-index/between/1)."""
    return dump(
        {
            "schema": "gri-index/between/1",
            "from": {"framework": one.framework, "edition": one.edition},
            "to": {"framework": other.framework, "edition": other.edition},
            "state": "derived",
            "items": [
                {
                    "item": each.item.id,
                    "title": labels.pick(each.item.title),
                    "other": each.other.id,
                    "other_title": labels.pick(each.other.title),
                    "relation": each.relation.value,
                    "through": list(each.numbers),
                }
                for each in found
            ],
        }
    )
