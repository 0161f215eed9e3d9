"""Sheets: what is kept of a batch of answers until somebody reads them, and how it is put into words.

Of the features of all pairs nothing is kept: some dozen numbers a query are. So a million answers stay small, and words
are made for those that are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gazetteer.index.arrays import Column
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Asked, Batch
from gazetteer.matching.types import Candidate, Decision, Query
from gazetteer.services.absence import elsewhere, why_absent
from gazetteer.services.binding import misplaced
from gazetteer.services.reasons import CLOSE, NEXT, RIVALS, Case, reason
from gazetteer.services.records import candidates, described
from gazetteer.services.telling import rival, told_apart


@dataclass
class Sheet:
    """The first rows of each query of a batch, best first.

    `begins` holds where the rows of each query begin, and where the last ends; the first `own` of each are those that
    it was decided by, those behind fill the list up. `entity`, `name` and `score` are a row each; `known` tells
    of each query whether the first row bears its very spelling. At most `limit` rows of a query are listed.
    """

    snapshot: Snapshot
    asked: Sequence[Asked]
    begins: list[int]
    own: list[int]
    entity: Column
    name: Column
    score: Column
    known: Column
    limit: int

    def reason(self, place: int, query: Query, decision: Decision) -> str:
        """Why the query at a place of the batch was decided so."""
        return reason(self.case(place, query, decision))

    def candidates(self, place: int) -> tuple[Candidate, ...]:
        """The candidates of the query at a place of the batch."""
        return self.listed[place]

    @cached_property
    def listed(self) -> list[tuple[Candidate, ...]]:
        """The candidates of every query: a column for all is ten times as fast as a number for each."""
        found = candidates(self.snapshot, self.entity, self.name, self.score)
        ends = [min(end, begin + self.limit) for begin, end in zip(self.begins[:-1], self.begins[1:], strict=True)]
        return [tuple(found[begin:end]) for begin, end in zip(self.begins[:-1], ends, strict=True)]

    def case(self, place: int, query: Query, decision: Decision) -> Case:
        """What a reason may speak of."""
        begin = self.begins[place]
        most, least = (2, NEXT) if decision is Decision.MATCH else (RIVALS, CLOSE)
        scores = self.score[begin + 1 : begin + min(most, self.own[place])].tolist()
        others = [row for row, score in enumerate(scores, start=begin + 1) if score >= least]
        return Case(
            query=query,
            decision=decision,
            first=self.listed[place][0] if self.own[place] else None,
            others=tuple(described(self.snapshot, int(self.entity[row])) for row in others),
            aside=self.aside(place, query, decision, others),
            notes=self.asked[place].notes,
        )

    def aside(self, place: int, query: Query, decision: Decision, others: Sequence[int]) -> tuple[str, ...]:
        """What a reason says beside the candidates."""
        snapshot, asked, begin = self.snapshot, self.asked[place], self.begins[place]
        if decision is Decision.MATCH:
            if asked.within is None and asked.point is None:
                return ()
            return misplaced(snapshot, Batch([asked]), 0, int(self.entity[begin]))
        if decision is Decision.NONE:
            return said(why_absent(snapshot, query, Batch([asked]), 0))
        rivals = [rival(snapshot, int(self.entity[row]), int(self.name[row])) for row in (begin, *others)]
        beyond = "" if self.known[place] else elsewhere(snapshot, query, Batch([asked]), 0)
        return said(told_apart(query, rivals), beyond)


def said(*clauses: str) -> tuple[str, ...]:
    """The clauses that say something."""
    return tuple(filter(None, clauses))
