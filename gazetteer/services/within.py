"""What a `within` may mean: the records that bear such a name, and the units that do where a town hides them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from gazetteer.errors import GazetteerError
from gazetteer.index.gather import pairs
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.towns import UNITS
from gazetteer.matching.asked import Asked, Batch
from gazetteer.matching.features import letters_alike, name_explained, query_explained
from gazetteer.matching.pairs import Column, Pairs
from gazetteer.matching.types import Kind, Query
from gazetteer.services.country import Countries

Named = tuple[str, int]  # a name, and the number of the country that it lies in, or ANY
Read = Callable[[Sequence[Query]], Sequence[Asked | GazetteerError]]

NOTHING: frozenset[int] = frozenset()
REMEMBERED = 10_000  # names kept resolved
LIKE_A_UNIT = 0.85  # likeness of letters from which a record counts as one that a `within` may mean …
AS_LIKE = 0.05  # … and how far behind the most alike: the town and the province of a name both count
EXPLAINED = 0.7  # of both names: "Thi-Qar" for Dhi Qar is 0.79; of units, which are few, that will do


class Units:
    """What names of units mean, in one snapshot; remembered, since few units are named often."""

    def __init__(self, snapshot: Snapshot, countries: Countries, read: Read) -> None:
        self._snapshot = snapshot
        self._countries = countries
        self._read = read
        self._known: dict[Named, frozenset[int]] = {}

    def of(self, names: Iterable[Named]) -> Mapping[Named, frozenset[int]]:
        """The records that each may mean, of a country or of any: the one of this id, or all that it may well mean."""
        wanted = dict.fromkeys(names)
        found = {each: self._known[each] for each in wanted if each in self._known}
        unknown = [each for each in wanted if each not in found]
        if unknown:
            found.update(self._find(unknown))
            if len(self._known) + len(unknown) > REMEMBERED:
                self._known = {}
            self._known.update((each, found[each]) for each in unknown)
        return found

    def _find(self, names: Sequence[Named]) -> dict[Named, frozenset[int]]:
        found = {each: self._told(each[0]) for each in names}
        rest = [each for each, units in found.items() if units is None]
        read = self._read([Query(name, kind=Kind.PLACE) for name, _ in rest])
        asked = {
            each: replace(its, country=each[1]) for each, its in zip(rest, read, strict=True) if type(its) is Asked
        }
        said = dict(zip(asked, named(self._snapshot, list(asked.values())), strict=True))
        return {each: units if units is not None else said.get(each, NOTHING) for each, units in found.items()}

    def _told(self, name: str) -> frozenset[int] | None:
        """What needs no search: an id, the code of a country, or nothing at all."""
        if not name.strip():
            return NOTHING
        record = self._snapshot.entities.find(name)
        if record is None:
            record = self._countries.record(name)
        return None if record is None else frozenset({record})


def named(snapshot: Snapshot, asked: Sequence[Asked]) -> list[frozenset[int]]:
    """For each name all records that it may well mean, and all units of each rank.

    Units are looked for apart, since a known spelling ends the search: "Deir Ezzor" is a spelling of the town alone,
    but whoever says it of a village means the province.
    """
    ranks = [snapshot.types.index(each) for each in UNITS if each in snapshot.types]
    width = 1 + len(ranks)
    found = pairs(
        snapshot, Batch([own for each in asked for own in (each, *(replace(each, type=rank) for rank in ranks))])
    )
    meant = leading(found, letters_alike(found), LIKE_A_UNIT)
    explained = (query_explained(found) + name_explained(found)) / 2
    meant |= leading(found, explained, EXPLAINED) & (found.query % width > 0)
    which = found.query // width
    return [frozenset(found.entity[meant & (which == place)].tolist()) for place in range(len(asked))]


def leading(found: Pairs, likeness: Column, least: float) -> Column:
    """Which pairs are alike enough, and nearly as alike as the most alike of their query."""
    best = np.full(len(found.batch), least + AS_LIKE)
    np.maximum.at(best, found.query, np.nan_to_num(likeness))
    return np.asarray(likeness >= best[found.query] - AS_LIKE)
