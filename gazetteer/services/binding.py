"""What binds a query, and what it shuts out: said of one record, in words."""

import numpy as np

from gazetteer.index.candidates import NO_COUNTRY, within
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, Asked, Batch
from gazetteer.matching.distance import kilometres


def refusals(snapshot: Snapshot, asked: Asked, entity: int) -> tuple[str, ...]:
    """Why a record can be no candidate of a query, a clause for each thing that binds; none where it can."""
    records = snapshot.entities
    said = []
    country = int(records.country[entity])
    if asked.country != ANY and country not in (asked.country, NO_COUNTRY):
        said.append(f"it is in {snapshot.countries[country]}, not in {snapshot.countries[asked.country]}")
    kind = int(records.kind[entity])
    if asked.kind not in (ANY, kind):
        said.append(f"its kind is {snapshot.kinds[kind]}, not {snapshot.kinds[asked.kind]}")
    if asked.type not in (ANY, int(records.type[entity])):
        said.append(f"its type is {snapshot.types[int(records.type[entity])] or 'not known'}, not the one asked for")
    return (*said, *strict_refusals(snapshot, asked, entity)) if asked.strict else tuple(said)


def strict_refusals(snapshot: Snapshot, asked: Asked, entity: int) -> tuple[str, ...]:
    """The same for what binds with `strict` alone: the unit and the point."""
    said = []
    if asked.within is not None:
        one = np.zeros(1, dtype=np.int64)
        inside = within(snapshot, Batch([asked]), one, np.array([entity]))[0]
        if np.isnan(inside):
            said.append("it is not known whether it lies within the unit that binds")
        elif inside != 1.0:
            said.append("it does not lie within the unit that binds")
    if asked.point is not None:
        lat, lon, radius = asked.point
        away = float(kilometres(lat, lon, snapshot.entities.lat[entity], snapshot.entities.lon[entity]))
        if np.isnan(away):
            said.append("it is not known where it lies, and the point binds")
        elif away > radius:
            said.append(f"it lies {away:,.0f} km from the point, beyond the {radius:g} km that bind")
    return tuple(said)
