"""What the rules that audit a printed index share: its rows, and what they may mean."""

import re
from typing import Any

from gri_index.catalogue.titles import folded
from gri_index.checks import found
from gri_index.language.lexicon import any_of, matcher
from gri_index.model.findings import Context, Finding, Quote
from gri_index.model.keys import DisclosureKey
from gri_index.model.printed import PrintedIndex, PrintedRow
from gri_index.model.report import Report

_WORDS = 9  # a title seldom has more


def printed_index(context: Context) -> PrintedIndex:
    """The index that is audited."""
    assert context.printed is not None
    return context.printed


def rows_of(context: Context) -> tuple[PrintedRow, ...]:
    """Its rows."""
    return printed_index(context).rows


def has_body(context: Context) -> bool:
    """True for a report; a document that is little but the index has no sections to compare with."""
    return holds_more_than_index(context.report)


def holds_more_than_index(report: Report) -> bool:
    """True where more text stands outside the index and other tables than in them."""
    out = {number for each in report.excluded for number in range(each.first, each.last + 1)}
    inside = sum(len(block.text) for block in report.blocks if block.id in out)
    return sum(len(block.text) for block in report.blocks if block.id not in out) > inside


def quote(row: PrintedRow) -> tuple[Quote, ...]:
    """The row as printed."""
    return (Quote(" | ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:200], row.page),)


def found_at(row: PrintedRow, id: str, *, key: DisclosureKey | None = None, disclosure: str = "", **args: Any) -> Finding:
    """A finding about a row, at its page, with the row as evidence; ``key`` where its disclosure is certain.

    ``disclosure``: as the message names it, where that is not the number alone.
    """
    number = row.reference.name or row.reference.raw
    named = disclosure or (key.number if key else number)
    return found(
        id,
        key=key,
        number="" if key else row.reference.name,
        where=row.page,
        evidence=quote(row),
        hint="",
        disclosure=named,
        **args,
    )


def location_text(row: PrintedRow, longest: int) -> str:
    """The location on one line, for a message."""
    return " ".join(row.location.split())[:longest]


def keys_of(row: PrintedRow, context: Context) -> tuple[DisclosureKey, ...]:
    """The disclosures that a row may mean: the edition printed, else that of its title, else all."""
    keys = context.catalogue.editions_of(row.reference.number or "")
    stated = tuple(key for key in keys if key.edition == row.reference.edition)
    titled = tuple(key for key in keys if known_title(row.title, (key,), context))
    return stated or (titled if len(titled) == 1 else keys)


def known_title(title: str, keys: tuple[DisclosureKey, ...], context: Context) -> bool:
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


def leads(row: PrintedRow) -> bool:
    """True for a location that opens with a word such as see."""
    return re.match(rf"\W*{any_of('see')}(?!\w)", row.location, re.IGNORECASE) is not None


def answers(row: PrintedRow) -> bool:
    """True for a location that reads as a sentence, and does not lead elsewhere: "See …", "Group / About us"."""
    text = " ".join(row.location.split())
    if matcher("right-here").search(text):  # "See the table below"
        return True
    if leads(row) or re.search(r"\w\s[/>›]\s\w", text):
        return False
    return (
        text.endswith((".", "。", "!"))
        or re.match(any_of("answer-opening"), text) is not None
        or len(re.findall(r"[^\W\d_]{2,}", text)) >= _WORDS
    )
