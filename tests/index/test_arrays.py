import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index.arrays import distinct, expand


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_distinct_values_are_those_of_a_set_in_order(values):
    assert distinct(np.array(values, dtype=np.uint64)).tolist() == sorted(set(values))


def test_expand_lists_all_members_of_the_lists_asked_for():
    begins = np.array([0, 2, 2, 5])
    owner, places = expand(begins, np.array([2, 1, 0]))
    assert owner.tolist() == [0, 0, 0, 2, 2]
    assert places.tolist() == [2, 3, 4, 0, 1]


def test_expand_of_nothing_is_nothing():
    owner, places = expand(np.array([0]), np.zeros(0, dtype=np.int64))
    assert len(owner) == len(places) == 0
