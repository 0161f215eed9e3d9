"""The gazetteer in your own process: what it takes, and that one bad item answers for itself."""

from datetime import date, datetime
from types import MappingProxyType

import numpy as np
import pytest

from gazetteer.errors import GazetteerError, InvalidInput, NotFound
from gazetteer.local import Gazetteer
from gazetteer.matching.types import Query
from tests.api.conftest import publish


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Gazetteer:
    """The gazetteer over a small snapshot."""
    folder = tmp_path_factory.mktemp("local")
    publish(folder)
    return Gazetteer.open(folder / "index" / "current")


BAD = [
    ({"foo": 1}, "foo"),
    ({1: "Hawija"}, "1"),
    ({"name": None}, "name"),
    ({}, "name"),
    ("", "name"),
    ({"name": "Hawija", "lat": "35", "lon": "3"}, "lat"),
    ({"name": "Hawija", "country": 5}, "country"),
    ({"name": "Hawija", "as_of": "2017"}, "as_of"),
    ({"name": "Hawija", "kind": []}, "kind"),
    (Query("Hawija", country=5), "country"),  # type: ignore[arg-type]
    (Query("Hawija", within=[]), "within"),  # type: ignore[arg-type]
    (5, None),
    (None, None),
]


class TestMany:
    @pytest.mark.parametrize(("bad", "field"), BAD, ids=repr)
    def test_an_item_that_cannot_be_used_is_answered_by_its_error(self, gazetteer, bad, field):
        """In its place, and its neighbours are answered."""
        before, error, after = gazetteer.resolve_many(["Hawija", bad, {"name": "Hawija"}])

        assert before.match.name == after.match.name == "Hawija"
        assert isinstance(error, GazetteerError)
        assert error.field == field

    def test_texts_mappings_and_queries_are_the_same(self, gazetteer):
        """However the caller has them at hand."""
        asked = ["Hawija", {"name": "Hawija"}, MappingProxyType({"name": "Hawija"}), Query("Hawija")]
        first, *others = gazetteer.resolve_many(asked)

        assert others == [first] * 3


class TestOne:
    @pytest.mark.parametrize("day", ["2017-01-01", date(2017, 1, 1), datetime(2017, 1, 1, 12)])
    def test_a_day_may_be_written_or_made(self, gazetteer, day):
        """ISO 8601, as everywhere else."""
        assert gazetteer.resolve("Hawija", as_of=day).query.as_of == date(2017, 1, 1)

    def test_numbers_of_a_table_are_numbers(self, gazetteer):
        """What numpy and pandas hold is no float of Python's."""
        query = gazetteer.resolve("Hawija", lat=np.float32(35.5), lon=np.int64(43)).query

        assert (query.lat, query.lon) == (35.5, 43.0)

    @pytest.mark.parametrize(
        "context", [{"as_of": "January"}, {"country": 5}, {"lat": "35", "lon": 43.0}, {"colour": "red"}], ids=repr
    )
    def test_what_cannot_be_used_is_an_error_that_names_it(self, gazetteer, context):
        """One of ours, never a TypeError from within."""
        with pytest.raises(InvalidInput) as caught:
            gazetteer.resolve("Hawija", **context)
        assert caught.value.field in context


class TestExplain:
    def test_a_record_is_explained(self, gazetteer):
        """Why, or why not."""
        assert gazetteer.explain("Hawijah", "hawija", country="IQ").rank == 1
        assert "not in IQ" in gazetteer.explain("Tal Abyad", "tal-abyad", country="IQ").verdict

    def test_an_unknown_id_is_not_found(self, gazetteer):
        """There is no database to ask for more."""
        with pytest.raises(NotFound):
            gazetteer.explain("Hawijah", "nobody")

    def test_what_cannot_be_used_is_an_error_that_names_it(self, gazetteer):
        """As for `resolve`."""
        with pytest.raises(InvalidInput) as caught:
            gazetteer.explain("Hawija", "hawija", colour="red")
        assert caught.value.field == "colour"


class TestDatabase:
    """With the database that the snapshot was built from, edits show."""

    def test_an_edit_shows_and_a_snapshot_alone_has_none(self, sqlite_url, tmp_path, monkeypatch):
        from gazetteer.db.engine import make_engine, make_sessions
        from gazetteer.importers.record import NameRecord
        from gazetteer.services import indexing, live
        from gazetteer.services.curation.names import add_name
        from tests.services.curation.editing import BY, HAWIJA, loaded

        monkeypatch.setattr(live, "POLL", 0.0)
        sessions = make_sessions(make_engine(sqlite_url))
        loaded(sessions)
        path = indexing.build(sessions, tmp_path / "index").path
        edited, alone = Gazetteer.open(path, database=sqlite_url), Gazetteer.open(path)
        made = add_name(sessions, HAWIJA, NameRecord("Zzyzx"), BY)

        found = edited.resolve("Zzyzx", country="IQ")
        assert found.candidates[0].id == HAWIJA, found.reason
        assert edited.generation == made.generation
        assert alone.resolve("Zzyzx", country="IQ").match is None
