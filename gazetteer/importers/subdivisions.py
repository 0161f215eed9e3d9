"""The subdivisions of countries: ISO 3166-2 from pycountry, joined to GeoNames' first-order units.

One record per code. `data/subdivisions.tsv` says which of them is a first-order unit of GeoNames; that one has
GeoNames' id and code ("IQ.13"), which cities lie within. Units are within their country, and within the subdivision
that ISO puts them under. Of the types, `admin1` is a unit of the first order in GeoNames, or in ISO where GeoNames
counts otherwise; ISO's grouping of such units (Iraq's Kurdistan, the islands of Indonesia) is a `region`; the rest,
under a unit of the first order, are `admin2`.

Names are as ISO romanises them, one each, without language. What stands in square brackets or behind a slash with
spaces is a name of its own ("Catalunya [Cataluña]", "Bolama / Bijagós"); an inverted name is turned round, and is a
name without its title too ("Adygeya, Respublika"). Round brackets hold remarks ("(stolitsa)", "(EH-partial)"), which
are dropped, as are cross-references to other codes and daggers.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import pycountry

from gazetteer.errors import BadData
from gazetteer.importers import spelling
from gazetteer.importers.countries import ISO, twins
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.record import Link, NameRecord, Record, Source

SOURCE = Source(ISO.slug, ISO.title, ISO.licence, ISO.url, version=version("pycountry"), rank=ISO.rank)
FILE = "data/subdivisions.tsv"
BESIDE = re.compile(r"\s*\[([^\]]*)\]")
REMARK = re.compile(r"\s*\([^)]*\)|†|\b[A-Z]{2}-[A-Z0-9]{1,3}\b|^//")
INVERTED = re.compile(r"(?P<head>[^,]+), (?P<title>(?!.*( and | y ))[^,]*)")


def records() -> Iterator[Record]:
    """All subdivisions, by code, but for those that are countries too (`gazetteer.importers.countries`)."""
    found = {each.code: each for each in pycountry.subdivisions if each.code not in twins()}
    parents = {each.parent_code for each in found.values()}
    for code in sorted(found):
        yield record(found[code], type_of(found[code], parents))


def record(subdivision: Any, type_: str) -> Record:
    """One subdivision."""
    country, parent = subdivision.country_code, subdivision.parent_code
    texts = spellings(subdivision.name)
    upper = (Link("within", "iso3166", parent),) if parent else ()
    return Record(
        kind="place",
        type=type_,
        name=texts[0],
        country=country,
        identifiers=(*units().get(subdivision.code, ()), ("iso3166", subdivision.code)),
        names=(NameRecord(texts[0], role="preferred"), *map(NameRecord, texts[1:])),
        links=(*upper, Link("within", "iso3166", country)),
    )


def type_of(subdivision: Any, parents: set[str | None]) -> str:
    """The type, by what GeoNames has of it, what lies under it, and what it lies under."""
    if subdivision.code in units():
        return "admin1"
    if subdivision.parent_code is not None:
        return "admin2"
    return "region" if subdivision.code in parents else "admin1"


def spellings(written: str) -> list[str]:
    """The names in what ISO writes, the first outside brackets; at least one."""
    outside = BESIDE.sub("", written)
    beside = [text for text in BESIDE.findall(written) if text[:1].isupper()]
    found: list[str] = []
    for part in (outside, *beside):
        for text in REMARK.sub("", part).split(" / "):
            inverted = INVERTED.fullmatch(text)
            found += [f"{inverted['title']} {inverted['head']}", inverted["head"]] if inverted else [text]
    return list(dict.fromkeys(filter(None, map(spelling.trimmed, found))))


@cache
def units() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """GeoNames' identifiers of each subdivision that `data/subdivisions.tsv` names; each at most once."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    seen: set[str] = set()
    for row, line in enumerate(files("gazetteer").joinpath(FILE).read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        schemes = ("iso3166", "geonames_code", "geonames")
        if len(cells) != len(schemes) or not all(map(is_identifier, schemes, cells)) or seen & set(cells):
            raise BadData(f"{FILE}, line {row}: not an ISO code, a GeoNames code and id that were not there before")
        seen.update(cells)
        code, unit, geonames_id = cells
        found[code] = (("geonames", geonames_id), ("geonames_code", unit))
    return found
