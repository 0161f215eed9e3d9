"""The compiled search: which stored cores resemble what was asked?

For each form of a query a pool of cores is made, either all cores of its country, or those filed under its keys, or
those of records that the query points at. Of the pool the cores whose signatures agree most are kept; those are
aligned; and the best aligned are the answer. All loops are compiled and release the interpreter's lock.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from gazetteer.matching.alignment import evidence, likeness, own, scratch

Column = NDArray[Any]

POOL = 131_072  # cores of one form that are looked at
ALIGNED = 400  # cores of one form that are aligned: those whose signatures agree most
BEST = 40  # cores of one form that are the answer
LEVELS = 256  # steps that agreement is told apart by
SAME_SKELETON, NEAR_SKELETON = 64, 24  # what an equal skeleton, and one a deletion away, add to agreement


class Stored(NamedTuple):
    """The cores of a snapshot, as the compiled loops read them."""

    units: Column
    units_begins: Column
    signature: Column
    skeleton: Column
    text: Column
    text_begins: Column
    skeleton_text: Column
    skeleton_begins: Column


class Forms(NamedTuple):
    """The forms of the queries of a batch: units, letters, skeleton and signature of each, and its route.

    `near` are the skeletons one deletion away, by number, `skeleton` that of the form itself or -1.
    """

    units: Column
    units_begins: Column
    signature: Column
    text: Column
    text_begins: Column
    skeleton_text: Column
    skeleton_begins: Column
    skeleton: Column
    near: Column
    near_begins: Column
    route: Column


class Pools(NamedTuple):
    """A row for each pool: the form it is for, and its cores as ranges of `cores`."""

    form: Column
    cores: Column
    range_begins: Column
    first: Column
    last: Column


@njit(cache=True, nogil=True)
def best_cores(stored, forms, pools, odds):  # type: ignore[no-untyped-def]
    """The best aligned cores of each pool: which pool, and which core, best first."""
    count = len(pools.form)
    pool_of = np.empty(count * BEST, np.int64)
    core_of = np.empty(count * BEST, np.int64)
    marks = np.zeros(len(stored.skeleton_begins) - 1, np.uint8)
    pool = np.empty(POOL, np.int64)
    agreed = np.empty(POOL, np.uint8)
    close = np.empty(ALIGNED, np.int64)
    row, _ = scratch()
    total = 0
    for place in range(count):
        form = pools.form[place]
        mark(forms, form, marks, NEAR_SKELETON, SAME_SKELETON)
        size = agree(stored, forms, pools, place, marks, pool, agreed)
        mark(forms, form, marks, 0, 0)
        kept = most_agreeing(pool[:size], agreed[:size], close)
        begin = total
        query = forms.units[forms.units_begins[form] : forms.units_begins[form + 1]]
        table = odds[forms.route[form]]
        total = align(stored, table, query, close[:kept], row, core_of, begin)
        pool_of[begin:total] = place
    return pool_of[:total].copy(), core_of[:total].copy()


@njit(cache=True, nogil=True)
def mark(forms, form, marks, near, same):  # type: ignore[no-untyped-def]
    """Mark the skeletons that are worth more to a form."""
    for each in forms.near[forms.near_begins[form] : forms.near_begins[form + 1]]:
        marks[each] = near
    if forms.skeleton[form] >= 0:
        marks[forms.skeleton[form]] = same


@njit(cache=True, nogil=True)
def agree(stored, forms, pools, place, marks, pool, agreed):  # type: ignore[no-untyped-def]
    """The cores of a pool and how far their signatures agree with the form's (Dice 1945), in steps; how many."""
    form = pools.form[place]
    low, high = forms.signature[form, 0], forms.signature[form, 1]
    bits = ones(low) + ones(high)
    size = 0
    for each in range(pools.range_begins[place], pools.range_begins[place + 1]):
        for at in range(pools.first[each], pools.last[each]):
            if size == POOL:
                return size
            core = pools.cores[at]
            its_low, its_high = stored.signature[core, 0], stored.signature[core, 1]
            both = ones(low & its_low) + ones(high & its_high)
            value = 2 * both * (LEVELS - SAME_SKELETON - 1) // max(bits + ones(its_low) + ones(its_high), 1)
            pool[size] = core
            agreed[size] = value + marks[stored.skeleton[core]]
            size += 1
    return size


@njit(cache=True, nogil=True)
def ones(word):  # type: ignore[no-untyped-def]
    """How many bits of a 64-bit word are set (Warren 2012, figure 5-2)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def most_agreeing(pool, agreed, close):  # type: ignore[no-untyped-def]
    """The cores that agree most, as many as `close` has room for; of equal ones the earlier. How many."""
    counts = np.zeros(LEVELS + 1, np.int64)
    for value in agreed:
        counts[value] += 1
    least, above = LEVELS, 0
    while least > 0 and above + counts[least - 1] <= len(close):
        least -= 1
        above += counts[least]
    spare = len(close) - above  # room for some of those that agree just less
    kept = 0
    for place in range(len(pool)):
        if agreed[place] >= least or (agreed[place] == least - 1 and spare > 0):
            spare -= agreed[place] < least
            close[kept] = pool[place]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def align(stored, odds, query, close, row, core_of, begin):  # type: ignore[no-untyped-def]
    """Write the best aligned of some cores from `begin` on, best first; where they end."""
    values = np.full(BEST, -np.inf)
    mine = own(odds, query)
    end = begin
    for core in close:
        units = stored.units[stored.units_begins[core] : stored.units_begins[core + 1]]
        value = evidence(odds, query, units, row) / max(mine, own(odds, units), np.float32(1.0))
        if end - begin == BEST and value <= values[BEST - 1]:
            continue
        known = False
        for place in range(begin, end):
            known = known or core_of[place] == core
        if known:
            continue
        place = min(end - begin, BEST - 1)
        end = begin + place + 1
        while place > 0 and values[place - 1] < value:
            values[place] = values[place - 1]
            core_of[begin + place] = core_of[begin + place - 1]
            place -= 1
        values[place] = value
        core_of[begin + place] = core
    return end


@njit(cache=True, nogil=True)
def compared(stored, forms, form, core, odds):  # type: ignore[no-untyped-def]
    """How each pair of a form and a core compares: its evidence, that of either side against itself, and the
    likeness of letters and of consonants; a column each."""
    found = np.empty((5, len(form)), np.float64)
    row, masks = scratch()
    for place in range(len(form)):
        f, c = form[place], core[place]
        table = odds[forms.route[f]]
        query = forms.units[forms.units_begins[f] : forms.units_begins[f + 1]]
        units = stored.units[stored.units_begins[c] : stored.units_begins[c + 1]]
        s = stored.skeleton[c]
        found[0, place] = evidence(table, query, units, row)
        found[1, place] = own(table, query)
        found[2, place] = own(table, units)
        found[3, place] = likeness(
            forms.text[forms.text_begins[f] : forms.text_begins[f + 1]],
            stored.text[stored.text_begins[c] : stored.text_begins[c + 1]],
            masks,
        )
        found[4, place] = likeness(
            forms.skeleton_text[forms.skeleton_begins[f] : forms.skeleton_begins[f + 1]],
            stored.skeleton_text[stored.skeleton_begins[s] : stored.skeleton_begins[s + 1]],
            masks,
        )
    return found


@njit(cache=True, nogil=True)
def best_of_each(stored, forms, form, begins, cores, odds):  # type: ignore[no-untyped-def]
    """For each form the most that one of its cores has in common with it, as a share of the mean of both sides."""
    found = np.zeros(len(form), np.float64)
    row, _ = scratch()
    for place in range(len(form)):
        table = odds[forms.route[form[place]]]
        query = forms.units[forms.units_begins[form[place]] : forms.units_begins[form[place] + 1]]
        mine = own(table, query)
        for core in cores[begins[place] : begins[place + 1]]:
            units = stored.units[stored.units_begins[core] : stored.units_begins[core + 1]]
            both = max(mine + own(table, units), np.float32(1.0))
            found[place] = max(found[place], 2.0 * evidence(table, query, units, row) / both)
    return found
