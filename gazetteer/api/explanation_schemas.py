"""The parts of an explanation that go out, as `/openapi.json` documents them."""

from typing import Any

from marshmallow import Schema, fields

from gazetteer.matching.types import Kind
from gazetteer.services.reading import ROLES, TAKEN_FOR


def about(description: str) -> dict[str, Any]:
    """What the documentation says of a field."""
    return {"description": description}


class ContributionSchema(Schema):
    """A piece of evidence, and what it added to the log-odds."""

    feature = fields.String(required=True)
    value = fields.Float(required=True, allow_none=True, metadata=about("null where there was no evidence"))
    weight = fields.Float(required=True)
    because = fields.String(required=True)


class ComparedSchema(Schema):
    """How the query and the stored name were compared: from the evidence to the share that the score is made of."""

    known_spelling = fields.Boolean(required=True, metadata=about("The name is stored with this very spelling."))
    form = fields.String(required=True, metadata=about("The form of the query that comes nearest, romanised."))
    core = fields.String(required=True, metadata=about("The stored name's, romanised."))
    valid_from = fields.Date(required=True, allow_none=True, metadata=about("First day of the name's use."))
    valid_to = fields.Date(required=True, allow_none=True, metadata=about("Last day of the name's use."))
    log_odds = fields.Float(required=True, metadata=about("The sum of what the features added, against none."))
    share = fields.Float(required=True, metadata=about("What that gives among all candidates."))


class ReadWordSchema(Schema):
    """A word of the name, and what it was taken for."""

    text = fields.String(required=True)
    romanised = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": list(ROLES)})
    concept = fields.String(
        required=True, allow_none=True, metadata=about("What a generic or telling word says, such as `river`.")
    )


class AdditionSchema(Schema):
    """What the name carries along, as in "Qarah, Syria"."""

    text = fields.String(required=True)
    taken_for = fields.String(required=True, metadata={"enum": list(TAKEN_FOR)})


class FormSchema(Schema):
    """One way in which the name was read."""

    text = fields.String(required=True, metadata=about("Romanised."))
    read_as = fields.String(
        required=True, metadata=about("How it came about: `whole name`, a tradition of spelling such as `polish` …")
    )


class WithinSchema(Schema):
    """A record that counts as what the query lies within."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True, allow_none=True)


class ReadingSchema(Schema):
    """What a query was read as."""

    normalised = fields.String(required=True)
    folded = fields.String(required=True, metadata=about("The exact key of the spelling."))
    script = fields.String(required=True, metadata=about("ISO 15924"))
    romanised = fields.String(required=True)
    core = fields.String(required=True, metadata=about("Romanised, without articles and additions."))
    words = fields.List(fields.Nested(ReadWordSchema), required=True)
    additions = fields.List(fields.Nested(AdditionSchema), required=True)
    forms = fields.List(fields.Nested(FormSchema), required=True, metadata=about("All forms that were tried."))
    numbers = fields.List(fields.Integer(), required=True, metadata=about("As in `Camp 7`; others mean other things."))
    country = fields.String(required=True, allow_none=True, metadata=about("The code that binds."))
    within = fields.List(fields.Nested(WithinSchema), required=True, allow_none=True)


class DifferenceSchema(Schema):
    """What one feature saw of two candidates, and by how much that favours the first."""

    feature = fields.String(required=True)
    value = fields.Float(required=True, allow_none=True)
    other_value = fields.Float(required=True, allow_none=True)
    weight = fields.Float(required=True, metadata=about("In log-odds; below 0 where it favours the other."))
    because = fields.String(required=True)


class LeadSchema(Schema):
    """What a candidate is ahead of another by; `id` and `name` are those of the one behind."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    score = fields.Float(required=True)
    log_odds = fields.Float(required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True, metadata=about("The greatest first."))
    because = fields.String(required=True)


class FeatureSchema(Schema):
    """A piece of evidence: it adds `weight · (value - neutral)` to the log-odds."""

    name = fields.String(required=True)
    weight = fields.Float(required=True, metadata=about("In log-odds, where the country of the query is known."))
    weight_anywhere = fields.Float(required=True, metadata=about("In log-odds, where it is not known."))
    neutral = fields.Float(required=True, metadata=about("The value that adds nothing."))
    kinds = fields.List(fields.String(metadata={"enum": list(Kind)}), required=True)
    documentation = fields.String(required=True)


class FeaturesSchema(Schema):
    """The algorithm."""

    features = fields.List(fields.Nested(FeatureSchema), required=True)
