"""`GET /v1/entities/…`: the full record, redirects, and ids that nothing has."""

from dataclasses import replace

import pytest
from sqlalchemy import QueuePool, create_engine

from gazetteer.api.runtime import EXTENSION
from gazetteer.db.sessions import make_sessions
from gazetteer.factory import create_app
from gazetteer.services.identity import mint
from gazetteer.settings import Settings
from tests.api.problems import told
from tests.api.test_openapi import check
from tests.conftest import on_server

HAWIJA = "/v1/entities/by/geonames/390188"


def test_a_record_by_an_identifier_of_another_scheme(client):
    record = client.get(HAWIJA).get_json()
    assert (record["name"], record["country"]) == ("Hawija", "IQ")
    assert [parent["name"] for parent in record["parents"]] == ["Kirkuk"]
    assert {(each["scheme"], each["value"]) for each in record["identifiers"]} >= {
        ("geonames", "390188"),
        ("slug", "hawija"),
    }
    assert client.get("/v1/entities/by/slug/hawija").get_json() == record


def test_a_record_by_its_own_id(client):
    record = client.get(HAWIJA).get_json()
    assert record["url"] == f"/v1/entities/{record['id']}"
    assert client.get(record["url"]).get_json() == record


def test_a_record_has_the_documented_shape(client):
    check(client.get("/openapi.json").get_json(), "Entity", client.get(HAWIJA).get_json())


def test_a_merged_id_leads_to_its_survivor(client):
    """The town was first known by its slug; the GeoNames id is of higher rank, and its id survives."""
    merged = mint(("slug", "hawija"))
    response = client.get(f"/v1/entities/{merged}")
    told(response, 301)
    assert response.headers["Location"] == client.get(HAWIJA).get_json()["url"]
    assert client.get(f"/v1/entities/{merged}", follow_redirects=True).get_json()["name"] == "Hawija"


@pytest.mark.parametrize(
    "path",
    [
        "nobody",
        "%00",
        "%FF",
        "a" * 5000,
        "by/geonames/1",
        "by/geonames/%00",
        "by/nothing/390188",
        "by/geonames/390188/more",
        "by/slug/a%2Fb",
    ],
)
def test_an_id_that_nothing_has_is_not_found(client, path):
    told(client.get(f"/v1/entities/{path}"), 404)


def test_parameters_are_refused(client):
    told(client.get(f"{HAWIJA}?colour=red"), 422, "colour")


@pytest.fixture(params=["sqlite", "postgresql"])
def unmigrated(request, tmp_path) -> Settings:
    """Settings that name a database without a table, once of each sort."""
    if request.param == "sqlite":
        return Settings(data=tmp_path)
    url = request.getfixturevalue("postgresql_url")
    on_server(url, "DROP SCHEMA public CASCADE")
    return Settings(data=tmp_path, database_url=url)


def test_a_database_that_is_not_set_up_is_unavailable(unmigrated, caplog):
    """On PostgreSQL that is an error of another class."""
    app = create_app(unmigrated)
    told(app.test_client().get("/v1/entities/anything"), 503)
    assert "entities" in caplog.text or "no such table" in caplog.text
    app.extensions[EXTENSION].engine.dispose()


def test_a_database_whose_connections_are_all_taken_is_unavailable(app, client):
    """The request waited its turn in vain; the next may have more luck."""
    parts = app.extensions[EXTENSION]
    engine = create_engine(parts.engine.url, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01)
    app.extensions[EXTENSION] = replace(parts, engine=engine, sessions=make_sessions(engine))
    with engine.connect():
        problem = told(client.get(HAWIJA), 503)
    engine.dispose()
    assert problem["code"] == "unavailable"
