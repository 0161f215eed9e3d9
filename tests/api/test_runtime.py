"""The published snapshot: followed when another is published, kept when the other is broken."""

import pytest

from gazetteer.errors import BadSnapshot, Unavailable
from gazetteer.factory import create_app
from gazetteer.matching.decide import Policy
from gazetteer.services.live import Live
from gazetteer.services.query import Limits
from gazetteer.settings import Settings
from tests.api.conftest import publish
from tests.api.problems import told


def published(folder) -> Live:
    return Live(folder / "index" / "current", Policy(), Limits())


def test_the_same_resolver_while_nothing_is_published(tmp_path):
    publish(tmp_path)
    snapshots = published(tmp_path)
    assert snapshots.resolver() is snapshots.resolver()


def test_the_next_request_is_answered_from_what_was_published(tmp_path):
    publish(tmp_path)
    snapshots = published(tmp_path)
    before = snapshots.resolver()
    publish(tmp_path, 8)
    assert snapshots.resolver() is not before


def test_none_is_published_and_then_one_is(tmp_path):
    """A service started before its first seed needs no restart."""
    snapshots = published(tmp_path)
    with pytest.raises(Unavailable):
        snapshots.resolver()
    publish(tmp_path)
    assert snapshots.resolver().generation == 7


def test_a_broken_snapshot_does_not_take_the_place_of_a_good_one(tmp_path, caplog):
    publish(tmp_path)
    snapshots = published(tmp_path)
    good = snapshots.resolver()
    link = tmp_path / "index" / "current"
    link.unlink()
    link.mkdir()
    assert snapshots.resolver() is good
    assert snapshots.resolver() is good
    assert len(caplog.records) == 1


def test_a_broken_snapshot_and_no_other_is_an_error(tmp_path, caplog):
    """Where it is, the log says, and nobody else."""
    (tmp_path / "index" / "current").mkdir(parents=True)
    with pytest.raises(BadSnapshot) as caught:
        published(tmp_path).resolver()
    assert str(tmp_path) not in caught.value.message
    assert str(tmp_path) in caplog.text


@pytest.mark.parametrize("path", ["/v1/lookup?name=Hawija", "/readyz"])
def test_a_client_is_not_told_where_the_broken_snapshot_is(tmp_path, path):
    (tmp_path / "index" / "current").mkdir(parents=True)
    problem = told(create_app(Settings(data=tmp_path)).test_client().get(path), 503)
    assert str(tmp_path) not in str(problem)
