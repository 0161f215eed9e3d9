"""Shares with their uncertainty, and recall: how often the right record is among the first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

from gazetteer.services.evaluate.asking import Outcome

NORMAL_95 = 1.96

Label: TypeAlias = tuple[str, str, str]  # the file, the context given, the part of the file


@dataclass(frozen=True, slots=True)
class Share:
    """A share of rows, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Recall:
    """How often the right record is first, among the first five, among the first ten.

    `by` is "all", "script" or "language", `group` the script or the language; None where the rows do not say.
    """

    file: str
    context: str
    part: str
    by: str
    group: str | None
    rows: int
    at_1: Share
    at_5: Share
    at_10: Share


def share(right: float, rows: float) -> Share | None:
    """So many of so many; None of none."""
    if not rows:
        return None
    low, high = wilson(right, rows)
    return Share(right / rows, low, high)


def wilson(right: float, rows: float) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); weighed rows are given as the number that would be as certain."""
    share, square = right / rows, NORMAL_95**2
    middle = (share + square / (2 * rows)) / (1 + square / rows)
    half = NORMAL_95 * sqrt(share * (1 - share) / rows + square / (4 * rows**2)) / (1 + square / rows)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def within(ranks: Iterable[int | None], rows: int, most: int) -> Share:
    """How often the right record is among the first `most`."""
    right = sum(rank is not None and rank < most for rank in ranks)
    low, high = wilson(right, rows)
    return Share(right / rows, low, high)


def recalls(label: Label, outcomes: Sequence[Outcome], by: Sequence[str]) -> Iterator[Recall]:
    """The recall of all rows, then that of each script or language asked for, the largest group first."""
    yield recall(label, "all", None, outcomes)
    for field in by:
        groups: dict[str | None, list[Outcome]] = {}
        for each in outcomes:
            groups.setdefault(getattr(each.row, field), []).append(each)
        for group, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0] or "")):
            yield recall(label, field, group, members)


def recall(label: Label, by: str, group: str | None, outcomes: Sequence[Outcome]) -> Recall:
    """The recall of some rows."""
    ranks = [each.rank for each in outcomes]
    at = (within(ranks, len(ranks), most) for most in (1, 5, 10))
    return Recall(*label, by, group, len(ranks), *at)
