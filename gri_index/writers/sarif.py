"""Findings as SARIF 2.1.0, for code scanning and continuous integration.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gri_index import __version__
from gri_index.checks import Rule, rules
from gri_index.language.labels import Labels
from gri_index.model.findings import Finding
from gri_index.writers.json import dump

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(findings: Sequence[Finding], labels: Labels, files: Sequence[Path]) -> bytes:
    """One run with all rules. Acknowledged findings are suppressed (3.27.23).

    ``files``: those that findings may be about, the report first; a finding about a file that
    is not among them is shown at the report.
    """
    uris = {path.name: _uri(path) for path in reversed(files)}
    known = rules()
    driver = {
        "name": "gri-index",
        "version": __version__,
        "rules": [
            {
                "id": each.code,
                "name": each.name,
                "shortDescription": {"text": each.manual.strip().splitlines()[0]},
                "fullDescription": {"text": " ".join(each.manual.strip().split("\n\n")[0].split())},
                "help": {"text": f"{each.manual.strip()}\n\nSource: {each.clause}.", "markdown": _markdown(each)},
                "defaultConfiguration": {"level": each.severity.value},
            }
            for each in known
        ],
    }
    position = {each.code: number for number, each in enumerate(known)}
    results = [
        _result(finding, position[finding.code], labels, uris.get(finding.in_file) or _uri(files[0])) for finding in findings
    ]
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})


def _uri(path: Path) -> str:
    """Relative to the working directory, with forward slashes and percent-encoded (3.4.3; RFC 3986, 4.2)."""
    try:
        return quote(Path(os.path.relpath(path)).as_posix(), safe="/")
    except ValueError:  # on another drive
        return path.resolve().as_uri()


def _markdown(rule: Rule) -> str:
    """The rule's manual with its labels in bold."""
    return re.sub(r"^(What it does|Why it matters|Example|Instead):", r"**\1:**", rule.manual.strip(), flags=re.MULTILINE)


def _fingerprint(finding: Finding) -> str:
    """Names a finding by what it is about, so that it is the same one after lines have moved (3.27.17)."""
    parts = (
        finding.code,
        finding.disclosure,
        finding.in_file,
        finding.where,
        finding.message.id,
        *map(str, finding.message.args),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _result(finding: Finding, index: int, labels: Labels, uri: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if finding.where:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.where}]
    hint = labels.say(finding.hint) if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{labels.say(finding.message)}. {hint}".strip()},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    if finding.disclosure:
        result["properties"] = {"disclosure": finding.disclosure}
    if finding.acknowledged:
        result["suppressions"] = [{"kind": "external", "justification": finding.acknowledged}]
    return result
