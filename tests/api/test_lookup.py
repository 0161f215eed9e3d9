"""`GET /v1/lookup`."""

import pytest

from tests.api.problems import told


def test_the_answer_has_the_shape_of_the_contract(client):
    """Key by key as design section 6 has it."""
    answer = client.get("/v1/lookup?name=Hawija&country=IQ").get_json()
    assert list(answer) == ["query", "decision", "reason", "score", "generation", "match", "candidates"]
    assert answer["query"] == {"name": "Hawija", "country": "IQ"}
    assert (answer["decision"], answer["generation"]) == ("match", 7)
    assert list(answer["match"]) == [
        "id",
        "name",
        "kind",
        "type",
        "country",
        "admin1",
        "lat",
        "lon",
        "population",
        "identifiers",
        "url",
    ]
    assert answer["match"]["url"] == "/v1/entities/hawija"
    assert answer["match"]["identifiers"] == {"geonames": "390188"}
    first = answer["candidates"][0]
    assert {key: first[key] for key in answer["match"]} == answer["match"]
    assert set(first) - set(answer["match"]) == {"score", "matched_name"}
    assert set(first["matched_name"]) == {"text", "language", "role", "source"}
    assert first["score"] == answer["score"]


def test_explanations_come_only_when_asked_for(client):
    plain = client.get("/v1/lookup?name=Hawija").get_json()
    explained = client.get("/v1/lookup?name=Hawija&explain=true").get_json()
    assert "explanation" not in plain["candidates"][0]
    assert set(explained["candidates"][0]["explanation"][0]) == {"feature", "value", "weight", "because"}
    assert set(explained) - set(plain) == {"reading", "runner_up"}
    assert set(explained["candidates"][0]) - set(plain["candidates"][0]) == {"explanation", "compared"}


def test_no_more_candidates_than_the_limit(client):
    assert len(client.get("/v1/lookup?name=Tripoli&limit=1").get_json()["candidates"]) == 1


def test_no_match_is_null(client):
    answer = client.get("/v1/lookup?name=Tripoli").get_json()
    assert (answer["decision"], answer["match"]) == ("ambiguous", None)
    assert len(answer["candidates"]) >= 2


def test_all_context_is_taken(client):
    query = "name=Hawija&country=IRQ&within=Kirkuk&lat=35.3&lon=43.7&radius_km=20&kind=place&type=settlement"
    answer = client.get(f"/v1/lookup?{query}&as_of=2017-10-05&strict=true&limit=50&explain=false").get_json()
    assert answer["match"]["id"] == "hawija"
    assert answer["query"]["as_of"] == "2017-10-05"


def test_a_name_in_any_script_is_a_name(client):
    assert (
        client.get("/v1/lookup", query_string={"name": "الحويجة", "country": "IQ"}).get_json()["match"]["id"]
        == "hawija"
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "name"),
        ("name=", "name"),
        ("name=%20", "name"),
        ("nmae=Hawija", "nmae"),
        ("name=a&name=b", "name"),
        ("name=a&limit=1&limit=1", "limit"),
        ("name=%FF", "name"),
        ("name=a&within=%ED%A0%80", "within"),
        ("name=a%00b", "name"),
        ("name=a&country=Atlantis", "country"),
        ("name=a&country=", "country"),
        ("name=a&lat=91&lon=0", "lat"),
        ("name=a&lat=-90.001&lon=0", "lat"),
        ("name=a&lat=0&lon=180.5", "lon"),
        ("name=a&lat=1", "lon"),
        ("name=a&lon=1", "lat"),
        ("name=a&lat=NaN&lon=0", "lat"),
        ("name=a&lat=inf&lon=0", "lat"),
        ("name=a&lat=1e999&lon=0", "lat"),
        ("name=a&lat=1_0&lon=0", "lat"),
        ("name=a&lat=&lon=0", "lat"),
        ("name=a&radius_km=5", "radius_km"),
        ("name=a&lat=1&lon=1&radius_km=0", "radius_km"),
        ("name=a&lat=1&lon=1&radius_km=-1", "radius_km"),
        ("name=a&kind=planet", "kind"),
        ("name=a&type=planet", "type"),
        ("name=a&as_of=yesterday", "as_of"),
        ("name=a&as_of=2017-13-01", "as_of"),
        ("name=a&limit=0", "limit"),
        ("name=a&limit=51", "limit"),
        ("name=a&limit=-1", "limit"),
        ("name=a&limit=1.5", "limit"),
        ("name=a&limit=many", "limit"),
        ("name=a&limit=" + "9" * 5000, "limit"),
        ("name=a&explain=maybe", "explain"),
        ("name=a&strict=1", "strict"),
        ("name=a&strict=true&within=Nowhere-at-all-xyz", "within"),
        ("name=a&key=1", "key"),
        ("name=a&=1", ""),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(client, query, field):
    """Refused, never clamped or passed over."""
    told(client.get(f"/v1/lookup?{query}"), 422, field)


def test_a_name_beyond_all_measure_is_refused(client):
    told(client.get("/v1/lookup", query_string={"name": "a" * 100_000}), 413, "name")


def test_a_parameter_whose_name_is_no_text_is_refused(client):
    told(client.get("/v1/lookup?name=a&%FF=1"), 422)


def test_a_body_does_no_harm(client):
    assert client.get("/v1/lookup?name=Hawija", data=b"x" * 1000).status_code == 200


class TestMinGeneration:
    """What answers is at least of the generation asked for, or nothing does."""

    @pytest.mark.parametrize("path", ["/v1/lookup?name=Hawija", "/v1/explain?name=Hawija&entity=hawija"])
    def test_a_generation_that_is_there_is_answered(self, client, path):
        assert client.get(f"{path}&min_generation=7").get_json()["generation"] == 7

    @pytest.mark.parametrize("path", ["/v1/lookup?name=Hawija", "/v1/explain?name=Hawija&entity=hawija"])
    def test_one_to_come_is_a_503_that_says_when_to_ask_again(self, client, path):
        answer = client.get(f"{path}&min_generation=8")

        problem = told(answer, 503)
        assert (problem["code"], list(problem["errors"])) == ("behind", ["min_generation"])
        assert answer.headers["Retry-After"] == "1"

    @pytest.mark.parametrize("value", ["-1", "x", "7.0"])
    def test_what_is_no_generation_is_refused(self, client, value):
        assert "min_generation" in told(client.get(f"/v1/lookup?name=Hawija&min_generation={value}"), 422)["errors"]
