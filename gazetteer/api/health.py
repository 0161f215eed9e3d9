"""`/healthz`: the process is alive. `/readyz`: it can answer."""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from flask import Response
from sqlalchemy.exc import SQLAlchemyError

from gazetteer.api.answer_schemas import HealthSchema
from gazetteer.api.errors import problem
from gazetteer.api.query_string import Doors
from gazetteer.api.replies import reply
from gazetteer.api.runtime import Runtime, runtime
from gazetteer.db.engine import schema_is_current
from gazetteer.errors import GazetteerError, Unavailable

doors = Doors("health", __name__, description="For whoever runs it.")


@doors.route("/healthz")
@doors.response(200, HealthSchema)
def healthz() -> Response:
    """The process is alive."""
    return reply({"status": "ok"})


@doors.route("/readyz")
@doors.response(200, HealthSchema)
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def readyz() -> Response:
    """The snapshot is loaded, the database can be reached, and its schema is this version's."""
    parts = runtime()
    faults = {name: [fault] for name, fault in (("snapshot", snapshot(parts)), ("database", database(parts))) if fault}
    if faults:
        return problem(503, Unavailable.code, "; ".join(fault for (fault,) in faults.values()), faults)
    return reply({"status": "ready", "generation": parts.published.resolver().generation})


def snapshot(parts: Runtime) -> str | None:
    """What is wrong with the snapshot."""
    try:
        parts.published.resolver()
    except GazetteerError as error:
        return error.message
    return None


def database(parts: Runtime) -> str | None:
    """What is wrong with the database; the address it is at is nobody's business."""
    try:
        if schema_is_current(parts.engine):
            return None
    except SQLAlchemyError:
        return "the database cannot be reached"
    return "the database has not this version's schema: run `gazetteer db upgrade`"
