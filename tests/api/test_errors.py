"""Errors over HTTP: a status for each, one body for all."""

import pytest
from flask import Flask

from gazetteer.api import errors
from gazetteer.errors import BadData, BadSnapshot, GazetteerError, Merged
from tests.api.problems import told


def tree(root: type[GazetteerError]) -> set[type[GazetteerError]]:
    """A class and all below it."""
    return {root}.union(*(tree(each) for each in root.__subclasses__()))


def test_every_error_has_a_status():
    """A new error class cannot be added without saying how HTTP answers it."""
    assert tree(GazetteerError) == set(errors.STATUS)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/lookup/", 404),
        ("GET", "//v1/lookup", 404),
        ("GET", "/v1/%FF", 404),
        ("POST", "/v1/lookup", 405),
        ("GET", "/v1/normalise", 405),
        ("DELETE", "/healthz", 405),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/../errors.py", 404),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(client, method, path, status):
    told(client.open(path, method=method), status)


def test_what_is_allowed_is_said(client):
    assert "GET" in client.post("/v1/lookup").headers["Allow"]


@pytest.fixture
def broken(app: Flask):
    """A client of an application with routes that fail."""

    @app.route("/broken/<what>")
    def fail(what: str) -> str:
        raise {
            "bug": ZeroDivisionError("secret"),
            "data": BadData("secret"),
            "snapshot": BadSnapshot("no snapshot"),
            "merged": Merged("it lives on", survivor="abc"),
        }[what]

    return app.test_client()


@pytest.mark.parametrize("what", ["bug", "data"])
def test_a_fault_of_ours_is_a_problem_that_tells_no_secrets(broken, what, caplog):
    """The log has the traceback; the client has a sentence."""
    problem = told(broken.get(f"/broken/{what}"), 500)
    assert "secret" not in str(problem)
    assert "secret" in caplog.text


def test_not_now_says_when_to_come_back(broken):
    response = broken.get("/broken/snapshot")
    told(response, 503)
    assert response.headers["Retry-After"]


def test_a_merged_record_answers_with_its_survivor(broken):
    response = broken.get("/broken/merged")
    told(response, 301)
    assert response.headers["Location"] == "/v1/entities/abc"
