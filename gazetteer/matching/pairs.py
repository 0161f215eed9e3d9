"""Pairs of a query and a name that may be what it means, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.matching.asked import Batch

Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Text:
    """How the two sides of each pair are written.

    `exact` marks one and the same folded spelling; of the others, `evidence` is what the best alignment of the two
    names says, in log-odds, `to_win` what the query against itself and `to_cover` what the stored name against itself
    would; `letters` and `consonants` are likenesses from 0 to 1; `sounds` marks equal phonetic codes, `reading` a query
    that was read by the spelling of some language. `main` is how alike the query and the main name of the record are,
    from 0 to 1, whichever name brought the record in. `form` is the place in `forms` of the form of the query that was
    compared, `core` the number of the stored core; both are -1 for an exact spelling.
    """

    exact: Column
    evidence: Column
    to_win: Column
    to_cover: Column
    letters: Column
    consonants: Column
    sounds: Column
    reading: Column
    main: Column
    form: Column
    core: Column
    forms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Named:
    """How well the names of persons, organisations and operations agree, NaN where there is no evidence.

    `by_words` marks the pairs of such records: they are compared word by word, and the letters of the
    whole say nothing.
    """

    by_words: Column
    persons: Column
    organisations: Column
    acronyms: Column


@dataclass(frozen=True, slots=True)
class Pairs:
    """Query, name and entity of each pair, and what the snapshot says of them.

    `query` is a row of the batch; `name` and `entity` are numbers of the snapshot; `order` is what
    records that are as likely are ordered by. `names` is how many names the record
    has, `scripts` the scripts of all of them. `implied` is 1.0 where a generic word of the query is said of the
    record's type, 0.5 where of towns for a unit or of units for a town, 0.0 where of others, NaN where there is none.
    `unsaid` marks stored names with a generic word of which the query says nothing, `itself` the record of the very
    country that the query names. `within` is 1.0 inside what the caller named, less the farther outside, NaN where
    nothing was named or nothing is known. `coded` marks names that are codes of places. `town` is, for a unit, the row
    of a pair whose record is a town in it, -1 where there is none.
    """

    batch: Batch
    query: Column
    name: Column
    entity: Column
    order: Column
    text: Text
    country: Column
    coded: Column
    prior: Column
    names: Column
    scripts: Column
    lat: Column
    lon: Column
    role: Column
    first_day: Column
    last_day: Column
    concepts: Column
    modifiers: Column
    implied: Column
    unsaid: Column
    itself: Column
    within: Column
    town: Column
    named: Named

    def __len__(self) -> int:
        return len(self.query)


def spread(column: Column, pairs: Pairs) -> Column:
    """A column of the batch, a row a pair."""
    return np.asarray(column[pairs.query])
