"""Answers in JSON, written by orjson."""

from typing import Any

from flask import Response
from flask.json.provider import JSONProvider

from gazetteer.services.strict_json import dumps, loads

JSON = "application/json"


class StrictProvider(JSONProvider):
    """Flask's JSON, strict and fast."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Text; what Flask would have it look like is passed over."""
        return dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """A value."""
        return loads(s.encode() if isinstance(s, str) else s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """A response, without a detour through text."""
        return reply(self._prepare_response_obj(args, kwargs))


def reply(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(dumps(value), status, content_type=JSON)
