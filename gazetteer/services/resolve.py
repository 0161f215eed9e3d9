"""Resolving: which record does a name mean, how sure are we, and why?

One path serves one name and a million: a single look-up is a batch of one.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gazetteer.errors import GazetteerError, LimitExceeded
from gazetteer.index.gather import pairs
from gazetteer.index.overlay import Overlay
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View
from gazetteer.matching.asked import Asked, Batch
from gazetteer.matching.decide import Policy
from gazetteer.matching.score import score
from gazetteer.matching.types import Query, Result
from gazetteer.services.collector import paused_collector
from gazetteer.services.dress import MOST, Dresser
from gazetteer.services.outcome import CANDIDATES
from gazetteer.services.query import Limits, Reader
from gazetteer.services.together import Together

BLOCK = 1024  # queries worked at once: enough for arrays to pay, few enough to stay in the cache


class Resolver:
    """A snapshot and a policy, ready to answer. Made once, shared by threads."""

    def __init__(self, snapshot: Snapshot, policy: Policy | None = None, limits: Limits | None = None) -> None:
        self.snapshot = snapshot
        self.policy = policy or Policy()
        self.reader = Reader(snapshot, limits or Limits())
        self.together = Together(lambda queries, limit: many(self, queries, limit=limit))

    @property
    def generation(self) -> int:
        """The generation of the database that the answers come from."""
        return self.snapshot.generation

    @property
    def overlay(self) -> Overlay | None:
        """The edits that lie over the snapshot, if there are any."""
        return self.snapshot.overlay if isinstance(self.snapshot, View) else None


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


def among_others(resolver: Resolver, query: Query, *, limit: int = 5, explain: bool = False) -> Result:
    """The same as `one`, worked together with whatever other threads ask at this moment."""
    if explain:
        return one(resolver, query, limit=limit, explain=True)
    answer = resolver.together.one(query, limit)
    if isinstance(answer, GazetteerError):
        raise answer
    return answer


def many(
    resolver: Resolver,
    queries: Sequence[Query | GazetteerError],
    *,
    limit: int = 1,
    explain: bool = False,
    fill: bool = True,
) -> list[Result | GazetteerError]:
    """The answers to many queries, in their order; equal ones are worked once.

    A query that cannot be used is answered by its error and does not touch its neighbours; an error among the
    queries (a row that could not even be read) stays what it is. Without `fill` only those candidates are listed that a
    query was decided by: what merely resembles a known spelling takes fifty times as long to find.
    """
    if not 1 <= limit <= MOST:
        raise LimitExceeded(f"limit is {limit}, must be from 1 to {MOST}", field="limit")
    place: dict[Query, int] = {}
    order = [place.setdefault(each, len(place)) if isinstance(each, Query) else -1 for each in queries]
    distinct = list(place)
    answers: list[Result | GazetteerError] = []
    for begin in range(0, len(distinct), BLOCK):
        with paused_collector():
            answers += answered(resolver, distinct[begin : begin + BLOCK], limit, explain, fill)
    return [each if at < 0 else answers[at] for at, each in zip(order, queries, strict=True)]  # type: ignore[misc]


def for_tables(resolver: Resolver) -> Callable[[Sequence[Query | GazetteerError]], list[Result | GazetteerError]]:
    """What answers the rows of tables: CSV files and frames, whose cells hold a match and its rivals."""
    return partial(many, resolver, limit=CANDIDATES, fill=False)


def answered(
    resolver: Resolver, queries: Sequence[Query], limit: int, explain: bool, fill: bool
) -> list[Result | GazetteerError]:
    """The answers to a block of distinct queries."""
    read = resolver.reader.read_all(queries)
    usable = [query for query, each in zip(queries, read, strict=True) if isinstance(each, Asked)]
    found = pairs(resolver.snapshot, Batch([each for each in read if isinstance(each, Asked)]))
    dresser = Dresser(resolver.snapshot, resolver.policy, found, score(found), limit, fill)
    if explain:
        results = iter([dresser.explained(query, place) for place, query in enumerate(usable)])
    else:
        results = iter(dresser.results(usable))
    return [next(results) if isinstance(each, Asked) else each for each in read]
