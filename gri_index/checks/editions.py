"""Rules CI6xx: dates and editions."""

from collections.abc import Iterator

from gri_index.checks import found, rule
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import IndexRow, Status
from gri_index.model.keys import DisclosureKey

_SYSTEM = "2023-01-01"  # from that day the Universal Standards 2021 are in force


@rule(
    "CI601",
    "expired-disclosure",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 7; effective dates of the Standards",
)
def rule_expired_disclosure(context: Context) -> Iterator[Finding]:
    """A disclosure is no longer in force when the report is published.

    What it does: compares each edition with publication_date, and names the successor.
    Without a publication date only what the Standards of 2021 replaced is named.

    Why it matters: the Standards say from when a new edition replaces the old one; GRI
    101 replaces 304 from 2026-01-01, 102 and 103 replace parts of 201, 305 and 302 from
    2027-01-01.

    Example: 304-1 in a report published in March 2026.

    Instead: report the successor: 101-5.
    """
    for row in _reported(context):
        key = row.key
        assert key is not None
        disclosure = context.catalogue.disclosure(key)
        until = disclosure.valid_until or context.catalogue.standard_of(key).valid_until
        if until is None:
            continue
        day = context.profile.report.publication_date
        gone = day > until if day else until.isoformat() < _SYSTEM
        if gone:
            successors = ", ".join(f"{each.key.number} ({each.key.edition})" for each in disclosure.successors if each.key)
            id = "CI601" if successors else "CI601-withdrawn"
            yield found(id, key=key, disclosure=_with_year(key), until=until.isoformat(), successors=successors)


@rule("CI602", "early-adoption", severity=Severity.NOTE, clause="effective dates of the Standards")
def rule_early_adoption(context: Context) -> Iterator[Finding]:
    """A Standard is used before it is in force.

    What it does: names Standards that take effect after publication_date.

    Why it matters: early adoption is welcome; readers will look for the Standard in force
    until then, and a Sector Standard may still refer to it.

    Example: 102-5 in a report published in 2026.

    Instead: nothing, if it is meant.
    """
    day = context.profile.report.publication_date
    standards: dict[str, IndexRow] = {}
    for row in _reported(context):
        if day and row.key and context.catalogue.standard_of(row.key).effective > day:
            standards.setdefault(f"{row.key.standard} {row.key.edition}", row)
    for name, row in standards.items():
        assert row.key is not None
        yield found("CI602", key=row.key, standard=name, effective=context.catalogue.standard_of(row.key).effective.isoformat())


@rule("CI603", "mixed-editions", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-viii")
def rule_mixed_editions(context: Context) -> Iterator[Finding]:
    """Two editions of one Standard are used side by side.

    What it does: looks for Standards of which rows of two editions are reported. GRI 306
    Effluents and Waste 2016 stays in force for 306-3 beside Waste 2020, so these two are
    left alone.

    Why it matters: 303-3 of 2016 and of 2018 ask for different things.

    Example: "GRI 303-1 (2016)" and "303-3 (2018)".

    Instead: use one edition.
    """
    editions: dict[str, dict[str, DisclosureKey]] = {}
    for row in _reported(context):
        if row.key and not _still_in_force(row.key, context):
            editions.setdefault(row.key.standard, {}).setdefault(row.key.edition, row.key)
    for standard, keys in editions.items():
        if len(keys) > 1:
            yield found("CI603", key=max(keys.values()), standard=standard, editions=", ".join(sorted(keys)))


@rule("CI604", "no-publication-date", severity=Severity.NOTE, clause="effective dates of the Standards")
def rule_no_publication_date(context: Context) -> Iterator[Finding]:
    """The profile states no publication date, so editions cannot be checked.

    What it does: looks for publication_date, where the report uses a Standard that
    another replaces.

    Why it matters: the date of publication decides which edition is in force; today's
    date never does.

    Example: GRI 304 in a profile without publication_date.

    Instead: state publication_date in [report].
    """
    if context.profile.report.publication_date or not context.profile.stated:
        return
    for row in _reported(context):
        until = row.key and (
            context.catalogue.disclosure(row.key).valid_until or context.catalogue.standard_of(row.key).valid_until
        )
        if until and until.isoformat() >= _SYSTEM:
            yield found("CI604", file=context.profile.file)
            return


@rule("CI605", "successor-beside", severity=Severity.NOTE, clause="effective dates of the Standards")
def rule_successor_beside(context: Context) -> Iterator[Finding]:
    """A Standard and the one that replaces it are used side by side.

    What it does: looks for disclosures of 302, 305 or 201 beside those of 102 and 103
    (2025) that replace them.

    Why it matters: until 2027 either set may be used; used together, the same matter is
    reported by two definitions.

    Example: 305-1 (2016) and 102-5 (2025).

    Instead: use one set, or say why both.
    """
    rows = {row.key: row for row in _reported(context) if row.key}
    pairs: dict[tuple[str, str], DisclosureKey] = {}
    for key in rows:
        for successor in context.catalogue.disclosure(key).successors:
            if successor.key in rows and successor.key.standard != key.standard:
                names = tuple(f"{each.standard} ({each.edition})" for each in (key, successor.key))
                pairs.setdefault((names[0], names[1]), key)
    for (old, new), key in pairs.items():
        yield found("CI605", key=key, old=old, new=new)


def _reported(context: Context) -> Iterator[IndexRow]:
    yield from (row for row in context.index.rows if row.key and row.status not in (Status.MISSING, Status.PLANNED))


def _still_in_force(key: DisclosureKey, context: Context) -> bool:
    """306-3 of 2016 (spills) has no successor in 306 of 2020 and stays in force beside it."""
    day = context.profile.report.publication_date
    return key.standard == "GRI 306" and key.edition == "2016" and (day is None or context.catalogue.valid_on(key, day))


def _with_year(key: DisclosureKey) -> str:
    return f"{key.number} ({key.edition})"
