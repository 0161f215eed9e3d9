import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.score import RECIPE, contributions, shares

UTILITIES = st.lists(st.tuples(st.integers(0, 4), st.floats(-60, 60)), max_size=30)


class TestShares:
    @given(UTILITIES)
    def test_scores_are_probabilities_that_leave_room_for_none(self, rows):
        """The scores of a query's records lie in [0, 1] and sum to at most 1."""
        query = np.array([each for each, _ in rows], dtype=np.int64)
        scores = shares(np.array([utility for _, utility in rows]), query, 5)
        assert ((scores >= 0) & (scores <= 1)).all()
        assert (np.bincount(query, weights=scores, minlength=5) <= 1 + 1e-9).all()

    def test_two_equal_records_share_equally(self):
        scores = shares(np.array([9.0, 9.0]), np.array([0, 0]), 1)
        assert scores == pytest.approx([0.5, 0.5], abs=1e-3)

    def test_a_record_no_better_than_none_gets_one_half(self):
        assert shares(np.array([0.0]), np.array([0]), 1) == pytest.approx([0.5])

    @given(UTILITIES)
    def test_the_neighbours_in_a_batch_do_not_count(self, rows):
        """A query gets in a batch the scores that it gets alone."""
        query = np.array([each for each, _ in rows], dtype=np.int64)
        utility = np.array([utility for _, utility in rows])
        together = shares(utility, query, 5)
        for each in set(query.tolist()):
            own = query == each
            assert together[own] == pytest.approx(shares(utility[own], np.zeros(own.sum(), np.int64), 1))


@pytest.mark.parametrize("weighted", RECIPE, ids=lambda weighted: weighted.name)
class TestEveryFeature:
    def test_it_says_what_it_is_in_one_sentence_on_one_line(self, weighted):
        """The docstring of a feature is what an explanation prints, and the documentation of the interface."""
        sentence, *more = inspect.getdoc(weighted.feature).split("\n")
        assert weighted.because == sentence
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert not more or more[0] == ""

    @pytest.mark.parametrize("placed", [True, False])
    def test_no_evidence_and_what_is_neutral_add_nothing(self, weighted, placed):
        place, values = RECIPE.index(weighted), np.ones((len(RECIPE), 2))
        values[place] = (np.nan, weighted.weight.neutral)
        assert contributions(values, np.full(2, placed))[place].tolist() == [0.0, 0.0]

    @pytest.mark.parametrize("placed", [True, False])
    def test_it_weighs_what_the_model_says(self, weighted, placed):
        place, weight = RECIPE.index(weighted), weighted.weight
        added = contributions(np.full((len(RECIPE), 1), weight.neutral + 0.5), np.array([placed]))[place]
        assert added[0] == pytest.approx(0.5 * (weight.placed if placed else weight.anywhere))
