"""What comes in: parameters and bodies, read strictly and documented in `/openapi.json`.

Values are read by the same rules as the cells of a table, in `gazetteer.services.bulk.items`; what they may be (a
latitude of 91, an unknown type) is judged by the service that uses them. The ranges given here are for readers.
"""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from gazetteer.errors import InvalidInput
from gazetteer.matching.types import Kind
from gazetteer.services.bulk import items
from gazetteer.services.dress import MOST

COUNTRY = "ISO 3166-1 alpha-2 or alpha-3 code, or the name of a country in any language. Binds."
EXPLAIN = "Say what the name was read as, what each piece of evidence added, and what kept the runner-up behind."
MIN_GENERATION = "Answer from at least this generation, or with 503 and `Retry-After` while there is none."
WITHIN = "Id or name of the unit that it lies in. Evidence; binds with `strict`."


def about(description: str, **more: Any) -> dict[str, Any]:
    """What the documentation says of a field."""
    return {"description": description, **more}


class Read:
    """A field of a query string, read by the same rule as a cell of a table."""

    reader: Callable[[str, str], Any]

    def _deserialize(self, value: Any, attr: str | None, *_: Any, **__: Any) -> Any:
        try:
            return type(self).reader(value.strip(), attr or "the value")
        except InvalidInput as error:
            raise ValidationError(error.message) from None


class Number(Read, fields.Float):
    """A decimal number."""

    reader = staticmethod(items.written_number)


class Day(Read, fields.Date):
    """A date."""

    reader = staticmethod(items.day)


class Flag(Read, fields.Boolean):
    """`true` or `false`."""

    reader = staticmethod(items.written_flag)


class Truth(fields.Boolean):
    """`true` or `false` of JSON, and nothing that Python takes for them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("must be true or false")
        return value


class Count(Read, fields.Integer):
    """A whole number in digits."""

    reader = staticmethod(items.written_count)


class Nothing(Schema):
    """No parameter at all."""


class ContextSchema(Schema):
    """What may be known of a name beside the name."""

    country = fields.String(metadata=about(COUNTRY, example="IQ"))
    within = fields.String(metadata=about(WITHIN, example="Kirkuk"))
    lat = Number(metadata=about("Latitude, WGS 84. Evidence; binds with `strict`.", minimum=-90, maximum=90))
    lon = Number(metadata=about("Longitude, WGS 84.", minimum=-180, maximum=180))
    radius_km = Number(metadata=about("How far around the point.", exclusiveMinimum=0))
    kind = fields.String(metadata=about("Kind of entity. Binds.", enum=list(Kind)))
    type = fields.String(metadata=about("Type of place or facility. Binds.", example="settlement"))
    as_of = Day(metadata=about("The day that the name was used.", example="2017-10-05"))
    strict = Flag(metadata=about("`within` and the point bind as well."))


LIMIT = validate.Range(1, MOST)


def at_least() -> Count:
    """The generation that is asked for."""
    return Count(metadata=about(MIN_GENERATION, minimum=0), validate=validate.Range(0))


class LookupSchema(ContextSchema):
    """The parameters of a look-up."""

    class Meta:
        """As the contract lists them."""

        fields = ("name", *ContextSchema().fields, "limit", "explain", "min_generation")

    name = fields.String(required=True, metadata=about("The name to be found.", example="Hawijah"))
    limit = Count(load_default=5, metadata=about("Candidates to list at most."), validate=LIMIT)
    explain = Flag(load_default=False, metadata=about(EXPLAIN))
    min_generation = at_least()


class ExplainSchema(ContextSchema):
    """The parameters of an explanation."""

    class Meta:
        """The name and the record, then what may be known of the name."""

        fields = ("name", "entity", *ContextSchema().fields, "min_generation")

    name = fields.String(required=True, metadata=about("The name that was asked for.", example="Hawijah"))
    entity = fields.String(required=True, metadata=about("Id of the record.", example="s5gds5uyoqbqw5co"))
    min_generation = at_least()


class ItemSchema(Schema):
    """An item of a bulk request: any `key`, and what a look-up takes."""

    key = fields.Raw(allow_none=True, metadata=about("The caller's own; echoed."))
    name = fields.String(required=True, metadata=about("The name to be found.", example="Hawijah"))
    country = fields.String(allow_none=True, metadata=about(COUNTRY))
    within = fields.String(allow_none=True, metadata=about(WITHIN))
    lat = fields.Float(allow_none=True, metadata=about("Latitude, WGS 84.", minimum=-90, maximum=90))
    lon = fields.Float(allow_none=True, metadata=about("Longitude, WGS 84.", minimum=-180, maximum=180))
    radius_km = fields.Float(allow_none=True, metadata=about("How far around the point.", exclusiveMinimum=0))
    kind = fields.String(allow_none=True, metadata=about("Kind of entity. Binds."))
    type = fields.String(allow_none=True, metadata=about("Type of place or facility. Binds."))
    as_of = fields.Date(allow_none=True, metadata=about("The day that the name was used."))
    strict = fields.Boolean(allow_none=True, metadata=about("`within` and the point bind as well."))


class BulkSchema(Schema):
    """A bulk request in JSON. The items are read one by one, each answering for itself."""

    items = fields.List(fields.Raw(allow_none=True), required=True)
    limit = fields.Integer(
        strict=True, load_default=1, metadata=about("Candidates of each to list at most."), validate=LIMIT
    )
    explain = Truth(load_default=False)
    min_generation = fields.Integer(strict=True, metadata=about(MIN_GENERATION), validate=validate.Range(0))


class BulkDocSchema(Schema):
    """A bulk request in JSON, as documented."""

    items = fields.List(fields.Nested(ItemSchema), required=True)
    limit = fields.Integer(load_default=1, metadata=about("Candidates of each to list at most."), validate=LIMIT)
    explain = fields.Boolean(load_default=False, metadata=about(EXPLAIN))
    min_generation = fields.Integer(metadata=about(MIN_GENERATION), validate=validate.Range(0))


class NdjsonSchema(Schema):
    """The parameters of a bulk request in NDJSON."""

    limit = Count(load_default=1, metadata=about("Candidates of each to list at most."), validate=LIMIT)
    explain = Flag(load_default=False, metadata=about(EXPLAIN))
    min_generation = at_least()


def header(field: str) -> fields.String:
    """A parameter that names a column."""
    return fields.String(metadata=about(f"CSV: header of the column of {field}."))


class CsvSchema(ContextSchema):
    """The parameters of a bulk request in CSV. Those of a look-up hold for rows without a value of their own."""

    column = fields.String(
        required=True, metadata=about("CSV, and required there: header of the column of the names.", example="place")
    )
    country_column = header("the countries")
    within_column = header("the units that they lie in")
    lat_column = header("the latitudes")
    lon_column = header("the longitudes")
    radius_km_column = header("the radii around the points")
    kind_column = header("the kinds")
    type_column = header("the types")
    as_of_column = header("the days that the names were used")
    delimiter = fields.String(
        metadata=about("CSV: what separates the cells; found out when not given. `tab` is a tab.")
    )
    min_generation = at_least()
    overwrite = Flag(load_default=False, metadata=about("CSV: replace the gz_ columns of an earlier answer."))
