"""Where bodies end."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.serving.framing import Chunks, Length, Misframed


def in_chunks(pieces: list[bytes]) -> bytes:
    """Pieces in chunks, some with an extension, and a trailer."""
    framed = b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces if piece)
    return framed + b"0\r\nX-Sum: 1\r\n\r\n"


@given(st.lists(st.binary(max_size=50)), st.lists(st.integers(0, 400)), st.binary(max_size=20))
def test_chunks_are_read_however_they_come(pieces, cuts, behind):
    """Cut anywhere, the content is the same, and what comes behind the body is left."""
    whole = in_chunks(pieces) + behind
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    frame, inbox, content = Chunks(), bytearray(), b""
    for begin, end in itertools.pairwise(places):
        inbox += whole[begin:end]
        content += b"".join(frame.take(inbox))
    assert frame.whole
    assert content == b"".join(pieces)
    assert inbox == behind


@given(st.binary(max_size=50), st.integers(0, 60))
def test_a_length_takes_no_more_than_it_says(data, length):
    frame, inbox = Length(length), bytearray(data)
    assert b"".join(frame.take(inbox)) == data[:length]
    assert inbox == data[length:]
    assert frame.whole is (len(data) >= length)


@pytest.mark.parametrize(
    "framed",
    [
        b"zz\r\n{}\r\n",
        b"-5\r\nplace\r\n",
        b"0x5\r\nplace\r\n",
        b"5 5\r\nplace\r\n",
        b"\r\n",
        b"6\r\nplace\nXX0\r\n\r\n",
        b"5\nplace\n",
        b"1" * 2000,
        b"fffffffffffffffff\r\n",
        b"0\r\n" + b"a: b\r\n" * 10_000,
    ],
)
def test_what_is_framed_wrongly_is_refused(framed):
    with pytest.raises(Misframed):
        Chunks().take(bytearray(framed + b" " * 2000))


def test_a_body_that_breaks_off_is_not_whole():
    frame = Chunks()
    assert frame.take(bytearray(b"5\r\npla")) == [b"pla"]
    assert not frame.whole
