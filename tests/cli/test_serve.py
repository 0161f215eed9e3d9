"""`gazetteer serve`, as a process of its own."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from gazetteer.cli.main import main
from gazetteer.cli.serve import is_loopback, netloc
from gazetteer.settings import Settings

PATIENCE = 240  # seconds: the first start of all compiles the search


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(installation, *options: str) -> subprocess.Popen:
    """The process, serving on `port`."""
    return subprocess.Popen(
        [sys.executable, "-m", "gazetteer", "serve", *options],
        stderr=subprocess.PIPE,
        env=os.environ | installation.environment,
        text=True,
    )


def get(port: int, path: str):
    """Status, content type and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.getheader("Content-Type"), json.loads(response.read())
    finally:
        connection.close()


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until it answers, or is no more."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            get(port, "/healthz")
        except (ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the service did not come up")


@pytest.fixture(scope="module")
def port(installation):
    """Where the small installation is served, by one worker."""
    port = free_port()
    process = started(installation, "--port", str(port), "--workers", "1")
    try:
        wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said


def test_it_answers(port):
    """What the command line knows, HTTP knows."""
    status, _, answer = get(port, "/v1/lookup?name=Hawijah&country=IQ")

    assert status == 200
    assert answer["match"]["identifiers"]["geonames"] == "390188"


@pytest.mark.parametrize("length", [301, 8_200, 100_000, 3_000_000])
def test_a_name_too_long_is_a_problem_that_names_it(port, length):
    """Whether the application refuses it or gunicorn does; and the worker lives on."""
    status, content_type, problem = get(port, "/v1/lookup?name=" + "a" * length)

    assert 400 <= status < 500
    assert content_type == "application/problem+json"
    assert "name" in json.dumps(problem)
    assert problem["code"] == "limit_exceeded"
    assert get(port, "/healthz")[0] == 200


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost x\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + b"X-Y: z\r\n" * 200 + b"\r\n", b"431"),
    ],
)
def test_a_request_that_is_none_is_a_problem_too(port, request_bytes, status):
    """Not gunicorn's HTML."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(request_bytes)
        head, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")

    assert head.split()[1] == status
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] in ("unreadable", "limit_exceeded")


def test_ctrl_c_ends_it_without_a_traceback(installation):
    """And the exit code says that it did as told."""
    port = free_port()
    process = started(installation, "--port", str(port))
    wait_for(port, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert "Traceback" not in said


def test_without_a_snapshot_it_says_so_and_serves(nothing):
    """A container may start before its data are there."""
    nothing.run("db", "upgrade")
    port = free_port()
    process = started(nothing, "--port", str(port), "--workers", "1")
    wait_for(port, process)
    status, _, problem = get(port, "/v1/lookup?name=Hawija")
    process.terminate()
    _, said = process.communicate(timeout=PATIENCE)

    assert (status, problem["code"]) == (503, "unavailable")
    assert "No snapshot" in said


@pytest.mark.parametrize(("version", "warned"), [((3, 40, 1), True), ((3, 51, 3), False)])
def test_a_database_to_be_careful_with_is_told_at_the_start(nothing, monkeypatch, version, warned):
    """An operator reads what serving says, and may never run `db check`."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    result = nothing.run("serve", "--debug", "--host", "0.0.0.0")  # which ends it before it serves

    assert ("keep to one writing process" in result.stderr) is warned


def test_a_wrong_setting_stops_the_start(installation):
    """One line, before anything listens."""
    result = CliRunner().invoke(main, ["serve"], env=installation.environment | {"GAZETTEER_WORKERS": "-1"})

    assert result.exit_code == 2
    assert "GAZETTEER_WORKERS" in result.stderr


def test_the_debugger_is_for_this_machine_only(installation):
    """It runs code for whoever reaches it."""
    result = installation.run("serve", "--debug", "--host", "0.0.0.0")

    assert result.exit_code == 2
    assert "loopback" in result.stderr


def test_hosts():
    """Names and addresses of both kinds."""
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("example.org")
    assert netloc(Settings(host="::1", port=80)) == "[::1]:80"
