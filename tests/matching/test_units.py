"""Names cut into units, compiled and plainly."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.matching.units import END, LONGEST, MOST, cut, names

NAMES = st.lists(st.text("abcdefghijklmnopqrstuvwxyz019", max_size=50), min_size=1, max_size=5)


def plainly(name):
    """The units of a name: from left to right the longest, those that end a name before others, doubles once."""
    known, found, place = set(names()), [], 0
    while place < len(name) and len(found) < MOST:
        if place and name[place] == name[place - 1] and name[place] not in "aeiou":
            place += 1
            continue
        unit, length = longest(known, name, place)
        found += [unit] if unit else []
        place += length
    return found


def longest(known, name, place):
    """The unit at a place, and how many letters it takes; "" for a letter that is none."""
    for length in range(min(LONGEST, len(name) - place), 0, -1):
        unit = name[place : place + length]
        if place and place + length == len(name) and END + unit in known:
            return END + unit, length
        if unit in known:
            return unit, length
    return "", 1


def compiled(texts):
    """The units of each of some names, as the compiled loop cuts them."""
    begins = np.cumsum([0, *map(len, texts)]).astype(np.uint32)
    found = cut(np.frombuffer("".join(texts).encode(), dtype=np.uint8), begins)
    units = [names()[number] for number in found.units]
    return [units[found.begins[place] : found.begins[place + 1]] for place in range(len(texts))]


class TestCut:
    @settings(deadline=None)  # the first example compiles
    @given(NAMES)
    def test_compiled_equals_plain(self, texts):
        assert compiled(texts) == [plainly(each) for each in texts]

    def test_doubled_consonants_are_one(self):
        assert compiled(["hassan"]) == compiled(["hasan"])
