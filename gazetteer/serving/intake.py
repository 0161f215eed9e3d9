"""Requests taken until they are whole: the head, then the body, from bytes that have come; nothing here waits."""

from typing import Any

from gunicorn.http.errors import (  # type: ignore[import-untyped]  # gunicorn has no types
    NoMoreData,
    ParseException,
)
from gunicorn.http.message import Request  # type: ignore[import-untyped]
from gunicorn.http.unreader import IterUnreader  # type: ignore[import-untyped]

from gazetteer.serving import problems
from gazetteer.serving.connection import Connection, Phase
from gazetteer.serving.framing import Chunks, Length, Misframed
from gazetteer.serving.limits import LINE, Limits
from gazetteer.serving.problems import Problem

HEAD_ENDS = b"\r\n\r\n"
# Answered by a thread of their own: whoever runs the service asks them most when it is busiest.
EXPRESS = frozenset({"/healthz", "/readyz", "/metrics"})
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
# Bytes of a body beyond the limit that are read and dropped, so that the connection can be used again.
DRAINED = 256 * 1024**2


class Intake:
    """Reads requests by gunicorn's rules and our limits."""

    def __init__(self, cfg: Any, limits: Limits) -> None:
        self.cfg = cfg
        self.limits = limits

    def read(self, connection: Connection, *, more: bool) -> bool | Problem:
        """Whether the request is whole, or what is wrong with it. `more` is False where no more will come."""
        if connection.phase is Phase.HEAD:
            outcome = self.head(connection, more=more)
            if outcome is not True:
                return outcome
            if problem := self.body_begins(connection):
                return problem
        return self.body(connection, more=more)

    def head(self, connection: Connection, *, more: bool) -> bool | Problem:
        """Read the head, if it is there."""
        inbox = connection.inbox
        end = inbox.find(HEAD_ENDS, 0, self.limits.head)
        if end < 0 and more and len(inbox) < self.limits.head and not endless(inbox):
            return False
        size = end + len(HEAD_ENDS) if end >= 0 else len(inbox)
        head = bytes(inbox[:size])
        del inbox[:size]
        try:
            connection.request = Request(self.cfg, IterUnreader([head]), connection.client, connection.requests + 1)
        except (NoMoreData, StopIteration):
            return problems.HEAD_TOO_LARGE if more and size >= self.limits.head else False
        except ParseException as error:
            return problems.unreadable(error)
        return True

    def body_begins(self, connection: Connection) -> Problem | None:
        """See how the body is framed. A body that says itself that it is too long need not be waited for."""
        request = connection.request
        length = getattr(request.body.reader, "length", None)
        connection.frame = Chunks() if length is None else Length(length)
        connection.enter(Phase.BODY)
        expected, request._expected_100_continue = request._expected_100_continue, False
        if length is not None and length > self.limits.body + DRAINED:
            return problems.body_too_long(self.limits.body, kept=False)
        if expected and length is not None and length > self.limits.body:
            return problems.body_too_long(self.limits.body, kept=False)
        if expected and not connection.inbox:
            connection.outbox.sendall(CONTINUE)
            connection.outbox.flush()
        return None

    def body(self, connection: Connection, *, more: bool) -> bool | Problem:
        """Keep what has come of the body; beyond the limit it is only counted."""
        frame, most = connection.frame, self.limits.body
        assert frame is not None
        if frame.whole:
            return True
        try:
            pieces = frame.take(connection.inbox)
        except Misframed as error:
            return problems.misframed(str(error))
        try:
            self.keep(connection, pieces)
        except OSError:
            return problems.UNKEPT
        if connection.size > most + DRAINED:
            return problems.body_too_long(most, kept=False)
        if frame.whole:
            return True if connection.size <= most else problems.body_too_long(most, kept=True)
        return False if more else problems.BROKEN_OFF

    def keep(self, connection: Connection, pieces: list[bytes]) -> None:
        """Keep the pieces, unless the body is too long already."""
        coming = sum(map(len, pieces))
        if connection.size + coming > self.limits.body:
            connection.size += coming
        else:
            connection.keep(pieces, self.limits.spool)


def endless(inbox: bytearray) -> bool:
    """Whether the request line is longer than one may be, its end not in sight. An empty line may come before it."""
    return len(inbox) > LINE + 4 and inbox.find(b"\r\n", 2, LINE + 4) < 0
