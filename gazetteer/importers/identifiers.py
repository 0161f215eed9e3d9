"""The identifier schemes that sources give, and what a value of each looks like."""

import re

SCHEMES = {
    "geonames": re.compile(r"[1-9][0-9]{0,17}"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,17}"),
    "pcode": re.compile(r"[A-Z]{2}[A-Z0-9]{1,18}"),
    "iso3166": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
    "iso3166_alpha3": re.compile(r"[A-Z]{3}"),
    "geonames_code": re.compile(r"[A-Z]{2}(\.[^\s.]{1,20}){1,2}"),
    "osm": re.compile(r"[nwr][1-9][0-9]{0,17}"),
    "iata": re.compile(r"[A-Z0-9]{3}"),
    "icao": re.compile(r"[A-Z0-9]{4}"),
    "unlocode": re.compile(r"[A-Z]{2}[A-Z2-9]{3}"),
    "slug": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
}


def is_identifier(scheme: str, value: str) -> bool:
    """Whether the scheme is known and the value is written as the scheme writes it."""
    pattern = SCHEMES.get(scheme)
    return pattern is not None and pattern.fullmatch(value) is not None
