"""The overlay: what was edited since a snapshot was built, as a small snapshot of its own in memory.

It is built by the code that builds snapshots, so its records are filed and compared as they will be in the next one.
Its own numbers begin at 0; `gazetteer.index.view` puts them behind those of the snapshot that it lies over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.build import arrays_of, prior_of
from gazetteer.index.keyed import Keyed
from gazetteer.index.rows import EntityRow, Rows
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.keys import key, loosen, spell

REMEMBERED = 100_000  # names, and cores, whose keys are kept: an overlay is built anew after each edit
STEP = 20  # bits that leave room between two records of a snapshot for those of an overlay


KEYED = Keyed(lru_cache(REMEMBERED)(spell), lru_cache(REMEMBERED)(loosen))


@dataclass(frozen=True, slots=True)
class Delta:
    """What differs from a snapshot.

    `rows` are the records that were edited and are live; `gone` are ids that the snapshot may know and that are live no
    more. `above` holds the units that each edited record lies within, nearest first, and each record besides that lies
    within other units than before; all are ids.
    """

    rows: Rows
    gone: Collection[str] = ()
    above: Mapping[str, Sequence[str]] | None = None


class Overlay:
    """The edited records over a snapshot. What is called a number is the number of a record in the view over both.

    A record that the snapshot knows keeps its number there; new ones come behind.
    """

    def __init__(self, base: Snapshot, delta: Delta) -> None:
        made = arrays_of(delta.rows, known=base.lists, keyed=KEYED)
        ids = [each.id for each in made.entities]
        self.base = base
        self.snapshot = Snapshot.of(made.arrays, made.lists, delta.rows.generation)
        self.number = numbers(base, ids)
        self.number_of: dict[str, int] = dict(zip(ids, self.number.tolist(), strict=True))
        self.local_of = {number: local for local, number in enumerate(self.number.tolist())}
        known = [base.entities.find(each) for each in delta.gone]
        self.hidden = distinct(
            np.array([*self.number[self.number < len(base.entities)], *filter(is_known, known)], dtype=np.int64)
        )
        self.order = orders(base, made.entities)
        self.twin = twins(base, self.snapshot)
        self.above = {
            number: np.array([unit for each in units if (unit := self.find(each)) is not None], dtype=np.uint32)
            for id, units in (delta.above or {}).items()
            if (number := self.find(id)) is not None
        }

    def __len__(self) -> int:
        return len(self.number)

    def find(self, public_id: str) -> int | None:
        """The number of the record with this id, edited or not; None where none is live."""
        found = self.number_of.get(public_id)
        if found is not None:
            return found
        known = self.base.entities.find(public_id)
        return None if known is None or bool(among(self.hidden, np.array([known]))[0]) else known


def is_known(number: int | None) -> bool:
    """It is the number of a record."""
    return number is not None


def among(ordered: Column, values: Column) -> Column:
    """Which values are among some, which are few and in order."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[place] == values)


def numbers(base: Snapshot, ids: Sequence[str]) -> Column:
    """The numbers of records: those that they have, or new ones in their order."""
    known = np.array([-1 if (found := base.entities.find(each)) is None else found for each in ids], dtype=np.int64)
    new = np.flatnonzero(known < 0)
    known[new] = len(base.entities) + np.arange(len(new))
    return known


def orders(base: Snapshot, entities: Sequence[EntityRow]) -> Column:
    """Where each record stands among those of the snapshot: behind so many of them, and in its order among its own."""
    falling, ids = -base.entities.prior, base.entities.id
    prior = np.array([-prior_of(each) for each in entities], dtype=falling.dtype)
    begins, ends = (np.searchsorted(falling, prior, side) for side in ("left", "right"))
    own = np.array([each.id for each in entities], dtype=ids.dtype)
    among_alike = [
        int(np.searchsorted(ids[begin:end], id))
        for begin, end, id in zip(begins.tolist(), ends.tolist(), own, strict=True)
    ]
    before = begins + np.array(among_alike, dtype=np.int64)
    return np.asarray((before << STEP) + np.arange(1, len(entities) + 1))


def twins(base: Snapshot, over: Snapshot) -> Column:
    """The core of the snapshot that each core of the overlay is the same as; -1 for one that is new."""
    texts = [over.cores.text[core] for core in range(len(over.cores.text))]
    found = np.full(len(texts), -1, dtype=np.int64)
    at, core = base.cores.by_key.find(np.array([key(each) for each in texts], dtype=np.uint64))
    for place, known in zip(at.tolist(), core.tolist(), strict=True):
        if base.cores.text[known] == texts[place]:
            found[place] = known
    return found
