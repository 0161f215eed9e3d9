"""Dressing: numbers of the snapshot become the records and sentences of an answer."""

from functools import lru_cache

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.decide import Policy, decide
from gazetteer.matching.pairs import Pairs
from gazetteer.matching.score import Scored, explain
from gazetteer.matching.types import Candidate, Decision, MatchedName, Query, Result
from gazetteer.services.reasons import reason
from gazetteer.text.tokens import without_generic


class Dresser:
    """Makes the results of one batch."""

    def __init__(self, snapshot: Snapshot, policy: Policy, pairs: Pairs, scored: Scored) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._pairs = pairs
        self._scored = scored

    def result(self, query: Query, place: int, limit: int, explained: bool) -> Result:
        """The result of the query at this place of the batch."""
        scored = self._scored
        begin, end = int(scored.begins[place]), int(scored.begins[place + 1])
        decision = decide(scored.score[begin:end].tolist(), self._policy)
        needed = max(limit, 2 if decision is Decision.MATCH else RIVALS)
        rows = range(begin, min(end, begin + needed))
        candidates = [self.candidate(row, explained and row < begin + limit) for row in rows]
        return Result(
            query=query,
            decision=decision,
            reason=reason(query, decision, candidates[:RIVALS], self._pairs.batch.asked[place].notes),
            generation=self._snapshot.generation,
            candidates=tuple(candidates[:limit]),
        )

    def candidate(self, row: int, explained: bool) -> Candidate:
        """The candidate of a row of the scores."""
        snapshot, entities = self._snapshot, self._snapshot.entities
        pair, entity = int(self._scored.pair[row]), int(self._scored.entity[row])
        admin1, type_number = int(entities.admin1[entity]), int(entities.type[entity])
        population = int(entities.population[entity])
        return Candidate(
            id=entities.id[entity].decode(),
            name=entities.name[entity],
            kind=snapshot.kinds[entities.kind[entity]],
            type=snapshot.types[type_number],
            country=snapshot.countries[entities.country[entity]],
            admin1=unit_name(entities.name[admin1]) if admin1 >= 0 else None,
            lat=number(entities.lat[entity]),
            lon=number(entities.lon[entity]),
            population=population if population >= 0 else None,
            identifiers=entities.identifiers(entity),
            score=round(float(self._scored.score[row]), DIGITS),
            matched_name=self.matched_name(int(self._pairs.name[pair])),
            explanation=explain(self._scored, pair) if explained else (),
        )

    def matched_name(self, name: int) -> MatchedName:
        """The stored spelling that brought a candidate in."""
        snapshot, names = self._snapshot, self._snapshot.names
        language = snapshot.languages[names.language[name]]
        return MatchedName(
            text=names.text[name],
            language=None if language == "und" else language,
            role=snapshot.roles[names.role[name]],
            source=snapshot.sources[names.source[name]],
        )


@lru_cache(maxsize=8192)
def unit_name(name: str) -> str:
    """A first-order unit as an address has it: "Kirkuk", not "Kirkuk Governorate"."""
    return without_generic(name, "province")


RIVALS = 4  # candidates that a reason may name
DIGITS = 4  # of a score: more would claim a certainty that no calibration has


def number(value: np.floating) -> float | None:
    """A coordinate, None where it is not known."""
    return None if np.isnan(value) else float(value)
