"""Dates in running text, in words and figures: 31 December 2025, 31.12.2025, 1 de enero de 2025."""

import datetime
import re
from functools import cache
from itertools import pairwise

from gri_index.language.lexicon import any_of, phrases
from gri_index.language.text import fold

_YEAR = r"(?:19|20)\d\d"
_SHORTEST, _LONGEST = 27, 800  # days; reporting periods are a year, seldom two or a part of one


@cache
def _months() -> dict[str, int]:
    """Month names, folded, to their numbers."""
    return {name.casefold(): number for number in range(1, 13) for names in phrases(f"month-{number}").values() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    year, first, day = (
        r"[\u5e74\ub144]",
        r"[\u6708\uc6d4]",
        r"[\u65e5\uc77c\u53f7\u865f]",
    )  # how East Asia writes year, month, day
    of = rf"(?:{any_of('date-of')}\s)?"
    return re.compile(
        rf"(?P<y1>{_YEAR})\s?{year}\s?(?P<m1>\d{{1,2}})\s?{first}\s?(?P<d1>\d{{1,2}})\s?{day}"
        rf"|(?<![\d\u5e74\u6708])(?P<m2>\d{{1,2}})\s?{first}\s?(?P<d2>\d{{1,2}})\s?{day}"
        rf"|(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
        rf"|(?<![\d.])(?P<d4>\d{{1,2}})(?:\.\s?|/)(?P<m4>\d{{1,2}})(?:\.\s?|/)(?P<y4>{_YEAR})?(?!\d)"
        rf"|(?<!\d)(?P<d7>\d{{1,2}})-(?P<m7>\d{{1,2}})-(?P<y7>{_YEAR})(?!\d)"
        rf"|(?<![\d.])(?P<d5>\d{{1,2}})(?:{any_of('ordinal')})?\s?{of}\s?(?P<m5>{month})\b\.?,?(?:\s?{of}(?P<y5>{_YEAR}))?"
        rf"|\b(?P<m6>{month})\.?\s(?P<d6>\d{{1,2}})(?:{any_of('ordinal')})?\b(?!\.\d)(?:[.,]?\s(?P<y6>{_YEAR}))?",
        re.IGNORECASE,
    )


def find_dates(text: str) -> list[datetime.date]:
    """Dates in the order of the text; one without a year takes that of its neighbour.

    >>> [str(day) for day in find_dates("from 1 January to 31 December 2025")]
    ['2025-01-01', '2025-12-31']
    """
    if not re.search(r"\d", text):
        return []
    found: list[tuple[int | None, int, int]] = []
    for match in _pattern().finditer(fold(text)):
        groups = match.groupdict()
        number = next(n for n in "1234567" if groups.get(f"m{n}"))
        month, day, year = groups[f"m{number}"] or "", int(groups[f"d{number}"] or 0), groups.get(f"y{number}")
        value = int(month) if month.isdigit() else _months()[month.casefold().strip(". ")]
        if value > 12 >= day:  # 12-31-2023: the month comes first
            value, day = day, value
        found.append((int(year) if year else None, value, day))
    days = []
    for position, (year_found, month_found, day) in enumerate(found):
        later = next((year for year, _, _ in found[position + 1 : position + 2] if year), None)
        earlier = next((year for year, _, _ in reversed(found[:position]) if year), None)
        year_used = year_found or later or earlier
        try:
            if year_used:
                days.append(datetime.date(year_used, month_found, day))
        except ValueError:
            continue
    return days


def find_period(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first two dates that are start and end of a reporting period; a calendar year where only that is named.

    >>> [str(day) for day in find_period("for the calendar year 2024") or ()]
    ['2024-01-01', '2024-12-31']
    """
    days = find_dates(text)
    for start, end in pairwise(days):
        if _SHORTEST <= (end - start).days <= _LONGEST:
            return start, end
    year = re.search(rf"{any_of('calendar-year')}\s({_YEAR})", text)
    return (datetime.date(int(year[1]), 1, 1), datetime.date(int(year[1]), 12, 31)) if year else None
