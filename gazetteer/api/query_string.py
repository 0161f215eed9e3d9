"""Query strings, read strictly: each parameter known, given once, and in UTF-8."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import marshmallow
from flask import Request
from flask_smorest import Blueprint  # type: ignore[import-untyped]  # it has no types
from webargs.flaskparser import FlaskParser

from gazetteer.errors import InvalidInput
from gazetteer.services.wording import shown


class StrictParser(FlaskParser):
    """webargs, reading the query string itself: Werkzeug would put U+FFFD where bytes are no UTF-8."""

    def load_querystring(self, req: Request, _: marshmallow.Schema) -> Mapping[str, Any]:
        """The parameters as text."""
        return parameters(req.query_string)


class Doors(Blueprint):  # type: ignore[misc]
    """A blueprint whose parameters are read strictly."""

    ARGUMENTS_PARSER = StrictParser(unknown=marshmallow.RAISE)

    def arguments(self, schema: Any, **described: Any) -> Any:
        """Parameters by a schema, which is made once; of a class another would be made for each request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **described)


def parameters(query: bytes) -> dict[str, str]:
    """The parameters of a query string (WHATWG URL, "application/x-www-form-urlencoded parsing"), each at most once."""
    found: dict[str, str] = {}
    for pair in query.split(b"&"):
        if not pair:
            continue
        raw_name, _, raw_value = pair.partition(b"=")
        name = decoded(raw_name, "the name of a parameter", None)
        if name in found:
            raise InvalidInput(f"{shown(name)} is given more than once", field=name)
        found[name] = decoded(raw_value, name, name)
    return found


def decoded(raw: bytes, what: str, field: str | None) -> str:
    """Text from its percent-encoding."""
    try:
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise InvalidInput(f"{what} is not UTF-8", field=field) from None
