"""The learnt model: the weight of each feature, what a share is worth as a probability, and where a decision is safe.

The file is `data/model.toml`, written by `training/weights.py`: what the labelled names speak of was fitted, the rest
set by hand.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.errors import BadData
from gazetteer.text.tables import read

FILE = "model.toml"
KEYS = ("weight", "anywhere", "neutral")
CONTEXTS = ("placed", "anywhere")
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
    """A rising curve by its knots: from the share of a candidate to the probability that it is meant, or from the
    precision of matches to the score from which they have it."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def __call__(self, x: Any) -> NDArray[np.float64]:
        """The curve at each place, level beyond its ends."""
        return np.asarray(np.interp(x, self.x, self.y))


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; curves by group of candidates; and (precision, score from which matches have it), rising, for
    queries whose country is known (`placed`) and for those where it is not (`anywhere`)."""

    weights: Mapping[str, Weight]
    curves: Mapping[str, Curve]
    thresholds: Mapping[str, Curve]

    def threshold(self, precision: float, settled: bool) -> float:
        """The score from which matches are right as often as `precision` says, between those that were measured."""
        return float(self.thresholds["placed" if settled else "anywhere"](precision))


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
        thresholds = {name: curve(name, table["thresholds"][name]) for name in CONTEXTS}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadData(f"{FILE}: {error!r}") from error
    return Model(weights, curves, thresholds)


def weight(row: Mapping[str, float]) -> Weight:
    """The weight of a feature; BadData where it is not whole, has anything else, or is no number."""
    found = Weight(float(row["weight"]), float(row["anywhere"]), float(row["neutral"]))
    if len(row) > len(KEYS) or not np.isfinite([found.placed, found.anywhere, found.neutral]).all():
        raise BadData(f"{FILE}: a feature has {dict(row)}, needs numbers for {', '.join(KEYS)} and nothing else")
    return found


def curve(name: str, knots: Sequence[Sequence[float]]) -> Curve:
    """A curve from its knots; BadData where it does not rise within 0 and 1."""
    x, y = np.array(knots, dtype=float).reshape(-1, 2).T
    rises = len(x) and (np.diff(x) > 0).all() and (np.diff(y) >= 0).all()
    if not rises or not 0 <= y[0] <= y[-1] <= 1:
        raise BadData(f"{FILE}: the curve {name} does not rise from 0 to 1")
    return Curve(x, y)
