"""Of all names that were found for a query, those that can matter: the names of the likeliest records.

To compare a pair in full costs more than to find it, and most records that were found stand far behind. How likely a
record is shows well enough by its best aligned name and by how readily it is meant at all.
"""

import numpy as np

from gazetteer.matching.compiled import compiled

ALIGNED, READY = 10.0, 0.375  # log-odds of an alignment that explains all, and for each that a record's prior has
LISTED = 24  # records that are always kept: an answer lists ten
RECORDS = 40  # records that are kept of those not far behind the best
FAR = 4.0  # log-odds behind the best
SPELLINGS = 16  # names of a record that are kept: that many spellings resemble a query says no more than that 15 do
OWN_FAR = 0.35  # how far behind its record's best a name may be aligned


@compiled
def likeliest(query, entity, name, value, prior, free):  # type: ignore[no-untyped-def]
    """Which pairs are kept. They are in order of query; `value` is how well each is aligned, NaN where it is kept
    whatever it is; `free` marks queries of which all are kept, for more than their letters decides."""
    kept = np.ones(len(query), np.bool_)
    begin = 0
    while begin < len(query):
        end = begin + 1
        while end < len(query) and query[end] == query[begin]:
            end += 1
        if not free[query[begin]]:
            few(entity[begin:end], name[begin:end], value[begin:end], prior[begin:end], kept[begin:end])
        begin = end
    return kept


@compiled
def few(entity, name, value, prior, kept):  # type: ignore[no-untyped-def]
    """Which pairs of one query are kept."""
    order = np.argsort(entity, kind="mergesort")
    begins = begins_of(entity, order)
    worth = np.full(len(begins) - 1, -np.inf)
    for record in range(len(worth)):
        pairs = order[begins[record] : begins[record + 1]]
        best = best_value(value, pairs)
        worth[record] = ALIGNED * best + READY * prior[pairs[0]]
        own_names(name, value, pairs, best, kept)
    ranked = np.argsort(-worth, kind="mergesort")
    for rank in range(LISTED, len(ranked)):
        record = ranked[rank]
        if rank >= RECORDS or worth[record] < worth[ranked[0]] - FAR:
            for pair in order[begins[record] : begins[record + 1]]:
                kept[pair] = np.isnan(value[pair])


@compiled
def begins_of(entity, order):  # type: ignore[no-untyped-def]
    """Where the pairs of each record begin among those in order of record, and where the last end."""
    begins = np.empty(len(order) + 1, np.int64)
    count = 0
    for place in range(len(order)):
        if place == 0 or entity[order[place]] != entity[order[place - 1]]:
            begins[count] = place
            count += 1
    begins[count] = len(order)
    return begins[: count + 1]


@compiled
def best_value(value, pairs):  # type: ignore[no-untyped-def]
    """How well the best aligned of some pairs is aligned; far off where none was aligned."""
    best = np.float32(-1.0)
    for pair in pairs:
        if value[pair] > best:
            best = value[pair]
    return best


@compiled
def own_names(name, value, pairs, best, kept):  # type: ignore[no-untyped-def]
    """Keep the best aligned names of a record, each in its best form; of equal ones the first."""
    ranked = pairs[np.argsort(-value[pairs], kind="mergesort")]
    count = 0
    for rank in range(len(ranked)):
        pair = ranked[rank]
        if np.isnan(value[pair]):
            continue
        stays = count < SPELLINGS and value[pair] >= best - OWN_FAR
        for other in ranked[:rank]:
            stays = stays and not (kept[other] and name[other] == name[pair])
        kept[pair] = stays
        count += stays
