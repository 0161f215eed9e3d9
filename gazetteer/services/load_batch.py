"""One batch of records into the database: find what is known of them, work out the difference, write it.

Everything is fetched with a few statements for the whole batch, compared as plain tuples, and written as rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from gazetteer.db import bulk
from gazetteer.importers.record import Record
from gazetteer.services import identity
from gazetteer.services.identity import Key
from gazetteer.services.load_groups import Groups
from gazetteer.services.load_held import Held, KnownIdentifier, relate, told
from gazetteer.services.load_run import Run
from gazetteer.services.load_write import write
from gazetteer.services.merge import merge
from gazetteer.services.same_unit import ADMIN1
from gazetteer.services.values import COLUMNS, from_columns

ENTITY = ("id", "public_id", "minted_from", *COLUMNS, "source_id", "stated_by")
NAME = ("entity_id", "id", "source_id", "text", "language", "role", "valid_from", "valid_to")
IDENTIFIER = ("entity_id", "id", "scheme", "value", "source_id", "leads", "preferred")
RELATION = ("from_id", "id", "to_id", "kind", "source_id")


def load_batch(session: Session, run: Run, records: Sequence[Record]) -> None:
    """Bring a batch into the database; one that says nothing new writes nothing."""
    groups = Groups()
    stored = find(session, (key for record in records for key in keys_of(record)))
    places = [groups.place(record.identifiers, stored) for record in records]
    attach_by_public_id(session, groups)
    survivors = merge_groups(session, run, groups)
    held = hold(session, run, groups)
    targets = {key: survivors.get(entity, entity) for key, entity in stored.items()}
    targets |= {key: held[groups.find(group)].id for key, group in groups.of_key.items()}
    for record, place in zip(records, places, strict=True):
        apply(run, held[groups.find(place)], record, targets)
    write(session, run, list(held.values()))


def keys_of(record: Record) -> Iterable[Key]:
    """Every identifier a record names: its own, and those of the records it is linked to."""
    yield from record.identifiers
    for link in record.links:
        yield link.scheme, link.value


def find(session: Session, keys: Iterable[Key]) -> dict[Key, int]:
    """The entities that have these identifiers."""
    schemes: dict[str, set[str]] = defaultdict(set)
    for scheme, value in keys:
        schemes[scheme].add(value)
    return {
        (scheme, value): entity
        for scheme, values in schemes.items()
        for value, entity in bulk.select(session, "identifiers", ("value", "entity_id"), "value", values, scheme=scheme)
    }


def attach_by_public_id(session: Session, groups: Groups) -> None:
    """A public id means one entity for ever, though the identifier it came from may have been taken away since."""
    minted: dict[str, int] = {}
    keys: dict[int, list[Key]] = defaultdict(list)
    for key, group in groups.of_key.items():
        keys[groups.find(group)].append(key)
    for group, known in keys.items():
        if not groups.entities[group]:
            minted[identity.mint(identity.best(known))] = group
    for public_id, id, into in bulk.select(
        session, "entities", ("public_id", "id", "merged_into_id"), "public_id", minted
    ):
        groups.attach(minted[public_id], into or id)


def merge_groups(session: Session, run: Run, groups: Groups) -> dict[int, int]:
    """Make one of the entities of each group; the entity that each of them has become."""
    became: dict[int, int] = {}
    for root in groups.roots():
        if len(groups.entities[root]) < 2:
            continue
        entities = sorted(groups.entities[root], key=lambda entity: (entity not in run.touched, entity))
        survivor = entities[0]
        for entity in entities[1:]:
            survivor = join(session, run, survivor, entity)
            run.report.merged += 1
        groups.entities[root] = {survivor}
        became |= dict.fromkeys(entities, survivor)
    return became


def join(session: Session, run: Run, first: int, second: int) -> int:
    """Make one entity of two; the one that is left.

    Where the run has spoken of the first only, that is what its source says now, and of the second it says nothing.
    """
    if first in run.touched and second not in run.touched:
        run.unsaid.doubt(session, (second,))
    survivor = merge(session, (first, second), run.change(session), run.standing, run.unsaid)
    if first in run.touched:
        run.touched.add(survivor)
    return survivor


def hold(session: Session, run: Run, groups: Groups) -> dict[int, Held]:
    """The entity of each group, as it is stored or new."""
    roots = groups.roots()
    stored = fetch(session, run, {entity for root in roots for entity in groups.entities[root]})
    new = [root for root in roots if not groups.entities[root]]
    held = {root: stored[entity] for root in roots for entity in groups.entities[root]}
    for root, id in zip(new, bulk.allocate(session, "entities", len(new)), strict=True):
        held[root] = Held(id, "", ("", ""))
    return held


def fetch(session: Session, run: Run, ids: Collection[int]) -> dict[int, Held]:
    """Stored entities with what this run has to compare."""
    held: dict[int, Held] = {}
    for row in bulk.select(session, "entities", ENTITY, "id", ids):
        values = from_columns(row[3:-2], row[-2], bulk.loaded(row[-1]))
        held[row[0]] = Held(row[0], row[1], identity.read(row[2]), values, stored=True)
    for entity, id, scheme, value, *rest in bulk.select(session, "identifiers", IDENTIFIER, "entity_id", ids):
        stored = (rest[0], bool(rest[1]), bool(rest[2]))
        held[entity].identifiers[scheme, value] = KnownIdentifier(id, *stored, stored)
    for row in bulk.select(session, "names", NAME, "entity_id", ids, loaded_by_id=run.source_id):
        held[row[0]].names[row[2:6]] = (row[1], row[6:8])
    for entity, id, to, kind, source in bulk.select(session, "relations", RELATION, "from_id", ids):
        held[entity].relations[to, kind] = (id, source)
    return held


def apply(run: Run, held: Held, record: Record, targets: dict[Key, int]) -> None:
    """One record into its entity, counted."""
    first = held.id not in run.touched
    run.touched.add(held.id)
    new = held.values is None
    run.report.joined += first and not new and not held.names
    news = told(run, held, record, first=first)
    news = relate(run, held, resolved(run, held, record, targets), first=first) or news
    held.written = held.written or news
    if new:
        run.report.created += 1
    elif news:
        run.report.updated += 1
    else:
        run.report.unchanged += 1
    if record.type == ADMIN1 and record.country:
        run.countries.add(record.country)


def resolved(run: Run, held: Held, record: Record, targets: dict[Key, int]) -> set[tuple[int, str]]:
    """The links whose target is known, as (entity, kind); the others wait for the end of the run."""
    found: set[tuple[int, str]] = set()
    for link in record.links:
        target = targets.get((link.scheme, link.value))
        if target is None:
            run.waiting[link.kind, link.scheme, link.value].append(held.id)
        elif target != held.id:
            found.add((target, link.kind))
    return found
