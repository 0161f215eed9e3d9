"""What a user would take instead: the best record for a name, by each of them, over the same names.

All see names as `unidecode` writes them, in small letters, and where a country is given only its names. Names stand in
order of their records' prior, so of equals the likeliest comes first, as with ours.
"""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from gazetteer.matching.types import Query
from gazetteer.services.evaluate.inventory import Named
from gazetteer.services.evaluate.peers import Trigrams, connection, plain

ONE_BY_ONE, BULK = "one by one", "bulk"
CDIST, EXTRACT, TRIGRAM, FTS = "rapidfuzz cdist", "rapidfuzz extractOne", "pg_trgm", "SQLite FTS5"
NAMES = (CDIST, EXTRACT, TRIGRAM, FTS)
TOGETHER = 32  # names that cdist compares at once: against a million, four bytes each, 130 MB
DEEP = 10  # records that the databases are asked for

Best = list[int | None]


class Peer(Protocol):
    """Answers names by the numbers of their records."""

    how: str

    def clock(self) -> float:
        """Seconds of CPU time that it took so far."""

    def best(self, queries: Sequence[Query]) -> Best:
        """The record most alike to each name."""


@contextmanager
def opened(name: str, names: Sequence[Named], postgres: str | None) -> Iterator[Peer]:
    """The peer of this name."""
    with ExitStack() as stack:
        if name == TRIGRAM:
            yield PgTrgm(Trigrams(stack.enter_context(connection(postgres)), names))
        elif name == FTS:
            yield stack.enter_context(trigram_table(names))
        else:
            yield (Cdist if name == CDIST else ExtractOne)(names)


class Brute:
    """Every name of the country, or of the world, is looked at."""

    how = BULK

    def __init__(self, names: Sequence[Named]) -> None:
        self.texts: dict[str | None, list[str]] = defaultdict(list)
        self.records: dict[str | None, list[int]] = defaultdict(list)
        for each in names:
            for country in {None, each.country}:
                self.texts[country].append(each.text)
                self.records[country].append(each.record)

    def clock(self) -> float:
        """It runs in this process."""
        return time.process_time()


class Cdist(Brute):
    """`rapidfuzz.process.cdist` with Jaro-Winkler: all names of a country at once."""

    def best(self, queries: Sequence[Query]) -> Best:
        """The first of the most alike."""
        found: Best = [None] * len(queries)
        by_country: dict[str | None, list[int]] = defaultdict(list)
        for place, query in enumerate(queries):
            by_country[query.country].append(place)
        for country, places in by_country.items():
            for begin in range(0, len(places) if self.texts[country] else 0, TOGETHER):
                block = places[begin : begin + TOGETHER]
                asked = [plain(queries[place].name) for place in block]
                scorer = JaroWinkler.normalized_similarity
                alike = process.cdist(asked, self.texts[country], scorer=scorer, dtype=np.float32)
                for place, best in zip(block, alike.argmax(axis=1).tolist(), strict=True):
                    found[place] = self.records[country][best]
        return found


class ExtractOne(Brute):
    """`rapidfuzz.process.extractOne` with Jaro-Winkler: the way of its own first example."""

    how = ONE_BY_ONE

    def best(self, queries: Sequence[Query]) -> Best:
        """The first of the most alike."""
        return [self.one(plain(query.name), query.country) for query in queries]

    def one(self, name: str, country: str | None) -> int | None:
        """Of one name."""
        scorer = JaroWinkler.normalized_similarity
        found = process.extractOne(name, self.texts[country], scorer=scorer)
        return None if found is None else self.records[country][found[2]]


class PgTrgm:
    """PostgreSQL's `pg_trgm` with a GIN index, on a server of its own: `name % …`, the most similar first."""

    how = ONE_BY_ONE

    def __init__(self, trigrams: Trigrams) -> None:
        self.trigrams = trigrams
        self.server = trigrams.cursor.connection.info.backend_pid

    def clock(self) -> float:
        """This process's time and the server's; where the server is elsewhere, time as it passes."""
        schedule = Path(f"/proc/{self.server}/schedstat")
        try:
            return time.process_time() + int(schedule.read_text().split()[0]) / 1e9
        except OSError:
            return time.perf_counter()

    def best(self, queries: Sequence[Query]) -> Best:
        """The first of the ten that it lists."""
        return [next(iter(self.trigrams.answer(query)), None) for query in queries]


@contextmanager
def trigram_table(names: Sequence[Named]) -> Iterator["Fts"]:
    """A table of SQLite with a full-text index of trigrams, in memory."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE spelled USING fts5(name, country, tokenize='trigram', detail='full')")
    database.execute("CREATE TABLE records (place INTEGER PRIMARY KEY, record INTEGER)")
    database.executemany(
        "INSERT INTO spelled (rowid, name, country) VALUES (?, ?, ?)",
        ((place, each.text, token(each.country)) for place, each in enumerate(names, start=1)),
    )
    database.executemany("INSERT INTO records VALUES (?, ?)", ((p, each.record) for p, each in enumerate(names, 1)))
    database.execute("INSERT INTO spelled (spelled) VALUES ('optimize')")
    try:
        yield Fts(database)
    finally:
        database.close()


def token(country: str | None) -> str:
    """A country as one trigram that no name has."""
    return f"_{country}" if country else ""


class Fts:
    """SQLite's FTS5: any trigram of the name, by BM25."""

    how = ONE_BY_ONE
    ALIKE = "SELECT rowid FROM spelled WHERE spelled MATCH ? ORDER BY rank, rowid LIMIT ?"

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def clock(self) -> float:
        """It runs in this process."""
        return time.process_time()

    def best(self, queries: Sequence[Query]) -> Best:
        """The first of the ten that it lists."""
        return [self.one(plain(query.name).replace('"', " "), query.country) for query in queries]

    def one(self, name: str, country: str | None) -> int | None:
        """Of one name; one of less than three letters has no trigram."""
        parts = dict.fromkeys(name[at : at + 3] for at in range(len(name) - 2))
        if not parts:
            return None
        asked = "name : (" + " OR ".join(f'"{each}"' for each in parts) + ")"
        if country:
            asked += f' AND country : "{token(country)}"'
        found = self.database.execute(self.ALIKE, (asked, DEEP)).fetchone()
        if found is None:
            return None
        return int(self.database.execute("SELECT record FROM records WHERE place = ?", found).fetchone()[0])
