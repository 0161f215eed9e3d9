"""Rows become columns: the days of names."""

from datetime import date

import pytest

from gazetteer.index.build import ALWAYS, NEVER, first_day, last_day


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        (None, ALWAYS, NEVER),
        ("1982", date(1982, 1, 1).toordinal(), date(1982, 12, 31).toordinal()),
        ("9999", date(9999, 1, 1).toordinal(), NEVER),
        ("9999-12-31", date(9999, 12, 31).toordinal(), NEVER),
    ],
)
def test_what_is_not_known_and_the_year_9999_have_no_end(written, first, last):
    """GeoNames writes 9999 for "until further notice"; the day after it is none that could be counted."""
    assert (first_day(written), last_day(written)) == (first, last)
