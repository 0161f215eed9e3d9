"""What goes out, as `/openapi.json` documents it.

Answers are not dumped through these schemas, which would cost more than finding them; a test holds the answers
against the documented shapes instead.
"""

from marshmallow import Schema, fields

from gazetteer.api.explanation_schemas import (
    ComparedSchema,
    ContributionSchema,
    LeadSchema,
    ReadingSchema,
    about,
)
from gazetteer.matching.types import Decision, Kind, Role

EXPLAINED = "Only with `explain=true`."


class QuerySchema(Schema):
    """What was asked, and nothing that was not."""

    name = fields.String(required=True)
    country = fields.String()
    within = fields.String()
    lat = fields.Float()
    lon = fields.Float()
    radius_km = fields.Float()
    kind = fields.String()
    type = fields.String()
    as_of = fields.Date()
    strict = fields.Boolean()


class MatchedNameSchema(Schema):
    """The stored name that brought a candidate in."""

    text = fields.String(required=True)
    language = fields.String(required=True, allow_none=True, metadata=about("BCP 47"))
    role = fields.String(required=True, metadata={"enum": list(Role)})
    source = fields.String(required=True)


class MatchSchema(Schema):
    """An entity, as an answer shows it; the full record is at `url`."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(Kind)})
    type = fields.String(required=True, allow_none=True)
    country = fields.String(required=True, allow_none=True)
    admin1 = fields.String(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    population = fields.Integer(required=True, allow_none=True)
    identifiers = fields.Dict(
        fields.String(), fields.String(), required=True, metadata=about("The preferred value of each scheme.")
    )
    url = fields.String(required=True)


class CandidateSchema(MatchSchema):
    """An entity that may be meant."""

    score = fields.Float(required=True, metadata=about("Probability that it is what the query means."))
    matched_name = fields.Nested(MatchedNameSchema, required=True)
    explanation = fields.List(fields.Nested(ContributionSchema), metadata=about(EXPLAINED))
    compared = fields.Nested(ComparedSchema, metadata=about(EXPLAINED))


class ResultSchema(Schema):
    """The answer to one query."""

    query = fields.Nested(QuerySchema, required=True)
    decision = fields.String(required=True, metadata={"enum": list(Decision)})
    reason = fields.String(required=True)
    score = fields.Float(required=True, allow_none=True, metadata=about("That of the first candidate."))
    generation = fields.Integer(required=True)
    match = fields.Nested(
        MatchSchema, required=True, allow_none=True, metadata=about("null unless the decision is `match`")
    )
    candidates = fields.List(fields.Nested(CandidateSchema), required=True)
    reading = fields.Nested(ReadingSchema, metadata=about(EXPLAINED))
    runner_up = fields.Nested(
        LeadSchema, allow_none=True, metadata=about(f"What keeps the second candidate behind the first. {EXPLAINED}")
    )


class ExplainedSchema(Schema):
    """Why a query means the record asked about, or why it does not."""

    query = fields.Nested(QuerySchema, required=True)
    verdict = fields.String(required=True, metadata=about("Why, or why not, in a sentence."))
    rank = fields.Integer(
        required=True, allow_none=True, metadata=about("Its place among the candidates; null where it is none.")
    )
    excluded = fields.List(fields.String(), required=True, metadata=about("What of the context shuts it out."))
    candidate = fields.Nested(
        CandidateSchema,
        required=True,
        allow_none=True,
        metadata=about(
            "The record, by its best name. Where it is no candidate, the score is what it would get as one."
        ),
    )
    lead = fields.Nested(
        LeadSchema,
        required=True,
        allow_none=True,
        metadata=about("What keeps it behind the first candidate, or the runner-up behind it."),
    )
    decision = fields.String(required=True, metadata={"enum": list(Decision)})
    reason = fields.String(required=True, metadata=about("As a look-up says it."))
    generation = fields.Integer(required=True)
    first = fields.Nested(CandidateSchema, required=True, allow_none=True, metadata=about("The first candidate."))
    reading = fields.Nested(ReadingSchema, required=True)


class RowErrorSchema(Schema):
    """Why a row has no answer."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)


class RowSchema(Schema):
    """The answer to an item: a result with the item's key, or the key, the decision `error` and the error."""

    key = fields.Raw(required=True, allow_none=True)
    line = fields.Integer(metadata=about("NDJSON, of an error: the number of its line."))
    query = fields.Nested(QuerySchema)
    decision = fields.String(required=True, metadata={"enum": [*Decision, "error"]})
    reason = fields.String()
    score = fields.Float(allow_none=True)
    generation = fields.Integer()
    match = fields.Nested(MatchSchema, allow_none=True)
    candidates = fields.List(fields.Nested(CandidateSchema))
    reading = fields.Nested(ReadingSchema)
    runner_up = fields.Nested(LeadSchema, allow_none=True)
    error = fields.Nested(RowErrorSchema)


class SummarySchema(Schema):
    """How many items were decided how."""

    match = fields.Integer(required=True)
    ambiguous = fields.Integer(required=True)
    none = fields.Integer(required=True)
    error = fields.Integer(required=True)


class BulkAnswerSchema(Schema):
    """The answer to a bulk request in JSON, in the order of its items."""

    results = fields.List(fields.Nested(RowSchema), required=True)
    summary = fields.Nested(SummarySchema, required=True)


class HealthSchema(Schema):
    """Alive, or ready."""

    status = fields.String(required=True)
    generation = fields.Integer(metadata=about("Of the snapshot that answers."))


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata=about("One word for programs."))
    errors = fields.Dict(
        fields.String(),
        fields.List(fields.String()),
        metadata=about("What is wrong, by field, where a field is at fault."),
    )
    request_id = fields.String(metadata=about("As in the header X-Request-ID and in the service's log."))


class SourceSchema(Schema):
    """Where something came from."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    licence = fields.String(required=True)
    url = fields.String(required=True, allow_none=True)
    version = fields.String(required=True, allow_none=True)


class NameSchema(Schema):
    """One spelling. Dates are ISO 8601 of any precision."""

    text = fields.String(required=True)
    language = fields.String(required=True, allow_none=True, metadata=about("BCP 47"))
    script = fields.String(required=True, allow_none=True, metadata=about("ISO 15924"))
    role = fields.String(required=True, metadata={"enum": list(Role)})
    valid_from = fields.String(required=True, allow_none=True)
    valid_to = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, metadata=about("Slug of one of the record's sources."))


class IdentifierSchema(Schema):
    """The entity's id in another scheme; one of each scheme is preferred."""

    scheme = fields.String(required=True)
    value = fields.String(required=True)
    preferred = fields.Boolean(required=True)
    source = fields.String(required=True)


class UnitSchema(Schema):
    """Another entity."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(Kind)})
    type = fields.String(required=True, allow_none=True)


class RelatedSchema(UnitSchema):
    """Another entity, and how this one relates to it."""

    relation = fields.String(required=True)
    source = fields.String(required=True)


class ChangeSchema(Schema):
    """The change that last wrote the record."""

    generation = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    actor = fields.String(required=True)
    action = fields.String(required=True)


class EntitySchema(Schema):
    """Everything that is known of an entity."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(Kind)})
    type = fields.String(required=True, allow_none=True)
    country = fields.String(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    population = fields.Integer(required=True, allow_none=True)
    valid_from = fields.String(required=True, allow_none=True)
    valid_to = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    names = fields.List(fields.Nested(NameSchema), required=True)
    identifiers = fields.List(fields.Nested(IdentifierSchema), required=True)
    parents = fields.List(
        fields.Nested(UnitSchema), required=True, metadata=about("The units it lies within, nearest first.")
    )
    relations = fields.List(fields.Nested(RelatedSchema), required=True)
    sources = fields.List(fields.Nested(SourceSchema), required=True)
    changed = fields.Nested(ChangeSchema, required=True)
    url = fields.String(required=True)
