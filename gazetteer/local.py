"""The gazetteer in your own process: open a snapshot, ask it; no server, no database.

>>> from gazetteer.local import Gazetteer
>>> gazetteer = Gazetteer.open("var/index/current")
>>> gazetteer.resolve("Hawijah", country="IQ").match.name
'Hawija'
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gazetteer.errors import GazetteerError
from gazetteer.matching.decide import Policy
from gazetteer.matching.types import Query, Result
from gazetteer.services import resolve


class Gazetteer:
    """An open snapshot. Threads may share one; so may forked processes, which then share its pages."""

    def __init__(self, resolver: resolve.Resolver) -> None:
        self._resolver = resolver

    @classmethod
    def open(cls, path: Path | str, policy: Policy | None = None) -> "Gazetteer":
        """The gazetteer of the snapshot folder at `path`; BadSnapshot where there is none, or it is damaged."""
        return cls(resolve.open_resolver(path, policy))

    @property
    def generation(self) -> int:
        """The generation of the database that the answers come from."""
        return self._resolver.generation

    def resolve(self, name: str, *, limit: int = 5, explain: bool = False, **context: Any) -> Result:
        """The result for one name; `context` as the fields of `Query`: country, within, lat, lon, kind …

        InvalidInput, naming the field, where something cannot be used.
        """
        return resolve.one(self._resolver, Query(name, **context), limit=limit, explain=explain)

    def resolve_many(
        self, names: Iterable[str | Mapping[str, Any] | Query], *, limit: int = 1
    ) -> list[Result | GazetteerError]:
        """The results for many names, in their order: texts, mappings of the fields of `Query`, or queries.

        One that cannot be used is answered by its error, in its place.
        """
        return resolve.many(self._resolver, [query(each) for each in names], limit=limit)


def query(given: str | Mapping[str, Any] | Query) -> Query:
    """A query from what a caller has at hand."""
    if isinstance(given, Query):
        return given
    return Query(given) if isinstance(given, str) else Query(**given)
