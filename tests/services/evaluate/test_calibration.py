"""gazetteer.services.evaluate.calibration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.services.evaluate.calibration import Scored, binned, calibration, expected_error
from gazetteer.services.evaluate.mixture import mix
from tests.services.evaluate.outcomes import absent, meant

LABEL = ("cities", "country", "unseen")
SCORED = st.builds(Scored, st.floats(0, 1), st.booleans(), st.floats(0.1, 10))


@given(st.lists(st.integers(0, 100), min_size=1))
def test_scores_that_come_true_have_no_error(percents):
    """Of a hundred answers scored 0.n, n are right."""
    scored = [Scored(percent / 100, turn < percent) for percent in percents for turn in range(100)]

    assert expected_error(list(binned(scored))) == pytest.approx(0, abs=1e-9)


@given(st.lists(SCORED, min_size=1))
def test_the_error_is_a_share_and_the_bins_hold_every_row(scored):
    """1 belongs to the last bin, and the weights add up to all."""
    bins = list(binned(scored))

    assert 0 <= expected_error(bins) <= 1
    assert sum(each.rows for each in bins) == len(scored)
    assert sum(each.weight for each in bins) == pytest.approx(1)
    assert all(each.low <= each.score <= each.high or each.score == pytest.approx(each.low) for each in bins)


@given(st.lists(SCORED, min_size=1), st.integers(2, 5))
def test_a_row_that_weighs_n_is_n_rows(scored, times):
    """Weighing is an abbreviation."""
    repeated = [Scored(each.score, each.right) for each in scored for _ in range(times)]
    weighed = [Scored(each.score, each.right, times) for each in scored]

    assert expected_error(list(binned(repeated))) == pytest.approx(expected_error(list(binned(weighed))))


def test_sure_and_wrong_is_the_largest_error():
    """And sure and right is none."""
    assert expected_error(list(binned([Scored(1.0, False)]))) == 1
    assert expected_error(list(binned([Scored(1.0, True)]))) == 0


def test_a_name_of_no_record_is_wrong_whatever_comes_first():
    """The score of a candidate says that it is meant; here none is."""
    counted = calibration(LABEL, mix([meant(score=0.95)], [absent(score=0.95)], {"1"}))

    (bin,) = counted.bins
    assert (bin.rows, bin.right) == (2, 0.5)
    assert counted.error == pytest.approx(0.45)


def test_rows_without_a_candidate_have_no_score_to_judge():
    """Nothing was said of them."""
    assert calibration(LABEL, mix([meant()], [absent(score=None)], {"1"})).rows == 1


def test_of_nothing_there_is_no_error():
    """An empty set is not an exception."""
    assert calibration(LABEL, mix([], [absent(score=None)], None)).error == 0
