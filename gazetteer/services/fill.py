"""Filling up: behind the records that are known by a query's very spelling, those whose names merely resemble it.

A known spelling settles a query, and nothing here touches its decision or its score. But a caller who asks for more
candidates than bear the spelling may be after a record that is written otherwise: another village has taken its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.gather import resembling
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Batch
from gazetteer.matching.pairs import Pairs
from gazetteer.matching.score import Scored, score

LEAST = 0.0001  # score from which a candidate is worth filling up with


@dataclass(frozen=True, slots=True)
class Ranked:
    """Scored pairs, and the rows of them that are listed: of which query of the batch each is, and its score.

    Rows are in order of query, the best first.
    """

    pairs: Pairs
    scored: Scored
    row: Column
    query: Column
    score: Column

    @property
    def entity(self) -> Column:
        """The record of each row."""
        return self.scored.entity[self.row]

    @property
    def name(self) -> Column:
        """The name that brought in the record of each row."""
        return self.pairs.name[self.scored.pair[self.row]]


def first_rows(begins: Column, most: Column) -> Column:
    """The first rows of each query, so many of each at the most."""
    count = np.minimum(np.diff(begins), most)
    ends = np.cumsum(count)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins[:-1] - (ends - count), count))


def ranked(pairs: Pairs, scored: Scored, most: int) -> Ranked:
    """The first candidates of every query."""
    row = first_rows(scored.begins, np.full(len(pairs.batch), most))
    return Ranked(pairs, scored, row, pairs.query[scored.pair[row]], scored.score[row])


def filled(snapshot: Snapshot, pairs: Pairs, scored: Scored, limit: int) -> Ranked | None:
    """What stands behind the candidates of the queries whose spelling is known to fewer than `limit` records.

    Their scores are shares of what the known ones leave, and none is above any of them.
    """
    count = np.diff(scored.begins)
    lacks = (count > 0) & (count < limit)
    lacks[pairs.query[pairs.text.form >= 0]] = False  # what resembles was looked for
    places = np.flatnonzero(lacks)
    if not len(places):
        return None
    batch = Batch([pairs.batch.asked[place] for place in places.tolist()])
    known = np.flatnonzero(lacks[pairs.query])
    taken = distinct(np.searchsorted(places, pairs.query[known]) << 32 | pairs.entity[known].astype(np.int64))
    more = resembling(snapshot, batch, taken)
    its = score(more)
    row = first_rows(its.begins, limit - count[places])
    own = more.query[its.pair[row]]
    total = np.bincount(pairs.query[scored.pair], weights=scored.score, minlength=len(count))[places]
    last = scored.score[scored.begins[places + 1] - 1]
    share = np.minimum(its.score[row] * np.maximum(1.0 - total[own], 0.0), last[own])
    worth = share >= LEAST
    return Ranked(more, its, row[worth], places[own[worth]], share[worth])


def together(first: Ranked, then: Ranked | None, queries: int) -> tuple[Sequence[Column], Column]:
    """Entity, name and score of both, the first of each query before the others; and where each query begins."""
    columns = [first.entity, first.name, first.score]
    query = first.query
    if then is not None:
        query = np.concatenate([query, then.query])
        order = np.argsort(query, kind="stable")
        query = query[order]
        more = (then.entity, then.name, then.score)
        columns = [np.concatenate(each)[order] for each in zip(columns, more, strict=True)]
    return columns, np.searchsorted(query, np.arange(queries + 1))
