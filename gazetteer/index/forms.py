"""The forms of a batch's queries, ready for the compiled search."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.search import Forms
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.alignment import route
from gazetteer.matching.arabic_readings import arabic_readings
from gazetteer.matching.asked import ANY, Asked, Batch
from gazetteer.matching.keys import deletions, key, skeleton
from gazetteer.matching.units import cut
from gazetteer.text.phonetic import phonetic
from gazetteer.text.readings import ARABIC, readings
from gazetteer.text.scripts import LATIN


class Form(NamedTuple):
    """One core of a query; `tradition` is the spelling it was read by, empty for a plain one."""

    query: int
    core: str
    tradition: str = ""


class Written(NamedTuple):
    """The forms of some queries of a batch; the query of each, the key of its phonetic code or 0, whether it is a
    reading, whether it is looked for in any country, and everything that is compared of it."""

    form: Sequence[Form]
    query: Column
    sound: Column
    reading: Column
    anywhere: Column
    forms: Forms


def write(snapshot: Snapshot, batch: Batch, places: Column) -> Written:
    """The forms of the queries at some places of a batch."""
    written = [form for place in places.tolist() for form in forms_of(snapshot, place, batch.asked[place])]
    text = [form.core for form in written]
    skeletons = [skeleton(each) for each in text]
    letters, begins = joined(text)
    consonants, consonants_begin = joined(skeletons)
    made = cut(letters, begins)
    query = np.array([form.query for form in written], dtype=np.int64)
    anywhere = batch.country[query] == ANY
    near, near_begins = near_skeletons(snapshot, skeletons, anywhere)
    routes = [route_of(snapshot, batch.asked[form.query]) for form in written]
    forms = Forms(
        units=made.units,
        units_begins=made.begins,
        signature=made.signature,
        text=letters,
        text_begins=begins,
        skeleton_text=consonants,
        skeleton_begins=consonants_begin,
        skeleton=numbers(snapshot, skeletons),
        near=near,
        near_begins=near_begins,
        route=np.array(routes, dtype=np.int64),
    )
    reading = np.array([form.tradition != "" for form in written], dtype=bool)
    return Written(written, query, sounds(text), reading, anywhere, forms)


def forms_of(snapshot: Snapshot, query: int, asked: Asked) -> list[Form]:
    """The cores of a query, and those that it reads as by the spelling of some language, or in the country asked.

    Each once, the surest first.
    """
    plain = [Form(query, core) for core in asked.spelling.cores]
    country = None if asked.country == ANY else snapshot.countries[asked.country]
    others = readings(asked.analysis, country)
    if country in ARABIC and asked.spelling.script == LATIN:
        others += arabic_readings(asked.analysis)
    found: dict[str, Form] = {}
    for form in (*plain, *(Form(query, each.core, each.tradition) for each in others)):
        found.setdefault(form.core, form)
    return list(found.values())


def route_of(snapshot: Snapshot, asked: Asked) -> int:
    """The route of alignment of a query: by its script, and its country where it names one."""
    return route(asked.spelling.script, None if asked.country == ANY else snapshot.countries[asked.country])


def joined(texts: Sequence[str]) -> tuple[Column, Column]:
    """The bytes of texts one after the other, and where each begins."""
    begins = np.zeros(len(texts) + 1, dtype=np.uint32)
    np.cumsum([len(text) for text in texts], out=begins[1:])
    return np.frombuffer("".join(texts).encode(), dtype=np.uint8), begins


def sounds(texts: Sequence[str]) -> Column:
    """The key of the phonetic code of each text, 0 where it has none."""
    codes = map(phonetic, texts)
    return np.array([key(code) if code else 0 for code in codes], dtype=np.uint64)


def numbers(snapshot: Snapshot, skeletons: Sequence[str]) -> Column:
    """The number of each skeleton in the snapshot, -1 where it is not there."""
    found = np.full(len(skeletons), -1, dtype=np.int64)
    at, place = snapshot.cores.by_skeleton.places(np.array([key(each) for each in skeletons], dtype=np.uint64))
    found[at] = place
    return found


def near_skeletons(snapshot: Snapshot, skeletons: Sequence[str], wanted: Column) -> tuple[Column, Column]:
    """The skeletons that are one deletion away from each: theirs longer, ours longer, or one letter exchanged.

    The numbers of all, each once and in order for each of `skeletons`, and where those of each begin; none for those
    that are not wanted: where all cores of a country are looked at, nothing need be found by them.
    """
    cores = snapshot.cores
    places = np.flatnonzero(wanted)
    less = [(place, key(each)) for place in places.tolist() for each in deletions(skeletons[place])]
    place, shorter = columns(less)
    own = np.array([key(skeletons[place]) for place in places.tolist()], dtype=np.uint64)
    at, longer = cores.by_deletion.find(np.concatenate([shorter, own]))
    hit, known = cores.by_skeleton.places(shorter)
    place_of = np.concatenate([place, places])[at]
    found = distinct(np.concatenate([place_of, place[hit]]) << 32 | np.concatenate([longer.astype(np.int64), known]))
    return found & 0xFFFFFFFF, np.searchsorted(found, np.arange(len(skeletons) + 1) << 32)


def columns(rows: Sequence[tuple[int, int]]) -> tuple[Column, Column]:
    """Places and keys as columns."""
    return np.array([each for each, _ in rows], dtype=np.int64), np.array([each for _, each in rows], dtype=np.uint64)
