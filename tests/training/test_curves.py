import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.curves import LEAST, isotonic

CASES = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0.1, 10)), min_size=1, max_size=400)


class TestIsotonic:
    @given(CASES)
    def test_it_rises_from_nothing_within_0_and_1(self, cases):
        """Whatever the cases: it is what the model's file may hold."""
        knots = np.array(isotonic(*map(np.array, zip(*[(x, float(y), w) for x, y, w in cases], strict=True))))
        assert knots[0].tolist() == [0.0, 0.0]
        assert (np.diff(knots[:, 0]) > 0).all()
        assert (np.diff(knots[:, 1]) >= 0).all()
        assert ((knots >= 0) & (knots <= 1)).all()

    def test_it_finds_what_shares_are_worth(self):
        chance = np.random.default_rng(1)
        share = chance.random(20_000)
        right = (chance.random(20_000) < share**2).astype(float)
        knots = np.array(isotonic(share, right, np.ones(20_000)))
        places = np.linspace(0.1, 0.9, 9)
        assert np.abs(np.interp(places, *knots.T) - places**2).max() < 0.05

    def test_bins_that_fall_are_pooled(self):
        """Two bins, the upper one right less often: one level, the mean of both."""
        share = np.repeat([0.3, 0.7], LEAST)
        right = np.concatenate([np.ones(LEAST), np.zeros(LEAST)])
        assert isotonic(share, right, np.ones(2 * LEAST))[1:] == [(0.5, 0.5), (1.0, 0.5)]

    def test_weight_counts(self):
        share, right = np.array([0.5, 0.5]), np.array([1.0, 0.0])
        assert isotonic(share, right, np.array([3.0, 1.0]))[1] == (0.5, 0.75)
