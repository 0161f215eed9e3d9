"""How far within the unit that a query names: reports often name the neighbouring one, seldom one far away.

Countries have no such fringe: whoever names one means it.
"""

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import within
from gazetteer.index.pools import KM_PER_DEGREE, THERE
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Batch

NEIGHBOUR = 0.7  # of a record that lies just outside; half of it …
FADES_KM = 15.0  # … at this distance: of the villages that lie outside, four in five are within 30 km
FAR_DEGREES = 1.0  # beyond which nothing is left to measure
CELLS = 20  # a degree of latitude: a unit is where its records are, to some 5 km


def inside(snapshot: Snapshot, batch: Batch, query: Column, entity: Column) -> Column:
    """1.0 for records in the unit their query names, less the farther they lie outside; NaN where `within` has it."""
    values = within(snapshot, batch, query, entity)
    outside = np.flatnonzero(values == 0.0)
    lat, lon = snapshot.entities.lat[entity].astype(float), snapshot.entities.lon[entity].astype(float)
    cells: dict[frozenset[int], Column] = {}
    for row in np.unique(query[outside]).tolist():
        units = batch.asked[row].within or frozenset()
        if units not in cells:
            cells[units] = cells_of(snapshot, units)
        own = outside[query[outside] == row]
        away = nearest_km(lat[own], lon[own], cells[units])
        values[own] = NEIGHBOUR / (1.0 + (away / FADES_KM) ** 2)
    return values


def cells_of(snapshot: Snapshot, units: frozenset[int]) -> Column:
    """Where units lie: the rounded latitudes and longitudes of their records, or their own where they have none."""
    records = snapshot.entities
    fading = [unit for unit in sorted(units) if snapshot.types[int(records.type[unit])] != "country"]
    there = [records.members(unit)[:THERE] if len(records.members(unit)) else [unit] for unit in fading]
    places = np.concatenate([np.zeros(0, dtype=np.int64), *there]).astype(np.int64)
    points = np.stack([records.lat[places], records.lon[places]], axis=1).astype(float)
    return np.asarray(np.unique(np.round(points[~np.isnan(points).any(axis=1)] * CELLS), axis=0) / CELLS)


def nearest_km(lat: Column, lon: Column, cells: Column) -> Column:
    """Kilometres from each point to the nearest of some cells, as on a flat map; infinite where that is far."""
    found = np.full(len(lat), np.inf)
    if not len(cells):
        return found
    (south, west), (north, east) = cells.min(axis=0) - FAR_DEGREES, cells.max(axis=0) + FAR_DEGREES
    near = np.flatnonzero((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))
    up = lat[near, None] - cells[None, :, 0]
    across = (lon[near, None] - cells[None, :, 1]) * np.cos(np.radians(lat[near, None]))
    found[near] = KM_PER_DEGREE * np.sqrt((up**2 + across**2).min(axis=1, initial=np.inf))
    return found
