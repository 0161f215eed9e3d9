"""Curated records: the TOML files of a folder (`seeds/`), one table per record, the table's name its slug.

    [_file]
    source = "reports"                 # source of every name in this file that names none; "curated" if left out

    [hawija]
    kind = "place"                     # place, facility, organisation, person, operation
    type = "settlement"                # gazetteer/data/types.toml; places and facilities must have one
    country = "IQ"                     # ISO 3166-1 alpha-2; left out for none and for several
    within = ["hawija-district"]       # slugs; the smallest unit that contains it; else it lies within its country
    part_of = []                       # slugs: a brigade of a division
    at = [35.3256, 43.7731]            # latitude, longitude
    population = 100000
    from = "1961"                      # validity of the entity itself; with `to`
    identifiers = { geonames = "390188", wikidata = ["Q1", "Q2"] }    # a list where there are several, preferred first
    names.en.preferred = "Hawija"      # exactly one preferred over all languages: the display name
    names.en.variant = ["Hawijah", { text = "Huwaija", source = "reports", from = "1982", to = "2003-04" }]
    names.ar.official = "الحويجة"

`sources.toml` in the same folder declares the sources, one table each: `title`, `licence`, `rank`, and `url` and
`version` if there are. Slugs, identifiers and names are checked over all files at once, and all problems are told
together in one `BadData`, each with file, slug and field. The order of files and records has no meaning.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import BadData
from gazetteer.importers.curated_record import Reader
from gazetteer.importers.identifiers import is_identifier
from gazetteer.importers.record import Record, Source

OWN = "curated"
SOURCES = "sources.toml"
SOURCE_KEYS = {"title", "licence", "rank", "url", "version"}
SOURCE_NEEDS = {"title", "licence", "rank"}


@dataclass(frozen=True, slots=True)
class Curated:
    """What a folder holds: its sources by slug, its records, and whatever is wrong with either."""

    sources: Mapping[str, Source]
    records: tuple[Record, ...]
    problems: tuple[str, ...]


def sources(folder: Path) -> dict[str, Source]:
    """The sources a folder declares; `BadData` where the declaration is broken."""
    problems: list[str] = []
    found = read_sources(folder, problems)
    refuse(folder, problems)
    return found


def records(folder: Path) -> tuple[Record, ...]:
    """The records of a folder; one `BadData` with every problem if there is any."""
    curated = survey(folder)
    refuse(folder, curated.problems)
    return curated.records


def survey(folder: Path) -> Curated:
    """Everything in a folder, its problems noted instead of raised."""
    problems: list[str] = []
    declared = read_sources(folder, problems)
    found: list[tuple[str, Record]] = []
    slugs: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == SOURCES:
            continue
        table = read_table(path, problems)
        reader = Reader(path.name, default_source(path.name, table, problems), OWN, declared)
        for slug, row in table.items():
            first = slugs.setdefault(slug, path.name)
            if first != path.name:
                problems.append(f"{path.name}: [{slug}] slug: is in {first} as well")
            record = reader.record(slug, row)
            if record is not None:
                found.append((path.name, record))
        problems.extend(reader.problems)
    problems.extend(shared_identifiers(found))
    problems.extend(dangling(found, slugs))
    problems.extend(circles(found))
    return Curated(declared, tuple(record for _, record in found), tuple(problems))


def refuse(folder: Path, problems: list[str] | tuple[str, ...]) -> None:
    """Raise all problems as one."""
    if problems:
        raise BadData(f"{folder}: {len(problems)} problems\n" + "\n".join(problems))


def read_table(path: Path, problems: list[str]) -> dict[str, Any]:
    """The tables of one file; none of them where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: is not TOML in UTF-8: {error}")
        return {}


def default_source(file: str, table: dict[str, Any], problems: list[str]) -> str:
    """Take the `[_file]` table off; it may say the source of the names, nothing else."""
    header = table.pop("_file", {})
    if not isinstance(header, dict) or header.keys() - {"source"} or not isinstance(header.get("source", OWN), str):
        problems.append(f"{file}: [_file] may say source, and nothing else")
        return OWN
    return str(header.get("source", OWN))


def read_sources(folder: Path, problems: list[str]) -> dict[str, Source]:
    """The declared sources that can be read; the rest is noted."""
    path = folder / SOURCES
    if not path.exists():
        problems.append(f"{SOURCES}: is missing")
        return {}
    found = {}
    for slug, row in read_table(path, problems).items():
        where = f"{SOURCES}: [{slug}]"
        if not is_identifier("slug", slug) or not isinstance(row, dict):
            problems.append(f"{where} is not a table named by a slug")
        elif row.keys() - SOURCE_KEYS or SOURCE_NEEDS - row.keys():
            problems.append(f"{where} needs {sorted(SOURCE_NEEDS)}, may have url and version, has {sorted(row)}")
        elif type(row["rank"]) is not int or not all(isinstance(row[key], str) for key in row.keys() - {"rank"}):
            problems.append(f"{where} rank is a whole number, everything else a text")
        else:
            found[slug] = Source(slug, **row)
    if OWN not in found:
        problems.append(f"{SOURCES}: [{OWN}] is missing: it owns the records themselves")
    return found


def shared_identifiers(found: list[tuple[str, Record]]) -> Iterator[str]:
    """One identifier, one record: two that share one would be loaded as one entity."""
    holders: dict[tuple[str, str], str] = {}
    for file, record in found:
        slug = slug_of(record)
        for (scheme, value), times in Counter(record.identifiers).items():
            holder = holders.setdefault((scheme, value), slug)
            if scheme != "slug" and (holder != slug or times > 1):
                yield f"{file}: [{slug}] identifiers.{scheme}: {value!r} is there twice, first in [{holder}]"


def dangling(found: list[tuple[str, Record]], slugs: Mapping[str, str]) -> Iterator[str]:
    """A link must lead to a record of the folder."""
    for file, record in found:
        for link in record.links:
            if link.scheme == "slug" and link.value not in slugs:
                yield f"{file}: [{slug_of(record)}] {link.kind}: no record is called {link.value!r}"


def circles(found: list[tuple[str, Record]]) -> Iterator[str]:
    """Nothing lies within itself, however many steps away."""
    for kind in ("within", "part_of"):
        parents = {
            slug_of(record): [link.value for link in record.links if link.kind == kind and link.scheme == "slug"]
            for _, record in found
        }
        for file, record in found:
            slug = slug_of(record)
            above: set[str] = set()
            ahead = [parent for parent in parents[slug] if parent != slug]
            while ahead:
                unit = ahead.pop()
                if unit not in above:
                    above.add(unit)
                    ahead.extend(parents.get(unit, []))
            if slug in above:
                yield f"{file}: [{slug}] {kind}: leads back to itself"


def slug_of(record: Record) -> str:
    """The slug, which the reader always puts first."""
    return record.identifiers[0][1]
