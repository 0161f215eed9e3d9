"""The rows that a snapshot is built from, read in one state of the database."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.db.bulk import driver
from gazetteer.db.sessions import generation
from gazetteer.index.rows import EntityRow, IdentifierRow, NameRow, ParentRow, Rows

Row = TypeVar("Row", bound=NamedTuple)

FETCHED = 20_000  # rows at a time

ENTITIES = """
SELECT entities.id, public_id, kind, type, country, name, lat, lon, population, sources.rank
FROM entities JOIN sources ON sources.id = entities.source_id
WHERE status = 'active'
"""
NAMES = """
SELECT entity_id, text, language, role, valid_from, valid_to, sources.slug
FROM names JOIN sources ON sources.id = names.source_id
WHERE NOT retired
"""
IDENTIFIERS = "SELECT entity_id, scheme, value FROM identifiers WHERE preferred"
PARENTS = "SELECT from_id, to_id FROM relations WHERE kind = 'within' AND NOT retired"


def index_rows(session: Session, without: Collection[str] = ()) -> Rows:
    """All rows of live records; those whose GeoNames id is in `without` are left out, with all that is theirs.

    Read them inside the session: names, by far the most, come as they are asked for.
    """
    left_out = owners(session, frozenset(without)) if without else frozenset[int]()
    entities = [each for each in read(session, EntityRow, ENTITIES) if each.row not in left_out]
    return Rows(
        generation=generation(session),
        entities=entities,
        names=read(session, NameRow, NAMES),
        identifiers=read(session, IdentifierRow, IDENTIFIERS),
        parents=read(session, ParentRow, PARENTS),
    )


def owners(session: Session, geonames: frozenset[str]) -> frozenset[int]:
    """The records that have one of these GeoNames ids, preferred or not."""
    held = session.execute(text("SELECT entity_id, value FROM identifiers WHERE scheme = 'geonames'"))
    return frozenset(entity for entity, value in held if value in geonames)


def read(session: Session, row: type[Row], statement: str) -> Iterator[Row]:
    """The rows of a statement, through the driver itself: four times as fast as result rows of SQLAlchemy."""
    cursor = driver(session).cursor()
    make: Any = row._make
    try:
        cursor.execute(statement)
        while rows := cursor.fetchmany(FETCHED):
            yield from map(make, rows)
    finally:
        cursor.close()
