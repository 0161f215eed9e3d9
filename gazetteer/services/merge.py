"""Two entities that turn out to be one: the one with the public id of higher rank lives on, the other redirects.

Names, identifiers and relations move to the survivor; what both had is kept once. The other row stays under its
public id with the status `merged`, as do rows that were merged into it before; each points straight at the survivor.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.services import identity
from gazetteer.services.values import COLUMNS, Standing, Values, combine, from_columns, to_columns

SAID_BY_BOTH = text(
    "DELETE FROM names WHERE entity_id = :gone AND EXISTS (SELECT 1 FROM names AS kept WHERE kept.entity_id = :kept"
    " AND kept.loaded_by_id = names.loaded_by_id AND kept.source_id = names.source_id"
    " AND kept.text = names.text AND kept.language = names.language AND kept.role = names.role)"
)
MOVES = (
    SAID_BY_BOTH,
    text("UPDATE names SET entity_id = :kept WHERE entity_id = :gone"),
    text("UPDATE identifiers SET entity_id = :kept WHERE entity_id = :gone"),
    text("UPDATE entities SET merged_into_id = :kept, change_id = :change WHERE merged_into_id = :gone"),
    text("UPDATE entities SET status = 'merged', merged_into_id = :kept, change_id = :change WHERE id = :gone"),
)
VALUES = (*COLUMNS, "source_id", "stated_by")


def merge(session: Session, pair: tuple[int, int], change_id: int, standing: Standing) -> int:
    """Make one of two live entities; the row that survives is returned."""
    found = bulk.select(session, "entities", ("id", "minted_from", *VALUES), "id", pair)
    kept, gone = sorted(found, key=lambda row: identity.rank_of(identity.read(row[1])))
    merge_relations(session, kept[0], gone[0], standing)
    for move in MOVES:
        session.execute(move, {"kept": kept[0], "gone": gone[0], "change": change_id})
    settle_preferred(session, kept[0], standing)
    values = combine(values_of(kept[2:]), values_of(gone[2:]), standing, yielding=True)
    row = (*to_columns(values.told), values.owner, bulk.dumped(values.stated_by), change_id, kept[0])
    bulk.update(session, "entities", (*VALUES, "change_id"), [row])
    return int(kept[0])


def values_of(row: bulk.Row) -> Values:
    """The values of a row of VALUES."""
    return from_columns(row[: len(COLUMNS)], row[-2], bulk.loaded(row[-1]))


def merge_relations(session: Session, kept: int, gone: int, standing: Standing) -> None:
    """Move relations on both ends. One that both had stays with the source of higher standing; none leads to itself."""
    columns = ("id", "from_id", "to_id", "kind", "source_id")
    rows = {
        row[0]: row
        for end in ("from_id", "to_id")
        for row in bulk.select(session, "relations", columns, end, (kept, gone))
    }
    alike: dict[tuple[int, int, str], list[bulk.Row]] = defaultdict(list)
    for row in rows.values():
        ends = tuple(kept if end == gone else end for end in row[1:3])
        alike[(ends[0], ends[1], row[3])].append(row)
    drop: list[int] = []
    move: list[bulk.Row] = []
    for (start, end, _), group in alike.items():
        group.sort(key=lambda row: standing[row[4]], reverse=True)
        stays = group[0] if start != end else None
        drop.extend(row[0] for row in group if row is not stays)
        if stays is not None and stays[1:3] != (start, end):
            move.append((start, end, stays[0]))
    bulk.delete(session, "relations", drop)
    bulk.update(session, "relations", ("from_id", "to_id"), move)


def settle_preferred(session: Session, entity_id: int, standing: Standing) -> None:
    """Leave one preferred value in each scheme."""
    columns = ("id", "scheme", "value", "leads", "source_id", "preferred")
    rows = bulk.select(session, "identifiers", columns, "entity_id", (entity_id,))
    schemes: dict[str, list[bulk.Row]] = defaultdict(list)
    for row in rows:
        schemes[row[1]].append(row)
    changes: list[bulk.Row] = []
    for group in schemes.values():
        first = min(group, key=lambda row: preference(row[1:3], bool(row[3]), standing[row[4]]))
        changes.extend((row is first, row[0]) for row in group if bool(row[5]) != (row is first))
    bulk.update(session, "identifiers", ("preferred",), changes)


def preference(key: identity.Key, leads: bool, standing: tuple[int, str]) -> tuple[Any, ...]:
    """The order in which values of one scheme are preferred: by source, then as the source says, then by value."""
    rank, slug = standing
    return -rank, slug, not leads, identity.rank_of(key)
