"""The end of a run: links that waited for their target, rows that the source no longer lists, units that are one."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db import bulk
from gazetteer.db.sessions import reading
from gazetteer.services import identity
from gazetteer.services.load_batch import RELATION, find, join
from gazetteer.services.load_run import Run, transaction
from gazetteer.services.merge import VALUES, row_of, settle_preferred, values_of
from gazetteer.services.same_unit import pairs
from gazetteer.services.unsaid import OWNERS, SPEAKERS

PORTION = 20_000  # rows of one transaction

Waiting = tuple[str, str, str, int]  # kind, scheme, value, the entity the link starts from
Item = TypeVar("Item")


def finish(sessions: sessionmaker[Session], run: Run) -> None:
    """All that can be done only when every record was read, in transactions of bounded size."""
    with reading(sessions) as session:
        known = find(session, {(scheme, value) for _, scheme, value in run.waiting})
    run.report.unresolved = sum(len(ids) for key, ids in run.waiting.items() if key[1:] not in known)
    waiting = ((*key, id) for key, ids in run.waiting.items() if key[1:] in known for id in ids)
    for links in portions(waiting):
        with transaction(sessions, run) as session:
            link(session, run, links)
    clear(sessions, run)
    if run.countries:
        with transaction(sessions, run) as session:
            join_units(session, run)
        clear(sessions, run)


def clear(sessions: sessionmaker[Session], run: Run) -> None:
    """Take back what the source no longer says."""
    for table in OWNERS:
        for rows in portions(sorted(run.unsaid.rows.pop(table, ()))):
            with transaction(sessions, run) as session:
                take_away(session, run, table, rows)
    for entities in portions(sorted(run.unsaid.fields)):
        with transaction(sessions, run) as session:
            withdraw(session, run, entities)


def portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    """As many as one transaction should take."""
    rest = iter(items)
    while portion := list(islice(rest, PORTION)):
        yield portion


def link(session: Session, run: Run, links: Collection[Waiting]) -> None:
    """Store the relations of links whose target came after them."""
    targets = find(session, {(scheme, value) for _, scheme, value, _ in links})
    starts = {id for *_, id in links}
    moved = {
        id: into
        for id, into in bulk.select(session, "entities", ("id", "merged_into_id"), "id", starts)
        if into is not None
    }
    wanted = {
        (moved.get(id, id), targets[scheme, value], kind)
        for kind, scheme, value, id in links
        if (scheme, value) in targets
    }
    known = {
        (start, to, kind): (row, source)
        for start, row, to, kind, source in bulk.select(
            session, "relations", RELATION, "from_id", {start for start, _, _ in wanted}
        )
    }
    new = sorted(each for each in wanted if each not in known and each[0] != each[1])
    claimed = [
        (run.source_id, known[each][0])
        for each in sorted(wanted & known.keys())
        if run.standing[run.source_id] > run.standing[known[each][1]]
    ]
    run.unsaid.rows["relations"].difference_update(known[each][0] for each in wanted & known.keys())
    bulk.insert(
        session, "relations", ("from_id", "to_id", "kind", "source_id"), [(*each, run.source_id) for each in new]
    )
    bulk.update(session, "relations", ("source_id",), claimed)
    run.report.relations_added += len(new)
    if new or claimed:
        rows = {row for _, row in claimed}
        wrote(session, run, {each[0] for each in new} | {key[0] for key, (row, _) in known.items() if row in rows})


def take_away(session: Session, run: Run, table: str, rows: Collection[int]) -> None:
    """Delete what the source said before and says no more, unless another load has claimed it since."""
    found = bulk.select(session, table, ("id", OWNERS[table]), "id", rows, **{SPEAKERS[table]: run.source_id})
    if table == "identifiers":
        found = less_minted(session, found)
    if not found:
        return
    bulk.delete(session, table, (row for row, _ in found))
    owners = {owner for _, owner in found}
    if table == "identifiers":
        for entity in sorted(owners):
            settle_preferred(session, entity, run.standing)
    counter = f"{table}_removed"
    setattr(run.report, counter, getattr(run.report, counter) + len(found))
    updated(session, run, owners)


def less_minted(session: Session, found: Collection[bulk.Row]) -> list[bulk.Row]:
    """Identifiers less those that a public id comes from: they are for ever."""
    owners = {owner for _, owner in found}
    minted = {
        (id, *identity.read(key)) for id, key in bulk.select(session, "entities", ("id", "minted_from"), "id", owners)
    }
    ids = [row for row, _ in found]
    held = {row: key for row, *key in bulk.select(session, "identifiers", ("id", "scheme", "value"), "id", ids)}
    return [(row, owner) for row, owner in found if (owner, *held[row]) not in minted]


def withdraw(session: Session, run: Run, entities: Collection[int]) -> None:
    """Empty the fields whose value the source stated before and states no more."""
    columns = ("id", "merged_into_id", *VALUES)
    known = {
        row[0]: values_of(row[2:])
        for row in bulk.select(session, "entities", columns, "id", entities)
        if row[1] is None
    }
    left = {id: run.unsaid.settle(id, values) for id, values in known.items()}
    rows = [(*row_of(values), id) for id, values in left.items() if values is not known[id]]
    for id in entities:
        run.unsaid.fields.pop(id, None)  # of one that another load has merged away
    if rows:
        bulk.update(session, "entities", VALUES, rows)
        updated(session, run, {row[-1] for row in rows})


def updated(session: Session, run: Run, entities: Collection[int]) -> None:
    """Count entities as updated that no record of the run has."""
    news = wrote(session, run, entities)
    run.report.updated += news
    run.report.unchanged -= news


def wrote(session: Session, run: Run, entities: Collection[int]) -> int:
    """Note the run on entities whose parts it wrote; how many it had not written before."""
    change = run.change(session)
    rows = bulk.select(session, "entities", ("id", "change_id"), "id", entities)
    fresh = [(change, id) for id, last in rows if last != change]
    bulk.update(session, "entities", ("change_id",), fresh)
    return len(fresh)


def join_units(session: Session, run: Run) -> None:
    """Make one entity of a first-level unit that two sources describe without a common identifier."""
    for pair in list(pairs(session, run.countries)):
        join(session, run, *sorted(pair, key=lambda entity: entity not in run.touched))
        run.report.joined += 1
