"""Problems (RFC 9457) for requests that never reach the application: each is a whole response, as bytes."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from gunicorn.http.errors import (  # type: ignore[import-untyped]  # gunicorn has no types
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

SHOWN = 200  # characters of a request that are said back
RETRY_AFTER = 2  # seconds


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; the connection is not used again unless it is `kept`."""

    status: HTTPStatus
    code: str
    detail: str
    kept: bool = False

    def response(self, request_id: str) -> bytes:
        """The response, its id in it."""
        about = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
        }
        body = json.dumps(about).encode()
        head = [
            f"HTTP/1.1 {int(self.status)} {self.status.phrase}",
            "Content-Type: application/problem+json",
            f"Content-Length: {len(body)}",
            f"Connection: {'keep-alive' if self.kept else 'close'}",
            "X-Content-Type-Options: nosniff",
            f"X-Request-ID: {request_id}",
        ]
        if self.status == HTTPStatus.SERVICE_UNAVAILABLE:
            head.append(f"Retry-After: {RETRY_AFTER}")
        return "\r\n".join([*head, "", ""]).encode("ascii") + body


FULL = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "the service has all the requests it can take; try again", kept=True
)
SLOW_HEAD = Problem(HTTPStatus.REQUEST_TIMEOUT, "request_timeout", "the request line or the headers stopped coming")
SLOW_BODY = Problem(HTTPStatus.REQUEST_TIMEOUT, "request_timeout", "the body stopped coming, or came too slowly")
BROKEN_OFF = Problem(HTTPStatus.BAD_REQUEST, "bad_request", "the body broke off")
UNKEPT = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "the body cannot be kept: is the disk full?")
FAILED = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "the service failed to answer; its log says why")
HEAD_TOO_LARGE = Problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "limit_exceeded", "the header fields are too many or too large"
)
LINE_TOO_LONG = Problem(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    "limit_exceeded",
    "the request line is too long: is `name`? POST /v1/normalise takes more",
)


def misframed(why: str) -> Problem:
    """A body in chunks that are none."""
    return Problem(HTTPStatus.BAD_REQUEST, "bad_request", f"the body's chunks are framed wrongly: {why}")


def body_too_long(most: int, *, kept: bool) -> Problem:
    """A body beyond all limits. The connection can be used again if the body was read to its end."""
    detail = f"the body is longer than {most} bytes"
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "limit_exceeded", detail, kept=kept)


def unreadable(exc: ParseException) -> Problem:
    """What gunicorn could not read, in our words."""
    if isinstance(exc, LimitRequestLine):
        return LINE_TOO_LONG
    if isinstance(exc, LimitRequestHeaders):
        return HEAD_TOO_LARGE
    if isinstance(exc, UnsupportedTransferCoding):
        return Problem(HTTPStatus.BAD_REQUEST, "unreadable", "the Transfer-Encoding is not known; `chunked` is")
    if isinstance(exc, ExpectationFailed):
        return Problem(HTTPStatus.EXPECTATION_FAILED, "expectation_failed", "only `Expect: 100-continue` is known")
    return Problem(HTTPStatus.BAD_REQUEST, "unreadable", f"the request cannot be read: {str(exc)[:SHOWN]}")
