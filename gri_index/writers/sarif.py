"""Findings as SARIF 2.1.0, for code scanning and continuous integration.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from collections.abc import Sequence
from typing import Any

from gri_index import __version__
from gri_index.checks import rules
from gri_index.language.labels import Labels
from gri_index.model.findings import Finding
from gri_index.writers.json import dump

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(findings: Sequence[Finding], labels: Labels, source: str) -> bytes:
    """One run with all rules; ``source``: the report's file name. Acknowledged findings are suppressed (3.27.23)."""
    known = rules()
    driver = {
        "name": "gri-index",
        "version": __version__,
        "rules": [
            {
                "id": each.code,
                "name": each.name,
                "shortDescription": {"text": each.manual.strip().splitlines()[0]},
                "help": {"text": f"{each.clause}. gri-index rule {each.code} says more."},
                "defaultConfiguration": {"level": each.severity.value},
            }
            for each in known
        ],
    }
    position = {each.code: number for number, each in enumerate(known)}
    results = [_result(finding, position[finding.code], labels, source) for finding in findings]
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})


def _result(finding: Finding, index: int, labels: Labels, source: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": source}}}
    if finding.where:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.where}]
    hint = labels.say(finding.hint) if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{labels.say(finding.message)}. {hint}".strip()},
        "locations": [location],
    }
    if finding.disclosure:
        result["properties"] = {"disclosure": finding.disclosure}
    if finding.acknowledged:
        result["suppressions"] = [{"kind": "external", "justification": finding.acknowledged}]
    return result
