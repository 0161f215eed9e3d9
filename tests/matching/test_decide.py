import pytest

from gazetteer.matching.decide import Policy, decide
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
