"""gazetteer.services.evaluate.peers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from gazetteer.errors import Unavailable
from gazetteer.matching.types import Query
from gazetteer.services.evaluate import peers
from gazetteer.services.evaluate.inventory import Named
from gazetteer.services.evaluate.peers import PEERS, RapidFuzz, connection, foremost, opened, romanised
from tests.index.small import snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small gazetteer."""
    return snapshot(tmp_path_factory.mktemp("snapshot") / "small")


@pytest.fixture(params=PEERS)
def peer(request, small):
    """Each peer over the small gazetteer, pg_trgm in a database of its own."""
    url = request.getfixturevalue("postgresql_url") if request.param == "pg_trgm" else None
    with opened(request.param, small, url) as found:
        yield found


def named(small, records):
    """The records' names."""
    return [small.entities.name[record] for record in records]


def test_the_most_alike_record_comes_first(small, peer):
    """A spelling that the index does not have finds its record."""
    (found,) = peer.answers([Query("Hawijah")])

    assert named(small, found)[0] == "Hawija"
    assert len(found) == len(set(found)) <= 10


def test_the_country_binds(small, peer):
    """As it does with ours."""
    libyan, lebanese = peer.answers([Query("Tripoli", country="LY"), Query("Tripoli", country="LB")])

    assert {small.countries[small.entities.country[record]] for record in libyan} == {"LY"}
    assert {small.countries[small.entities.country[record]] for record in lebanese} == {"LB"}


def test_of_equals_the_record_of_higher_prior_comes_first(small, peer):
    """Records are numbered by falling prior."""
    (found,) = peer.answers([Query("Tripoli")])

    assert found[0] < found[1]
    assert named(small, found[:2]) == ["Tripoli", "Tripoli"]


def test_a_country_of_no_record_and_a_name_of_no_letters_find_what_they_can(peer):
    """Neither stops the run."""
    nowhere, _ = peer.answers([Query("Hawijah", country="ZZ"), Query("☃")])

    assert nowhere == []


def test_the_peers_see_romanised_names_once_each():
    """What differs only in what they cannot see is one name."""
    seen = romanised(iter([Named(1, "IQ", "Hawīja"), Named(1, "IQ", "HAWIJA"), Named(2, "IQ", "Hawija")]))

    assert [(each.record, each.text) for each in seen] == [(1, "hawija"), (2, "hawija")]


WORDS = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=30)


@given(WORDS, st.text("abc", min_size=1, max_size=4))
def test_comparing_in_bulk_is_comparing_one_by_one(words, asked):
    """cdist and reduceat are optimisations; they may not have an opinion."""
    names = [Named(place // 2, "IQ", word) for place, word in enumerate(words)]
    best: dict[int, float] = {}
    for each in names:
        best[each.record] = max(best.get(each.record, 0), np.float32(fuzz.ratio(asked, each.text)))
    plainly = sorted(best, key=lambda record: (-best[record], record))[:10]

    assert RapidFuzz(names).answers([Query(asked)]) == [plainly]


def test_ties_beyond_the_tenth_are_settled_by_number():
    """The ten do not depend on how numpy partitions."""
    assert foremost(np.ones(30, dtype=np.float32), np.arange(30)) == list(range(10))


def test_a_server_that_is_named_is_left_as_it_was(small, postgresql_url):
    """The table and the extensions are those of a transaction that is rolled back."""
    with opened("pg_trgm", small, postgresql_url):
        pass
    with connection(postgresql_url) as after:
        there = after.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'spelled%'").fetchone()

    assert there == (0,)


def test_without_postgresql_the_advice_is_given(small, monkeypatch):
    """What to install, or to name."""
    monkeypatch.setattr(peers, "programs", lambda: None)

    with pytest.raises(Unavailable, match="--postgres-url"), opened("pg_trgm", small, None):
        pass


def test_a_server_that_is_not_there_is_said(small):
    """Not a traceback."""
    with (
        pytest.raises(Unavailable, match="pg_trgm"),
        opened("pg_trgm", small, "postgresql+psycopg://nobody@127.0.0.1:1/none"),
    ):
        pass
