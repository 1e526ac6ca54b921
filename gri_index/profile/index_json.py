"""What an index.json states of the profile that it was built with, in its one language."""

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any

from gri_index.errors import InputError
from gri_index.language.labels import load_labels

SCHEMA = "gri-index/index/1"
_CLAIMS = {"in accordance": "statement-in-accordance", "with reference": "statement-with-reference"}


def index_data(content: bytes, name: str) -> dict[str, Any]:
    """The data of an index.json. Raises InputError for a file that is none."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError(f"{name}: not valid JSON", hint="Name an index.json that gri-index build wrote.") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(f"{name}: no index.json of this program", hint="Name an index.json that gri-index build wrote.")
    return data


def tables_of(content: bytes, name: str) -> dict[str, Any]:
    """The tables of a profile, as TOML would hold them. Raises InputError for what is no index.json."""
    data = index_data(content, name)
    try:
        rows = data["rows"]
        own = [row for row in rows if row["disclosure"] and not row["edition"] and not row["sector_refs"]]
        standing = [(row, each) for row in rows if row not in own for each in row["locations"]]
        return {
            "report": _report(data["report"]),
            "claim": _claim(data),
            "document": list(_documents(rows)),
            "topic": list(_topics(data["topics"], rows)),
            "topic_not_material": data["topics_not_material"],
            "omission": [_omission(row, each) for row in rows for each in row["omissions"]],
            "answer": [_answer(row, each) for row, each in standing if each["kind"] == "answer"],
            "location": [_location(row, each) for row, each in standing if _is_stated(each)],
            "indicator": [_indicator(row) for row in own],
            "assurance": [
                {
                    "disclosures": [_subject(row, {"requirements": []})["disclosure"]],
                    "level": row["assurance"],
                    "pages": row["assurance_pages"],
                }
                for row in rows
                if row.get("assurance") and row["disclosure"]
            ],
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: damaged ({error})", hint="Build the report again.") from None


def _report(facts: Mapping[str, Any]) -> dict[str, Any]:
    dates = {
        key: datetime.date.fromisoformat(facts[key]) for key in ("period_start", "period_end", "publication_date") if facts[key]
    }
    words = {key: facts[key] for key in ("organization", "title") if facts[key]}
    language = next((each["language"] for each in facts["sources"] if each["language"]), "")
    return words | dates | ({"language": language} if language else {})


def _claim(data: Mapping[str, Any]) -> dict[str, Any]:
    """The statement is the author's own where it is not the standard wording."""
    claim, facts = data["claim"], _report(data["report"])
    labels = load_labels(facts.get("language", ""))
    days = {key: labels.date(facts[f"period_{key}"]) if f"period_{key}" in facts else "" for key in ("start", "end")}
    standard = labels.text(_CLAIMS[claim["basis"]], organization=facts.get("organization", ""), **days)
    own = claim["statement_of_use"] != standard and all(days.values())
    stated = {"statement": claim["statement_of_use"]} if own else {}
    sectors = {"sector_standards": claim["sector_standards"]} if claim["sector_standards"] else {}
    return {"basis": claim["basis"], **sectors, **stated}


def _documents(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    found: dict[str, str] = {}
    for each in (place for row in rows for place in row["locations"] if place["kind"] == "external" and place["document"]):
        found[each["document"]] = found.get(each["document"]) or each.get("document_title") or each["document"]
    yield from ({"id": id, "title": title} for id, title in found.items())


def _topics(topics: list[Mapping[str, Any]], rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for topic in topics:
        if topic["origin"] == "profile":
            numbers = [row["disclosure"] for row in rows if row["topic"] == topic["name"] and row["edition"] and row["required"]]
            yield {
                "name": topic["name"],
                "disclosures": [number for number in dict.fromkeys(numbers) if number != "3-3"],
                "sector_topics": topic["sector_topics"],
            }


def _subject(row: Mapping[str, Any], each: Mapping[str, Any]) -> dict[str, Any]:
    number = row["disclosure"] or row["sector_refs"][0]
    edition = f" ({row['edition']})" if row["edition"] and row["disclosure"] else ""
    topic = {"topic": row["topic"]} if row["topic"] else {}
    return {"disclosure": f"{number}{edition}", "requirements": each["requirements"], **topic}


def _omission(row: Mapping[str, Any], each: Mapping[str, Any]) -> dict[str, Any]:
    return _subject(row, each) | {"reason": each["reason"], "explanation": each["explanation"]}


def _answer(row: Mapping[str, Any], each: Mapping[str, Any]) -> dict[str, Any]:
    return _subject(row, each) | {"text": each["text"]}


def _is_stated(place: Mapping[str, Any]) -> bool:
    """True for a place that no tag gives."""
    return place["kind"] != "answer" and not place["section"]


def _location(row: Mapping[str, Any], each: Mapping[str, Any]) -> dict[str, Any]:
    keys = {"document": "document", "section": "text", "pages": "page_label", "url": "url", "note": "note"}
    outside = each["kind"] == "external"
    said = {key: each[name] for key, name in keys.items() if each[name] and (outside or key != "document")}
    return _subject(row, each) | said


def _indicator(row: Mapping[str, Any]) -> dict[str, Any]:
    topic = {"topic": row["topic"]} if row["topic"] else {}
    place = "; ".join(each["text"] or each["page_label"] for each in row["locations"] if _is_stated(each))
    stated = {"location": place} if place else {}
    return {"id": row["disclosure"], "source": row["standard"], "title": row["title"], **topic, **stated}
