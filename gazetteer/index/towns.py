"""Towns and the units that bear their name: "Kirkuk" is the town before it is the governorate."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import Found
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.compiled import compiled

UNITS = ("admin1", "admin2", "admin3")
TOWNS = ("settlement",)
TOWN = np.float32(1.5)  # log-odds by which a unit's prior may be above its town's: a hamlet hides no governorate


class Records(NamedTuple):
    """What the compiled loop reads of the records, and which types are units and which towns."""

    type: Column
    country: Column
    admin1: Column
    prior: Column
    ancestor_begins: Column
    ancestor: Column
    is_unit: Column
    is_town: Column


def towns(snapshot: Snapshot, found: Found, entity: Column) -> Column:
    """For each pair of a unit the first pair of the same query whose record is a town in that unit, else -1."""
    records, number = snapshot.entities.compact(entity)
    return np.asarray(
        first_towns(
            Records(
                type=records.type,
                country=records.country,
                admin1=records.admin1,
                prior=records.prior,
                ancestor_begins=records.ancestor_begins,
                ancestor=records.ancestor,
                is_unit=types(tuple(snapshot.types), UNITS),
                is_town=types(tuple(snapshot.types), TOWNS),
            ),
            found.query.astype(np.int64),
            number.astype(np.int64),
        )
    )


@lru_cache(maxsize=16)
def types(known: tuple[str | None, ...], wanted: tuple[str, ...]) -> Column:
    """Which of the types that are known are wanted."""
    return np.array([each in wanted for each in known], dtype=bool)


@compiled
def first_towns(records, query, entity):  # type: ignore[no-untyped-def]
    """`towns`, compiled; pairs are in order of query."""
    found = np.full(len(entity), -1, np.int64)
    begin = 0
    while begin < len(query):
        end = begin + 1
        while end < len(query) and query[end] == query[begin]:
            end += 1
        for place in range(begin, end):
            if records.is_unit[records.type[entity[place]]]:
                found[place] = first_town(records, entity, place, begin, end)
        begin = end
    return found


@compiled
def first_town(records, entity, place, begin, end):  # type: ignore[no-untyped-def]
    """The first of the pairs from `begin` to `end` whose record is a town in the unit at a place, and great enough."""
    unit = entity[place]
    least = records.prior[unit] - TOWN
    for other in range(begin, end):
        town = entity[other]
        if records.is_town[records.type[town]] and records.prior[town] >= least and lies_in(records, town, unit):
            return other
    return -1


@compiled
def lies_in(records, town, unit):  # type: ignore[no-untyped-def]
    """A town lies in a unit; where its units are not known, in one of the same country."""
    if records.admin1[town] < 0:
        return records.country[town] == records.country[unit]
    for place in range(records.ancestor_begins[town], records.ancestor_begins[town + 1]):
        if records.ancestor[place] == unit:
            return True
    return False
