"""Pairs of spellings of one record, to learn from: each spelling with the one of its record that is most like it.

Records of the countries that the benchmark's places lie in are left out, all of them, so that nothing is learnt
from a record that results are judged on. How Arabic is written in Latin letters is learnt from the other countries
where it is spoken, and from words and names of persons with their Arabic spelling.
"""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.alignment import ARABIC_LATIN, route_name
from gazetteer.text.readings import ARABIC
from gazetteer.text.scripts import LATIN, script_of
from gazetteer.text.tokens import analyse

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
ARABIC_SCRIPT = "Arab"
ALIKE = 0.5  # likeness under which two names of a record are two names, not two spellings
NAMES = 60  # names of a record that are read
DRAWN = 10  # its Latin spellings that are asked, drawn at random
ENOUGH = 60_000  # pairs of a script
WORDS = ("netranslit_coling2018_en_ar.tsv", "google_ar2en.tsv")  # of words and persons: Latin spelling, Arabic spelling
OF_WORDS = 0.2  # what a pair of those counts: there are three times as many as of places

Pair = tuple[str, str, str]


def pairs(snapshot: Snapshot, chance: random.Random) -> Counter[Pair]:
    """How often each (route, spelling asked, most alike spelling of its record) occurs."""
    found: Counter[Pair] = Counter()
    asked: Counter[str] = Counter()
    judged = numbers(snapshot, JUDGED)
    for spellings in records(snapshot, np.flatnonzero(~np.isin(snapshot.entities.country, judged))):
        for place, (script, cores) in drawn(spellings, chance):
            if asked[script] >= ENOUGH:
                continue
            pair = most_alike(cores, others(spellings, place))
            if pair:
                found[(route_name(script), *pair)] += 1
                asked[script] += 1
    return found


def arabic_pairs(snapshot: Snapshot, folder: Path) -> Counter[Pair]:
    """How Arabic names are spelled in Latin letters: against other spellings, and against the Arabic one."""
    found: Counter[Pair] = Counter()
    countries = numbers(snapshot, ARABIC - JUDGED)
    for spellings in records(snapshot, np.flatnonzero(np.isin(snapshot.entities.country, countries))):
        for place, (script, cores) in enumerate(spellings):
            if script == LATIN:
                alike = (
                    most_alike(cores, others(spellings, place)),
                    most_alike(cores, others(spellings, place, ARABIC_SCRIPT)),
                )
                found.update((ARABIC_LATIN, *pair) for pair in alike if pair)
    for pair in words(folder):
        found[pair] += OF_WORDS  # type: ignore[assignment]
    return found


def words(folder: Path) -> Iterator[Pair]:
    """Words and names of persons in Latin letters, each with its Arabic spelling as it is romanised; each pair once."""
    seen = set()
    for file in WORDS:
        for line in (folder / file).read_text(encoding="utf-8").splitlines()[1:]:
            latin, arabic = (analyse(cell).core for cell in line.split("\t")[:2])
            pair = (ARABIC_LATIN, latin, arabic)
            if latin and arabic and pair not in seen:
                seen.add(pair)
                yield pair


def numbers(snapshot: Snapshot, codes: frozenset[str]) -> list[int]:
    """The numbers of countries in a snapshot."""
    return [snapshot.country_number[code] for code in sorted(codes) if code in snapshot.country_number]


def records(snapshot: Snapshot, chosen: np.ndarray) -> Iterator[list[tuple[str, list[str]]]]:
    """The spellings of each of some records that has several: script and cores of each."""
    cores_of = cores_by_name(snapshot)
    entities, names = snapshot.entities, snapshot.names
    for entity in chosen.tolist():
        begin, end = int(entities.names[entity]), int(entities.names[entity + 1])
        if end - begin > 1:
            yield [(script_of(names.text[name]), cores_of(name)) for name in range(begin, min(end, begin + NAMES))]


def others(spellings: list[tuple[str, list[str]]], place: int, script: str | None = None) -> list[str]:
    """The cores of the spellings but one, or of those in one script."""
    return [
        core
        for other, (its, cores) in enumerate(spellings)
        if other != place and script in (None, its)
        for core in cores
    ]


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
    latin = [each for each in numbered if each[1][0] == LATIN]
    chance.shuffle(latin)
    return [each for each in numbered if each[1][0] != LATIN] + latin[:DRAWN]


def most_alike(cores: list[str], others: list[str]) -> tuple[str, str] | None:
    """The two that are most alike, one of each side; None where none are alike."""
    best, found = ALIKE, None
    for core in cores:
        for other in others:
            value = Indel.normalized_similarity(core, other, score_cutoff=best)
            if value > best or (found is None and value >= best):
                best, found = value, (core, other)
    return found
