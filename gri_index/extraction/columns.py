"""Which columns of a printed index hold places: by their heads and by what stands in them, together.

A head may promise two things ("location or reason for omission"), be missing, or stand over
the wrong column after a conversion; numbers may be pages or goals of another framework. Each
column's traits are weighed (weights of ``benchmarks/fit_columns``), and the sum as a share
between 0 and 1 is how sure it is that the column leads to places.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean

from gri_index.extraction.titles import title_beside
from gri_index.extraction.tokens import token
from gri_index.extraction.weights import weights
from gri_index.language import frameworks
from gri_index.language.heads import roles_in
from gri_index.language.pages import named_page
from gri_index.language.reasons import says_left_out
from gri_index.language.text import fold

CodeRow = tuple[tuple[str, ...], int, str]  # cells, column of the number, the number
ENOUGH = 3  # rows from which a column can be judged
_SHORT, _LONG = 25, 90  # characters
_SAMPLE = 300  # rows that tell what a column holds as well as all of them
_FEW_LETTERS = 4  # beside a number: a word for it, or a requirement
_GOALS = 17  # of the United Nations; no other list of numbers ends so low
_LETTERS = re.compile(r"[^\W\d_]{3}")


def place_scores(rows: Sequence[CodeRow], heads: Sequence[str], *, only: Sequence[int] | None = None) -> dict[int, float]:
    """Column -> how sure it is that it holds places, between 0 and 1.

    ``rows``: (cells, column of the number, the number) of each row; ``heads`` may be empty.
    """
    known = weights()["columns"]
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    width = max((len(cells) for cells, _, _ in rows), default=0)
    found = {}
    for column in only if only is not None else range(width):
        total = sum(known.get(name, 0.0) * value for name, value in column_traits(rows, heads, column).items())
        found[column] = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return found


def column_traits(rows: Sequence[CodeRow], heads: Sequence[str], column: int) -> Mapping[str, float]:
    """What a column shows, each trait as a share between 0 and 1."""
    traits = {"any": 1.0}
    head = heads[column] if column < len(heads) else ""
    traits |= {f"head-{name}": 1.0 for name in _head(head)}
    cells = [(row[column] if column < len(row) else "", row, at, number) for row, at, number in rows]
    full = [(text, row, at, number) for text, row, at, number in cells if not token(text).nothing]
    if not full:
        return traits | {"empty": 1.0}
    texts = [text for text, *_ in full]
    traits["filled"] = len(full) / len(cells)
    traits["numbers"] = mean(token(text).numbers for text in texts)
    traits["goals"] = float(traits["numbers"] > 0.5 and max(_numbers(texts), default=99) <= _GOALS)
    traits["page-words"] = mean(named_page().search(fold(text)) is not None for text in texts)
    traits["left-out"] = mean(says_left_out(text[:160]) for text in texts)
    traits["links"] = mean("http" in text or "www." in text for text in texts)
    traits["titles"] = mean(title_beside(number, before="", after=text) for text, _, _, number in full)
    traits["number-here"] = mean(at == column for _, _, at, _ in full)
    traits["before-number"] = mean(column < at for _, _, at, _ in full)
    traits["next-but-one"] = mean(column == at + 2 for _, _, at, _ in full)
    bare = [
        len(re.sub(r"[\W\d_]|GRI", "", row[at])) < _FEW_LETTERS for _, row, at, _ in full
    ]  # the number stands alone in its cell
    traits["next-to-number"] = mean(column == at + 1 and alone for (_, _, at, _), alone in zip(full, bare, strict=True))
    traits["next-to-title"] = mean(column == at + 1 and not alone for (_, _, at, _), alone in zip(full, bare, strict=True))
    traits["last"] = mean(column == len(row) - 1 for _, row, _, _ in full)
    numbered = [len(row) > column + 1 and any(token(cell).numbers for cell in row[column + 1 :]) for _, row, _, _ in full]
    traits["before-numbers"] = mean(numbered) * traits["next-to-number"]
    lengths = [len(text) for text in texts]
    traits["short"], traits["long"] = mean(n <= _SHORT for n in lengths), mean(n > _LONG for n in lengths)
    traits["words"] = mean(_LETTERS.search(text) is not None for text in texts)
    traits["few-values"] = float(len(full) >= 8 and len(set(texts)) <= 0.25 * len(full))
    traits["other-codes"] = mean(re.search(rf"(?<![\w-])(?:{frameworks.codes()})", text) is not None for text in texts)
    return traits


def _head(head: str) -> Iterator[str]:
    if not head.strip():
        yield "missing"
        return
    roles = roles_in(head)
    yield from (role.value for role in roles)
    if not roles:
        yield "unknown"
    if frameworks.title().search(head):
        yield "other-framework"


def _numbers(texts: Sequence[str]) -> list[int]:
    return [int(number) for text in texts for number in re.findall(r"\d{1,4}", fold(text))]
