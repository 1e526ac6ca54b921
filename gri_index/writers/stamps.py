"""The time that outputs bear; never the clock, so that the same input gives the same bytes."""

import datetime

from gri_index.ooxml import stamp


def fixed_time() -> datetime.datetime:
    """SOURCE_DATE_EPOCH or 1980-01-01, without a time zone (UTC)."""
    return datetime.datetime.fromtimestamp(stamp(), datetime.UTC).replace(tzinfo=None)
