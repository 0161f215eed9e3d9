"""Queries of many threads, answered together."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gazetteer.errors import InvalidInput
from gazetteer.matching.types import Query
from gazetteer.services.resolve import among_others, one
from gazetteer.services.together import MOST, Together
from tests.services.gazetteer_of_three import ThreeRecords

WAIT = 10.0  # seconds, after which a test gives up


class Gate:
    """Answers that wait for a word, so that others gather; remembers the batches."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()
        self.batches: list[tuple[int, int]] = []
        self.three = ThreeRecords()

    def many(self, queries, limit):
        """One answer a query, once the gate is open."""
        self.batches.append((len(queries), limit))
        self.entered.set()
        assert self.open.wait(WAIT)
        if any(each.name == "broken" for each in queries):
            raise RuntimeError("broken")
        return self.three.many(queries)


def gathered(gate: Gate, names: list[str], limits: list[int]):
    """What comes of asking for names at once while the first batch is held up."""
    together = Together(gate.many)
    with ThreadPoolExecutor(len(names) + 1) as pool:
        first = pool.submit(together.one, Query("first"), 5)
        assert gate.entered.wait(WAIT)
        others = [pool.submit(together.one, Query(name), limit) for name, limit in zip(names, limits, strict=True)]
        while len(together._waiting) < len(names):
            threading.Event().wait(0.001)
        gate.open.set()
        return [first, *others]


def test_whoever_comes_meanwhile_is_answered_at_once():
    """And nobody waits when nobody is before them."""
    gate, names = Gate(), [f"n{each}" for each in range(20)]
    answers = gathered(gate, names, [5] * 20)
    assert gate.batches == [(1, 5), (20, 5)]
    assert [each.result(WAIT).query.name for each in answers] == ["first", *names]


def test_no_batch_grows_without_end():
    gate = Gate()
    answers = gathered(gate, ["n"] * (MOST + 3), [5] * (MOST + 3))
    assert [each.result(WAIT).query.name for each in answers[1:]] == ["n"] * (MOST + 3)
    assert gate.batches == [(1, 5), (MOST, 5), (3, 5)]


def test_each_gets_as_many_candidates_as_it_asked_for():
    gate = Gate()
    gathered(gate, ["a", "b", "c"], [1, 5, 1])
    assert sorted(gate.batches) == [(1, 5), (1, 5), (2, 1)]


def test_what_goes_wrong_is_told_and_the_next_are_answered():
    """A fault keeps nobody waiting for ever."""
    gate = Gate()
    first, broken, fine = gathered(gate, ["broken", "fine"], [1, 5])
    assert first.result(WAIT).query.name == "first"
    with pytest.raises(RuntimeError, match="broken"):
        broken.result(WAIT)
    assert fine.result(WAIT).query.name == "fine"


def test_the_answers_are_those_of_each_alone(small):
    names = ["Hawija", "Hawijah", "Mosul", "Mossul", "Lothlorien", "Tripoli"] * 5
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: among_others(small, Query(name)), names))
    assert found == [one(small, Query(name)) for name in names]


def test_a_query_that_cannot_be_used_is_refused(small):
    with pytest.raises(InvalidInput, match="empty"):
        among_others(small, Query(" "))
