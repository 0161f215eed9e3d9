"""What a source said before a run and has not said again in it.

An entity may have several records in one run, so the first of them takes nothing away: it only notes what it does
not repeat. A later record may strike it off; what is left when the last was read is withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.services.values import FIELDS, Values, withdrawn

OWNERS = {"names": "entity_id", "identifiers": "entity_id", "relations": "from_id"}
SPEAKERS = {"names": "loaded_by_id", "identifiers": "source_id", "relations": "source_id"}


@dataclass(slots=True)
class Unsaid:
    """Rows by table, and fields by entity, that only an earlier load of the source has stated."""

    source: int
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    fields: dict[int, frozenset[str]] = field(default_factory=dict)

    def doubt(self, session: Session, entities: Iterable[int]) -> None:
        """Note all that the source has said of entities of which the run has not spoken."""
        ids = list(entities)
        self.fields |= dict.fromkeys(ids, frozenset(FIELDS))
        for table, owner in OWNERS.items():
            found = bulk.select(session, table, ("id",), owner, ids, **{SPEAKERS[table]: self.source})
            self.rows[table].update(row[0] for row in found)

    def missed(self, entity: int, fields: frozenset[str]) -> None:
        """Note the fields of an entity that are not said again so far."""
        if fields:
            self.fields[entity] = fields
        else:
            self.fields.pop(entity, None)

    def settle(self, entity: int, values: Values) -> Values:
        """The values of an entity without those that are the source's and have not been said again."""
        return withdrawn(values, self.source, self.fields.pop(entity, frozenset()))
