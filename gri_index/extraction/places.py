"""Page numbers in the location cell of an index: "12, 35-36", "AR Page 24-25 and SR Page 11", "55f", "P08-P09".

Grown from published indexes. A number is a page where the column says so, or behind a
word for page, or where numbers stand in a list of their own; section numbers, years,
figures, telephone numbers and numbers in an answer are none.
"""

import re
from collections.abc import Iterator
from functools import cache

from gri_index.language import frameworks
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold

_MOST_PAGES = 400  # of one range; wider is a slip of the pen
_FEW_WORDS = 4  # of a place: "Corporate Governance Report: 184-187"; an answer has more
_LAST = 2_500  # no report has more pages
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+\.(?:com|org|net|at|de|es|it|cn)\b\S*", re.IGNORECASE)
_PAGE_WORD = rf"(?:{any_of('page')}|(?<![A-Za-z\d])[Pp](?=\d))"
_SECTION_WORD = re.compile(rf"{any_of('section-word')}\s*$|[§#]\s*$|\b(?:{frameworks.names()})\s*$")
_RANGE = re.compile(
    rf"(?P<word>{_PAGE_WORD})?\s?(?P<first>\d{{1,4}})(?P<ff>\s?ff?\b\.?)?"
    rf"(?:\s?(?:[-~/]|{any_of('range-word')})\s?(?:{_PAGE_WORD})?\s?(?P<last>\d{{1,4}})(?![\d.]\d|\s?%))?"
)
_AND = re.compile(any_of("and", "see"))
_MONTH = re.compile(
    rf"^\s?(?:{any_of('ordinal')})?\s?(?:{any_of('date-of')}\s)?{any_of(*(f'month-{number}' for number in range(1, 13)))}|^\s?{any_of('date-mark')}",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"^\s?(?:[%‰°€$£]|{any_of('unit')})")


def pages(text: str, *, column: bool) -> tuple[str, ...]:
    """The pages that a text names, ranges written out, each once in order.

    ``column``: the text stands in a column of pages, so that bare numbers count.

    >>> pages("12, 35,36 and 41-43", column=True)
    ('12', '35', '36', '41', '42', '43')
    >>> pages("AR Page 24-25 and SR Section 4.2, 5", column=False)
    ('24', '25')
    >>> pages("Water management 76; in 2023 we had 12 sites", column=False)
    ('76',)
    >>> pages("\u6c34\u8cc7\u6e90\u300012\u300114\u30da\u30fc\u30b8", column=False), pages("73\ucabd", column=False)
    (('12', '14'), ('73',))
    """
    found: dict[int, None] = {}
    for first, last in (each for line in _lines(text, column) for each in _ranges(*line)):
        if 0 < first <= last <= _LAST and last - first <= _MOST_PAGES:
            for page in range(first, last + 1):
                found.setdefault(page)
    return tuple(str(page) for page in found)


@cache
def _behind() -> re.Pattern[str]:
    """Matches pages whose word stands behind them: "12\u9875", "12\u300114\u30da\u30fc\u30b8"."""
    return re.compile(rf"(?<![\d.])(?P<pages>(?:\d{{1,4}}\s?[-~,\u3001]\s?)*\d{{1,4}})\s?{any_of('page-behind')}")


def _lines(text: str, column: bool) -> Iterator[tuple[str, bool]]:
    """(line, whether bare numbers count in it): an answer in a column of pages is a text like any other."""
    folded = _behind().sub(r" p. \g<pages> ", _URL.sub(lambda match: " " * len(match.group()), fold(text)))
    for line in folded.split("\n") if column else [folded]:
        words = re.findall(r"[^\W\d_]{4,}", re.sub(_PAGE_WORD, " ", line))
        yield line, column and len(words) <= _FEW_WORDS


def _ranges(text: str, column: bool) -> Iterator[tuple[int, int]]:
    named = section = False  # the numbers that follow a word for page, or for section, are of its kind
    end = 0
    for match in _RANGE.finditer(text):
        between = text[end : match.start()]
        if re.search(r"[^\W\d_]{2,}|[|\n]", _AND.sub(" ", between)):
            named = section = False
        if _SECTION_WORD.search(between) and not match["word"]:
            section = True
        if match["word"]:
            named, section = True, False
        end = match.end()
        if section or not _is_page(text, match, named=named, column=column):
            continue
        first = int(match["first"])
        last = int(match["last"]) if match["last"] else first
        if match["last"] and last < first and len(match["last"]) < len(match["first"]):  # 124-25
            last = int(match["first"][: -len(match["last"])] + match["last"])
        if match["ff"]:
            last = first + (1 if match["ff"].strip(". ") == "f" else 2)
        yield (first, last) if last >= first else (first, first)


def _is_page(text: str, match: re.Match[str], *, named: bool, column: bool) -> bool:
    before, after = text[max(0, match.start("first") - 12) : match.start("first")], text[match.end() : match.end() + 16]
    glued = not match["word"] and re.search(r"[A-Za-z\u00c0-\u024f_]$|[A-Za-z]\.$|\d[.]$", before)
    if glued or re.search(r"\d[.,]$", before) or re.match(r"[.,]\d|[A-Za-z\u00c0-\u024f]|-[A-Za-z]", after):
        decimal = re.search(r"\d,$", before) or re.match(r",\d", after)  # "35,36" is a list of two pages
        if not (decimal and (column or named)):
            return False
    if _MONTH.match(after) or _UNIT.match(after) or re.search(r"[€$£#]\s?$|\+$|\bNo\.?\s?$|(?:19|20)\d\d[/.]$", before):
        return False
    number = match["first"]
    if not named and len(number) == 4 and number.startswith(("19", "20")):
        return False
    if named:
        return True
    if column:
        return True
    # In a text a bare number is a page where it closes a phrase: "Water management 76".
    if number.startswith("0") or re.match(r",\s*\d{4,}", after):  # a telephone number, a street before a post code
        return False
    return (
        re.match(rf"\s*(?:$|[;,|\n)\]]|{any_of('and')})", after) is not None
        and re.search(
            r"[\u2190-\u21ff\u2794\u279c\u27a4\u25b8\u25ba]\s?$|[\w)”\"]\s$|[:：]\s?$|[,;]\s?$|^$|\n\s*$|[\u3040-\u9fff]$", before
        )
        is not None
    )
