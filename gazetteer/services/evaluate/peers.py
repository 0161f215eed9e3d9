"""What a user could take instead, over the same names: asked the same queries, it says which records come first.

Both see names as `unidecode` writes them, in small letters, and only those of the country where one is given. Equals
are settled as ours are, by the records' prior, so that neither loses where the name leaves it open.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import psycopg
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from unidecode import unidecode

from gazetteer.errors import Unavailable
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import Query
from gazetteer.services.evaluate.asking import DEEP
from gazetteer.services.evaluate.cluster import cluster, programs
from gazetteer.services.evaluate.inventory import Named, names_of

PEERS = ("rapidfuzz", "pg_trgm")
ADVICE = "pg_trgm needs PostgreSQL: install it (apt-get install postgresql) or name a server with --postgres-url"


class Peer(Protocol):
    """Answers queries by the numbers of the records that are most alike, best first, ten at most."""

    def answers(self, queries: Sequence[Query]) -> list[list[int]]:
        """The records for each query; of its context only the country's code is read."""


@contextmanager
def opened(name: str, snapshot: Snapshot, postgres: str | None) -> Iterator[Peer]:
    """The peer of this name over the names of the snapshot; Unavailable where it needs what is not there."""
    spelled = romanised(names_of(snapshot))
    if name == "rapidfuzz":
        yield RapidFuzz(spelled)
        return
    with ExitStack() as stack:
        yield Trigrams(stack.enter_context(connection(postgres)), spelled)


def romanised(names: Iterator[Named]) -> list[Named]:
    """The names as the peers see them, each once for its record."""
    return list(dict.fromkeys(Named(each.record, each.country, plain(each.text)) for each in names))


def plain(text: str) -> str:
    """A name as the peers see it."""
    return unidecode(text, errors="ignore").lower().strip()


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of one country, or of all: the texts, and where those of each record begin."""

    texts: list[str]
    records: NDArray[np.int64]
    begins: NDArray[np.intp]


class RapidFuzz:
    """`rapidfuzz.fuzz.ratio` against every name, and of each record the most alike one."""

    def __init__(self, names: Sequence[Named]) -> None:
        by_country: dict[str | None, list[Named]] = defaultdict(list)
        for each in names:
            by_country[each.country].append(each)
        self.all = choices(names)
        self.of = {country: choices(members) for country, members in by_country.items() if country}

    def answers(self, queries: Sequence[Query]) -> list[list[int]]:
        """Compare the queries of one country at once."""
        found: dict[int, list[int]] = {}
        by_country: dict[str | None, list[int]] = defaultdict(list)
        for place, query in enumerate(queries):
            by_country[query.country].append(place)
        for country, places in by_country.items():
            among = self.of.get(country) if country else self.all
            alike = self.compared([queries[place].name for place in places], among)
            found.update(zip(places, alike, strict=True))
        return [found[place] for place in range(len(queries))]

    def compared(self, names: list[str], among: Choices | None) -> list[list[int]]:
        """The records most alike to each of the names."""
        if among is None:
            return [[] for _ in names]
        alike = process.cdist([plain(name) for name in names], among.texts, scorer=fuzz.ratio, dtype=np.float32)
        best = np.maximum.reduceat(alike, among.begins, axis=1)
        return [foremost(row, among.records) for row in best]


def choices(names: Sequence[Named]) -> Choices:
    """Names, those of one record together, as columns."""
    records, begins = np.unique(np.array([each.record for each in names], dtype=np.int64), return_index=True)
    return Choices([each.text for each in names], records, begins)


def foremost(alike: NDArray[Any], records: NDArray[np.int64]) -> list[int]:
    """The ten records most alike; of equals those of higher prior, whose number is lower."""
    least = np.partition(alike, -DEEP)[-DEEP] if len(alike) > DEEP else alike.min()
    among = np.flatnonzero(alike >= least)
    order = np.lexsort((records[among], -alike[among]))
    return [int(record) for record in records[among][order[:DEEP]]]


class Trigrams:
    """PostgreSQL's `pg_trgm`: names that pass its threshold, found by a GIN index over country and name."""

    MAKE = (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE EXTENSION IF NOT EXISTS btree_gin",
        "SET LOCAL temp_buffers = '512MB'",
        "SET LOCAL maintenance_work_mem = '512MB'",
        "CREATE TEMPORARY TABLE spelled (record integer, country text, name text)",
    )
    COPY = "COPY spelled FROM STDIN"
    INDEX = (
        "CREATE INDEX ON spelled USING gin (name gin_trgm_ops)",
        "CREATE INDEX ON spelled USING gin (country, name gin_trgm_ops)",
        "ANALYZE spelled",
    )
    ALIKE = "SELECT record FROM spelled WHERE name %% %(name)s"
    THERE = " AND country = %(country)s"
    BEST = " GROUP BY record ORDER BY max(similarity(name, %(name)s)) DESC, record LIMIT %(most)s"

    def __init__(self, connection: "psycopg.Connection[tuple[int]]", names: Sequence[Named]) -> None:
        self.cursor = connection.cursor()
        for statement in self.MAKE:
            self.cursor.execute(statement)
        with self.cursor.copy(self.COPY) as copy:
            for each in names:
                copy.write_row((each.record, each.country, each.text))
        for statement in self.INDEX:
            self.cursor.execute(statement)

    def answers(self, queries: Sequence[Query]) -> list[list[int]]:
        """Ask one by one."""
        return [self.answer(query) for query in queries]

    def answer(self, query: Query) -> list[int]:
        """The records of one query."""
        asked = {"name": plain(query.name), "country": query.country, "most": DEEP}
        self.cursor.execute(self.ALIKE + (self.THERE if query.country else "") + self.BEST, asked)
        return [record for (record,) in self.cursor.fetchall()]


@contextmanager
def connection(url: str | None) -> Iterator["psycopg.Connection[tuple[int]]"]:
    """A transaction on the server named, or on a throw-away one; it is rolled back, so nothing is left behind."""
    with ExitStack() as stack:
        if url is None:
            found = programs()
            if found is None:
                raise Unavailable(ADVICE)
            url = stack.enter_context(cluster(found))
        try:
            opened = psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:", 1))
            stack.callback(opened.close)
            yield opened
        except psycopg.Error as error:
            raise Unavailable(f"PostgreSQL, for pg_trgm: {error}") from error
