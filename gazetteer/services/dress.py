"""Dressing: numbers of the snapshot become the records and sentences of an answer."""

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.decide import Policy, decide
from gazetteer.matching.explanation import Lead
from gazetteer.matching.pairs import Pairs
from gazetteer.matching.score import Scored, explain
from gazetteer.matching.types import Candidate, Decision, Query, Result
from gazetteer.services.absence import elsewhere, why_absent
from gazetteer.services.binding import misplaced
from gazetteer.services.comparison import compared, lead
from gazetteer.services.reading import reading
from gazetteer.services.reasons import RIVALS, Case, reason, rivals_among
from gazetteer.services.records import admin1, matched_name, number
from gazetteer.services.telling import Rival, told_apart

DIGITS = 4  # of a score: more would claim a certainty that no calibration has


class Dresser:
    """Makes the results of one batch."""

    def __init__(self, snapshot: Snapshot, policy: Policy, pairs: Pairs, scored: Scored) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._pairs = pairs
        self._scored = scored

    def result(self, query: Query, place: int, limit: int, explained: bool) -> Result:
        """The result of the query at this place of the batch."""
        scored, asked = self._scored, self._pairs.batch.asked[place]
        begin, end = int(scored.begins[place]), int(scored.begins[place + 1])
        decision = decide(scored.score[begin:end].tolist(), self._policy)
        needed = max(limit, 2 if decision is Decision.MATCH else RIVALS)
        rows = range(begin, min(end, begin + needed))
        candidates = [self.candidate(row, explained and row < begin + limit) for row in rows]
        aside = self._aside(query, place, decision, candidates[:RIVALS])
        return Result(
            query=query,
            decision=decision,
            reason=reason(Case(query, decision, candidates[:RIVALS], aside, asked.notes)),
            generation=self._snapshot.generation,
            candidates=tuple(candidates[:limit]),
            reading=reading(self._snapshot, query, asked) if explained else None,
            runner_up=self.lead(begin, begin + 1) if explained and end > begin + 1 else None,
        )

    def _aside(self, query: Query, place: int, decision: Decision, candidates: list[Candidate]) -> tuple[str, ...]:
        """What a reason says beside the candidates."""
        snapshot, asked = self._snapshot, self._pairs.batch.asked[place]
        begin = int(self._scored.begins[place])
        if decision is Decision.MATCH:
            return misplaced(snapshot, asked, int(self._scored.entity[begin]))
        if decision is Decision.NONE:
            return said(why_absent(snapshot, query, asked))
        rivals = [self.rival(row) for row in range(begin, begin + len(rivals_among(candidates)))]
        known = bool(self._pairs.text.exact[int(self._scored.pair[begin])])
        return said(told_apart(snapshot, query, rivals), "" if known else elsewhere(snapshot, query, asked))

    def row_of(self, place: int, entity: int) -> int | None:
        """The row of the scores of a record, None where it is no candidate of the query at this place."""
        begin, end = int(self._scored.begins[place]), int(self._scored.begins[place + 1])
        rows = np.flatnonzero(self._scored.entity[begin:end] == entity)
        return begin + int(rows[0]) if len(rows) else None

    def lead(self, first: int, second: int) -> Lead:
        """What keeps the record of one row of the scores behind that of another."""
        return lead(self._snapshot, self._scored, first, second)

    def rival(self, row: int) -> Rival:
        """The record and the name of a row of the scores."""
        return Rival(int(self._scored.entity[row]), int(self._pairs.name[int(self._scored.pair[row])]))

    def candidate(self, row: int, explained: bool) -> Candidate:
        """The candidate of a row of the scores."""
        snapshot, entities = self._snapshot, self._snapshot.entities
        entity, name = self.rival(row)
        population = int(entities.population[entity])
        return Candidate(
            id=entities.id[entity].decode(),
            name=entities.name[entity],
            kind=snapshot.kinds[entities.kind[entity]],
            type=snapshot.types[entities.type[entity]],
            country=snapshot.countries[entities.country[entity]],
            admin1=admin1(snapshot, entity),
            lat=number(entities.lat[entity]),
            lon=number(entities.lon[entity]),
            population=population if population >= 0 else None,
            identifiers=entities.identifiers(entity),
            score=round(float(self._scored.score[row]), DIGITS),
            matched_name=matched_name(snapshot, name),
            explanation=explain(self._scored, int(self._scored.pair[row])) if explained else (),
            compared=compared(self._pairs, self._scored, row) if explained else None,
        )


def said(*clauses: str) -> tuple[str, ...]:
    """The clauses that say something."""
    return tuple(filter(None, clauses))
