"""Rules and their registry. A rule is a generator over a Context, with its clause and its manual.

To add a rule, write a function ``rule_*`` with ``@rule`` in the module of its hundred
and import that module in ``_MODULES``; its samples stand in ``samples/CODE.toml``. Codes are never reused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from gri_index.model.findings import Context, Finding, Quote, Severity
from gri_index.model.keys import DisclosureKey
from gri_index.model.text import message

Check = Callable[[Context], Iterator[Finding]]
_MODULES = tuple(
    f"gri_index.checks.{name}"
    for name in ("tags", "numbers", "completeness", "claim", "omissions", "locations", "editions", "titles", "substance")
)
_AUDITS = tuple(
    f"gri_index.checks.{name}" for name in ("printed_rows", "printed_claim", "printed_contents", "printed_places", "substance")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule."""

    code: str  # "CI201"
    name: str  # reads "allow NAME"
    severity: Severity
    clause: str  # of the Standard
    check: Check
    audits: bool = False  # looks at a printed index

    @property
    def manual(self) -> str:
        """What it does, why it matters, an example, what to do instead."""
        return self.check.__doc__ or ""


_RULES: dict[str, Rule] = {}


def rule(code: str, name: str, *, severity: Severity, clause: str, audits: bool = False) -> Callable[[Check], Check]:
    """Registers a rule. Raises ValueError where its code is taken."""

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"{code} is taken by {_RULES[code].name}")
        _RULES[code] = Rule(code, name, severity, clause, check, audits)
        return check

    return register


def rules() -> tuple[Rule, ...]:
    """All rules by code."""
    return tuple(sorted({each.code: each for each in (*_of(_MODULES), *_of(_AUDITS))}.values(), key=lambda each: each.code))


def _of(modules: tuple[str, ...]) -> list[Rule]:
    """The rules of some modules, which are imported on first use."""
    for module in modules:
        import_module(module)
    return [_RULES[code] for code in sorted(_RULES) if _RULES[code].check.__module__ in modules]


def found(
    id: str,
    *,
    key: DisclosureKey | None = None,
    number: str = "",
    about: Iterable[str] = (),
    where: str = "",
    file: str = "",
    evidence: tuple[Quote, ...] = (),
    hint: str = "",
    lighter: Severity | None = None,
    **args: object,
) -> Finding:
    """A finding with the message ``id`` ("CI101", or "CI201-topic"); ``check`` adds code, name and weight.

    ``about``: all disclosures, where it speaks of several. ``file``: what it is about, where
    that is not the report. ``hint``: id of the hint where it is not that of the code.
    ``lighter``: its weight, where that is not the rule's.
    """
    return Finding(
        key=key,
        number=number,
        numbers=tuple(dict.fromkeys(about)),
        where=where or file,
        file=file,
        evidence=evidence,
        lighter=lighter,
        message=message(id, **args),
        hint=message(hint or f"{id[:5]}-hint", **args),
    )


def first_of(numbers: Sequence[str], most: int = 12) -> str:
    """The numbers in a message, cut where they are many; the finding itself lists them all."""
    return ", ".join(numbers[:most]) + ("\u2026" if len(numbers) > most else "")


def check(context: Context) -> tuple[Finding, ...]:
    """All findings, worst first, then by code and disclosure; those the profile acknowledges say so."""
    findings = [
        _acknowledged(replace(finding, code=each.code, name=each.name, severity=finding.lighter or each.severity), context)
        for each in _of(_AUDITS if context.printed else _MODULES)
        for finding in each.check(context)
    ]
    findings.sort(key=lambda f: (f.severity.rank, f.code, f.key.order if f.key else (0, 0, ""), f.where))
    return tuple(findings)


def _acknowledged(finding: Finding, context: Context) -> Finding:
    """The finding with who accepted it and why; it stays a finding."""
    for stated in context.profile.acknowledged:
        number = stated.disclosure.removeprefix("GRI ").strip()
        if stated.rule in (finding.code, finding.name) and number in ("", finding.disclosure):
            return replace(finding, acknowledged=f"{stated.by}: {stated.reason}" if stated.by else stated.reason)
    return finding
