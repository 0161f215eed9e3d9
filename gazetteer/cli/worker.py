"""gunicorn's threaded worker, with problems for bodies: a request that never reaches the application is told why.

The application answers its own errors; what is wrong before it (a request line of 100,000 characters, headers that
are none) gunicorn would answer in HTML.
"""

import json
import socket
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import (  # type: ignore[import-untyped]  # gunicorn has no types
    ConfigurationProblem,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

DRAIN = 4 * 1024**2  # bytes read and dropped, so that the answer is not lost in a reset
PATIENCE = 2.0  # seconds they may take
DETAIL = 200  # characters of a request that are said back


class Worker(ThreadWorker):  # type: ignore[misc]
    """Threads that answer an unreadable request with a problem (RFC 9457)."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer what gunicorn could not read; all else is gunicorn's to report."""
        if not isinstance(exc, ParseException) or isinstance(exc, ConfigurationProblem | UnsupportedTransferCoding):
            super().handle_error(req, client, addr, exc)
            return
        with suppress(OSError):
            client.settimeout(PATIENCE)
            client.sendall(problem(exc))
            client.shutdown(socket.SHUT_WR)
            drain(client)


def problem(exc: ParseException) -> bytes:
    """The whole response to a request that could not be read."""
    status, code, detail = HTTPStatus.BAD_REQUEST, "unreadable", f"the request cannot be read: {str(exc)[:DETAIL]}"
    if isinstance(exc, LimitRequestLine):
        status, code = HTTPStatus.REQUEST_URI_TOO_LONG, "limit_exceeded"
        detail = "the request line is too long: is `name`? POST /v1/normalise takes more"
    elif isinstance(exc, LimitRequestHeaders):
        status, code = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "limit_exceeded"
        detail = "the header fields are too many or too large"
    about = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail, "code": code}
    body = json.dumps(about).encode()
    head = (
        f"HTTP/1.1 {int(status)} {status.phrase}\r\nContent-Type: application/problem+json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body


def drain(client: socket.socket) -> None:
    """Read what the client is still sending, within reason."""
    left, until = DRAIN, time.monotonic() + PATIENCE
    while left > 0 and time.monotonic() < until and (chunk := client.recv(65536)):
        left -= len(chunk)
