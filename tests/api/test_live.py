"""The service as it is run: under gunicorn, over sockets, from clients that behave badly."""

import csv
import io
import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.live import Server, ask, exchange, post, served, status

THREADS = 4


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    """The service on a free port of this machine, with one worker of few threads."""
    with served(data, workers=1, threads=THREADS, json_limit=100_000, spool_limit=8_000_000) as running:
        yield running


@pytest.fixture(autouse=True)
def unharmed(server: Server) -> Iterator[None]:
    """Whatever a test does, the same worker answers afterwards, with all its threads, and the spool is empty."""
    before = server.workers()
    yield
    for _ in range(2 * THREADS):
        with closing(server.connect()) as connection:
            assert ask(connection, "GET", "/v1/lookup?name=Hawija").status == 200
    assert server.workers() == before
    until = time.monotonic() + 10
    while server.spooled() and time.monotonic() < until:
        time.sleep(0.05)
    assert server.spooled() == []


BULK = "/v1/normalise"
CSV = f"{BULK}?column=place"


class TestBodies:
    def test_a_table_in_chunks(self, server):
        """Chunked bodies have no length; they are taken as they come."""
        with closing(server.connect()) as connection:
            pieces = (piece for piece in [b"place\nHaw", b"ija\nTrip", b"oli\n"])
            response = ask(connection, "POST", CSV, pieces, Content_Type="text/csv")
        rows = list(csv.DictReader(io.StringIO(response.text)))
        assert [row["gz_decision"] for row in rows] == ["match", "ambiguous"]

    def test_a_client_that_sends_all_before_it_reads(self, server):
        """The answer is larger than all buffers between us: it must not begin before the body is taken."""
        body = b"place,n\n" + b"".join(b"Hawija,%d\n" % row for row in range(200_000))
        with closing(server.connect()) as connection:
            response = ask(connection, "POST", CSV, body, Content_Type="text/csv")
        assert response.status == 200
        assert response.text.count("\n") == 200_001
        assert "199999,match" in response.text

    def test_ndjson_is_answered_as_a_stream(self, server):
        body = b"".join(b'{"key": %d, "name": "Hawija"}\n' % row for row in range(20_000))
        with closing(server.connect()) as connection:
            response = ask(connection, "POST", BULK, body, Content_Type="application/x-ndjson")
        assert response.getheader("Transfer-Encoding") == "chunked"
        assert [json.loads(line)["key"] for line in response.text.splitlines()] == list(range(20_000))

    @pytest.mark.parametrize(
        ("path", "content_type", "size"),
        [(BULK, "application/json", 5_000_000), (CSV, "text/csv", 20_000_000), (BULK, "text/plain", 5_000_000)],
    )
    def test_a_refused_body_leaves_the_connection_usable(self, server, path, content_type, size):
        """413 and 415 come before the body was read; the next request on the connection is answered all the same."""
        with closing(server.connect()) as connection:
            refused = ask(connection, "POST", path, b"a" * size, Content_Type=content_type)
            assert refused.status in (413, 415)
            assert refused.getheader("Content-Type") == "application/problem+json"
            kept = connection.sock
            assert ask(connection, "GET", "/v1/lookup?name=Hawija").status == 200
            assert connection.sock is kept

    def test_a_chunked_body_beyond_the_limit(self, server):
        with closing(server.connect()) as connection:
            pieces = (b"place\n" + b"a\n" * 500_000 for _ in range(10))
            assert ask(connection, "POST", CSV, pieces, Content_Type="text/csv").status == 413
            assert ask(connection, "GET", "/healthz").status == 200

    def test_a_get_with_a_body(self, server):
        with closing(server.connect()) as connection:
            assert ask(connection, "GET", "/v1/lookup?name=Hawija", b"x" * 1_000_000).status == 200
            assert ask(connection, "GET", "/healthz").status == 200


class TestHostile:
    @pytest.mark.parametrize(
        "request_bytes",
        [
            b"\r\n\r\n",
            b"\0\0\0\0",
            b"\xff" * 1000 + b"\r\n\r\n",
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /v1/lookup?name=\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            b"GET /v1/lookup?name=%FF%FE HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            b"GET /v1/lookup?name=" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET /\xc3\x28 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            post(BULK, "Content-Type: application/json\r\nContent-Length: -5"),
            post(BULK, "Content-Type: application/json\r\nContent-Length: 1e3"),
            post(BULK, "Content-Type: application/json\r\nContent-Length: 99999999999999999999", b"{}"),
            post(BULK, "Content-Type: application/json\r\nTransfer-Encoding: gzip", b"{}"),
            post(BULK, "Content-Type: application/json\r\nTransfer-Encoding: chunked", b"zz\r\n{}\r\n0\r\n\r\n"),
            post(CSV, "Content-Type: text/csv\r\nTransfer-Encoding: chunked", b"-5\r\nplace\r\n0\r\n\r\n"),
            post(CSV, "Content-Type: text/csv\r\nTransfer-Encoding: chunked", b"6\r\nplace\nXX0\r\n\r\n"),
            post(BULK, "Content-Type: application/json\r\nContent-Length: 10000", b"[" * 10_000),
            post(BULK, "Content-Type: \xff\r\nContent-Length: 2", b"{}"),
        ],
    )
    def test_what_is_no_request_is_refused(self, server, request_bytes):
        """4xx, or a closed door; never a 5xx, never silence."""
        answer = exchange(server, request_bytes, end=True)
        assert not answer or 400 <= status(answer) < 500

    @pytest.mark.parametrize(
        "request_bytes",
        [
            post(BULK, "Content-Type: application/json\r\nContent-Length: 5000", b'{"items": ['),
            post(CSV, "Content-Type: text/csv\r\nContent-Length: 5000", b"place\nHawija\n"),
            post(CSV, "Content-Type: text/csv\r\nTransfer-Encoding: chunked", b"100\r\nplace\nHawija\n"),
            post(CSV, "Content-Type: text/csv\r\nTransfer-Encoding: chunked", b"6\r\nplace\n\r\n"),
        ],
    )
    def test_a_body_that_breaks_off_is_never_answered_as_if_it_were_whole(self, server, request_bytes):
        answer = exchange(server, request_bytes, end=True)
        assert status(answer) == 400
        assert b"application/problem+json" in answer

    def test_clients_that_leave_while_they_send(self, server):
        for _ in range(3 * THREADS):
            with closing(server.open()) as connection:
                connection.sendall(post(CSV, "Content-Type: text/csv\r\nContent-Length: 5000", b"place\nHawija\n"))

    def test_clients_that_leave_while_they_are_answered(self, server):
        """The answer is cut, its spool goes."""
        body = b"place,n\n" + b"".join(b"Hawija,%d\n" % row for row in range(100_000))
        request = post(CSV, f"Content-Type: text/csv\r\nContent-Length: {len(body)}", body)
        for _ in range(THREADS):
            with closing(server.open()) as connection:
                connection.sendall(request)
                assert connection.recv(100).startswith(b"HTTP/1.1 200")

    def test_idle_connections_keep_no_thread(self, server):
        """As many of them as there are threads: they are set aside after a while."""
        idle = [server.open() for _ in range(THREADS)]
        with closing(server.connect()) as connection:
            assert ask(connection, "GET", "/healthz").status == 200
        for each in idle:
            each.close()
