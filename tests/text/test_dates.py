"""Dates of validity: the calendar decides, and whatever passes has a first and a last day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.text.dates import first_day, is_date, last_day


class TestIsDate:
    @pytest.mark.parametrize("written", ["1982", "1982-03", "1982-03-21", "2000-02-29", "0001", "9999", "9999-12-31"])
    def test_a_year_a_month_or_a_day_is_one(self, written):
        assert is_date(written)

    @pytest.mark.parametrize("written", ["", "82", "10000", "1982-3", "19820321", "1982-03-21T00", "1982\n", "١٩٨٢"])
    def test_what_is_written_otherwise_is_none(self, written):
        assert not is_date(written)

    @pytest.mark.parametrize(
        "written", ["-0500", "0000", "0000-01", "1982-13", "1982-00", "1982-00-01", "1982-02-31", "1900-02-29"]
    )
    def test_what_the_calendar_does_not_have_is_none(self, written):
        """Years before 1 have no day that Python could tell."""
        assert not is_date(written)


class TestDays:
    def test_a_date_means_all_its_days(self):
        """A year from its first day to its last, a month likewise."""
        assert (first_day("1982"), last_day("1982")) == (date(1982, 1, 1), date(1982, 12, 31))
        assert (first_day("2000-02"), last_day("2000-02")) == (date(2000, 2, 1), date(2000, 2, 29))
        assert first_day("1982-03-21") == last_day("1982-03-21") == date(1982, 3, 21)

    @pytest.mark.parametrize("written", ["9999", "9999-12", "9999-12-31"])
    def test_the_year_9999_never_ends(self, written):
        assert last_day(written) is None

    @given(st.from_regex(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True).filter(is_date))
    def test_every_date_has_its_days(self, written):
        """Nothing that may be stored stops an index from being built."""
        last = last_day(written)
        assert last is None or first_day(written) <= last
