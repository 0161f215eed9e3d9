"""The algorithm as its users read it: every feature with what it looks at and what it weighs."""

from dataclasses import dataclass
from inspect import getdoc

from gazetteer.matching.score import RECIPE, Weighted
from gazetteer.matching.types import Kind


@dataclass(frozen=True, slots=True)
class FeatureRecord:
    """A feature: it adds `weight · (value - neutral)` to the log-odds, for records of these kinds."""

    name: str
    weight: float
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
        weight=weighted.weight,
        neutral=weighted.neutral,
        kinds=tuple(Kind),
        documentation=getdoc(weighted.feature) or "",
    )
