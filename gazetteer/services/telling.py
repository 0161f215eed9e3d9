"""Telling apart: which context, were it given, would single out one of several rivals."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.distance import apart
from gazetteer.matching.types import Query
from gazetteer.services.query import RADIUS_KM
from gazetteer.services.wording import listed

APART_KM = 3 * RADIUS_KM  # rivals this far from each other are told apart by a point that is a district off


class Rival(NamedTuple):
    """What may tell a record from others, by the snapshot's numbers; 0 stands for no country and for no type.

    `above` are the units that it lies within; `first_day` and `last_day` are those of the name that brought it in.
    """

    entity: int
    kind: int
    country: int
    type: int
    above: frozenset[int]
    first_day: int
    last_day: int
    lat: float
    lon: float


def rival(snapshot: Snapshot, entity: int, name: int) -> Rival:
    """A record that a query may mean by a name."""
    records, names = snapshot.entities, snapshot.names
    return Rival(
        entity=entity,
        kind=int(records.kind[entity]),
        country=int(records.country[entity]),
        type=int(records.type[entity]),
        above=frozenset(records.ancestors(entity).tolist()),
        first_day=int(names.first_day[name]),
        last_day=int(names.last_day[name]),
        lat=float(records.lat[entity]),
        lon=float(records.lon[entity]),
    )


def told_apart(query: Query, rivals: Sequence[Rival]) -> str:
    """What the caller could add: whatever tells all rivals apart, else what parts most of them; "" for nothing."""
    pairs = list(combinations(rivals, 2))
    parted = {
        field: sum(differ(*pair) for pair in pairs)
        for field, (given, differ) in FIELDS.items()
        if getattr(query, given) is None
    }
    whole = [field for field, count in parted.items() if count == len(pairs) > 0]
    if whole:
        return f"{listed(whole, 'or')} would tell them apart"
    best = max(parted, key=lambda field: parted[field], default=None)
    return f"{best} would narrow it" if best is not None and parted[best] else ""


def kind(one: Rival, other: Rival) -> bool:
    """The two are of different kinds."""
    return one.kind != other.kind


def country(one: Rival, other: Rival) -> bool:
    """The two are of different countries; a record of no country is shut out by none."""
    return 0 != one.country != other.country != 0


def type_(one: Rival, other: Rival) -> bool:
    """The two are of different types; one of no type cannot be asked for."""
    return 0 != one.type != other.type != 0


def within(one: Rival, other: Rival) -> bool:
    """Each lies in a unit that the other neither is nor lies in."""
    return bool(one.above - other.above - {other.entity}) and bool(other.above - one.above - {one.entity})


def day(one: Rival, other: Rival) -> bool:
    """The two bore the name at different times."""
    return one.last_day < other.first_day or other.last_day < one.first_day


def point(one: Rival, other: Rival) -> bool:
    """The two are known to lie far from each other."""
    return apart(one.lat, one.lon, other.lat, other.lon) > APART_KM


# What a message calls it: the field of a query that says it, and whether two rivals differ by it. The easiest to
# give come first.
FIELDS: dict[str, tuple[str, Callable[[Rival, Rival], bool]]] = {
    "kind": ("kind", kind),
    "country": ("country", country),
    "type": ("type", type_),
    "within": ("within", within),
    "as_of": ("as_of", day),
    "a point": ("lat", point),
}
