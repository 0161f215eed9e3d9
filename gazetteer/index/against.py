"""One record of the caller's choice against a query: pairs that no search need have found."""

from collections.abc import Iterator

import numpy as np

from gazetteer.index.candidates import Found
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Batch
from gazetteer.matching.keys import Spelling, key, spell


def against(snapshot: Snapshot, batch: Batch, query: int, entity: int) -> Found:
    """Every name of a record with every form of a query, whatever binds and however unlike they are."""
    asked = batch.asked[query].spelling
    begin, end = (int(each) for each in snapshot.entities.names[entity : entity + 2])
    found = [(name, core, form) for name in range(begin, end) for core, form in held(snapshot, asked, name)]
    name, core, form = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Found(np.full(len(found), query), name, core, form)


def held(snapshot: Snapshot, asked: Spelling, name: int) -> Iterator[tuple[int, int]]:
    """The cores of a stored name and the forms of a query that each is held against; -1 for the exact spelling."""
    spelling = spell(snapshot.names.text[name])
    if spelling.exact in (asked.exact, asked.head):
        yield -1, 0
        return
    cores = snapshot.cores.by_key.find(np.array([key(each) for each in spelling.cores], dtype=np.uint64))[1]
    for core in cores.tolist():
        yield from ((core, form) for form in range(len(asked.cores)))
