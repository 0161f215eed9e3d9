"""The units that a record lies in directly, as an editor says."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.db.models import Entity, Relation
from gazetteer.errors import InvalidInput
from gazetteer.services import entities
from gazetteer.services.curation.desk import Desk

WITHIN = "within"
NEW = ("from_id", "to_id", "kind", "source_id", "retired")


def place(at: Desk, entity_id: int, units: Sequence[int], *, instead: bool = False) -> bool:
    """Put a record into units, with `instead` in place of those it is in; whether that is news.

    A link that a load brought is struck out, not deleted, so that no load brings it again.
    """
    known = {
        row.to_id: row
        for row in at.session.scalars(select(Relation).where(Relation.from_id == entity_id, Relation.kind == WITHIN))
    }
    new = [unit for unit in units if unit not in known]
    back = [known[unit] for unit in units if unit in known and known[unit].retired]
    gone = [row for unit, row in known.items() if instead and unit not in units and not row.retired]
    if not (new or back or gone):
        return False
    for unit in units:
        if leads_to(at.session, unit, entity_id):
            raise InvalidInput("within leads back to the record itself", field=WITHIN)
    for row in (*back, *gone):
        row.retired = row in gone
    at.session.flush()
    at.change(entity_id)
    bulk.insert(at.session, "relations", NEW, [(entity_id, unit, WITHIN, at.run.source_id, False) for unit in new])
    return True


def parents_of(session: Session, entity_id: int) -> list[Entity]:
    """The units that a record lies in directly."""
    direct = select(Relation.to_id).where(Relation.from_id == entity_id, Relation.kind == WITHIN, ~Relation.retired)
    return list(session.scalars(select(Entity).where(Entity.id.in_(direct)).order_by(Entity.public_id)))


def leads_to(session: Session, unit: int, entity_id: int) -> bool:
    """A unit is the record, or lies in it, however deep."""
    entity = session.get_one(Entity, entity_id)
    above = entities.parents_of(session, session.get_one(Entity, unit))
    return unit == entity_id or any(each.id == entity.public_id for each in above)
