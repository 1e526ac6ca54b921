"""Two indexes compared, whatever they were read from."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.errors import InputError
from gri_index.extraction.extract import extract
from gri_index.extraction.report import read_sources
from gri_index.language.labels import Labels, load_labels
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold, plain
from gri_index.matching import match
from gri_index.model.index import ContentIndex, Status
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.readers import InputFile
from gri_index.writers.layout import place_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of an index, as far as it is compared."""

    number: str
    edition: str
    topic: str
    status: str  # reported | omitted | partial | …
    places: str
    omissions: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a disclosure."""

    kind: str  # added | dropped | status | moved | omission
    number: str
    edition: str
    topic: str
    old: str
    new: str


def entries_of(file: InputFile, profile: Profile, catalogue: Catalogue) -> list[Entry]:
    """The entries of an index.json, of a printed index, or of a report's tags. Raises InputError for none of them."""
    if file.name.lower().endswith(".json"):
        return list(_of_json(file))
    printed = extract(file)
    if printed.rows:
        return [
            Entry(
                row.reference.name,
                row.reference.edition or "",
                row.topic if row.reference.number == "3-3" else "",
                "omitted" if row.omitted else "reported",
                " ".join(row.location.split()),
                "; ".join(f"{', '.join(each.requirements)} {each.reason}".strip() for each in row.omissions),
            )
            for row in printed.rows
        ]
    index = match(read_sources([file]), catalogue, profile)
    if not index.rows:
        raise InputError(
            f"{file.name}: neither a printed content index nor tags were found",
            hint="Compare index.json files, indexes or tagged reports.",
        )
    return entries_of_rows(index, load_labels(profile.report.language))


def entries_of_rows(index: ContentIndex, labels: Labels) -> list[Entry]:
    """The entries of an index that was built."""
    topics = {topic.id: labels.pick(topic.name) for topic in index.topics}
    return [
        Entry(
            row.number,
            row.key.edition if row.key else "",
            topics.get(row.topic, "") if row.number == "3-3" else "",
            row.status.value,
            "; ".join(place_text(location, labels) for location in row.locations),
            "; ".join(f"{', '.join(each.requirements)} {each.reason}".strip() for each in row.omissions),
        )
        for row in index.rows
        if row.status not in (Status.MISSING, Status.PLANNED)
    ]


def entries_of_json(file: InputFile) -> list[Entry]:
    """The entries of an index.json. Raises InputError for another file."""
    return list(_of_json(file))


def _of_json(file: InputFile) -> Iterator[Entry]:
    try:
        data = json.loads(file.content)
        rows = data["rows"]
        if data["schema"] not in ("gri-index/index/1", "gri-index/extract/1"):
            raise KeyError(data["schema"])
        for row in rows:
            status = row["status"]
            if status in ("missing", "planned"):
                continue
            places = row.get("location") or "; ".join(
                " ".join(part for part in (each["section_title"] or each["text"] or each["document"], each["page_label"]) if part)
                for each in row.get("locations", ())
            )
            told = "; ".join(f"{', '.join(each['requirements'])} {each['reason']}".strip() for each in row["omissions"])
            topic = row.get("topic") or ""
            yield Entry(
                row["disclosure"] or "", row["edition"] or "", topic if row["disclosure"] == "3-3" else "", status, places, told
            )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f"{file.name}: not an index.json of this program", hint="Compare what `build` or `extract --format json` wrote."
        ) from None


def compare(old: list[Entry], new: list[Entry]) -> list[Change]:
    """The changes from old to new: dropped and added first, then status, omissions and places."""
    before, after = _by_key(old), _by_key(new)
    changes = [Change("dropped", e.number, e.edition, e.topic, e.places, "") for key, e in before.items() if key not in after]
    changes += [Change("added", e.number, e.edition, e.topic, "", e.places) for key, e in after.items() if key not in before]
    for key in (key for key in before if key in after):
        one, other = before[key], after[key]
        if one.status != other.status:
            changes.append(Change("status", other.number, other.edition, other.topic, one.status, other.status))
        if one.omissions != other.omissions:
            changes.append(Change("omission", other.number, other.edition, other.topic, one.omissions, other.omissions))
        if _place(one.places) != _place(other.places):
            changes.append(Change("moved", other.number, other.edition, other.topic, one.places, other.places))
    return changes


def _place(text: str) -> str:
    """A place for comparison: "p. 5" and "page 5" are the same."""
    return plain(re.sub(any_of("page", "page-behind"), " ", fold(text)))


def _by_key(entries: list[Entry]) -> dict[tuple[str, str, int], Entry]:
    """By number and topic, and by their order where several rows have both: the edition of a number may change, and is no other disclosure then."""
    found: dict[tuple[str, str, int], Entry] = {}
    count: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        key = (entry.number, plain(entry.topic))
        found[*key, count[key]] = entry
        count[key] += 1
    return found
