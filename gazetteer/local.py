"""The gazetteer in your own process: open a snapshot, ask it; no server, no database.

>>> from gazetteer.local import Gazetteer
>>> gazetteer = Gazetteer.open("var/index/current")
>>> gazetteer.resolve("Hawijah", country="IQ").match.name
'Hawija'
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerError
from gazetteer.matching.decide import Policy
from gazetteer.matching.types import Query, Result
from gazetteer.services import explain, resolve
from gazetteer.services.bulk import items
from gazetteer.services.explain import Explained
from gazetteer.services.query import Limits

if TYPE_CHECKING:
    from gazetteer.services.live import Live


class Gazetteer:
    """An open snapshot. Threads may share one; so may forked processes, which then share its pages."""

    def __init__(self, resolver: resolve.Resolver, live: "Live | None" = None) -> None:
        self._opened = resolver
        self._live = live

    @classmethod
    def open(cls, path: Path | str, policy: Policy | None = None, *, database: str | None = None) -> "Gazetteer":
        """The gazetteer of the snapshot folder at `path`; BadSnapshot where there is none, or it is damaged.

        With the URL of the `database` that it was built from, edits made since show as well, and so do later snapshots
        where `path` is a link that moves.
        """
        if database is None:
            return cls(resolve.open_resolver(path, policy))
        from gazetteer.db.engine import make_engine, make_sessions  # only this needs SQLAlchemy
        from gazetteer.services.live import Live

        live = Live(Path(path), policy or Policy(), Limits(), make_sessions(make_engine(database)))
        return cls(live.resolver(), live)

    @property
    def _resolver(self) -> resolve.Resolver:
        return self._opened if self._live is None else self._live.resolver()

    @property
    def generation(self) -> int:
        """The generation of the database that the answers come from."""
        return self._resolver.generation

    def resolve(self, name: str, *, limit: int = 5, explain: bool = False, **context: Any) -> Result:
        """The result for one name; `context` as the fields of `Query`: country, within, lat, lon, kind …

        `as_of` is a date, or one in ISO 8601. InvalidInput, naming the field, where something cannot be used.
        """
        query = items.from_mapping({"name": name, **context})
        return resolve.one(self._resolver, query, limit=limit, explain=explain)

    def explain(self, name: str, entity: str, **context: Any) -> Explained:
        """Why a name means the record of this id, or why it does not; `context` as for `resolve`.

        NotFound where the snapshot has no such record.
        """
        return explain.one(self._resolver, items.from_mapping({"name": name, **context}), entity)

    def resolve_many(
        self, names: Iterable[str | Mapping[str, Any] | Query], *, limit: int = 1, fill: bool = True
    ) -> list[Result | GazetteerError]:
        """The results for many names, in their order: texts, mappings of the fields of `Query`, or queries.

        They are read as the items of `POST /v1/normalise` are; one that cannot be used is answered by its error, in
        its place. With a `limit` above 1 what merely resembles a known spelling stands behind those who bear it, unless
        `fill` is turned off: it takes fifty times as long to find.
        """
        return resolve.many(self._resolver, [query_or_error(each) for each in names], limit=limit, fill=fill)


def query_or_error(given: object) -> Query | GazetteerError:
    """A query from what a caller has at hand, or why it is none; one made elsewhere is read again, field by field."""
    if type(given) is str:
        return Query(given)
    if isinstance(given, Query):
        return items.query_or_error({field: getattr(given, field) for field in items.FIELDS})
    return items.query_or_error(dict(given) if isinstance(given, Mapping) else given)
