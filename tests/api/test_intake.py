"""Request bodies at arm's length."""

import io

import pytest
from gunicorn.http.errors import InvalidChunkSize, NoMoreData
from werkzeug.exceptions import BadRequest, RequestTimeout

from gazetteer.api import intake
from gazetteer.api.intake import Body, Intake, length_of


class Breaking(io.BytesIO):
    """A source that gives what it has, and then fails."""

    def __init__(self, data: bytes, error: Exception) -> None:
        super().__init__(data)
        self.error = error

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if not data:
            raise self.error
        return data


def answer(source: io.BytesIO, length: int | None, read: int = 0) -> dict[str, str]:
    """The headers of an answer that is given after reading so much."""
    sent: dict[str, str] = {}

    def app(environ, start_response):
        environ["wsgi.input"].read(read)
        start_response("413 Too Large", [("Content-Type", "text/plain")])
        return [b""]

    framing = {"HTTP_TRANSFER_ENCODING": "chunked"} if length is None else {"CONTENT_LENGTH": str(length)}
    Intake(app)({"wsgi.input": source, **framing}, lambda status, headers, exc=None: sent.update(headers))
    return sent


class TestBody:
    def test_it_ends_where_its_length_says(self):
        """What follows belongs to the next request."""
        body = Body(io.BytesIO(b"hello, next"), 5)
        assert body.read() == b"hello"
        assert body.finished

    def test_without_a_length_it_ends_where_its_source_does(self):
        body = Body(io.BytesIO(b"hello"), None)
        assert not body.finished
        assert body.read() == b"hello"
        assert body.finished

    def test_a_body_that_breaks_off_is_no_shorter_body(self):
        with pytest.raises(BadRequest):
            Body(io.BytesIO(b"hell"), 5).read()

    @pytest.mark.parametrize(
        ("error", "answered"),
        [
            (NoMoreData(), BadRequest),
            (InvalidChunkSize(b"zz"), BadRequest),
            (ConnectionResetError(), BadRequest),
            (TimeoutError(), RequestTimeout),
        ],
    )
    def test_what_fails_below_is_the_clients_error(self, error, answered):
        body = Body(Breaking(b"hello", error), None)
        with pytest.raises(answered):
            body.read()
        assert body.broken


class TestDraining:
    def test_an_early_answer_drains_the_body(self):
        source = io.BytesIO(b"a" * 1_000_000)
        assert "Connection" not in answer(source, 1_000_000)
        assert source.read() == b""

    def test_a_chunked_body_is_drained_to_its_end(self):
        source = io.BytesIO(b"a" * 1_000_000)
        assert "Connection" not in answer(source, None, read=10)
        assert source.read() == b""

    def test_a_body_too_long_to_drain_closes_the_connection(self, monkeypatch):
        monkeypatch.setattr(intake, "DRAIN_BYTES", 1000)
        assert answer(io.BytesIO(b"a" * 500_000), 500_000)["Connection"] == "close"
        assert answer(io.BytesIO(b"a" * 500_000), None)["Connection"] == "close"

    def test_a_body_that_breaks_off_while_it_is_drained_closes_the_connection(self):
        """The answer to the request is sent all the same."""
        assert answer(Breaking(b"a", TimeoutError()), 5)["Connection"] == "close"

    def test_a_request_without_a_body_needs_no_draining(self):
        assert "Connection" not in answer(io.BytesIO(b"the next request"), 0)


@pytest.mark.parametrize(
    ("environ", "length"),
    [
        ({}, 0),
        ({"CONTENT_LENGTH": ""}, 0),
        ({"CONTENT_LENGTH": "12"}, 12),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, None),
        ({"HTTP_TRANSFER_ENCODING": "Chunked", "CONTENT_LENGTH": "12"}, None),
    ],
)
def test_how_long_a_body_is(environ, length):
    assert length_of(environ) == length


def test_a_stalled_client_is_told(client):
    """408, and the connection is not used again."""
    environ = {"wsgi.input": Breaking(b'{"items"', TimeoutError()), "CONTENT_LENGTH": "100"}
    response = client.post("/v1/normalise", content_type="application/json", environ_overrides=environ)
    assert response.status_code == 408
    assert response.content_type == "application/problem+json"
    assert response.headers["Connection"] == "close"
