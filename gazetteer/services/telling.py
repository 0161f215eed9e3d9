"""Telling apart: which context, were it given, would single out one of several rivals."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.distance import kilometres
from gazetteer.matching.types import Query
from gazetteer.services.query import RADIUS_KM
from gazetteer.services.wording import listed

APART_KM = 3 * RADIUS_KM  # rivals this far from each other are told apart by a point that is a district off


class Rival(NamedTuple):
    """A record that a query may mean, and the name that brought it in, by their numbers."""

    entity: int
    name: int


Differ = Callable[[Snapshot, Rival, Rival], bool]


def told_apart(snapshot: Snapshot, query: Query, rivals: Sequence[Rival]) -> str:
    """What the caller could add: whatever tells all rivals apart, else what parts most of them; "" for nothing."""
    pairs = list(combinations(rivals, 2))
    parted = {
        field: sum(differ(snapshot, *pair) for pair in pairs)
        for field, (given, differ) in FIELDS.items()
        if getattr(query, given) is None
    }
    whole = [field for field, count in parted.items() if count == len(pairs) > 0]
    if whole:
        return f"{listed(whole, 'or')} would tell them apart"
    best = max(parted, key=lambda field: parted[field], default=None)
    return f"{best} would narrow it" if best is not None and parted[best] else ""


def kind(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """The two are of different kinds."""
    kinds = snapshot.entities.kind
    return bool(kinds[one.entity] != kinds[other.entity])


def country(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """The two are of different countries; a record of no country is shut out by none."""
    countries = snapshot.entities.country
    ours, theirs = int(countries[one.entity]), int(countries[other.entity])
    return bool(ours and theirs and ours != theirs)


def type_(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """The two are of different types; one of no type cannot be asked for."""
    types = snapshot.entities.type
    ours, theirs = int(types[one.entity]), int(types[other.entity])
    return bool(ours and theirs and ours != theirs)


def within(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """Each lies in a unit that the other does not lie in."""
    ours, theirs = (set(snapshot.entities.ancestors(each.entity).tolist()) for each in (one, other))
    return bool(ours - theirs - {other.entity} and theirs - ours - {one.entity})


def day(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """The two bore the name at different times."""
    names = snapshot.names
    return bool(
        names.last_day[one.name] < names.first_day[other.name] or names.last_day[other.name] < names.first_day[one.name]
    )


def point(snapshot: Snapshot, one: Rival, other: Rival) -> bool:
    """The two are known to lie far from each other."""
    lat, lon = snapshot.entities.lat, snapshot.entities.lon
    away = kilometres(lat[one.entity], lon[one.entity], lat[other.entity], lon[other.entity])
    return bool(away > APART_KM)


# What a message calls it: the field of a query that says it, and whether two rivals differ by it. The easiest to
# give come first.
FIELDS: dict[str, tuple[str, Differ]] = {
    "kind": ("kind", kind),
    "country": ("country", country),
    "type": ("type", type_),
    "within": ("within", within),
    "as_of": ("as_of", day),
    "a point": ("lat", point),
}
