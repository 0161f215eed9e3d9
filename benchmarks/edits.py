"""Live edits: how long after an edit is acknowledged every worker answers with it.

    python -m benchmarks.edits --data var/bench [--edits 1000] [--workers 4]

The database of the data folder is copied, its index used as it is. The service is started with so many workers, and a
connection kept open to each: which worker holds the other end of a connection, the kernel says (`/proc`). Edits of all
sorts are made through the service functions, one after the other; after each, every worker is asked for what was edited
until it answers so. A figure is from the return of the edit to the answer of the last worker.
"""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.engine import make_engine, make_sessions, upgrade
from gazetteer.importers.record import NameRecord, Record
from gazetteer.services.curation import records
from gazetteer.services.curation.desk import By
from gazetteer.services.curation.names import Which, add_name, retire_name

SEED = 20260101
BY = By("benchmark", "measuring")
PAUSE = 0.05  # seconds between two questions to one worker
PATIENCE = 20.0  # seconds after which an edit counts as lost

Answer = dict[str, Any]
Seen = Callable[[Answer], bool]
Connection = http.client.HTTPConnection


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("var/bench"))
@click.option("--edits", default=1000)
@click.option("--workers", default=4)
def main(data: Path, edits: int, workers: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        own = copied(data, Path(folder))
        sessions = make_sessions(make_engine(f"sqlite:///{own / 'gazetteer.db'}"))
        with serving(own, workers) as (port, pid):
            held = one_to_each(port, pid, workers)
            taken, made = measured(sessions, list(held.values()), edits)
    report("an edit seen by every worker", taken)
    report("an edit made", made)


def copied(data: Path, folder: Path) -> Path:
    """A data folder of our own, with the same index."""
    shutil.copyfile(data / "gazetteer.db", folder / "gazetteer.db")
    upgrade(f"sqlite:///{folder / 'gazetteer.db'}")
    (folder / "index").symlink_to((data / "index").resolve())
    return folder


@contextmanager
def serving(data: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The service on a free port: the port, and the master's process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gazetteer", "serve", "--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, "GAZETTEER_DATA": str(data)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_until_ready(port: int) -> None:
    """Wait for the first answer."""
    for _ in range(1200):
        try:
            connection = Connection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/readyz")
            if connection.getresponse().read():
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("the service did not start")


def one_to_each(port: int, master: int, workers: int) -> dict[int, Connection]:
    """A connection to each worker."""
    held: dict[int, Connection] = {}
    for _ in range(2000):
        connection = Connection("127.0.0.1", port, timeout=60)
        ask(connection, "Hawija")
        worker = worker_of(connection, port, master)
        if worker is None or worker in held:
            connection.close()
        else:
            held[worker] = connection
        if len(held) == workers:
            return held
    sys.exit(f"connections reached {len(held)} of {workers} workers")


def worker_of(connection: Connection, port: int, master: int) -> int | None:
    """The process that holds the other end of a connection."""
    ours = connection.sock.getsockname()[1]
    inode = None
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        cells = line.split()
        local, remote = (int(cells[place].split(":")[1], 16) for place in (1, 2))
        if (local, remote) == (port, ours):
            inode = cells[9]
    for child in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        for link in Path(f"/proc/{child}/fd").iterdir():
            if os.readlink(link) == f"socket:[{inode}]":
                return int(child)
    return None


def ask(connection: Connection, name: str) -> Answer:
    """One look-up."""
    connection.request("GET", f"/v1/lookup?{urlencode({'name': name, 'country': 'IQ', 'limit': 1})}")
    return json.loads(connection.getresponse().read())  # type: ignore[no-any-return]


def measured(sessions: sessionmaker[Session], workers: list[Connection], edits: int) -> tuple[list[float], list[float]]:
    """Seconds from each edit to the last worker's answer, and those that the edit itself took."""
    taken, made = [], []
    with ThreadPoolExecutor(len(workers)) as threads:
        for name, seen, seconds in edited(sessions, edits):
            begun = time.perf_counter()
            made.append(seconds)
            jobs = [threads.submit(until, each, name, seen) for each in workers]
            taken.append(max(job.result() for job in jobs) - begun)
    return taken, made


def until(worker: Connection, name: str, seen: Seen) -> float:
    """When a worker answered as it should."""
    begun = time.perf_counter()
    while time.perf_counter() < begun + PATIENCE:
        if seen(ask(worker, name)):
            return time.perf_counter()
        time.sleep(PAUSE)
    sys.exit(f"{name}: not seen within {PATIENCE} s")


def edited(sessions: sessionmaker[Session], edits: int) -> Iterator[tuple[str, Seen, float]]:
    """Edits of all sorts: the name to ask for, what an answer is to be, and how long the edit took."""
    chance = random.Random(SEED)
    live: list[tuple[str, str]] = []  # ids and names of records that were made here
    for number in range(edits):
        name = "".join(chance.choices("bdfgjklmnprstvwz", k=9)).capitalize() + " " + word(chance)
        sort = chance.choice(["create", "create", "add", "change", "retire name", "merge", "retire"])
        begun = time.perf_counter()
        if sort == "create" or len(live) < 4:
            record = Record("place", name, (), "settlement", "IQ", 35.0 + number / 1e4, 43.0)
            live.append((records.create(sessions, record, BY).id, name))
            seen = matches(live[-1][0])
        else:
            name, seen = changed(sessions, chance, live, sort, name)
        yield name, seen, time.perf_counter() - begun


def word(chance: random.Random) -> str:
    """Some letters that are no name."""
    return "".join(chance.choices("aeiou", k=1) + chance.choices("bdgklmnrst", k=4)).capitalize()


def changed(
    sessions: sessionmaker[Session], chance: random.Random, live: list[tuple[str, str]], sort: str, name: str
) -> tuple[str, Seen]:
    """One edit of a record that was made here: the name to ask for, and what an answer is to be."""
    place = chance.randrange(len(live))
    id, own = live[place]
    if sort == "add":
        add_name(sessions, id, NameRecord(name), BY)
        return name, matches(id)
    if sort == "change":
        population = chance.randrange(1, 10**6)
        records.change(sessions, id, {"population": population}, BY)
        return own, lambda answer: bool(answer["match"]) and answer["match"]["population"] == population
    if sort == "retire name":
        records.change(sessions, id, {"name": name}, BY)
        retire_name(sessions, id, Which(own), BY)
        live[place] = (id, name)
        return own, gone(id)
    live.pop(place)
    if sort == "retire":
        records.retire(sessions, id, BY)
        return own, gone(id)
    place %= len(live)
    other, its = live[place]
    kept = records.merge(sessions, id, other, BY).id
    live[place] = (kept, its)
    return (its if kept == id else own), matches(kept)


def matches(id: str) -> Seen:
    """The answer is a match to this record."""
    return lambda answer: bool(answer["match"]) and answer["match"]["id"] == id


def gone(id: str) -> Seen:
    """The answer does not name this record by that spelling."""
    return lambda answer: not answer["match"] or answer["match"]["id"] != id


def report(what: str, seconds: list[float]) -> None:
    """One line."""
    ordered = sorted(seconds)
    figures = [("p50", ordered[len(ordered) // 2]), ("p99", ordered[int(len(ordered) * 0.99)]), ("max", ordered[-1])]
    print(
        f"{what:<32}",
        f"{len(ordered):>6,}",
        *(f"{name} {value * 1000:>7,.0f} ms" for name, value in figures),
        flush=True,
    )


if __name__ == "__main__":
    main()
