"""`GET /v1/entities/…`: the full record of an entity."""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from flask import Response

from gazetteer.api.answer_schemas import EntitySchema
from gazetteer.api.query_string import Doors
from gazetteer.api.replies import reply
from gazetteer.api.runtime import runtime
from gazetteer.api.schemas import Nothing
from gazetteer.services import entities

doors = Doors("entities", __name__, url_prefix="/v1/entities", description="Records.")


@doors.route("/<string:id>")
@doors.arguments(Nothing, location="query")
@doors.response(200, EntitySchema)
@doors.alt_response(301, schema=None, description="The record was merged; it lives on where `Location` says.")
@doors.alt_response(404, "NOT_FOUND")
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def by_id(_: dict[str, object], id: str) -> Response:
    """The record, with all its names, identifiers, sources and parents."""
    return reply(entities.get(runtime().sessions, id))


@doors.route("/by/<string:scheme>/<path:value>")
@doors.arguments(Nothing, location="query")
@doors.response(200, EntitySchema)
@doors.alt_response(404, "NOT_FOUND")
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def by_identifier(_: dict[str, object], scheme: str, value: str) -> Response:
    """The record that has this identifier in another scheme."""
    return reply(entities.by_identifier(runtime().sessions, scheme, value))
