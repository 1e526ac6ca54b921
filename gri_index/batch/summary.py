"""What many reports say together: each disclosure with the share that reports it, in all and by language, sector and year."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gri_index.model.batch import REPORTED, Done, Facts, Failure, Group, Job, Result, Share, Summary

GROUPS = ("language", "sector", "year")


def summarize(results: Iterable[Result], job: Job) -> Summary:
    """The summary of results, in the order of their names."""
    several = sorted(results, key=lambda each: each.name)
    facts = tuple(each.facts for each in several if isinstance(each, Done))
    groups = tuple(
        Group(kind, name, shares(members)) for kind in GROUPS for name, members in sorted(_grouped(facts, kind).items())
    )
    failures = tuple(each for each in several if isinstance(each, Failure))
    return Summary(job, facts, failures, shares(facts), groups)


def _grouped(facts: Sequence[Facts], kind: str) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = {}
    for each in facts:
        names = (each.sectors or ("",)) if kind == "sector" else (each.language if kind == "language" else each.year,)
        for name in names:
            found.setdefault(name, []).append(each)
    return found


def shares(facts: Sequence[Facts]) -> tuple[Share, ...]:
    """Each disclosure that any of the reports has."""
    reported: Counter[str] = Counter()
    omitted: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for each in facts:
        states: dict[str, set[str]] = {}
        for row in each.rows:
            states.setdefault(row.number, set()).add(row.status)
            reasons.setdefault(row.number, Counter()).update(row.reasons)
        reported.update(number for number, said in states.items() if said & set(REPORTED))
        omitted.update(number for number, said in states.items() if "omitted" in said and not said & set(REPORTED))
    return tuple(
        Share(number, len(facts), reported[number], omitted[number], tuple(reasons[number].most_common()))
        for number in sorted(reasons, key=_order)
    )


def _order(number: str) -> tuple[int, int, str]:
    standard, _, at = number.partition("-")
    return (int(standard), int(at), "") if standard.isdecimal() and at.isdecimal() else (10**6, 0, number)
