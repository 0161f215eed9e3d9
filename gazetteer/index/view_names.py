"""The names and the cores of a view, and what they are filed under: those of the overlay come behind."""

import numpy as np

from gazetteer.index.arrays import Column, distinct, expand
from gazetteer.index.joined import Behind, Joined, JoinedStrings, Placed
from gazetteer.index.overlay import Overlay
from gazetteer.index.search import Forms
from gazetteer.index.snapshot import Cores, Names, Postings
from gazetteer.index.view_entities import ViewEntities


class ViewNames(Names):
    """The spellings of both, those of the overlay behind."""

    def __init__(self, overlay: Overlay, entities: ViewEntities, cores: "ViewCores") -> None:
        base, over = overlay.base.names, overlay.snapshot.names
        self._base, self._over, self._cores, self._entities = base, over, cores, entities
        self._parts = parts = Behind(len(base.entity))
        for column in ("language", "role", "source", "first_day", "last_day", "concepts", "modifiers"):
            setattr(self, column, Joined(parts, getattr(base, column), getattr(over, column)))
        self.text = JoinedStrings(parts, base.text, over.text)  # type: ignore[assignment]
        self.entity = Joined(parts, base.entity, overlay.number[over.entity])  # type: ignore[assignment]

    def live(self, names: Column) -> Column:
        """Which names are there: of edited records only those that the overlay has."""
        return np.asarray((names >= self._parts.base) | self._entities.shown(self.entity[names]))

    def in_order(self, names: Column, *before: Column) -> Column:
        """The places of names in the order that one snapshot would have them in, behind other columns."""
        return np.lexsort((names, self._entities.order(self.entity[names]), *before))

    def cores_of(self, names: Column) -> tuple[Column, Column]:
        """The cores of some names: the place of the name of each, and the core."""
        hit, local = self._parts.split(names)
        rest = np.setdiff1d(np.arange(len(names)), hit)
        owner, core = self._base.cores_of(names[rest])
        if not len(hit):
            return owner, core
        its_owner, its_core = self._over.cores_of(local)
        owner = np.concatenate([rest[owner], hit[its_owner]])
        core = np.concatenate([core, self._cores.known(its_core)])
        order = np.argsort(owner, kind="stable")
        return owner[order], core[order]


class ViewPostings(Postings):
    """Keys of both, and the names under each: of edited records only those that the overlay has."""

    def __init__(self, base: Postings, over: Postings, names: ViewNames) -> None:
        object.__setattr__(self, "_both", (base, over, names))

    def find(self, keys: Column) -> tuple[Column, Column]:
        """For each name found: the place of its key among `keys`, and the name."""
        base, over, names = self._both  # type: ignore[attr-defined]
        asked, value = base.find(keys)
        live = names.live(value)
        asked, value = asked[live], value[live]
        also, new = over.find(keys)
        if not len(also):
            return asked, value
        asked = np.concatenate([asked, also])
        value = np.concatenate([value.astype(np.int64), new.astype(np.int64) + names._parts.base])
        order = names.in_order(value, asked)
        return asked[order], value[order]

    def knows(self, key: int) -> bool:
        """Whether a name is filed under one key."""
        return bool(self.known(np.array([key], dtype=np.uint64))[0])

    def known(self, keys: Column) -> Column:
        """Under which of `keys` a name is filed."""
        found = np.zeros(len(keys), dtype=bool)
        found[self.find(keys)[0]] = True
        return found


class CoreKeys(Postings):
    """Cores of both by their keys; one that both have is that of the snapshot."""

    def __init__(self, base: Postings, over: Postings, cores: "ViewCores") -> None:
        object.__setattr__(self, "_both", (base, over, cores))

    def find(self, keys: Column) -> tuple[Column, Column]:
        """For each core found: the place of its key among `keys`, and the core."""
        base, over, cores = self._both  # type: ignore[attr-defined]
        asked, core = base.find(keys)
        also, new = over.find(keys)
        pairs = np.concatenate([asked.astype(np.int64), also]) << 32 | np.concatenate(
            [core.astype(np.int64), cores.known(new)]
        )
        both = distinct(pairs)
        return both >> 32, both & 0xFFFFFFFF


class ViewCores(Cores):
    """The cores of both, those that only the overlay has behind."""

    def __init__(self, overlay: Overlay) -> None:
        base, over = overlay.base.cores, overlay.snapshot.cores
        self._base, self._over, self._twin = base, over, overlay.twin
        self._parts = Behind(len(base.text))
        self._local = Placed(
            len(base.text), np.where(overlay.twin >= 0, overlay.twin, self._parts.base + np.arange(len(overlay.twin)))
        )
        self._names = len(overlay.base.names.entity)
        self.text = JoinedStrings(self._parts, base.text, over.text)  # type: ignore[assignment]
        self.sound = Joined(self._parts, base.sound, over.sound)  # type: ignore[assignment]
        self.by_skeleton, self.by_deletion = base.by_skeleton, base.by_deletion  # forms are written for the snapshot
        self.by_key = CoreKeys(base.by_key, over.by_key, self)
        self.names: ViewNames

    def known(self, local: Column) -> Column:
        """The cores that those of the overlay are in the view."""
        twin = self._twin[local]
        return np.asarray(np.where(twin >= 0, twin, local.astype(np.int64) + self._parts.base))

    def names_of(self, core: int) -> Column:
        """The names that have a core."""
        return self.names_under(np.array([core]))[1]

    def names_under(self, cores: Column) -> tuple[Column, Column]:
        """The names that have some cores: the place of the core of each, and the name."""
        known = np.flatnonzero(cores < self._parts.base)
        owner, name = self._base.names_under(cores[known])
        live = self.names.live(name)
        owner, name = known[owner[live]], name[live]
        hit, local = self._local.split(cores)
        if not len(hit):
            return owner, name
        its_owner, its_name = self._over.names_under(local)
        owner, name = np.concatenate([owner, hit[its_owner]]), np.concatenate([name, its_name + self._names])
        order = self.names.in_order(name, owner)
        return owner[order], name[order]

    def compared(self, forms: Forms, form: Column, core: Column) -> Column:
        """How each pair of a form and a core compares, as columns."""
        hit, local = self._parts.split(core)
        if not len(hit):
            return self._base.compared(forms, form, core)
        rest = np.setdiff1d(np.arange(len(core)), hit)
        first = self._base.compared(forms, form[rest], core[rest])
        found = np.empty((len(first), len(core)), dtype=first.dtype)
        found[:, rest] = first
        found[:, hit] = self._over.compared(forms, form[hit], local)
        return found

    def best_of_each(self, forms: Forms, form: Column, begins: Column, cores: Column) -> Column:
        """For each form how much the best of its cores has in common with it; all of one form are of one part."""
        over = np.zeros(len(form), dtype=bool)
        held = begins[1:] > begins[:-1]
        over[held] = cores[begins[:-1][held]] >= self._parts.base
        if not over.any():
            return self._base.best_of_each(forms, form, begins, cores)
        found = np.empty(len(form))
        for part, which, less in ((self._base, ~over, 0), (self._over, over, self._parts.base)):
            rows = np.flatnonzero(which)
            owner, taken = expand(begins, rows)
            its = np.searchsorted(owner, np.arange(len(rows) + 1))
            found[rows] = part.best_of_each(forms, form[rows], its, cores[taken] - less)
        return found
