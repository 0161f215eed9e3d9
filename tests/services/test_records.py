"""Records as answers show them."""

import numpy as np
import pytest

from gazetteer.services.records import candidates, day, described


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("hawija", "Hawija (settlement, Kirkuk, IQ)"),
        ("euphrates", "Euphrates (river)"),
        ("isis", "Islamic State (armed_group)"),
    ],
)
def test_a_record_in_a_few_words(small, id, said):
    """With what is known of it, and its province as an address has it."""
    assert described(small.snapshot, small.snapshot.entities.find(id)) == said


def test_many_at_once_are_what_each_is_alone(small):
    """In their order, however often one comes."""
    snapshot = small.snapshot
    name = np.array([3, 0, 20, 3])
    entity = snapshot.names.entity[name]
    score = np.array([0.123456, 0.5, 0.25, 1.0])
    together = candidates(snapshot, entity, name, score)
    alone = [candidates(snapshot, entity[[at]], name[[at]], score[[at]])[0] for at in range(4)]
    assert together == alone
    assert together[0].score == 0.1235
    assert candidates(snapshot, entity[:0], name[:0], score[:0]) == []


def test_what_is_not_known_is_none(small):
    snapshot = small.snapshot
    entity = snapshot.entities.find("euphrates")
    (found,) = candidates(snapshot, np.array([entity]), snapshot.entities.names[[entity]], np.array([1.0]))
    assert (found.country, found.admin1, found.lat, found.lon, found.population) == (None,) * 5
    assert found.matched_name.language is None


@pytest.mark.parametrize("ordinal", [-(2**31), 0, 2**31 - 1])
def test_a_day_beyond_the_calendar_is_not_known(ordinal):
    assert day(ordinal) is None
