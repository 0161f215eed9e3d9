"""The countries of the world: ISO 3166-1 from pycountry, their names in every CLDR locale from Babel.

One record per code of ISO 3166-1 and for Kosovo (XK). The display name is CLDR's English one ("Syria", not "Syrian
Arab Republic") unless `data/countries.toml` gives a plainer one; that file also has the abbreviations and former names,
for the codes themselves are no names. A text that CLDR gives for many languages ("Iran" for sixty) is stored for three
of them: languages official in the country first, then English and eight more that are read everywhere, then by the
alphabet. What stands before a bracket is a name as well ("Hong Kong (RAE Xina)"). There are no coordinates: a country
is not where its capital is. A dependency that ISO 3166-2 lists under its country as well is one record with both codes.

Names of CLDR are the records' own; the others say their source, `iso3166` for pycountry's and `curated` for ours. The
rank of `cldr` is above that of a GeoNames dump, whose display names are the official ones ("Republic of Iraq").
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import babel
import pycountry
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

from gazetteer.errors import BadData
from gazetteer.importers import country_codes, geonamescache
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.languages import is_tag
from gazetteer.importers.record import NameRecord, Record, Source

SOURCE = Source(
    "cldr",
    "Unicode CLDR: names of countries, through Babel",
    "Unicode License v3",
    "https://cldr.unicode.org/",
    version=babel.__version__,
    rank=65,
)
ISO = Source(
    "iso3166",
    "ISO 3166: codes and names of countries and their subdivisions, through pycountry (Debian iso-codes)",
    "LGPL-2.1-or-later",
    "https://salsa.debian.org/iso-codes-team/iso-codes",
    rank=40,
)
CURATED = "curated"
FILE = "data/countries.toml"
KEYS = {"display", "abbreviations", "names", "former", "bracketed", "subdivision"}
LANGUAGES_OF_A_TEXT = 3
READ_EVERYWHERE = ("en", "ar", "fr", "es", "ru", "zh", "de", "tr", "fa")
BRACKETED = re.compile(r"(?P<before>[^(（]+?)\s*[(（](?P<inside>[^)）]+)[)）]")


def records() -> Iterator[Record]:
    """All countries, by code."""
    spellings = localised()
    for code in sorted(country_codes.current()):
        yield country(code, spellings[code])


def country(code: str, spellings: dict[str, set[str]]) -> Record:
    """One country, from the languages of each of its spellings."""
    ours = additions().get(code, {})
    label = babel.Locale("en").territories[code]
    names = [NameRecord(ours.get("display", label), "en", "preferred", source=CURATED if "display" in ours else None)]
    names.extend(told_by_cldr(code, spellings, bracketed=ours.get("bracketed", False)))
    names.extend(NameRecord(text, "en", "official", source=ISO.slug) for text in told_by_iso(code))
    names.extend(NameRecord(text, "en", "variant", source=CURATED) for text in ours.get("names", []))
    names.extend(NameRecord(text, "en", "abbreviation", source=CURATED) for text in ours.get("abbreviations", []))
    names.extend(
        NameRecord(each["text"], "en", "historical", each.get("from"), each.get("to"), CURATED)
        for each in ours.get("former", [])
    )
    return Record(
        kind="place",
        type="country",
        name=names[0].text,
        country=code,
        identifiers=tuple(identifiers(code)),
        names=tuple(first_of_each(names)),
    )


def localised() -> dict[str, dict[str, set[str]]]:
    """Of every country the spellings in CLDR, each with its languages; a bare code is no spelling."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for identifier in locale_identifiers():
        locale = babel.Locale.parse(identifier)
        if not is_tag(locale.language):
            continue
        for code, written in locale.territories.items():
            text = " ".join(written.strip(" ,/").split())
            if code in country_codes.current() and text not in ("", code):
                found[code][text].add(locale.language)
    return found


def told_by_cldr(code: str, spellings: dict[str, set[str]], *, bracketed: bool) -> Iterator[NameRecord]:
    """The spellings of one country, and the parts of those in brackets."""
    official = [tag.split("_")[0] for tag in get_official_languages(code, regional=True, de_facto=True)]
    order = {language: place for place, language in enumerate(dict.fromkeys((*official, *READ_EVERYWHERE)))}
    for text, languages in sorted(spellings.items()):
        chosen = sorted(languages, key=lambda each: (order.get(each, len(order)), each))[:LANGUAGES_OF_A_TEXT]
        parts = BRACKETED.fullmatch(text)
        whole = [text, parts["before"]] if parts else [text]
        inside = [parts["inside"]] if parts and bracketed else []
        yield from (NameRecord(each, language) for each in whole + inside for language in chosen)


def told_by_iso(code: str) -> Iterator[str]:
    """The names pycountry has: plain, official, common; "Iran, Islamic Republic of" the right way round."""
    known = pycountry.countries.get(alpha_2=code)
    for field in ("official_name", "name", "common_name"):
        text = getattr(known, field, None)
        if text:
            yield upright(text).removeprefix("the ")


def upright(text: str) -> str:
    """An inverted name turned round; "Saint Helena, Ascension and Tristan da Cunha" is none and stays."""
    head, comma, tail = text.partition(", ")
    if not comma or not tail.endswith((" of", " of the", "British", "U.S.")):
        return text
    return f"{tail} {head}"


def identifiers(code: str) -> Iterator[tuple[str, str]]:
    """ISO 3166 codes and the id of GeoNames; Kosovo has no alpha-3 in ISO."""
    geonames_id = geonamescache.country_ids().get(code)
    if geonames_id is not None:
        yield "geonames", geonames_id
    yield "iso3166", code
    twin = additions().get(code, {}).get("subdivision")
    if twin is not None:
        yield "iso3166", twin
    known = pycountry.countries.get(alpha_2=code)
    if known is not None:
        yield "iso3166_alpha3", known.alpha_3


def first_of_each(names: Iterable[NameRecord]) -> Iterator[NameRecord]:
    """Each text of a language once, under the first role it came with."""
    seen: set[tuple[str, str | None]] = set()
    for name in names:
        if (name.text, name.language) not in seen:
            seen.add((name.text, name.language))
            yield name


def twins() -> frozenset[str]:
    """The ISO 3166-2 codes of countries that are also parts of another ("US-PR" for Puerto Rico)."""
    return frozenset(row["subdivision"] for row in additions().values() if "subdivision" in row)


@cache
def additions() -> dict[str, dict[str, Any]]:
    """`data/countries.toml`, checked: countries that are, keys that are known."""
    table = tomllib.loads(files("gazetteer").joinpath(FILE).read_text(encoding="utf-8"))
    for code, row in table.items():
        if not is_identifier("iso3166", code) or code not in country_codes.current():
            raise BadData(f"{FILE}: [{code}] is no country")
        if row.keys() - KEYS:
            raise BadData(f"{FILE}: [{code}] may have {sorted(KEYS)}, has {sorted(row)}")
        texts = [row.get("names", []), row.get("abbreviations", []), [each["text"] for each in row.get("former", [])]]
        if not all(isinstance(each, list) and all(isinstance(text, str) for text in each) for each in texts):
            raise BadData(f"{FILE}: [{code}] names and abbreviations are lists of texts, former of tables with a text")
    return table
