"""A view: a snapshot and the overlay of what was edited since, read as if they were one snapshot.

What was edited or is gone is hidden where the snapshot alone would show it. Records of a view are not numbered by
prior; `Entities.order` has their order. A view is never changed: after the next edit there is another one.
"""

import numpy as np

from gazetteer.index.arrays import Column
from gazetteer.index.overlay import Overlay
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view_entities import ViewEntities
from gazetteer.index.view_names import ViewCores, ViewNames, ViewPostings


class View(Snapshot):
    """A snapshot with an overlay. `generation` is that of the last edit that it shows."""

    def __init__(self, base: Snapshot, overlay: Overlay, generation: int) -> None:
        self.base, self.overlay, self.over, self.generation = base, overlay, overlay.snapshot, generation
        lists = self.lists = self.over.lists
        self.kinds, self.roles, self.types = lists["kinds"], lists["roles"], lists["types"]
        self.countries, self.languages, self.sources = lists["countries"], lists["languages"], lists["sources"]
        self.country_number = self.over.country_number
        self.entities: ViewEntities = ViewEntities(overlay, self.types)
        self.cores: ViewCores = ViewCores(overlay)
        self.names: ViewNames = ViewNames(overlay, self.entities, self.cores)
        self.cores.names = self.names
        self.exact = ViewPostings(base.exact, self.over.exact, self.names)
        self.derived = ViewPostings(base.derived, self.over.derived, self.names)
        self.dead = self._dead()

    def cores_of_main(self, entities: Column) -> tuple[Column, Column]:
        """The cores of the main name of each record: where those of each begin, and all of them."""
        hit, local = self.entities._parts.split(entities)
        if not len(hit):
            return self.base.cores_of_main(entities)
        rest = np.setdiff1d(np.arange(len(entities)), hit)
        lists: list[Column] = [np.zeros(0, dtype=np.int64)] * len(entities)
        for part, rows, numbers, more in (
            (self.base, rest, entities[rest], 0),
            (self.over, hit, local, len(self.base.cores.text)),
        ):
            begins, cores = part.cores_of_main(numbers)
            for place, begin, end in zip(rows.tolist(), begins[:-1].tolist(), begins[1:].tolist(), strict=True):
                lists[place] = cores[begin:end] + more
        ends = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)])
        return ends, np.concatenate([np.zeros(0, dtype=np.int64), *lists])

    def _dead(self) -> Column:
        """The cores of the snapshot that no name has any more."""
        hidden = self.overlay.hidden
        cores = self.base.cores_of(hidden).astype(np.int64)
        owner, _ = self.cores.names_under(cores)
        dead = np.ones(len(cores), dtype=bool)
        dead[owner] = False
        return np.asarray(cores[dead])
