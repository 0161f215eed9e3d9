"""The service as it is run: a process of its own, asked over sockets."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

PATIENCE = 240  # seconds: the first start of all compiles the search


@dataclass(frozen=True)
class Server:
    """A running service."""

    port: int
    process: subprocess.Popen[bytes]
    data: Path

    def connect(self) -> HTTPConnection:
        """A client."""
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def open(self) -> socket.socket:
        """A connection, bare."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """An answer over a connection of its own, with its `text`."""
        with closing(self.connect()) as connection:
            return ask(connection, "GET", path, **headers)

    def figures(self) -> dict[str, float]:
        """What `/metrics` says, by name and labels."""
        lines = self.get("/metrics").text.splitlines()  # type: ignore[attr-defined]
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[0] != "#"}

    def workers(self) -> list[int]:
        """The worker processes."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def spooled(self) -> list[Path]:
        """Files that are in the spool, those without a name too."""
        links = [link for worker in self.workers() for link in Path(f"/proc/{worker}/fd").iterdir()]
        files = [leads_to(link) for link in links]
        return [file for file in files if file is not None and self.data / "spool" in file.parents]


def leads_to(link: Path) -> Path | None:
    """The file of an open descriptor; None where it was closed since it was listed."""
    try:
        return Path(os.readlink(link))
    except FileNotFoundError:
        return None


@contextmanager
def served(data: Path, *, said: Path | None = None, **settings: object) -> Iterator[Server]:
    """The service over a data folder, on a free port, with settings; what it says goes to the file `said`."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    named = {"data": data, "port": port, **settings}
    environment = {f"GAZETTEER_{name.upper()}": str(value) for name, value in named.items()}
    with open(said or os.devnull, "wb") as stderr:
        command = [sys.executable, "-m", "gazetteer", "serve"]
        process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=stderr)
    running = Server(port, process, data)
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_until_ready(server: Server) -> None:
    """Wait for the first answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            assert server.get("/readyz").status == 200
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    pytest.fail("the service did not start")


def ask(connection: HTTPConnection, method: str, path: str, body: object = None, **headers: str) -> HTTPResponse:
    """A request, its answer read to the end."""
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})  # type: ignore[arg-type]
    response = connection.getresponse()
    response.text = response.read().decode()  # type: ignore[attr-defined]
    return response


def exchange(server: Server, request: bytes, *, end: bool = False) -> bytes:
    """All that comes back to bytes; `end` closes our side after sending."""
    with closing(server.open()) as connection:
        connection.sendall(request)
        if end:
            connection.shutdown(socket.SHUT_WR)
        return all_of(connection)


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    answer = b""
    while block := connection.recv(65536):
        answer += block
    return answer


def post(path: str, headers: str, body: bytes = b"") -> bytes:
    """A request as bytes; the connection is to be closed after it."""
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n\r\n".encode() + body


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])
