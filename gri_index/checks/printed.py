"""Rules that audit an index a report prints already: against the catalogue, and against the report itself."""

import re
from collections import Counter
from collections.abc import Iterator

from gri_index.catalogue.titles import TitleFinder, folded, same_title
from gri_index.checks import found, rule
from gri_index.checks.omissions import explanation_is_empty
from gri_index.model.findings import Context, Finding, Quote, Severity
from gri_index.model.keys import DisclosureKey
from gri_index.model.printed import PrintedIndex, PrintedRow
from gri_index.model.profile import Basis, OmissionReason
from gri_index.printed.omissions import says_left_out
from gri_index.printed.resolve import Locator, Target
from gri_index.printed.rows import STANDARD
from gri_index.statements import find_statements
from gri_index.tags.grammar import fold

_SENTENCE = re.compile(
    r"[.。!]$|^(?:no|none|nil|not|there (?:is|are|was|were)|we|all|yes|zero|0|the company|keine?|nein|ninguno|no hubo|nessun[oa]?|non |aucun[e]?|não|tidak)\b|^(?:无|無|没有|沒有|未|不|严格|均|已|我们|公司|本集团|本公司|当社)",
    re.IGNORECASE,
)
_WORDS = 9  # a title seldom has more
_LIKENESS = 82.0  # of 100: below, two wordings are no variants of one title


@rule("CI151", "printed-unknown-disclosure", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-vii", audits=True)
def rule_printed_unknown_disclosure(context: Context) -> Iterator[Finding]:
    """The printed index lists a number that no GRI Standard has.

    What it does: looks up each number of the index in the catalogue with all editions.

    Why it matters: the reader looks for a disclosure that does not exist.

    Example: 305-12.

    Instead: correct the number; `gri-index catalogue search` finds it by words.
    """
    for row in _rows(context):
        if row.reference.number and not context.catalogue.editions_of(row.reference.number):
            yield found(
                "CI151", number=row.reference.number, where=row.page, evidence=_quote(row), disclosure=row.reference.number
            )


@rule(
    "CI152", "printed-wrong-title", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii and 7-a-viii", audits=True
)
def rule_printed_wrong_title(context: Context) -> Iterator[Finding]:
    """A title in the index is not the catalogue's.

    What it does: compares titles of disclosures and Standards with those of the catalogue
    in all languages and known variants, tolerant of spelling, and shows the likely slip:
    the title of another disclosure, or a word that differs.

    Why it matters: disclosures and Standards are listed with their titles (7-a-vii,
    7-a-viii); a wrong one leaves open whether title or number is meant.

    Example: "306-3 Significant spills" under GRI 306: Waste 2020.

    Instead: use the title as the catalogue has it.
    """
    finder = TitleFinder(context.catalogue)
    for row in _rows(context):
        keys = _keys(row, context)
        if not keys or not row.title or row.reference.requirements or _known_title(row.title, keys, context):
            continue
        others = [key for key in finder.keys_of(row.title) if key.number != keys[0].number]
        number = keys[-1].number
        if others:
            yield found(
                "CI152-other",
                key=keys[-1],
                where=row.page,
                evidence=_quote(row),
                disclosure=number,
                title=row.title,
                other=others[0].number,
            )
        elif (best := _nearest(row.title, keys, context)) is not None:
            yield found(
                "CI152", key=keys[-1], where=row.page, evidence=_quote(row), disclosure=number, title=row.title, known=best
            )
    yield from _standards(context)


def _standards(context: Context) -> Iterator[Finding]:
    """Standards whose printed title is near to the catalogue's and not it."""
    for printed in dict.fromkeys(row.standard_title for row in _rows(context) if row.standard_title):
        match = STANDARD.search(fold(printed))
        title = (match["title"] or match["bare"] or "").strip(" :：–-(") if match else ""
        editions = context.catalogue.editions(f"GRI {match['number']}") if match else ()
        known = [text for each in editions for t in each.titles for text in (t.text, *t.variants)]
        if not title or not known or any(same_title(title, text) for text in known):
            continue
        if best := _alike(title, known):
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
    for row in _rows(context):
        number = row.reference.number or ""
        if number in ("", "3-3") or row.reference.requirements:
            continue
        topic = "" if number.startswith("2-") else row.topic
        key = (number, row.reference.edition or "", topic, "" if number.startswith("2-") else row.location)
        seen[key] += 1
        if (seen[key] == 2 and number.startswith("2-") and not _continues(row, context)) or (
            seen[key] == 2 and not number.startswith("2-") and row.location
        ):
            yield found("CI153", number=number, where=row.page, evidence=_quote(row), disclosure=number)


def _continues(row: PrintedRow, context: Context) -> bool:
    """True for a GRI 2 disclosure that is listed again under a material topic, as some indexes do."""
    same = [each for each in _rows(context) if each.reference.number == row.reference.number]
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
    printed = _printed(context)
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
        yield found("CI154", count=len(numbers), standards=", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else ""))


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
    printed, facts = _printed(context), context.profile.report
    day = facts.publication_date or printed.end or facts.period_end
    retired: dict[DisclosureKey, PrintedRow] = {}
    for row in printed.rows:
        keys = _keys(row, context)
        key = keys[-1] if len(keys) == 1 else None
        until = key and (context.catalogue.disclosure(key).valid_until or context.catalogue.standard_of(key).valid_until)
        if key and until and ((day and until < day) or until.isoformat() < "2023-01-01"):
            retired.setdefault(key, row)
    old = [key for key in retired if key.standard in ("GRI 102", "GRI 103") and key.edition == "2016"]
    if len(old) > _MANY_OLD:
        yield found("CI155-system", where=retired[old[0]].page, count=len(old))
    for key, row in retired.items():
        if len(old) > _MANY_OLD and key in old:
            continue
        successors = ", ".join(
            f"{each.key.number} ({each.key.edition})" for each in context.catalogue.disclosure(key).successors if each.key
        )
        id = "CI155" if successors else "CI155-withdrawn"
        yield found(
            id, key=key, where=row.page, evidence=_quote(row), disclosure=f"{key.number} ({key.edition})", successors=successors
        )


_MANY_OLD = 10


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
    for row in _rows(context):
        beside = [match for cell in row.cells[:1] if (match := STANDARD.search(fold(cell)))]
        number = row.reference.number or ""
        if (
            beside
            and number
            and beside[0]["number"] != number.split("-")[0]
            and (beside[0]["title"] or beside[0]["bare"] or "").strip()
        ):
            yield found(
                "CI156",
                number=number,
                where=row.page,
                evidence=_quote(row),
                disclosure=number,
                standard=f"GRI {beside[0]['number']}",
            )


@rule(
    "CI251",
    "printed-claim-contradicted",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii",
    audits=True,
)
def rule_printed_claim_contradicted(context: Context) -> Iterator[Finding]:
    """The text claims something else than the index.

    What it does: reads the claims of the whole report and compares them with the statement
    of use in the index.

    Why it matters: a report makes one claim.

    Example: "prepared according to the GRI Standards" on page 3, "with reference" in the
    index.

    Instead: word the claim the same everywhere.
    """
    printed = _printed(context)
    if printed.basis is None:
        return
    for block in context.report.blocks:
        for statement in find_statements(block.text):
            if statement.basis is not printed.basis and not statement.old:
                quotes = (Quote(statement.text[:300]), Quote(printed.statement[:300]))
                yield found("CI251", evidence=quotes, text=statement.text[:110], index=printed.statement[:110])
                return


@rule(
    "CI252",
    "printed-statement-incomplete",
    severity=Severity.WARNING,
    clause="GRI 1: Foundation 2021, Requirement 8; with reference, a-ii",
    audits=True,
)
def rule_printed_statement_incomplete(context: Context) -> Iterator[Finding]:
    """The index has no statement of use, or one without organization, start or end, or by the rules of 2016.

    What it does: reads the statement of use in and before the index.

    Why it matters: it is the claim; it names the organization and the reporting period.

    Example: "This report follows the GRI Standards."

    Instead: use the wording of GRI 1.
    """
    printed = _printed(context)
    if not printed.statement:
        yield found("CI252-none")
        return
    parts = (("organization", printed.organization), ("start", printed.start), ("end", printed.end))
    if missing := [name for name, value in parts if not value]:
        yield found("CI252", evidence=(Quote(printed.statement[:300]),), missing=", ".join(missing))
    if any(statement.old for statement in find_statements(printed.statement)):
        yield found("CI252-old", evidence=(Quote(printed.statement[:300]),))


@rule(
    "CI253",
    "printed-gri-1-not-named",
    severity=Severity.WARNING,
    clause="GRI 1: Foundation 2021, 7-a-iii; with reference, a-iii",
    audits=True,
)
def rule_printed_gri_1_not_named(context: Context) -> Iterator[Finding]:
    """The index does not name the GRI 1 used.

    What it does: looks for "GRI 1" with its title or year in and before the index.

    Why it matters: the index states the title of the GRI 1 used, under either claim.

    Example: an index that begins with GRI 2.

    Instead: add "GRI 1 used: GRI 1: Foundation 2021".
    """
    if not _printed(context).gri_1:
        yield found("CI253")


@rule(
    "CI254",
    "printed-missing-disclosure",
    severity=Severity.ERROR,
    clause="GRI 1: Foundation 2021, Requirements 2 and 4",
    audits=True,
)
def rule_printed_missing_disclosure(context: Context) -> Iterator[Finding]:
    """An index in accordance lacks a disclosure of GRI 2, 3-1, 3-2, or 3-3.

    What it does: looks for the numbers among the rows of an index that claims "in
    accordance". With reference, nothing is demanded.

    Why it matters: Requirements 2 and 4 ask for each of them.

    Example: 2-26 is not listed.

    Instead: list it with its place, or with a reason for omission where one is permitted.
    """
    printed = _printed(context)
    if printed.basis is not Basis.IN_ACCORDANCE or any((row.reference.number or "").startswith("102-") for row in printed.rows):
        return
    listed = {row.reference.number for row in printed.rows}
    general, material = (context.catalogue.standard(id, "2021").disclosures for id in ("GRI 2", "GRI 3"))
    for disclosure in (*general, *material):
        if disclosure.key.number not in listed:
            title = disclosure.title.in_(context.profile.report.language, "en")
            yield found("CI254", key=disclosure.key, disclosure=disclosure.key.number, title=title)


@rule("CI351", "printed-omission", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, Requirement 6", audits=True)
def rule_printed_omission(context: Context) -> Iterator[Finding]:
    """An omission in an index in accordance is not permitted, or its reason is none of the four, or not explained.

    What it does: reads omission columns, and cells that say nothing is reported.

    Why it matters: Requirement 6 permits four reasons, each with its explanation, and none
    for 2-1 to 2-5, 3-1 and 3-2.

    Example: "Not disclosed."

    Instead: give one of the four reasons with its explanation, or report the disclosure.
    """
    if _printed(context).basis is not Basis.IN_ACCORDANCE:
        return
    for row in _rows(context):
        number = row.reference.number or ""
        keys = _keys(row, context)
        if not keys:
            continue
        permitted = context.catalogue.disclosure(keys[-1]).omission_permitted
        if (row.omissions or row.omitted) and not permitted:
            yield found("CI351-not-permitted", key=keys[-1], where=row.page, evidence=_quote(row), disclosure=number)
        elif row.omitted and _unreasoned(row):
            yield found(
                "CI351-reason",
                key=keys[-1],
                where=row.page,
                evidence=_quote(row),
                disclosure=number,
                text=(row.location or "–")[:80],
            )
        elif any(isinstance(each.reason, OmissionReason) and explanation_is_empty(each.explanation) for each in row.omissions):
            yield found("CI351-explanation", key=keys[-1], where=row.page, evidence=_quote(row), disclosure=number)


@rule("CI451", "printed-unknown-page", severity=Severity.ERROR, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_unknown_page(context: Context) -> Iterator[Finding]:
    """The index names a page that the report does not have.

    What it does: compares pages with the report's printed labels. Rows that name another
    document are left alone, and indexes that are a document of their own.

    Why it matters: the reader finds nothing there.

    Example: page 212 in a report of 180 pages.

    Instead: correct the page.
    """
    numbers = [int(page.label) for page in context.report.pages if page.label and page.label.isdigit()]
    if len(numbers) < _MANY_OLD or not _has_body(context):
        return
    for row in _rows(context):
        beyond = [page for page in row.pages if int(page) > max(numbers)]
        if beyond and not re.search(r"[^\W\d_]{3,}", row.location):
            number = row.reference.name
            yield found(
                "CI451", number=number, where=row.page, evidence=_quote(row), disclosure=number, pages=", ".join(beyond[:6])
            )


@rule("CI452", "printed-no-place", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_no_place(context: Context) -> Iterator[Finding]:
    """A location names neither a page, a section of the report, a link nor a document.

    What it does: looks for the location's words among the report's section titles,
    tolerant of spelling.

    Why it matters: the index says where the information is; a title that is gone leads
    nowhere.

    Example: "Our people" after the chapter became "People".

    Instead: name section and page as they are.
    """
    if not _has_body(context):
        return
    locator = Locator(context.report)
    for row in _rows(context):
        if (
            not row.omitted
            and not row.omissions
            and row.location
            and locator.resolve(row).target is Target.TEXT
            and not _answers(row)
        ):
            number = row.reference.name
            yield found(
                "CI452",
                number=number,
                where=row.page,
                evidence=_quote(row),
                disclosure=number,
                text=" ".join(row.location.split())[:90],
            )


@rule("CI458", "printed-answer", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, Appendix 2", audits=True)
def rule_printed_answer(context: Context) -> Iterator[Finding]:
    """The index answers in place of a location.

    What it does: looks for sentences where a page or a section is expected. Said once with
    all numbers.

    Why it matters: the information belongs into the report, the index says where; it
    counts as reported all the same.

    Example: "We strictly obey the law." for 2-27.

    Instead: say it in the report, and name the place.
    """
    locator = Locator(context.report)
    rows = [
        row
        for row in _rows(context)
        if not row.omitted and row.location and _answers(row) and locator.resolve(row).target is Target.TEXT
    ]
    if rows:
        numbers = list(dict.fromkeys(row.reference.name for row in rows))
        shown = ", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else "")
        yield found(
            "CI458",
            number=numbers[0],
            evidence=_quote(rows[0]),
            count=len(numbers),
            numbers=shown,
            text=" ".join(rows[0].location.split())[:60],
        )


@rule("CI453", "printed-section-spelt-differently", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_section_spelt_differently(context: Context) -> Iterator[Finding]:
    """A section is named with another spelling than its title.

    What it does: compares the names in the locations with the titles: punctuation, small
    slips.

    Why it matters: a search for the printed name finds nothing.

    Example: a comma in the index where the title has a blank.

    Instead: use the title as it is.
    """
    if not _has_body(context):
        return
    locator = Locator(context.report)
    for row in _rows(context):
        resolved = locator.resolve(row) if row.location else None
        if resolved and resolved.target is Target.SPELT and not row.pages and not _answers(row):
            titles = ", ".join(section.title for section in resolved.sections)
            number = row.reference.name
            yield found(
                "CI453",
                number=number,
                where=row.page,
                disclosure=number,
                text=" ".join(row.location.split())[:60],
                title=titles[:80],
            )


@rule("CI454", "printed-document-without-place", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_document_without_place(context: Context) -> Iterator[Finding]:
    """A location is another document, without page, section or link.

    What it does: looks for annual reports, websites and the like without a page or a link.

    Why it matters: information elsewhere has to be as easy to find as in the report.

    Example: "See our annual report."

    Instead: add the page, or a link straight to the spot.
    """
    locator = Locator(context.report)
    for row in _rows(context):
        if not row.omitted and row.location and locator.resolve(row).target is Target.OUTSIDE:
            number = row.reference.name
            yield found(
                "CI454",
                number=number,
                where=row.page,
                evidence=_quote(row),
                disclosure=number,
                text=" ".join(row.location.split())[:80],
            )


@rule("CI455", "printed-without-location", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_printed_without_location(context: Context) -> Iterator[Finding]:
    """A row of the index is empty: neither place nor omission.

    What it does: looks for rows without any text, or with a stroke, in place of a
    location. With reference such rows are better left out.

    Why it matters: the reader cannot tell whether it is reported.

    Example: "2-4 Restatements of information  /".

    Instead: name the place, give a reason for omission, or drop the row.
    """
    empty = [row for row in _rows(context) if not row.omissions and not row.extras and not re.search(r"\w", row.location)]
    numbers = list(dict.fromkeys(row.reference.name for row in empty))
    if numbers:
        yield found("CI455", count=len(numbers), numbers=", ".join(numbers[:12]) + ("…" if len(numbers) > 12 else ""))


@rule("CI456", "tagged-not-indexed", severity=Severity.WARNING, clause="GRI 1: Foundation 2021, 7-a-vii", audits=True)
def rule_tagged_not_indexed(context: Context) -> Iterator[Finding]:
    """A disclosure is tagged in the text and not listed in the index.

    What it does: compares the tags of the report with the rows of the index.

    Why it matters: the index lists all disclosures reported.

    Example: [GRI 205-2] on page 80, no row 205-2.

    Instead: add the row, or remove the tag.
    """
    listed = {row.reference.number for row in _rows(context)}
    titles = {section.id: section.title for section in context.report.sections}
    missing: dict[str, str] = {}
    for tag, resolution in zip(context.report.tags, context.index.resolved, strict=True):
        if resolution and resolution.key and resolution.key.number not in listed:
            missing.setdefault(resolution.key.number, titles[tag.section])
    for number, section in missing.items():
        yield found("CI456", number=number, where=section, disclosure=number, section=section)


@rule("CI457", "indexed-not-tagged", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-xi", audits=True)
def rule_indexed_not_tagged(context: Context) -> Iterator[Finding]:
    """The index lists a disclosure, and no place of a tagged report bears its tag.

    What it does: compares, where most rows of the index are tagged in the text. Said once
    with all numbers.

    Why it matters: the place may have been lost when the text was edited.

    Example: row 305-4, no tag 305-4.

    Instead: look whether the place still reports it.
    """
    tagged = {resolution.key.number for resolution in context.index.resolved if resolution and resolution.key}
    rows = [row for row in _rows(context) if row.reference.number and not row.omitted]
    without = list(dict.fromkeys(row.reference.number or "" for row in rows if row.reference.number not in tagged))
    if rows and without and len(without) <= 0.4 * len({row.reference.number for row in rows}):
        yield found("CI457", count=len(without), numbers=", ".join(without[:12]) + ("…" if len(without) > 12 else ""))


def _answers(row: PrintedRow) -> bool:
    """True for a location that reads as a sentence."""
    text = " ".join(row.location.split())
    return _SENTENCE.search(text) is not None or len(re.findall(r"[^\W\d_]{2,}", text)) >= _WORDS


def _unreasoned(row: PrintedRow) -> bool:
    """True where nothing that the row says is one of the four reasons; an answer in the column of explanations is none."""
    told = " ".join((row.location, *(each.explanation for each in row.omissions)))
    reasons = any(isinstance(each.reason, OmissionReason) for each in row.omissions)
    return not reasons and (says_left_out(told) or not re.search(r"\w", told))


def _printed(context: Context) -> PrintedIndex:
    assert context.printed is not None
    return context.printed


def _rows(context: Context) -> tuple[PrintedRow, ...]:
    return _printed(context).rows


def _has_body(context: Context) -> bool:
    """True for a report; a document that is nothing but the index has no sections to compare with."""
    out = sum(each.last - each.first + 1 for each in context.report.excluded)
    return len(context.report.blocks) > 2 * out + 20


def _quote(row: PrintedRow) -> tuple[Quote, ...]:
    return (Quote(" | ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:200], row.page),)


def _keys(row: PrintedRow, context: Context) -> tuple[DisclosureKey, ...]:
    """The disclosures that a row may mean: the edition printed, else that of its title, else all."""
    keys = context.catalogue.editions_of(row.reference.number or "")
    stated = tuple(key for key in keys if key.edition == row.reference.edition)
    titled = tuple(key for key in keys if _known_title(row.title, (key,), context))
    return stated or (titled if len(titled) == 1 else keys)


def _known_title(title: str, keys: tuple[DisclosureKey, ...], context: Context) -> bool:
    """True for a title of these disclosures, abridged or with an addition ("… (2021)", "… in FY23")."""
    whole, bare = folded(title), folded(re.sub(r"[\[(（].*$|20\d\d.*$", "", title))
    for key in keys:
        for known in context.catalogue.disclosure(key).titles:
            for text in (known.text, *known.variants):
                wanted = folded(text)
                if wanted in (whole, bare) or (
                    len(bare) > 8 and (wanted.startswith(bare) or bare.startswith(wanted) or wanted in bare)
                ):
                    return True
    return False


def _nearest(title: str, keys: tuple[DisclosureKey, ...], context: Context) -> str | None:
    known = [text for key in keys for each in context.catalogue.disclosure(key).titles for text in (each.text, *each.variants)]
    return _alike(title, known)


def _alike(title: str, known: list[str]) -> str | None:
    """The known wording that a title is a slip of; None where it is another wording altogether."""
    from rapidfuzz import fuzz

    scored = [(fuzz.ratio(folded(title), folded(text)), text) for text in known]
    score, best = max(scored, default=(0.0, ""))
    return best if score >= _LIKENESS else None
