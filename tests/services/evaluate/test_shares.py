"""gazetteer.services.evaluate.shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.services.evaluate.shares import recalls, share, wilson, within
from tests.services.evaluate.outcomes import meant

LABEL = ("cities", "country", "unseen")


@given(st.integers(1, 10_000).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows))))
def test_the_interval_holds_the_share_and_stays_in_bounds(counted):
    """Also where none or all are right."""
    right, rows = counted
    low, high = wilson(right, rows)

    assert 0 <= low <= right / rows <= high <= 1


@given(st.integers(1, 1000).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows))), st.integers(2, 50))
def test_more_rows_make_the_interval_narrower(counted, times):
    """The same share of more rows is more certain."""
    right, rows = counted
    low, high = wilson(right, rows)
    narrow_low, narrow_high = wilson(right * times, rows * times)

    assert narrow_high - narrow_low < high - low


def test_the_interval_is_wilsons():
    """81 of 263: the example of Newcombe 1998, method 3."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)


def test_of_no_rows_nothing_is_said():
    """Neither 0 nor 1 would be true."""
    assert share(0, 0) is None


@given(st.lists(st.none() | st.integers(0, 9), min_size=1))
def test_looking_further_down_never_finds_less(ranks):
    """R@1 ≤ R@5 ≤ R@10."""
    first, five, ten = (within(ranks, len(ranks), most).value for most in (1, 5, 10))

    assert first <= five <= ten


def test_the_groups_of_a_breakdown_make_up_the_whole():
    """The largest first; rows that do not say are a group too."""
    outcomes = [meant(script="Arab"), meant(rank=3), meant(), meant(rank=None, script=None)]
    whole, *scripts = recalls(LABEL, outcomes, ["script"])

    assert (whole.by, whole.group, whole.rows) == ("all", None, 4)
    assert [(each.group, each.rows, each.at_1.value) for each in scripts] == [
        ("Latn", 2, 0.5),
        (None, 1, 0.0),
        ("Arab", 1, 1.0),
    ]
    assert (whole.at_1.value, whole.at_5.value, whole.at_10.value) == (0.5, 0.75, 0.75)
