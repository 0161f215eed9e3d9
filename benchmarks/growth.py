"""Growth: the same queries against ten thousand entities, and up to ten million.

    python -m benchmarks.growth --data var/bench [--sizes 10000,100000,241559,2300000] [--output FILE]

The queries are spellings of records that every size has, and altered ones that no size knows. All sizes are built
first, straight from rows and past the database; what they are built into is removed in the end.
"""

import multiprocessing
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from benchmarks.measure import SEED, Figure, Watched, on_one_core, private, say, write
from benchmarks.names import Asked, alter
from benchmarks.synthetic import World
from gazetteer.db.engine import make_engine
from gazetteer.db.index_rows import index_rows
from gazetteer.db.sessions import make_sessions, reading
from gazetteer.index.build import build
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.keys import key
from gazetteer.matching.types import Query
from gazetteer.services.collector import paused_collector
from gazetteer.services.resolve import Resolver, many, warm
from gazetteer.settings import Settings
from gazetteer.text.tokens import analyse

SIZES = "10000,100000,240000,2300000"
SEEN, UNSEEN = 4_000, 600
CONTEXTS = ("country", "none")
ROUNDS = 3  # the best of them counts: every one is cold, and disturbances only slow


@dataclass(frozen=True, slots=True)
class Grown:
    """What one size costs: microseconds of CPU time a query by part and context, and the rest."""

    entities: int
    names: int
    microseconds: dict[str, float]
    build_seconds: float
    build_megabytes: float
    disk_megabytes: float
    private_megabytes: float


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True, help="A data folder, seeded.")
@click.option("--sizes", default=SIZES, help="Numbers of entities.")
@click.option("--keep", is_flag=True, help="Leave what was built.")
@click.option("--output", type=click.Path(path_type=Path))
def main(data: Path, sizes: str, keep: bool, output: Path | None) -> None:
    """Write what each size costs as JSON."""
    home = data / "growth"
    folders = {int(size): home / size for size in sizes.split(",")}
    costs: dict[int, tuple[float, float]] = {}
    try:
        for size, folder in folders.items():
            costs[size] = (0.0, 0.0) if folder.exists() else built(data, size, folder)
        names = unknown([Snapshot(each) for each in folders.values()], drawn(data))
        on_one_core()
        write([asdict(grown(folders[size], names, *costs[size])) for size in folders], output)
    finally:
        if not keep:
            shutil.rmtree(home, ignore_errors=True)


def world(data: Path) -> World:
    """The rows of the database."""
    engine = make_engine(Settings(data=data).url)
    try:
        with reading(make_sessions(engine)) as session:
            return World(index_rows(session))
    finally:
        engine.dispose()


def built(data: Path, size: int, folder: Path) -> tuple[float, float]:
    """Build a size in a process of its own: its seconds, and its memory at most."""
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue()
    process = context.Process(target=build_size, args=(data, size, folder, told))
    process.start()
    with Watched(int(process.pid or 0)) as watched:
        process.join()
    if process.exitcode:
        raise click.ClickException(f"{size:,} entities could not be built")
    seconds = told.get()
    say(Figure(f"build {size:,} entities (at most {watched.most:,.0f} MB)", seconds, "s"))
    return seconds, watched.most


def build_size(data: Path, size: int, folder: Path, told: Any) -> None:
    """Build it; making its rows up is not counted."""
    with paused_collector():
        real = world(data)
        rows = real.of(size, [owner for owner, _ in targets(real)])
        begun = time.perf_counter()
        build(rows, folder, lambda *_: None)
        told.put(time.perf_counter() - begun)


def targets(world: World) -> list[tuple[int, Asked]]:
    """Spellings with the rows of their records, which every size has: a third of the smallest, at most."""
    chance = random.Random(SEED)
    owners = [each for each in world.entities if each.country and world.names[each.row]]
    taken = [chance.choice(owners) for _ in range(SEEN)]
    return [(each.row, Asked(chance.choice(world.names[each.row]).text, each.country or "")) for each in taken]


def drawn(data: Path) -> list[Asked]:
    """The spellings alone."""
    return [asked for _, asked in targets(world(data))]


def unknown(snapshots: Sequence[Snapshot], known: list[Asked]) -> dict[str, list[Asked]]:
    """The names to ask: those known everywhere, and as many altered ones as are asked that no snapshot knows."""
    chance = random.Random(SEED + 3)
    altered = [Asked(alter(alter(each.name, chance), chance), each.country) for each in known]
    keys = np.array([key(analyse(each.name).folded) for each in altered], dtype=np.uint64)
    held = np.logical_or.reduce([each.exact.known(keys) for each in snapshots])
    unseen = [each for each, there in zip(altered, held.tolist(), strict=True) if not there and each.name.strip()]
    return {"seen": known, "unseen": unseen[:UNSEEN]}


def grown(folder: Path, names: dict[str, list[Asked]], seconds: float, megabytes: float) -> Grown:
    """What a size costs."""
    snapshot = Snapshot(folder)
    return Grown(
        entities=len(snapshot.entities),
        names=len(snapshot.names.entity),
        microseconds=dict(times(folder, names)),
        build_seconds=seconds,
        build_megabytes=megabytes,
        disk_megabytes=sum(each.stat().st_size for each in folder.iterdir()) / 1e6,
        private_megabytes=private_after(folder, names),
    )


def times(folder: Path, names: dict[str, list[Asked]]) -> Iterator[tuple[str, float]]:
    """Microseconds a query in bulk."""
    for part, asked in names.items():
        for context in CONTEXTS:
            queries = queries_of(asked, context)
            took = min(one_round(folder, queries) for _ in range(ROUNDS)) / len(queries)
            say(Figure(f"{folder.name} entities, {part}, {context}", 1e6 * took, "µs a query"))
            yield f"{part}, {context}", 1e6 * took


def queries_of(asked: Sequence[Asked], context: str) -> list[Query]:
    """Each once."""
    return list(
        dict.fromkeys(Query(each.name, country=each.country if context == "country" else None) for each in asked)
    )


def one_round(folder: Path, queries: Sequence[Query]) -> float:
    """Seconds of CPU time with every cache of the snapshot cold."""
    resolver = Resolver(Snapshot(folder))
    warm(resolver)
    begun = time.process_time()
    many(resolver, queries, limit=1)
    return time.process_time() - begun


def private_after(folder: Path, names: dict[str, list[Asked]]) -> float:
    """What a process has to itself once it has answered all of them, beside another that does the same."""
    context = multiprocessing.get_context("spawn")
    told: Any = context.Queue()
    both: Any = context.Barrier(2)
    workers = [context.Process(target=worker, args=(folder, names, told, both)) for _ in range(2)]
    for each in workers:
        each.start()
    most = max(told.get() for _ in workers)
    for each in workers:
        each.join()
    return float(most)


def worker(folder: Path, names: dict[str, list[Asked]], told: Any, both: Any) -> None:
    """One of them."""
    resolver = Resolver(Snapshot(folder))
    for asked in names.values():
        for context in CONTEXTS:
            many(resolver, queries_of(asked, context), limit=1)
    both.wait()
    told.put(private())
    both.wait()


if __name__ == "__main__":
    main()
