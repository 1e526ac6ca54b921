"""Rules that audit the rows of a printed index: numbers, titles, Standards, editions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gri_index.catalogue.titles import TitleFinder, abridges, folded, same_title
from gri_index.checks import first_of, found, rule
from gri_index.checks.printed import found_at, keys_of, known_title, printed_index, rows_of
from gri_index.extraction.tokens import token
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.keys import DisclosureKey
from gri_index.model.printed import PrintedRow
from gri_index.model.standards import Title

_LIKENESS = 82.0  # of 100: below, two wordings are no variants of one title
_MANY_OLD = 10  # disclosures
_PER_TOPIC = ("", "3-3", "103-1", "103-2", "103-3")  # the management of each topic; "": indicators without a number


@rule("CI151", "printed-unknown-disclosure", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-vii", audits=True)
def rule_printed_unknown_disclosure(context: Context) -> Iterator[Finding]:
    """The printed index lists a number that no GRI Standard has.

    What it does: looks up each number of the index in the catalogue with all editions.

    Why it matters: the reader looks for a disclosure that does not exist.

    Example: 305-12.

    Instead: correct the number; `gri-index catalogue search` finds it by words.
    """
    for row in rows_of(context):
        if row.reference.number and not context.catalogue.editions_of(row.reference.number):
            yield found_at(row, "CI151")


@rule(
    "CI152", "printed-wrong-title", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii and 7-a-viii", audits=True
)
def rule_printed_wrong_title(context: Context) -> Iterator[Finding]:
    """A title in the index is not the catalogue's.

    What it does: compares titles of disclosures and Standards with those of the catalogue
    in all languages and known variants, tolerant of spelling and of titles that were
    shortened, and shows the likely slip: the title of another disclosure, or a word that
    differs.

    Why it matters: disclosures and Standards are listed with their titles (7-a-vii,
    7-a-viii); a wrong one leaves open whether title or number is meant.

    Example: "306-3 Significant spills" under GRI 306: Waste 2020.

    Instead: use the title as the catalogue has it.
    """
    finder, languages = TitleFinder(context.catalogue), _languages(context)
    for row in rows_of(context):
        keys = keys_of(row, context)
        titles = [title for key in keys for title in context.catalogue.disclosure(key).titles]
        if not keys or not row.title or row.reference.requirements or known_title(row.title, keys, context):
            continue
        titled = finder.keys_of(row.title)
        others = [key for key in titled if key.number != keys[0].number]
        if any(key.number == keys[0].number for key in titled):  # of another edition
            known = context.catalogue.disclosure(keys[-1]).title.in_(*sorted(languages), "en")
            yield found_at(row, "CI152", key=keys[-1], title=row.title, known=known)
        elif others:
            yield found_at(row, "CI152-other", key=keys[-1], title=row.title, other=others[0].number)
        elif best := _alike(row.title, titles, languages):
            yield found_at(row, "CI152", key=keys[-1], title=row.title, known=best)
    yield from _standards(context, languages)


def _standards(context: Context, languages: set[str]) -> Iterator[Finding]:
    """Standards whose printed title is near to the catalogue's and not it."""
    for printed in dict.fromkeys(row.standard_title for row in rows_of(context) if row.standard_title):
        match = token(printed).standard
        title = (match["title"] or match["bare"] or "").strip(" :：–-(") if match else ""
        editions = context.catalogue.editions(f"GRI {match['number']}") if match else ()
        titles = [each for edition in editions for each in edition.titles]
        if not title or any(folded(text).startswith(folded(title)) for each in titles for text in (each.text, *each.variants)):
            continue
        if best := _alike(title, titles, languages):
            yield found("CI152-standard", where=printed, standard=editions[-1].id, title=title, known=best)


@rule("CI153", "printed-duplicate", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii", audits=True)
def rule_printed_duplicate(context: Context) -> Iterator[Finding]:
    """A disclosure stands in the index twice with the same place.

    What it does: looks for rows of one number, edition and topic with the same location.
    3-3 stands there once per topic, and disclosures may stand under several topics.

    Why it matters: one of the two is mostly a slip for a neighbour: 2-28 twice, 2-29
    nowhere.

    Example: two rows 2-28.

    Instead: correct the number of one, or drop it.
    """
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows_of(context):
        number = row.reference.number or ""
        if number in _PER_TOPIC or row.reference.requirements:
            continue
        topic = "" if number.startswith("2-") else row.topic
        key = (number, row.reference.edition or "", topic, "" if number.startswith("2-") else row.location)
        seen[key] += 1
        if (seen[key] == 2 and number.startswith("2-") and not _continues(row, context)) or (
            seen[key] == 2 and not number.startswith("2-") and row.location
        ):
            yield found_at(row, "CI153")


def _continues(row: PrintedRow, context: Context) -> bool:
    """True for a GRI 2 disclosure that is listed again under a material topic, as some indexes do."""
    same = [each for each in rows_of(context) if each.reference.number == row.reference.number]
    return len({each.topic or each.standard_title for each in same}) > 1 or not all(
        same_title(each.title, row.title) for each in same
    )


@rule("CI154", "printed-standard-without-year", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-viii", audits=True)
def rule_printed_standard_without_year(context: Context) -> Iterator[Finding]:
    """Standards are named without their year.

    What it does: looks for Standards in the index that bear no year, and says it once with
    all of them.

    Why it matters: 25 numbers exist in two editions; the title of a Standard includes its
    year.

    Example: "GRI 306: Waste".

    Instead: "GRI 306: Waste 2020".
    """
    printed = printed_index(context)
    titles = dict.fromkeys(row.standard_title for row in printed.rows if row.standard_title)
    numbers = list(
        dict.fromkeys(" ".join(title.split(":")[0].split()) for title in titles if not re.search(r"20[012]\d$", title))
    )
    # A title broken over lines or cells has its year behind the break.
    numbers = [
        n
        for n in numbers
        if not re.search(rf"{n.replace(' ', ' ?')}\b(?:(?!GRI ?\d).){{0,140}}?20[12]\d(?!\d|-\d)", printed.text)
    ]
    if numbers:
        listed = [row.reference.name for row in printed.rows if row.standard_title.split(":")[0] in numbers]
        yield found("CI154", about=listed, count=len(numbers), standards=first_of(numbers))


@rule(
    "CI155",
    "printed-retired-disclosure",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 7; effective dates of the Standards",
    audits=True,
)
def rule_printed_retired_disclosure(context: Context) -> Iterator[Finding]:
    """The index lists a disclosure that was not in force any more.

    What it does: compares each row with the publication date, else with the end of the
    reporting period, and names the successor. An index that numbers by the 2016 Standards
    throughout is said to do so once.

    Why it matters: since 2023 the Universal Standards of 2021 hold; 102-x and 103-x of
    2016 are gone.

    Example: 102-8 in a report of 2023.

    Instead: report the successor: 2-7.
    """
    printed, facts = printed_index(context), context.profile.report
    day = facts.publication_date or printed.end or facts.period_end
    retired: dict[DisclosureKey, PrintedRow] = {}
    for row in printed.rows:
        keys = keys_of(row, context)
        key = keys[-1] if len(keys) == 1 else None
        until = key and (context.catalogue.disclosure(key).valid_until or context.catalogue.standard_of(key).valid_until)
        if key and until and ((day and until < day) or until.isoformat() < "2023-01-01"):
            retired.setdefault(key, row)
    old = [key for key in retired if key.standard in ("GRI 102", "GRI 103") and key.edition == "2016"]
    if len(old) > _MANY_OLD:
        yield found("CI155-system", about=[key.number for key in old], where=retired[old[0]].page, count=len(old))
    for key, row in retired.items():
        if len(old) > _MANY_OLD and key in old:
            continue
        successors = ", ".join(
            f"{each.key.number} ({each.key.edition})" for each in context.catalogue.disclosure(key).successors if each.key
        )
        id = "CI155" if successors else "CI155-withdrawn"
        yield found_at(row, id, key=key, disclosure=f"{key.number} ({key.edition})", successors=successors)


@rule(
    "CI156", "printed-under-another-standard", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-viii", audits=True
)
def rule_printed_under_another_standard(context: Context) -> Iterator[Finding]:
    """A disclosure stands beside the title of another Standard.

    What it does: compares the number with the Standard in the same line.

    Why it matters: number or Standard is a slip.

    Example: 305-1 beside "GRI 302: Energy 2016".

    Instead: correct the one that is wrong.
    """
    for row in rows_of(context):
        beside = [match for cell in row.cells[:1] if (match := token(cell).standard)]
        number = row.reference.number or ""
        if (
            beside
            and number
            and beside[0]["number"] != number.split("-")[0]
            and (beside[0]["title"] or beside[0]["bare"] or "").strip()
        ):
            yield found_at(row, "CI156", standard=f"GRI {beside[0]['number']}")


def _languages(context: Context) -> set[str]:
    """The languages in which the index prints titles as the catalogue has them."""
    return {
        title.language
        for row in rows_of(context)
        for key in keys_of(row, context)
        for title in context.catalogue.disclosure(key).titles
        if folded(title.text) == folded(row.title)
    }


def _alike(printed: str, titles: Sequence[Title], languages: set[str]) -> str | None:
    """The wording that a printed title is a slip of; None where it is abridged, or another wording altogether.

    Only titles in the index's ``languages`` count, if any are known, and of these the ones that are sure.
    """
    from rapidfuzz import fuzz

    known = [
        text
        for title in titles
        if (title.state == "official" or title.confidence == "high") and title.language in (languages or {title.language})
        for text in (title.text, *title.variants)
    ]
    if any(abridges(printed, text) for text in known):
        return None
    score, best = max(((fuzz.ratio(folded(printed), folded(text)), text) for text in known), default=(0.0, ""))
    return best if score >= _LIKENESS else None
