"""Answers: their words are made when they are read, and are the same afterwards."""

import pickle

from gazetteer.matching.types import Candidate, Decision, MatchedName, Query, Result

CANDIDATE = Candidate(
    "hawija",
    "Hawija",
    "place",
    None,
    "IQ",
    None,
    None,
    None,
    None,
    {},
    0.9,
    MatchedName("Hawijah", "en", "variant", "test"),
)


class Counting:
    """Words that count how often they are asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def reason(self, place: int, query: Query, decision: Decision) -> str:
        """A sentence that names all it was given."""
        self.asked += 1
        return f"{place} {query.name} {decision.value}"

    def candidates(self, place: int) -> tuple[Candidate, ...]:
        """One record."""
        self.asked += 1
        return (CANDIDATE,)


def test_words_are_made_when_they_are_read():
    words = Counting()
    result = Result(Query("Hawijah"), Decision.MATCH, 7, 0.9, words, 3)
    assert (result.decision, result.score, words.asked) == (Decision.MATCH, 0.9, 0)
    assert result.reason == "3 Hawijah match"
    assert result.match is CANDIDATE


def test_a_result_is_what_it_says():
    """However it came about."""
    lazy = Result(Query("Hawijah"), Decision.MATCH, 7, 0.9, Counting(), 3)
    ready = Result.told(Query("Hawijah"), Decision.MATCH, 7, "3 Hawijah match", (CANDIDATE,))
    assert lazy == ready
    assert hash(lazy) == hash(ready)
    assert lazy != Result.told(Query("Hawijah"), Decision.MATCH, 8, "3 Hawijah match", (CANDIDATE,))


def test_another_process_reads_the_same():
    ready = Result.told(Query("Hawijah"), Decision.MATCH, 7, "because", (CANDIDATE,))
    assert pickle.loads(pickle.dumps(ready)) == ready
