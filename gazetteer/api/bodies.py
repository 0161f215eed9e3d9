"""Request bodies: what they say they are, and those read as a whole."""

from typing import Any

from flask import Request
from werkzeug.exceptions import UnsupportedMediaType

from gazetteer.errors import InvalidInput, LimitExceeded, Unreadable
from gazetteer.services.strict_json import Doubled, loads

BLOCK = 64 * 1024

# What begins or parts values. Nothing but empty lists, a body takes twenty times its length once it is read.
STRUCTURE = (b"[", b"{", b",")
VALUES = 2_000_000


def media_type(request: Request, known: tuple[str, ...]) -> str:
    """What the body is; UnsupportedMediaType when it is nothing known, not in UTF-8, or compressed."""
    if request.mimetype not in known:
        raise UnsupportedMediaType(f"the Content-Type must be one of {', '.join(known)}")
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("the charset must be utf-8")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("the body must not be compressed")
    return request.mimetype


def document(request: Request, most: int) -> dict[str, Any]:
    """The JSON object that the body is; LimitExceeded when it is longer than `most` bytes."""
    refuse_by_length(request, most)
    stream = request.environ["wsgi.input"]
    body = bytearray()
    while block := stream.read(BLOCK):
        body += block
        if len(body) > most:
            raise LimitExceeded(f"the body is longer than {most} bytes", field="body")
    if not body.strip():
        raise Unreadable("the body is empty", field="body")
    if sum(map(body.count, STRUCTURE)) > VALUES:
        raise LimitExceeded(f"the body holds more than {VALUES} values", field="body")
    try:
        value = loads(bytes(body))
    except Unreadable as error:
        raise Unreadable(error.message, field="body") from None
    if not isinstance(value, dict):
        raise InvalidInput('the body must be an object such as {"items": [...]}', field="body")
    if isinstance(value, Doubled):
        raise InvalidInput(f"{value.field} is given twice", field=value.field)
    return value


def refuse_by_length(request: Request, most: int) -> None:
    """A body that says itself that it is too long need not be waited for."""
    if (request.content_length or 0) > most:
        raise LimitExceeded(f"the body is longer than {most} bytes", field="body")
