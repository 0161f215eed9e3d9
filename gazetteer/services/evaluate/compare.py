"""Ours and the peers beside each other: the same names, asked in the same run."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gazetteer.services.evaluate.asking import Progress, ask, blocks, query_of
from gazetteer.services.evaluate.inventory import geonames_of
from gazetteer.services.evaluate.peers import Peer, opened
from gazetteer.services.evaluate.rows import Row
from gazetteer.services.evaluate.shares import Label, Share, within
from gazetteer.services.resolve import Resolver

OURS = "gazetteer"
BLOCK = 32  # queries at once: against a million names, four bytes each, 130 MB


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows that each mean a record, to be asked with one sort of context."""

    label: Label
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Compared:
    """What one of them reached, and how many rows it answered in a second."""

    peer: str
    file: str
    context: str
    part: str
    rows: int
    at_1: Share
    at_10: Share
    rate: float


def compared(
    resolver: Resolver, sets: Sequence[Asked], names: Sequence[str], postgres: str | None, progress: Progress | None
) -> Iterator[Compared]:
    """Ours on all sets, then each peer on all sets."""
    for each in sets:
        yield timed(OURS, each, partial(ranks_of_ours, resolver, each, progress))
    geonames = geonames_of(resolver.snapshot)
    for name in names:
        with opened(name, resolver.snapshot, postgres) as peer:
            for each in sets:
                yield timed(name, each, partial(ranks, peer, name, each, geonames, progress))


def ranks_of_ours(resolver: Resolver, asked: Asked, progress: Progress | None) -> list[int | None]:
    """The place of each right record among our candidates."""
    return [each.rank for each in ask(resolver, asked.rows, asked.label[1], progress, asked.label[0])]


def ranks(
    peer: Peer, name: str, asked: Asked, geonames: Sequence[str | None], progress: Progress | None
) -> list[int | None]:
    """The place of each right record among the peer's."""
    found: list[int | None] = []
    for block in blocks(asked.rows, BLOCK):
        queries = [query_of(row, asked.label[1]) for row in block]
        for row, records in zip(block, peer.answers(queries), strict=True):
            ids = [geonames[record] for record in records]
            found.append(ids.index(row.geonames) if row.geonames in ids else None)
        if progress is not None:
            progress(len(found), len(asked.rows), f"{name}, {asked.label[0]} ({asked.label[1]})")
    return found


def timed(peer: str, asked: Asked, rank: Callable[[], list[int | None]]) -> Compared:
    """What it reached, and how fast."""
    begun = time.perf_counter()
    found = rank()
    rate = len(found) / (time.perf_counter() - begun)
    return Compared(peer, *asked.label, len(found), within(found, len(found), 1), within(found, len(found), 10), rate)
