"""Resolving: which record does a name mean, how sure are we, and why?

One path serves one name and a million: a single look-up is a batch of one.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gazetteer.errors import GazetteerError, LimitExceeded
from gazetteer.index.gather import pairs
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Asked, Batch
from gazetteer.matching.decide import Policy
from gazetteer.matching.score import score
from gazetteer.matching.types import Kind, Query, Result
from gazetteer.services import within
from gazetteer.services.collector import paused_collector
from gazetteer.services.dress import Dresser
from gazetteer.services.query import Limits, Reader

MOST = 50  # candidates that an answer may list
BLOCK = 1024  # queries worked at once: enough for arrays to pay, few enough to stay in the cache


class Resolver:
    """A snapshot and a policy, ready to answer. Made once, shared by threads."""

    def __init__(self, snapshot: Snapshot, policy: Policy | None = None, limits: Limits | None = None) -> None:
        self.snapshot = snapshot
        self.policy = policy or Policy()
        self.reader = Reader(snapshot, limits or Limits(), self._units)

    @property
    def generation(self) -> int:
        """The generation of the database that the answers come from."""
        return self.snapshot.generation

    def _units(self, name: str, country: int) -> frozenset[int]:
        """The records that a `within` may mean: the one of this id, or all that the name may well mean."""
        known = self.snapshot.entities.find(name)
        if known is not None:
            return frozenset({known})
        if not name.strip():
            return frozenset()
        country_named = self.reader.countries.record(name)
        if country_named is not None:
            return frozenset({country_named})
        asked = replace(self.reader.read(Query(name=name, kind=Kind.PLACE)), country=country)
        return within.named(self.snapshot, asked)


def open_resolver(path: Path | str, policy: Policy | None = None, limits: Limits | None = None) -> Resolver:
    """A resolver over the snapshot at `path`; BadSnapshot where there is none, or it is damaged."""
    return Resolver(Snapshot(Path(path)), policy, limits)


def warm(resolver: Resolver) -> None:
    """Answer a name of nothing: what is compiled, or read of a table, at the first use is ready then.

    Compiling takes some 15 s once per installation, and reading what was compiled 0.3 s once per process.
    """
    code = next((each for each in resolver.snapshot.countries if each is not None), None)
    many(resolver, [Query(NOTHING), Query(NOTHING, country=code)])


NOTHING = "Qzxwv Jkqzx"


def one(resolver: Resolver, query: Query, *, limit: int = 5, explain: bool = False) -> Result:
    """The answer to one query, with at most `limit` candidates; InvalidInput where it cannot be used."""
    (answer,) = many(resolver, [query], limit=limit, explain=explain)
    if isinstance(answer, GazetteerError):
        raise answer
    return answer


def many(
    resolver: Resolver, queries: Sequence[Query | GazetteerError], *, limit: int = 1, explain: bool = False
) -> list[Result | GazetteerError]:
    """The answers to many queries, in their order; equal ones are worked once.

    A query that cannot be used is answered by its error and does not touch its neighbours; an error among the
    queries (a row that could not even be read) stays what it is.
    """
    if not 1 <= limit <= MOST:
        raise LimitExceeded(f"limit is {limit}, must be from 1 to {MOST}", field="limit")
    distinct = list(dict.fromkeys(each for each in queries if isinstance(each, Query)))
    answers: dict[Query, Result | GazetteerError] = {}
    for begin in range(0, len(distinct), BLOCK):
        block = distinct[begin : begin + BLOCK]
        with paused_collector():
            answers.update(zip(block, answered(resolver, block, limit, explain), strict=True))
    return [answers[each] if isinstance(each, Query) else each for each in queries]


def answered(resolver: Resolver, queries: Sequence[Query], limit: int, explain: bool) -> list[Result | GazetteerError]:
    """The answers to a block of distinct queries."""
    read = [read_or_error(resolver.reader, each) for each in queries]
    asked = [each for each in read if isinstance(each, Asked)]
    found = pairs(resolver.snapshot, Batch(asked))
    dresser = Dresser(resolver.snapshot, resolver.policy, found, score(found))
    place = iter(range(len(asked)))
    return [
        dresser.result(query, next(place), limit, explain) if isinstance(each, Asked) else each
        for query, each in zip(queries, read, strict=True)
    ]


def read_or_error(reader: Reader, query: Query) -> Asked | GazetteerError:
    """The query made ready, or why it cannot be."""
    try:
        return reader.read(query)
    except GazetteerError as error:
        return error
