"""The algorithm as its users read it: every feature with what it looks at and what it weighs."""

from dataclasses import dataclass
from inspect import getdoc

from gazetteer.matching.score import RECIPE, Weighted
from gazetteer.matching.types import Kind


@dataclass(frozen=True, slots=True)
class FeatureRecord:
    """A feature: it adds `weight · (value - neutral)` to the log-odds, for records of these kinds.

    Where the query's country is not known, `weight_anywhere` takes the place of `weight`.
    """

    name: str
    weight: float
    weight_anywhere: float
    neutral: float
    kinds: tuple[str, ...]
    documentation: str


def features() -> tuple[FeatureRecord, ...]:
    """All features, in the order in which they are weighed."""
    return tuple(record(each) for each in RECIPE)


def record(weighted: Weighted) -> FeatureRecord:
    """One feature; its documentation is its docstring."""
    return FeatureRecord(
        name=weighted.name,
        weight=weighted.weight.placed,
        weight_anywhere=weighted.weight.anywhere,
        neutral=weighted.weight.neutral,
        kinds=tuple(Kind),
        documentation=getdoc(weighted.feature) or "",
    )
