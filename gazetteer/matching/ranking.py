"""The compiled loops of the score: utilities of pairs, the records that they are of, and the order of records.

Pairs are in order of query, so each query's are sorted by themselves.
"""

import numpy as np

from gazetteer.matching.compiled import compiled


@compiled
def utilities(values, placed, there, anywhere, neutral):  # type: ignore[no-untyped-def]
    """The sum over the features of each pair of `weight · (value - neutral)`, nothing where a value is NaN."""
    found = np.zeros(len(placed), np.float64)
    for feature in range(len(values)):
        own, else_where, none = there[feature], anywhere[feature], neutral[feature]
        for pair in range(len(placed)):
            added = (values[feature, pair] - none) * (own if placed[pair] else else_where)
            found[pair] += 0.0 if np.isnan(added) else added
    return found


@compiled
def records_of(query, entity):  # type: ignore[no-untyped-def]
    """A number for the (query, record) of each pair, from 0."""
    found = np.empty(len(query), np.int64)
    count = -1
    begin = 0
    while begin < len(query):
        end = end_of(query, begin)
        order = np.argsort(entity[begin:end], kind="mergesort")
        for place in range(len(order)):
            pair = begin + order[place]
            if place == 0 or entity[pair] != entity[begin + order[place - 1]]:
                count += 1
            found[pair] = count
        begin = end
    return found


@compiled
def ranked(query, entity, order, name, utility):  # type: ignore[no-untyped-def]
    """The best pair of each (query, record), in order of query, then of falling utility, then of `order`.

    Of pairs of one utility that of the first name is the best.
    """
    record = records_of(query, entity)
    best = np.full(record.max() + 1 if len(record) else 0, -1, np.int64)
    for pair in range(len(record)):
        other = best[record[pair]]
        if (
            other < 0
            or utility[pair] > utility[other]
            or (utility[pair] == utility[other] and name[pair] < name[other])
        ):
            best[record[pair]] = pair
    begin = 0
    while begin < len(best):
        end = begin + 1
        while end < len(best) and query[best[end]] == query[best[begin]]:
            end += 1
        own = best[begin:end]
        own = own[np.argsort(order[own], kind="mergesort")]
        best[begin:end] = own[np.argsort(-utility[own], kind="mergesort")]
        begin = end
    return best


@compiled
def end_of(query, begin):  # type: ignore[no-untyped-def]
    """Where the pairs of the query that begins at a place end."""
    end = begin + 1
    while end < len(query) and query[end] == query[begin]:
        end += 1
    return end
