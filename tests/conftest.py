"""What all tests may ask for: the shared data, the seeded gazetteer, and a fresh database of either sort."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.engine import make_engine, make_sessions, upgrade
from tests import postgres
from tests.seeded import seeded


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data beside the project."""
    folder = Path(os.environ.get("TEST_SHARED_DIR", "../shared"))
    if not folder.is_absolute():
        folder = Path(__file__).parents[1] / folder
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}: set TEST_SHARED_DIR")
    return folder.resolve()


@pytest.fixture(scope="session")
def seeded_snapshot(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The snapshot of `tests/seeded.py`, made once for all processes of the test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "seeded"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        current = folder / "index" / "current"
        return current if current.exists() else seeded(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server on which databases may be made, one for each process of the test run."""
    named = os.environ.get(postgres.VARIABLE)
    programs = postgres.programs()
    if named:
        yield named
    elif programs:
        with postgres.cluster(programs) as url:
            yield url
    else:
        pytest.skip(postgres.ADVICE)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """A database at the current schema, to be copied."""
    name = f"template_{uuid4().hex}"
    on_server(postgres_server, f"CREATE DATABASE {name}")
    upgrade(database(postgres_server, name))
    yield name
    on_server(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the current schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database at the current schema."""
    path = tmp_path / "gazetteer.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database at the current schema."""
    name = f"test_{uuid4().hex}"
    on_server(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield database(postgres_server, name)
    on_server(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database at the current schema, once of each sort."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the fresh database; a test that leaves a connection open fails."""
    engine = make_engine(database_url)
    yield engine
    left = engine.pool.checkedout()  # type: ignore[attr-defined]
    engine.dispose()
    assert left == 0, f"{left} connections were not given back"


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions on the fresh database."""
    return make_sessions(engine)


@pytest.fixture
def selects(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database, for tests that count them."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def database(server: str, name: str) -> str:
    """The URL of a database of the server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def on_server(server: str, statement: str) -> None:
    """Run a statement that no transaction may hold."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
