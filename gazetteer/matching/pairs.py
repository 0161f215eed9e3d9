"""Pairs of a query and a name that may be what it means, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gazetteer.matching.asked import Batch

Column = NDArray[Any]


class Writing(NamedTuple):
    """One form of a query: its core, the core levelled, its consonant skeleton, the key of its phonetic code or 0."""

    core: str
    level: str
    skeleton: str
    sound: int


@dataclass(frozen=True, slots=True)
class Text:
    """How the two sides of the pairs are written.

    `exact` marks, for each pair, one and the same folded spelling. The others stand at `loose`, and all other columns
    are theirs alone: what was asked, and the core, the levelled core and the skeleton of the stored name; `sounds`
    marks equal phonetic codes.
    """

    exact: Column
    loose: Column
    asked: Sequence[Writing]
    core: Sequence[str]
    level: Sequence[str]
    skeleton: Sequence[str]
    sounds: Column


@dataclass(frozen=True, slots=True)
class Pairs:
    """Query, name and entity of each pair, and what the snapshot says of them.

    `query` is a row of the batch; `name` and `entity` are numbers of the snapshot. `implied` is 1 where a generic
    word of the query is said of the record's type, 0 where it is said of others, -1 where there is none. `within`
    is 1.0 inside what the caller named, 0.0 outside, NaN where nothing was named or nothing is known. `coded` marks
    names that are codes of places. `town` is, for a unit, the row of a pair whose record is a town in it, -1 where
    there is none.
    """

    batch: Batch
    query: Column
    name: Column
    entity: Column
    text: Text
    country: Column
    coded: Column
    prior: Column
    lat: Column
    lon: Column
    role: Column
    first_day: Column
    last_day: Column
    concepts: Column
    modifiers: Column
    implied: Column
    within: Column
    town: Column

    def __len__(self) -> int:
        return len(self.query)


def spread(column: Column, pairs: Pairs) -> Column:
    """A column of the batch, a row a pair."""
    return np.asarray(column[pairs.query])
