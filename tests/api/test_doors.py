"""One use case, many doors: what a look-up answers, every bulk format answers, and so does the package."""

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from gazetteer.local import Gazetteer
from gazetteer.matching.types import Query
from gazetteer.services import answers
from tests.properties.asked import ASKED

URL = "/v1/normalise"
FIELDS = ("name", "country", "within", "lat", "lon", "radius_km", "kind", "type")
LIMIT = 4  # the match and the rivals that a table lists
SOME = ASKED[::5]  # five is prime to the number of contexts: each name, each context


def given(query: Query) -> dict[str, Any]:
    """The fields of a query that say something."""
    return {field: value for field in FIELDS if (value := getattr(query, field)) is not None}


@pytest.fixture
def looked_up(client: FlaskClient) -> list[dict[str, Any]]:
    """What each query is answered by itself."""
    return [client.get(f"/v1/lookup?{urlencode({**given(each), 'limit': LIMIT})}").get_json() for each in SOME]


def test_json(client, looked_up):
    found: list[dict[str, Any]] = []
    for begin in range(0, len(SOME), 100):
        items = [given(each) for each in SOME[begin : begin + 100]]
        found += client.post(URL, json={"items": items, "limit": LIMIT}).get_json()["results"]
    assert found == [{**each, "key": None} for each in looked_up]


def test_ndjson(client, looked_up):
    body = "".join(json.dumps(given(each)) + "\n" for each in SOME)
    answer = client.post(f"{URL}?limit={LIMIT}", data=body, content_type="application/x-ndjson")
    assert [json.loads(line) for line in answer.data.splitlines()] == [{**each, "key": None} for each in looked_up]


def test_csv(client, looked_up):
    """A cell that a spreadsheet would run is made harmless, and a score has four digits."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, FIELDS)
    writer.writeheader()
    writer.writerows(given(each) for each in SOME)
    columns = {"column": "name", **{f"{field}_column": field for field in FIELDS[1:]}}
    answer = client.post(f"{URL}?{urlencode(columns)}", data=table.getvalue().encode(), content_type="text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))
    assert [told(row) for row in rows] == [in_cells(each) for each in looked_up]


def told(row: dict[str, str]) -> tuple[str, ...]:
    """What a row of the table says."""
    return row["gz_decision"], row["gz_score"], row["gz_id"], row["gz_name"], row["gz_reason"].removeprefix("'")


def in_cells(answer: dict[str, Any]) -> tuple[str, ...]:
    """The same of a look-up."""
    match = answer["match"] or {"id": "", "name": ""}
    score = "" if answer["score"] is None else f"{answer['score']:.4f}"
    return answer["decision"], score, match["id"], match["name"], answer["reason"].removeprefix("'")


def test_the_package(data, looked_up):
    """Without a server, one by one and many at a time."""
    gazetteer = Gazetteer.open(data / "index" / "current")
    alone = [gazetteer.resolve(**given(each), limit=LIMIT) for each in SOME]
    assert gazetteer.resolve_many(SOME, limit=LIMIT) == alone
    assert [answers.result(each) for each in alone] == looked_up
