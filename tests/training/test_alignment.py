from collections import Counter

import numpy as np
import pytest

from gazetteer.matching.alignment import GAP, OTHER
from gazetteer.matching.units import names
from training.alignment import Sample, first, learn, log_odds, rounds

STEMS = ["b{}s{}r", "m{}r{}d", "k{}l{}n", "s{}m{}l", "t{}d{}n", "r{}b{}t", "n{}s{}b", "d{}m{}k", "l{}r{}s", "b{}n{}d"]
VOWELS = ["aa", "ai", "ia", "ua", "ui"]
# Fifty pairs: where one side has k, the other has q.
PAIRS = [(OTHER, f"k{s.format(*v)}", f"q{s.format(*v)}") for s in STEMS for v in VOWELS]


def unit(letter: str) -> int:
    return names().index(letter)


@pytest.fixture(scope="module")
def odds() -> np.ndarray:
    return log_odds(learn(Counter(PAIRS))[OTHER])


class TestLearn:
    def test_a_unit_that_writers_exchange_costs_less_than_any_other(self, odds):
        assert odds[unit("k"), unit("q")] > 0.0
        assert odds[unit("k"), unit("q")] > max(odds[unit("k"), unit(each)] for each in "bdlmnrst")

    def test_a_unit_kept_speaks_for_one_name_and_a_strange_exchange_against(self, odds):
        for letter in "bdlmnrst":
            assert odds[unit(letter), unit(letter)] > 0.0
            assert odds[unit(letter), unit("q")] < 0.0

    def test_a_route_of_few_pairs_stays_near_what_is_true_of_all(self):
        """One pair of its own does not overturn fifty of all together."""
        found = learn(Counter([*PAIRS, ("Arab", "basra", "masra")]))
        everything, arabic = log_odds(found[OTHER]), log_odds(found["Arab"])
        assert arabic[unit("k"), unit("q")] == pytest.approx(everything[unit("k"), unit("q")], abs=0.5)

    def test_what_is_learnt_are_probabilities_and_a_second_time_the_same(self):
        sample = Sample(sorted(Counter(PAIRS).items()))
        none = np.zeros(first().shape)
        once = rounds(sample, first(), none + 0.01)
        assert once.sum() == pytest.approx(1.0)
        assert (once >= 0.0).all()
        assert once[GAP, GAP] == 0.0
        assert np.array_equal(once, rounds(sample, first(), none + 0.01))


class TestLogOdds:
    def test_units_that_stand_by_chance_speak_for_nothing(self):
        """Of a model that draws both sides independently, all exchanges have log-odds of about 0."""
        size = len(names())
        chance = np.random.default_rng(3)
        query, stored = chance.random(size) + 0.1, chance.random(size) + 0.1
        query[GAP] = stored[GAP] = 0.0
        steps = np.outer(query / query.sum(), stored / stored.sum())
        assert np.abs(log_odds(steps)[1:, 1:]).max() < 0.01
