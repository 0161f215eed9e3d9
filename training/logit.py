"""Fitting a conditional logit with "none of these" as an alternative (McFadden 1974), by Newton's method.

The likelihood is concave, so the fit needs no start and no luck; a little ridge keeps features that the cases say
nothing of near nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 30
RIDGE = 0.5
ENOUGH = 1e-3  # of the likelihood: a gain below it ends the fit
HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Choices:
    """Many cases as columns: a row for each candidate.

    `values` are the features to be fitted, `fixed` what the others add; `case` is the row's case, `right` marks the
    row that is meant; `weight` is the weight of each case, and `open` 1.0 where "none" is an alternative, 0.0 where one
    of the rows is meant for sure: such a case speaks of the order of its rows alone.
    """

    values: np.ndarray
    fixed: np.ndarray
    case: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    open: np.ndarray


def fit(choices: Choices) -> np.ndarray:
    """The weights of the features."""
    weights = np.zeros(choices.values.shape[1])
    loss, slope, bend = losses(choices, weights)
    for _ in range(ROUNDS):
        step = np.linalg.solve(bend, slope)
        for halving in range(HALVINGS):
            tried = weights - step / 2**halving
            new = losses(choices, tried)
            if new[0] < loss:
                break
        gain = loss - new[0]
        weights, (loss, slope, bend) = tried, new
        if gain < ENOUGH:
            break
    return weights


def losses(choices: Choices, weights: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """The negative log-likelihood with its ridge, its gradient and its Hessian."""
    share, none = shares(choices.values @ weights + choices.fixed, choices.case, choices.open)
    answered = np.bincount(choices.case, weights=choices.right, minlength=len(none)) > 0
    log = np.where(answered, 0.0, np.log(none + 1e-300))
    np.add.at(log, choices.case, choices.right * np.log(share + 1e-300))
    of_row = choices.weight[choices.case]
    slope = choices.values.T @ (of_row * (share - choices.right)) + RIDGE * weights
    mean = np.zeros((len(none), len(weights)))
    np.add.at(mean, choices.case, share[:, None] * choices.values)
    bend = (choices.values * (of_row * share)[:, None]).T @ choices.values - (mean * choices.weight[:, None]).T @ mean
    loss = -float(choices.weight @ log) + RIDGE / 2 * float(weights @ weights)
    return loss, slope, bend + RIDGE * np.eye(len(weights))


def shares(utility: np.ndarray, case: np.ndarray, open: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The share of each row in its case, and that of "none" in each, which is no alternative where `open` is 0.0."""
    most = np.where(open > 0, 0.0, -np.inf)
    np.maximum.at(most, case, utility)
    weight = np.exp(utility - most[case])
    none = open * np.exp(-np.where(open > 0, most, 0.0))
    total = none + np.bincount(case, weights=weight, minlength=len(open))
    return weight / total[case], none / total


def stacked(rows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of many cases one after the other, and the case of each."""
    return np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(each) for each in rows])
