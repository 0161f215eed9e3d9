"""The rows of a batch, written: entities first, then what hangs on them."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.services import identity
from gazetteer.services.identity import Key
from gazetteer.services.load_held import Held, KnownIdentifier, best
from gazetteer.services.load_run import Run
from gazetteer.services.merge import preference
from gazetteer.services.values import COLUMNS, to_columns
from gazetteer.text.scripts import script_of

ENTITY = ("public_id", "minted_from", *COLUMNS, "source_id", "stated_by", "change_id")
NEW_ENTITY = (*ENTITY, "id", "status", "merged_into_id")
NEW_NAME = (
    "entity_id",
    "source_id",
    "text",
    "language",
    "role",
    "valid_from",
    "valid_to",
    "script",
    "loaded_by_id",
)
NEW_IDENTIFIER = ("entity_id", "scheme", "value", "source_id", "leads", "preferred")
NEW_RELATION = ("from_id", "to_id", "kind", "source_id")


def write(session: Session, run: Run, held: Sequence[Held]) -> None:
    """Write what changed; nothing when nothing did."""
    dirty = [each for each in held if each.written or each.unsettled]
    changes = settled(run, dirty)
    written = [each for each in dirty if each.written]
    if not written:
        return
    change = run.change(session)
    write_entities(session, written, change)
    write_names(session, run, written)
    write_identifiers(session, run, changes)
    write_relations(session, run, written)


def write_entities(session: Session, written: Sequence[Held], change: int) -> None:
    """New rows, changed rows, and for each public id that gave way to a higher one a row that points on."""
    stubs = promote(session, [each for each in written if each.stored])
    new = [each for each in written if not each.stored]
    for each in new:
        each.minted_from = identity.best(each.identifiers)
        each.public_id = identity.mint(each.minted_from)
    bulk.update(session, "entities", ENTITY, [(*columns(each, change), each.id) for each in written if each.stored])
    bulk.insert(session, "entities", NEW_ENTITY, [(*columns(each, change), each.id, "active", None) for each in new])
    ids = bulk.allocate(session, "entities", len(stubs))
    rows = []
    for id, (each, public_id, minted_from) in zip(ids, stubs, strict=True):
        old = (public_id, identity.written(minted_from), *columns(each, change)[2:])
        rows.append((*old, id, "merged", each.id))
    bulk.insert(session, "entities", NEW_ENTITY, rows)


def columns(held: Held, change: int) -> bulk.Row:
    """A row in the order of ENTITY."""
    assert held.values is not None
    return (
        held.public_id,
        identity.written(held.minted_from),
        *to_columns(held.values.told),
        held.values.owner,
        bulk.dumped(held.values.stated_by),
        change,
    )


def promote(session: Session, stored: Sequence[Held]) -> list[tuple[Held, str, Key]]:
    """Give entities that got a higher identifier the public id of that, unless the id is taken; their old ids."""
    higher: dict[str, tuple[Held, Key]] = {}
    for each in stored:
        key = best(each)
        if key != each.minted_from:
            higher[identity.mint(key)] = (each, key)
    taken = {row[0] for row in bulk.select(session, "entities", ("public_id",), "public_id", higher)}
    stubs = []
    for public_id, (each, key) in higher.items():
        if public_id not in taken:
            stubs.append((each, each.public_id, each.minted_from))
            each.public_id, each.minted_from = public_id, key
    return stubs


def write_names(session: Session, run: Run, written: Sequence[Held]) -> None:
    """New names, and new dates of known ones."""
    rows = [
        (each.id, *said, *dates, script_of(said[1]), run.source_id)
        for each in written
        for said, dates in each.new_names
    ]
    bulk.insert(session, "names", NEW_NAME, rows)
    bulk.update(session, "names", ("valid_from", "valid_to"), [row for each in written for row in each.dated_names])
    run.report.names_added += len(rows)


def settled(run: Run, dirty: Sequence[Held]) -> list[tuple[Held, Key, KnownIdentifier]]:
    """One preferred value in each scheme; the identifiers that are not stored as they should be."""
    changes = []
    for each in dirty:
        if not each.unsettled:
            continue
        schemes: dict[str, list[Key]] = defaultdict(list)
        for key in each.identifiers:
            schemes[key[0]].append(key)
        for keys in schemes.values():
            known = each.identifiers
            leader = min(keys, key=lambda key: preference(key, known[key].leads, run.standing[known[key].source]))
            for key in keys:
                known[key].preferred = key == leader
                if known[key].stored != (known[key].source, known[key].leads, known[key].preferred):
                    changes.append((each, key, known[key]))
                    each.written = True
    return changes


def write_identifiers(session: Session, run: Run, changes: Sequence[tuple[Held, Key, KnownIdentifier]]) -> None:
    """New identifiers, and those whose source or preference is another now."""
    new = [
        (each.id, *key, known.source, known.leads, known.preferred) for each, key, known in changes if known.row is None
    ]
    bulk.insert(session, "identifiers", NEW_IDENTIFIER, new)
    old = [(known.source, known.leads, known.preferred, known.row) for _, _, known in changes if known.row is not None]
    bulk.update(session, "identifiers", ("source_id", "leads", "preferred"), old)
    run.report.identifiers_added += len(new)


def write_relations(session: Session, run: Run, written: Sequence[Held]) -> None:
    """New relations, and those that a source of higher standing states as well."""
    rows = [(each.id, *key, run.source_id) for each in written for key in each.new_relations]
    bulk.insert(session, "relations", NEW_RELATION, rows)
    claims = [(run.source_id, row) for each in written for row in each.claimed_relations]
    bulk.update(session, "relations", ("source_id",), claims)
    run.report.relations_added += len(rows)
