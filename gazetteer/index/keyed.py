"""Names and cores with their keys, as columns: made of many texts at once, and held without an object for each."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.index.arrays import Column
from gazetteer.index.parallel import spread
from gazetteer.matching.keys import Loose, Spelling, deletions, key, loosen, script_bit, spell

Done = Callable[[int], None]  # hears how many so far
Words = NDArray[np.uint64]


class Keyed(NamedTuple):
    """What makes keys of a name and of a core; who files the same again and again may remember."""

    spell: Callable[[str], Spelling] = spell
    loosen: Callable[[str], Loose] = loosen


FRESH = Keyed()


class Spelled(NamedTuple):
    """The keys of texts, a row each; `core` are the numbers of their cores, those of a text from where it `begins`."""

    exact: Words
    concepts: Words
    modifiers: Words
    scripts: Words
    begins: NDArray[np.int64]
    core: NDArray[np.int64]


class Loosened(NamedTuple):
    """What cores share with others: the number of the skeleton of each, and the key of its sound, 0 for none."""

    skeleton: NDArray[np.int64]
    sound: Words


def spelled(texts: Sequence[str], keyed: Keyed, done: Done) -> tuple[Spelled, list[str]]:
    """The keys of all texts, and their distinct cores in the order of their numbers."""
    number: dict[str, int] = {}
    parts: list[Sequence[Column]] = [
        (*columns, numbered(cores, number)) for columns, cores in spread(partial(spell_all, keyed.spell), texts, done)
    ]
    exact, concepts, modifiers, scripts, counts, core = joined(parts, 6)
    begins = np.concatenate([[0], np.cumsum(counts.astype(np.int64))])
    return Spelled(exact, concepts, modifiers, scripts, begins, core.astype(np.int64)), list(number)


def spell_all(spell: Callable[[str], Spelling], texts: Sequence[str]) -> tuple[list[Column], list[str]]:
    """A piece of texts: the columns of a `Spelled`, with the count of the cores of each, and the cores."""
    made = [spell(each) for each in texts]
    columns = [
        words(each.exact for each in made),
        words(each.concepts for each in made),
        words(each.modifiers for each in made),
        words(script_bit(each.script) for each in made),
        words(len(each.cores) for each in made),
    ]
    return columns, list(chain.from_iterable(each.cores for each in made))


def loosened(cores: Sequence[str], keyed: Keyed, done: Done) -> tuple[Loosened, list[str], Words]:
    """What cores share with others; the distinct skeletons in the order of their numbers, that of their keys; those."""
    number: dict[str, int] = {}
    parts = [
        (sound, numbered(skeletons, number))
        for sound, skeletons in spread(partial(loosen_all, keyed.loosen), cores, done)
    ]
    sound, skeleton = joined(parts, 2)
    texts = list(number)
    keys = words(map(key, texts))
    order = np.argsort(keys, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Loosened(place[skeleton.astype(np.int64)], sound), [texts[at] for at in order.tolist()], keys[order]


def loosen_all(loosen: Callable[[str], Loose], cores: Sequence[str]) -> tuple[Words, list[str]]:
    """A piece of cores: the keys of their sounds, and their skeletons."""
    made = [loosen(each) for each in cores]
    return words(key(each.phonetic) if each.phonetic else 0 for each in made), [each.skeleton for each in made]


def shortened(skeletons: Sequence[str], done: Done) -> tuple[Words, NDArray[np.int64]]:
    """The keys of the skeletons less a consonant, and the number of the skeleton that each is of."""
    counts, keys = joined(list(spread(shorten_all, skeletons, done)), 2)
    return keys, np.repeat(np.arange(len(skeletons)), counts.astype(np.int64))


def shorten_all(skeletons: Sequence[str]) -> tuple[Words, Words]:
    """A piece of skeletons: how many deletions each has, and the keys of those."""
    made = [deletions(each) for each in skeletons]
    return words(map(len, made)), words(map(key, chain.from_iterable(made)))


def words(values: Iterable[int]) -> Words:
    """Values as a column."""
    return np.fromiter(values, dtype=np.uint64)


def numbered(texts: Sequence[str], number: dict[str, int]) -> NDArray[np.uint32]:
    """The numbers of texts, new ones numbered as they come."""
    return np.fromiter((number.setdefault(each, len(number)) for each in texts), dtype=np.uint32, count=len(texts))


def joined(parts: Sequence[Sequence[Column]], count: int) -> list[Column]:
    """The columns of all pieces, one after the other."""
    empty = np.zeros(0, dtype=np.uint64)
    return [np.concatenate([*(part[at] for part in parts)] or [empty]) for at in range(count)]
