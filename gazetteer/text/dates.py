"""Dates of validity: a year, a month or a day of the calendar as ISO 8601 writes them, from 0001 to 9999.

The one rule for all who read or store a date: what passes here has a first and a last day.
"""

import re
from calendar import monthrange
from datetime import date

WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FOR_EVER = 9999  # the year that data sets write for "without end"


def is_date(written: str) -> bool:
    """Whether this is a date: "1982", "1982-03" or "1982-03-21", and one that there is."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def first_day(written: str) -> date:
    """The first day that a date of any precision may mean."""
    return date.fromisoformat(written + "-01-01"[len(written) - 4 :])


def last_day(written: str) -> date | None:
    """The last day that a date of any precision may mean; None where it is for ever, in the year 9999."""
    year, month, day = ([int(part) for part in written.split("-")] + [0, 0])[:3]
    if year == FOR_EVER:
        return None
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])
