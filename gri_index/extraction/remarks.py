"""What is said of an index that was read and is built again: nothing of it is lost without a word."""

from collections import Counter
from collections.abc import Iterator

from gri_index.extraction.tokens import token
from gri_index.model.index import ContentIndex, Status
from gri_index.model.printed import PrintedIndex, PrintedRow
from gri_index.model.standards import Catalogue
from gri_index.model.text import Message, message

_MOST_COLUMNS = 8  # that are named
_MOST = 40  # rows that are named


def index_remarks(printed: PrintedIndex, index: ContentIndex, catalogue: Catalogue) -> Iterator[Message]:
    """What of a printed index is not in the new one as it was, and what was hard to read."""
    shown = {row.number for row in index.rows if row.status not in (Status.MISSING, Status.PLANNED)}
    shown |= {ref for row in index.rows for ref in row.sector_refs}
    left = [row for row in printed.rows if not row.own and row.reference.name not in shown]
    if left:
        yield message("index-rows-left", count=len(left), rows=_names(left))
    unknown = [row for row in printed.rows if row.reference.number and not catalogue.editions_of(row.reference.number)]
    if unknown:
        yield message("index-rows-unknown", count=len(unknown), rows=_names(unknown))
    own = [row for row in printed.rows if row.own]
    if own:
        yield message("index-rows-own", count=len(own), rows=_names(own))
    columns = Counter(head.strip() or "\u2013" for row in printed.rows for head, text in row.extras if token(text).words)
    if columns:
        told = ", ".join(f"{head[:40]} ({count})" for head, count in columns.most_common(_MOST_COLUMNS))
        yield message("index-columns", columns=told)
    for problem in printed.problems:
        yield message(problem.code, where=problem.where or "\u2013", **dict(problem.args))


def _names(rows: list[PrintedRow]) -> str:
    """The rows by number and page."""
    names = [f"{(row.reference.name or row.reference.raw)[:40]}{f' (p. {row.page})' if row.page else ''}" for row in rows]
    return ", ".join(names[:_MOST]) + ("\u2026" if len(names) > _MOST else "")
