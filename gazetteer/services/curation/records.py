"""Records: created, changed, retired, and two made one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db import bulk
from gazetteer.db.models import Entity
from gazetteer.errors import Conflict, InvalidInput
from gazetteer.importers.record import Record
from gazetteer.services import identity
from gazetteer.services.curation.checks import check_identifiers, check_record, check_values
from gazetteer.services.curation.desk import By, Desk, Edited, desk
from gazetteer.services.curation.names import declared, go_by
from gazetteer.services.curation.parents import parents_of, place
from gazetteer.services.identity import Key
from gazetteer.services.load_batch import fetch, find, load_batch
from gazetteer.services.load_held import Held, KnownIdentifier
from gazetteer.services.load_write import write
from gazetteer.services.merge import merge as merge_rows
from gazetteer.services.values import COLUMNS, FIELDS, Values, combine, to_columns, told_by
from gazetteer.text.tokens import analyse

CHANGEABLE = (*COLUMNS, "within", "identifiers")
SLUG_LENGTH = 60


def create(sessions: sessionmaker[Session], record: Record, by: By, *, within: Sequence[str] = ()) -> Edited:
    """Make a new record, with its names and identifiers, in the units whose ids are `within`.

    Its id is minted from its identifier of highest rank; a record that has none is given a slug, from its name.
    Conflict where another record has one of its identifiers. Its links are not read: units are named by id here.
    """
    record = replace(record, links=(), row=None)
    check_record(record)
    with desk(sessions, by, "create") as at:
        units = at.take(*dict.fromkeys(within), field="within")
        free(at.session, record.identifiers)
        for name in record.names:
            declared(at, name)
        if not record.identifiers:
            record = replace(record, identifiers=(slug(at.session, record.name),))
        public_id = identity.mint(identity.best(record.identifiers))
        if at.session.scalar(select(Entity.id).where(Entity.public_id == public_id)) is not None:
            raise Conflict(f"a record of {identity.best(record.identifiers)[1]} was there before", field="identifiers")
        load_batch(at.session, at.run, [record])
        made = at.session.scalars(select(Entity.id).where(Entity.public_id == public_id)).one()
        place(at, made, [each.id for each in units])
        at.note(made, after=described(record, within))
        return at.done(public_id)


def change(sessions: sessionmaker[Session], public_id: str, given: Mapping[str, Any], by: By) -> Edited:
    """Change what a record says: the fields of `given`, all at once; None says that there is no such value.

    `within` are the ids of the units that it lies in directly, in place of those it has; `identifiers` are added to
    those it has, and one of higher rank gives the record a new id, to which the old one redirects.
    """
    for field in given:
        if field not in CHANGEABLE:
            raise InvalidInput(f"{field} is no field of a record; they are {', '.join(CHANGEABLE)}", field=field)
    units = tuple(dict.fromkeys(given.get("within") or ()))
    keys = tuple(tuple(each) for each in given.get("identifiers") or ())
    check_identifiers(keys)
    with desk(sessions, by, "change") as at:
        entity, *above = at.take(public_id, *units)
        at.unchanged_since(entity)
        held = fetch(at.session, at.run, {entity.id})[entity.id]
        before, after = state(at, held, given)
        added = identify(at, held, keys)
        if "name" in after:
            go_by(at, entity.id, after["name"])
        if "within" in given:
            was = [each.public_id for each in parents_of(at.session, entity.id)]
            if place(at, entity.id, [each.id for each in above], instead=True):
                before, after = {**before, "within": was}, {**after, "within": list(units)}
        if added:
            after = {**after, "identifiers": [identity.written(key) for key in added]}
        if not after:
            return at.nothing(entity)
        write(at.session, at.run, [held])
        at.note(entity.id, before, after)
        return at.done(held.public_id)


def retire(sessions: sessionmaker[Session], public_id: str, by: By) -> Edited:
    """Take a record out of all answers. It stays under its id, and no load brings it back."""
    with desk(sessions, by, "retire") as at:
        (entity,) = at.take(public_id)
        at.unchanged_since(entity)
        entity.status = "retired"
        at.session.flush()
        at.note(entity.id, {"status": "active"}, {"status": "retired"})
        return at.done(public_id)


def merge(sessions: sessionmaker[Session], public_id: str, into: str, by: By) -> Edited:
    """Make two records one. The id of higher rank lives on, whichever was named first; the other redirects to it."""
    if public_id == into:
        raise InvalidInput("a record cannot be merged into itself", field="into")
    with desk(sessions, by, "merge") as at:
        entity, other = at.take(public_id, into)
        at.unchanged_since(entity)
        if entity.kind != other.kind:
            raise Conflict(f"a {entity.kind} and a {other.kind} are not one", field="into")
        ids = {entity.id: entity.public_id, other.id: other.public_id}
        kept = merge_rows(at.session, (entity.id, other.id), at.change(), at.run.standing)
        (gone,) = ids.keys() - {kept}
        at.note(kept, {"ids": sorted(ids.values())}, {"id": ids[kept], "merged": ids[gone]}, other_id=gone)
        return at.done(ids[kept])


def state(at: Desk, held: Held, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put the given values in place; what the columns that change said before, and what they say now."""
    assert held.values is not None
    was = dict(zip(COLUMNS, to_columns(held.values.told), strict=True))
    now = {**was, **{field: value for field, value in given.items() if field in COLUMNS}}
    check_values(now, given)
    fields = {"point" if field in ("lat", "lon") else field for field in given if field in COLUMNS}
    said = [
        value if field in fields else None
        for field, value in zip(FIELDS, told_by(Record(identifiers=(), **now)), strict=True)
    ]
    silent = {
        field: at.run.source_id for field, value in zip(FIELDS, said, strict=True) if field in fields and value is None
    }
    changed = [field for field in COLUMNS if was[field] != now[field]]
    if changed:
        values = Values(tuple(said), at.run.source_id, silent or None)
        held.values = combine(held.values, values, at.run.standing)
        held.written = True
    return {field: was[field] for field in changed}, {field: now[field] for field in changed}


def identify(at: Desk, held: Held, keys: Sequence[Key]) -> list[Key]:
    """Give a record more identifiers; those that it did not have."""
    new = [key for key in keys if key not in held.identifiers]
    free(at.session, new)
    schemes = {scheme for scheme, _ in held.identifiers}
    for key in new:
        held.identifiers[key] = KnownIdentifier(None, at.run.source_id, key[0] not in schemes)
        held.unsettled = held.written = True
    return new


def free(session: Session, keys: Sequence[Key]) -> None:
    """Conflict where a record has one of these identifiers."""
    for key, entity in find(session, keys).items():
        holder = session.get_one(Entity, entity)
        raise Conflict(f"{key[0]} {key[1]} is {holder.public_id} ({holder.name})", field="identifiers")


def slug(session: Session, name: str) -> Key:
    """A slug that no record has, from a name."""
    words = "-".join(re.findall("[a-z0-9]+", analyse(name).roman.lower()))[:SLUG_LENGTH].strip("-") or "record"
    for number in count(1):
        key = ("slug", words if number == 1 else f"{words}-{number}")
        minted = bulk.select(session, "entities", ("id",), "public_id", [identity.mint(key)])
        if not minted and not find(session, [key]):
            return key
    raise AssertionError("numbers do not end")


def described(record: Record, within: Sequence[str]) -> dict[str, Any]:
    """A new record as the history tells it."""
    told = {field: getattr(record, field) for field in COLUMNS}
    told["identifiers"] = [identity.written(key) for key in record.identifiers]
    told["names"] = [each.text for each in record.names]
    told["within"] = list(within)
    return {field: value for field, value in told.items() if value not in (None, [])}
