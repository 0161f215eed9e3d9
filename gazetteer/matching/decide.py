"""The decision: match, ambiguous or none, and the sentence that says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.matching.types import Decision


@dataclass(frozen=True, slots=True)
class Policy:
    """When a score is good enough.

    A match needs `accept`, and to lead the runner-up by `margin`. Where all candidates together have
    less than `plausible`, the answer is none: what the query means is probably not here.
    """

    accept: float = 0.90
    margin: float = 0.50
    plausible: float = 0.50


def decide(scores: Sequence[float], policy: Policy) -> Decision:
    """The decision over the scores of a query's records, best first; they sum to 1 less the score of "none"."""
    if not scores or sum(scores) < policy.plausible:
        return Decision.NONE
    runner_up = scores[1] if len(scores) > 1 else 0.0
    if scores[0] >= policy.accept and scores[0] - runner_up >= policy.margin:
        return Decision.MATCH
    return Decision.AMBIGUOUS
