"""Grapheme units: a romanised name cut into the groups of letters that stand for one sound.

The table is `data/units.tsv`. A name is cut from left to right, the longest unit first, into a row of bytes: the number
of each unit, from 1; 0 stays for the gap of an alignment.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.errors import BadData
from gazetteer.matching.compiled import compiled
from gazetteer.text.tables import table

FILE = "units.tsv"
END = "$"  # stands before a unit that ends a name
LONGEST = 4  # letters of a unit
SIDES = 37  # a-z, 0-9, and nothing
MOST = 40  # units of a name that are compared: what follows tells nothing more
BITS = 128  # of a signature


class Units(NamedTuple):
    """The table as arrays: the codes of all units in order, the number of each, and the letter of its level.

    `level` is indexed by number; its first entry, the gap's, means nothing.
    """

    code: NDArray[np.int64]
    number: NDArray[np.uint8]
    level: NDArray[np.uint8]


class Cut(NamedTuple):
    """Many names as units: all numbers, where each name begins, and the signature of each (two 64-bit words)."""

    units: NDArray[np.uint8]
    begins: NDArray[np.uint32]
    signature: NDArray[np.uint64]


@cache
def names() -> tuple[str, ...]:
    """The units in the order of their numbers; the gap first, as an empty text."""
    return ("", *(unit for unit, _, _ in table(FILE, "unit", "level", "example")))


@cache
def units() -> Units:
    """The table, ready for cutting; BadData where it has a unit that no name can have."""
    rows = table(FILE, "unit", "level", "example")
    for unit, level, _ in rows:
        if not 0 < len(unit.removeprefix(END)) <= LONGEST or len(level) != 1:
            raise BadData(f"{FILE}: {unit!r} is not 1 to {LONGEST} letters with a level of one")
    codes = np.array([code_of(unit) for unit, _, _ in rows], dtype=np.int64)
    order = np.argsort(codes)
    levels = np.frombuffer(b"\0" + "".join(level for _, level, _ in rows).encode(), dtype=np.uint8)
    return Units(codes[order], (order + 1).astype(np.uint8), levels)


def code_of(unit: str) -> int:
    """A unit as a number: its letters to base 37, then whether it must end a name."""
    value = 0
    for letter in unit.removeprefix(END):
        value = value * SIDES + int(SIDE[ord(letter)])
    return value * 2 + unit.startswith(END)


def sides() -> NDArray[np.int64]:
    """The digit to base 37 of each byte; 0 for bytes that no romanised name has."""
    found = np.zeros(256, dtype=np.int64)
    found[ord("a") : ord("z") + 1] = np.arange(1, 27)
    found[ord("0") : ord("9") + 1] = np.arange(27, SIDES)
    return found


SIDE = sides()
VOWELS = np.isin(np.arange(256), [ord(each) for each in "aeiou"])


def cut(letters: NDArray[np.uint8], begins: NDArray[np.uint32]) -> Cut:
    """Cut many romanised names: `letters` are their bytes one after the other, `begins` where each begins."""
    known = units()
    numbers, ends = cut_all(letters, begins, known.code, known.number, SIDE, VOWELS)
    return Cut(numbers, ends, signatures(numbers, ends, known.level))


@compiled
def cut_all(letters, begins, codes, numbers, side, vowels):  # type: ignore[no-untyped-def]
    """The numbers of the units of all names, and where those of each begin."""
    found = np.empty(len(letters), np.uint8)
    ends = np.zeros(len(begins), np.uint32)
    total = 0
    for name in range(len(begins) - 1):
        first, last = begins[name], begins[name + 1]
        place, here = np.int64(first), 0
        while place < last and here < MOST:
            if place > first and letters[place] == letters[place - 1] and not vowels[letters[place]]:
                place += 1
                continue
            number, length = longest(letters, place, first, last, codes, numbers, side)
            if number:
                found[total] = number
                total += 1
                here += 1
            place += length
        ends[name + 1] = total
    return found[:total].copy(), ends


@compiled
def longest(letters, place, first, last, codes, numbers, side):  # type: ignore[no-untyped-def]
    """The longest unit at a place, and its length; number 0 where the letter is none."""
    for length in range(min(LONGEST, last - place), 0, -1):
        value = 0
        for step in range(length):
            value = value * SIDES + side[letters[place + step]]
        ending = place + length == last and place > first
        for final in range(1 if ending else 0, -1, -1):
            at = np.searchsorted(codes, value * 2 + final)
            if at < len(codes) and codes[at] == value * 2 + final:
                return numbers[at], length
    return np.uint8(0), 1


@compiled
def signatures(numbers, begins, level):  # type: ignore[no-untyped-def]
    """Which levelled letters and pairs of them each name has, as 128 bits; its ends count as letters."""
    found = np.zeros((len(begins) - 1, 2), np.uint64)
    for name in range(len(begins) - 1):
        before = 0
        for place in range(begins[name], begins[name + 1]):
            here = int(level[numbers[place]])
            if here == before:
                continue
            mark(found, name, here * 7)
            mark(found, name, before * 131 + here)
            before = here
        mark(found, name, before * 131)
    return found


@compiled
def mark(found, name, value):  # type: ignore[no-untyped-def]
    """Set the bit that a letter or pair falls on (Fibonacci hashing, Knuth 1973, 6.4)."""
    bit = ((value * 2654435761) & 0xFFFFFFFF) >> 25
    found[name, bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
