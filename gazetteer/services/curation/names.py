"""Names: added, changed, retired. A name is told by what it says, for each load that says it has a row of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.models import Entity, Name, Source
from gazetteer.errors import Conflict, InvalidInput, NotFound
from gazetteer.importers.record import NameRecord
from gazetteer.services.curation.checks import check_name
from gazetteer.services.curation.desk import By, Desk, Edited, desk
from gazetteer.services.load_held import PREFERRED, UNKNOWN_LANGUAGE
from gazetteer.services.wording import shown
from gazetteer.text.scripts import script_of

CHANGEABLE = ("text", "language", "role", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Which:
    """Which name of a record is meant; language and role need not be said where the text alone tells."""

    text: str
    language: str | None = None
    role: str | None = None


def add_name(sessions: sessionmaker[Session], public_id: str, name: NameRecord, by: By) -> Edited:
    """Give a record one spelling more. Conflict where it has that spelling, in that language and role."""
    check_name(name)
    with desk(sessions, by, "add name") as at:
        (entity,) = at.take(public_id)
        at.unchanged_since(entity)
        put(at, entity.id, name)
        at.note(entity.id, after={"name": asdict(name)})
        return at.done(public_id)


def change_name(
    sessions: sessionmaker[Session], public_id: str, which: Which, given: Mapping[str, Any], by: By
) -> Edited:
    """Change one name: the fields of `given`. What loads have said of it is struck out, and the edit stands."""
    for field in given:
        if field not in CHANGEABLE:
            raise InvalidInput(f"{field} is no field of a name; they are {', '.join(CHANGEABLE)}", field=field)
    with desk(sessions, by, "change name") as at:
        (entity,) = at.take(public_id)
        at.unchanged_since(entity)
        rows = meant(at.session, entity, which)
        was = record(at.session, rows[0])
        now = replace(was, **given)
        check_name(now)
        if now == was:
            return at.nothing(entity)
        if now.text != was.text:
            not_displayed(at.session, entity, rows)
        strike(at, rows)
        put(at, entity.id, now)
        at.note(entity.id, {"name": asdict(was)}, {"name": asdict(now)})
        return at.done(public_id)


def retire_name(sessions: sessionmaker[Session], public_id: str, which: Which, by: By) -> Edited:
    """Strike out one name; no load brings it back. Conflict for the name that the record goes by."""
    with desk(sessions, by, "retire name") as at:
        (entity,) = at.take(public_id)
        at.unchanged_since(entity)
        rows = meant(at.session, entity, which)
        not_displayed(at.session, entity, rows)
        was = record(at.session, rows[0])
        strike(at, rows)
        at.note(entity.id, {"name": asdict(was)})
        return at.done(public_id)


def meant(session: Session, entity: Entity, which: Which) -> list[Name]:
    """The rows of the name meant; NotFound where there is none, Conflict where several names may be meant."""
    rows = [
        row
        for row in session.scalars(select(Name).where(Name.entity_id == entity.id, ~Name.retired).order_by(Name.id))
        if row.text == which.text and which.language in (None, row.language) and which.role in (None, row.role)
    ]
    if not rows:
        raise NotFound(f"{entity.public_id} has no name {shown(which.text)} of this language and role", field="name")
    if len({(row.language, row.role) for row in rows}) > 1:
        said = ", ".join(sorted(f"{row.language} {row.role}" for row in rows))
        raise Conflict(f"{shown(which.text)} may be one of {said}: say language and role", field="name")
    return rows


def not_displayed(session: Session, entity: Entity, rows: Sequence[Name]) -> None:
    """Conflict where nothing but these rows has the name that the record goes by."""
    if rows[0].text != entity.name:
        return
    others = select(Name.id).where(Name.entity_id == entity.id, Name.text == entity.name, ~Name.retired)
    if not set(session.scalars(others)) - {row.id for row in rows}:
        raise Conflict(f"{shown(entity.name)} is what the record goes by: change that first", field="name")


def record(session: Session, row: Name) -> NameRecord:
    """A row as what it says."""
    slug = session.get_one(Source, row.source_id).slug
    return NameRecord(row.text, row.language, row.role, row.valid_from, row.valid_to, slug)


def strike(at: Desk, rows: Sequence[Name]) -> None:
    """Retire rows of one record."""
    for row in rows:
        row.retired = True
    at.session.flush()
    at.change(rows[0].entity_id)


def go_by(at: Desk, entity_id: int, text: str) -> None:
    """See to it that what a record goes by is among its names."""
    known = select(Name.id).where(Name.entity_id == entity_id, Name.text == text, ~Name.retired)
    if at.session.scalars(known).first() is None:
        put(at, entity_id, NameRecord(text, role=PREFERRED))


def declared(at: Desk, name: NameRecord) -> str:
    """The source of a name, the editors' own unless it is said; InvalidInput for one that is not known."""
    slug = name.source or at.run.source.slug
    if slug not in at.run.slugs:
        raise InvalidInput(f"source {shown(slug)} is not declared", field="source")
    return slug


def put(at: Desk, entity_id: int, name: NameRecord) -> None:
    """Store a name as the editors'; one that they have struck out comes back. Conflict where the record has it."""
    slug = declared(at, name)
    language = name.language or UNKNOWN_LANGUAGE
    same = select(Name).where(
        Name.entity_id == entity_id, Name.text == name.text, Name.language == language, Name.role == name.role
    )
    rows = list(at.session.scalars(same))
    if any(not row.retired for row in rows):
        raise Conflict(f"the record has the name {shown(name.text)} already", field="name")
    at.change(entity_id)
    own = [row for row in rows if (row.loaded_by_id, row.source_id) == (at.run.source_id, at.run.slugs[slug])]
    row = own[0] if own else Name(entity_id=entity_id, text=name.text, language=language, role=name.role)
    row.source_id, row.loaded_by_id, row.retired = at.run.slugs[slug], at.run.source_id, False
    row.script, row.valid_from, row.valid_to = script_of(name.text), name.valid_from, name.valid_to
    at.session.add(row)
    at.session.flush()
