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
from gazetteer.services.unsaid import Unsaid
from gazetteer.services.values import COLUMNS, FIELDS, Standing, Values, combine, from_columns, to_columns

SAID = ("id", "entity_id", "retired", "loaded_by_id", "source_id", "text", "language", "role")
MOVES = (
    text("UPDATE names SET entity_id = :kept WHERE entity_id = :gone"),
    text("UPDATE identifiers SET entity_id = :kept WHERE entity_id = :gone"),
    text("UPDATE entities SET merged_into_id = :kept, change_id = :change WHERE merged_into_id = :gone"),
    text("UPDATE entities SET status = 'merged', merged_into_id = :kept, change_id = :change WHERE id = :gone"),
)
NOBODY = 0  # no source has this id
VALUES = (*COLUMNS, "source_id", "stated_by")


def merge(
    session: Session, pair: tuple[int, int], change_id: int, standing: Standing, unsaid: Unsaid | None = None
) -> int:
    """Make one of two live entities; the row that survives is returned.

    `unsaid` is what a load has not met again: of what both had, the statement that it has met is the one kept.
    """
    unsaid = unsaid or Unsaid(NOBODY)
    found = bulk.select(session, "entities", ("id", "minted_from", *VALUES), "id", pair)
    kept, gone = sorted(found, key=lambda row: identity.rank_of(identity.read(row[1])))
    merge_relations(session, (kept[0], gone[0]), standing, unsaid.rows["relations"])
    merge_names(session, (kept[0], gone[0]), unsaid.rows["names"])
    for move in MOVES:
        session.execute(move, {"kept": kept[0], "gone": gone[0], "change": change_id})
    settle_preferred(session, kept[0], standing)
    ours, theirs = (unsaid.settle(row[0], values_of(row[2:])) for row in (kept, gone))
    values = combine(ours, theirs, standing, yielding=FIELDS)
    bulk.update(session, "entities", (*VALUES, "change_id"), [(*row_of(values), change_id, kept[0])])
    return int(kept[0])


def values_of(row: bulk.Row) -> Values:
    """The values of a row of VALUES."""
    return from_columns(row[: len(COLUMNS)], row[-2], bulk.loaded(row[-1]))


def row_of(values: Values) -> bulk.Row:
    """The values as a row of VALUES."""
    return (*to_columns(values.told), values.owner, bulk.dumped(values.stated_by))


def merge_names(session: Session, pair: tuple[int, int], unsaid: set[int]) -> None:
    """Take away the second of each name that both have, or the one that is in `unsaid` or retired where the other is
    not."""
    alike: dict[bulk.Row, list[bulk.Row]] = defaultdict(list)
    for row in bulk.select(session, "names", SAID, "entity_id", pair):
        alike[row[3:]].append((row[0] in unsaid, bool(row[2]), row[1] != pair[0], row[0]))
    drop = [row for group in alike.values() for *_, row in sorted(group)[1:]]
    bulk.delete(session, "names", drop)
    unsaid.difference_update(drop)


def merge_relations(session: Session, pair: tuple[int, int], standing: Standing, unsaid: set[int]) -> None:
    """Move relations on both ends. One that both had stays with the source of higher standing; none leads to itself."""
    kept, gone = pair
    columns = ("id", "from_id", "to_id", "kind", "source_id", "retired")
    rows = {
        row[0]: row for end in ("from_id", "to_id") for row in bulk.select(session, "relations", columns, end, pair)
    }
    alike: dict[tuple[int, int, str], list[bulk.Row]] = defaultdict(list)
    for row in rows.values():
        ends = tuple(kept if end == gone else end for end in row[1:3])
        alike[(ends[0], ends[1], row[3])].append(row)
    drop: list[int] = []
    move: list[bulk.Row] = []
    for (start, end, _), group in alike.items():
        group.sort(key=lambda row: (row[0] not in unsaid, not row[5], standing[row[4]]), reverse=True)
        stays = group[0] if start != end else None
        drop.extend(row[0] for row in group if row is not stays)
        if stays is not None and stays[1:3] != (start, end):
            move.append((start, end, stays[0]))
    bulk.delete(session, "relations", drop)
    unsaid.difference_update(drop)
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
