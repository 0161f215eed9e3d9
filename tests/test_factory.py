"""The application, wired: what is not of any one door."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import inspect

from gazetteer.api.runtime import EXTENSION
from gazetteer.db.engine import schema_is_current
from gazetteer.db.models import Base
from gazetteer.factory import create_app
from gazetteer.settings import Settings


@pytest.fixture
def app(database_url, tmp_path):
    """The application over a fresh database of either sort."""
    app = create_app(Settings(data=tmp_path, database_url=database_url))
    yield app
    app.extensions[EXTENSION].engine.dispose()


def test_flask_db_takes_the_schema_down_and_up(app):
    """The migrations that `gazetteer db upgrade` runs, by Flask-Migrate's own commands."""
    engine = app.extensions[EXTENSION].engine
    flask = app.test_cli_runner()

    assert flask.invoke(args=["db", "downgrade", "base"]).exit_code == 0
    assert not {*Base.metadata.tables} & {*inspect(engine).get_table_names()}
    assert flask.invoke(args=["db", "upgrade"]).exit_code == 0
    assert schema_is_current(engine)
    assert flask.invoke(args=["db", "check"]).exit_code == 0


def test_flask_finds_the_commands_from_any_folder(tmp_path, sqlite_url):
    """`FLASK_APP=… flask db current` needs no folder of migrations where it is called."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "gazetteer.factory", "db", "current"],
        env=os.environ | {"GAZETTEER_DATABASE_URL": sqlite_url, "GAZETTEER_DATA": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "(head)" in done.stdout
