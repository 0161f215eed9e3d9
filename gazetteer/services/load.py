"""Loading: the records of a source into the database, streaming, in batches that are committed one by one.

A record belongs to the entity that has one of its identifiers; where several entities have, they are one and are
merged; where none has, it is a new one. What a source said in an earlier load and says no more is taken away (names,
identifiers, relations; entities stay). Loading the same again writes nothing at all, so a run that broke off is
simply run again. Each run leaves one entry in the history, with its counts; every record it wrote points there.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.models import Source
from gazetteer.db.sessions import lock_loads, writing
from gazetteer.errors import BadData
from gazetteer.importers.record import Record, Rejected
from gazetteer.importers.record import Source as Described
from gazetteer.services.collector import paused_collector
from gazetteer.services.load_batch import load_batch
from gazetteer.services.load_end import finish
from gazetteer.services.load_refusal import refusal
from gazetteer.services.load_run import Report, Run, describe, transaction

BATCH = 5000
SWEEP = 100  # batches after which cycles are collected: a dump of the world has 2,600

Progress = Callable[[int], None]


def load(
    sessions: sessionmaker[Session],
    source: Described,
    records: Iterable[Record | Rejected],
    *,
    actor: str = "system",
    action: str = "import",
    strict: bool = False,
    batch: int = BATCH,
    progress: Progress | None = None,
    complete: frozenset[str] = frozenset(),
) -> Report:
    """Load a source's records. `progress` hears after each batch how many more rows were read.

    `strict` raises `BadData` at the first row that cannot be used; otherwise it is counted and passed over.
    Of the fields in `complete` the source means its None: a river of no country gets none from a lower source.
    """
    run = start(sessions, source, actor, action, complete)
    heard = 0
    with paused_collector():
        for number, rows in enumerate(batches(run, records, batch, strict=strict), start=1):
            with transaction(sessions, run) as session:
                load_batch(session, run, rows)
            if progress is not None:
                progress(run.report.read - heard)
                heard = run.report.read
            if number % SWEEP == 0:
                gc.collect()
        finish(sessions, run)
    end(sessions, run)
    return run.report


def start(sessions: sessionmaker[Session], source: Described, actor: str, action: str, complete: frozenset[str]) -> Run:
    """Describe the source and see who else there is."""
    with writing(sessions) as session:
        lock_loads(session)
        described = describe(session, source)
        run = Run(source, described.id, complete, actor, action, Report(source.slug))
        run.meet(session)
    return run


def batches(run: Run, records: Iterable[Record | Rejected], size: int, *, strict: bool) -> Iterator[list[Record]]:
    """The records that can be stored, some at a time; the others are counted, or raised."""
    rows: list[Record] = []
    for each in records:
        run.report.read += 1
        rejected = each if isinstance(each, Rejected) else refused(run, each)
        if rejected is None:
            rows.append(each)  # type: ignore[arg-type]
        elif strict:
            raise BadData(f"{rejected.file or run.source.slug}, line {rejected.row}: {rejected.reason}")
        else:
            run.report.reject(rejected)
        if len(rows) == size:
            yield rows
            rows = []
    if rows:
        yield rows


def refused(run: Run, record: Record) -> Rejected | None:
    """A record that cannot be stored as a row that was rejected; one that has no line counts as the n-th."""
    reason = refusal(record, run.slugs)
    return Rejected(record.row or run.report.read, f"{record.name[:80]}: {reason}") if reason is not None else None


def end(sessions: sessionmaker[Session], run: Run) -> None:
    """Close the run's entry, if it has one; the source now has the version that was loaded."""
    with transaction(sessions, run) as session:
        source = session.get_one(Source, run.source_id)
        if run.report.changed or source.version != run.source.version:
            source.version, source.loaded_at = run.source.version, datetime.now(UTC)
        if run.report.changed:
            run.finished = True
            run.change(session)


def declare(sessions: sessionmaker[Session], sources: Iterable[Described]) -> None:
    """Make sources known that names are credited to; one that has loaded records itself knows better what it is."""
    with writing(sessions) as session:
        lock_loads(session)
        loaded = set(session.scalars(select(Source.slug).where(Source.loaded_at.is_not(None))))
        for source in sources:
            if source.slug not in loaded:
                describe(session, source)
