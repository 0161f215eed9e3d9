"""What the doors work with, made once per process: the settings, the published snapshot, the database."""

from dataclasses import dataclass, field
from threading import BoundedSemaphore

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.services.bulk.lanes import Lanes
from gazetteer.services.live import Live
from gazetteer.settings import Settings

EXTENSION = "gazetteer"


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts that the doors share."""

    settings: Settings
    published: Live
    engine: Engine
    sessions: sessionmaker[Session]
    lanes: Lanes = field(default_factory=Lanes)
    uploads: BoundedSemaphore = field(default_factory=BoundedSemaphore)


def runtime() -> Runtime:
    """The parts, of the application that answers."""
    parts: Runtime = current_app.extensions[EXTENSION]
    return parts
