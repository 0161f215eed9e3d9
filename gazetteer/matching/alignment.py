"""Learned alignment: how much the letters of two names speak for one name rather than for two.

Two names are aligned unit by unit (`gazetteer.matching.units`). Each step of an alignment, a unit kept, exchanged,
dropped or added, has log-odds: how likely it is between two spellings of one name, against how likely the units are to
stand there by chance. The evidence of a pair is that of its best alignment: a stochastic edit distance (Ristad &
Yianilos 1998) as a likelihood ratio (Fellegi & Sunter 1969), so that a rare letter kept says more than a common one,
and a vowel lost in Arabic costs little. The log-odds are learnt by expectation-maximisation from pairs of spellings of
one record (`training/alignment.py`), once for each route, that is for each script the query may be written in, and for
Latin letters where they write Arabic names: "Mushayrifah" is "Msherfa" there, and -iyah -ia, -eya or -iye.

Compiled with numba: the same loop takes some 400 times as long in Python (`benchmarks/alignment.py`).
"""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.errors import BadData
from gazetteer.matching.compiled import compiled
from gazetteer.matching.units import MOST, names
from gazetteer.text.readings import ARABIC
from gazetteer.text.tables import table

FILE = "alignment.npz"
ROUTES = "routes.tsv"
OTHER = "other"
LATIN_ROUTE, ARABIC_LATIN = "Latn", "Latn of Arabic"
GAP = 0
WORD = 64  # letters that one machine word compares at once


class Alignment(NamedTuple):
    """The learnt log-odds: route, unit of the query or gap, unit of the stored name or gap."""

    routes: tuple[str, ...]
    odds: NDArray[np.float32]


@cache
def alignment() -> Alignment:
    """What was learnt; BadData where it was learnt of other units than those of today."""
    with files("gazetteer").joinpath("data", FILE).open("rb") as stream, np.load(stream) as arrays:
        learnt = tuple(arrays["units"].tolist())
        found = Alignment(tuple(arrays["routes"].tolist()), arrays["odds"].astype(np.float32))
    if learnt != names():
        raise BadData(f"{FILE} was learnt of other units than those of units.tsv: `make train` learns it anew")
    return found


@cache
def route(script: str, country: str | None = None) -> int:
    """The number of the route of a script (ISO 15924) where names of a country are asked for, or of any."""
    return alignment().routes.index(route_name(script, country))


def route_name(script: str, country: str | None = None) -> str:
    """The route of a script, as `routes.tsv` has it; Latin letters have one of their own where names are Arabic."""
    found = routes().get(script, OTHER)
    return ARABIC_LATIN if found == LATIN_ROUTE and country in ARABIC else found


@cache
def routes() -> dict[str, str]:
    """Script to route."""
    return {script: name for script, name, _ in table(ROUTES, "script", "route", "example")}


def plain(odds: NDArray[np.float32], query: Any, stored: Any) -> float:
    """The evidence of one pair in log-odds: the plain path, which the compiled one must agree with."""
    best = np.zeros((len(query) + 1, len(stored) + 1))
    for i in range(len(query) + 1):
        for j in range(len(stored) + 1):
            steps = [0.0] if i == j == 0 else []
            if i:
                steps.append(best[i - 1, j] + odds[query[i - 1], GAP])
            if j:
                steps.append(best[i, j - 1] + odds[GAP, stored[j - 1]])
            if i and j:
                steps.append(best[i - 1, j - 1] + odds[query[i - 1], stored[j - 1]])
            best[i, j] = max(steps)
    return float(best[-1, -1])


@compiled
def evidence(odds, query, stored, row):  # type: ignore[no-untyped-def]
    """The evidence of one pair in log-odds; `row` is scratch of MOST + 1 numbers."""
    added = odds[GAP]
    row[0] = 0.0
    for j in range(len(stored)):
        row[j + 1] = row[j] + added[stored[j]]
    for unit in query:
        kept, dropped = odds[unit], odds[unit, GAP]
        diagonal = row[0]
        left = diagonal + dropped
        row[0] = left
        for j in range(len(stored)):
            best, above = diagonal + kept[stored[j]], row[j + 1]
            diagonal = above
            left = max(left + added[stored[j]], best, above + dropped)
            row[j + 1] = left
    return row[len(stored)]


@compiled
def own(odds, name):  # type: ignore[no-untyped-def]
    """The evidence of a name against itself: what there is to win."""
    total = np.float32(0.0)
    for unit in name:
        total += odds[unit, unit]
    return total


@compiled
def likeness(query, stored, masks):  # type: ignore[no-untyped-def]
    """The normalised Indel similarity of two texts of at most 64 letters: twice their longest common subsequence.

    Bit-parallel (Hyyrö 2004); `masks` is scratch of 256 zeros, and zeros again afterwards.
    """
    query, stored = query[:WORD], stored[:WORD]
    if len(query) + len(stored) == 0:
        return 1.0
    one = np.uint64(1)
    for place in range(len(query)):
        masks[query[place]] |= one << np.uint64(place)
    state = ~np.uint64(0)
    for letter in stored:
        met = state & masks[letter]
        state = (state + met) | (state - met)
    common = 0
    for place in range(len(query)):
        common += not (state >> np.uint64(place)) & one
        masks[query[place]] = np.uint64(0)
    return 2.0 * common / (len(query) + len(stored))


@compiled
def scratch():  # type: ignore[no-untyped-def]
    """What `evidence` and `likeness` write on."""
    return np.empty(MOST + 1, np.float32), np.zeros(256, np.uint64)
