from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.decide import Policy, decide, decide_all
from gazetteer.matching.types import Decision

POLICY = Policy(precision=0.95, margin=0.50, plausible=0.50)
SAFE = POLICY.accept(settled=True)


class TestDecide:
    @pytest.mark.parametrize(
        ("scores", "decision"),
        [
            ([], Decision.NONE),
            ([0.2, 0.1], Decision.NONE),
            ([0.99], Decision.MATCH),
            ([SAFE], Decision.MATCH),
            ([0.48, 0.47], Decision.AMBIGUOUS),
            ([0.30, 0.30, 0.30], Decision.AMBIGUOUS),
            ([SAFE - 0.01], Decision.AMBIGUOUS),
        ],
    )
    def test_decisions(self, scores, decision):
        """A match needs the score and the lead; many weak rivals together are ambiguous, one weak one alone is none."""
        assert decide(scores, POLICY, settled=True) is decision

    def test_a_greater_precision_asks_for_a_greater_score(self):
        asked = [Policy(each, each).accept(settled) for settled in (True, False) for each in (0.8, 0.9, 0.95, 0.99)]
        assert asked[:4] == sorted(set(asked[:4]))
        assert asked[4:] == sorted(asked[4:])
        assert asked[4] < asked[-1]

    def test_two_equal_leaders_are_ambiguous(self):
        """A good score is no match while another record is as good."""
        assert decide([0.5, 0.5], Policy(precision=0.8, margin=0.1), settled=True) is Decision.AMBIGUOUS


SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.4, 0.5, 0.6, SAFE, 0.95, 1.0]), max_size=4)


class TestDecideAll:
    @given(st.lists(st.tuples(SCORES, st.booleans()), max_size=6))
    def test_each_of_a_batch_is_decided_as_it_is_alone(self, queries):
        queries = [(sorted(scores, reverse=True), settled) for scores, settled in queries]
        scored = SimpleNamespace(
            begins=np.cumsum([0, *(len(scores) for scores, _ in queries)]),
            score=np.array([score for scores, _ in queries for score in scores]),
            settled=np.array([settled for scores, settled in queries for _ in scores], dtype=bool),
        )
        assert decide_all(scored, POLICY) == [decide(scores, POLICY, settled) for scores, settled in queries]
