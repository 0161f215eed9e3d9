"""Ours by itself, in-process on one core: rates, single look-ups, the slowest queries, opening, memory.

    python -m benchmarks.alone --snapshot var/bench/index/current [--bench ../shared/bench] [--output FILE]

Rates are of distinct names with every cache cold, in CPU time.
"""

import gc
import multiprocessing
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import click

from benchmarks import adversarial
from benchmarks.labelled import labelled
from benchmarks.measure import SEED, Figure, on_one_core, plain, private, rate, say, share, write
from benchmarks.names import Asked, nothing, seen, unseen
from gazetteer.errors import GazetteerError
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import Query, Result
from gazetteer.services.resolve import Resolver, many, one, warm

SEEN, UNSEEN, LABELLED = 60_000, 3_000, 3_000
READ = 6_000
SINGLE = 1_000
ADVERSARIAL = 10_000
SLOWEST = 20  # asked again, so that a moment's disturbance is not taken for a slow query
LOOKUPS = 10_000
WORKERS = 2
TOGETHER = 50
OPEN = """
import sys, time
from pathlib import Path
from gazetteer.index.snapshot import Snapshot
begun = time.perf_counter()
Snapshot(Path(sys.argv[1]))
print(time.perf_counter() - begun)
"""


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--bench", type=click.Path(path_type=Path), default=Path("../shared/bench"), help="Labelled names.")
@click.option("--adversarial", "slow", default=ADVERSARIAL, help="Queries made to be slow; 0 leaves them out.")
@click.option("--output", type=click.Path(path_type=Path))
def main(snapshot: Path, bench: Path, slow: int, output: Path | None) -> None:
    """Write the figures as JSON."""
    figures = [say(opening(snapshot))]
    figures += [say(each) for each in in_two_workers(snapshot)]
    on_one_core()
    opened = Snapshot(snapshot)
    warm(Resolver(opened))
    for measures in (rates(opened, snapshot, bench), singly(opened), slowest(opened, slow) if slow else ()):
        figures += [say(each) for each in measures]
    write(plain(figures), output)


def opening(snapshot: Path) -> Figure:
    """In a fresh process, what it imports not counted; the median of five."""
    command = [sys.executable, "-c", OPEN, str(snapshot)]
    times = sorted(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5))
    return Figure("open the snapshot", 1000 * times[2], "ms", most=100)


def in_two_workers(snapshot: Path) -> list[Figure]:
    """Two processes that each answer 10,000 look-ups from the same snapshot, and what each has to itself then."""
    context = multiprocessing.get_context("spawn")
    both: Any = context.Barrier(WORKERS)
    told: Any = context.Queue()
    workers = [context.Process(target=worker, args=(snapshot, both, told)) for _ in range(WORKERS)]
    for each in workers:
        each.start()
    before, after = map(max, zip(*[told.get() for _ in workers], strict=True))
    for each in workers:
        each.join()
    return [
        Figure("private memory of a worker that has opened the snapshot", before, "MB"),
        Figure(f"private memory of a worker after {LOOKUPS:,} look-ups", after, "MB", most=120),
    ]


def worker(snapshot: Path, both: Barrier, told: Any) -> None:
    """One of them; both wait for each other, so that what they share is shared when it is measured."""
    resolver = Resolver(Snapshot(snapshot))
    warm(resolver)
    both.wait()
    before = private()
    queries = mixed(resolver.snapshot, LOOKUPS)
    for begin in range(0, LOOKUPS, TOGETHER):
        for answer in many(resolver, queries[begin : begin + TOGETHER], limit=1):
            assert isinstance(answer, GazetteerError) or answer.reason
    both.wait()
    gc.collect()
    told.put((before, private()))
    both.wait()


def mixed(snapshot: Snapshot, count: int) -> list[Query]:
    """70 % seen, 20 % unseen, 10 % nothing; half of them with their country."""
    chance = random.Random(SEED)
    names = seen(snapshot, count * 7 // 10, chance) + unseen(snapshot, count * 2 // 10, chance)
    names += nothing(count - len(names), chance)
    chance.shuffle(names)
    return [query(each, "country" if place % 2 else "none") for place, each in enumerate(names)]


def query(asked: Asked, context: str) -> Query:
    """The query of a name."""
    return Query(asked.name, country=asked.country if context == "country" else None)


def rates(snapshot: Snapshot, path: Path, bench: Path) -> Iterator[Figure]:
    """In bulk: of known spellings, of altered ones, and of labelled names that the snapshot has not."""
    chance = random.Random(SEED)
    names = {
        "seen": [(each.name, each.country) for each in seen(snapshot, SEEN, chance)],
        "unseen, altered spellings": [(each.name, each.country) for each in unseen(snapshot, UNSEEN, chance)],
        "unseen, labelled names": [(each.name, each.country) for each in labelled(snapshot, bench, LABELLED)["unseen"]],
    }
    for part, pairs in names.items():
        for context in ("country", "none"):
            least = 60_000 if part == "seen" else 4_000 if context == "country" else 1_500
            asked = [Asked(*each) for each in pairs]
            queries = list(dict.fromkeys(query(each, context) for each in asked))
            said = "country known" if context == "country" else "whole world"
            cold = Resolver(Snapshot(path))
            yield Figure(f"bulk, {part}, {said}", rate(len(queries), bulk(cold, queries)), "names/s", least=least)
    queries = [query(Asked(*each), "country") for each in names["seen"]]
    for part, pairs in names.items():
        asked_for = [query(Asked(*each), "country") for each in pairs[:READ]]
        cold = Resolver(Snapshot(path))
        said = f"bulk, {part}, country known, every reason and five candidates read"
        yield Figure(said, read_rate(cold, asked_for), "names/s")
    thrice = queries[: SEEN // 3] * 3
    cold = Resolver(Snapshot(path))
    yield Figure("bulk, seen, country known, each name three times over", rate(SEEN, bulk(cold, thrice)), "names/s")


def bulk(resolver: Resolver, queries: Sequence[Query]) -> Callable[[], object]:
    """All of them at once."""
    return lambda: many(resolver, queries, limit=1)


def read_rate(resolver: Resolver, queries: Sequence[Query]) -> float:
    """With all that a result says put into words."""

    def work() -> None:
        for result in many(resolver, queries, limit=5):
            if isinstance(result, Result):
                assert result.candidates is not None
                assert result.reason

    return rate(len(queries), work)


def singly(snapshot: Snapshot) -> Iterator[Figure]:
    """Look-ups one by one."""
    chance = random.Random(SEED + 1)
    for part, make in (("seen", seen), ("unseen", unseen)):
        asked = make(snapshot, SINGLE, chance)
        for context, said in (("country", "country known"), ("none", "whole world")):
            resolver = Resolver(snapshot)
            times = sorted(milliseconds(resolver, query(each, context)) for each in asked)
            for of in (0.50, 0.99):
                yield Figure(f"look-up, {part}, {said}, p{100 * of:.0f}", share(times, of), "ms")


def milliseconds(resolver: Resolver, query: Query) -> float:
    """The CPU time of one look-up with all that it says; of one that is refused, too."""
    begun = time.process_time_ns()
    with suppress(GazetteerError):
        one(resolver, query).reason  # noqa: B018  # what an answer prints is made as it is read
    return (time.process_time_ns() - begun) / 1e6


def slowest(snapshot: Snapshot, count: int) -> Iterator[Figure]:
    """The worst of queries made to be slow."""
    resolver = Resolver(snapshot)
    queries = adversarial.queries(snapshot, count)
    timed = sorted(((milliseconds(resolver, each), place) for place, each in enumerate(queries)), reverse=True)
    again = [(min(took, milliseconds(resolver, queries[place])), place) for took, place in timed[:SLOWEST]]
    took, place = max(again)
    print(f"slowest: {queries[place]}", file=sys.stderr)
    times = sorted(each for each, _ in timed)
    yield Figure(f"the worst of {count:,} adversarial queries", took, "ms", most=250)
    yield Figure("their p50", share(times, 0.5), "ms")
    yield Figure("their p99", share(times, 0.99), "ms")


if __name__ == "__main__":
    main()
