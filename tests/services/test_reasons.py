"""The sentence on why."""

from datetime import date

import pytest

from gazetteer.matching.types import MatchedName, Query
from gazetteer.services.reasons import in_use
from gazetteer.services.resolve import one

FROM, TO = date(1925, 4, 10), date(1961, 11, 10)


class TestInUse:
    @pytest.mark.parametrize(
        ("first", "last", "day", "said"),
        [
            (None, None, None, ""),
            (FROM, TO, None, ", in use 1925 to 1961"),
            (FROM, None, None, ", in use since 1925"),
            (None, TO, None, ", in use until 1961"),
            (FROM, TO, date(1942, 8, 23), ", in use 1925 to 1961, also on 1942-08-23"),
            (FROM, TO, date(2017, 1, 1), ", in use 1925 to 1961, but not on 2017-01-01"),
            (FROM, None, date(2017, 1, 1), ", in use since 1925, also on 2017-01-01"),
            (None, TO, date(1900, 1, 1), ", in use until 1961, also on 1900-01-01"),
            (None, None, date(2017, 1, 1), ", but when it was in use is not known, on 2017-01-01 or not"),
        ],
    )
    def test_the_years_of_a_historical_name_are_told(self, first, last, day, said):
        """And whether the day asked about is one of theirs."""
        assert in_use(MatchedName("Stalingrad", "en", "historical", "test", first, last), day) == said

    def test_of_a_current_name_without_dates_nothing_is_said(self):
        assert in_use(MatchedName("Volgograd", "en", "preferred", "test"), FROM) == ""


class TestMatch:
    @pytest.mark.parametrize("name", ["Hawija", "HAWIJA", "Ḩawīja", "Hawi'ja", " hawija "])
    def test_marks_and_punctuation_make_no_other_name(self, small, name):
        """What is known is not merely close."""
        assert one(small, Query(name)).reason == "'Hawija' is a known spelling of Hawija (settlement, Kirkuk, IQ)"

    def test_a_match_outside_the_unit_asked_for_says_so(self, small):
        """`within` is evidence: reports are often a district off."""
        found = one(small, Query("Deir ez-Zor", country="SY", within="kirkuk-p", type="settlement"))
        assert found.match.id == "deir"
        assert found.reason.endswith("; it does not lie within Kirkuk Governorate")

    def test_a_match_far_from_the_point_says_so(self, small):
        found = one(small, Query("Hawija", country="IQ", lat=35.9, lon=43.8))
        assert found.match.id == "hawija"
        assert found.reason.endswith("; it lies 64 km from the point, beyond 30 km")

    def test_a_historical_name_says_so(self, small):
        """It resolves none the less."""
        found = one(small, Query("Saddam City", country="IQ", as_of=date(2017, 1, 1)))
        assert found.match.id == "sadr"
        assert "a historical name of Sadr City" in found.reason
        assert "in use 1982 to 2003, but not on 2017-01-01" in found.reason
