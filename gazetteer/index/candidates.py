"""Candidates: from a batch of queries to pairs worth comparing.

An exact spelling settles a query; the others go on to wider steps (`gazetteer.index.widen`). What binds (country,
kind, type; with `strict` also unit and point) is sorted out at each step, so that a stranger cannot stop the search.
"""

from dataclasses import dataclass

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import ANY, NO_COUNTRY, Batch
from gazetteer.matching.distance import kilometres


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs as they are found: a row of the batch, a name, and the core that brought it in, -1 for its exact spelling.

    `form` tells which of the written forms of the query was compared, -1 for an exact spelling.
    """

    query: Column
    name: Column
    core: Column
    form: Column

    def only(self, which: Column) -> "Found":
        """Some of the pairs, in the order given."""
        return Found(self.query[which], self.name[which], self.core[which], self.form[which])


def exact(snapshot: Snapshot, batch: Batch) -> Found:
    """Every admitted name that is spelled as a query is, for all queries in one search.

    Where none is, those spelled as the query is without its additions: "Mosul (Iraq)". Queries that no name is spelled
    as are read (`Batch.read`); what the others say was read when the name was filed.
    """
    query, name = spelled(snapshot, batch, batch.exact, np.arange(len(batch)))
    rest = np.setdiff1d(np.arange(len(batch)), query)
    batch.read(rest)
    batch.concepts[query], batch.modifiers[query] = snapshot.names.concepts[name], snapshot.names.modifiers[name]
    rest = rest[batch.head[rest] != batch.exact[rest]]
    if len(rest):
        also, its_name = spelled(snapshot, batch, batch.head, rest)
        query, name = np.concatenate([query, also]), np.concatenate([name, its_name])
    return Found(query, name, np.full(len(query), -1), np.full(len(query), -1))


def spelled(snapshot: Snapshot, batch: Batch, keys: Column, queries: Column) -> tuple[Column, Column]:
    """The admitted names under the keys of some queries: which query each is for, and the name."""
    asked, name = snapshot.exact.find(keys[queries])
    query = queries[asked]
    stays = admitted(snapshot, batch, query, snapshot.names.entity[name])
    return query[stays], name[stays]


def admitted(snapshot: Snapshot, batch: Batch, query: Column, entity: Column) -> Column:
    """Which pairs of a query and a record satisfy everything that binds."""
    records = snapshot.entities
    country, wanted = records.country[entity], batch.country[query]
    stays = (wanted == ANY) | (country == wanted) | (country == NO_COUNTRY)
    stays &= (batch.kind[query] == ANY) | (records.kind[entity] == batch.kind[query])
    stays &= (batch.type[query] == ANY) | (records.type[entity] == batch.type[query])
    strict = np.flatnonzero(stays & batch.strict[query])
    if len(strict):
        stays[strict] = there(snapshot, batch, query[strict], entity[strict])
    return np.asarray(stays)


def there(snapshot: Snapshot, batch: Batch, query: Column, entity: Column) -> Column:
    """Which records lie where a strict query says: in its unit, and within its radius of its point."""
    inside = within(snapshot, batch, query, entity)
    named = batch.has_within[query]
    records = snapshot.entities
    pointed = ~np.isnan(batch.lat[query])
    away = kilometres(batch.lat[query], batch.lon[query], records.lat[entity], records.lon[entity])
    return np.asarray((~named | (inside == 1.0)) & (~pointed | (away <= batch.radius[query])))


def within(snapshot: Snapshot, batch: Batch, query: Column, entity: Column) -> Column:
    """1.0 for records in the unit their query names, 0.0 for those elsewhere, NaN for nothing named or known."""
    values = np.full(len(query), np.nan)
    for place in np.flatnonzero(batch.has_within[query]):
        units = batch.asked[query[place]].within or frozenset()
        record = int(entity[place])
        if record in units or not units.isdisjoint(snapshot.entities.ancestors(record).tolist()):
            values[place] = 1.0
        elif snapshot.entities.admin1[record] >= 0:
            values[place] = 0.0
    return values
