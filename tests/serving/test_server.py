"""The server as a whole: ending, reloading, figures, logs, ids."""

import json
import os
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from gazetteer.serving.server import cores
from tests.live import Server, all_of, ask, exchange, leads_to, post, served, status

CSV = "/v1/normalise?column=place"
LOOKUP = b"GET /v1/lookup?name=Hawija HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the log goes."""
    return tmp_path_factory.mktemp("log") / "stderr"


@pytest.fixture(scope="module")
def server(data: Path, said: Path):
    """Two workers that log in JSON."""
    with served(data, said=said, workers=2, threads=2, log_format="json") as running:
        yield running


def lines(said: Path) -> list[dict]:
    """The log, less what is said to whoever starts the service."""
    return [json.loads(line) for line in said.read_text("utf-8").splitlines() if line.startswith("{")]


class TestConnections:
    def test_requests_sent_at_once_are_answered_in_their_order(self, server):
        """Pipelined, the last one closes."""
        last = LOOKUP.replace(b"Host: x", b"Host: x\r\nConnection: close").replace(b"/v1/lookup?name=Hawija", b"/no")
        answer = exchange(server, LOOKUP * 5 + last)
        assert [part[1:4] for part in answer.split(b"HTTP/1.1")[1:]] == [b"200"] * 5 + [b"404"]

    def test_a_client_that_asks_before_it_sends_a_body_is_told_to_go_on(self, server):
        """RFC 9110, "Expect"."""
        with closing(server.open()) as connection:
            connection.sendall(post(CSV, "Content-Type: text/csv\r\nContent-Length: 13\r\nExpect: 100-continue"))
            assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
            connection.sendall(b"place\nHawija\n")
            assert b",match," in all_of(connection)

    def test_a_body_too_long_is_refused_before_it_is_sent(self, server):
        """To a client that asks first."""
        huge = f"Content-Type: text/csv\r\nContent-Length: {3 * 1024**3}\r\nExpect: 100-continue"
        assert status(exchange(server, post(CSV, huge))) == 413

    def test_an_expectation_that_nobody_knows_is_refused(self, server):
        assert status(exchange(server, post(CSV, "Content-Length: 0\r\nExpect: miracles"))) == 417


class TestIds:
    def test_a_request_keeps_the_id_it_came_with(self, server):
        assert server.get("/healthz", X_Request_ID="abc-1.2").headers["X-Request-ID"] == "abc-1.2"

    @pytest.mark.parametrize("given", ["", "a b", "x" * 200, '"quoted"', "naïve"])
    def test_what_cannot_be_an_id_is_replaced(self, server, given):
        """It would be written to logs and headers."""
        made = server.get("/healthz", X_Request_ID=given).headers["X-Request-ID"]
        assert made != given
        assert made.isalnum()

    def test_a_problem_says_its_id(self, server):
        answer = server.get("/nowhere", X_Request_ID="lost")
        assert json.loads(answer.text)["request_id"] == "lost"

    def test_so_does_one_that_never_reached_the_application(self, server):
        answer = exchange(server, b"GARBAGE\r\n\r\n")
        head, _, body = answer.partition(b"\r\n\r\n")
        assert b"X-Request-ID: " + json.loads(body)["request_id"].encode() in head


class TestFigures:
    def test_all_workers_are_counted_together(self, server):
        """Whichever worker is asked."""
        before = server.figures()
        asked = 'gazetteer_requests_total{method="GET",route="/v1/lookup",status="200"}'
        for _ in range(20):
            server.get("/v1/lookup?name=Hawija")
        after = [server.figures() for _ in range(5)]
        assert {each[asked] - before.get(asked, 0) for each in after} == {20}

    def test_decisions_and_rows(self, server):
        before = server.figures()
        with closing(server.connect()) as connection:
            table = b"place\nHawija\nQzxwv Jkqzx\n\n  \n"
            ask(connection, "POST", CSV, table, Content_Type="text/csv")
        after = server.figures()
        grown = {name: after[name] - before.get(name, 0) for name in after}
        assert grown['gazetteer_rows_total{route="/v1/normalise"}'] == 3
        assert grown['gazetteer_decisions_total{decision="match"}'] == 1
        assert grown['gazetteer_decisions_total{decision="none"}'] == 1
        assert grown['gazetteer_decisions_total{decision="error"}'] == 1

    def test_the_snapshot_and_the_workers(self, server):
        until = time.monotonic() + 10
        while server.figures().get("gazetteer_workers") != 2 and time.monotonic() < until:
            time.sleep(0.2)
        figures = server.figures()
        assert figures["gazetteer_workers"] == 2
        assert figures["gazetteer_snapshot_generation"] == 7
        assert figures["gazetteer_snapshot_age_seconds"] > 0
        assert figures["gazetteer_overlay_entities"] == 0
        assert figures["gazetteer_requests_waiting"] == 0
        assert figures['gazetteer_request_seconds_count{route="/v1/lookup"}'] > 0


class TestLogs:
    def test_a_line_a_request_that_does_not_say_what_was_asked(self, server, said):
        """Names are the callers' own business."""
        server.get("/v1/lookup?name=Hawija", X_Request_ID="told")
        (line,) = (line for line in lines(said) if line.get("request_id") == "told")
        assert line["route"] == "/v1/lookup"
        assert (line["status"], line["method"], line["rows"], line["decision"]) == (200, "GET", 1, "match")
        assert line["ms"] > 0
        assert "Hawija" not in said.read_text("utf-8")

    def test_what_never_reached_the_application_is_logged_too(self, server, said):
        answer = exchange(server, b"GARBAGE\r\n\r\n")
        known = json.loads(answer.partition(b"\r\n\r\n")[2])["request_id"]
        assert [line["status"] for line in lines(said) if line.get("request_id") == known] == [400]


class TestTogether:
    def test_a_table_is_worked_by_all_workers_in_its_order(self, server):
        """And another one when a worker has died in the middle of it."""
        body = b"place,n\n" + b"".join(b"Hawija %d,%d\n" % (row, row) for row in range(12_000))
        used = [cpu(worker) for worker in server.workers()]
        for kill in (False, True):
            with closing(server.open()) as connection:
                connection.sendall(post(CSV, f"Content-Type: text/csv\r\nContent-Length: {len(body)}", body))
                first = connection.recv(1000)
                if kill:
                    os.kill(idle_worker(server), signal.SIGKILL)
                answer = (first + all_of(connection)).partition(b"\r\n\r\n")[2]
            found = [int(line.split(b",")[1]) for line in answer.splitlines() if line.startswith(b"Hawija")]
            assert found == list(range(12_000))
            if not kill:
                assert all(now - before > 0.1 for now, before in zip(map(cpu, server.workers()), used, strict=True))


def cpu(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_worker(server: Server) -> int:
    """The worker that no client is connected to: it holds no body in the spool."""
    busy = {
        worker
        for worker in server.workers()
        for link in Path(f"/proc/{worker}/fd").iterdir()
        if (file := leads_to(link)) is not None and "spool" in file.parts
    }
    return next(worker for worker in server.workers() if worker not in busy)


class TestEnding:
    def test_requests_under_way_are_finished(self, data):
        """And no others are begun."""
        body = b"place,n\n" + b"".join(b"Hawija,%d\n" % row for row in range(100_000))
        with served(data, workers=1) as server, closing(server.open()) as connection:
            connection.sendall(post(CSV, f"Content-Type: text/csv\r\nContent-Length: {len(body)}", body))
            first = connection.recv(1000)
            server.process.terminate()
            answer = first + all_of(connection)
            assert answer.count(b",match,") == 100_000
            with pytest.raises(ConnectionRefusedError):
                server.get("/healthz")
            assert server.process.wait(20) == 0
        assert not (data / "metrics" / str(server.process.pid)).exists()

    def test_reloading_loses_no_request(self, data):
        """Clients that keep their connections, and clients that open one for each request."""
        with served(data, workers=2) as server:
            before = server.workers()
            clients = [Asking(server, keep=number % 2 == 0) for number in range(4)]
            time.sleep(0.5)
            server.process.send_signal(signal.SIGHUP)
            until = time.monotonic() + 30
            while set(server.workers()) & set(before) and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(0.5)
            failed = [fault for client in clients for fault in client.end()]
            assert failed == []
            assert not set(server.workers()) & set(before)
            assert server.figures()["gazetteer_workers"] <= 2

    def test_a_worker_that_dies_is_replaced_and_counts_no_more(self, data):
        """What it had counted stays."""
        with served(data, workers=2) as server:
            server.get("/v1/lookup?name=Hawija")
            asked = 'gazetteer_requests_total{method="GET",route="/v1/lookup",status="200"}'
            counted = server.figures()[asked]
            killed = server.workers()[0]
            os.kill(killed, signal.SIGKILL)
            until = time.monotonic() + 20
            while (killed in server.workers() or len(server.workers()) < 2) and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(2)
            figures = server.figures()
            assert figures[asked] == counted
            assert figures["gazetteer_workers"] == 2


class Asking:
    """A client that asks again and again until it is told to end."""

    def __init__(self, server: Server, *, keep: bool) -> None:
        self.server = server
        self.keep = keep
        self.over = threading.Event()
        self.faults: list[str] = []
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Ask."""
        connection = self.server.connect()
        while not self.over.is_set():
            try:
                answer = ask(connection, "GET", "/v1/lookup?name=Hawija")
                if answer.status != 200:
                    self.faults.append(str(answer.status))
            except OSError as error:
                self.faults.append(repr(error))
            if not self.keep:
                connection.close()
        connection.close()

    def end(self) -> list[str]:
        """What went wrong."""
        self.over.set()
        self.thread.join()
        return self.faults


@pytest.mark.parametrize(
    ("quota", "allowed"), [("max 100000\n", None), ("50000 100000\n", 1), ("100000 100000\n", 1), ("nonsense", None)]
)
def test_cores_are_those_that_a_container_may_use(tmp_path, quota, allowed):
    file = tmp_path / "cpu.max"
    file.write_text(quota)
    assert cores(file) == (allowed or len(os.sched_getaffinity(0)))
