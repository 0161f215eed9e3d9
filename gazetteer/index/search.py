"""The compiled search: which stored cores resemble what was asked?

For each form of a query a pool of cores is made, either all cores of its country, or those filed under its keys, or
those of records that the query points at. Of the pool the cores whose signatures agree most are kept
(`gazetteer.index.sieve`); those are aligned, in a country no more than it takes; and the best aligned are the answer.
All loops are compiled and release the interpreter's lock; what they write on is their own, so that threads may run
them at once.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.sieve import agree, marked, most, same, to_front
from gazetteer.matching.alignment import WORD, evidence, own, scratch
from gazetteer.matching.compiled import compiled, ones

Column = NDArray[Any]

POOL = 131_072  # cores of one form that are looked at
AGREEING = 400  # cores of one form that may be aligned: those whose signatures agree most
FIRST = 64  # of a country's cores those that are aligned first, …
GOOD = 0.8  # … and how well the best of them must be for the others to be left
BEST = 40  # cores of one form that are the answer
SAME_SKELETON, NEAR_SKELETON = 64, 24  # what an equal skeleton, and in the world one near, add to agreement


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
    """A row for each pool: the form it is for, and its cores as ranges of lists; a row for each range.

    `source` tells which of `lists` a range is of. A pool that is `merged` has each core once, in order of number, those
    of `weak` ranges only where two of them have it.
    `turns` is the order to take them in: pools over the same cores, which are in the processor's cache then, together.
    """

    turns: Column
    form: Column
    merged: Column
    range_begins: Column
    source: Column
    weak: Column
    first: Column
    last: Column
    lists: tuple[Column, ...]


@compiled
def best_cores(stored, forms, pools, odds):  # type: ignore[no-untyped-def]
    """The best aligned cores of each pool: which pool, which core, and how well it is aligned, best first.

    That is the evidence as a share of what there is to win, for the side that has more. Of a country all cores are
    looked at, and what agrees most is mostly what is meant; in the world a great name far off may yet be meant.
    """
    found = np.empty((len(pools.form), BEST), np.int64)
    value = np.empty((len(pools.form), BEST), np.float32)
    count = np.zeros(len(pools.form), np.int64)
    marks = np.zeros(len(stored.skeleton_begins) - 1, np.uint8)
    there = np.zeros(len(stored.skeleton) // WORD + 1, np.uint64)
    once = np.zeros_like(there)
    pool = np.empty(POOL, np.uint32)
    low, high = np.empty(POOL, np.uint64), np.empty(POOL, np.uint64)
    skeleton = np.empty(POOL, np.uint32)
    agreed = np.empty(POOL, np.uint8)
    places = np.empty(POOL, np.int64)
    later = np.empty(AGREEING, np.int64)
    row, _ = scratch()
    size, before = 0, -1
    for place in pools.turns:
        form = pools.form[place]
        if before < 0 or not same_cores(pools, place, before):
            size = merged(pools, place, there, once, pool) if pools.merged[place] else listed(pools, place, pool)
            lay_out(stored, pool[:size], low, high, skeleton)
        before = place
        agree(forms.signature[form], low[:size], high[:size], agreed)
        if forms.near_begins[form] < forms.near_begins[form + 1]:
            mark(forms, form, marks, NEAR_SKELETON, SAME_SKELETON)
            marked(marks, skeleton[:size], agreed)
            mark(forms, form, marks, 0, 0)
        elif forms.skeleton[form] >= 0:
            same(np.uint32(forms.skeleton[form]), np.uint8(SAME_SKELETON), skeleton[:size], agreed)
        kept = most(agreed[:size], AGREEING, places)
        first = kept if pools.merged[place] else to_front(agreed, places[:kept], FIRST, later)
        close = pool[places[:kept]]
        query = forms.units[forms.units_begins[form] : forms.units_begins[form + 1]]
        table = odds[forms.route[form]]
        count[place] = align(stored, table, query, close[:first], row, found[place], value[place], 0)
        if first < kept and value[place, 0] < GOOD:
            count[place] = align(stored, table, query, close[first:], row, found[place], value[place], count[place])
    return in_a_row(found, value, count)


@compiled
def in_a_row(found, value, count):  # type: ignore[no-untyped-def]
    """What was found, row by row, as many of each as there are: the row of each, the number and the value."""
    row_of = np.empty(count.sum(), np.int64)
    numbers = np.empty(len(row_of), np.int64)
    values = np.empty(len(row_of), np.float32)
    end = 0
    for row in range(len(count)):
        row_of[end : end + count[row]] = row
        numbers[end : end + count[row]] = found[row, : count[row]]
        values[end : end + count[row]] = value[row, : count[row]]
        end += count[row]
    return row_of, numbers, values


@compiled
def listed(pools, place, pool):  # type: ignore[no-untyped-def]
    """Write the cores of all ranges of a pool, as many as there is room for; how many."""
    size = 0
    for each in range(pools.range_begins[place], pools.range_begins[place + 1]):
        cores = pools.lists[pools.source[each]][pools.first[each] : pools.last[each]][: len(pool) - size]
        pool[size : size + len(cores)] = cores
        size += len(cores)
    return size


@compiled
def merged(pools, place, there, once, pool):  # type: ignore[no-untyped-def]
    """Write the cores of all ranges of a pool, each once, in order, as many as there is room for; how many.

    `there` and `once` are scratch of a bit for each core, all zeros, and zeros again afterwards.
    """
    for each in range(pools.range_begins[place], pools.range_begins[place + 1]):
        weak = pools.weak[each]
        for core in pools.lists[pools.source[each]][pools.first[each] : pools.last[each]]:
            word, bit = core >> np.uint32(6), np.uint64(1) << np.uint64(core & np.uint32(63))
            if weak:
                there[word] |= once[word] & bit
                once[word] |= bit
            else:
                there[word] |= bit
    size = 0
    for word in range(len(there)):
        bits = there[word]
        there[word] = once[word] = 0
        while bits and size < len(pool):
            below = (bits & (~bits + np.uint64(1))) - np.uint64(1)  # those beneath the lowest that is set
            pool[size] = word * WORD + np.int64(ones(below))
            size += 1
            bits &= bits - np.uint64(1)
    return size


@compiled
def mark(forms, form, marks, near, same):  # type: ignore[no-untyped-def]
    """Mark the skeletons that are worth more to a form."""
    for each in forms.near[forms.near_begins[form] : forms.near_begins[form + 1]]:
        marks[each] = near
    if forms.skeleton[form] >= 0:
        marks[forms.skeleton[form]] = same


@compiled
def same_cores(pools, place, other):  # type: ignore[no-untyped-def]
    """Whether two pools are of the same ranges, as those of one country are."""
    first, second = pools.range_begins[place], pools.range_begins[other]
    count = pools.range_begins[place + 1] - first
    if pools.merged[place] != pools.merged[other] or pools.range_begins[other + 1] - second != count:
        return False
    for each in range(count):
        here, there = first + each, second + each
        if pools.source[here] != pools.source[there]:
            return False
        if pools.first[here] != pools.first[there] or pools.last[here] != pools.last[there]:
            return False
    return True


@compiled
def lay_out(stored, pool, low, high, skeleton):  # type: ignore[no-untyped-def]
    """Write the signature and the skeleton of each core of a pool side by side: read in a row they cost a tenth."""
    for place in range(len(pool)):
        low[place] = stored.signature[pool[place], 0]
        high[place] = stored.signature[pool[place], 1]
        skeleton[place] = stored.skeleton[pool[place]]


@compiled
def align(stored, odds, query, close, row, best, values, size):  # type: ignore[no-untyped-def]
    """Write the best aligned of some cores among those that are there, best first, as many as there is room for.

    How many there are; `size` were there before.
    """
    mine = own(odds, query)
    units, begins = units_of(stored, close)
    for at in range(len(close)):
        its = units[begins[at] : begins[at + 1]]
        value = evidence(odds, query, its, row) / max(mine, own(odds, its), np.float32(1.0))
        if (size == len(best) and value <= values[size - 1]) or close[at] in best[:size]:
            continue
        place = min(size, len(best) - 1)
        size = place + 1
        while place > 0 and values[place - 1] < value:
            values[place] = values[place - 1]
            best[place] = best[place - 1]
            place -= 1
        values[place] = value
        best[place] = close[at]
    return size


@compiled
def units_of(stored, cores):  # type: ignore[no-untyped-def]
    """The units of some cores side by side, and where those of each begin.

    Read before they are aligned: so the processor waits for many scattered cores at once, not for one after the other.
    """
    begins = np.zeros(len(cores) + 1, np.int64)
    for at in range(len(cores)):
        begins[at + 1] = begins[at] + stored.units_begins[cores[at] + 1] - stored.units_begins[cores[at]]
    units = np.empty(begins[-1], np.uint8)
    for at in range(len(cores)):
        first = np.int64(stored.units_begins[cores[at]]) - begins[at]
        for place in range(begins[at], begins[at + 1]):
            units[place] = stored.units[first + place]
    return units, begins
