"""The sieve keeps what a plain one does that sorts everything."""

import numpy as np
import pytest

from gazetteer.index.sieve import LEVELS, PLAIN, SAMPLED, agree, most, to_front


def highest(steps, room):
    """The places of the highest steps, of equal ones the earlier, in their order."""
    return sorted(sorted(range(len(steps)), key=lambda place: (-int(steps[place]), place))[:room])


@pytest.mark.parametrize("size", [0, 3, 64, 65, 1000, LEVELS * SAMPLED + 1, 50_000])
@pytest.mark.parametrize("highest_step", [1, 40, LEVELS - 1])
def test_the_highest_are_kept(size, highest_step):
    steps = np.random.default_rng(size).integers(0, highest_step, size, endpoint=True).astype(np.uint8)
    places = np.empty(size, np.int64)

    kept = most(steps, 64, places)

    assert places[:kept].tolist() == highest(steps, 64)


def test_a_sample_that_misleads_is_not_believed():
    """Where only the cores of the sample are high, there are not as many as it says."""
    steps = np.zeros(LEVELS * SAMPLED * 2, np.uint8)
    steps[::SAMPLED] = 200
    places = np.empty(len(steps), np.int64)

    kept = most(steps, 1000, places)

    assert places[:kept].tolist() == highest(steps, 1000)


def test_the_highest_come_to_the_front_and_the_others_follow():
    steps = np.array([5, 9, 5, 1, 9, 7], np.uint8)
    places = np.arange(6)

    front = to_front(steps, places, 3, np.empty(6, np.int64))

    assert front == 3
    assert places.tolist() == [1, 4, 5, 0, 2, 3]


def test_agreement_is_that_of_the_bits():
    """Twice what both have over what either has, in whole steps."""
    words = np.random.default_rng(7).integers(0, 2**63, (4, 500)).astype(np.uint64)
    low, high = words[0] & words[1], words[2] & words[3]
    agreed = np.zeros(500, np.uint8)

    for asked in [(low[0], high[0]), (np.uint64(0), np.uint64(0)), (low[1], np.uint64(0))]:
        agree(np.array(asked), low, high, agreed)
        mine = int(asked[0]).bit_count() + int(asked[1]).bit_count()
        expected = [
            2
            * PLAIN
            * ((int(asked[0]) & x).bit_count() + (int(asked[1]) & y).bit_count())
            // (max(mine, 1) + x.bit_count() + y.bit_count())
            for x, y in zip(low.tolist(), high.tolist(), strict=True)
        ]
        assert agreed.tolist() == expected
