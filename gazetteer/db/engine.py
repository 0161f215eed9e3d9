"""A database as a whole: opened, brought to the current schema, checked, backed up.

The migrations run without a Flask app; `flask db …` (Flask-Migrate) runs the same files.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from gazetteer.db.models import Base
from gazetteer.db.sessions import ACCESS, LOADING, WRITE, begin, make_sessions
from gazetteer.errors import BadData, InvalidInput, Unavailable

__all__ = [
    "Database",
    "backup",
    "caveat",
    "check",
    "downgrade",
    "make_engine",
    "make_sessions",
    "schema_is_current",
    "upgrade",
]

BUSY_SECONDS = 30
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA cache_size = -65536",  # 64 MB: the indexes of a load stay in memory
    "PRAGMA journal_size_limit = 67108864",
)

WAL_FIXED = (3, 51, 3)  # before it, a WAL reset under several writing processes may corrupt the file


class Database:
    """What Flask-Migrate asks of a database: `Migrate(app, Database(engine))`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.metadata = Base.metadata

    def get_engine(self) -> Engine:
        """The engine to migrate."""
        return self.engine


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`; the folder of a SQLite file is made."""
    parsed = supported(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", ready)
    event.listen(engine, "begin", begin)
    return engine


def supported(url: str) -> URL:
    """The URL as SQLAlchemy reads it; psycopg 3 is PostgreSQL's driver unless said otherwise."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise InvalidInput("the database URL cannot be read", field="database_url") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise InvalidInput(f"{parsed.drivername} is neither sqlite nor postgresql+psycopg", field="database_url")
    return parsed


def ready(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Ready a fresh SQLite connection; the driver must not begin transactions of its own."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def migrations() -> Path:
    """The folder of the migrations: beside the package in a checkout, or where the process was started."""
    for root in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (root / "migrations" / "env.py").is_file():
            return root / "migrations"
    raise Unavailable("the migrations folder is not there: run from a checkout of the project")


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings; `connection` is the one that the migrations run on."""
    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction; several processes may try at once."""
    migrate(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    migrate(url, command.downgrade, revision)


def migrate(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    """One Alembic command under the writer's lock.

    SQLite changes a table by copying it: foreign keys are not watched meanwhile, but checked before the commit.
    """
    engine = make_engine(url)
    sqlite = engine.dialect.name == "sqlite"
    try:
        with engine.connect().execution_options(**{ACCESS: WRITE}) as connection:
            if sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOADING})
                refuse_newer(connection)
                step(configuration(connection), revision)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BadData("the migration left references to rows that are not there")
    finally:
        engine.dispose()


def refuse_newer(connection: Connection) -> None:
    """Raise `Unavailable` for a database at a revision that this code does not know: a newer one made it."""
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    newer = sorted(set(MigrationContext.configure(connection).get_current_heads()) - known)
    if newer:
        raise Unavailable(f"the database is at revision {', '.join(newer)}, of a newer version of this program")


def schema_is_current(engine: Engine) -> bool:
    """The database is at the newest revision that this code knows."""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_heads()
    return set(at) == set(ScriptDirectory.from_config(configuration()).get_heads())


def check(engine: Engine) -> list[str]:
    """What is wrong with the stored data, one sentence each; nothing when it is sound."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT 1"))
            return []
        broken = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return broken + [f"{child} row {row} refers to a row of {parent} that is gone" for child, row, parent, _ in loose]


def caveat(engine: Engine) -> str | None:
    """What an operator should know about this database before serving from it."""
    if engine.dialect.name != "sqlite" or sqlite3.sqlite_version_info >= WAL_FIXED:
        return None
    return (
        f"SQLite {sqlite3.sqlite_version} has a rare bug that can corrupt the database when several processes write at"
        f" once (fixed in {'.'.join(map(str, WAL_FIXED))}): keep to one writing process, or use PostgreSQL"
    )


def backup(engine: Engine, path: Path) -> None:
    """Copy a live SQLite database to a file, which appears whole or not at all."""
    if engine.dialect.name != "sqlite":
        raise InvalidInput("only SQLite is backed up here; for PostgreSQL use pg_dump", field="database_url")
    if path.exists():
        raise InvalidInput(f"{path} is there already", field="path")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    target = sqlite3.connect(part)
    try:
        with engine.connect() as connection:
            connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
    finally:
        target.close()
    part.replace(path)
