"""Request bodies, kept at arm's length: below the application, above the server.

`gazetteer serve` hands over whole bodies; Flask's own server and others hand over what is still on its way.

- A body that breaks off, or is framed wrongly, is the client's error and answered as one.
- What an early answer left unread is read and dropped before it is sent, up to a bound: otherwise the
  connection cannot be used again, and a client that sends all before it reads sees a reset instead of the answer.
"""

import io
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]  # gunicorn has no types
from werkzeug.exceptions import BadRequest, RequestTimeout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DRAIN_BYTES = 256 * 1024**2
DRAIN_SECONDS = 20.0
BLOCK = 64 * 1024


class Body(io.RawIOBase):
    """A request body, which knows how much of it is still to come."""

    def __init__(self, source: BinaryIO, length: int | None) -> None:
        self.source = source
        self.left = length
        self.broken = False

    @property
    def finished(self) -> bool:
        """All of it was read."""
        return self.left == 0

    def readable(self) -> bool:
        """It can only be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """The next bytes."""
        room = memoryview(buffer).cast("B")
        data = self.next(len(room))
        room[: len(data)] = data
        return len(data)

    def next(self, most: int) -> bytes:
        """The next bytes, none at the end."""
        most = most if self.left is None else min(most, self.left)
        if not most:
            return b""
        try:
            data = self.source.read(most)
        except TimeoutError:
            self.broken = True
            raise RequestTimeout("the body stopped coming") from None
        except (OSError, ParseException):
            self.broken = True
            raise BadRequest("the body broke off, or its chunks are framed wrongly") from None
        if self.left is not None:
            if not data:
                self.broken = True
                raise BadRequest(f"the body broke off, {self.left} bytes before its end")
            self.left -= len(data)
        elif not data:
            self.left = 0
        return data

    def drain(self) -> None:
        """Read what is left and drop it, within reason."""
        room, until = DRAIN_BYTES, time.monotonic() + DRAIN_SECONDS
        if self.left is not None and self.left > room:
            return
        while not (self.finished or self.broken) and room > 0 and time.monotonic() < until:
            room -= len(self.next(BLOCK))


class Intake:
    """The middleware that puts a `Body` between the server and the application."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        body = Body(environ["wsgi.input"], length_of(environ))
        environ["wsgi.input"] = body

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            with suppress(BadRequest, RequestTimeout):  # the answer to the request itself is the better one
                body.drain()
            if not body.finished:
                # For servers that pass it on, as Flask's own does. gunicorn drops it, says keep-alive, tries to read
                # the rest itself, within bounds of its own, and closes the connection where it cannot.
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def length_of(environ: "WSGIEnvironment") -> int | None:
    """How long the body is; None where only its end will tell."""
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        return None
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0
