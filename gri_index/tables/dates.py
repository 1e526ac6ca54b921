"""Disclosure numbers that a spreadsheet took for dates: 2-10 became 2 October, or 10 February.

Which of day and month comes first depends on the computer's region. All dates of a sheet
come from one computer, so those that can be read in one way only decide for the others.
"""

import datetime
from collections.abc import Callable, Iterable

Known = Callable[[str], bool]


def readings(day: datetime.date) -> dict[str, str]:
    """What may have been typed, by the order that it takes: month first, day first, month and year, or three parts.

    >>> readings(datetime.date(2026, 10, 2))
    {'month-day': '10-2', 'day-month': '2-10', 'day.month.year': '2.10.26', 'month.day.year': '10.2.26'}
    >>> readings(datetime.date(2027, 2, 1))["month-year"]
    '2-27'
    """
    found = {"month-day": f"{day.month}-{day.day}", "day-month": f"{day.day}-{day.month}"}
    if day.day == 1:  # 2-27 is no day of February where the day comes first
        found["month-year"] = f"{day.month}-{day.year % 100}"
    found["day.month.year"] = f"{day.day}.{day.month}.{day.year % 100}"
    found["month.day.year"] = f"{day.month}.{day.day}.{day.year % 100}"
    return found


class DateOrder:
    """Which orders the unambiguous dates of a sheet show."""

    def __init__(self, days: Iterable[datetime.date], known: Known) -> None:
        self._known = known
        self._seen: set[str] = set()
        for day in days:
            if len(fits := self._fits(day)) == 1:
                self._seen |= {order for order, text in readings(day).items() if text in fits}
        if "day-month" in self._seen:  # there 2-27 can only be month and year
            self._seen.add("month-year")

    def number(self, day: datetime.date, expected: str = "") -> str | None:
        """The number that was typed, or None where more than one is possible. ``expected``: what the row speaks of."""
        fits = self._fits(day)
        if expected in fits:
            return expected
        if len(fits) > 1:
            by_order = {text for order, text in readings(day).items() if order in self._seen and text in fits}
            fits = by_order or fits
        return next(iter(fits)) if len(fits) == 1 else None

    def _fits(self, day: datetime.date) -> set[str]:
        return {text for text in readings(day).values() if self._known(text)}
