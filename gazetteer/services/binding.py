"""What binds a query, and what it shuts out: said of one record, in words."""

import numpy as np

from gazetteer.index.candidates import within
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, NO_COUNTRY, Batch
from gazetteer.matching.distance import apart
from gazetteer.services.wording import listed

UNITS = 3  # units that a clause names


def refusals(snapshot: Snapshot, batch: Batch, place: int, entity: int) -> tuple[str, ...]:
    """Why a record can be no candidate of a query, a clause for each thing that binds; none where it can."""
    records, asked = snapshot.entities, batch.asked[place]
    said = []
    country = int(records.country[entity])
    if asked.country != ANY and country not in (asked.country, NO_COUNTRY):
        said.append(f"it is in {snapshot.countries[country]}, not in {snapshot.countries[asked.country]}")
    kind = int(records.kind[entity])
    if asked.kind not in (ANY, kind):
        said.append(f"its kind is {snapshot.kinds[kind]}, not {snapshot.kinds[asked.kind]}")
    if asked.type not in (ANY, int(records.type[entity])):
        said.append(f"its type is {snapshot.types[int(records.type[entity])] or 'not known'}, not the one asked for")
    return (*said, *strict_refusals(snapshot, batch, place, entity)) if asked.strict else tuple(said)


def strict_refusals(snapshot: Snapshot, batch: Batch, place: int, entity: int) -> tuple[str, ...]:
    """The same for what binds with `strict` alone: there, not to know where a record lies shuts it out too."""
    asked = batch.asked[place]
    said = list(misplaced(snapshot, batch, place, entity))
    if asked.within is not None and np.isnan(inside(snapshot, batch, place, entity)):
        said.append(f"it is not known whether it lies within {units(snapshot, asked.within)}")
    if asked.point is not None and np.isnan(away(snapshot, asked.point, entity)):
        said.append("it is not known where it lies")
    return tuple(said)


def misplaced(snapshot: Snapshot, batch: Batch, place: int, entity: int) -> tuple[str, ...]:
    """What of the unit and the point that a query names a record is known not to fit, a clause for each."""
    asked = batch.asked[place]
    said = []
    if asked.within is not None and inside(snapshot, batch, place, entity) == 0.0:
        said.append(f"it does not lie within {units(snapshot, asked.within)}")
    if asked.point is not None and (km := away(snapshot, asked.point, entity)) > asked.point[2]:
        said.append(f"it lies {km:,.0f} km from the point, beyond {asked.point[2]:g} km")
    return tuple(said)


def units(snapshot: Snapshot, within: frozenset[int]) -> str:
    """The likeliest of the units that count as inside."""
    return listed([snapshot.entities.name[each] for each in snapshot.entities.ordered(within)[:UNITS]], "or")


def inside(snapshot: Snapshot, batch: Batch, place: int, entity: int) -> float:
    """1.0 for a record in the unit that a query names, 0.0 for one elsewhere, NaN where that is not known."""
    return float(within(snapshot, batch, np.array([place]), np.array([entity]))[0])


def away(snapshot: Snapshot, point: tuple[float, float, float], entity: int) -> float:
    """Kilometres from a point to a record, NaN where that is not known."""
    lat, lon, _ = point
    return apart(lat, lon, float(snapshot.entities.lat[entity]), float(snapshot.entities.lon[entity]))
