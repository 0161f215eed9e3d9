"""Names that mean a record and names that mean none, half and half, and what the decisions about them are worth.

The names that mean none are of the countries of those that mean one. Where there are more of them, as many are drawn;
where there are fewer, none of the others is dropped: each of the few weighs more, so that the halves are equal.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from gazetteer.matching.types import Decision
from gazetteer.services.evaluate.asking import Outcome
from gazetteer.services.evaluate.rows import NIL, draw
from gazetteer.services.evaluate.shares import Label, Share, share, wilson


@dataclass(frozen=True, slots=True)
class Mixture:
    """The outcomes of both halves; a name that means none weighs `weight`, the others 1.

    `left_out` are the rows whose record the snapshot does not hold, and the names held out that it does.
    """

    answerable: tuple[Outcome, ...]
    nil: tuple[Outcome, ...]
    weight: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What the decision `match` is worth: how many matches are right, how many answerable names get a right one.

    `nil_accepted` is the share of the names of no record that were matched all the same; `ambiguous` is of the
    answerable. Each of the `nil` names weighs `nil_weight`.
    """

    file: str
    context: str
    part: str
    rows: int
    nil: int
    nil_weight: float
    left_out: int
    precision: Share | None
    recall: Share | None
    ambiguous: Share | None
    nil_accepted: Share | None


def mix(outcomes: Sequence[Outcome], nil: Sequence[Outcome], held: Set[str] | None) -> Mixture:
    """Both halves; `held` are the GeoNames ids of the snapshot, None where nothing was taken out of it.

    Without `nil`, the rows are measured as they are.
    """
    answerable = [each for each in outcomes if each.row.part != NIL and (held is None or each.row.geonames in held)]
    countries = {each.row.country for each in answerable}
    pool = [each for each in outcomes if each.row.part == NIL]
    pool += [each for each in nil if each.row.country in countries]
    absent = missing(pool, held)
    halved = bool(nil and answerable and absent)
    drawn = draw(absent, len(answerable)) if halved else absent
    weight = len(answerable) / len(drawn) if halved else 1.0
    left_out = sum(each.row.part != NIL for each in outcomes) - len(answerable) + len(pool) - len(absent)
    return Mixture(tuple(answerable), tuple(drawn), weight, left_out)


def missing(nil: Sequence[Outcome], held: Set[str] | None) -> list[Outcome]:
    """The names held out whose record the snapshot does not hold all the same."""
    return [each for each in nil if held is None or each.row.geonames not in held]


def decided(label: Label, mixture: Mixture) -> Decided:
    """Count the decisions of a mixture."""
    matches = [each for each in mixture.answerable if each.matched]
    right = sum(each.right for each in matches)
    accepted = sum(each.matched for each in mixture.nil)
    ambiguous = sum(each.decision is Decision.AMBIGUOUS for each in mixture.answerable)
    return Decided(
        *label,
        rows=len(mixture.answerable),
        nil=len(mixture.nil),
        nil_weight=mixture.weight,
        left_out=mixture.left_out,
        precision=precision(right, len(matches), accepted, mixture.weight),
        recall=share(right, len(mixture.answerable)),
        ambiguous=share(ambiguous, len(mixture.answerable)),
        nil_accepted=share(accepted, len(mixture.nil)),
    )


def precision(right: int, matches: int, accepted: int, weight: float) -> Share | None:
    """The share of all matches that are right; its interval is that of as many rows as the weights are worth (Kish)."""
    total = matches + accepted * weight
    if not total:
        return None
    worth = total**2 / (matches + accepted * weight**2)
    low, high = wilson(right / total * worth, worth)
    return Share(right / total, low, high)
