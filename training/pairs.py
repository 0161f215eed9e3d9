"""Pairs of spellings of one record, to learn from: each spelling with the one of its record that is most like it.

Records of the countries that the benchmark's places lie in are left out, all of them, so that nothing is learnt
from a record that results are judged on.
"""

import random
from collections import Counter
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import Indel

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.alignment import route_name
from gazetteer.text.scripts import script_of

JUDGED = frozenset(
    (
        "AF",
        "EG",
        "ET",
        "GE",
        "GR",
        "IL",
        "IQ",
        "IR",
        "JP",
        "KR",
        "LB",
        "LY",
        "MM",
        "PS",
        "RS",
        "SD",
        "SY",
        "TH",
        "UA",
        "YE",
    )
)
ALIKE = 0.5  # likeness under which two names of a record are two names, not two spellings
NAMES = 60  # names of a record that are read
LATIN = 10  # its Latin spellings that are asked, drawn at random
ENOUGH = 60_000  # pairs of a script

Pair = tuple[str, str, str]


def pairs(snapshot: Snapshot, chance: random.Random) -> Counter[Pair]:
    """How often each (route, spelling asked, most alike spelling of its record) occurs."""
    found: Counter[Pair] = Counter()
    asked: Counter[str] = Counter()
    for spellings in records(snapshot):
        for place, (script, cores) in drawn(spellings, chance):
            if asked[script] >= ENOUGH:
                continue
            others = [core for other, (_, theirs) in enumerate(spellings) if other != place for core in theirs]
            pair = most_alike(cores, others)
            if pair:
                found[(route_name(script), *pair)] += 1
                asked[script] += 1
    return found


def records(snapshot: Snapshot) -> Iterator[list[tuple[str, list[str]]]]:
    """The spellings of each record that may be learnt from: script and cores of each."""
    cores_of = cores_by_name(snapshot)
    entities, names = snapshot.entities, snapshot.names
    judged = [snapshot.country_number[code] for code in JUDGED if code in snapshot.country_number]
    for entity in np.flatnonzero(~np.isin(entities.country, judged)).tolist():
        begin, end = int(entities.names[entity]), int(entities.names[entity + 1])
        if end - begin > 1:
            yield [(script_of(names.text[name]), cores_of(name)) for name in range(begin, min(end, begin + NAMES))]


def cores_by_name(snapshot: Snapshot):  # type: ignore[no-untyped-def]
    """A function from a name to its cores."""
    cores = snapshot.cores
    owner = np.repeat(np.arange(len(cores.text)), np.diff(cores.name_begins.astype(np.int64)))
    order = np.argsort(cores.name, kind="stable")
    core = owner[order]
    begins = np.searchsorted(cores.name[order], np.arange(len(snapshot.names.text) + 1))
    return lambda name: cores.text.take(core[begins[name] : begins[name + 1]])


def drawn(spellings: list[tuple[str, list[str]]], chance: random.Random) -> list[tuple[int, tuple[str, list[str]]]]:
    """The spellings to ask: all of other scripts, and some Latin ones, of which there are most."""
    numbered = list(enumerate(spellings))
    latin = [each for each in numbered if each[1][0] == "Latn"]
    chance.shuffle(latin)
    return [each for each in numbered if each[1][0] != "Latn"] + latin[:LATIN]


def most_alike(cores: list[str], others: list[str]) -> tuple[str, str] | None:
    """The two that are most alike, one of each side; None where none are alike."""
    best, found = ALIKE, None
    for core in cores:
        for other in others:
            value = Indel.normalized_similarity(core, other, score_cutoff=best)
            if value > best or (found is None and value >= best):
                best, found = value, (core, other)
    return found
