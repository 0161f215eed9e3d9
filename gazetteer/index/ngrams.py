"""Trigrams of cores: the last resort where neither consonants nor sounds agree.

A core is padded at both ends, so that its first and last letters weigh as in Kukich 1992 and pg_trgm.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.arrays import distinct

SIDES = 37  # a-z, 0-9, and the padding
CODES = SIDES**3  # less than 2**16
BLOCK = 100_000  # cores at a time: their trigrams take much memory before each is kept once

_SIDE = np.zeros(256, dtype=np.int64)
_SIDE[ord("a") : ord("z") + 1] = np.arange(1, 27)
_SIDE[ord("0") : ord("9") + 1] = np.arange(27, 37)


def trigrams(cores: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The trigram codes of many cores: the place of the core of each, and the code; those that recur as often."""
    padded = [f" {core} ".encode("ascii", "replace") for core in cores]
    sides = _SIDE[np.frombuffer(bytearray().join(padded), dtype=np.uint8)]
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    owner = np.repeat(np.arange(len(padded)), lengths)
    codes = (sides[:-2] * SIDES + sides[1:-1]) * SIDES + sides[2:]
    whole = owner[:-2] == owner[2:]  # a window over the end of one core and the begin of the next is none
    return owner[:-2][whole], codes[whole]


def postings_of_trigrams(cores: Sequence[str]) -> dict[str, NDArray[Any]]:
    """For each trigram code, where its cores begin, and the cores in order; made block by block."""
    codes = [np.zeros(0, dtype=np.uint16)]
    owners = [np.zeros(0, dtype=np.uint32)]
    for begin in range(0, len(cores), BLOCK):
        owner, code = trigrams(cores[begin : begin + BLOCK])
        pairs = distinct(owner.astype(np.uint64) << np.uint64(16) | code.astype(np.uint64))
        codes.append((pairs & np.uint64(0xFFFF)).astype(np.uint16))
        owners.append((pairs >> np.uint64(16)).astype(np.uint32) + np.uint32(begin))
    code, owner = np.concatenate(codes), np.concatenate(owners)
    begins = np.concatenate([[0], np.cumsum(np.bincount(code, minlength=CODES))])
    return {
        "trigram_begins": begins.astype(np.uint32),
        "trigram_core": owner[np.argsort(code, kind="stable")],
    }
