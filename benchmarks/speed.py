"""Speed: names a second in-process and over HTTP, and what a worker's memory does meanwhile.

    python -m benchmarks.speed --snapshot var/bench/index/current [--rows 1000000]

Rates are of distinct names with every cache cold; the rows of the CSV are 90 % seen spellings and 10 % nothing, a
third of them repeats. Everything runs on this machine, the server on loopback, and ends by itself.
"""

import csv
import http.client
import io
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from benchmarks.names import Asked, nothing, seen, unseen
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, many, one, warm

SEED = 20260101


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path, exists=True), default=Path("var/index/current"))
@click.option("--rows", default=1_000_000, help="Rows of the CSV that is sent through HTTP; 0 leaves HTTP out.")
def main(snapshot: Path, rows: int) -> None:
    """Print one line a measurement."""
    begun = time.perf_counter()
    opened = Snapshot(snapshot)
    say("open the snapshot", f"{(time.perf_counter() - begun) * 1000:,.1f} ms")
    in_process(opened)
    if rows:
        over_http(opened, snapshot, rows)


def say(what: str, figure: str) -> None:
    """One measurement."""
    print(f"{what:<58} {figure:>24}", flush=True)


def in_process(snapshot: Snapshot) -> None:
    """Bulk on one core, and one by one."""
    chance = random.Random(SEED)
    begun = time.perf_counter()
    warm(Resolver(snapshot))
    say("load what is compiled, or compile it", f"{time.perf_counter() - begun:,.2f} s")
    for label, asked in (
        ("seen", seen(snapshot, 60_000, chance)),
        ("unseen", unseen(snapshot, 2_000, chance)),
    ):
        for context in ("country", "no country"):
            resolver = Resolver(snapshot)
            queries = list({query(each, context): None for each in asked})
            begun = time.process_time()
            many(resolver, queries, limit=1)
            say(f"in-process bulk, {label}, {context}", f"{len(queries) / (time.process_time() - begun):,.0f} names/s")
    singly(Resolver(snapshot), [query(each, "country") for each in seen(snapshot, 2_000, chance)])


def query(asked: Asked, context: str) -> Query:
    """The query of a name."""
    return Query(asked.name, country=asked.country if context == "country" else None)


def singly(resolver: Resolver, queries: list[Query]) -> None:
    """The time of single look-ups."""
    times = []
    for each in queries:
        begun = time.perf_counter()
        one(resolver, each)
        times.append(time.perf_counter() - begun)
    times.sort()
    for share in (0.50, 0.99):
        say(f"in-process look-up, seen, p{share * 100:.0f}", f"{times[int(len(times) * share)] * 1000:.2f} ms")


def over_http(opened: Snapshot, snapshot: Path, rows: int) -> None:
    """A CSV through the bulk endpoint of a server with one worker."""
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder) / "places.csv"
        write_csv(body, opened, rows)
        with server(snapshot, Path(folder)) as (port, master):
            send(port, small(body))  # the first request opens what a worker opens once
            worker = worker_of(master)
            before = resident(worker)
            peak = Peak(worker)
            begun = time.perf_counter()
            answered = send(port, body)
            seconds = time.perf_counter() - begun
            most = peak.end()
            if answered != rows or worker_of(master) != worker:
                raise click.ClickException(f"{answered} rows answered of {rows}, or the worker was replaced")
            say(f"HTTP bulk, CSV of {rows:,} rows with country, 1 worker", f"{rows / seconds:,.0f} rows/s")
            say("its worker's memory, before and at most", f"{before:,.0f} MB, {most:,.0f} MB")


def write_csv(path: Path, snapshot: Snapshot, rows: int) -> None:
    """Two thirds distinct names, a third repeats of them."""
    chance = random.Random(SEED)
    distinct = rows * 2 // 3
    asked = seen(snapshot, distinct * 9 // 10, chance) + nothing(distinct - distinct * 9 // 10, chance)
    asked += [chance.choice(asked) for _ in range(rows - len(asked))]
    chance.shuffle(asked)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "place", "country"])
        writer.writerows((number, each.name, each.country) for number, each in enumerate(asked))


def small(path: Path) -> Path:
    """The first rows of a file, as a file."""
    head = path.with_name("head.csv")
    with path.open("rb") as stream:
        head.write_bytes(b"".join(line for line, _ in zip(stream, range(100), strict=False)))
    return head


@contextmanager
def server(snapshot: Path, data: Path) -> Iterator[tuple[int, int]]:
    """A server of one worker on a free port of this machine: its port and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"GAZETTEER_DATA": str(data), "GAZETTEER_TIMEOUT": "3600"}
    upgrade = [sys.executable, "-m", "gazetteer", "db", "upgrade"]
    subprocess.run(upgrade, env=environment, check=True, capture_output=True)
    serve = [sys.executable, "-m", "gazetteer", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        [*serve, "--snapshot", str(snapshot.resolve())], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(port: int, seconds: float = 30) -> None:
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


def send(port: int, body: Path) -> int:
    """Send a file, read the answer as it comes, and count its rows."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    with body.open("rb") as stream:
        headers = {"Content-Type": "text/csv", "Content-Length": str(body.stat().st_size)}
        connection.request("POST", "/v1/normalise?column=place&country_column=country", stream, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise click.ClickException(response.read(2000).decode())
        reader = csv.reader(io.TextIOWrapper(response, encoding="utf-8", newline=""))
        return sum(1 for _ in reader) - 1


def worker_of(master: int) -> int:
    """The process id of the server's one worker."""
    return int(Path(f"/proc/{master}/task/{master}/children").read_text().split()[0])


def resident(process: int) -> float:
    """A process's own resident memory in MB: anonymous pages, not those of mapped files."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


class Peak:
    """The most memory that a process takes until it is asked."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.most = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self) -> None:
        while not self.over.wait(0.25):
            self.most = max(self.most, resident(self.process))

    def end(self) -> float:
        self.over.set()
        self.thread.join()
        return self.most


if __name__ == "__main__":
    main()
