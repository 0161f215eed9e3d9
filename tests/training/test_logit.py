import numpy as np
import pytest

from gazetteer.matching import score
from training.logit import Choices, fit, losses, shares, stacked

WEIGHTS = np.array([-2.0, 4.0, 1.5])  # the first is of a feature that is always 1
CASES, CANDIDATES = 6_000, 5


OPEN, CLOSED = np.ones(CASES), np.zeros(CASES)  # "none" is an alternative in all cases, or in none of them


def sample(fixed: float = 0.0, open: np.ndarray = OPEN) -> Choices:
    """Cases drawn from a model whose weights are known."""
    chance = np.random.default_rng(5)
    values = chance.random((CASES * CANDIDATES, len(WEIGHTS)))
    values[:, 0] = 1.0
    case = np.repeat(np.arange(CASES), CANDIDATES)
    offset = np.full(len(values), fixed)
    share, _ = shares(values @ WEIGHTS + offset, case, open)
    ends = share.reshape(CASES, CANDIDATES).cumsum(axis=1)
    drawn = (chance.random(CASES)[:, None] > ends).sum(axis=1)  # CANDIDATES where it is none of them
    drawn = np.where(open > 0, drawn, np.minimum(drawn, CANDIDATES - 1))
    right = (drawn[:, None] == np.arange(CANDIDATES)).astype(float).ravel()
    return Choices(values, offset, case, right, np.ones(CASES), open)


class TestFit:
    def test_it_finds_the_weights_that_the_cases_were_drawn_with(self):
        assert fit(sample()) == pytest.approx(WEIGHTS, abs=0.25)

    def test_what_is_fixed_is_not_fitted_again(self):
        """An offset of all candidates belongs to no weight."""
        assert fit(sample(fixed=1.0)) == pytest.approx(WEIGHTS, abs=0.25)

    def test_cases_that_are_none_of_no_record_speak_of_the_order_alone(self):
        """What tells records apart is found; what all of them have in common is not."""
        found = fit(sample(open=CLOSED))
        assert found[1:] == pytest.approx(WEIGHTS[1:], abs=0.25)
        assert found[0] == pytest.approx(0.0, abs=1e-6)

    def test_a_feature_that_says_nothing_weighs_nothing(self):
        given = sample()
        silent = Choices(np.hstack([given.values, np.zeros((len(given.values), 1))]), *parts(given)[1:])
        assert fit(silent)[-1] == pytest.approx(0.0, abs=1e-9)

    def test_slope_and_bend_are_those_of_the_loss(self):
        """Each by small differences."""
        given, step = sample(), 1e-5
        _, slope, bend = losses(given, WEIGHTS / 2)
        for place, along in enumerate(np.eye(len(WEIGHTS)) * step):
            above, below = losses(given, WEIGHTS / 2 + along), losses(given, WEIGHTS / 2 - along)
            assert (above[0] - below[0]) / (2 * step) == pytest.approx(slope[place], rel=1e-3)
            assert (above[1] - below[1]) / (2 * step) == pytest.approx(bend[place], rel=1e-3)


def parts(given: Choices) -> tuple[np.ndarray, ...]:
    return given.values, given.fixed, given.case, given.right, given.weight, given.open


class TestShares:
    def test_they_are_those_that_answers_are_scored_by(self):
        """What is fitted is what is served."""
        chance = np.random.default_rng(2)
        utility, case = chance.normal(0, 20, 300), np.sort(chance.integers(0, 60, 300))
        share, none = shares(utility, case, np.ones(60))
        assert share == pytest.approx(score.shares(utility, case, 60))
        assert np.bincount(case, weights=share, minlength=60) + none == pytest.approx(1.0)


def test_stacked_rows_know_their_case():
    rows, case = stacked([np.zeros((2, 3)), np.zeros((0, 3)), np.ones((1, 3))])
    assert rows.shape == (3, 3)
    assert case.tolist() == [0, 0, 2]
