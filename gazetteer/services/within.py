"""What a `within` may mean: the records that bear such a name, and the units that do where a town hides them."""

from dataclasses import replace

import numpy as np

from gazetteer.index.gather import pairs
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.towns import UNITS
from gazetteer.matching.asked import Asked, Batch
from gazetteer.matching.features import letters_alike, name_explained, query_explained
from gazetteer.matching.pairs import Column, Pairs

LIKE_A_UNIT = 0.85  # likeness of letters from which a record counts as one that a `within` may mean …
AS_LIKE = 0.05  # … and how far behind the most alike: the town and the province of a name both count
EXPLAINED = 0.7  # of both names: "Thi-Qar" for Dhi Qar is 0.79; of units, which are few, that will do


def named(snapshot: Snapshot, asked: Asked) -> frozenset[int]:
    """All records that a name may well mean, and all units of each rank.

    Units are looked for apart, since a known spelling ends the search: "Deir Ezzor" is a spelling of the town alone,
    but whoever says it of a village means the province.
    """
    ranks = [snapshot.types.index(each) for each in UNITS if each in snapshot.types]
    batch = Batch([asked, *(replace(asked, type=rank) for rank in ranks)])
    found = pairs(snapshot, batch)
    meant = leading(found, letters_alike(found), LIKE_A_UNIT)
    explained = (query_explained(found) + name_explained(found)) / 2
    meant |= leading(found, explained, EXPLAINED) & (found.query > 0)
    return frozenset(found.entity[meant].tolist())


def leading(found: Pairs, likeness: Column, least: float) -> Column:
    """Which pairs are alike enough, and nearly as alike as the most alike of their query."""
    best = np.full(len(found.batch), least + AS_LIKE)
    np.maximum.at(best, found.query, np.nan_to_num(likeness))
    return np.asarray(likeness >= best[found.query] - AS_LIKE)
