"""Importing GeoNames: bad rows are counted, a second run is a no-op, a broken run is simply run again."""

import itertools
import shutil

import pytest
from sqlalchemy import select

from gazetteer.db.engine import make_engine, make_sessions
from gazetteer.db.models import Entity, Identifier, Name, Relation, Source
from gazetteer.errors import BadData
from gazetteer.importers import geonames
from gazetteer.services.imports import import_geonames
from gazetteer.services.load import load
from tests.importers.test_geonames import HAWIJA, KIRKUK, line


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "IQ.txt"
    rows = [line(KIRKUK), line(HAWIJA, lat="91"), line(HAWIJA, admin2="")]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def two_databases(sqlite_template, tmp_path):
    engines = [make_engine(f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / name)}") for name in ("a", "b")]
    yield [make_sessions(engine) for engine in engines]
    for engine in engines:
        engine.dispose()


def stored(sessions):
    """What a reader of the database sees, without row numbers and runs."""
    with sessions() as session:
        entities = {entity.id: entity for entity in session.scalars(select(Entity))}
        known = {id: entity.public_id for id, entity in entities.items()}
        values = ("public_id", "kind", "type", "country", "name", "lat", "lon", "population", "status")
        return {
            "entities": {tuple(getattr(entity, each) for each in values) for entity in entities.values()},
            "names": {
                (known[each.entity_id], each.text, each.language, each.role) for each in session.scalars(select(Name))
            },
            "identifiers": {
                (known[each.entity_id], each.scheme, each.value) for each in session.scalars(select(Identifier))
            },
            "relations": {
                (known[each.from_id], each.kind, known[each.to_id]) for each in session.scalars(select(Relation))
            },
        }


class TestImportGeonames:
    def test_bad_rows_are_counted_and_told(self, sessions, dump):
        report = import_geonames(sessions, geonames.Files((dump,)))

        assert (report.read, report.created, report.rejected) == (3, 2, 1)
        assert report.rejections[0].row == 2
        assert report.rejections[0].file == "IQ.txt"
        assert stored(sessions)["relations"]

    def test_twice_is_a_no_op(self, sessions, dump):
        import_geonames(sessions, geonames.Files((dump,)))
        before = stored(sessions)
        report = import_geonames(sessions, geonames.Files((dump,)))

        assert not report.changed
        assert report.unchanged == 2
        assert stored(sessions) == before

    def test_strict_stops_at_the_first_bad_row(self, sessions, dump):
        with pytest.raises(BadData, match=r"IQ\.txt, line 2: latitude 91 is out of range"):
            import_geonames(sessions, geonames.Files((dump,)), strict=True)

    def test_the_source_states_licence_and_day(self, sessions, dump):
        import_geonames(sessions, geonames.Files((dump,)))

        with sessions() as session:
            source = session.scalars(select(Source).where(Source.slug == "geonames")).one()
        assert source.licence == "CC BY 4.0"
        assert len(source.version) == len("2026-01-31")

    def test_a_missing_file_is_bad_data(self, sessions, tmp_path):
        with pytest.raises(BadData, match=r"none\.txt: cannot be read"):
            import_geonames(sessions, geonames.Files((tmp_path / "none.txt",)))

    def test_a_broken_run_started_again_ends_as_one_never_broken(self, two_databases, tmp_path):
        """Batches are committed, records known by their ids: what is there is left, what is missing comes."""
        broken, whole = two_databases
        path = tmp_path / "IQ.txt"
        rows = [line(HAWIJA, id=str(place), admin2="") for place in range(1, 50)]
        path.write_text("\n".join([*rows, line(KIRKUK)]), encoding="utf-8")
        files = geonames.Files((path,))

        def breaking_off():
            yield from itertools.islice(geonames.records(files), 35)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load(broken, geonames.SOURCE, breaking_off(), batch=10)
        assert len(stored(broken)["entities"]) == 30
        import_geonames(broken, files)
        import_geonames(whole, files)

        assert stored(broken) == stored(whole)
        assert len(stored(whole)["relations"]) == 49


def test_iraq_and_syria_twice(sessions, shared):
    """33,166 places, their names and units; the second time nothing is written."""
    folder = shared / "geonames"
    files = geonames.Files(
        tuple(folder / f"{code}.txt" for code in ("IQ", "SY")),
        tuple(folder / f"alternateNamesV2/{code}.txt" for code in ("IQ", "SY")),
        folder / "admin1CodesASCII.txt",
        folder / "admin2Codes.txt",
    )
    first = import_geonames(sessions, files)
    second = import_geonames(sessions, files)

    assert (first.created, first.rejected) == (33_345, 32)
    assert first.names_added > 140_000
    assert not second.changed
    assert second.unchanged == 33_345
