"""Names to ask: spellings that a snapshot holds, spellings that it does not, and nonsense, all from a seed."""

import random
from dataclasses import dataclass

import numpy as np

from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.keys import key
from gazetteer.text.tokens import analyse

SYLLABLES = ["ba", "dor", "kha", "zun", "ti", "mel", "qos", "vri", "ghan", "sul", "pre", "yof"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name with the country it is of."""

    name: str
    country: str


def seen(snapshot: Snapshot, count: int, chance: random.Random) -> list[Asked]:
    """Spellings that the snapshot holds."""
    places = np.flatnonzero(snapshot.entities.country[snapshot.names.entity] > 0)
    chosen = [int(places[chance.randrange(len(places))]) for _ in range(count)]
    return [Asked(snapshot.names.text[each], country_of(snapshot, each)) for each in chosen]


def country_of(snapshot: Snapshot, name: int) -> str:
    """The country of the record that a name is of."""
    return str(snapshot.countries[snapshot.entities.country[snapshot.names.entity[name]]])


def unseen(snapshot: Snapshot, count: int, chance: random.Random) -> list[Asked]:
    """Spellings one or two letters away from those that the snapshot holds, and not held themselves."""
    found: list[Asked] = []
    while len(found) < count:
        altered = [Asked(alter(each.name, chance), each.country) for each in seen(snapshot, count, chance)]
        keys = np.array([key(analyse(each.name).folded) for each in altered], dtype=np.uint64)
        known = set(snapshot.exact.places(keys)[0].tolist())
        found += [each for place, each in enumerate(altered) if place not in known and each.name.strip()]
    return found[:count]


def alter(name: str, chance: random.Random) -> str:
    """A name with a letter or two dropped, doubled, exchanged with the next, or another vowel."""
    letters = list(name)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(letters)) if letters else 0
        what = chance.randrange(4)
        if what == 0 and len(letters) > 3:
            del letters[place]
        elif what == 1 and letters:
            letters.insert(place, letters[place])
        elif what == 2 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif letters and letters[place].lower() in "aeiou":
            letters[place] = chance.choice("aeiou")
    return "".join(letters)


def nothing(count: int, chance: random.Random) -> list[Asked]:
    """Names of no place."""
    return [
        Asked("".join(chance.choice(SYLLABLES) for _ in range(chance.randint(3, 5))).title(), "IQ")
        for _ in range(count)
    ]
