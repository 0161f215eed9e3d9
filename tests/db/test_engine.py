"""A database opened, migrated, checked, backed up: the same on SQLite and PostgreSQL."""

import sqlite3

import pytest
from alembic import command
from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as flask_upgrade
from sqlalchemy import inspect, text

from gazetteer.db.engine import (
    Database,
    backup,
    caveat,
    check,
    configuration,
    downgrade,
    make_engine,
    migrations,
    schema_is_current,
    upgrade,
)
from gazetteer.db.models import Base
from gazetteer.db.sessions import make_sessions, reading, writing
from gazetteer.errors import InvalidInput, Unavailable

TABLES = {*Base.metadata.tables}


class TestMigrations:
    def test_the_models_and_the_migrations_agree(self, engine):
        """Alembic finds nothing to add to what the migrations made."""
        with engine.connect() as connection:
            command.check(configuration(connection))

    def test_they_go_down_and_up_again(self, database_url, engine):
        """Down to nothing leaves no table of ours; up again is the current schema."""
        downgrade(database_url, "base")
        assert not TABLES & {*inspect(engine).get_table_names()}
        assert not schema_is_current(engine)

        upgrade(database_url)
        assert {*inspect(engine).get_table_names()} >= TABLES
        assert schema_is_current(engine)

    def test_upgrading_twice_changes_nothing(self, database_url, engine):
        """A second process that upgrades finds it done."""
        upgrade(database_url)

        assert schema_is_current(engine)

    @pytest.mark.parametrize("step", [upgrade, lambda url: downgrade(url, "base")])
    def test_a_database_of_a_newer_version_is_left_alone(self, database_url, engine, step):
        """Its revision is not among ours: one line says so, and nothing is touched."""
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

        with pytest.raises(Unavailable, match="at revision 9999, of a newer version"):
            step(database_url)
        assert not schema_is_current(engine)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
        assert schema_is_current(engine)

    def test_flask_migrate_runs_the_same_files(self, database_url, engine):
        """`flask db upgrade` needs no more than an app with an engine."""
        downgrade(database_url, "base")
        app = Flask("gazetteer")
        Migrate(app, Database(engine), directory=str(migrations()))
        with app.app_context():
            flask_upgrade()

        assert schema_is_current(engine)

    def test_foreign_keys_are_watched_after_migrating(self, sqlite_url):
        """They are off while a table is copied, on that one connection only."""
        engine = make_engine(sqlite_url)
        with engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        engine.dispose()


class TestMakeEngine:
    @pytest.mark.parametrize("url", ["", "nonsense", "mysql://root@localhost/x", "postgresql://host:port/x"])
    def test_another_database_is_refused(self, url):
        """Only the two that are tested are opened; the message does not repeat the URL, which may hold a password."""
        with pytest.raises(InvalidInput) as refused:
            make_engine(url)
        assert refused.value.field == "database_url"

    def test_a_url_without_driver_means_psycopg(self):
        """`postgresql://` alone would look for psycopg2."""
        assert make_engine("postgresql://localhost/x").url.drivername == "postgresql+psycopg"

    def test_the_folder_of_a_file_is_made(self, tmp_path):
        """A fresh clone has no data folder."""
        upgrade(f"sqlite:///{tmp_path}/a/b/gazetteer.db")

        assert (tmp_path / "a" / "b" / "gazetteer.db").exists()

    def test_sqlite_is_durable_and_watches_references(self, sqlite_url):
        """WAL, synchronous=FULL (2), foreign keys, and patience with other writers."""
        engine = make_engine(sqlite_url)
        with engine.connect() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [connection.scalar(text(f"PRAGMA {pragma}")) for pragma in asked]
        engine.dispose()

        assert found == ["wal", 2, 1, 30_000]


class TestCheck:
    def test_a_sound_database_has_no_problems(self, engine):
        """Nothing to say."""
        assert check(engine) == []

    def test_a_reference_to_nothing_is_told(self, sqlite_url):
        """A row written behind the service's back is found."""
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
            connection.execute(
                "INSERT INTO identifiers (id, entity_id, scheme, value, preferred, source_id)"
                " VALUES (1, 99, 'geonames', '1', 1, 99)"
            )
        connection.close()
        engine = make_engine(sqlite_url)

        problems = check(engine)
        engine.dispose()

        assert len(problems) == 2
        assert "identifiers row 1 refers to a row of" in problems[0]

    def test_the_caveat_is_about_old_sqlite(self, engine):
        """PostgreSQL has none, SQLite one until the version that mends it."""
        old = engine.dialect.name == "sqlite" and sqlite3.sqlite_version_info < (3, 51, 3)

        assert (caveat(engine) is not None) == old


class TestBackup:
    def test_it_is_a_database_of_its_own(self, sqlite_url, tmp_path):
        """What was committed is in the copy, which opens like any other."""
        engine = make_engine(sqlite_url)
        with writing(make_sessions(engine)) as session:
            session.execute(text("UPDATE generation SET value = 7"))
        backup(engine, tmp_path / "copies" / "gazetteer.db")
        engine.dispose()

        copy = make_engine(f"sqlite:///{tmp_path}/copies/gazetteer.db")
        with reading(make_sessions(copy)) as session:
            assert session.scalar(text("SELECT value FROM generation")) == 7
        copy.dispose()

    def test_nothing_is_overwritten(self, sqlite_url, tmp_path):
        """An older backup is worth keeping."""
        engine = make_engine(sqlite_url)
        with pytest.raises(InvalidInput, match="is there already"):
            backup(engine, tmp_path / "gazetteer.db")
        engine.dispose()

    def test_postgresql_has_its_own_tool(self, postgresql_url, tmp_path):
        """pg_dump does it better."""
        engine = make_engine(postgresql_url)
        with pytest.raises(InvalidInput, match="pg_dump"):
            backup(engine, tmp_path / "copy")
        engine.dispose()
