"""The names of persons, organisations and operations: what the index also files them under, and compares them by."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.candidates import Found
from gazetteer.index.forms import Written
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.acronyms import acronym_alike
from gazetteer.matching.asked import ANY, Asked, Batch
from gazetteer.matching.derived import filed, sought
from gazetteer.matching.glance import glance
from gazetteer.matching.keys import key
from gazetteer.matching.organisation_terms import single_name
from gazetteer.matching.organisations import organisation_alike
from gazetteer.matching.pairs import Named, Text
from gazetteer.matching.people import person_alike
from gazetteer.matching.person_parts import single_part
from gazetteer.matching.types import Kind

NAMED = (Kind.PERSON, Kind.ORGANISATION, Kind.OPERATION)
MOST = 200  # names of one query that its derived keys bring in, the likeliest first
FAR = 0.25  # share of the evidence below which only names of a derived key are compared word by word


class Derived(NamedTuple):
    """What derived keys bring in: the form and the core of each name, and all pairs of a query and a name, in order."""

    form: Column
    core: Column
    pair: Column


def derived_keys(names: Sequence[NameRow], entities: Sequence[EntityRow]) -> tuple[Column, Column]:
    """The derived keys of all names, and the number of the name that each is of."""
    kinds = {each.row: each.kind for each in entities if each.kind in NAMED}
    posted = [
        (key(each), number)
        for number, name in enumerate(names)
        if name.row in kinds
        for each in sorted(filed(kinds[name.row], name.text))
    ]
    return (
        np.array([each for each, _ in posted], dtype=np.uint64),
        np.array([number for _, number in posted], dtype=np.uint32),
    )


def by_derived_keys(snapshot: Snapshot, batch: Batch, written: Written) -> Derived:
    """For each name found under a derived key: the first form of its query, and the first core of the name."""
    queries, first = np.unique(written.query, return_index=True)
    hopeful = hopes(snapshot, [batch.asked[query] for query in queries.tolist()])
    nothing = np.zeros(0, dtype=np.uint64)
    sought_keys = [
        keys_of(snapshot, batch.asked[query]) if hope else nothing
        for query, hope in zip(queries.tolist(), hopeful, strict=True)
    ]
    owner = np.repeat(np.arange(len(queries)), [len(each) for each in sought_keys])
    at, name = snapshot.derived.find(np.concatenate([nothing, *sought_keys]))
    found = distinct(owner[at] << 32 | name.astype(np.int64))
    owner, name = once_each(snapshot, batch, queries, found >> 32, found & 0xFFFFFFFF)
    likeliest = np.arange(len(owner)) - np.searchsorted(owner, owner) < MOST
    owner, name = owner[likeliest], name[likeliest]
    which, core = snapshot.names.cores_of(name)
    held, begin = np.unique(which, return_index=True)
    core = core[begin]
    return Derived(first[owner[held]], core, queries[owner] << 32 | name)


def once_each(snapshot: Snapshot, batch: Batch, queries: Column, owner: Column, name: Column) -> tuple[Column, Column]:
    """The names found, of a person but the first where the query is one word: the spellings of a family name say no
    more than one of them, and by itself it means nobody."""
    entity = snapshot.names.entity[name].astype(np.int64)
    alone = batch.words[queries[owner]] == 1
    alone &= snapshot.entities.kind[entity] == snapshot.kinds.index(Kind.PERSON)
    kept = ~alone
    _, first = np.unique(owner[alone] << 32 | entity[alone], return_index=True)
    kept[np.flatnonzero(alone)[first]] = True
    return owner[kept], name[kept]


def hopes(snapshot: Snapshot, asked: Sequence[Asked]) -> list[bool]:
    """Which queries may have a derived key that is known; at a glance, for few have."""
    glances = [glance(each.name, each.analysis) if each.kind == ANY else None for each in asked]
    found = [each is None for each in glances]
    owner = [place for place, each in enumerate(glances) for _ in each or ()]
    keys = np.array([key(text) for each in glances for text in each or ()], dtype=np.uint64)
    for place in snapshot.derived.find(keys)[0].tolist():
        found[owner[place]] = True
    return found


def keys_of(snapshot: Snapshot, asked: Asked) -> Column:
    """The derived keys that a query is looked up under."""
    kind = None if asked.kind == ANY else snapshot.kinds[asked.kind]
    return np.array([key(each) for each in sorted(sought(asked.name, kind))], dtype=np.uint64)


def named(snapshot: Snapshot, batch: Batch, found: Found, text: Text, derived: Column) -> Named:
    """How well the names of persons, organisations and operations agree; NaN for other records and exact spellings.

    One word against one word is a matter of its letters. Unless a kind is asked for, names that align badly, and that
    no derived key brought together, have nothing in common: they are not looked at word by word.
    """
    persons, organisations, acronyms = (np.full(len(found.query), np.nan) for _ in range(3))
    kind = snapshot.entities.kind[snapshot.names.entity[found.name]]
    person = snapshot.kinds.index(Kind.PERSON)
    by_words = np.isin(kind, [snapshot.kinds.index(each) for each in NAMED]) & (found.form >= 0)
    near = text.evidence >= FAR * np.maximum(text.to_win, text.to_cover)
    near |= batch.kind[found.query] != ANY
    near |= np.isin(found.query << 32 | found.name, derived)
    persons[by_words & ~near & (kind == person)] = 0.0
    organisations[by_words & ~near & (kind != person)] = 0.0
    for place in np.flatnonzero(by_words & near).tolist():
        asked, stored = batch.asked[found.query[place]].name, snapshot.names.text[int(found.name[place])]
        single = single_part if kind[place] == person else single_name
        if single(asked) and single(stored):
            by_words[place] = False
        elif kind[place] == person:
            persons[place] = value(person_alike(asked, stored))
        else:
            acronyms[place] = value(acronym_alike(asked, stored))
            if np.isnan(acronyms[place]):
                organisations[place] = value(organisation_alike(asked, stored))
    return Named(by_words, persons, organisations, acronyms)


def value(found: float | None) -> float:
    """A value as columns hold it."""
    return np.nan if found is None else found
