"""The time that outputs bear; never the clock, so that the same input gives the same bytes."""

import datetime
import re

from gri_index.ooxml import stamp

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def fixed_time() -> datetime.datetime:
    """SOURCE_DATE_EPOCH or 1980-01-01, without a time zone (UTC)."""
    return datetime.datetime.fromtimestamp(stamp(), datetime.UTC).replace(tzinfo=None)


def fix_modified(part: bytes) -> bytes:
    """The core properties with the fixed time in place of that of saving, which openpyxl puts there."""
    now = fixed_time().strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _MODIFIED.sub(rb"\g<1>" + now + rb"\g<2>", part)
