"""The learnt model: the weight of each feature, what a share is worth as a probability, and where a decision is safe.

The file is `data/model.toml`, written by `training/weights.py`: what the labelled names speak of was fitted, the rest
set by hand.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gazetteer.errors import BadData
from gazetteer.text.tables import read

FILE = "model.toml"
GROUPS = ("known", "resembling", "known_anywhere", "resembling_anywhere")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a feature weighs, in log-odds a unit of its value.

    `placed` counts where the query's country is known, `anywhere` where it is not; a value of `neutral` adds nothing.
    """

    placed: float
    anywhere: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising curve from the share of a candidate to the probability that it is meant, by its knots."""

    share: NDArray[np.float64]
    score: NDArray[np.float64]

    def __call__(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each share."""
        return np.asarray(np.interp(share, self.share, self.score))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; curves by group of candidates; and (precision, score from which matches have it) rising."""

    weights: Mapping[str, Weight]
    curves: Mapping[str, Curve]
    thresholds: Sequence[tuple[float, float]]

    def threshold(self, precision: float) -> float:
        """The score from which matches are right as often as `precision` says, between those that were measured."""
        precisions, scores = zip(*self.thresholds, strict=True)
        return float(np.interp(precision, precisions, scores))


@cache
def model() -> Model:
    """The model of the package; BadData where its file is broken."""
    return parse(read(FILE))


def parse(text: str) -> Model:
    """A model from its file; BadData where a part is missing or a curve does not rise."""
    try:
        table = tomllib.loads(text)
        weights = {name: weight(row) for name, row in table["features"].items()}
        curves = {group: curve(group, table["calibration"][group]) for group in GROUPS}
        thresholds = [(float(precision), float(score)) for precision, score in table["thresholds"]["table"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadData(f"{FILE}: {error!r}") from error
    if (
        not thresholds
        or thresholds != sorted(thresholds)
        or [s for _, s in thresholds] != sorted(s for _, s in thresholds)
    ):
        raise BadData(f"{FILE}: the thresholds do not rise")
    return Model(weights, curves, thresholds)


def weight(row: Mapping[str, float]) -> Weight:
    """The weight of a feature; where only `weight` is said, it counts with a country and without."""
    placed = float(row["weight"])
    return Weight(placed, float(row.get("anywhere", placed)), float(row.get("neutral", 0.0)))


def curve(group: str, knots: Sequence[Sequence[float]]) -> Curve:
    """A calibration curve; BadData where it does not rise within 0 and 1."""
    share, score = np.array(knots, dtype=float).reshape(-1, 2).T
    if (
        not len(share)
        or (np.diff(share) <= 0).any()
        or (np.diff(score) < 0).any()
        or not 0 <= score[0] <= score[-1] <= 1
    ):
        raise BadData(f"{FILE}: the curve {group} does not rise from 0 to 1")
    return Curve(share, score)
