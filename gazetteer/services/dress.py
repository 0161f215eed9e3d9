"""Dressing: numbers of the snapshot become the records and sentences of an answer."""

from dataclasses import replace

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.decide import Policy, decide
from gazetteer.matching.explanation import Lead
from gazetteer.matching.pairs import Column, Pairs
from gazetteer.matching.score import Scored, explain
from gazetteer.matching.types import Candidate, Decision, Query, Result
from gazetteer.services.absence import elsewhere, why_absent
from gazetteer.services.binding import misplaced
from gazetteer.services.comparison import compared, lead
from gazetteer.services.reading import reading
from gazetteer.services.reasons import CLOSE, NEXT, RIVALS, Case, reason
from gazetteer.services.records import candidates, described
from gazetteer.services.telling import rival, told_apart


class Dresser:
    """Makes the results of one batch.

    The candidates of all its queries are read at once: a column for all is ten times as fast as a number for each.
    """

    def __init__(self, snapshot: Snapshot, policy: Policy, pairs: Pairs, scored: Scored) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._pairs = pairs
        self._scored = scored
        self._begins = scored.begins.tolist()
        self._listed: dict[int, list[list[Candidate]]] = {}

    def result(self, query: Query, place: int, limit: int, explained: bool) -> Result:
        """The result of the query at this place of the batch."""
        begin, end = self._begins[place], self._begins[place + 1]
        scores = self._scored.score[begin:end].tolist()
        settled = begin < end and bool(self._scored.settled[begin])
        decision = decide(scores, self._policy, settled)
        listed = self.listed(limit)[place]
        case = self._case(query, place, decision, listed, scores)
        answer = Result(query, decision, reason(case), self._snapshot.generation, tuple(listed))
        if not explained:
            return answer
        return replace(
            answer,
            candidates=tuple(self.explained(each, row) for row, each in enumerate(listed, start=begin)),
            reading=reading(self._snapshot, query, self._pairs.batch.asked[place]),
            runner_up=self.lead(begin, begin + 1) if end > begin + 1 else None,
        )

    def listed(self, limit: int) -> list[list[Candidate]]:
        """The first candidates of every query of the batch."""
        if limit not in self._listed:
            begins = self._scored.begins
            rows = begins[:-1, None] + np.arange(limit)
            there = rows < begins[1:, None]
            found = iter(self.candidates(rows[there]))
            self._listed[limit] = [[next(found) for _ in range(count)] for count in there.sum(axis=1).tolist()]
        return self._listed[limit]

    def candidates(self, rows: Column) -> list[Candidate]:
        """The candidates of some rows of the scores."""
        scored = self._scored
        return candidates(self._snapshot, scored.entity[rows], self._pairs.name[scored.pair[rows]], scored.score[rows])

    def candidate(self, row: int) -> Candidate:
        """The candidate of one row of the scores, with its explanation."""
        (found,) = self.candidates(np.array([row]))
        return self.explained(found, row)

    def explained(self, found: Candidate, row: int) -> Candidate:
        """A candidate with its explanation."""
        told = explain(self._scored, int(self._scored.pair[row]))
        return replace(found, explanation=told, compared=compared(self._snapshot, self._pairs, self._scored, row))

    def row_of(self, place: int, entity: int) -> int | None:
        """The row of the scores of a record, None where it is no candidate of the query at this place."""
        begin, end = self._begins[place], self._begins[place + 1]
        rows = np.flatnonzero(self._scored.entity[begin:end] == entity)
        return begin + int(rows[0]) if len(rows) else None

    def lead(self, first: int, second: int) -> Lead:
        """What keeps the record of one row of the scores behind that of another."""
        return lead(self._snapshot, self._scored, first, second)

    def _case(self, query: Query, place: int, decision: Decision, listed: list[Candidate], scores: list[float]) -> Case:
        """What a reason may speak of."""
        begin, asked = self._begins[place], self._pairs.batch.asked[place]
        most, least = (2, NEXT) if decision is Decision.MATCH else (RIVALS, CLOSE)
        others = [row for row, score in enumerate(scores[1:most], start=begin + 1) if score >= least]
        return Case(
            query=query,
            decision=decision,
            first=listed[0] if listed else None,
            others=tuple(described(self._snapshot, int(self._scored.entity[row])) for row in others),
            aside=self._aside(query, place, decision, others),
            notes=asked.notes,
        )

    def _aside(self, query: Query, place: int, decision: Decision, others: list[int]) -> tuple[str, ...]:
        """What a reason says beside the candidates."""
        snapshot, batch, begin = self._snapshot, self._pairs.batch, self._begins[place]
        if decision is Decision.MATCH:
            return misplaced(snapshot, batch, place, int(self._scored.entity[begin]))
        if decision is Decision.NONE:
            return said(why_absent(snapshot, query, batch, place))
        rivals = [rival(snapshot, *self._pair(row)) for row in (begin, *others)]
        known = bool(self._pairs.text.exact[int(self._scored.pair[begin])])
        return said(told_apart(query, rivals), "" if known else elsewhere(snapshot, query, batch, place))

    def _pair(self, row: int) -> tuple[int, int]:
        """The record and the name of a row of the scores."""
        return int(self._scored.entity[row]), int(self._pairs.name[int(self._scored.pair[row])])


def said(*clauses: str) -> tuple[str, ...]:
    """The clauses that say something."""
    return tuple(filter(None, clauses))
