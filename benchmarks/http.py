"""The service over HTTP: a table of a million rows, look-ups one by one, and many clients at once.

    python -m benchmarks.http --snapshot var/bench/index/current [--rows 1000000] [--seconds 60]

The names are 70 % spellings that the snapshot holds, 20 % that it does not, 10 % of nothing; a third of the rows of the
table are repeats. The server is started here, on loopback, with its default settings, and is asked by this process,
which takes a part of the same cores. All ends by itself.
"""

import csv
import http.client
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import click

from benchmarks.names import Asked, nothing, seen, unseen
from gazetteer.index.snapshot import Snapshot

SEED = 20260101
CLIENTS = 32
SINGLE = 2000
HEAD = b"\r\n\r\n"


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path, exists=True), default=Path("var/index/current"))
@click.option("--rows", default=1_000_000, help="Rows of the table; 0 leaves it out.")
@click.option("--seconds", default=60.0, help="How long the clients ask; 0 leaves them out.")
@click.option("--workers", default=0, help="Worker processes; 0 is as many as there are cores.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def main(snapshot: Path, rows: int, seconds: float, workers: int, as_json: bool) -> None:
    """Print one line a measurement."""
    names = Names(Snapshot(snapshot))
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, server(snapshot, Path(folder), workers) as (port, master):
        if seconds:
            figures |= one_by_one(port, names.mixed(SINGLE))
            figures |= together(port, master, names.mixed(20_000), seconds)
        for country in (True, False) if rows else ():
            body = Path(folder) / "places.csv"
            write_table(body, names, rows, country=country)
            figures |= table(port, master, body, rows, country=country)
    if as_json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:<64} {figure:>14,.2f}")


class Names:
    """Names to ask, by the same chance in every run."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.chance = random.Random(SEED)

    def mixed(self, count: int) -> list[Asked]:
        """70 % seen, 20 % unseen, 10 % nothing."""
        known, altered = count * 7 // 10, count * 2 // 10
        names = seen(self.snapshot, known, self.chance) + unseen(self.snapshot, altered, self.chance)
        names += nothing(count - known - altered, self.chance)
        self.chance.shuffle(names)
        return names

    def repeated(self, count: int) -> list[Asked]:
        """Two thirds mixed names, a third repeats of them."""
        names = self.mixed(count * 2 // 3)
        names += [self.chance.choice(names) for _ in range(count - len(names))]
        self.chance.shuffle(names)
        return names


def write_table(path: Path, names: Names, rows: int, *, country: bool) -> None:
    """The table to send."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "place", *(["country"] if country else [])])
        for number, each in enumerate(names.repeated(rows)):
            writer.writerow([number, each.name, *([each.country] if country else [])])


def table(port: int, master: int, body: Path, rows: int, *, country: bool) -> dict[str, float]:
    """Send a table, take its answer as it comes, and watch the memory of the workers meanwhile."""
    said = "with" if country else "without"
    peak = Peak(master)
    begun, used = time.perf_counter(), cpu(master)
    answered = send(port, body, "&country_column=country" if country else "")
    took, used = time.perf_counter() - begun, cpu(master) - used
    before, most = peak.end()
    if answered != rows:
        raise click.ClickException(f"{answered} rows answered of {rows}")
    return {
        f"table of {rows:,} rows {said} country, rows/s": rows / took,
        f"  CPU of the workers, microseconds a row ({said} country)": used / rows * 1e6,
        f"  memory of a worker before, MB ({said} country)": before,
        f"  and at most ({said} country)": most,
    }


def send(port: int, body: Path, more: str) -> int:
    """Send a file, take the answer as it comes, and count its rows."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    with body.open("rb") as stream:
        headers = {"Content-Type": "text/csv", "Content-Length": str(body.stat().st_size)}
        connection.request("POST", f"/v1/normalise?column=place{more}", stream, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise click.ClickException(response.read(2000).decode())
        lines = 0
        while block := response.read(256 * 1024):
            lines += block.count(b"\n")
        return lines - 1


def one_by_one(port: int, names: Sequence[Asked]) -> dict[str, float]:
    """One client on one connection, each look-up after the other."""
    client = Client(port)
    times = []
    for each in names:
        begun = time.perf_counter()
        client.ask(request(each))
        client.take()
        times.append(time.perf_counter() - begun)
    client.sock.close()
    return {f"look-ups one by one, {name}, ms": at * 1000 for name, at in quantiles(times[100:])}


@dataclass
class Clients:
    """What many clients saw."""

    answered: int = 0
    failed: int = 0


def together(port: int, master: int, names: Sequence[Asked], seconds: float) -> dict[str, float]:
    """Clients that each ask again as soon as they are answered."""
    requests = [request(each) for each in names]
    times: list[float] = []
    seen = Clients()
    begins: dict[Client, float] = {}
    with selectors.DefaultSelector() as selector:
        begun, used = time.perf_counter(), cpu(master)
        for number in range(CLIENTS):
            client = Client(port)
            selector.register(client.sock, selectors.EVENT_READ, client)
            client.ask(requests[number])
            begins[client] = time.perf_counter()
        asked = CLIENTS
        while begins:
            for key, _ in selector.select(30):
                client = key.data
                status = client.status()
                if status is None:
                    continue
                now = time.perf_counter()
                times.append(now - begins.pop(client))
                seen.answered += status == 200
                seen.failed += status != 200
                if now - begun < seconds:
                    client.ask(requests[asked % len(requests)])
                    begins[client] = time.perf_counter()
                    asked += 1
        took, used = time.perf_counter() - begun, cpu(master) - used
    return {
        f"{CLIENTS} clients, look-ups/s": seen.answered / took,
        f"{CLIENTS} clients, CPU of the workers, ms a look-up": used / max(seen.answered, 1) * 1000,
        **{f"{CLIENTS} clients, {name}, ms": at * 1000 for name, at in quantiles(times)},
        f"{CLIENTS} clients, errors": seen.failed,
    }


def request(asked: Asked) -> bytes:
    """A look-up as bytes."""
    query = urlencode({"name": asked.name, "country": asked.country})
    return f"GET /v1/lookup?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


class Client:
    """A client that takes little of the machine: it reads no more of an answer than where it ends."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.buffer = b""
        self.sock.sendall(request)

    def take(self) -> int:
        """Wait for the answer; its status."""
        while (status := self.status()) is None:
            pass
        return status

    def status(self) -> int | None:
        """Read what is there; the status once all of the answer is."""
        block = self.sock.recv(65536)
        if not block:
            return 0
        self.buffer += block
        head, found, body = self.buffer.partition(HEAD)
        if not found:
            return None
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return int(head[9:12]) if len(body) >= length else None


def quantiles(times: list[float]) -> list[tuple[str, float]]:
    """The times that half, and 99 of 100, stay below."""
    ordered = sorted(times)
    return [(f"p{share}", ordered[len(ordered) * share // 100]) for share in (50, 99)]


@contextmanager
def server(snapshot: Path, data: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The service on a free port of this machine: its port, and the process id of its master."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"GAZETTEER_DATA": str(data), "GAZETTEER_WORKERS": str(workers), "GAZETTEER_PORT": str(port)}
    environment = os.environ | settings | {"GAZETTEER_SNAPSHOT": str(snapshot.resolve())}
    gazetteer = [sys.executable, "-m", "gazetteer"]
    subprocess.run([*gazetteer, "db", "upgrade"], env=environment, check=True, capture_output=True)
    with (data / "log").open("wb") as log:
        process = subprocess.Popen([*gazetteer, "serve"], env=environment, stderr=log)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_for(port: int, seconds: float = 300) -> None:
    """Until the server is ready."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise click.ClickException("the server did not become ready")


def children(master: int) -> list[int]:
    """The worker processes."""
    return [int(each) for each in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def cpu(master: int) -> float:
    """Seconds of CPU that the workers have used."""
    used = 0
    for each in children(master):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """A process's own resident memory in MB: anonymous pages, not those of mapped files."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon")), 0) / 1024


class Peak:
    """The memory of the largest worker: when it is made, and the most until it is asked."""

    def __init__(self, master: int) -> None:
        self.master = master
        self.before = self.most = self.now()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def now(self) -> float:
        """That of the largest worker."""
        return max(map(resident, children(self.master)), default=0.0)

    def watch(self) -> None:
        """Look, until it is over."""
        while not self.over.wait(0.25):
            self.most = max(self.most, self.now())

    def end(self) -> tuple[float, float]:
        """Before, and at most."""
        self.over.set()
        self.thread.join()
        return self.before, self.most


if __name__ == "__main__":
    main()
