"""Workers that work for each other."""

import os
import threading
from contextlib import closing

import pytest

from gazetteer.serving.peers import Peer, Peers


@pytest.fixture
def peers(tmp_path_factory):
    """This process, as a worker that turns messages around."""
    made = Peers(tmp_path_factory.mktemp("p"))
    made.listen(turned)
    yield made
    made.leave()


def turned(message: bytes) -> bytes:
    """A job, done."""
    if message == b"fail":
        raise ValueError("it cannot be done")
    return message[::-1]


def own(peers: Peers) -> closing[Peer]:
    """This process, as others see it."""
    return closing(Peer(peers.folder / str(os.getpid())))


@pytest.mark.parametrize("size", [0, 3, 3_000_000])
def test_a_job_of_any_size_comes_back_done(peers, size):
    with own(peers) as peer:
        assert [peer(b"ab" * size), peer(b"cd")] == [b"ba" * size, b"dc"]


def test_many_are_worked_for_at_once(peers):
    done = []

    def ask() -> None:
        with own(peers) as peer:
            done.append(peer(b"abc"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert done == [b"cba"] * 8


def test_a_job_that_fails_is_given_back(peers):
    """Empty; and the next is done."""
    with own(peers) as peer:
        assert [peer(b"fail"), peer(b"ab")] == [b"", b"ba"]


def test_a_worker_does_not_find_itself(peers):
    assert peers.others() == []


def test_a_worker_that_left_is_not_found_and_not_reached(peers):
    (peers.folder / "12345").touch()
    (gone,) = peers.others()
    with pytest.raises(OSError, match=r"."):
        gone(b"ab")
    (peers.folder / "12345").unlink()
    assert peers.others() == []
