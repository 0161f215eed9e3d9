"""Errors as HTTP says them: one table of statuses, one body for all (RFC 9457, "Problem Details for HTTP APIs")."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app
from flask_smorest import Api  # type: ignore[import-untyped]  # it has no types
from marshmallow import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException

from gazetteer.api.answer_schemas import ProblemSchema
from gazetteer.api.observed import tale
from gazetteer.errors import (
    BadData,
    BadSnapshot,
    Behind,
    Conflict,
    GazetteerError,
    InvalidInput,
    LimitExceeded,
    Merged,
    NotFound,
    Unavailable,
    UnknownCountry,
    Unreadable,
)
from gazetteer.services.strict_json import dumps
from gazetteer.services.wording import led

PROBLEM = "application/problem+json"

STATUS: dict[type[GazetteerError], int] = {
    GazetteerError: 500,
    InvalidInput: 422,
    UnknownCountry: 422,
    Unreadable: 400,
    NotFound: 404,
    Merged: 301,
    Conflict: 409,
    LimitExceeded: 413,
    Unavailable: 503,
    Behind: 503,
    BadData: 500,
    BadSnapshot: 503,
}

# What the framework refuses, in the words of our own errors where we have one. A fault of ours is always `internal`.
CODES = {
    400: "bad_request",
    404: NotFound.code,
    405: "method_not_allowed",
    408: "request_timeout",
    413: LimitExceeded.code,
    415: "unsupported_media_type",
    422: InvalidInput.code,
    500: "internal",
}

# A database that is away or locked, without our tables (PostgreSQL's word for it), or whose connections are all taken.
ABSENCE: tuple[type[SQLAlchemyError], ...] = (OperationalError, ProgrammingError, TimeoutError)

BROKEN = "the service failed to answer; its log says why"


class Problems(Api):  # type: ignore[misc]
    """The API, with every error of the framework's as a problem, served and documented."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Response:
        """A problem for what Werkzeug, Flask or webargs raised; an unexpected exception comes here as a 500."""
        if error.code is None or error.code < 400:
            return error.get_response()  # type: ignore[return-value]  # a redirect, made by the router
        fields = flattened(getattr(error, "data", {}).get("messages", {}))
        detail = told(fields) or (BROKEN if error.code >= 500 else error.description or "")
        answer = problem(error.code, code_of(error.code), detail, fields)
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                answer.headers[name] = value
        return answer

    def _register_responses(self) -> None:
        """The documented error responses, with the content type that they have."""
        content = {PROBLEM: {"schema": ProblemSchema}}
        for status in HTTPStatus:
            body = {"content": content} if status >= 400 else {}
            described = {"description": status.phrase, **body}
            self.spec.components.response(status.name, described, lazy=True)
        default = {"description": "Any other error", "content": content}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, default, lazy=True)


def register(app: Flask) -> None:
    """Answer our own errors, what a schema refuses, and an absent database with problems."""
    app.register_error_handler(GazetteerError, handle)
    app.register_error_handler(ValidationError, handle_refusal)
    for absence in ABSENCE:
        app.register_error_handler(absence, handle_absence)


def handle(error: GazetteerError) -> Response:
    """The problem of one of our own errors; a fault of ours is for the log, and not told in detail."""
    status = STATUS[type(error)]
    if status == 500:
        raise error
    answer = problem(status, error.code, error.message, {error.field: [error.message]} if error.field else {})
    if isinstance(error, Merged):
        answer.headers["Location"] = f"/v1/entities/{error.survivor}"
    if status == 503:
        answer.headers["Retry-After"] = "1" if isinstance(error, Behind) else "5"
    return answer


def handle_refusal(error: ValidationError) -> Response:
    """The problem of values that a schema refuses."""
    fields = flattened({"": error.messages})
    return problem(422, InvalidInput.code, told(fields), fields)


def handle_absence(error: SQLAlchemyError) -> Response:
    """The problem of a database that is away, or locked, or not set up, or busy; what it said is for the log."""
    current_app.logger.error("the database: %s", error)
    return handle(Unavailable("the database cannot answer now; /readyz says more"))


def problem(status: int, code: str, detail: str, fields: dict[str, list[str]] | None = None, **more: Any) -> Response:
    """A problem body. `fields` are the messages by field at fault, `more` members of its own."""
    about: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    if told := tale():
        about["request_id"] = told.id
    if fields:
        about["errors"] = fields
    return Response(dumps(about), status, content_type=PROBLEM)


def flattened(messages: dict[str, Any]) -> dict[str, list[str]]:
    """webargs' messages, which it keeps by location, by field."""
    return {
        field: [str(each) for each in (said if isinstance(said, list) else [said])]
        for location in messages.values()
        if isinstance(location, dict)
        for field, said in location.items()
    }


def told(fields: dict[str, list[str]]) -> str:
    """The messages by field as one sentence."""
    return "; ".join(led(message, field) for field, messages in fields.items() for message in messages)


def code_of(status: int) -> str:
    """The code of what the framework refuses; of a status that nobody has met yet, its own name."""
    return CODES.get(status) or HTTPStatus(status).name.lower()
