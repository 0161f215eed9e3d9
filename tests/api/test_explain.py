"""`GET /v1/explain` and `GET /v1/features`."""

from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.services.identity import mint
from tests.api.problems import told
from tests.api.test_openapi import check

EXPLAIN = "/v1/explain"


def test_a_match_is_explained(client):
    answer = client.get(f"{EXPLAIN}?name=Hawijah&entity=hawija&country=IQ").get_json()
    assert answer["query"] == {"name": "Hawijah", "country": "IQ"}
    assert (answer["rank"], answer["decision"], answer["excluded"]) == (1, "match", [])
    assert answer["candidate"]["id"] == answer["first"]["id"] == "hawija"
    assert set(answer["candidate"]["explanation"][0]) == {"feature", "value", "weight", "because"}
    assert answer["reading"]["core"] == "hawijah"


def test_it_says_why_not(client):
    answer = client.get(f"{EXPLAIN}?name=Tal+Abyad&entity=tal-abyad&country=IQ").get_json()
    assert answer["rank"] is None
    assert answer["excluded"] == ["it is in SY, not in IQ"]
    assert answer["candidate"]["matched_name"]["text"] == "Tal Abyad"


@pytest.mark.parametrize(
    "query",
    [
        "name=Hawijah&entity=hawija",
        "name=Tripoli&entity=tripoli-lb",
        "name=Saddam+City&entity=sadr&as_of=1990-01-01",
        "name=Tal+Abyad&entity=tal-abyad&country=IQ",
        "name=Hogsmeade&entity=isis",
        "name=!!!&entity=isis&within=Kirkuk&lat=1&lon=1",
    ],
)
def test_explanations_have_the_documented_shape(client, query):
    check(client.get("/openapi.json").get_json(), "Explained", client.get(f"{EXPLAIN}?{query}").get_json())


def test_a_merged_id_leads_to_the_question_about_its_survivor(client):
    """As a record does, with all that was asked."""
    merged = mint(("slug", "hawija"))
    response = client.get(EXPLAIN, query_string={"name": "الحويجة", "entity": merged, "country": "IQ"})
    assert told(response, 301)["code"] == "merged"
    location = urlsplit(response.headers["Location"])
    survivor = client.get("/v1/entities/by/geonames/390188").get_json()["id"]
    assert location.path == EXPLAIN
    assert parse_qs(location.query) == {"name": ["الحويجة"], "entity": [survivor], "country": ["IQ"]}


@pytest.mark.parametrize("id", ["nobody", "HAWIJA", "%C3%A9", "a" * 300])
def test_an_id_that_nothing_has_is_not_found(client, id):
    told(client.get(f"{EXPLAIN}?name=Hawija&entity={id}"), 404, "entity")


def test_a_record_that_the_snapshot_does_not_have_yet_is_not_found(client):
    """It is in the database alone."""
    id = client.get("/v1/entities/by/pcode/IQG13").get_json()["id"]
    assert "newer" in told(client.get(f"{EXPLAIN}?name=Kirkuk&entity={id}"), 404, "entity")["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("entity=hawija", "name"),
        ("name=&entity=hawija", "name"),
        ("name=Hawija", "entity"),
        ("name=Hawija&entity=", "entity"),
        ("name=Hawija&entity=%00", "entity"),
        ("name=Hawija&entity=%FF", "entity"),
        ("name=Hawija&entity=hawija&entity=mosul", "entity"),
        ("name=Hawija&entity=hawija&country=Atlantis", "country"),
        ("name=Hawija&entity=hawija&lat=1", "lon"),
        ("name=Hawija&entity=hawija&limit=1", "limit"),
        ("name=Hawija&entity=hawija&explain=true", "explain"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(client, query, field):
    told(client.get(f"{EXPLAIN}?{query}"), 422, field)


def test_an_id_beyond_all_measure_is_refused(client):
    told(client.get(f"{EXPLAIN}?name=Hawija&entity={'a' * 5000}"), 413, "entity")


def test_the_features_are_those_that_explanations_name(client):
    listed = client.get("/v1/features").get_json()
    check(client.get("/openapi.json").get_json(), "Features", listed)
    explained = client.get("/v1/lookup?name=Hawija&explain=true").get_json()["candidates"][0]["explanation"]
    named = {each["name"]: each["documentation"] for each in listed["features"]}
    assert {each["feature"] for each in explained} == set(named)
    assert all(named[each["feature"]].startswith(each["because"]) for each in explained)


def test_the_features_take_no_parameter(client):
    told(client.get("/v1/features?name=near"), 422, "name")
