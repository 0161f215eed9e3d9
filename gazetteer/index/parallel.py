"""A pure function over many texts, on all the cores there are."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

PIECE = 10_000  # texts handed over at a time
WORTHWHILE = 50_000  # texts from which starting processes pays


def spread(work: Callable[[str], Answer], texts: Sequence[str], done: Callable[[int], None]) -> Iterator[Answer]:
    """The answers of `work`, in order of the texts; `done` hears how many there are so far."""
    pieces = [texts[begin : begin + PIECE] for begin in range(0, len(texts), PIECE)]
    cores = os.cpu_count() or 1
    if cores == 1 or len(texts) < WORTHWHILE:
        yield from report(map(Piece(work), pieces), done)
        return
    with ProcessPoolExecutor(cores, get_context("forkserver"), gc.disable) as pool:
        yield from report(pool.map(Piece(work), pieces), done)


class Piece(Generic[Answer]):
    """`work` over one piece: a class, since a process is sent what it runs by name."""

    def __init__(self, work: Callable[[str], Answer]) -> None:
        self.work = work

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        """The answers for the texts of a piece."""
        return [self.work(text) for text in texts]


def report(pieces: Iterator[list[Answer]], done: Callable[[int], None]) -> Iterator[Answer]:
    """The answers one by one, saying how many after each piece."""
    count = 0
    for answers in pieces:
        yield from answers
        count += len(answers)
        done(count)
