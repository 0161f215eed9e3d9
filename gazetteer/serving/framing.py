"""Where a request body ends (RFC 9112, "Message Body"): bytes in as they come, the body's own bytes out."""

import re
from typing import Protocol

# "Chunked Transfer Coding" (section 7.1): a size in hex, extensions that nobody looks at, CRLF.
SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?")
SIZE_LINE = 1024  # bytes of it
TRAILERS = 16 * 1024  # bytes of the trailer section, which is read and dropped


class Misframed(ValueError):
    """The chunks of a body are framed wrongly."""


class Frame(Protocol):
    """A body on its way."""

    whole: bool

    def take(self, data: bytearray) -> list[bytes]:
        """Take what belongs to the body from the front of the bytes; its content is returned."""


class Length:
    """A body that says how long it is."""

    def __init__(self, length: int) -> None:
        self.left = length
        self.whole = not length

    def take(self, data: bytearray) -> list[bytes]:
        """The next bytes of the body."""
        piece = bytes(data[: self.left])
        del data[: self.left]
        self.left -= len(piece)
        self.whole = not self.left
        return [piece]


class Chunks:
    """A body in chunks; Misframed where they are none."""

    def __init__(self) -> None:
        self.whole = False
        self.left = 0  # bytes that the chunk still has
        self.ends = False  # its CRLF is to come
        self.trailing = 0  # bytes of trailers passed; the last chunk was seen when it is not 0

    def take(self, data: bytearray) -> list[bytes]:
        """The content of the chunks that have come."""
        pieces: list[bytes] = []
        while data and not self.whole and self._step(data, pieces):
            pass
        return pieces

    def _step(self, data: bytearray, pieces: list[bytes]) -> bool:
        """One piece of a chunk, or one line; False where more must come first."""
        if self.left:
            pieces.append(bytes(data[: self.left]))
            del data[: self.left]
            self.left -= len(pieces[-1])
            self.ends = not self.left
            return True
        most = 2 if self.ends else TRAILERS if self.trailing else SIZE_LINE
        end = data.find(b"\r\n", 0, most)
        if end < 0:
            if len(data) >= most:
                raise Misframed("a chunk has no end, or its line is too long")
            return False
        line = bytes(data[:end])
        del data[: end + 2]
        self._line(line)
        return True

    def _line(self, line: bytes) -> None:
        """A line between the chunks, or behind them."""
        if self.ends:  # found within two bytes: the line is empty
            self.ends = False
        elif self.trailing:
            self.trailing += len(line) + 2
            if self.trailing > TRAILERS:
                raise Misframed("the trailers are too long")
            self.whole = not line
        elif size := SIZE.fullmatch(line):
            self.left = int(size[1], 16)
            self.trailing = int(not self.left)
        else:
            raise Misframed("a chunk does not begin with its size")
