"""`POST /v1/normalise`: many names at once, in JSON, NDJSON or CSV."""

# mypy: disable-error-code="untyped-decorator"
# flask-smorest has no types.

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain, islice
from typing import BinaryIO

from flask import Response, request

from gazetteer.api.bodies import document, media_type, refuse_by_length
from gazetteer.api.normalise_docs import CSV, DOCUMENTED, NDJSON
from gazetteer.api.observed import decided
from gazetteer.api.query_string import Doors, parameters
from gazetteer.api.replies import JSON
from gazetteer.api.runtime import runtime
from gazetteer.api.schemas import BulkSchema, ContextSchema, CsvSchema, NdjsonSchema, Nothing
from gazetteer.errors import Unavailable
from gazetteer.services import resolve
from gazetteer.services.bulk import answer as bulk
from gazetteer.services.bulk import ndjson, tables
from gazetteer.services.bulk.answer import Answer
from gazetteer.services.bulk.layout import Layout
from gazetteer.services.bulk.records import LINE
from gazetteer.services.bulk.spool import spooled

COLUMN = "_column"

doors = Doors("normalise", __name__, url_prefix="/v1", description="Many names.")


@doors.route("/normalise", methods=["POST"])
@doors.doc(**DOCUMENTED)
@doors.alt_response(400, "BAD_REQUEST")
@doors.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
@doors.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
@doors.alt_response(422, "UNPROCESSABLE_ENTITY")
@doors.alt_response(503, "SERVICE_UNAVAILABLE")
def normalise() -> Response:
    """Find the records that many names mean.

    The order is kept. A row that cannot be read answers for itself, with the decision `error`; only a body that cannot
    be read as a whole, or is too large, is refused. NDJSON and CSV are answered as a stream.
    """
    answer_to = {JSON: json_answer, NDJSON: ndjson_answer, CSV: csv_answer}
    return answer_to[media_type(request, tuple(answer_to))]()


def json_answer() -> Response:
    """The answer to one JSON document."""
    settings = runtime().settings
    Nothing().load(parameters(request.query_string))
    asked = BulkSchema().load(document(request, settings.json_limit))
    limit, explain = asked["limit"], asked["explain"]
    resolver = runtime().published.at_least(asked.get("min_generation"))
    many = partial(resolve.many, resolver, limit=limit, explain=explain)
    answer = bulk.normalise(asked["items"], many, limit=limit, most=settings.bulk_limit, explain=explain)
    decided(answer.summary)
    return streamed(answer, JSON)


def ndjson_answer() -> Response:
    """The answer to NDJSON."""
    asked = NdjsonSchema().load(parameters(request.query_string))
    many = partial(resolve.many, runtime().published.at_least(asked.pop("min_generation", None)), **asked)
    return from_disk(partial(ndjson.normalise, many=many, **asked), NDJSON)


def csv_answer() -> Response:
    """The answer to a table."""
    given = parameters(request.query_string)
    resolver = runtime().published.at_least(CsvSchema().load(given).get("min_generation"))
    table = layout(given)
    work = partial(
        tables.normalise,
        layout=table,
        many=resolve.for_tables(resolver),
        lanes=runtime().lanes,
        generation=resolver.generation,
        folder=runtime().settings.data / "spool",
    )
    return from_disk(work, f"{CSV}; charset=utf-8", LINE)


def layout(given: dict[str, str]) -> Layout:
    """Where the queries are in the table, by the parameters."""
    asked = CsvSchema().load(given)
    columns = {name.removesuffix(COLUMN): value for name, value in given.items() if name.endswith(COLUMN)}
    return Layout(
        columns={"name": asked["column"], **columns},
        defaults={field: given[field] for field in ContextSchema().fields if field in given},
        delimiter=asked.get("delimiter"),
        overwrite=asked["overwrite"],
    )


def from_disk(answer: Callable[[BinaryIO], Answer], content_type: str, line: int | None = None) -> Response:
    """The streamed answer to a body that was taken whole first."""
    settings = runtime().settings
    refuse_by_length(request, settings.spool_limit)
    with ExitStack() as held:
        held.enter_context(place())
        body = spooled(request.environ["wsgi.input"], settings.data / "spool", settings.spool_limit, line)
        answered = answer(held.enter_context(body))
        decided(answered.summary)
        kept = held.pop_all()
    try:
        response = streamed(closing_after(answered, kept), content_type)
    except BaseException:
        kept.close()
        raise
    response.call_on_close(kept.close)  # a client that leaves early leaves the answer unfinished, or even unbegun
    return response


@contextmanager
def place() -> Iterator[None]:
    """A place among the bodies that are answered at once: each takes memory for as long as its reader takes."""
    places = runtime().uploads
    if not places.acquire(blocking=False):
        raise Unavailable("as many NDJSON and CSV bodies are answered as can be; try again")
    try:
        yield
    finally:
        places.release()


def closing_after(chunks: Iterable[bytes], held: ExitStack) -> Iterator[bytes]:
    """The chunks; what they are made from is let go behind the last."""
    with held:
        yield from chunks


def streamed(answer: Iterable[bytes], content_type: str) -> Response:
    """An answer sent as it is worked. The first piece is worked now: what fails there is still a problem."""
    chunks = iter(answer)
    first = list(islice(chunks, 1))
    return Response(chain(first, chunks), content_type=content_type)
