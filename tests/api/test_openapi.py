"""`/openapi.json` and `/docs`: valid, complete, true, and served with no outside host."""

import re
from pathlib import Path

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

import gazetteer.api


@pytest.fixture
def spec(client) -> dict:
    """The specification."""
    return client.get("/openapi.json").get_json()


def check(spec: dict, name: str, value: object) -> None:
    """Hold a value against a documented shape."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
    errors = [error.message for error in OAS31Validator(schema).iter_errors(value)]
    assert errors == []


def test_it_is_valid_openapi(spec):
    assert spec["openapi"].startswith("3.1")
    validate(spec)


def test_every_route_of_the_service_is_documented(app, spec):
    """A route nobody can find does not exist."""
    undocumented = ("/docs", "/static", "/openapi.json")
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(undocumented)]
    assert {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in rules} == set(spec["paths"])


def test_every_error_is_documented_as_a_problem(spec):
    for path in spec["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict):
                continue
            assert "default" in operation["responses"]
            for status, response in operation["responses"].items():
                if status == "default" or int(status) >= 400:
                    name = response["$ref"].rsplit("/", 1)[1]
                    documented = spec["components"]["responses"][name]
                    assert list(documented["content"]) == ["application/problem+json"]


def test_every_parameter_of_a_lookup_is_documented(spec):
    parameters = {each["name"]: each for each in spec["paths"]["/v1/lookup"]["get"]["parameters"]}
    assert list(parameters) == (
        [
            "name",
            "country",
            "within",
            "lat",
            "lon",
            "radius_km",
            "kind",
            "type",
            "as_of",
            "strict",
            "limit",
            "explain",
            "min_generation",
        ]
    )
    assert parameters["name"]["required"]
    assert parameters["limit"]["schema"] == {"type": "integer", "default": 5, "minimum": 1, "maximum": 50}
    assert all(each.get("description") for each in parameters.values())


def test_every_parameter_of_an_explanation_is_documented(spec):
    parameters = {each["name"]: each for each in spec["paths"]["/v1/explain"]["get"]["parameters"]}
    assert list(parameters) == (
        [
            "name",
            "entity",
            "country",
            "within",
            "lat",
            "lon",
            "radius_km",
            "kind",
            "type",
            "as_of",
            "strict",
            "min_generation",
        ]
    )
    assert all(each.get("description") for each in parameters.values())


def test_all_three_bodies_of_the_bulk_door_are_documented(spec):
    operation = spec["paths"]["/v1/normalise"]["post"]
    types = ["application/json", "application/x-ndjson", "text/csv"]
    assert list(operation["requestBody"]["content"]) == types
    assert operation["requestBody"]["required"]
    assert list(operation["responses"]["200"]["content"]) == types
    names = {each["name"] for each in operation["parameters"]}
    assert {"column", "country_column", "within_column", "lat_column", "lon_column", "delimiter", "overwrite"} <= names


@pytest.mark.parametrize(
    "query", ["name=Hawija&country=IQ&explain=true", "name=Tripoli", "name=qqqqqq&as_of=2017-01-01"]
)
def test_answers_have_the_documented_shape(client, spec, query):
    check(spec, "Result", client.get(f"/v1/lookup?{query}").get_json())


def test_bulk_answers_have_the_documented_shape(client, spec):
    body = {"items": [{"name": "Hawija", "key": {"a": 1}}, {"name": "Tripoli"}, {"nmae": "x"}, None]}
    check(spec, "BulkDoc", {"items": body["items"][:2]})
    for explain in (False, True):
        check(spec, "BulkAnswer", client.post("/v1/normalise", json=body | {"explain": explain}).get_json())


def test_problems_have_the_documented_shape(client, spec):
    check(spec, "Problem", client.get("/v1/lookup").get_json())
    check(spec, "Problem", client.get("/nowhere").get_json())


def test_the_page_asks_no_other_host(client):
    """Its policy forbids it, and every file it names is served from here."""
    page = client.get("/docs")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    named = re.findall(r'(?:src|href|data-spec)="([^"]+)"', page.text)
    assert len(named) == 5
    for path in named:
        assert path.startswith("/")
        with client.get(path) as response:
            assert response.status_code == 200


def test_what_others_wrote_is_shipped_with_its_licence():
    """Swagger UI is under the Apache License 2.0."""
    folder = Path(gazetteer.api.__file__).parent / "static" / "swagger-ui"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert (folder / "NOTICE").read_text()
