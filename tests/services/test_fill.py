"""What merely resembles a known spelling stands behind the records that bear it."""

from itertools import pairwise

import pytest

from gazetteer.index.rows import EntityRow, NameRow, Rows
from gazetteer.matching.types import Decision, Query
from gazetteer.services import explain
from gazetteer.services.resolve import Resolver, for_tables, many, one
from tests.index.small import snapshot

VILLAGES = ["Zuwayyah", "Zuwayya", "Zawiya", "Zuwaiyah", "Ramadi"]
QUERIES = [Query(name, country="IQ") for name in VILLAGES]


@pytest.fixture(scope="module")
def villages(tmp_path_factory) -> Resolver:
    """Villages of names that are hard to tell apart, and a town of another."""
    entities = [
        EntityRow(row, f"r{row}", "place", "settlement", "IQ", name, None, None, None, 30)
        for row, name in enumerate(VILLAGES)
    ]
    names = [NameRow(row, name, "en", "preferred", None, None, "test") for row, name in enumerate(VILLAGES)]
    return Resolver(snapshot(tmp_path_factory.mktemp("index") / "villages", Rows(1, entities, names)))


def test_other_spellings_stand_behind_the_very_spelling(villages):
    """The village that is meant may be written otherwise."""
    found = [each.name for each in one(villages, Query("Zuwayyah", country="IQ"), limit=10).candidates]
    assert found[0] == "Zuwayyah"
    assert {"Zuwayya", "Zuwaiyah"} <= set(found)
    assert "Ramadi" not in found


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_how_many_are_asked_for_changes_no_decision(villages, query):
    short, long = one(villages, query, limit=1), one(villages, query, limit=10)
    assert (short.decision, short.score, short.reason) == (long.decision, long.score, long.reason)
    assert short.candidates == long.candidates[:1]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_scores_fall_and_are_probabilities(villages, query):
    scores = [each.score for each in one(villages, query, limit=10).candidates]
    assert sum(scores) <= 1.0 + 1e-3
    assert all(first >= second > 0 for first, second in pairwise(scores))


def test_bulk_fills_up_as_a_single_query_does(villages):
    assert many(villages, QUERIES, limit=10) == [one(villages, each, limit=10) for each in QUERIES]


def test_what_fills_up_is_explained_as_it_is_listed(villages):
    query = Query("Zuwayyah", country="IQ")
    for rank, each in enumerate(one(villages, query, limit=10, explain=True).candidates, start=1):
        why = explain.one(villages, query, each.id)
        assert (why.rank, why.candidate) == (rank, each)


def test_a_known_spelling_is_not_taken_apart(villages, monkeypatch):
    """The index has read it already; that is most of the work of a query."""

    def refuse(text: str) -> None:
        raise AssertionError(text)

    monkeypatch.setattr("gazetteer.matching.asked.analyse", refuse)
    assert [each.decision for each in many(villages, QUERIES)] == [Decision.MATCH] * len(QUERIES)


def test_tables_are_not_filled_up(villages):
    """A million rows do not wait for rivals of what is known."""
    found = for_tables(villages)(QUERIES)
    assert [len(each.candidates) for each in found] == [1] * len(QUERIES)
    assert [each.decision for each in found] == [each.decision for each in many(villages, QUERIES, limit=4)]
