"""Whatever is sent, the answer is no fault of ours."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# The application is the same for all examples: it keeps nothing of a request.
FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)

PARAMETERS = "name country within lat lon radius_km kind type as_of strict limit explain entity key items"
FIELDS = st.sampled_from(PARAMETERS.split(" "))
NUMBERS = st.text("0123456789.-+e", max_size=6).map(str.encode)
TABLES = st.text('place,yx\n"{}[]:1.-\r;', max_size=60).map(lambda text: f"place,y,x\n{text}".encode())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)
TYPES = {
    "application/json": "",
    "application/x-ndjson": "",
    "text/csv": "?column=place&lat_column=y&lon_column=x",
}


def sound(response) -> None:
    """An answer, or a problem of the client's."""
    body = response.get_data()
    assert response.status_code < 500, body
    assert response.status_code == 200 or response.content_type == "application/problem+json"


@FUZZ
@given(
    st.lists(
        st.tuples(FIELDS, st.binary(max_size=12) | st.text("0123456789.-+e", max_size=6).map(str.encode)), max_size=5
    )
)
def test_any_parameters(client, parameters):
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in parameters)
    sound(client.get(f"/v1/lookup?name=Hawija&{query}"))
    sound(client.get(f"/v1/lookup?{query}"))
    sound(client.get(f"/v1/explain?name=Hawija&entity=hawija&{query}"))


@FUZZ
@given(st.binary(max_size=20))
def test_any_path(client, path):
    sound(client.get("/v1/entities/" + quote_from_bytes(path, safe="")))
    sound(client.get("/v1/explain?name=Hawija&entity=" + quote_from_bytes(path, safe="")))
    sound(client.get("/v1/explain?entity=hawija&name=" + quote_from_bytes(path, safe="")))
    sound(client.get("/v1/entities/by/wikidata/" + quote_from_bytes(path, safe="")))


@pytest.mark.parametrize("content_type", TYPES)
@FUZZ
@given(
    st.binary(max_size=200)
    | st.text('place,yx\n"{}[]:1.-\r;', max_size=60).map(lambda text: f"place,y,x\n{text}".encode())
)
def test_any_body(client, content_type, body):
    sound(client.post("/v1/normalise" + TYPES[content_type], data=body, content_type=content_type))


@FUZZ
@given(JSON)
def test_any_json(client, value):
    sound(client.post("/v1/normalise", json=value))
    sound(client.post("/v1/normalise", json={"items": [value, {"name": value}, {"name": "Hawija", "key": value}]}))
    sound(client.post("/v1/normalise", json={"items": value if isinstance(value, list) else [value]}))
