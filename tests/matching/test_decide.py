import pytest

from gazetteer.matching.decide import Policy, decide
from gazetteer.matching.types import Decision

POLICY = Policy(accept=0.90, margin=0.50, plausible=0.50)


class TestDecide:
    @pytest.mark.parametrize(
        ("scores", "decision"),
        [
            ([], Decision.NONE),
            ([0.2, 0.1], Decision.NONE),
            ([0.95], Decision.MATCH),
            ([0.90, 0.05], Decision.MATCH),
            ([0.48, 0.47], Decision.AMBIGUOUS),
            ([0.30, 0.30, 0.30], Decision.AMBIGUOUS),
            ([0.80], Decision.AMBIGUOUS),
        ],
    )
    def test_decisions(self, scores, decision):
        """A match needs the score and the lead; many weak rivals together are ambiguous, one weak one alone is none."""
        assert decide(scores, POLICY) is decision

    def test_two_equal_leaders_are_ambiguous(self):
        """A good score is no match while another record is as good."""
        assert decide([0.5, 0.5], Policy(accept=0.5, margin=0.1)) is Decision.AMBIGUOUS
