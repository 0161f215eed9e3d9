"""`GET /v1/explain`: why does a name mean this record, or why does it not? `GET /v1/features`: what is looked at?"""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from gazetteer.api.answer_schemas import ExplainedSchema
from gazetteer.api.errors import handle
from gazetteer.api.explanation_schemas import FeaturesSchema
from gazetteer.api.query_string import Doors, parameters
from gazetteer.api.replies import reply
from gazetteer.api.runtime import runtime
from gazetteer.api.schemas import ExplainSchema, Nothing
from gazetteer.errors import Merged
from gazetteer.matching.types import Query
from gazetteer.services import algorithm, answers, entities
from gazetteer.services.explain import one

doors = Doors("explain", __name__, url_prefix="/v1", description="Why an answer is what it is.")


@doors.route("/explain")
@doors.arguments(ExplainSchema, location="query")
@doors.response(200, ExplainedSchema)
@doors.alt_response(301, schema=None, description="The record was merged; `Location` asks about its survivor.")
@doors.alt_response(404, "NOT_FOUND")
@doors.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def explain(asked: dict[str, Any]) -> Response:
    """Explain why a name means the record of this id, or why it does not.

    The record is compared with the name whether it is among the candidates or not, and whatever of the context shuts
    it out.
    """
    parts = runtime()
    entity, least = asked.pop("entity"), asked.pop("min_generation", None)
    try:
        why = one(parts.published.at_least(least), Query(**asked), entity, partial(entities.get, parts.sessions))
    except Merged as error:
        answer = handle(error)
        given = parameters(request.query_string) | {"entity": error.survivor}
        answer.headers["Location"] = f"/v1/explain?{urlencode(given)}"
        return answer
    return reply(answers.explained(why))


@doors.route("/features")
@doors.arguments(Nothing, location="query")
@doors.response(200, FeaturesSchema)
def features(_: dict[str, object]) -> Response:
    """List the features of the algorithm: what each looks at, and what it weighs.

    A feature adds `weight · (value - neutral)` to the log-odds of a candidate, and nothing where it has no evidence.
    """
    return reply({"features": algorithm.features()})
