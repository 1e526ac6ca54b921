"""Dates in running text: 31 December 2025, 31.12.2025, 2025年12月31日, 1º de enero de 2025.

Names of months are those of the CLDR.
"""

import datetime
import re
from functools import cache
from itertools import pairwise

from gri_index.tags.grammar import fold

MONTHS = {  # January to December: full names and short ones, as the CLDR has them; loading it takes 70 ms for this
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep october|oct november|nov december|dec",
    "de": "januar|jan februar|feb märz april|apr mai juni juli august|aug september|sept oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct novembre|nov décembre|déc",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|sept octubre|oct noviembre|nov diciembre|dic",
    "pt": "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set ottobre|ott novembre|nov dicembre|dic",
    "id": "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agu september|sep oktober|okt november|nov desember|des",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep oktober|okt november|nov december|dec",
    "sv": "januari|jan februari|feb mars april|apr maj juni juli augusti|aug september|sep oktober|okt november|nov december|dec",
    "da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep oktober|okt november|nov december|dec",
    "nb": "januar|jan februar|feb mars april|apr mai juni juli august|aug september|sep oktober|okt november|nov desember|des",
    "fi": "tammikuuta|tammikuu|tammi helmikuuta|helmikuu|helmi maaliskuuta|maaliskuu|maalis huhtikuuta|huhtikuu|huhti toukokuuta|toukokuu|touko kesäkuuta|kesäkuu|kesä heinäkuuta|heinäkuu|heinä elokuuta|elokuu|elo syyskuuta|syyskuu|syys lokakuuta|lokakuu|loka marraskuuta|marraskuu|marras joulukuuta|joulukuu|joulu",
    "pl": "stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz października|październik|paź listopada|listopad|lis grudnia|grudzień|gru",
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_SHORTEST, _LONGEST = 27, 800  # days; reporting periods are a year, seldom two or a part of one


@cache
def _months() -> dict[str, int]:
    """Month names, folded, to their numbers."""
    names: dict[str, int] = {}
    for months in MONTHS.values():
        for number, forms in enumerate(months.split(" "), start=1):
            for name in forms.split("|"):
                names.setdefault(name, number)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    return re.compile(
        rf"(?P<y1>{_YEAR})\s?[年년]\s?(?P<m1>\d{{1,2}})\s?[月월]\s?(?P<d1>\d{{1,2}})\s?[日일号號]"
        rf"|(?<![\d年月])(?P<m2>\d{{1,2}})\s?[月월]\s?(?P<d2>\d{{1,2}})\s?[日일号號]"
        rf"|(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
        rf"|(?<![\d.])(?P<d4>\d{{1,2}})(?:\.\s?|/)(?P<m4>\d{{1,2}})(?:\.\s?|/)(?P<y4>{_YEAR})?(?!\d)"
        rf"|(?<!\d)(?P<d7>\d{{1,2}})-(?P<m7>\d{{1,2}})-(?P<y7>{_YEAR})(?!\d)"
        rf"|(?<![\d.])(?P<d5>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ª|\.)?\s?(?:of\s|de\s|di\s|do\s)?\s?(?P<m5>{month})\b\.?,?(?:\s?(?:de\s|del\s|of\s)?(?P<y5>{_YEAR}))?"
        rf"|\b(?P<m6>{month})\.?\s(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.\d)(?:,?\s(?P<y6>{_YEAR}))?",
        re.IGNORECASE,
    )


def find_dates(text: str) -> list[datetime.date]:
    """Dates in the order of the text; one without a year takes that of its neighbour.

    >>> [str(day) for day in find_dates("from 1 January to 31 December 2025")]
    ['2025-01-01', '2025-12-31']
    >>> [str(day) for day in find_dates("2022年1月1日至12月31日")]
    ['2022-01-01', '2022-12-31']
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
    year = re.search(
        rf"(?:calendar year|Kalenderjahr|año natural|ano civil|année civile|anno solare)\s({_YEAR})", text, re.IGNORECASE
    )
    return (datetime.date(int(year[1]), 1, 1), datetime.date(int(year[1]), 12, 31)) if year else None
