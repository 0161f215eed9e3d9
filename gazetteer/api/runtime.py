"""What the doors work with, made once per process: the settings, the published snapshot, the database."""

import logging
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.errors import BadSnapshot, Unavailable
from gazetteer.matching.decide import Policy
from gazetteer.services.query import Limits
from gazetteer.services.resolve import Resolver, open_resolver, warm
from gazetteer.settings import Settings

EXTENSION = "gazetteer"
LOG = logging.getLogger(__name__)

# Device, inode and time of change of a folder: another one when another snapshot is published.
Stamp = tuple[int, int, int]


class Published:
    """The resolver over the published snapshot; when another is published it follows, between two requests."""

    def __init__(self, path: Path, policy: Policy, limits: Limits) -> None:
        self.path = path
        self.policy = policy
        self.limits = limits
        self._open: Resolver | None = None
        self._stamp: Stamp | None = None
        self._opening = threading.Lock()

    def resolver(self) -> Resolver:
        """The resolver to answer this request with; Unavailable while there is no snapshot at all."""
        stamp = self.stamp()
        if stamp is not None and stamp != self._stamp:
            self._follow(stamp)
        if self._open is None:
            raise Unavailable("there is no snapshot to answer from: `gazetteer seed` makes one")
        return self._open

    @property
    def open(self) -> Resolver | None:
        """The resolver that answers now, if there is one; nothing is opened for it."""
        return self._open

    def warm(self) -> None:
        """Open the snapshot, if there is one, and answer a name: no request waits for what is done once."""
        with suppress(Unavailable, BadSnapshot):
            warm(self.resolver())

    def stamp(self) -> Stamp | None:
        """Which snapshot is published, None when none is: what one system call can tell."""
        try:
            at = os.stat(self.path)
        except OSError:
            return None
        return at.st_dev, at.st_ino, at.st_mtime_ns

    def _follow(self, stamp: Stamp) -> None:
        """Open what was published. One thread does; the others go on with the old one, or wait when there is none."""
        if not self._opening.acquire(blocking=self._open is None):
            return
        try:
            if stamp == self._stamp:
                return
            self._open = open_resolver(self.path, self.policy, self.limits)
        except BadSnapshot as error:
            LOG.error("the published snapshot cannot be used: %s", error.message)
            if self._open is None:  # the message names a path of the server's, which is nobody else's business
                raise BadSnapshot("the snapshot cannot be used; the log says why") from None
        finally:
            self._opening.release()
        self._stamp = stamp


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts that the doors share."""

    settings: Settings
    published: Published
    engine: Engine
    sessions: sessionmaker[Session]


def runtime() -> Runtime:
    """The parts, of the application that answers."""
    parts: Runtime = current_app.extensions[EXTENSION]
    return parts
