"""A stranger changes nothing: a record that has nothing in common with a name does not change what it means.

A stranger to a name is a record none of whose spellings shares half of its letters, in any form that is compared.
(A record that resembles the name more may be meant as well, and must count.) Its kind, country, people and place may
be any, even where the query points: that may cost a match some thousandths, and so never makes it another's.
"""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching.alignment import likeness, scratch
from gazetteer.matching.keys import spell
from gazetteer.matching.pairs import Column
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, many
from gazetteer.text.readings import readings
from gazetteer.text.tokens import analyse
from tests.index.small import rows, snapshot
from tests.properties.asked import ASKED

FAR = 0.5  # of the letters
LITTLE = 0.005  # of a score: a match by less may be none
FIRST = 500  # row of the first stranger
REAL = ["Zürich", "Вупперталь", "京都市", "Ouagadougou", "القاهرة", "Phnom Penh", "Guangzhou", "Chichén Itzá", "Győr"]
KINDS = [
    ("place", "settlement"),
    ("place", "country"),
    ("place", "admin1"),
    ("organisation", "armed_group"),
    ("person", None),
]


@st.composite
def strangers(draw: st.DrawFn) -> list[tuple[EntityRow, str]]:
    """A few records and the name of each."""
    texts = draw(
        st.lists(st.sampled_from(REAL) | st.text("zxvjpgwuoyñцю京", min_size=3, max_size=12), min_size=1, max_size=4)
    )
    found = []
    for place, text in enumerate(texts):
        kind, type = draw(st.sampled_from(KINDS))
        country = draw(st.sampled_from(["IQ", "SY", "CN", None]))
        people = draw(st.sampled_from([None, 5_000, 1_400_000_000]))
        point = (36.3, 43.1) if kind == "place" else (None, None)
        row = EntityRow(FIRST + place, f"stranger-{place}", kind, type, country, text, *point, people, 100)
        found.append((row, text))
    return found


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "before"))


def letters(text: str) -> Column:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def alike(one: str, other: str) -> float:
    """How much two romanised names have in common."""
    return float(likeness(letters(one), letters(other), scratch()[1]))


@cache
def forms(name: str) -> tuple[str, ...]:
    """All that a name is compared as."""
    return (*spell(name).cores, *(each.core for each in readings(analyse(name))))


def is_stranger(text: str, query: Query) -> bool:
    """The name of a record is far from every form of the query."""
    return all(alike(form, core) < FAR for form in forms(query.name) for core in spell(text).cores)


class TestStrangers:
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(added=strangers())
    def test_a_match_stays_the_match_that_it_was(self, before: Resolver, tmp_path_factory, added):
        entities = [row for row, _ in added]
        names = [NameRow(row.row, text, "und", "preferred", None, None, "curated") for row, text in added]
        after = Resolver(snapshot(tmp_path_factory.mktemp("index") / "after", rows(entities, names)))
        unrelated = [each for each in ASKED[::3] if all(is_stranger(text, each) for _, text in added)]
        assume(unrelated)
        for query, old, new in zip(unrelated, many(before, unrelated), many(after, unrelated), strict=True):
            if old.match is not None:
                first = new.candidates[0]
                assert first.id == old.match.id, query
                assert abs(first.score - old.match.score) < LITTLE, query
                sure = old.match.score >= before.policy.accept(query.country is not None) + LITTLE
                assert new.match is not None or not sure, (query, new.reason)
