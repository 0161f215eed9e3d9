"""The compiled loops of the score say what plain ones do."""

import numpy as np
import pytest

from gazetteer.matching.ranking import ranked, records_of, utilities


@pytest.fixture(params=range(3))
def pairs(request):
    """Columns of some pairs in order of query, with ties of everything."""
    chance = np.random.default_rng(request.param)
    query = np.sort(chance.integers(0, 6, 80))
    entity, order = chance.integers(0, 5, 80), chance.permutation(5)
    return query, entity, order[entity], chance.integers(0, 9, 80), chance.integers(-3, 3, 80).astype(float)


def test_each_record_of_each_query_has_a_number(pairs):
    query, entity, *_ = pairs
    found = records_of(query, entity)
    numbers = {}
    for each in zip(query.tolist(), entity.tolist(), found.tolist(), strict=True):
        assert numbers.setdefault(each[:2], each[2]) == each[2]
    assert sorted(numbers.values()) == list(range(len(numbers)))


def test_records_are_ranked_by_their_best_pairs(pairs):
    query, entity, order, name, utility = pairs

    found = ranked(query, entity, order, name, utility)

    best = {}
    for row in sorted(range(len(query)), key=lambda row: (-utility[row], name[row], row)):
        best.setdefault((query[row], entity[row]), row)
    assert found.tolist() == sorted(best.values(), key=lambda row: (query[row], -utility[row], order[row]))


def test_nothing_is_ranked_of_nothing():
    nothing = np.zeros(0, np.int64)
    assert ranked(nothing, nothing, nothing, nothing, np.zeros(0)).tolist() == []


def test_utilities_are_sums_of_what_there_is_evidence_for():
    values = np.array([[1.0, np.nan, 0.5], [0.0, 1.0, np.nan]])
    there, anywhere, neutral = np.array([2.0, 4.0]), np.array([1.0, 3.0]), np.array([0.0, 0.5])

    found = utilities(values, np.array([True, False, False]), there, anywhere, neutral)

    assert found.tolist() == [2.0 - 2.0, 1.5, 0.5]
