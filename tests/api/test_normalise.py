"""`POST /v1/normalise`: the three bodies, and what is refused as a whole."""

import csv
import io
import json

import pytest

from gazetteer.api import bodies
from gazetteer.factory import create_app
from gazetteer.settings import Settings
from tests.api.problems import told

URL = "/v1/normalise"
JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"


def post(client, body: bytes | dict, content_type: str = JSON, query: str = ""):
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    return client.post(f"{URL}?{query}" if query else URL, data=data, content_type=content_type)


class TestJson:
    def test_each_item_has_its_result_in_order(self, client):
        items = [{"name": "Hawija", "key": 1}, {"name": "Tripoli", "key": "two"}, {"name": "Hawija"}, {"nmae": "x"}]
        answer = post(client, {"items": items}).get_json()
        assert [each["key"] for each in answer["results"]] == [1, "two", None, None]
        assert [each["decision"] for each in answer["results"]] == ["match", "ambiguous", "match", "error"]
        assert answer["summary"] == {"match": 2, "ambiguous": 1, "none": 0, "error": 1}
        assert answer["results"][3] == {
            "key": None,
            "decision": "error",
            "error": {"code": "invalid", "detail": answer["results"][3]["error"]["detail"], "field": "nmae"},
        }

    def test_a_result_is_that_of_a_lookup(self, client):
        """One use case, two doors."""
        alone = client.get("/v1/lookup?name=Deir%20ez-Zor&limit=3&explain=true").get_json()
        answer = post(client, {"items": [{"name": "Deir ez-Zor"}], "limit": 3, "explain": True}).get_json()
        (among,) = answer["results"]
        assert {**alone, "key": None} == among

    def test_one_candidate_unless_more_are_asked_for(self, client):
        assert len(post(client, {"items": [{"name": "Tripoli"}]}).get_json()["results"][0]["candidates"]) == 1

    def test_no_items_have_no_results(self, client):
        answer = post(client, {"items": []}).get_json()
        assert answer == {"results": [], "summary": {"match": 0, "ambiguous": 0, "none": 0, "error": 0}}

    def test_bad_items_answer_for_themselves(self, client):
        items = [
            {"name": "a" * 50_000},
            {"name": "a\0"},
            {"name": "a", "lat": 91, "lon": 0},
            {"name": "a", "country": "Atlantis"},
            None,
            "Hawija",
            {"name": "Hawija"},
        ]
        results = post(client, {"items": items}).get_json()["results"]
        fields = [each.get("error", {}).get("field") for each in results]
        assert fields == ["name", "name", "lat", "country", None, None, None]
        assert results[-1]["decision"] == "match"

    def test_as_many_items_as_the_limit_and_no_more(self, client):
        assert post(client, {"items": [{"name": "Hawija"}] * 100}).status_code == 200
        told(post(client, {"items": [{"name": "Hawija"}] * 101}), 413, "items")

    def test_a_body_beyond_the_limit_is_refused(self, client):
        told(post(client, {"items": [], "x": "a" * 100_000}), 413, "body")

    def test_a_body_of_nothing_but_brackets_is_refused_before_it_is_read(self, client, monkeypatch):
        """Read, it would take twenty times its length."""
        monkeypatch.setattr(bodies, "VALUES", 1000)
        told(post(client, b'{"items": [' + b"[]," * 1000 + b"[]]}"), 413, "body")

    @pytest.mark.parametrize(
        ("body", "status", "field"),
        [
            (b"", 400, "body"),
            (b"  \n", 400, "body"),
            (b"{", 400, "body"),
            (b'{"items": [', 400, "body"),
            (b'{"items": [{"name": "\xff"}]}', 400, "body"),
            (b'{"items": [{"name": "\\ud800"}]}', 400, "body"),
            (b'{"items": [{"name": "a", "lat": NaN, "lon": 1}]}', 400, "body"),
            (b'{"items": [{"name": "a", "lat": 1e999, "lon": 1}]}', 400, "body"),
            (b"[" * 10_000, 400, "body"),
            (b'{"items":' * 10_000, 400, "body"),
            (b"[" * 10_000 + b"]" * 10_000, 400, "body"),
            ('{"items": []}'.encode("utf-16"), 400, "body"),
            (b"[]", 422, "body"),
            (b"null", 422, "body"),
            (b'"Hawija"', 422, "body"),
            (b"{}", 422, "items"),
            (b'{"items": null}', 422, "items"),
            (b'{"items": {}}', 422, "items"),
            (b'{"items": "Hawija"}', 422, "items"),
            (b'{"items": [], "items": []}', 422, "items"),
            (b'{"items": [], "itmes": []}', 422, "itmes"),
            (b'{"items": [], "limit": 0}', 422, "limit"),
            (b'{"items": [], "limit": 51}', 422, "limit"),
            (b'{"items": [], "limit": "5"}', 422, "limit"),
            (b'{"items": [], "limit": true}', 422, "limit"),
            (b'{"items": [], "limit": 1.5}', 422, "limit"),
            (b'{"items": [], "limit": null}', 422, "limit"),
            (b'{"items": [], "explain": 1}', 422, "explain"),
            (b'{"items": [], "explain": "true"}', 422, "explain"),
        ],
    )
    def test_a_body_that_cannot_be_read_as_a_whole_is_refused(self, client, body, status, field):
        told(post(client, body), status, field)

    def test_parameters_belong_in_the_body(self, client):
        told(post(client, {"items": []}, query="limit=5"), 422, "limit")


class TestNdjson:
    def test_one_line_in_one_line_out(self, client):
        body = '{"name": "Hawija", "key": 1}\nno json\n{"name": "دير الزور", "country": "SY"}\n'.encode()
        response = post(client, body, NDJSON)
        assert response.content_type == NDJSON
        lines = [json.loads(line) for line in response.data.splitlines()]
        assert [line["decision"] for line in lines] == ["match", "error", "match"]
        assert [line["key"] for line in lines] == [1, None, None]

    def test_limit_and_explain_are_parameters(self, client):
        (line,) = post(client, b'{"name": "Tripoli"}', NDJSON, "limit=2&explain=true").data.splitlines()
        assert len(json.loads(line)["candidates"]) == 2
        assert json.loads(line)["candidates"][0]["explanation"]

    @pytest.mark.parametrize(("query", "field"), [("limit=0", "limit"), ("column=a", "column"), ("limit=x", "limit")])
    def test_a_parameter_that_cannot_be_used_is_refused(self, client, query, field):
        told(post(client, b'{"name": "Hawija"}', NDJSON, query), 422, field)

    def test_an_empty_body_is_refused(self, client):
        told(post(client, b"\n\n", NDJSON), 400)


class TestCsv:
    def test_the_same_table_back_with_ours_appended(self, client):
        response = post(client, b'\xef\xbb\xbfid;place\r\n1;"Hawija"\r\n2;Tripoli\r\n', CSV, "column=place&country=IQ")
        assert response.content_type == "text/csv; charset=utf-8"
        assert response.data.startswith(b"\xef\xbb\xbfid;place;gz_decision;")
        assert b'\r\n1;"Hawija";match;' in response.data
        rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert (rows[0]["gz_geonames"], rows[0]["gz_lat"]) == ("390188", "35.326")
        assert rows[1]["gz_decision"] == "none"

    @pytest.mark.parametrize(
        ("query", "body", "status", "field"),
        [
            ("", b"place\nHawija\n", 422, "column"),
            ("column=town", b"place\nHawija\n", 422, "column"),
            ("column=place&lat_column=lat", b"place\nHawija\n", 422, "lat_column"),
            ("column=place", b"place,place\nHawija,x\n", 422, "column"),
            ("column=place", b"place,gz_id\nHawija,x\n", 422, "overwrite"),
            ("column=place&delimiter=ab", b"place\nHawija\n", 422, "delimiter"),
            ("column=place&delimiter=", b"place\nHawija\n", 422, "delimiter"),
            ("column=place&delimiter=%22", b"place\nHawija\n", 422, "delimiter"),
            ("column=place&delimiter=%0A", b"place\nHawija\n", 422, "delimiter"),
            ("column=place&overwrite=yes", b"place\nHawija\n", 422, "overwrite"),
            ("column=place&colour=red", b"place\nHawija\n", 422, "colour"),
            ("column=place&column=b", b"place\nHawija\n", 422, "column"),
            ("column=%FF", b"place\nHawija\n", 422, "column"),
            ("column=place&lat=north", b"place\nHawija\n", 422, "lat"),
            ("column=place", b"", 400, "body"),
            ("column=place", "place\nHawija\n".encode("utf-16"), 400, "body"),
            ("column=place", b"pl\xe4ce\nHawija\n", 400, "body"),
            ("column=place", b"\x89PNG\r\n\x1a\n\0\0", 400, "body"),
            ("column=place", b'{"items": []}', 422, "column"),
            ("column=place", b"place\n" + b"a" * 1_000_000, 413, "body"),
        ],
    )
    def test_what_cannot_be_read_as_a_whole_is_refused(self, client, query, body, status, field):
        told(post(client, body, CSV, query), status, field)

    def test_a_tab_may_be_spelt_out(self, client):
        answer = post(client, b"place\nHawija, Iraq\n", CSV, "column=place&delimiter=tab").data
        assert b"\nHawija, Iraq\tmatch" in answer

    def test_nothing_is_left_in_the_spool(self, client, data):
        assert post(client, b"place\nHawija\n", CSV, "column=place").data
        told(post(client, b"", CSV, "column=place"), 400)
        assert list((data / "spool").iterdir()) == []


class TestContentType:
    @pytest.mark.parametrize(
        "content_type",
        [
            "",
            "text/plain",
            "application/xml",
            "application/ndjson",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "text/csv; charset=latin-1",
            "application/json; charset=utf-16",
        ],
    )
    def test_only_the_three_in_utf8(self, client, content_type):
        told(post(client, b"{}", content_type), 415)

    def test_a_compressed_body_is_refused(self, client):
        told(client.post(URL, data=b"x", content_type=JSON, headers={"Content-Encoding": "gzip"}), 415)

    @pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "APPLICATION/JSON"])
    def test_case_and_charset_do_no_harm(self, client, content_type):
        assert post(client, {"items": []}, content_type).status_code == 200


class TestMinGeneration:
    """In each of the three forms."""

    def ask(self, client, form, generation):
        path = f"/v1/normalise?min_generation={generation}"
        if form == "json":
            body = {"items": [{"name": "Hawija"}], "min_generation": generation}
            return client.post("/v1/normalise", json=body)
        if form == "ndjson":
            return client.post(path, data=b'{"name": "Hawija"}\n', content_type="application/x-ndjson")
        return client.post(f"{path}&column=place", data=b"place\nHawija\n", content_type="text/csv")

    @pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
    def test_one_that_is_there_is_answered(self, client, form):
        answer = self.ask(client, form, 7)
        assert answer.status_code == 200
        assert b"match" in answer.data

    @pytest.mark.parametrize("form", ["json", "ndjson", "csv"])
    def test_one_to_come_is_a_503(self, client, form):
        answer = self.ask(client, form, 8)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_no_more_uploads_than_there_are_places(data):
    """The next is told to come again; when one is over there is room."""
    app = create_app(Settings(data=data, uploads=1))
    client = app.test_client()

    def ask(lines):
        return client.post("/v1/normalise", data=b'{"name": "Hawija"}\n' * lines, content_type="application/x-ndjson")

    held = ask(5000)  # its answer is not read to the end
    refused = ask(1)
    held.close()
    assert (held.status_code, refused.status_code) == (200, 503)
    assert refused.headers["Retry-After"]
    assert ask(1).status_code == 200
