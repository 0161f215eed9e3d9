"""The wider search, for queries whose spelling is not known: where else could their names be filed?"""

from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import Found, admitted
from gazetteer.index.forms import Written, write
from gazetteer.index.likeliest import likeliest
from gazetteer.index.named import by_derived_keys
from gazetteer.index.pools import pools, whole
from gazetteer.index.search import best_cores
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View
from gazetteer.index.view_search import best_of_both
from gazetteer.matching.alignment import alignment
from gazetteer.matching.asked import Batch
from gazetteer.matching.keys import GENERIC

NAMES = 400  # names of one query that are compared in full, those of the best aligned cores first


class Wide(NamedTuple):
    """What was found for some queries of a batch, and the forms it was found by.

    `derived` are the pairs of a query (upper half) and a name that derived keys brought together, in order.
    """

    found: Found
    written: Written
    derived: Column = np.zeros(0, dtype=np.int64)


def widen(snapshot: Snapshot, batch: Batch, places: Column) -> Wide:
    """The names of the best aligned cores of the queries at some places, as far as what binds admits them."""
    written = write(snapshot, batch, places)
    if not written.form:
        return Wide(Found(*(np.zeros(0, dtype=np.int64) for _ in Found.__slots__)), written)
    form, core, value = best(snapshot, batch, written)
    derived = by_derived_keys(snapshot, batch, written)
    whatever = np.full(len(derived.form), np.nan, dtype=np.float32)
    form, core, value = each_once(
        np.concatenate([derived.form, form]),
        np.concatenate([derived.core, core]),
        np.concatenate([whatever, value]),
    )
    owner, name = snapshot.cores.names_under(core)
    found = Found(written.query[form[owner]], name, core[owner], form[owner])
    entity = snapshot.names.entity[name]
    stays = np.flatnonzero(admitted(snapshot, batch, found.query, entity))
    order = stays[np.argsort(found.query[stays], kind="stable")]
    found, entity, value = found.only(order), entity[order], value[owner[order]]
    prior = snapshot.entities.prior[entity]
    place = snapshot.entities.order(entity).astype(np.int64)
    kept = likeliest(found.query, place, found.name, value, prior, open_queries(batch))
    return Wide(first_of_each(found.only(kept)), written, derived.pair)


def open_queries(batch: Batch) -> Column:
    """Queries for whose records more decides than their letters: a place that they name, a day, a word that tells."""
    said = (batch.concepts & np.uint64(GENERIC) | batch.modifiers) != 0
    return np.asarray(said | batch.has_within | ~np.isnan(batch.lat) | (batch.day != 0))


def best(snapshot: Snapshot, batch: Batch, written: Written) -> tuple[Column, Column, Column]:
    """The best aligned cores of each form, best first: the form and the core of each, and how well it is aligned."""
    if isinstance(snapshot, View):
        return best_of_both(snapshot, batch, written)
    made, _ = pools(whole(snapshot, batch), batch, written)
    pool, core, value = best_cores(snapshot.cores.stored, written.forms, made, alignment().odds)
    return made.form[pool], core, value


def each_once(form: Column, core: Column, value: Column) -> tuple[Column, Column, Column]:
    """Pairs of a form and a core with their values, where each comes first."""
    _, first = np.unique(form.astype(np.int64) << 32 | core.astype(np.int64), return_index=True)
    first.sort()
    return form[first], core[first], value[first]


def first_of_each(found: Found) -> Found:
    """As many pairs of each query as are compared in full.

    A query's pairs come form by form, those of its best aligned cores first.
    """
    place = np.arange(len(found.query)) - np.searchsorted(found.query, found.query)
    return found.only(place < NAMES)
