import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.distance import apart, kilometres

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_one_pair_alone_is_as_far_apart_as_among_many(lat, lon, other_lat, other_lon):
    """The short way may not have an opinion."""
    among_many = float(kilometres(lat, lon, other_lat, other_lon))
    assert apart(lat, lon, other_lat, other_lon) == pytest.approx(among_many, abs=1e-6)


def test_what_is_not_known_is_no_distance():
    assert math.isnan(apart(math.nan, 0.0, 1.0, 1.0))


def test_a_degree_of_latitude():
    assert apart(35.0, 44.0, 36.0, 44.0) == pytest.approx(111.2, abs=0.1)
