"""The reverse index of another framework, for spreadsheets and programs (schema gri-index/crosswalk/1)."""

import csv
import io
from collections.abc import Sequence

from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.model.crosswalk import Crosswalk, ServedItem
from gri_index.writers.json import Json, dump
from gri_index.writers.layout import place_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def disclosures_text(each: ServedItem, labels: Labels) -> str:
    """The disclosures that serve an item; in brackets those that the index does not report."""
    numbers = dict.fromkeys(link.number for link in each.links)
    return labels.join([number if number in each.reported else f"({number})" for number in numbers])


def places_text(each: ServedItem, labels: Labels) -> str:
    """The places of an item, in words."""
    return "; ".join(dict.fromkeys(place_text(location, labels) for location in each.locations))


def crosswalk_json(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The items with all that serves them."""
    data: Json = {
        "schema": "gri-index/crosswalk/1",
        "framework": crosswalk.framework,
        "name": crosswalk.name,
        "edition": crosswalk.edition,
        "origin": crosswalk.origin.value,
        "items": [
            {
                "item": each.item.id,
                "title": labels.pick(each.item.title),
                "service": each.service.value,
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
                "places": [place_text(location, labels) for location in each.locations],
            }
            for each in items
        ],
    }
    return dump(data)


def crosswalk_csv(crosswalk: Crosswalk, items: Sequence[ServedItem], labels: Labels) -> bytes:
    """The items as CSV with a byte order mark, safe against formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    words = labels.words
    writer.writerow([f"{crosswalk.name} ({crosswalk.edition})"])
    writer.writerow(
        [
            words["column-number"],
            words["column-title"],
            words["column-status"],
            words["column-disclosure"],
            words["column-location"],
        ]
    )
    for each in items:
        row = (
            each.item.id,
            labels.pick(each.item.title),
            words[f"service-{each.service}"],
            disclosures_text(each, labels),
            places_text(each, labels),
        )
        writer.writerow([f"'{text}" if text.startswith(_FORMULA) else text for text in map(clean, row)])
    return out.getvalue().encode("utf-8-sig", errors="replace")
