"""The records of a view: those of the snapshot, with edited ones in their place and new ones behind."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from gazetteer.index.arrays import Column, distinct
from gazetteer.index.joined import Joined, JoinedStrings, Placed
from gazetteer.index.overlay import STEP, Overlay, among
from gazetteer.index.snapshot import Entities, held

NO_UNIT = 0xFFFFFFFF


class ViewEntities(Entities):
    """The records of both."""

    def __init__(self, overlay: Overlay, types: Sequence[str | None]) -> None:  # the arrays are read, none is held
        base, over = overlay.base.entities, overlay.snapshot.entities
        self._base, self._over, self._overlay = base, over, overlay
        self._parts = parts = Placed(len(base), overlay.number)
        self._names = len(overlay.base.names.entity)
        for column in ("id", "kind", "type", "country", "lat", "lon", "population", "prior", "scripts"):
            setattr(self, column, Joined(parts, getattr(base, column), getattr(over, column)))
        self.main = Joined(parts, base.main, over.main.astype(np.int64) + self._names)  # type: ignore[assignment]
        self.name = JoinedStrings(parts, base.name, over.name)  # type: ignore[assignment]
        moved = np.array(sorted(overlay.above), dtype=np.int64)
        self._shifted = distinct(np.concatenate([moved, overlay.hidden]))
        first_order = types.index("admin1") if "admin1" in types else -1
        units = [
            next((each for each in overlay.above[unit].tolist() if self.type[each] == first_order), -1)
            for unit in moved.tolist()
        ]
        self.admin1 = Joined(Placed(len(base), moved), base.admin1, np.array(units, dtype=np.int32))  # type: ignore[assignment]
        self._inside: dict[int, list[int]] = defaultdict(list)
        for number, above in overlay.above.items():
            for unit in above.tolist():
                self._inside[unit].append(number)

    def __len__(self) -> int:
        return len(self._base) + int(np.count_nonzero(self._overlay.number >= len(self._base)))

    def order(self, entity: Column) -> Column:
        """Falling prior, then id, of all records."""
        found = (entity.astype(np.int64) + 1) << STEP
        hit, local = self._parts.split(entity)
        found[hit] = self._overlay.order[local]
        return np.asarray(found)

    def live(self, entity: Column) -> Column:
        """Which records are there; of those that are edited it is the overlay that shows them."""
        hidden = among(self._overlay.hidden, entity)
        hidden[self._parts.split(entity)[0]] = False
        return np.asarray(~hidden)

    def shown(self, entity: Column) -> Column:
        """Which records the snapshot alone shows."""
        return ~among(self._overlay.hidden, entity)

    def count_names(self, entity: Column) -> Column:
        """How many names each record has."""
        hit, local = self._parts.split(entity)
        own = np.minimum(entity.astype(np.int64), len(self._base) - 1)
        found = self._base.count_names(own) if len(self._base) else np.zeros(len(entity), dtype=np.int64)
        found[hit] = self._over.count_names(local)
        return found

    def names_of(self, entity: int) -> Column:
        """The names of a record."""
        local = self._parts.local_of.get(entity)
        return self._base.names_of(entity) if local is None else self._over.names_of(local) + self._names

    def of_type(self, type: int) -> list[int]:
        """The records of a type, the likeliest first."""
        known = np.array(self._base.of_type(type), dtype=np.int64)
        new = self._overlay.number[self._over.of_type(type)]
        return self.ordered([*known[self.shown(known)].tolist(), *new.tolist()])

    def between(self, south: float, north: float) -> Column:
        """The records between two latitudes, from the south."""
        known = self._base.between(south, north)
        new = self._overlay.number[self._over.between(south, north)]
        found = np.concatenate([known[self.shown(known)], new])
        return np.asarray(found[np.lexsort((self.order(found), self.lat[found]))]) if len(new) else found

    def compact(self, entity: Column) -> tuple[Entities, Column]:
        """The records of some numbers alone, as plain arrays; units that are not among them are left out."""
        known, number = np.unique(entity.astype(np.int64), return_inverse=True)
        begins, units = self.ancestor_lists(known)
        place = np.minimum(np.searchsorted(known, units), max(len(known) - 1, 0))
        here = known[place] == units if len(known) else np.zeros(0, dtype=bool)
        few = Entities.__new__(Entities)
        for column in ("type", "country", "prior", "admin1"):
            setattr(few, column, held(getattr(self, column)[known]))
        few.ancestor_begins = held(begins.astype(np.uint32))
        few.ancestor = held(np.where(here, place, NO_UNIT).astype(np.uint32))
        return few, number

    def ancestor_lists(self, entities: Column) -> tuple[Column, Column]:
        """The units that each of some records lies within: where those of each begin, and all of them."""
        lists = [self.ancestors(each) for each in entities.tolist()]
        begins = np.concatenate([[0], np.cumsum([len(each) for each in lists], dtype=np.int64)])
        return begins, np.concatenate([np.zeros(0, dtype=np.int64), *lists]).astype(np.int64)

    def ancestors(self, entity: int) -> Column:
        """The units that a record lies within, nearest first."""
        found = self._overlay.above.get(entity)
        return self._base.ancestors(entity) if found is None else found

    def members(self, unit: int) -> Column:
        """The records that lie within a unit, however deep, by falling prior."""
        known = self._base.members(unit) if unit < len(self._base) else np.zeros(0, dtype=np.uint32)
        stay = known[~among(self._shifted, known)].astype(np.int64)
        found = np.concatenate([stay, np.array(self._inside.get(unit, []), dtype=np.int64)])
        return np.asarray(found[np.argsort(self.order(found), kind="stable")])

    def find(self, public_id: str) -> int | None:
        """The number of the record with this public id."""
        return self._overlay.find(public_id)

    def identifiers(self, entity: int) -> dict[str, str]:
        """The preferred identifier of each scheme."""
        local = self._parts.local_of.get(entity)
        return self._base.identifiers(entity) if local is None else self._over.identifiers(local)

    def apart(self, entities: Column) -> tuple[Column, Column]:
        """Records of the snapshot, and those of the overlay by their own numbers."""
        hit, local = self._parts.split(entities)
        rest = np.ones(len(entities), dtype=bool)
        rest[hit] = False
        return entities[rest], local
