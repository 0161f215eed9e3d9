"""Queries made to be slow: the fullest buckets of the index, the longest names allowed, one letter over and over."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np

from benchmarks.measure import SEED
from benchmarks.names import alter
from gazetteer.index.arrays import Column
from gazetteer.index.ngrams import SIDES
from gazetteer.index.snapshot import Postings, Snapshot
from gazetteer.matching.types import Kind, Query

LONGEST = 300  # characters a name may have, unless a setting says otherwise
BUCKETS = 40  # the fullest of each sort
LETTERS = "abcdefghijklmnopqrstuvwxyz" + "ابتجحدرسصعقكلمنهوي" + "абвгдежзиклмнопрстухцчшщыя" + "あかサタ村山부אבגדกขค"
MARKS = "\u0301\u064b\u0651\u05b0\u0327"
WORDS = ("al", "tell", "new", "san", "de", "saint", "village", "qaryat", "deir", "o", "and", "north", "camp", "kafr")


def queries(snapshot: Snapshot, count: int) -> list[Query]:
    """So many of them, of every sort in turn, each once."""
    chance = random.Random(SEED)
    sorts = [
        bucket_names(snapshot, fullest(snapshot.cores.by_skeleton), chance),
        bucket_names(snapshot, fullest(snapshot.cores.by_sound), chance),
        made_of_trigrams(snapshot, chance),
        longest(snapshot, chance),
        one_letter(chance),
        many_words(chance),
        shared_names(snapshot, chance),
    ]
    contexts = contexts_of(snapshot, chance)
    found: dict[Query, None] = {}
    while len(found) < count:
        for sort in sorts:
            found[Query(next(sort)[:LONGEST], **next(contexts))] = None  # type: ignore[arg-type]
    return list(islice(found, count))


def fullest(postings: Postings) -> list[Column]:
    """The fullest buckets."""
    sizes = np.diff(postings.begins.astype(np.int64))
    return [postings.under(int(place)) for place in np.argsort(-sizes, kind="stable")[:BUCKETS]]


def bucket_names(snapshot: Snapshot, buckets: list[Column], chance: random.Random) -> Iterator[str]:
    """Names that fall into these buckets or beside them: members with other vowels, no known spelling."""
    while True:
        bucket = chance.choice(buckets)
        core = snapshot.cores.text[int(bucket[chance.randrange(len(bucket))])]
        vowels = "".join(chance.choice("aeiou") if letter in "aeiou" else letter for letter in core)
        yield vowels if chance.random() < 0.5 else alter(vowels, chance)


def made_of_trigrams(snapshot: Snapshot, chance: random.Random) -> Iterator[str]:
    """Strings of the commonest trigrams, few and many."""
    sizes = np.diff(snapshot.cores.trigram_begins.astype(np.int64))
    codes = np.argsort(-sizes, kind="stable")[: 4 * BUCKETS].tolist()
    common = ["".join(side(code // SIDES**power % SIDES) for power in (2, 1, 0)).strip() for code in codes]
    while True:
        yield "".join(chance.choice(common) for _ in range(chance.choice((2, 3, 5, 8, 100))))


def side(number: int) -> str:
    """The letter of a trigram that a number stands for."""
    return " abcdefghijklmnopqrstuvwxyz0123456789"[number]


def longest(snapshot: Snapshot, chance: random.Random) -> Iterator[str]:
    """As long as a name may be: known names over and over, letters of all scripts, marks upon marks."""
    texts = snapshot.names.text
    while True:
        known = texts[chance.randrange(len(texts))]
        yield " ".join([known] * LONGEST)[:LONGEST]
        yield " ".join(texts[chance.randrange(len(texts))] for _ in range(40))
        yield "".join(chance.choice(LETTERS) for _ in range(LONGEST))
        yield "a" + "".join(chance.choice(MARKS) for _ in range(LONGEST))
        yield ", ".join(texts[chance.randrange(len(texts))] for _ in range(30))


def one_letter(chance: random.Random) -> Iterator[str]:
    """One letter, a few times or as often as a name may have it."""
    while True:
        yield chance.choice(LETTERS) * chance.choice((1, 2, 3, 7, 16, 40, LONGEST))


def many_words(chance: random.Random) -> Iterator[str]:
    """Words of one letter, generic words, words in brackets."""
    while True:
        yield " ".join(chance.choice(LETTERS) for _ in range(150))
        yield " ".join(chance.choice(WORDS) for _ in range(chance.randrange(2, 80)))
        yield "".join(f"({chance.choice(WORDS)}) " for _ in range(30))


def shared_names(snapshot: Snapshot, chance: random.Random) -> Iterator[str]:
    """The names that most records share, as they are and a letter off."""
    buckets = fullest(snapshot.exact)
    while True:
        name = snapshot.names.text[int(chance.choice(buckets)[0])]
        yield name if chance.random() < 0.5 else alter(name, chance)


def contexts_of(snapshot: Snapshot, chance: random.Random) -> Iterator[dict[str, object]]:
    """Nothing, the countries with most names, units that are shared names too, wide circles, kinds."""
    counted = Counter(snapshot.entities.country.tolist()).most_common(9)
    countries = [code for number, _ in counted if (code := snapshot.countries[number])]
    texts = snapshot.names.text
    while True:
        yield {}
        yield {"country": chance.choice(countries)}
        yield {"within": texts[chance.randrange(len(texts))]}
        yield {"lat": chance.uniform(20, 55), "lon": chance.uniform(-10, 120), "radius_km": 500.0}
        yield {"kind": chance.choice([Kind.PLACE, Kind.PERSON, Kind.ORGANISATION]).value}
        yield {"country": chance.choice(countries), "within": texts[chance.randrange(len(texts))], "strict": True}
