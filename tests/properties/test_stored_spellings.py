"""A stored spelling that one record of the country bears is always a match to that record.

All names of the seeded gazetteer are asked, each with the country of its record; those of records of no country, a
river or a group, with one that many of them are spoken of in. Two spellings are one where they fold to the same, and
records of no country may be meant in any. Codes of places are left out: "BAS" is mostly no airport.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from gazetteer.index.gather import coded
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import NO_COUNTRY
from gazetteer.matching.types import Query, Result
from gazetteer.services.resolve import Resolver, many
from gazetteer.text.normalise import fold

SPOKEN_OF_IN = "IQ"
SHOWN = 20  # failures that a message lists


class Stored(NamedTuple):
    """A spelling, the country it is asked with, and the only record of that country that bears it."""

    text: str
    country: str
    id: str


def stored(snapshot: Snapshot) -> Iterator[Stored]:
    """All spellings that only one record may be meant by."""
    numbers = np.arange(len(snapshot.names.text))
    entity = snapshot.names.entity.astype(np.int64)
    country = snapshot.entities.country
    texts = snapshot.names.text.take(numbers)
    folded = [fold(text) or text for text in texts]
    bearers = defaultdict(set)
    for spelling, record in zip(folded, entity.tolist(), strict=True):
        bearers[spelling].add(record)
    here = snapshot.country_number[SPOKEN_OF_IN]
    for place in np.flatnonzero(~coded(snapshot, numbers, entity)).tolist():
        record = int(entity[place])
        asked = here if country[record] == NO_COUNTRY else int(country[record])
        if all(each == record or country[each] not in (asked, NO_COUNTRY) for each in bearers[folded[place]]):
            yield Stored(texts[place], str(snapshot.countries[asked]), snapshot.entities.id[record].decode())


@pytest.fixture(scope="module")
def resolver(seeded_snapshot) -> Resolver:
    return Resolver(Snapshot(seeded_snapshot))


def test_a_spelling_of_one_record_is_a_match_to_it(resolver):
    known = list(dict.fromkeys(stored(resolver.snapshot)))
    assert len(known) > 80_000
    answers = many(resolver, [Query(each.text, country=each.country) for each in known])
    wrong = [
        (each.text, each.country, answer.reason if isinstance(answer, Result) else answer)
        for each, answer in zip(known, answers, strict=True)
        if not isinstance(answer, Result) or answer.match is None or answer.match.id != each.id
    ]
    assert wrong == [], f"{len(wrong)} of {len(known)}, such as {wrong[:: len(wrong) // SHOWN + 1]}"
