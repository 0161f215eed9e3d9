"""Small operations on arrays that building and searching share."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Arrays = dict[str, Column]


def distinct(values: Column) -> Column:
    """The distinct values in order; by sorting, for `numpy.unique` hashes integers, five times as slow on millions."""
    ordered = np.sort(values)
    if len(ordered) < 2:
        return ordered
    return np.asarray(ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))])


def expand(begins: Column, places: Column) -> tuple[Column, Column]:
    """All members of the lists at `places`: which place each belongs to, and where it stands."""
    first = begins[places].astype(np.int64)
    length = begins[places + 1].astype(np.int64) - first
    ends = np.cumsum(length)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - length, length)
    return np.repeat(np.arange(len(places)), length), np.repeat(first, length) + within


def flatten(lists: Sequence[Sequence[int]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Lists of different lengths as (where each begins, all values)."""
    begins = np.zeros(len(lists) + 1, dtype=np.uint32)
    np.cumsum([len(each) for each in lists], out=begins[1:])
    return begins, np.fromiter(chain.from_iterable(lists), dtype=np.uint32, count=int(begins[-1]))
