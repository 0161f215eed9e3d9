"""One curated record: a TOML table in, a `Record` out, and every problem it has said by field.

The format is told in `gazetteer.importers.curated`. Nothing is guessed and nothing is mended: a seed is written by
people, and a problem told to its writer is worth more than one repaired behind their back.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from gazetteer.importers import country_codes
from gazetteer.importers.identifiers import SCHEMES, is_identifier
from gazetteer.importers.languages import is_tag
from gazetteer.importers.record import Link, NameRecord, Record
from gazetteer.matching.types import Kind, Role
from gazetteer.matching.vocabulary import types
from gazetteer.text.dates import is_date

KEYS = {"kind", "type", "country", "within", "part_of", "at", "population", "from", "to", "identifiers", "names"}
NAME_KEYS = {"text", "from", "to", "source"}
TYPED = {Kind.PLACE, Kind.FACILITY}  # kinds whose records must say their type
SPATIAL = {Kind.PLACE, Kind.FACILITY}  # kinds that lie within their country
GIVEN = SCHEMES.keys() - {"slug"}
NAME_LENGTH = 300


class Reader:
    """Reads the tables of one file; `problems` holds what was wrong, each with file, slug and field."""

    def __init__(self, file: str, default_source: str, own_source: str, sources: Iterable[str]) -> None:
        self.file = file
        self.default_source = default_source
        self.own_source = own_source
        self.sources = frozenset(sources)
        self.problems: list[str] = []
        self.slug = ""

    def say(self, field: str, problem: str) -> None:
        """Note a problem of the record being read."""
        self.problems.append(f"{self.file}: [{self.slug}] {field}: {problem}")

    def record(self, slug: str, row: Any) -> Record | None:
        """The record of one table; None where it has no name or kind, whatever else is wrong is only noted."""
        self.slug = slug
        if not is_identifier("slug", slug):
            self.say("slug", "is lower-case letters, digits and single hyphens")
        if not isinstance(row, dict):
            self.say("record", "is not a table")
            return None
        for key in sorted(row.keys() - KEYS):
            self.say(key, f"is no key of a record; known are {', '.join(sorted(KEYS))}")
        kind = self.kind(row)
        country = self.country(row)
        names = self.names(row.get("names", {}))
        preferred = [name.text for name in names if name.role == Role.PREFERRED]
        if len(preferred) != 1:
            self.say("names", f"has {len(preferred)} preferred names, must have exactly one: {', '.join(preferred)}")
        lat, lon = self.at(row)
        valid_from, valid_to = self.dates(row, "")
        record = Record(
            kind=kind or "",
            name=preferred[0] if preferred else "",
            identifiers=(("slug", slug), *self.identifiers(row.get("identifiers", {}))),
            type=self.type(row, kind),
            country=country,
            lat=lat,
            lon=lon,
            population=self.population(row),
            valid_from=valid_from,
            valid_to=valid_to,
            names=tuple(names),
            links=tuple(self.links(row, kind, country)),
        )
        return record if kind and preferred else None

    def kind(self, row: dict[str, Any]) -> str | None:
        """The kind, one of the five."""
        given = row.get("kind")
        if given not in list(Kind):
            self.say("kind", f"{given!r} is not one of {', '.join(Kind)}")
            return None
        return str(given)

    def type(self, row: dict[str, Any], kind: str | None) -> str | None:
        """The type, one of the vocabulary and of this kind; places and facilities must have one."""
        given = row.get("type")
        if given is None:
            if kind in TYPED:
                self.say("type", f"a {kind} needs one")
            return None
        known = types().get(given) if isinstance(given, str) else None
        if known is None:
            self.say("type", f"{given!r} is not in data/types.toml")
            return None
        if kind is not None and known.kind != kind:
            self.say("type", f"{given!r} is a type of {known.kind}, not of {kind}")
        return known.name

    def country(self, row: dict[str, Any]) -> str | None:
        """The country, ISO 3166-1 alpha-2; absent for none and for several."""
        given = row.get("country")
        if given is None or (isinstance(given, str) and given in country_codes.current()):
            return given
        self.say("country", f"{given!r} is not an ISO 3166-1 alpha-2 code")
        return None

    def at(self, row: dict[str, Any]) -> tuple[float | None, float | None]:
        """Latitude and longitude in degrees."""
        given = row.get("at")
        if given is None:
            return None, None
        if not isinstance(given, list) or len(given) != 2 or not all(is_number(each) for each in given):
            self.say("at", f"{given!r} is not [latitude, longitude]")
            return None, None
        lat, lon = float(given[0]), float(given[1])
        if not -90 <= lat <= 90 or not -180 <= lon <= 180:
            self.say("at", f"{given!r} is out of range: latitude first, in degrees")
        return lat, lon

    def population(self, row: dict[str, Any]) -> int | None:
        """The population; nought is no population, it is left out."""
        given = row.get("population")
        if given is not None and (isinstance(given, bool) or not isinstance(given, int) or given < 1):
            self.say("population", f"{given!r} is not a whole number above nought")
            return None
        return given

    def identifiers(self, given: Any) -> Iterator[tuple[str, str]]:
        """The identifiers of a record, the preferred of a scheme first; its slug goes without saying."""
        if not isinstance(given, dict):
            self.say("identifiers", "is not a table")
            return
        for scheme, values in given.items():
            if scheme not in GIVEN:
                self.say(
                    f"identifiers.{scheme}", f"is no scheme; known are {', '.join(sorted(SCHEMES.keys() - {'slug'}))}"
                )
                continue
            for value in values if isinstance(values, list) else [values]:
                if not isinstance(value, str) or not is_identifier(scheme, value):
                    self.say(f"identifiers.{scheme}", f"{value!r} is not written as {scheme} writes it")
                else:
                    yield scheme, value

    def links(self, row: dict[str, Any], kind: str | None, country: str | None) -> Iterator[Link]:
        """`within` and `part_of` by slug; a place that says no unit lies within its country."""
        for field in ("within", "part_of"):
            given = row.get(field, [])
            if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
                self.say(field, f"{given!r} is not a list of slugs")
                continue
            if len(set(given)) != len(given) or self.slug in given:
                self.say(field, f"{given!r} names a record twice, or itself")
            yield from (Link(field, "slug", each) for each in given)
        if not row.get("within") and country and kind in SPATIAL and row.get("type") != "country":
            yield Link("within", "iso3166", country)

    def names(self, given: Any) -> list[NameRecord]:
        """All names, by language and role; the same text twice under one language and role is a slip."""
        if not isinstance(given, dict):
            self.say("names", "is not a table of languages")
            return []
        found: list[NameRecord] = []
        for language, roles in given.items():
            if not is_tag(language):
                self.say(f"names.{language}", "is not a BCP 47 language tag in its shortest form")
            if not isinstance(roles, dict):
                self.say(f"names.{language}", "is not a table of roles")
                continue
            for role, spellings in roles.items():
                found.extend(self.spellings(f"names.{language}.{role}", language, role, spellings))
        seen: set[tuple[str, str | None, str]] = set()
        for name in found:
            key = (name.text, name.language, name.role)
            if key in seen:
                self.say(f"names.{name.language}.{name.role}", f"{name.text!r} is there twice")
            seen.add(key)
        return found

    def spellings(self, field: str, language: str, role: str, given: Any) -> Iterator[NameRecord]:
        """The spellings of one language and role: a text, a table, or a list of both."""
        if role not in set(Role):
            self.say(field, f"{role!r} is not one of {', '.join(Role)}")
            return
        for each in given if isinstance(given, list) else [given]:
            table = each if isinstance(each, dict) else {"text": each}
            for key in sorted(table.keys() - NAME_KEYS):
                self.say(field, f"{key!r} is no key of a name; known are {', '.join(sorted(NAME_KEYS))}")
            text = table.get("text")
            if not isinstance(text, str) or not is_clean(text):
                self.say(
                    field, f"{text!r} is not a text of 1 to {NAME_LENGTH} characters, trimmed, in one line, in NFC"
                )
                continue
            valid_from, valid_to = self.dates(table, field)
            yield NameRecord(text, language, role, valid_from, valid_to, self.source(table, field))

    def source(self, table: dict[str, Any], field: str) -> str | None:
        """The source of a name where it is not the record's own."""
        slug = table.get("source", self.default_source)
        if not isinstance(slug, str) or slug not in self.sources:
            self.say(field, f"source {slug!r} is not in sources.toml")
        return None if slug == self.own_source else slug

    def dates(self, table: dict[str, Any], field: str) -> tuple[str | None, str | None]:
        """`from` and `to`, ISO 8601 texts of any precision; the end is not before the start."""
        start, end = (self.date(table, key, field) for key in ("from", "to"))
        if start and end and end < start[: len(end)]:
            self.say(f"{field}.to".lstrip("."), f"{end} is before {start}")
        return start, end

    def date(self, table: dict[str, Any], key: str, field: str) -> str | None:
        """One date: a year, a month or a day that exists, as a text."""
        given = table.get(key)
        if given is None:
            return None
        if isinstance(given, str) and is_date(given):
            return given
        self.say(f"{field}.{key}".lstrip("."), f'{given!r} is not a date written "1982", "1982-03" or "1982-03-21"')
        return None


def is_number(value: Any) -> bool:
    """A number that is one: neither true nor NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_clean(text: str) -> bool:
    """A name as it should be stored: trimmed, one line, composed, no control characters, not endless."""
    return (
        0 < len(text) <= NAME_LENGTH
        and text == " ".join(text.split())
        and unicodedata.is_normalized("NFC", text)
        and not any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in text)
    )
