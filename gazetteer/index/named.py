"""The names of persons, organisations and operations: what the index also files them under, and compares them by."""

from collections.abc import Sequence

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.candidates import Found
from gazetteer.index.forms import Written
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.acronyms import acronym_alike
from gazetteer.matching.asked import ANY, Batch
from gazetteer.matching.derived import filed, sought
from gazetteer.matching.keys import key
from gazetteer.matching.organisation_terms import single_name
from gazetteer.matching.organisations import organisation_alike
from gazetteer.matching.pairs import Named
from gazetteer.matching.people import person_alike
from gazetteer.matching.person_parts import single_part
from gazetteer.matching.types import Kind

NAMED = (Kind.PERSON, Kind.ORGANISATION, Kind.OPERATION)
MOST = 200  # names of one query that its derived keys bring in, the likeliest first


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


def by_derived_keys(snapshot: Snapshot, batch: Batch, written: Written) -> tuple[Column, Column]:
    """For each name found under a derived key: the first form of its query, and the first core of the name."""
    first = {query: form for form, query in reversed(list(enumerate(written.query.tolist())))}
    forms, cores = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for query, form in first.items():
        asked = batch.asked[query]
        kind = None if asked.kind == ANY else snapshot.kinds[asked.kind]
        keys = np.array([key(each) for each in sorted(sought(asked.name, kind))], dtype=np.uint64)
        found = np.unique(snapshot.derived.find(keys)[1])[:MOST].astype(np.int64)
        begins = snapshot.names.core_begins[found]
        held = begins < snapshot.names.core_begins[found + 1]
        cores.append(snapshot.names.core[begins[held]].astype(np.int64))
        forms.append(np.full(len(cores[-1]), form))
    return np.concatenate(forms), np.concatenate(cores)


def named(snapshot: Snapshot, batch: Batch, found: Found) -> Named:
    """How well the names of persons, organisations and operations agree; NaN for other records and exact spellings.

    One word against one word is a matter of its letters.
    """
    persons, organisations, acronyms = (np.full(len(found.query), np.nan) for _ in range(3))
    kind = snapshot.entities.kind[snapshot.names.entity[found.name]]
    person = snapshot.kinds.index(Kind.PERSON)
    by_words = np.isin(kind, [snapshot.kinds.index(each) for each in NAMED]) & (found.form >= 0)
    for place in np.flatnonzero(by_words).tolist():
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
