"""Disclosure numbers that a spreadsheet took for dates: 2-10 became 2 October, or 10 February.

Which of day and month comes first depends on the computer's region. All dates of a sheet
come from one computer, so those that can be read in one way only decide for the others.
"""

import datetime
import re
from collections.abc import Callable, Iterable

_CENTURY = 2000
Known = Callable[[str], bool]


def parts_shown(form: str) -> frozenset[str]:
    """Which of day, month and year a number format shows: d, m, y (ISO 29500-1, 18.8.30); none where it is no date's.

    >>> sorted(parts_shown('d-mmm')), sorted(parts_shown('yyyy"年"m"月"'))
    (['d', 'm'], ['m', 'y'])
    """
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", form.split(";")[0]).casefold()
    return frozenset(letter for letter in "dmy" if letter in letters)


def readings(day: datetime.date, form: str = "") -> dict[str, str]:
    """What may have been typed, by the order that it takes: month first, day first, month and year, or three parts.

    ``form``: the number format of the cell. Spreadsheets give one without a year to what was
    typed as day and month, one without a day to month and year.

    >>> readings(datetime.date(2026, 10, 2))
    {'month-day': '10-2', 'day-month': '2-10', 'day.month.year': '2.10.26', 'month.day.year': '10.2.26'}
    >>> readings(datetime.date(2027, 2, 1))["month-year"]
    '2-27'
    >>> readings(datetime.date(1930, 2, 1), "mmm-yy")
    {'month-year': '2-30'}
    """
    shown, found = parts_shown(form), dict[str, str]()
    if day.year < _CENTURY:  # day and month get the year in which they are typed
        shown = frozenset("my")
    if shown != {"m", "y"}:
        found |= {"month-day": f"{day.month}-{day.day}", "day-month": f"{day.day}-{day.month}"}
    if day.day == 1 and shown != {"d", "m"}:  # 2-27 is no day of February where the day comes first
        found["month-year"] = f"{day.month}-{day.year % 100}"
    if len(shown) in (0, 3):
        found["day.month.year"] = f"{day.day}.{day.month}.{day.year % 100}"
        found["month.day.year"] = f"{day.month}.{day.day}.{day.year % 100}"
    return found


class DateOrder:
    """Which orders the unambiguous dates of a sheet show."""

    def __init__(self, days: Iterable[tuple[datetime.date, str]], known: Known) -> None:
        """``days``: the dates with the number formats of their cells."""
        self._known = known
        self._seen: set[str] = set()
        for day, form in days:
            if len(fits := self._fits(day, form)) == 1:
                self._seen |= {order for order, text in readings(day, form).items() if text in fits}
        if "day-month" in self._seen:  # there 2-27 can only be month and year
            self._seen.add("month-year")

    def number(self, day: datetime.date, form: str = "", expected: str = "") -> str | None:
        """The number that was typed, or None where more than one is possible. ``expected``: what the row speaks of."""
        fits = self._fits(day, form)
        if expected in fits:
            return expected
        if len(fits) > 1:
            by_order = {text for order, text in readings(day, form).items() if order in self._seen and text in fits}
            fits = by_order or fits
        return next(iter(fits)) if len(fits) == 1 else None

    def _fits(self, day: datetime.date, form: str) -> set[str]:
        return {text for text in readings(day, form).values() if self._known(text)}
