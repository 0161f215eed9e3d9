"""A small installation: a snapshot of a few records, a database at the current schema, the application over them."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gazetteer.factory import create_app
from gazetteer.index import format
from gazetteer.index.build import build
from gazetteer.settings import Settings
from tests.index import small


@pytest.fixture(scope="session")
def data(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copyfile(sqlite_template, folder / "gazetteer.db")
    publish(folder)
    return folder


def publish(data: Path, generation: int = 7) -> None:
    """Build the small snapshot and make it the current one."""
    staged = format.staging(data / "index")
    build(small.rows(), staged)
    format.publish(data / "index", staged, generation)


@pytest.fixture
def settings(data: Path) -> Settings:
    """Settings of the small installation, with limits that a test can reach."""
    return Settings(data=data, json_limit=100_000, spool_limit=1_000_000, bulk_limit=100)


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The application."""
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()
