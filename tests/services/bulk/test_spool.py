"""The spool: whole or not at all, bounded, and without a name on disk."""

import io

import pytest

from gazetteer.errors import LimitExceeded, Unavailable
from gazetteer.services.bulk import spool
from gazetteer.services.bulk.spool import spooled


def test_the_body_is_given_back_from_its_beginning(tmp_path):
    body = bytes(range(256)) * 1000
    with spooled(io.BytesIO(body), tmp_path / "spool", len(body)) as kept:
        assert kept.read() == body


def test_nothing_has_a_name_on_disk(tmp_path):
    """So nothing is left behind whatever becomes of the process."""
    with spooled(io.BytesIO(b"body"), tmp_path, 100):
        assert list(tmp_path.iterdir()) == []


def test_a_body_longer_than_allowed_is_refused(tmp_path):
    with pytest.raises(LimitExceeded):
        spooled(io.BytesIO(b"a" * 101), tmp_path, 100)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("block", [1, 2, 3, 7, 9])
def test_a_line_longer_than_allowed_is_refused_wherever_it_lies(tmp_path, monkeypatch, end, block):
    """However the body is cut into blocks."""
    monkeypatch.setattr(spool, "BLOCK", block)
    short, long = b"a" * 9 + end, b"a" * 10
    with spooled(io.BytesIO(short * 5), tmp_path, 1000, line=10):
        pass
    for body in (long, short + long, short * 3 + long + end + short, long + end):
        with pytest.raises(LimitExceeded):
            spooled(io.BytesIO(body), tmp_path, 1000, line=10)


def test_a_folder_that_cannot_be_written_is_not_the_clients_fault(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Unavailable):
        spooled(io.BytesIO(b"body"), blocked, 100)


def test_a_full_disk_is_not_the_clients_fault():
    class Full(io.BytesIO):
        """A disk with no room."""

        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(Unavailable, match="No space left"):
        spool.fill(Full(), io.BytesIO(b"body"), 100, None)
