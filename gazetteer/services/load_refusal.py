"""Records that cannot be stored: what the database would refuse, said in a sentence instead."""

import re
from typing import Any

from gazetteer.db.models import KINDS, NAME_LENGTH, RELATIONS, ROLES, Base
from gazetteer.importers.record import Record
from gazetteer.text.dates import is_date

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL, UTF-8 has no lone surrogates
COUNTRY = re.compile("[A-Z]{2}")
COUNTED = range(2**63)  # what a population may be: the column is a bigint


def length(table: str, column: str) -> int:
    """How many characters a column holds."""
    return int(Base.metadata.tables[table].c[column].type.length)  # type: ignore[attr-defined]


TYPE = length("entities", "type")
LANGUAGE = length("names", "language")
SCHEME, VALUE = length("identifiers", "scheme"), length("identifiers", "value")


def refusal(record: Record, slugs: dict[str, int]) -> str | None:
    """Why a record cannot be stored; None when it can."""
    if not record.identifiers:
        return "has no identifier"
    if record.kind not in KINDS:
        return f"kind {record.kind!r} is not one of {', '.join(KINDS)}"
    if record.country is not None and not COUNTRY.fullmatch(record.country):
        return f"country {record.country!r} is not an ISO 3166-1 alpha-2 code"
    if (record.lat is None) != (record.lon is None):
        return "has half a coordinate"
    if record.lat is not None and not (-90 <= record.lat <= 90 and -180 <= (record.lon or 0.0) <= 180):
        return f"coordinates {record.lat}, {record.lon} are out of range"
    if record.population is not None and record.population not in COUNTED:
        return f"population {record.population} is out of range"
    return refused_text(record) or refused_parts(record, slugs)


def refused_text(record: Record) -> str | None:
    """A text that the database cannot hold."""
    texts = [record.name, *[name.text for name in record.names]]
    if not all(texts):
        return "has an empty name"
    if max(map(len, texts)) > NAME_LENGTH:
        return f"has a name of more than {NAME_LENGTH} characters"
    if UNSTORABLE.search("".join(texts)):
        return "has a name with NUL or half a surrogate pair in it"
    if record.type is not None and not fits(record.type, TYPE):
        return f"type {record.type!r} cannot be stored"
    for scheme, value in record.identifiers:
        if not fits(scheme, SCHEME) or not fits(value, VALUE):
            return f"identifier {scheme!r}:{value!r} cannot be stored"
    return None


def fits(text: str, most: int) -> bool:
    """A text that is one, and that a column of this length can hold."""
    return 0 < len(text) <= most and UNSTORABLE.search(text) is None


def refused_parts(record: Record, slugs: dict[str, int]) -> str | None:
    """A role, source, date or relation that is not known."""
    for name in record.names:
        if name.role not in ROLES:
            return f"role {name.role!r} is not one of {', '.join(ROLES)}"
        if name.source is not None and name.source not in slugs:
            return f"source {name.source!r} is not declared"
        if name.language and not fits(name.language, LANGUAGE):
            return f"language {name.language!r} cannot be stored"
        if name.valid_from is not None or name.valid_to is not None:
            wrong = refused_dates(name.valid_from, name.valid_to)
            if wrong:
                return wrong
    for link in record.links:
        if link.kind not in RELATIONS:
            return f"relation {link.kind!r} is not one of {', '.join(RELATIONS)}"
        if not fits(link.scheme, SCHEME) or not fits(link.value, VALUE):
            return f"link to {link.scheme!r}:{link.value!r} leads to no identifier that could be stored"
    return refused_dates(record.valid_from, record.valid_to)


def refused_dates(*dates: str | None) -> str | None:
    """A date that is none."""
    wrong: Any = next((date for date in dates if date is not None and not is_date(date)), None)
    return f"date {wrong!r} is no date written 1982, 1982-03 or 1982-03-21" if wrong is not None else None
