"""A query made ready for matching, and a batch of them as columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.matching.keys import Spelling, key, script_bit, spelled
from gazetteer.matching.respelled import as_meant
from gazetteer.text.normalise import fold
from gazetteer.text.tokens import Analysis, analyse

Column = NDArray[Any]

NO_COUNTRY = 0  # the number of records that lie in none, or in several
ANY = -1  # no kind, no type, no country asked for
NOWHERE = (np.nan, np.nan, np.nan)


def exact_key(text: str) -> int:
    """The key that the index files a name's spelling under, found without taking the name apart."""
    return key(fold(text) or text)


@dataclass(slots=True)
class Asked:
    """A query whose context is resolved to numbers of the snapshot; its words are analysed when somebody asks for them.

    `name` is as it was asked, `exact` the key of its spelling. `country`, `kind` and `type` are ANY where nothing
    binds. `within` are the units that count as inside, None where none was given; `point` is (latitude, longitude,
    radius in km); `day` an ordinal.
    """

    name: str
    exact: int
    country: int = ANY
    kind: int = ANY
    type: int = ANY
    within: frozenset[int] | None = None
    point: tuple[float, float, float] | None = None
    day: int | None = None
    strict: bool = False
    notes: tuple[str, ...] = ()
    _analysis: Analysis | None = None
    _spelling: Spelling | None = None

    @property
    def analysis(self) -> Analysis:
        """What is read of the name."""
        if self._analysis is None:
            self._analysis = analyse(self.name)
        return self._analysis

    @property
    def spelling(self) -> Spelling:
        """The name as the index would file it."""
        if self._spelling is None:
            self._spelling = spelled(self.analysis)
        return self._spelling

    def take_as_meant(self) -> None:
        """Read the name, of a spelling that is not known, with the words that were meant: "sifaya vilage"."""
        self._analysis, self._spelling = as_meant(self.analysis, self.spelling)


class Batch:
    """Many queries as columns, a row a query.

    `head`, `concepts`, `modifiers`, `script` and `words` are what is read of the names themselves. That is most of the
    work of a query, so `read` fills them in for those that need it: of a known spelling the index has read it already.
    """

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.exact = np.array([each.exact for each in asked], dtype="u8")
        self.country = np.array([each.country for each in asked], dtype="i4")
        self.kind = np.array([each.kind for each in asked], dtype="i4")
        self.type = np.array([each.type for each in asked], dtype="i4")
        self.lat, self.lon, self.radius = (
            np.array([each.point or NOWHERE for each in asked], dtype="f8").reshape(-1, 3).T
        )
        self.has_points = not np.isnan(self.lat).all()
        self.day = np.array([each.day or 0 for each in asked], dtype="i4")
        self.has_within = np.array([each.within is not None for each in asked], dtype="?")
        self.strict = np.array([each.strict for each in asked], dtype="?")
        self.head = self.exact.copy()
        self.concepts, self.modifiers, self.script = (np.zeros(len(asked), dtype="u8") for _ in range(3))
        self.words = np.zeros(len(asked), dtype="i4")

    def __len__(self) -> int:
        return len(self.asked)

    def read(self, places: Column) -> None:
        """Fill in what is read of the names at some places."""
        asked = [self.asked[place] for place in places.tolist()]
        for name, value in READ.items():
            column = getattr(self, name)
            column[places] = np.array([value(each) for each in asked], dtype=column.dtype)


def words(asked: Asked) -> int:
    """How many words a query has, an addition as one."""
    return len(asked.analysis.tokens) + len(asked.analysis.qualifiers)


READ: dict[str, Callable[[Asked], int]] = {
    "head": lambda each: each.spelling.head,
    "concepts": lambda each: each.spelling.concepts,
    "modifiers": lambda each: each.spelling.modifiers,
    "script": lambda each: script_bit(each.spelling.script),
    "words": words,
}
