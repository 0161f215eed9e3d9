"""One run of a source through the loader: what it counted, and what it must remember from batch to batch."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.models import Change, Source
from gazetteer.db.sessions import advance, lock_loads, writing
from gazetteer.importers.record import Rejected
from gazetteer.importers.record import Source as Described
from gazetteer.services.unsaid import Unsaid
from gazetteer.services.values import Standing

KEPT_REJECTIONS = 100


@dataclass(slots=True)
class Report:
    """What a run did. `rejections` are the first of the `rejected` rows.

    `joined` counts entities that other sources described before this one did, `merged` pairs of entities that
    became one, `unresolved` links to records that no source has brought yet.
    """

    source: str
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    joined: int = 0
    merged: int = 0
    names_added: int = 0
    names_removed: int = 0
    identifiers_added: int = 0
    identifiers_removed: int = 0
    relations_added: int = 0
    relations_removed: int = 0
    unresolved: int = 0
    rejected: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    changed: bool = False
    skipped: bool = False

    def reject(self, rejected: Rejected) -> None:
        """Count a row that could not be used, and keep it if it is among the first."""
        self.rejected += 1
        if len(self.rejections) < KEPT_REJECTIONS:
            self.rejections.append(rejected)

    def counts(self) -> dict[str, int]:
        """The numbers alone, for the history."""
        return {name: value for name, value in asdict(self).items() if type(value) is int}


class Marks:
    """A set of entity ids, one byte each: a run may touch ten million."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def __contains__(self, id: int) -> bool:
        return id < len(self.bytes) and self.bytes[id] == 1

    def add(self, id: int) -> None:
        """Mark one."""
        if id >= len(self.bytes):
            self.bytes.extend(bytes(id + 1 - len(self.bytes) + (1 << 16)))
        self.bytes[id] = 1


@dataclass(slots=True)
class Run:
    """What lasts from batch to batch.

    `unsaid` is what this source no longer states: an entity may have several records in one run, so nothing is
    taken away before the last was read. `waiting` holds the links whose target has not come.
    """

    source: Described
    source_id: int
    complete: frozenset[str]
    actor: str
    action: str
    report: Report
    slugs: dict[str, int] = field(default_factory=dict)
    standing: Standing = field(default_factory=dict)
    change_id: int | None = None
    dirty: bool = False
    finished: bool = False
    touched: Marks = field(default_factory=Marks)
    unsaid: Unsaid = field(init=False)
    waiting: dict[tuple[str, str, str], "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    countries: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What is unsaid is the source's."""
        self.unsaid = Unsaid(self.source_id)

    def meet(self, session: Session) -> None:
        """Learn which sources there are and how they rank: another run may have brought one since."""
        known = session.execute(select(Source.id, Source.slug, Source.rank)).all()
        self.slugs = {slug: id for id, slug, _ in known}
        self.standing = {id: (rank, slug) for id, slug, rank in known}

    def change(self, session: Session) -> int:
        """The id of the run's entry in the history, for whoever writes; the first row written brings it about."""
        self.dirty = self.report.changed = True
        if self.change_id is None:
            entry = Change(
                generation=0, at=datetime.now(UTC), actor=self.actor, action=self.action, source_id=self.source_id
            )
            session.add(entry)
            session.flush()
            self.change_id = entry.id
        return self.change_id

    def seal(self, session: Session) -> None:
        """Before a commit: if the transaction wrote, bring the run's entry up to date and move the generation."""
        if not self.dirty:
            return
        entry = session.get_one(Change, self.change_id)
        entry.after = {"source": self.source.slug, "finished": self.finished, **self.report.counts()}
        session.flush()
        entry.generation = advance(session)
        self.dirty = False


@contextmanager
def transaction(sessions: sessionmaker[Session], run: Run) -> Iterator[Session]:
    """One transaction of a run; no other load runs beside it."""
    with writing(sessions) as session:
        lock_loads(session)
        run.meet(session)
        yield session
        run.seal(session)


def describe(session: Session, source: Described) -> Source:
    """The row of a source, made or brought up to date; version and time are set when a load has ended.

    A new rank moves the generation: the order of answers depends on it.
    """
    row = session.scalar(select(Source).where(Source.slug == source.slug))
    if row is None:
        row = Source(slug=source.slug, title=source.title, licence=source.licence, url=source.url, rank=source.rank)
        session.add(row)
        session.flush()
    else:
        moved = row.rank != source.rank
        row.title, row.licence, row.url, row.rank = source.title, source.licence, source.url, source.rank
        session.flush()
        if moved:
            advance(session)
    return row
