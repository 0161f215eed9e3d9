"""A record held against a query, found or not."""

import numpy as np
import pytest

from gazetteer.index.against import against
from gazetteer.index.forms import write
from gazetteer.index.gather import gather
from gazetteer.matching.asked import Asked, Batch, exact_key
from gazetteer.matching.score import score
from tests.index.small import snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return snapshot(tmp_path_factory.mktemp("index") / "small")


def found(small, name: str, id: str):
    """The forms of a name, and its pairs with a record."""
    batch = Batch([Asked(name, exact_key(name))])
    written = write(small, batch, np.arange(1))
    return batch, written, against(small, batch, written, small.entities.find(id))


def test_every_name_is_held_against_the_query(small):
    _, _, pairs = found(small, "Hawijah", "tal-abyad")
    begin, end = small.entities.names[small.entities.find("tal-abyad") :][:2]
    assert set(pairs.name.tolist()) == set(range(int(begin), int(end)))
    assert (pairs.core >= 0).all()


def test_the_same_spelling_is_known_as_one(small):
    _, _, pairs = found(small, "Hawija", "hawija")
    assert small.names.text[int(pairs.name[pairs.core < 0][0])] == "Hawija"


def test_a_name_without_letters_has_no_pairs(small):
    _, _, pairs = found(small, "!!!", "hawija")
    assert len(pairs.query) == 0


def test_what_is_found_can_be_scored(small):
    batch, written, pairs = found(small, "Hawijah", "hawija")
    scored = score(gather(small, batch, pairs, written, pairs.name))
    assert scored.entity.tolist() == [small.entities.find("hawija")]
    assert np.isfinite(scored.score).all()
