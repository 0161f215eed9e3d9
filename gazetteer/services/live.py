"""The published snapshot and what was edited since, for as long as a process answers from them.

Each process follows the history by itself: a thread asks now and then for the generation of the database, which is one
row, and for which snapshot is published, which is one system call. When either is another one, it builds what is to
answer from then on beside what answers now, and puts it in its place by one assignment: who asks takes no lock.
"""

import gc
import logging
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from gazetteer.db.overlay_rows import delta, edits
from gazetteer.db.sessions import generation, reading
from gazetteer.errors import BadSnapshot, Behind, Unavailable
from gazetteer.index import format
from gazetteer.index.overlay import Overlay
from gazetteer.index.snapshot import Snapshot
from gazetteer.index.view import View
from gazetteer.matching.decide import Policy
from gazetteer.services.collector import paused_collector
from gazetteer.services.query import Limits
from gazetteer.services.resolve import Resolver, warm

LOG = logging.getLogger(__name__)
POLL = 0.1  # seconds between two looks; an edit shows in all workers within a second
SWEEP = 20  # edits after which what answered before them is let go
MANY = 20_000  # edited records from which building the index anew is advised

# Device, inode and time of change of a folder: another one when another snapshot is published.
Stamp = tuple[int, int, int]


class Live:
    """What answers: the snapshot at `path`, with the edits of the database over it where `sessions` are given.

    Without a thread of its own (`follow`) it looks when it is asked, at most once in `POLL` seconds.
    """

    def __init__(
        self, path: Path, policy: Policy, limits: Limits, sessions: sessionmaker[Session] | None = None
    ) -> None:
        self.path = path
        self.policy = policy
        self.limits = limits
        self._sessions = sessions
        self._base: Snapshot | None = None
        self._stamp: Stamp | None = None
        self._settled: Snapshot | None = None  # the snapshot that was last put in place, or found to be behind
        self._position: int | None = None
        self._open: Resolver | None = None
        self._looking = threading.Lock()
        self._looked = -POLL
        self._process: int | None = None
        self._thread: threading.Thread | None = None
        self._complaint = ""
        self._swaps = 0
        self._refused: Stamp | None = None

    @property
    def open(self) -> Resolver | None:
        """The resolver that answers now, if there is one; nothing is opened for it."""
        return self._open

    def resolver(self) -> Resolver:
        """The resolver to answer this request with; Unavailable while there is no snapshot at all."""
        first = self._process != os.getpid()  # what a process answers first has all edits too
        if first or (self._thread is None and self._due()):
            self._look(wait=first)
        if self._open is None:
            raise Unavailable("there is no snapshot to answer from: `gazetteer seed` makes one")
        return self._open

    def at_least(self, generation: int | None) -> Resolver:
        """The same, if it shows this generation; Behind while it does not."""
        found = self.resolver()
        if generation is not None and found.generation < generation:
            self._look(wait=True)
            found = self.resolver()
        if generation is not None and found.generation < generation:
            raise Behind(f"generation {found.generation} answers, {generation} does not yet", field="min_generation")
        return found

    def follow(self) -> None:
        """Look from a thread of its own from now on, in this process."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._keep_looking, name="live", daemon=True)
            self._thread.start()

    def warm(self) -> None:
        """Open the snapshot, if there is one, and answer a name: no request waits for what is done once.

        The database is left alone, for the process may be about to fork.
        """
        with suppress(Unavailable, BadSnapshot), self._looking:
            self._open_published()
            if self._base is not None:
                self._open = self._resolver(self._base)
                warm(self._open)

    def stamp(self) -> Stamp | None:
        """Which snapshot is published, None when none is: what one system call can tell."""
        try:
            at = os.stat(self.path)
        except OSError:
            return None
        return at.st_dev, at.st_ino, at.st_mtime_ns

    def _due(self) -> bool:
        """It is time to look: for another snapshot each time, for edits now and then."""
        return self.stamp() not in (None, self._stamp) or time.monotonic() >= self._looked + POLL

    def _keep_looking(self) -> NoReturn:
        while True:
            try:
                self._look(wait=True)
            except BadSnapshot:  # it was told; a sound one may be published
                pass
            except Exception:
                LOG.exception("edits are not followed")
            time.sleep(POLL)

    def _look(self, *, wait: bool) -> None:
        """See what is new. One thread does; the others go on with what there is, or wait when there is nothing."""
        if not self._looking.acquire(blocking=wait or self._open is None):
            return
        try:
            self._open_published()
            self._process = os.getpid()
            if self._base is not None:
                self._edits_over(self._base)
        finally:
            self._looked = time.monotonic()
            self._looking.release()

    def _open_published(self) -> None:
        """Open the published snapshot if it is another one than before.

        One that cannot be used is told once, and the old one stays.
        """
        stamp = self.stamp()
        if stamp is None or stamp == self._stamp:
            return
        try:
            found = Snapshot(self.path)
            if self._base is not None and (problems := format.problems(found.folder)):
                raise BadSnapshot("; ".join(problems))  # at the start nothing is read that is not needed
        except BadSnapshot as error:
            if stamp != self._refused:
                LOG.error("the published snapshot cannot be used: %s", error.message)
            self._refused = stamp
            if self._base is not None:
                self._stamp = stamp
                return
            # the message names a path of the server's, which is nobody else's business
            raise BadSnapshot("the snapshot cannot be used; the log says why") from None
        self._base, self._stamp = found, stamp

    def _edits_over(self, base: Snapshot) -> None:
        """Put the snapshot in place of what answers, with all edits over it, if either is news."""
        position = self._generation()
        now, another = self._open, base is not self._settled
        if now is not None and not another and position in (None, self._position):
            return
        found = self._resolver(base) if position is None else self._with_edits(base, position)
        if found is None:  # the next look tries again
            if now is None:
                self._open = self._resolver(base)
            return
        self._position, self._settled = position, base
        if now is not None and found.generation < now.generation and not self._replaced(now.generation, position):
            self._complain(f"generation {found.generation} is behind {now.generation}, which stays")
            return
        if another:
            warm(found)
        self._open = found
        self._swaps += 1
        if self._swaps % SWEEP == 0:  # what answered before is in cycles, and each is some megabytes
            gc.collect()

    def _replaced(self, shown: int, position: int | None) -> bool:
        """The database is another one than the one whose edits were shown, or was put back; or there is none."""
        return self._sessions is None or (position is not None and position < shown)

    def _generation(self) -> int | None:
        """The generation of the database; None where there is none, or it cannot be reached."""
        if self._sessions is None:
            return None
        try:
            with reading(self._sessions) as session:
                found = generation(session)
        except SQLAlchemyError as error:
            self._complain(f"edits are not followed, the database cannot be asked: {error}".splitlines()[0])
            return None
        self._complaint = ""
        return found

    def _with_edits(self, base: Snapshot, position: int) -> Resolver | None:
        """The snapshot with the edits of the database; the snapshot alone if it is not of this database."""
        if self._sessions is None or position <= base.generation:
            return self._resolver(base)
        try:
            with paused_collector(), reading(self._sessions) as session:
                found = edits(session, base.generation)
                if not found.records:
                    return self._resolver(base)
                if len(found.records) >= MANY:
                    self._complain(f"{len(found.records):,} records were edited: run `gazetteer index build`")
                changed = delta(session, found)
        except SQLAlchemyError as error:
            self._complain(f"edits are not followed, the database cannot be asked: {error}".splitlines()[0])
            return None
        with paused_collector():
            return self._resolver(View(base, Overlay(base, changed), found.shown))

    def _resolver(self, snapshot: Snapshot) -> Resolver:
        return Resolver(snapshot, self.policy, self.limits)

    def _complain(self, message: str) -> None:
        """Say something once, not at each look."""
        if message != self._complaint:
            LOG.warning("%s", message)
        self._complaint = message
