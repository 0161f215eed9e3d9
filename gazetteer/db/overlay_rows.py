"""The rows that an overlay is built from: what was edited since a generation, read in one state of the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.db.models import Change
from gazetteer.db.sessions import generation
from gazetteer.index.build import ancestors
from gazetteer.index.overlay import Delta
from gazetteer.index.rows import EntityRow, IdentifierRow, NameRow, ParentRow, Rows

WITHIN = "within"
DEEPEST = 20  # steps up or down that are followed
# What an edit may say that changes which units others lie within.
PLACING = frozenset({"within", "type", "kind", "identifiers"})
ENTITY = ("id", "public_id", "kind", "type", "country", "name", "lat", "lon", "population", "source_id")
NAME = ("entity_id", "text", "language", "role", "valid_from", "valid_to", "source_id")


@dataclass(slots=True)
class Edits:
    """What the history holds since a generation.

    `position` is that of the state that was read. `shown` is the last generation up to which there is nothing but
    edits: what a run of a source wrote comes with the next snapshot. `placing` are the records that may have changed
    which units others lie within.
    """

    position: int
    shown: int
    records: set[int] = field(default_factory=set)
    placing: set[int] = field(default_factory=set)


def edits(session: Session, since: int) -> Edits:
    """The edits since a generation."""
    columns = (Change.generation, Change.action, Change.entity_id, Change.other_id, Change.after)
    found = Edits(generation(session), since)
    for number, action, entity, other, after in session.execute(
        select(*columns).where(Change.generation > since).order_by(Change.generation)
    ):
        if entity is None:
            continue
        if number == found.shown + 1:
            found.shown = number
        touched = {each for each in (entity, other) if each is not None}
        found.records |= touched
        if action in ("retire", "merge") or not PLACING.isdisjoint(after or ()):
            found.placing |= touched
    return found


def delta(session: Session, found: Edits) -> Delta:
    """All that an overlay needs of these edits."""
    status = rows_of(session, found.records)
    while further := {into for *_, into in status.values() if into is not None} - status.keys():
        status |= rows_of(session, further)  # a load may have merged what was edited into another record
    old = bulk.select(session, "entities", ("public_id",), "merged_into_id", list(status))
    live = [id for id, (_, state, _) in status.items() if state == "active"]
    return Delta(
        rows=records(session, live, found.position),
        gone=[each[0] for each in old] + [public for public, state, _ in status.values() if state != "active"],
        above=units(session, [*live, *below(session, found.placing)]),
    )


def rows_of(session: Session, ids: Collection[int]) -> dict[int, tuple[str, str, int | None]]:
    """The public id and the status of records, and what they were merged into."""
    columns = ("id", "public_id", "status", "merged_into_id")
    return {row[0]: row[1:] for row in bulk.select(session, "entities", columns, "id", list(ids))}


def records(session: Session, ids: Collection[int], position: int) -> Rows:
    """The rows of live records, as a snapshot is built from."""
    ids = list(ids)
    sources = dict(map(pair, bulk.driver_rows(session, "SELECT id, slug FROM sources")))
    ranks = dict(map(pair, bulk.driver_rows(session, "SELECT id, rank FROM sources")))
    identifiers = ("entity_id", "scheme", "value")
    return Rows(
        generation=position,
        entities=[
            EntityRow._make((*row[:-1], ranks[row[-1]])) for row in bulk.select(session, "entities", ENTITY, "id", ids)
        ],
        names=[
            NameRow._make((*row[:-1], sources[row[-1]]))
            for row in bulk.select(session, "names", NAME, "entity_id", ids, retired=False)
        ],
        identifiers=[
            IdentifierRow(*row)
            for row in bulk.select(session, "identifiers", identifiers, "entity_id", ids, preferred=True)
        ],
    )


def pair(row: bulk.Row) -> tuple[Any, Any]:
    """A row of two."""
    return row[0], row[1]


def below(session: Session, ids: Iterable[int]) -> set[int]:
    """The records that lie within some, however deep, by any link."""
    found: set[int] = set()
    level = set(ids)
    for _ in range(DEEPEST):
        linked = bulk.select(session, "relations", ("from_id",), "to_id", list(level), kind=WITHIN, retired=False)
        level = {row[0] for row in linked} - found
        found |= level
    return found


def units(session: Session, ids: Collection[int]) -> dict[str, list[str]]:
    """The units that each of some records lies within, by id, nearest first."""
    links: list[ParentRow] = []
    known: set[int] = set()
    level = set(ids)
    for _ in range(DEEPEST):
        known |= level
        rows = bulk.select(
            session, "relations", ("id", "from_id", "to_id"), "from_id", list(level), kind=WITHIN, retired=False
        )
        links += [ParentRow(start, to) for _, start, to in sorted(rows)]
        level = {row[2] for row in rows} - known
    public = dict(
        map(pair, bulk.select(session, "entities", ("id", "public_id"), "id", list(known | level), status="active"))
    )
    direct: dict[int, list[int]] = defaultdict(list)
    for link in links:
        if link.row in public and link.parent in public:
            direct[link.row].append(link.parent)
    return {public[id]: [public[unit] for unit in ancestors(id, direct)] for id in ids if id in public}
