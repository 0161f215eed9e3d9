"""What an alignment costs: compiled by numba, as numpy arrays over many pairs at once, and in plain Python.

    python -m benchmarks.alignment --snapshot var/index/current

Each way aligns the same pairs of cores, drawn from a seed, and must find the same evidence.
"""

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numba import njit

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.alignment import GAP, alignment, evidence, plain, route, scratch

PAIRS = 100_000
BLOCK = 2_000  # pairs that numpy works at once
FEW = 2_000  # pairs for plain Python


def main() -> None:
    """Read the arguments, align, and print nanoseconds a pair."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshot", type=Path, required=True, help="whose names are aligned")
    stored = Snapshot(parser.parse_args().snapshot).cores.stored
    chance = random.Random(7)
    count = len(stored.units_begins) - 1
    pairs = np.array([[chance.randrange(count) for _ in range(2)] for _ in range(PAIRS)])
    odds = np.ascontiguousarray(alignment().odds[route("Latn")])
    one_by_one(odds, stored.units, stored.units_begins, pairs[:10])  # compiled before the clock runs
    compiled = timed("numba", PAIRS, lambda: one_by_one(odds, stored.units, stored.units_begins, pairs))
    together = timed("numpy, pairs as long", PAIRS, lambda: in_blocks(odds, stored.units, stored.units_begins, pairs))
    few = pairs[:FEW]
    slow = timed("plain Python", FEW, lambda: in_python(odds, stored.units, stored.units_begins, few))
    assert np.allclose(compiled, together, atol=1e-3), "numpy and numba differ"
    assert np.allclose(compiled[:FEW], slow, atol=1e-3), "Python and numba differ"


def timed(name: str, count: int, work: Callable[[], np.ndarray]) -> np.ndarray:
    """The work's answer, once its time is printed."""
    begin = time.process_time()
    found = work()
    print(f"{name:26} {1e9 * (time.process_time() - begin) / count:10,.0f} ns a pair")
    return found


@njit(cache=True)
def one_by_one(odds, units, begins, pairs):  # type: ignore[no-untyped-def]
    found = np.empty(len(pairs), np.float32)
    row, _ = scratch()
    for place in range(len(pairs)):
        one, other = pairs[place]
        query, stored = units[begins[one] : begins[one + 1]], units[begins[other] : begins[other + 1]]
        found[place] = evidence(odds, query, stored, row)
    return found


def in_blocks(odds: np.ndarray, units: np.ndarray, begins: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Pairs of about one length together, so that little is padded."""
    lengths = np.diff(begins.astype(np.int64))[pairs]
    order = np.lexsort((lengths[:, 1], lengths[:, 0]))
    found = np.empty(len(pairs), np.float32)
    for begin in range(0, len(order), BLOCK):
        block = order[begin : begin + BLOCK]
        found[block] = at_once(odds, units, begins, pairs[block])
    return found


def at_once(odds: np.ndarray, units: np.ndarray, begins: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """All pairs cell by cell, each cell a few operations on arrays; shorter names are padded."""
    query, stored = (padded(units, begins, pairs[:, side]) for side in range(2))
    lengths = [np.diff(begins.astype(np.int64))[pairs[:, side]] for side in range(2)]
    dropped, added = odds[query, GAP], odds[GAP, stored]
    row = np.concatenate([np.zeros((len(pairs), 1), np.float32), np.cumsum(added, axis=1)], axis=1)
    found = np.where(lengths[0] == 0, row[np.arange(len(pairs)), lengths[1]], 0).astype(np.float32)
    for i in range(query.shape[1]):
        above, row = row, np.empty_like(row)
        row[:, 0] = above[:, 0] + dropped[:, i]
        for j in range(stored.shape[1]):
            exchanged = above[:, j] + odds[query[:, i], stored[:, j]]
            row[:, j + 1] = np.maximum(np.maximum(exchanged, above[:, j + 1] + dropped[:, i]), row[:, j] + added[:, j])
        ends = np.flatnonzero(lengths[0] == i + 1)
        found[ends] = row[ends, lengths[1][ends]]
    return found


def padded(units: np.ndarray, begins: np.ndarray, names: np.ndarray) -> np.ndarray:
    """The units of names as rows of one length."""
    first, last = begins[names].astype(np.int64), begins[names + 1].astype(np.int64)
    place = first[:, None] + np.arange(int((last - first).max()))
    return np.where(place < last[:, None], units[np.minimum(place, len(units) - 1)], GAP)


def in_python(odds: np.ndarray, units: np.ndarray, begins: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    return np.array(
        [plain(odds, *(units[begins[name] : begins[name + 1]].tolist() for name in pair)) for pair in pairs.tolist()]
    )


if __name__ == "__main__":
    main()
