"""`/metrics`: what Prometheus asks for."""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from flask import Response

from gazetteer.api.query_string import Doors
from gazetteer.serving.metrics import page

TEXT = {"schema": {"type": "string", "description": "Prometheus text exposition format."}}
DOCUMENTED = {"responses": {"200": {"description": "OK", "content": {"text/plain": TEXT}}}}

doors = Doors("metrics", __name__, description="For whoever runs it.")


@doors.route("/metrics")
@doors.doc(**DOCUMENTED)
def metrics() -> Response:
    """Requests, latencies, decisions, rows, the snapshot, and what is in progress, of all workers together."""
    body, content_type = page()
    return Response(body, content_type=content_type)
