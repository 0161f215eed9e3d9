"""Scores are probabilities, and the order of candidates is total: the same ones always stand in the same order."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazetteer.index.gather import pairs
from gazetteer.index.rows import EntityRow, NameRow
from gazetteer.matching.asked import Batch
from gazetteer.matching.score import Scored, score
from gazetteer.matching.types import Query
from gazetteer.services.resolve import Resolver, one
from tests.index.small import rows, snapshot
from tests.properties.asked import ANY_NAME, CONTEXTS

ROUNDING = 1e-9
TWINS = [f"twin-{each}" for each in "badc"]
MOST = 50


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    """The small gazetteer, and four towns that are alike in everything."""
    entities = [
        EntityRow(90 + place, id, "place", "settlement", "IQ", "Salman", 33.0, 44.0, 1_000, 30)
        for place, id in enumerate(TWINS)
    ]
    names = [NameRow(each.row, "Salman", "en", "preferred", None, None, "curated") for each in entities]
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "twins", rows(entities, names)))


def scored(resolver: Resolver, query: Query) -> Scored:
    return score(pairs(resolver.snapshot, Batch([resolver.reader.read(query)])))


def usable(name: str) -> bool:
    """A name that is no error to ask for."""
    return bool(name.strip()) and "\0" not in name and name == name.encode("utf-8", "ignore").decode()


class TestAnyQuery:
    @settings(max_examples=120, deadline=None)
    @given(name=ANY_NAME.filter(usable), context=st.sampled_from(CONTEXTS))
    @example(name="Salman", context={})
    @example(name="Salmaan", context={"country": "IQ"})
    def test_scores_are_probabilities_in_falling_order(self, resolver: Resolver, name: str, context: dict[str, Any]):
        """Each lies in [0, 1], all together are 1 at most, and none is above the one before it."""
        found = [each.score for each in one(resolver, Query(name, **context), limit=MOST).candidates]
        assert all(0.0 <= each <= 1.0 for each in found)
        assert sum(found) <= 1.0 + ROUNDING
        assert all(first >= second for first, second in pairwise(found))

    @settings(max_examples=120, deadline=None)
    @given(name=ANY_NAME.filter(usable), context=st.sampled_from(CONTEXTS))
    @example(name="Salman", context={})
    def test_order_is_total(self, resolver: Resolver, name: str, context: dict[str, Any]):
        """No record stands twice; those of one share stand in the order of their numbers."""
        found = scored(resolver, Query(name, **context))
        place = list(zip((-found.share).tolist(), found.entity.tolist(), strict=True))
        assert place == sorted(place)
        assert len(set(found.entity.tolist())) == len(place)
        assert np.isfinite(found.share).all()

    @settings(max_examples=60, deadline=None)
    @given(name=ANY_NAME.filter(usable), limit=st.integers(1, MOST))
    @example(name="Salman", limit=2)
    def test_fewer_candidates_are_the_first_of_more(self, resolver: Resolver, name: str, limit: int):
        all_of_them = one(resolver, Query(name), limit=MOST)
        some = one(resolver, Query(name), limit=limit)
        assert some.candidates == all_of_them.candidates[:limit]
        assert (some.decision, some.reason) == (all_of_them.decision, all_of_them.reason)


class TestEqualOnes:
    @pytest.mark.parametrize("name", ["Salman", "Salmaan", "سلمان"])
    def test_records_that_nothing_tells_apart_stand_by_their_ids(self, resolver, name):
        """Everywhere and always: their numbers are by prior, then by id."""
        found = one(resolver, Query(name, country="IQ"), limit=MOST).candidates
        assert [each.id for each in found[: len(TWINS)]] == sorted(TWINS)
        assert len({each.score for each in found[: len(TWINS)]}) == 1
