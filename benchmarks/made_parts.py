"""Invented reports with an index, other frameworks' tables and tagged text, in many layouts and languages.

Real reports are few; these hold the layouts and languages that they lack. Each is a list of
parts with their labels, one part a page; half of them come without pages.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gri_index.catalogue import load_catalogue
from gri_index.extraction.parts import BODY, INDEX, OTHER
from gri_index.language.labels import languages, load_labels
from gri_index.model.keys import DisclosureKey
from gri_index.model.report import Block
from gri_index.readers import read_file

_SYLLABLES = "ka ro mi tel san ur ven ole dri pa mun gos le fi bra".split()
_OTHERS = ("Law 11/2018", "ESRS index", "TCFD", "Global Compact", "SASB table", "Annex 4", "")


def made_reports(count: int) -> Iterator[tuple[str, list[Block], list[str]]]:
    """(name, blocks, label of each block)."""
    for number in range(count):
        dice = random.Random(number)
        parts = [(BODY, _text(dice)) for _ in range(dice.randint(1, 5))]
        if dice.random() < 0.7:
            parts.insert(dice.randint(1, len(parts)), (INDEX, _index(dice)))
        if dice.random() < 0.7:
            parts.insert(dice.randint(1, len(parts)), (OTHER, _other(dice)))
        if dice.random() < 0.7:
            parts.insert(dice.randint(0, len(parts)), (BODY, _figures(dice)))
        if dice.random() < 0.3:
            parts.insert(dice.randint(0, len(parts)), (BODY, _articles(dice)))
        if dice.random() < 0.15:
            parts.insert(dice.randint(0, len(parts)), (BODY, _chapters(dice)))
        text = "".join(f"{{{page}}}{'-' * 40}\n\n{part}\n\n" for page, (_, part) in enumerate(parts))
        blocks = list(read_file("made.md", text.encode()).blocks)
        labels = [parts[(block.page or 1) - 1][0] for block in blocks]
        if dice.random() < 0.5:
            blocks = [replace(block, page=None) for block in blocks]
        yield f"made-{number}", blocks, labels


def _words(dice: random.Random, most: int) -> str:
    words = ("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(dice.randint(1, most)))
    return " ".join(words).capitalize()


def _keys(dice: random.Random, share: float) -> list[DisclosureKey]:
    """Disclosures in the order of an index: GRI 2, GRI 3, topics."""
    catalogue = load_catalogue()
    newest: dict[str, DisclosureKey] = {}
    for each in catalogue.disclosures():
        if each.key.standard != "GRI 102" and not each.key.number.startswith(("101-", "103-")):
            newest[each.key.number] = each.key
    kept = [key for key in sorted(newest.values()) if dice.random() < (0.9 if key.standard in ("GRI 2", "GRI 3") else share)]
    return kept[: dice.choice((14, 40, 200))]


def _place(dice: random.Random, language: str) -> str:
    pages = ", ".join(str(page) for page in sorted(dice.sample(range(4, 180), dice.randint(1, 3))))
    labels = load_labels(language)
    return dice.choice((pages, labels.text("page", page=pages), _words(dice, 5), f"{_words(dice, 3)} {pages}"))


def _index(dice: random.Random) -> str:
    language = dice.choice(languages())
    labels, catalogue = load_labels(language), load_catalogue()
    known, prose = dice.random() < 0.6, dice.random() < 0.2
    gri = dice.choice(("", "", "GRI ", "Disclosure "))
    layout = dice.choice(("cells", "joined", "standard", "behind", "lines", "vertical"))
    title = dice.choice((labels.words["index-title"], "", _words(dice, 3)))
    rows = []
    for key in _keys(dice, 0.5):
        name = labels.pick(catalogue.disclosure(key).title) if known else _words(dice, 6)
        place = _words(dice, 60) if prose else _place(dice, language)
        rows.append((f"{gri}{key.number}", name, place, f"{key.standard} {_words(dice, 2)} {key.edition}"))
    head = f"## {title}\n\n" if title else ""
    match layout:
        case "lines":
            return head + "\n\n".join(f"{code} {name} {place}" for code, name, place, _ in rows)
        case "vertical":
            return head + "\n\n".join(f"{code}\n\n{name}\n\n{place}" for code, name, place, _ in rows)
        case "cells":
            table = [(code, name, place) for code, name, place, _ in rows]
        case "joined":
            table = [(f"{code} {name}", place, "") for code, name, place, _ in rows]
        case "behind":
            table = [(name, code, place) for code, name, place, _ in rows]
        case _:
            table = [(standard, f"{code} {name}", place) for code, name, place, standard in rows]
    heads = (labels.words["column-standard"], labels.words["column-disclosure"], labels.words["column-location"])
    return head + _table(heads if dice.random() < 0.7 else ("", "", ""), table)


def _other(dice: random.Random) -> str:
    """Requirements of another framework with the disclosures that answer them."""
    keys = _keys(dice, 0.4)
    catalogue = load_catalogue()
    titled = dice.random() < 0.4
    table = []
    for number in range(dice.randint(12, 40)):
        picked = sorted(dice.sample(keys, min(len(keys), dice.choice((1, 1, 2, 4)))))
        codes = dice.choice((", ", "; ", "\u2003")).join(
            f"GRI {key.number}" + (f" {catalogue.disclosure(key).title.in_('en')}" if titled else "") for key in picked
        )
        named = dice.choice((f"E{dice.randint(1, 5)}-{dice.randint(1, 9)}", f"{number % 10 + 1}", ""))
        table.append((f"{named} {_words(dice, 12)}", codes, _place(dice, "en")))
    title = dice.choice(_OTHERS)
    if dice.random() < 0.35:  # as conversions flatten it: one cell, or one code, in each line
        lines = ["\n".join((first, *codes.split(dice.choice((", ", "; "))), f"See {place}")) for first, codes, place in table]
        return (f"## {title}\n\n" if title else "") + dice.choice(("\n", "\n\n")).join(lines)
    return (f"## {title}\n\n" if title else "") + _table((_words(dice, 2), "GRI", _words(dice, 1)), table)


def _figures(dice: random.Random) -> str:
    """A table of figures with a column of codes: its rows report."""
    table = []
    for key in _keys(dice, 0.3)[-dice.randint(6, 30) :]:
        figures = [f"{dice.randint(1, 90000):,}" for _ in range(3)]
        table.append((_words(dice, 5), f"GRI {key.number}", *figures) if dice.random() < 0.5 else (f"GRI {key.number}", *figures))
    return f"## {_words(dice, 3)}\n\n" + _table((_words(dice, 1), "GRI", "2025", "2024", "2023"), table)


def _articles(dice: random.Random) -> str:
    """A code of conduct, whose articles bear numbers like those of disclosures."""
    lines = []
    for chapter in range(1, dice.randint(3, 6)):
        lines.append(f"## {_words(dice, 4)}")
        lines += [f"{chapter}-{article}. {_words(dice, 30)}." for article in range(1, dice.randint(3, 7))]
    return "\n\n".join(lines)


def _chapters(dice: random.Random) -> str:
    """Chapters that each begin with the few disclosures they report, titles and all."""
    catalogue = load_catalogue()
    keys = _keys(dice, 0.4)
    lines = []
    for _ in range(dice.randint(2, 6)):
        first = dice.randint(0, max(0, len(keys) - 6))
        named = [
            f"GRI {key.number} {catalogue.disclosure(key).title.in_('en')}" for key in keys[first : first + dice.randint(2, 6)]
        ]
        lines.append(f"## {_words(dice, 4)}")
        lines.append(_table((_words(dice, 3), ""), [("", name) for name in named]))
        lines.append(f"{_words(dice, 80)}. {_words(dice, 60)}.")
    return "\n\n".join(lines)


def _text(dice: random.Random) -> str:
    """Sections of text with tags."""
    keys = _keys(dice, 0.4)
    style = dice.choice(("[GRI {}]", "(GRI {})", "GRI {}", "GRI-{}"))
    paragraphs = []
    bare = dice.random() < 0.2  # a first draft: tags, and hardly a word
    margin = dice.random() < 0.25  # notes beside the text, one below the other
    for _ in range(dice.randint(3, 30)):
        tag = style.format(", ".join(key.number for key in sorted(dice.sample(keys, min(len(keys), dice.choice((1, 1, 2, 3)))))))
        heading, text = _words(dice, 5), f"{_words(dice, 80)}. {_words(dice, 60)}."
        paragraphs.append(
            tag
            if bare
            else f"{text}\n\n" + "\n\n".join(f"GRI {key.number}" for key in dice.sample(keys, min(len(keys), 3)))
            if margin
            else dice.choice(
                (f"## {heading} {tag}\n\n{text}", f"## {heading}\n\n{tag}\n\n{text}", f"## {heading}\n\n{text} {tag}")
            )
        )
    return "\n\n".join(paragraphs)


def _table(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    width = max(len(heads), *(len(row) for row in rows)) if rows else len(heads)
    lines = [[*heads, *[""] * (width - len(heads))], ["---"] * width, *([*row, *[""] * (width - len(row))] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def made_tables(count: int) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]], int, set[int]]]:
    """(heads, rows, column of the number, columns of the places) of invented indexes in many layouts."""
    catalogue = load_catalogue()
    for number in range(count):
        dice = random.Random(number)
        language = dice.choice(languages())
        labels = load_labels(language)
        layout = dice.choice(("cells", "joined", "behind", "standard"))
        more = [name for name in ("goals", "omission", "status", "sector", "esrs") if dice.random() < 0.3]
        paged = dice.random() < 0.35  # sections and their pages in two columns
        dice.shuffle(more)
        known, prose = dice.random() < 0.5, dice.random() < 0.25
        rows = []
        for key in _keys(dice, 0.4):
            name = labels.pick(catalogue.disclosure(key).title) if known else _words(dice, 6)
            place = _words(dice, 50) + "." if prose and dice.random() < 0.7 else _place(dice, language)
            if paged:
                place = _words(dice, 5)
            extra = tuple(_extra(dice, each, language) for each in more)
            extra = (
                (", ".join(str(page) for page in sorted(dice.sample(range(4, 180), dice.randint(1, 3)))), *extra)
                if paged
                else extra
            )
            cells = {
                "cells": (key.number, name, place),
                "joined": (f"{key.number} {name}", place),
                "behind": (name, key.number, place),
                "standard": (f"{key.standard} {_words(dice, 2)}", f"{key.number} {name}", place),
            }[layout]
            rows.append((*cells, *extra))
        words = labels.words
        left = {"cells": ("column-number", "column-title"), "joined": ("column-disclosure",), "behind": ("column-title", "column-number"),
                "standard": ("column-standard", "column-disclosure")}[layout]  # fmt: skip
        ids = (*left, dice.choice(("column-location", "column-pages", "column-sections")))
        others = {
            "goals": "SDG",
            "omission": words["column-omission"],
            "status": _words(dice, 2),
            "sector": words["column-sector"],
            "esrs": "ESRS",
        }
        heads = (*(words[id] for id in ids), *((words["column-pages"],) if paged else ()), *(others[each] for each in more))
        places = {len(left), len(left) + 1} if paged else {len(left)}
        yield heads, rows, {"cells": 0, "joined": 0, "behind": 1, "standard": 1}[layout], places


def _extra(dice: random.Random, kind: str, language: str) -> str:
    """A cell of a column that holds no places; most are empty."""
    if dice.random() < (0.1 if kind == "esrs" else 0.5):
        return ""
    match kind:
        case "goals":
            return ", ".join(str(goal) for goal in sorted(dice.sample(range(1, 18), dice.randint(1, 3))))
        case "status":
            return dice.choice(("Full", "Partial", "Yes"))
        case "esrs":
            return f"{dice.choice('ESG')}{dice.randint(1, 5)}-{dice.randint(1, 12)}"
        case "sector":
            return f"11.{dice.randint(1, 20)}.{dice.randint(1, 5)}"
        case _:
            return load_labels(language).words["reason-confidentiality-constraints"]
