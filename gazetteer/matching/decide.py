"""The decision: match, ambiguous or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gazetteer.matching.model import model
from gazetteer.matching.score import Scored
from gazetteer.matching.types import Decision


@dataclass(frozen=True, slots=True)
class Policy:
    """When a score is good enough.

    `precision` is how often matches are to be right, among spellings that are not known and as many names of nothing
    that is known: the model says from which score on they are. `precision_anywhere` is the same of queries that say no
    country. A match must lead the runner-up by `margin`. Where all candidates together have less than `plausible`, the
    answer is none: what the query means is probably not here.
    """

    precision: float = 0.943
    precision_anywhere: float = 0.893
    margin: float = 0.30
    plausible: float = 0.50

    def accept(self, settled: bool) -> float:
        """The score from which a match is safe; `settled` says that the country is known, or makes no difference."""
        return threshold(self.precision if settled else self.precision_anywhere, settled)


@lru_cache(maxsize=64)
def threshold(precision: float, settled: bool) -> float:
    """The score from which matches are right as often as asked; remembered, since every decision asks."""
    return model().threshold(precision, settled)


def decide_all(scored: Scored, policy: Policy) -> list[Decision]:
    """The decisions over all queries of a batch, as `decide` makes each."""
    begins = scored.begins
    count = np.diff(begins)
    query = np.repeat(np.arange(len(count)), count)
    total = np.bincount(query, weights=scored.score, minlength=len(count))
    score = np.append(scored.score, (0.0, 0.0))
    first, second = (np.where(count > rank, score[begins[:-1] + rank], 0.0) for rank in (0, 1))
    settled = np.append(scored.settled, False)[begins[:-1]]
    accept = np.where(settled, policy.accept(True), policy.accept(False))
    plausible = (count > 0) & (total >= policy.plausible)
    match = plausible & (first >= accept) & (first - second >= policy.margin)
    return [CHOICES[each] for each in (plausible.astype(int) + match).tolist()]


CHOICES = (Decision.NONE, Decision.AMBIGUOUS, Decision.MATCH)


def decide(scores: Sequence[float], policy: Policy, settled: bool) -> Decision:
    """The decision over the scores of a query's records, best first; they sum to 1 less the score of "none"."""
    if not scores or sum(scores) < policy.plausible:
        return Decision.NONE
    runner_up = scores[1] if len(scores) > 1 else 0.0
    if scores[0] >= policy.accept(settled) and scores[0] - runner_up >= policy.margin:
        return Decision.MATCH
    return Decision.AMBIGUOUS
