"""Rows by the thousand, inside the session's transaction: the driver's own executemany, and COPY on PostgreSQL.

Through SQLAlchemy Core the same rows take four times as long. Tables and columns are named by code, never by data.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from gazetteer.db.sessions import is_postgresql

Row = tuple[Any, ...]


def driver(session: Session) -> Any:
    """The sqlite3 or psycopg connection that the session's transaction runs on."""
    return session.connection().connection.driver_connection


def insert(session: Session, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
    """Add rows."""
    if not rows:
        return
    listed = ", ".join(columns)
    if is_postgresql(session):
        with driver(session).cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    driver(session).executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)


def update(session: Session, table: str, columns: Sequence[str], rows: Collection[Row]) -> None:
    """Set columns of rows; each row of values ends with the id."""
    if rows:
        mark = "%s" if is_postgresql(session) else "?"
        assigned = ", ".join(f"{column} = {mark}" for column in columns)
        many(session, f"UPDATE {table} SET {assigned} WHERE id = {mark}", rows)


def delete(session: Session, table: str, ids: Iterable[int]) -> None:
    """Take rows away."""
    rows = [(id,) for id in ids]
    if rows:
        many(session, f"DELETE FROM {table} WHERE id = {'%s' if is_postgresql(session) else '?'}", rows)


def many(session: Session, statement: str, rows: Collection[Row]) -> None:
    """One statement for each row."""
    cursor = driver(session).cursor()
    try:
        cursor.executemany(statement, rows)
    finally:
        cursor.close()


def select(
    session: Session, table: str, columns: Sequence[str], key: str, values: Collection[Any], **equal: Any
) -> list[Row]:
    """Rows whose `key` is one of the values and whose other columns equal what is given."""
    if not values:
        return []
    postgresql = is_postgresql(session)
    mark = "%s" if postgresql else "?"
    among = f"{key} = ANY({mark})" if postgresql else f"{key} IN (SELECT value FROM json_each({mark}))"
    where = " AND ".join([among, *(f"{column} = {mark}" for column in equal)])
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"
    given = list(values) if postgresql else json.dumps(list(values))
    cursor = driver(session).cursor()
    try:
        cursor.execute(statement, (given, *equal.values()))
        return list(cursor.fetchall())
    finally:
        cursor.close()


def driver_rows(session: Session, statement: str) -> list[Row]:
    """All rows of a statement without parameters."""
    cursor = driver(session).cursor()
    try:
        cursor.execute(statement)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def allocate(session: Session, table: str, count: int) -> list[int]:
    """Ids for rows about to be added. On SQLite they are free because the writer is alone."""
    if count == 0:
        return []
    cursor = driver(session).cursor()
    try:
        if is_postgresql(session):
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            return [row[0] for row in cursor.execute(sequence, (table, count))]
        last = cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        return list(range(last + 1, last + 1 + count))
    finally:
        cursor.close()


def dumped(value: dict[str, Any] | None) -> str | None:
    """A JSON column's value on its way in."""
    return json.dumps(value) if value is not None else None


def loaded(stored: Any) -> Any:
    """A JSON column's value on its way out: psycopg has read it already, sqlite3 gives the text."""
    return json.loads(stored) if isinstance(stored, str) else stored
