"""The desk that edits are made at: one transaction, the records locked, and one entry in the history."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db import bulk
from gazetteer.db.models import ACTOR_LENGTH, REASON_LENGTH, Change, Entity, Source
from gazetteer.db.sessions import advance, is_postgresql, lock_edit, writing
from gazetteer.errors import Conflict, Merged, NotFound
from gazetteer.importers.record import Source as Described
from gazetteer.services.curation.checks import check_text
from gazetteer.services.entities import follow
from gazetteer.services.load_run import Report, Run
from gazetteer.services.wording import shown

EDITS = Described("edits", "Edits made here", "CC0-1.0", rank=110)  # above the curated seeds, which have 100


@dataclass(frozen=True, slots=True)
class By:
    """Who edits and why. `version` is the `generation` of the record's last change, as the editor saw it."""

    who: str
    why: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """The record as it is now called, and the generation from which on look-ups show the edit.

    `changed` is False where the record was already as the edit would have it; then nothing was written.
    """

    id: str
    generation: int
    changed: bool = True


class Desk:
    """One edit under way. `run` is what the loader's functions write with; its source is that of all edits."""

    def __init__(self, session: Session, by: By, action: str) -> None:
        self.session = session
        self.by = by
        self.run = Run(EDITS, source(session), frozenset(), by.who, action, Report(EDITS.slug))
        self.run.meet(session)
        self.generation: int | None = None

    def take(self, *public_ids: str, field: str = "id") -> list[Entity]:
        """The live records of these ids, locked, in this order; NotFound, Merged or Conflict where one is not live."""
        for each in public_ids:
            if "\0" in each:  # PostgreSQL cannot even be asked for it
                raise NotFound(f"no record has the id {shown(each)}", field=field)
        wanted = select(Entity).where(Entity.public_id.in_(public_ids)).order_by(Entity.id).with_for_update()
        found = {each.public_id: each for each in self.session.scalars(wanted)}
        return [self._live(found.get(each), each, field) for each in public_ids]

    def _live(self, entity: Entity | None, public_id: str, field: str) -> Entity:
        """The record, if it can be edited."""
        if entity is None:
            raise NotFound(f"no record has the id {shown(public_id)}", field=field)
        if entity.status == "merged":
            survivor = follow(self.session, entity).public_id
            raise Merged(f"{public_id} was merged into {survivor}", survivor=survivor)
        if entity.status == "retired":
            raise Conflict(f"{public_id} is retired", field=field)
        return entity

    def unchanged_since(self, entity: Entity) -> None:
        """Conflict where the record has changed since the editor saw it."""
        now = self.version(entity)
        if self.by.version is not None and self.by.version != now:
            raise Conflict(
                f"{entity.public_id} was changed since: it is at {now}, not {self.by.version}", field="version"
            )

    def version(self, entity: Entity) -> int:
        """The generation of the record's last change."""
        return self.session.get_one(Change, entity.change_id).generation

    def change(self, entity_id: int | None = None) -> int:
        """The id of the edit's entry in the history; `entity_id` is noted as written."""
        id = self.run.change(self.session)
        if entity_id is not None:
            bulk.update(self.session, "entities", ("change_id",), [(id, entity_id)])
        return id

    def note(self, entity_id: int, before: Any = None, after: Any = None, other_id: int | None = None) -> None:
        """What the entry says. To be said last: it moves the generation."""
        entry = self.session.get_one(Change, self.change(entity_id))
        entry.reason, entry.source_id = self.by.why, self.run.source_id
        entry.entity_id, entry.other_id, entry.before, entry.after = entity_id, other_id, before, after
        self.session.flush()
        self.generation = entry.generation = advance(self.session)

    def done(self, public_id: str) -> Edited:
        """The edit, as it will be once it is committed."""
        assert self.generation is not None
        return Edited(public_id, self.generation)

    def nothing(self, entity: Entity) -> Edited:
        """That there was nothing to do."""
        return Edited(entity.public_id, self.version(entity), changed=False)


@contextmanager
def desk(sessions: sessionmaker[Session], by: By, action: str) -> Iterator[Desk]:
    """One edit: committed at the end, and on disk then; undone as a whole by an exception."""
    check_text("who", by.who, ACTOR_LENGTH)
    check_text("why", by.why, REASON_LENGTH)
    try:
        with writing(sessions) as session:
            lock_edit(session)
            yield Desk(session, by, action)
    except IntegrityError as error:  # two edits that name the same new thing at once: the second is told
        raise Conflict("another edit has just stored the same identifier or name") from error


def source(session: Session) -> int:
    """The source of all edits, made by the first of them."""
    known = select(Source.id).where(Source.slug == EDITS.slug)
    found = session.scalar(known)
    if found is None:
        insert = postgresql.insert if is_postgresql(session) else sqlite.insert
        values = {"slug": EDITS.slug, "title": EDITS.title, "licence": EDITS.licence, "rank": EDITS.rank}
        session.execute(insert(Source).values(**values, loaded_at=datetime.now(UTC)).on_conflict_do_nothing())
        found = session.scalars(known).one()
    return found
