"""Absence: why a query has no answer, beyond nothing being close to it."""

from collections.abc import Iterator

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, Asked, Batch
from gazetteer.matching.keys import key
from gazetteer.matching.types import Query
from gazetteer.services.binding import refusals
from gazetteer.services.reading import only_generic
from gazetteer.services.records import described
from gazetteer.services.wording import listed, shown

SHORT = 2  # letters, of which there are too few words for them to mean one thing
LOOKED_AT = 200  # records of the name that are looked at, the likeliest first


def why_absent(snapshot: Snapshot, query: Query, batch: Batch, place: int) -> str:
    """The reason in a sentence; "" where there is none but that nothing is close."""
    cores = batch.asked[place].spelling.cores
    if not cores:
        return f"{shown(query.name)} has no letter or digit to go by"
    if only_generic(query.name):
        return f"{shown(query.name)} says what a thing is, not what it is called"
    if there := elsewhere(snapshot, query, batch, place):
        return there
    if len(cores[0]) <= SHORT:
        return f"{shown(query.name)} is too short to be told from other names"
    return ""


def elsewhere(snapshot: Snapshot, query: Query, batch: Batch, place: int) -> str:
    """The likeliest record of this very name, or the same romanised, that only a binding context shuts out."""
    asked = batch.asked[place]
    if asked.country == asked.kind == asked.type == ANY and not asked.strict:
        return ""
    for entity in namesakes(snapshot, asked):
        if said := refusals(snapshot, batch, place, entity):
            return f"{described(snapshot, entity)} is called {shown(query.name)}, but {listed(said, 'and')}"
    return ""


def namesakes(snapshot: Snapshot, asked: Asked) -> Iterator[int]:
    """The records of the name as it is spelled, then as it is romanised, the likeliest first."""
    spelled = snapshot.exact.find(np.array([asked.spelling.exact, asked.spelling.head], dtype=np.uint64))[1]
    yield from likeliest(snapshot, spelled)
    cores = snapshot.cores.by_key.find(np.array([key(each) for each in asked.spelling.cores], dtype=np.uint64))[1]
    for core in cores.tolist():
        yield from likeliest(snapshot, snapshot.cores.names_of(core))


def likeliest(snapshot: Snapshot, names: np.ndarray) -> list[int]:
    """The records of some names: the likeliest first."""
    return snapshot.entities.ordered(snapshot.names.entity[names[:LOOKED_AT]].tolist())
