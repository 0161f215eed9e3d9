"""The installation a command works on: its settings, its database, its snapshot.

Heavy imports are inside the functions, so that `gazetteer --help` is quick.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import Unavailable
from gazetteer.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker

    from gazetteer.services.resolve import Resolver


def read_settings() -> Settings:
    """The settings as the environment has them."""
    return Settings.from_env(os.environ)


def open_engine(settings: Settings) -> "Engine":
    """The database; one whose schema is not this version's is refused, with the command that mends it."""
    from gazetteer.db.engine import make_engine, schema_is_current

    engine = make_engine(settings.url)
    if not schema_is_current(engine):
        raise Unavailable("the database has not this version's schema: run `gazetteer db upgrade`")
    return engine


def open_sessions(settings: Settings) -> "sessionmaker[Session]":
    """Sessions on the database."""
    from gazetteer.db.sessions import make_sessions

    return make_sessions(open_engine(settings))


def open_snapshot(settings: Settings, snapshot: Path | None) -> "Resolver":
    """The resolver over the snapshot named, else over the one of the settings."""
    from gazetteer.matching.decide import Policy
    from gazetteer.services.query import Limits
    from gazetteer.services.resolve import open_resolver

    policy = Policy(settings.precision, settings.precision_anywhere, settings.margin)
    return open_resolver(snapshot or settings.current, policy, Limits(name_length=settings.name_length))


def seeds_folder() -> Path:
    """The folder of the curated records: beside the package in a checkout, or where the process was started."""
    for root in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (root / "seeds").is_dir():
            return root / "seeds"
    raise Unavailable("the seeds folder is not there: run from a checkout of the project")
