"""A query made ready for matching, and a batch of them as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.matching.keys import Spelling, script_bit
from gazetteer.text.tokens import Analysis

NO_COUNTRY = 0  # the number of records that lie in none, or in several
ANY = -1  # no kind, no type, no country asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """A query whose words are analysed and whose context is resolved to numbers of the snapshot.

    `name` is as it was asked, `analysis` what was read of it, where it is at hand. `country`, `kind` and `type` are ANY
    where nothing binds. `within` are the units that count as inside, None where none was given; `point` is (latitude,
    longitude, radius in km); `day` an ordinal.
    """

    name: str
    spelling: Spelling
    country: int = ANY
    kind: int = ANY
    type: int = ANY
    within: frozenset[int] | None = None
    point: tuple[float, float, float] | None = None
    day: int | None = None
    strict: bool = False
    notes: tuple[str, ...] = field(default=())
    analysis: Analysis | None = None


class Batch:
    """Many queries as columns, a row a query."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.exact = self._column(lambda each: each.spelling.exact, "u8")
        self.head = self._column(lambda each: each.spelling.head, "u8")
        self.concepts = self._column(lambda each: each.spelling.concepts, "u8")
        self.modifiers = self._column(lambda each: each.spelling.modifiers, "u8")
        self.script = self._column(lambda each: script_bit(each.spelling.script), "u8")
        self.words = self._column(words, "i4")
        self.country = self._column(lambda each: each.country, "i4")
        self.kind = self._column(lambda each: each.kind, "i4")
        self.type = self._column(lambda each: each.type, "i4")
        nowhere = (np.nan, np.nan, np.nan)
        points = np.array([each.point or nowhere for each in asked], dtype="f8").reshape(-1, 3)
        self.lat, self.lon, self.radius = points.T
        self.has_points = any(each.point is not None for each in asked)
        self.day = self._column(lambda each: each.day or 0, "i4")
        self.has_within = self._column(lambda each: each.within is not None, "?")
        self.strict = self._column(lambda each: each.strict, "?")

    def __len__(self) -> int:
        return len(self.asked)

    def _column(self, read: Any, dtype: str) -> NDArray[Any]:
        return np.array([read(each) for each in self.asked], dtype=dtype)


def words(asked: Asked) -> int:
    """How many words a query has, an addition as one; 0 where nothing was read of it."""
    analysis = asked.analysis
    return 0 if analysis is None else len(analysis.tokens) + len(analysis.qualifiers)
