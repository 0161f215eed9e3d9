"""A slow client holds nobody up, and nothing for long: real sockets, a real server of one worker with two threads."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.live import Server, all_of, post, served, status

THREADS = 2
MANY = 10 * THREADS
CSV = "/v1/normalise?column=place"
TABLE = b"place,n\n" + b"".join(b"Hawija,%d\n" % row for row in range(60_000))


@pytest.fixture(scope="module")
def patient(data: Path) -> Iterator[Server]:
    """A server that waits long for slow clients."""
    with served(data, workers=1, threads=THREADS, queue=5) as running:
        yield running


@pytest.fixture(scope="module")
def strict(data: Path) -> Iterator[Server]:
    """A server that does not."""
    with served(
        data, workers=1, threads=THREADS, head_timeout=1, idle_timeout=2, stall_timeout=1, least_rate=50_000
    ) as running:
        yield running


def upload(body: bytes = TABLE) -> bytes:
    """A table, to be answered."""
    return post(CSV, f"Content-Type: text/csv\r\nContent-Length: {len(body)}", body)


UNFINISHED = {
    "nothing": b"",
    "request line": b"GET /v1/look",
    "headers": b"GET /v1/lookup?name=Hawija HTTP/1.1\r\nHost: x\r\nX-",
    "body": upload()[:5000],
    "chunks": post(CSV, "Content-Type: text/csv\r\nTransfer-Encoding: chunked", b"100\r\nplace\n"),
}


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED.keys())
def test_clients_that_stop_in_the_middle_hold_nobody_up(patient, sent):
    """Ten times as many as there are threads."""
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(closing(patient.open())).sendall(sent)
        for _ in range(2 * THREADS):
            assert patient.get("/v1/lookup?name=Hawija").status == 200


def test_readers_that_take_nothing_hold_nobody_up(patient):
    """Their answers are larger than what the system keeps for them, and wait half done."""
    with ExitStack() as stack:
        for _ in range(THREADS * 2):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.settimeout(20)
            stack.enter_context(closing(reader)).connect(("127.0.0.1", patient.port))
            reader.sendall(upload())
            assert reader.recv(12) == b"HTTP/1.1 200"
        for _ in range(2 * THREADS):
            assert patient.get("/v1/lookup?name=Hawija").status == 200


def test_an_answer_waits_for_its_reader_and_comes_whole(patient):
    """A reader who rests gets the same as one who does not."""
    with closing(patient.open()) as connection:
        connection.sendall(upload())
        first = connection.recv(1000)
        time.sleep(1.5)
        answer = first + all_of(connection)
    assert answer.endswith(b"\r\n0\r\n\r\n")
    assert answer.count(b",match,") == 60_000


def test_the_work_for_a_client_that_leaves_is_stopped(patient):
    """Long before its table is through."""
    before = patient.figures()
    with closing(patient.open()) as connection:
        connection.sendall(upload(TABLE[:8] + b"".join(b"Hawija %d,\n" % row for row in range(200_000))))
        connection.recv(1000)
    until = time.monotonic() + 20
    while patient.figures()["gazetteer_abandoned_total"] == before["gazetteer_abandoned_total"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    after = patient.figures()
    worked = 'gazetteer_rows_total{route="/v1/normalise"}'
    assert after[worked] - before.get(worked, 0) < 100_000
    assert patient.spooled() == []


def test_more_than_can_wait_is_told_so_at_once(patient):
    """503 with Retry-After, and whoever watches the service is answered all the same."""
    small = upload(b"place\n" + b"".join(b"Hawija %d\n" % row for row in range(1500)))
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(patient.open())) for _ in range(60)]
        for client in clients:
            client.sendall(small)
        assert patient.get("/healthz").status == 200
        answers = [all_of(client) for client in clients]
    full = [answer for answer in answers if status(answer) == 503]
    assert {status(answer) for answer in answers} == {200, 503}
    assert all(b"\r\nRetry-After: " in answer and b'"unavailable"' in answer for answer in full)
    assert patient.get("/v1/lookup?name=Hawija").status == 200


def trickled(server: Server, begin: bytes, drop: bytes) -> bytes:
    """What a client is told that sends a few bytes at a time for as long as it may."""
    with closing(server.open()) as connection:
        connection.sendall(begin)
        connection.settimeout(0.1)
        for _ in range(100):
            try:
                return connection.recv(65536)
            except TimeoutError:
                connection.sendall(drop)
    raise AssertionError("it was never let go")


def test_a_request_line_that_trickles_is_cut_off(strict):
    assert status(trickled(strict, b"GET /v1/", b"a")) == 408


def test_headers_that_trickle_are_cut_off(strict):
    assert status(trickled(strict, b"GET / HTTP/1.1\r\n", b"X-Y: z\r\n")) == 408


def test_a_body_that_trickles_is_cut_off(strict):
    """However steadily: it must come at a least rate."""
    answer = trickled(strict, post(CSV, "Content-Type: text/csv\r\nContent-Length: 100000", b"place\n"), b"a\n")
    assert status(answer) == 408
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "request_timeout"


def test_a_silent_connection_is_closed_without_a_word(strict):
    with closing(strict.open()) as connection:
        connection.settimeout(20)
        assert connection.recv(100) == b""


def test_a_reader_that_never_takes_is_let_go(strict):
    """And its spooled body with it."""
    with closing(strict.open()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(upload())
        until = time.monotonic() + 20
        while not strict.figures()["gazetteer_abandoned_total"]:
            assert time.monotonic() < until
            time.sleep(0.1)
    assert strict.spooled() == []


def test_when_all_connections_are_taken_the_most_silent_makes_room(data):
    """Whoever holds connections open without asking anything cannot keep others out."""
    with served(data, workers=1, connections=5) as server, ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(closing(server.open())).sendall(b"GET /v1")
        for _ in range(3):
            assert server.get("/v1/lookup?name=Hawija").status == 200
