"""index.json: the content index for programs (schema gri-index/index/1), and the tags (gri-index/tags/1)."""

import json
from collections.abc import Sequence
from typing import Any

from gri_index.language.labels import Labels
from gri_index.model.findings import Finding
from gri_index.model.index import Cell, ContentIndex, Coverage, IndexRow, Location, Omission
from gri_index.model.report import Report, Source
from gri_index.writers.contents import Contents
from gri_index.writers.layout import LineKind, lay_out, statement_of_use
from gri_index.writers.outline import outline_json

Json = dict[str, Any]


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The index as JSON, UTF-8, keys in the order of the contract.

    ``publish``: the rows that are printed and nothing that a reader of the report does not
    see: no file names, section ids, matrix, findings, nor omissions that are not printed.
    """
    index, profile = contents.index, contents.profile
    rows = _printed(contents, labels) if publish else [_row(row, _topics(index, labels), labels) for row in index.rows]
    facts = profile.report
    topics = _topics(index, labels)
    data: Json = {
        "schema": "gri-index/index/1",
        "report": {
            "organization": labels.pick(facts.organization),
            "title": labels.pick(facts.title),
            "period_start": facts.period_start.isoformat() if facts.period_start else None,
            "period_end": facts.period_end.isoformat() if facts.period_end else None,
            "publication_date": facts.publication_date.isoformat() if facts.publication_date else None,
            "sources": [] if publish else [source_json(source) for source in contents.report.sources],
        },
        "claim": {
            "basis": index.claim.basis.value,
            "statement_of_use": statement_of_use(index, profile, labels),
            "gri_1": "GRI 1: Foundation 2021",
            "sector_standards": list(index.claim.sector_standards),
        },
        "topics": [
            {
                "name": topics[topic.id],
                "origin": topic.origin,
                "sector_topics": list(topic.stated.sector_topics) if topic.stated else [],
            }
            for topic in index.topics
        ],
        "topics_not_material": [
            {"sector_topic": each.sector_topic, "explanation": labels.pick(each.explanation)} for each in index.not_material
        ],
        "frameworks": list(index.frameworks),
        "rows": rows,
        "matrix": {
            "sections": [] if publish else list(index.matrix.sections),
            "cells": [] if publish else [_cell(cell, index.rows, topics) for cell in index.matrix.cells],
        },
        "summary": {"rows": len(rows)} if publish else summary(contents),
        "findings": [] if publish else [finding_json(finding, labels) for finding in contents.findings],
        "outline": None if publish else outline_json(contents.report),
        "outputs": [{"name": name, "sha256": digest} for name, digest in contents.outputs.items()],
    }
    return dump(data)


def _topics(index: ContentIndex, labels: Labels) -> dict[str, str]:
    return {topic.id: labels.pick(topic.name) for topic in index.topics}


def _printed(contents: Contents, labels: Labels) -> list[Json]:
    """The rows as a reader of the printed index sees them."""
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    printed = [contents.index.rows[line.row] for line in layout.lines if line.kind is LineKind.ROW]
    rows = [_row(row, _topics(contents.index, labels), labels) for row in printed]
    for row, shown in zip(rows, printed, strict=True):
        row["omissions"] = [each for each in row["omissions"] if each["permitted"]]
        for place, location in zip(row["locations"], shown.locations, strict=True):
            place["document"] = labels.pick(location.document_title)
            place["section"] = None
    return rows


def tags_json(report: Report) -> bytes:
    """The tags of a report (schema gri-index/tags/1)."""
    labels = {(page.source, page.number): page.label for page in report.pages}
    sections = {section.id: section for section in report.sections}
    data: Json = {
        "schema": "gri-index/tags/1",
        "report": {"sources": [source_json(source) for source in report.sources]},
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "level": section.level,
                "page": section.first_page,
                "page_label": labels.get((section.source, section.first_page or 0)),
            }
            for section in report.sections
        ],
        "tags": [
            {
                "disclosure": tag.reference.name,
                "edition": tag.reference.edition,
                "requirements": list(tag.reference.requirements),
                "topic": tag.reference.topic,
                "section": tag.section,
                "section_title": sections[tag.section].title,
                "page": tag.page,
                "page_label": labels.get((sections[tag.section].source, tag.page or 0)),
                "carrier": tag.carrier.value,
                "text": tag.text,
            }
            for tag in report.tags
        ],
        "excluded": [{"where": each.where, "why": each.why} for each in report.excluded],
        "problems": [{"where": each.where, "code": each.code, **dict(each.args)} for each in report.problems],
    }
    return dump(data)


def summary(contents: Contents) -> Json:
    """Counts: rows by status, and requirements by what became of them."""
    rows = contents.index.rows
    statuses: dict[str, int] = {}
    for row in rows:
        statuses[row.status.value] = statuses.get(row.status.value, 0) + 1
    return {
        "rows": len(rows),
        "required": sum(row.required for row in rows),
        "status": statuses,
        "tags": len(contents.report.tags),
        "findings": {
            severity: sum(f.severity == severity for f in contents.findings) for severity in ("error", "warning", "note")
        },
    }


def finding_json(finding: Finding, labels: Labels) -> Json:
    """One finding, in words."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "disclosure": finding.disclosure or None,
        "edition": finding.key.edition if finding.key else None,
        "message": labels.say(finding.message),
        "location": finding.where,
        "hint": labels.say(finding.hint) if finding.hint else "",
        "evidence": [{"text": quote.text, "page": quote.page, "section": quote.section} for quote in finding.evidence],
        "acknowledged": finding.acknowledged,
        "disclosures": list(finding.disclosures),
        "file": finding.in_file or None,
    }


def findings_json(findings: Sequence[Finding], labels: Labels) -> bytes:
    """Findings as a program reads them (schema gri-index/findings/1)."""
    return dump({"schema": "gri-index/findings/1", "findings": [finding_json(each, labels) for each in findings]})


def dump(data: Json) -> bytes:
    """JSON as this program writes it everywhere: readable, UTF-8, one line end at the end."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", errors="replace")


def _row(row: IndexRow, topics: dict[str, str], labels: Labels) -> Json:
    return {
        "disclosure": row.number or None,
        "standard": row.key.standard if row.key else labels.pick(row.source_title),
        "edition": row.key.edition if row.key else None,
        "title": labels.pick(row.title),
        "topic": topics.get(row.topic),
        "required": row.required,
        "status": row.status.value,
        "itemised": row.itemised,
        "locations": [_location(location, labels) for location in row.locations],
        "requirements": _coverage(row.coverage),
        "omissions": [_omission(omission, labels) for omission in row.omissions],
        "sector_refs": list(row.sector_refs),
        "frameworks": [list(items) for items in row.frameworks],
        "assurance": row.assurance.value if row.assurance else None,
        "assurance_pages": row.assurance_pages,
    }


def _location(location: Location, labels: Labels) -> Json:
    return {
        "kind": location.kind.value,
        "document": location.document,
        "document_title": labels.pick(location.document_title),
        "section": location.section,
        "section_title": location.section_title,
        "page": location.page,
        "page_to": location.page_to,
        "page_label": location.page_label,
        "url": location.url,
        "text": labels.pick(location.text),
        "note": labels.pick(location.note),
        "requirements": list(location.requirements),
        "suggested": location.suggested,
    }


def _coverage(coverage: Coverage) -> Json:
    return {"reported": list(coverage.reported), "omitted": list(coverage.omitted), "missing": list(coverage.missing)}


def _omission(omission: Omission, labels: Labels) -> Json:
    return {
        "requirements": list(omission.requirements),
        "reason": str(omission.reason),
        "explanation": labels.pick(omission.explanation),
        "permitted": omission.permitted,
    }


def _cell(cell: Cell, rows: Sequence[IndexRow], topics: dict[str, str]) -> Json:
    row = rows[cell.row] if cell.row >= 0 else None
    return {
        "disclosure": (row.number or None) if row else cell.standard,
        "topic": topics.get(row.topic) if row else None,
        "section": cell.section,
        "requirements": list(cell.requirements),
    }


def source_json(source: Source) -> Json:
    """A file of the report, as every schema names it."""
    return {"name": source.name, "sha256": source.sha256, "format": source.format, "language": source.language}
