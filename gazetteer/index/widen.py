"""The wider search, for queries whose spelling is not known: where else could their names be filed?"""

from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import Found, admitted
from gazetteer.index.forms import Written, write
from gazetteer.index.named import by_derived_keys
from gazetteer.index.pools import pools, whole
from gazetteer.index.search import best_cores
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View
from gazetteer.index.view_search import best_of_both
from gazetteer.matching.alignment import alignment
from gazetteer.matching.asked import Batch

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
    form, core = best(snapshot, batch, written)
    derived = by_derived_keys(snapshot, batch, written)
    form, core = each_once(np.concatenate([form, derived.form]), np.concatenate([core, derived.core]))
    owner, name = snapshot.cores.names_under(core)
    found = Found(written.query[form[owner]], name, core[owner], form[owner])
    stays = admitted(snapshot, batch, found.query, snapshot.names.entity[found.name])
    return Wide(first_of_each(found.only(stays)), written, derived.pair)


def best(snapshot: Snapshot, batch: Batch, written: Written) -> tuple[Column, Column]:
    """The best aligned cores of each form, best first: the form and the core of each."""
    if isinstance(snapshot, View):
        return best_of_both(snapshot, batch, written)
    made, _ = pools(whole(snapshot, batch), batch, written)
    pool, core, _ = best_cores(snapshot.cores.stored, written.forms, made, alignment().odds)
    return made.form[pool], core


def each_once(form: Column, core: Column) -> tuple[Column, Column]:
    """Pairs of a form and a core, where each comes first."""
    _, first = np.unique(form.astype(np.int64) << 32 | core.astype(np.int64), return_index=True)
    first.sort()
    return form[first], core[first]


def first_of_each(found: Found) -> Found:
    """The pairs in order of query, as many of each as are compared in full.

    A query's pairs come form by form, those of its best aligned cores first.
    """
    order = np.argsort(found.query, kind="stable")
    query = found.query[order]
    place = np.arange(len(query)) - np.searchsorted(query, query)
    return found.only(order[place < NAMES])
