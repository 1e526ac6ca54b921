"""Rules and their registry. A rule is a generator over a Context, with its clause and its manual.

To add a rule, write a function ``rule_*`` with ``@rule`` in the module of its hundred
and import that module in ``_MODULES``. Codes are never reused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from gri_index.model.findings import Context, Finding, Severity

Check = Callable[[Context], Iterator[Finding]]
_MODULES = ("gri_index.checks.completeness",)


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule."""

    code: str  # "CI201"
    name: str  # reads "allow NAME"
    severity: Severity
    clause: str  # of the Standard
    check: Check

    @property
    def manual(self) -> str:
        """What it does, why it matters, an example, what to do instead."""
        return self.check.__doc__ or ""


_RULES: dict[str, Rule] = {}


def rule(code: str, name: str, *, severity: Severity, clause: str) -> Callable[[Check], Check]:
    """Registers a rule. Raises ValueError where its code is taken."""

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"{code} is taken by {_RULES[code].name}")
        _RULES[code] = Rule(code, name, severity, clause, check)
        return check

    return register


def rules() -> tuple[Rule, ...]:
    """All rules by code."""
    for module in _MODULES:
        import_module(module)
    return tuple(_RULES[code] for code in sorted(_RULES))


def check(context: Context) -> tuple[Finding, ...]:
    """All findings, worst first, then by code and disclosure; those the profile acknowledges say so."""
    findings = [_acknowledged(finding, each, context) for each in rules() for finding in each.check(context)]
    findings.sort(key=lambda f: (f.severity.rank, f.code, f.key.order if f.key else (0, 0, ""), f.where))
    return tuple(findings)


def _acknowledged(finding: Finding, found_by: Rule, context: Context) -> Finding:
    """The finding with who accepted it and why; it stays a finding."""
    number = finding.key.number if finding.key else ""
    for stated in context.profile.acknowledged:
        if stated.rule in (found_by.code, found_by.name) and stated.disclosure.removeprefix("GRI ") in ("", number):
            return replace(finding, acknowledged=f"{stated.by}: {stated.reason}" if stated.by else stated.reason)
    return finding
