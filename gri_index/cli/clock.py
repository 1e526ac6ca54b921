"""What day it is: known at the edge alone."""

import datetime


def default_day() -> datetime.date:
    """The day whose Standards count where the profile states no publication: the last of the year before, as reports go by."""
    return datetime.date(datetime.date.today().year - 1, 12, 31)
