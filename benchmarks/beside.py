"""The peers beside ours: the same names asked of each in one run, with how fast and how well it answered.

    python -m benchmarks.beside --snapshot var/bench/index/current [--bench ../shared/bench] [--output FILE]

Rates are of CPU time on one core, a server's time counted with its client's. Ours are read as far as the best record,
as the peers' are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from benchmarks.labelled import PARTS, Labelled, labelled
from benchmarks.measure import Figure, on_one_core, say, write
from benchmarks.peers import BULK, NAMES, ONE_BY_ONE, Best, opened
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.types import Query, Result
from gazetteer.services.evaluate.inventory import names_of
from gazetteer.services.evaluate.peers import romanised
from gazetteer.services.resolve import Resolver, many, one, warm

OURS = "gazetteer"
CONTEXTS = ("country", "none")


@dataclass(frozen=True, slots=True)
class Reached:
    """What one of them reached on one set of names: names a second, and the share whose right record came first."""

    who: str
    how: str
    part: str
    context: str
    rows: int
    rate: float
    at_1: float


Sets = dict[tuple[str, str], tuple[list[Query], list[int]]]


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--bench", type=click.Path(path_type=Path), default=Path("../shared/bench"), help="Labelled names.")
@click.option("--rows", default=1000, help="Names of each part.")
@click.option("--peers", default=",".join(NAMES), help="Which of them.")
@click.option("--postgres-url", help="A server to use; without it one is started for this.")
@click.option("--output", type=click.Path(path_type=Path))
def main(snapshot: Path, bench: Path, rows: int, peers: str, postgres_url: str | None, output: Path | None) -> None:
    """Write what each reached as JSON."""
    on_one_core()
    resolver = Resolver(Snapshot(snapshot))
    sets = sets_of(labelled(resolver.snapshot, bench, rows))
    found = list(ours(resolver, sets))
    names = romanised(names_of(resolver.snapshot))
    for name in filter(None, peers.split(",")):
        with opened(name, names, postgres_url) as peer:
            found += [timed(name, peer.how, label, asked, peer.best, peer.clock) for label, asked in sets.items()]
    write([asdict(each) for each in found], output)


def sets_of(names: dict[str, list[Labelled]]) -> Sets:
    """What to ask: each part with the country and without."""
    return {
        (part, context): (
            [Query(each.name, country=each.country if context == "country" else None) for each in names[part]],
            [each.entity for each in names[part]],
        )
        for part in PARTS
        for context in CONTEXTS
    }


def ours(resolver: Resolver, sets: Sets) -> Iterator[Reached]:
    """Ours, one by one and in bulk."""
    from time import process_time

    warm(resolver)
    snapshot = resolver.snapshot

    def first(answers: Sequence[object]) -> Best:
        return [first_of(snapshot, each) for each in answers]

    for label, asked in sets.items():
        yield timed(
            OURS, ONE_BY_ONE, label, asked, lambda q: first([one(resolver, each, limit=1) for each in q]), process_time
        )
        yield timed(OURS, BULK, label, asked, lambda q: first(many(resolver, q, limit=1)), process_time)


def first_of(snapshot: Snapshot, answer: object) -> int | None:
    """The number of the best record."""
    if not isinstance(answer, Result) or not answer.candidates:
        return None
    return snapshot.entities.find(answer.candidates[0].id)


def timed(
    who: str,
    how: str,
    label: tuple[str, str],
    asked: tuple[list[Query], list[int]],
    best: Callable[[list[Query]], Best],
    clock: Callable[[], float],
) -> Reached:
    """What it reached."""
    queries, right = asked
    begun = clock()
    found = best(queries)
    seconds = clock() - begun
    at_1 = sum(one == other for one, other in zip(found, right, strict=True)) / len(right)
    say(Figure(f"{who}, {how}, {label[0]}, {label[1]} (R@1 {at_1:.3f})", len(right) / seconds, "names/s"))
    return Reached(who, how, *label, len(right), len(right) / seconds, at_1)


if __name__ == "__main__":
    main()
