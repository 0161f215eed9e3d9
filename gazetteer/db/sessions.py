"""Sessions: one way to read, one way to write, and the counter that orders the writes.

SQLite runs with the driver's own transaction handling switched off, so that BEGIN is ours: IMMEDIATE for a
writer, which then waits its turn instead of failing half-way (deferred, 297 of 400 contended writes failed as
locked), and plain for a reader, which never waits. PostgreSQL needs neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session, sessionmaker

ACCESS = "gazetteer_access"
READ, WRITE = "read", "write"

LOADING = 0x67617A65  # "gaze": the advisory lock that loads and migrations take on PostgreSQL


def begin(connection: Connection) -> None:
    """Begin on SQLite as the connection's access says; one opened for reading cannot write."""
    access = connection.get_execution_options().get(ACCESS)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(access == READ)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if access == WRITE else "BEGIN")


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions on the engine; open them with `reading` or `writing`."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that sees one state of the database, writes nothing and holds nobody up."""
    with sessions() as session:
        options: dict[str, Any] = {ACCESS: READ}
        if is_postgresql(session):
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        session.connection(execution_options=options)
        yield session


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session whose transaction is committed at the end, or undone as a whole by an exception."""
    with sessions.begin() as session:
        session.connection(execution_options={ACCESS: WRITE})
        yield session


def is_postgresql(session: Session) -> bool:
    """Which of the two databases it is."""
    return session.get_bind().dialect.name == "postgresql"


def lock_loads(session: Session) -> None:
    """Wait for other loads; on SQLite the writer's lock has done so already."""
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOADING})


def lock_edit(session: Session) -> None:
    """Wait for a load's batch, but not for other edits; a load compares what it read with what it writes.

    On SQLite the writer's lock has done so already. What is acknowledged is on disk, whatever the server is set to.
    """
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": LOADING})
        session.execute(text("SET LOCAL synchronous_commit = on"))


def advance(session: Session) -> int:
    """Move the generation and return it: the last thing a writer does before it commits.

    The row stays locked until then, so generations are in the order of commit.
    """
    moved = session.execute(text("UPDATE generation SET value = value + 1 WHERE id = 1 RETURNING value"))
    return int(moved.scalar_one())


def generation(session: Session) -> int:
    """The generation of the last committed write."""
    return int(session.execute(text("SELECT value FROM generation WHERE id = 1")).scalar_one())
