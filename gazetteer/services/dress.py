"""Dressing: numbers of the snapshot become the answers to a batch."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.decide import Policy, decide_all
from gazetteer.matching.explanation import Lead
from gazetteer.matching.pairs import Pairs
from gazetteer.matching.score import Scored, explain
from gazetteer.matching.types import Candidate, Query, Result
from gazetteer.services.comparison import compared, lead
from gazetteer.services.fill import Ranked, filled, ranked, together
from gazetteer.services.reading import reading
from gazetteer.services.reasons import RIVALS
from gazetteer.services.records import candidates, rounded
from gazetteer.services.sheet import Sheet

MOST = 50  # candidates that an answer may list


class Dresser:
    """Makes the results of one batch, with at most `limit` candidates each; `fill` says whether what merely resembles
    known spellings stands behind those that bear them."""

    def __init__(
        self, snapshot: Snapshot, policy: Policy, pairs: Pairs, scored: Scored, limit: int = 1, fill: bool = True
    ) -> None:
        self._snapshot = snapshot
        self._pairs = pairs
        self._scored = scored
        self._limit = limit
        self._first = ranked(pairs, scored, max(limit, RIVALS))
        self._then = filled(snapshot, pairs, scored, limit) if fill and limit > 1 else None
        self._decisions = decide_all(scored, policy)
        self._sheet = self._kept()

    def results(self, queries: Sequence[Query]) -> list[Result]:
        """The results of all queries of the batch; their words are made when they are read."""
        generation, sheet, begins = self._snapshot.generation, self._sheet, self._scored.begins
        there = np.diff(begins) > 0
        first = np.full(len(there), np.nan)
        first[there] = rounded(self._scored.score[begins[:-1][there]])
        scores = [None if each != each else each for each in first.tolist()]
        return [
            Result(query, decision, generation, score, sheet, place)
            for place, (query, decision, score) in enumerate(zip(queries, self._decisions, scores, strict=True))
        ]

    def explained(self, query: Query, place: int, most: int = MOST) -> Result:
        """The result of the query at this place of the batch, with its explanation and that of its first candidates."""
        decision, sheet = self._decisions[place], self._sheet
        shown = zip(sheet.candidates(place)[:most], self._sources(place), strict=False)
        listed = tuple(self._with_explanation(each, ranked, row) for each, (ranked, row) in shown)
        reason = sheet.reason(place, query, decision)
        begin, end = self._scored.begins[place : place + 2].tolist()
        result = Result.told(query, decision, self._snapshot.generation, reason, listed)
        result.reading = reading(self._snapshot, query, self._pairs.batch.asked[place])
        result.runner_up = self.lead(begin, begin + 1) if end > begin + 1 else None
        return result

    def candidate(self, row: int) -> Candidate:
        """The candidate of one row of the scores, with its explanation."""
        scored, rows = self._scored, np.array([row])
        (found,) = candidates(
            self._snapshot, scored.entity[rows], self._pairs.name[scored.pair[rows]], scored.score[rows]
        )
        return self._with_explanation(found, self._first, row)

    def row_of(self, place: int, entity: int) -> int | None:
        """The row of the scores of a record, None where it is no candidate of the query at this place."""
        begin, end = self._scored.begins[place : place + 2].tolist()
        rows = np.flatnonzero(self._scored.entity[begin:end] == entity)
        return begin + int(rows[0]) if len(rows) else None

    def lead(self, first: int, second: int) -> Lead:
        """What keeps the record of one row of the scores behind that of another."""
        return lead(self._snapshot, (self._scored, first), (self._scored, second), float(self._scored.score[second]))

    def behind(self, place: int, entity: int) -> tuple[int, Candidate, Lead] | None:
        """The rank of a record that only fills the list up, with its candidate and what keeps it behind the first."""
        then, begin = self._then, int(self._scored.begins[place])
        if then is None:
            return None
        at = np.flatnonzero((then.query == place) & (then.entity == entity))
        if not len(at):
            return None
        row, score = int(then.row[at[0]]), float(then.score[at[0]])
        (found,) = candidates(self._snapshot, then.entity[at], then.name[at], then.score[at])
        kept = lead(self._snapshot, (self._scored, begin), (then.scored, row), score)
        rank = len(self._first_of(place)) + int(at[0]) - int(np.searchsorted(then.query, place)) + 1
        return rank, self._with_explanation(found, then, row), kept

    def _kept(self) -> Sheet:
        """All that is needed later."""
        batch, scored, limit = self._pairs.batch, self._scored, self._limit
        (entity, name, score), begins = together(self._first, self._then, len(batch))
        own = np.minimum(np.diff(scored.begins), max(limit, RIVALS))
        known = np.zeros(len(batch), dtype=bool)
        known[own > 0] = self._pairs.text.exact[scored.pair[scored.begins[:-1][own > 0]]]
        return Sheet(self._snapshot, batch.asked, begins.tolist(), own.tolist(), entity, name, score, known, limit)

    def _first_of(self, place: int) -> Column:
        """The rows of the scores of a query that are kept."""
        return np.asarray(self._first.row[self._first.query == place])

    def _sources(self, place: int) -> list[tuple[Ranked, int]]:
        """Where the listed candidates of a query come from: the scores, and the row of them."""
        ranks = [each for each in (self._first, self._then) if each is not None]
        return [(each, row) for each in ranks for row in each.row[each.query == place].tolist()]

    def _with_explanation(self, found: Candidate, ranked: Ranked, row: int) -> Candidate:
        """A candidate with its explanation."""
        told = explain(ranked.scored, int(ranked.scored.pair[row]))
        how = compared(self._snapshot, ranked.pairs, ranked.scored, row)
        return replace(found, explanation=told, compared=how)
