"""A printed index for programs (schema gri-index/extract/1)."""

from typing import Any

from gri_index.model.printed import PrintedIndex, PrintedRow
from gri_index.writers.json import dump


def extract_json(index: PrintedIndex) -> bytes:
    """The index as JSON, UTF-8."""
    return dump(
        {
            "schema": "gri-index/extract/1",
            "basis": index.basis.value if index.basis else None,
            "statement_of_use": index.statement,
            "organization": index.organization,
            "period_start": index.start.isoformat() if index.start else None,
            "period_end": index.end.isoformat() if index.end else None,
            "gri_1": index.gri_1,
            "sector_standards": list(index.sector_standards),
            "rows": extract_rows(index),
            "problems": [{"page": each.where or None, "code": each.code, **dict(each.args)} for each in index.problems],
        }
    )


def extract_rows(index: PrintedIndex) -> list[dict[str, Any]]:
    """The rows with the keys of the contract, in the order of the index."""
    return [_row(row) for row in index.rows]


def _row(row: PrintedRow) -> dict[str, Any]:
    return {
        "disclosure": row.reference.name,
        "edition": row.reference.edition,
        "requirements": list(row.reference.requirements),
        "standard": row.standard_title,
        "title": row.title,
        "topic": row.topic or None,
        "location": row.location,
        "pages": list(row.pages),
        "status": "omitted" if row.omitted else "reported" if row.location.strip() or row.extras else "unstated",
        "omissions": [
            {"requirements": list(each.requirements), "reason": str(each.reason), "explanation": each.explanation}
            for each in row.omissions
        ],
        "sector_ref": ", ".join(row.sector_refs) or None,
        "extras": [f"{head}: {cell}" if head else cell for head, cell in row.extras],
        "cells": list(row.cells),
        "source_page": row.page or None,
        "links": list(row.urls),
        "confidence": row.confidence,
    }
