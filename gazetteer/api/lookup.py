"""`GET /v1/lookup`: which record does this name mean, how sure are we, and why?"""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from collections import Counter
from typing import Any

from flask import Response

from gazetteer.api.answer_schemas import ResultSchema
from gazetteer.api.observed import decided
from gazetteer.api.query_string import Doors
from gazetteer.api.replies import reply
from gazetteer.api.runtime import runtime
from gazetteer.api.schemas import LookupSchema
from gazetteer.matching.types import Query
from gazetteer.services import answers, resolve

doors = Doors("lookup", __name__, url_prefix="/v1", description="One name.")


@doors.route("/lookup")
@doors.arguments(LookupSchema, location="query")
@doors.response(200, ResultSchema)
@doors.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def lookup(asked: dict[str, Any]) -> Response:
    """Find the record that a name means.

    The decision is `match`, `ambiguous` (several are as likely) or `none`; the candidates are what came nearest.
    """
    limit, explain = asked.pop("limit"), asked.pop("explain")
    resolver = runtime().published.at_least(asked.pop("min_generation", None))
    answer = resolve.among_others(resolver, Query(**asked), limit=limit, explain=explain)
    decided(Counter({answer.decision.value: 1}))
    return reply(answers.result(answer, explain=explain))
