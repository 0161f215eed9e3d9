"""The feed of changes: what was committed since a position, in the order of commit, with nothing left out.

A position is a generation. A writer moves the counter of generations last and holds its row until the commit, so an
entry's generation is its place in the order of commit, whenever its transaction began and whatever its id is: one that
was open for long appears behind those that were committed meanwhile, and a reader at their position still gets it. The
entry of a run of a source is told again, with its counts so far, after each of its batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, sessionmaker

from gazetteer.db.models import Change, Entity, Source
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import LimitExceeded

MOST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit, of the record `entity` and in a merge of the `other` one, or one run of a `source`."""

    generation: int
    at: str
    actor: str
    action: str
    reason: str | None
    entity: str | None
    other: str | None
    source: str | None
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries in order of commit, and the position to go on from; `more` where there are more of them already."""

    entries: Sequence[Entry]
    position: int
    more: bool


def since(sessions: sessionmaker[Session], position: int, limit: int = MOST) -> Feed:
    """What was committed after a position, the first `limit` of it."""
    if not 1 <= limit <= MOST:
        raise LimitExceeded(f"limit is {limit}, must be from 1 to {MOST}", field="limit")
    entity, other = aliased(Entity), aliased(Entity)
    wanted = (
        select(Change, entity.public_id, other.public_id, Source.slug)
        .outerjoin(entity, entity.id == Change.entity_id)
        .outerjoin(other, other.id == Change.other_id)
        .outerjoin(Source, Source.id == Change.source_id)
        .where(Change.generation > position)
        .order_by(Change.generation)
        .limit(limit + 1)
    )
    with reading(sessions) as session:
        found = [entry(*row) for row in session.execute(wanted).all()]
        last = generation(session)
    more = len(found) > limit
    return Feed(found[:limit], found[limit - 1].generation if more else max(last, position), more)


def entry(change: Change, entity: str | None, other: str | None, source: str | None) -> Entry:
    """A row as an entry."""
    return Entry(
        generation=change.generation,
        at=change.at.isoformat(),
        actor=change.actor,
        action=change.action,
        reason=change.reason,
        entity=entity,
        other=other,
        source=source,
        before=change.before,
        after=change.after,
    )
