"""A small installation: a snapshot of a few records, a database at the current schema, the application over them."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gazetteer.db.engine import make_engine, make_sessions
from gazetteer.factory import create_app
from gazetteer.importers.record import Link, Record, Source
from gazetteer.index import format
from gazetteer.index.build import build
from gazetteer.services.load import load
from gazetteer.settings import Settings
from tests.index import small

SOURCE = Source("test", "Records for tests", "CC0-1.0", rank=1)


@pytest.fixture(scope="session")
def data(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copyfile(sqlite_template, folder / "gazetteer.db")
    fill(f"sqlite:///{folder / 'gazetteer.db'}")
    publish(folder)
    return folder


def fill(url: str) -> None:
    """Load a town and its province, and a second record of the town, which turns out to be the first."""
    within = (Link("within", "pcode", "IQG13"),)
    province = Record("place", "Kirkuk", (("pcode", "IQG13"),), type="admin1", country="IQ")
    town = Record("place", "Hawija", (("slug", "hawija"),), type="settlement", country="IQ", links=within)
    both = (("geonames", "390188"), ("slug", "hawija"))
    known = Record("place", "Hawija", both, type="settlement", country="IQ", links=within)
    engine = make_engine(url)
    for records in ([province, town], [known]):
        load(make_sessions(engine), SOURCE, records)
    engine.dispose()


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
