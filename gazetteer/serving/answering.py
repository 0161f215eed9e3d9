"""An answer on its way: worked piece by piece by whatever thread is free, never waiting for its reader.

A piece is worked when the reader has taken the one before. So a slow reader costs a piece of memory and no thread, an
answer of an hour lets others in between its pieces, and a client that is gone costs no more than the piece at hand.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from gunicorn.http.wsgi import Response, create  # type: ignore[import-untyped]  # gunicorn has no types

from gazetteer.serving.connection import Connection, Gone

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

LOG = logging.getLogger(__name__)
RECEIVED = "gazetteer.received"  # in the environment: when the request had come whole, by the monotonic clock


class Turn(Enum):
    """How a thread leaves an answer."""

    DONE = auto()  # the connection can be used again
    LAST = auto()  # the connection is to be closed
    WAITS = auto()  # for its reader
    AGAIN = auto()  # others wait for a thread
    FAILED = auto()  # nothing was sent yet
    GONE = auto()  # the client left, or the answer broke in the middle


class Answer:
    """The answer to a request."""

    def __init__(self, connection: Connection, cfg: Any, *, closing: bool) -> None:
        self.connection = connection
        self.response, self.environ = prepared(connection, cfg)
        if closing:
            self.response.force_close()
        self.body: Iterable[bytes] | None = None
        self.pieces: Iterator[bytes] | None = None
        self.worked = False

    def turn(self, app: "WSGIApplication", others_wait: Callable[[], bool]) -> Turn:
        """Work on, as far as it goes now."""
        try:
            return self._advance(app, others_wait)
        except Gone:
            self.close()
            return Turn.GONE
        except Exception:
            LOG.exception("a request failed")
            self.close()
            return Turn.GONE if self.response.headers_sent else Turn.FAILED

    def _advance(self, app: "WSGIApplication", others_wait: Callable[[], bool]) -> Turn:
        outbox = self.connection.outbox
        if self.pieces is None:
            self.body = app(self.environ, self.response.start_response)
            self.pieces = iter(self.body)
        while self._is_said() or outbox.flush():
            if self.worked:
                return Turn.LAST if self.response.should_close() else Turn.DONE
            piece = next(self.pieces, None)
            if piece is None:
                self.worked = True
                self.close()  # before the end is sent: whoever has the whole answer finds it counted
                self.response.close()
            else:
                self.response.write(piece)
                if self.response.chunked and others_wait() and outbox.flush():
                    return Turn.AGAIN
        return Turn.WAITS

    def _is_said(self) -> bool:
        """Whether all that was announced is said, so that the end can be worked before it is sent."""
        length = self.response.response_length
        return not self.worked and length is not None and self.response.headers_sent and self.response.sent >= length

    def close(self) -> None:
        """Let go of what the answer is made from, be it finished or not."""
        close = getattr(self.body, "close", None)
        self.body, self.pieces = None, iter(())
        if close is not None:
            close()


def prepared(connection: Connection, cfg: Any) -> tuple[Response, "WSGIEnvironment"]:
    """The response to fill, and the request as the application takes it: its body is whole and has a length."""
    response, environ = create(connection.request, connection.outbox, connection.client, connection.server, cfg)
    environ["wsgi.multithread"] = True
    environ[RECEIVED] = connection.received
    del environ["gunicorn.socket"]
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    if connection.body is not None:
        connection.body.seek(0)
        environ["wsgi.input"] = connection.body
        environ["CONTENT_LENGTH"] = str(connection.size)
    return response, environ
