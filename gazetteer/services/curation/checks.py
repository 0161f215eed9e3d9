"""What an edit may say: the rules of the curated seeds, and the field that breaks one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from gazetteer.errors import InvalidInput, LimitExceeded
from gazetteer.importers import country_codes
from gazetteer.importers.curated_record import NAME_LENGTH, TYPED, is_clean, is_number
from gazetteer.importers.identifiers import SCHEMES, is_identifier
from gazetteer.importers.languages import is_tag
from gazetteer.importers.record import NameRecord, Record
from gazetteer.matching.types import Kind, Role
from gazetteer.matching.vocabulary import types
from gazetteer.services.identity import Key
from gazetteer.services.load_held import UNKNOWN_LANGUAGE
from gazetteer.services.load_refusal import COUNTED
from gazetteer.services.values import COLUMNS
from gazetteer.services.wording import shown
from gazetteer.text.dates import is_date


def check_record(record: Record) -> None:
    """A record to be made; InvalidInput with the field of the first value that cannot be."""
    check_values({field: getattr(record, field) for field in COLUMNS}, COLUMNS)
    for name in record.names:
        check_name(name)
    check_identifiers(record.identifiers)


def check_values(values: Mapping[str, Any], given: Collection[str]) -> None:
    """The values of a record, as far as they are given; the others are there already, whoever has said them."""
    if not {"kind", "type"}.isdisjoint(given):
        check_kind(values["kind"], values["type"])
    country = values["country"]
    if "country" in given and country is not None and country not in country_codes.current():
        raise InvalidInput(f"country {shown(str(country))} is not an ISO 3166-1 alpha-2 code", field="country")
    if "name" in given:
        check_name_text(values["name"])
    if not {"lat", "lon"}.isdisjoint(given):
        check_point(values["lat"], values["lon"])
    if "population" in given:
        check_population(values["population"])
    if not {"valid_from", "valid_to"}.isdisjoint(given):
        check_dates(values["valid_from"], values["valid_to"])


def check_population(given: Any) -> None:
    """A population; nought is no population, it is left out."""
    if given is not None and (isinstance(given, bool) or not isinstance(given, int) or given not in COUNTED[1:]):
        raise InvalidInput(f"population {given!r} is not a whole number above nought", field="population")


def check_kind(kind: Any, type: Any) -> None:
    """The kind is one of the five, the type one of that kind; places and facilities have one."""
    if kind not in list(Kind):
        raise InvalidInput(f"kind {kind!r} is not one of {', '.join(Kind)}", field="kind")
    if type is None:
        if kind in TYPED:
            raise InvalidInput(f"a {kind} needs a type", field="type")
        return
    known = types().get(type) if isinstance(type, str) else None
    if known is None:
        raise InvalidInput(f"type {type!r} is not one of {', '.join(types())}", field="type")
    if known.kind != kind:
        raise InvalidInput(f"{type} is a type of {known.kind}, not of {kind}", field="type")


def check_point(lat: Any, lon: Any) -> None:
    """A point is whole and on the Earth."""
    for field, value, most in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if value is not None and not (is_number(value) and -most <= value <= most):
            raise InvalidInput(f"{field} is {value!r}, must be from {-most:g} to {most:g}", field=field)
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "lon"
        raise InvalidInput(f"{missing} is missing: a point needs both lat and lon", field=missing)


def check_dates(start: Any, end: Any) -> None:
    """Dates of validity; the end is not before the start."""
    for field, value in (("valid_from", start), ("valid_to", end)):
        if value is not None and not (isinstance(value, str) and is_date(value)):
            message = f'{field} {value!r} is not a date written "1982", "1982-03" or "1982-03-21"'
            raise InvalidInput(message, field=field)
    if start and end and end < start[: len(end)]:
        raise InvalidInput(f"valid_to {end} is before valid_from {start}", field="valid_to")


def check_name(name: NameRecord) -> None:
    """One spelling."""
    check_name_text(name.text)
    if name.language not in (None, UNKNOWN_LANGUAGE) and not is_tag(name.language):
        message = f"language {name.language!r} is not a BCP 47 language tag in its shortest form"
        raise InvalidInput(message, field="language")
    if name.role not in list(Role):
        raise InvalidInput(f"role {name.role!r} is not one of {', '.join(Role)}", field="role")
    check_dates(name.valid_from, name.valid_to)


def check_name_text(text: Any) -> None:
    """A name as it should be stored."""
    if not isinstance(text, str) or not is_clean(text):
        message = f"{text!r:.100} is not a text of 1 to {NAME_LENGTH} characters, trimmed, in one line, in NFC"
        raise InvalidInput(message, field="name")


def check_identifiers(identifiers: Iterable[Key]) -> None:
    """Identifiers as their schemes write them, each once."""
    known = set()
    for scheme, value in identifiers:
        if scheme not in SCHEMES:
            raise InvalidInput(f"{scheme!r} is no scheme; known are {', '.join(sorted(SCHEMES))}", field="identifiers")
        if not isinstance(value, str) or not is_identifier(scheme, value):
            raise InvalidInput(f"{value!r} is not written as {scheme} writes it", field="identifiers")
        if (scheme, value) in known:
            raise InvalidInput(f"{scheme} {value} is there twice", field="identifiers")
        known.add((scheme, value))


def check_text(field: str, text: Any, most: int) -> None:
    """A text for people: not empty, not endless, storable."""
    if not isinstance(text, str) or not text.strip():
        raise InvalidInput(f"{field} is empty", field=field)
    if len(text) > most:
        raise LimitExceeded(f"{field} has {len(text)} characters, at most {most}", field=field)
    if "\0" in text or (not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)):
        raise InvalidInput(f"{field} has a character that cannot be stored", field=field)
