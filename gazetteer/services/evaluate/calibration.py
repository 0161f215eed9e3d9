"""Calibration: of the answers scored 0.9, are nine in ten right?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.services.evaluate.mixture import Mixture
from gazetteer.services.evaluate.shares import Label

BINS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """A first candidate's score, whether it is the record meant, and what the row weighs."""

    score: float
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows scored from `low` to below `high` (the last bin takes 1 as well).

    `weight` is their share of all, `score` their mean score, `right` the share of them that are right.
    """

    low: float
    high: float
    rows: int
    weight: float
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far scores are from what they say, over the rows that have a candidate.

    `error` is the expected calibration error: the mean distance of score and share right over the bins, by weight.
    For a name of no record the first candidate is wrong whatever it is.
    """

    file: str
    context: str
    part: str
    rows: int
    error: float
    bins: tuple[Bin, ...]


def calibration(label: Label, mixture: Mixture) -> Calibration:
    """The calibration of a mixture."""
    scored = list(scores(mixture))
    bins = tuple(binned(scored))
    return Calibration(*label, len(scored), expected_error(bins), bins)


def scores(mixture: Mixture) -> Iterator[Scored]:
    """The scores of the rows that have a candidate."""
    for outcomes, weight in ((mixture.answerable, 1.0), (mixture.nil, mixture.weight)):
        for each in outcomes:
            if each.first is not None:
                yield Scored(each.first.score, each.right, weight)


def binned(scored: Sequence[Scored]) -> Iterator[Bin]:
    """Bins of equal width over [0, 1]; one that nothing falls into is not there."""
    total = sum(each.weight for each in scored)
    members: dict[int, list[Scored]] = {}
    for each in scored:
        members.setdefault(min(int(each.score * BINS), BINS - 1), []).append(each)
    for place, inside in sorted(members.items()):
        weight = sum(each.weight for each in inside)
        yield Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            rows=len(inside),
            weight=weight / total,
            score=sum(each.score * each.weight for each in inside) / weight,
            right=sum(each.weight for each in inside if each.right) / weight,
        )


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error (Naeini and others 2015); 0.0 of nothing."""
    return sum(each.weight * abs(each.score - each.right) for each in bins)
