"""From the candidates of a batch to the columns that features read."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.candidates import Found, exact, within
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.widen import widen
from gazetteer.matching.asked import Batch
from gazetteer.matching.concepts import implied_types
from gazetteer.matching.keys import key, level, loosen
from gazetteer.matching.pairs import Pairs, Text, Writing
from gazetteer.matching.types import Kind, Role

Column = NDArray[Any]

UNITS = ("admin1", "admin2", "admin3")
TOWNS = ("settlement",)
TOWN = 1.5  # log-odds by which a unit's prior may be above that of its town: a hamlet does not hide a governorate
SILENT, AGAINST, FOR = -1, 0, 1  # what a query's generic words say of a record's type


def pairs(snapshot: Snapshot, batch: Batch) -> Pairs:
    """All pairs of a batch that are worth comparing, in order of query."""
    return gather(snapshot, batch, find(snapshot, batch))


def find(snapshot: Snapshot, batch: Batch) -> Found:
    """The candidates of all queries: those spelled exactly so, else those of the wider steps."""
    spelled = exact(snapshot, batch)
    settled = np.zeros(len(batch), dtype=bool)
    settled[spelled.query] = True
    parts = [spelled, *(widen(snapshot, batch, int(place)) for place in np.flatnonzero(~settled))]
    columns = [np.concatenate([getattr(part, each) for part in parts]) for each in Found.__slots__]
    order = np.argsort(columns[0], kind="stable")
    return Found(*(column[order] for column in columns))


def gather(snapshot: Snapshot, batch: Batch, found: Found) -> Pairs:
    """What the snapshot says of each pair."""
    names, records = snapshot.names, snapshot.entities
    entity = names.entity[found.name]
    type_number = records.type[entity]
    return Pairs(
        batch=batch,
        query=found.query,
        name=found.name,
        entity=entity,
        text=text(snapshot, batch, found),
        country=records.country[entity],
        coded=coded(snapshot, found.name, entity),
        prior=records.prior[entity],
        lat=records.lat[entity],
        lon=records.lon[entity],
        role=names.role[found.name],
        first_day=names.first_day[found.name],
        last_day=names.last_day[found.name],
        concepts=names.concepts[found.name],
        modifiers=names.modifiers[found.name],
        implied=implied(snapshot, batch, found.query, type_number),
        within=within(snapshot, batch, found.query, entity),
        town=towns(snapshot, found, entity),
    )


def text(snapshot: Snapshot, batch: Batch, found: Found) -> Text:
    """How the two sides of each pair are written; nothing of it is read for an exact spelling."""
    loose = np.flatnonzero(found.core >= 0)
    stored, cores = snapshot.cores, found.core[loose]
    forms = list(zip(found.query[loose].tolist(), found.form[loose].tolist(), strict=True))
    written = {each: writing(batch.asked[each[0]].spelling.cores[each[1]]) for each in dict.fromkeys(forms)}
    asked = [written[each] for each in forms]
    texts = stored.text.take(cores)
    heard = np.array([each.sound for each in asked], dtype=np.uint64)
    return Text(
        exact=found.core < 0,
        loose=loose,
        asked=asked,
        core=texts,
        level=[level(each) for each in texts],
        skeleton=stored.skeleton_text.take(stored.skeleton[cores]),
        sounds=(heard == stored.sound[cores]) & (heard != 0),
    )


def writing(core: str) -> Writing:
    """One form of a query, in every way that pairs compare it."""
    keys = loosen(core)
    return Writing(core, level(core), keys.skeleton, key(keys.phonetic) if keys.phonetic else 0)


def coded(snapshot: Snapshot, name: Column, entity: Column) -> Column:
    """Which names are codes of places, such as an airport's; "UAE" and "USA" are what their countries are called."""
    records = snapshot.entities
    place = records.kind[entity] == snapshot.kinds.index(Kind.PLACE)
    if "country" in snapshot.types:
        place &= records.type[entity] != snapshot.types.index("country")
    return np.asarray(place & (snapshot.names.role[name] == snapshot.roles.index(Role.ABBREVIATION)))


def implied(snapshot: Snapshot, batch: Batch, query: Column, type_number: Column) -> Column:
    """Whether the query's generic words are said of each record's type: SILENT, AGAINST or FOR."""
    values = np.full(len(query), SILENT, dtype=np.int8)
    types = tuple(snapshot.types)
    for place in np.flatnonzero(batch.concepts[query]):
        said = types_said(int(batch.concepts[query[place]]), types)
        if said is not None:
            values[place] = FOR if said[type_number[place]] else AGAINST
    return values


@lru_cache(maxsize=1024)
def types_said(concepts: int, types: tuple[str | None, ...]) -> tuple[bool, ...] | None:
    """For each type whether one of the concepts is said of it; None where they say nothing of types."""
    named = implied_types(concepts)
    return tuple(each in named for each in types) if named else None


def towns(snapshot: Snapshot, found: Found, entity: Column) -> Column:
    """For each pair of a unit the first pair of the same query whose record is a town in that unit, else -1."""
    records = snapshot.entities
    units, settlements = type_numbers(snapshot)
    values = np.full(len(entity), -1, dtype=np.int64)
    kinds = records.type[entity]
    is_town = np.isin(kinds, settlements)
    for place in np.flatnonzero(np.isin(kinds, units)):
        unit = int(entity[place])
        begin, end = np.searchsorted(found.query, (found.query[place], found.query[place] + 1))
        for other in begin + np.flatnonzero(is_town[begin:end]):
            if (
                lies_in(snapshot, int(entity[other]), unit)
                and records.prior[entity[other]] >= records.prior[unit] - TOWN
            ):
                values[place] = other
                break
    return values


def lies_in(snapshot: Snapshot, town: int, unit: int) -> bool:
    """A town lies in a unit; where its units are not known, in one of the same country."""
    records = snapshot.entities
    if records.admin1[town] < 0:
        return bool(records.country[town] == records.country[unit])
    return unit in records.ancestors(town)


def type_numbers(snapshot: Snapshot) -> tuple[list[int], list[int]]:
    """The numbers of the types that are units, and of those that are towns."""
    number = {name: place for place, name in enumerate(snapshot.types)}
    return [number[each] for each in UNITS if each in number], [number[each] for each in TOWNS if each in number]
