"""A pure function over many texts, on all the cores there are."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Answer = TypeVar("Answer")

PIECE = 10_000  # texts handed over at a time
AHEAD = 4  # pieces for each core that are under way at once: answers wait in memory
WORTHWHILE = 50_000  # texts from which starting processes pays


def spread(
    work: Callable[[Sequence[str]], Answer], texts: Sequence[str], done: Callable[[int], None]
) -> Iterator[Answer]:
    """The answers of `work` for the texts, piece by piece and in order; `done` hears of how many texts so far.

    Where processes are started, `work` and its answers are sent to and fro: columns cost less than objects.
    """
    begins = range(0, len(texts), PIECE)
    cores = os.cpu_count() or 1
    if cores == 1 or len(texts) < WORTHWHILE:
        for begin in begins:
            yield work(texts[begin : begin + PIECE])
            done(min(begin + PIECE, len(texts)))
        return
    with ProcessPoolExecutor(cores, get_context("forkserver"), gc.disable) as pool:
        for first in range(0, len(begins), AHEAD * cores):
            pieces = begins[first : first + AHEAD * cores]
            for begin, answer in zip(pieces, pool.map(work, [texts[at : at + PIECE] for at in pieces]), strict=True):
                yield answer
                done(min(begin + PIECE, len(texts)))
