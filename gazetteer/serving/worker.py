"""The worker: a loop that waits for all clients at once, and threads that work for one at a time.

gunicorn's threaded worker reads requests and writes answers in its threads, so as many slow clients as there are
threads keep everybody waiting. Here the loop takes a request until it is whole, and a thread only works: it never waits
for a client. What is full is said at once (503, Retry-After) instead of being lined up without end.
"""

import os
import signal
import socket
import time
from functools import partial
from typing import Any, ClassVar

from gunicorn.workers.base import Worker as BaseWorker  # type: ignore[import-untyped]  # gunicorn has no types

from gazetteer.serving import problems
from gazetteer.serving.answering import Answer, Turn
from gazetteer.serving.connection import Connection, Gone, Phase
from gazetteer.serving.intake import EXPRESS, Intake
from gazetteer.serving.limits import Limits
from gazetteer.serving.loop import READ, WRITE, Loop
from gazetteer.serving.observer import Load, Observer
from gazetteer.serving.problems import Problem
from gazetteer.serving.threads import Threads

TICK = 1.0  # seconds between looks at who is late
PARTING = 2.0  # seconds that an idle connection is still listened to when the worker is to stop
ACCEPTED = 64  # connections taken at once
DROPPED = 64 * 1024**2  # bytes that are read of a client that was answered for the last time


class Worker(BaseWorker):  # type: ignore[misc]
    """A worker process. Its class holds what it is given, as gunicorn makes workers itself."""

    limits: ClassVar[Limits]
    observer: ClassVar[Observer]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.connections: set[Connection] = set()
        self.accepting = False
        self.stopped = 0.0  # when it was seen that the worker is to stop
        self.busy = 0  # requests that a thread has, or that wait for one
        self.intake = Intake(self.cfg, self.limits)

    # The process

    def init_signals(self) -> None:
        """Ctrl-C goes to all processes of a terminal; it is the master that says what is to be done."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def run(self) -> None:
        """Serve until told to stop, then finish what is under way."""
        self.loop = Loop(self.PIPE)
        self.threads = Threads(self.limits.threads, "work")
        self.express = Threads(1, "express")
        self.observer.begin()
        self.accept_if(True)
        self.ticked = 0.0
        while self.alive and self.ppid == os.getppid():
            self.turn()
        self.accept_if(False)
        self.observer.end()
        for listener in self.sockets:
            listener.close()
        until = time.monotonic() + self.limits.grace_seconds
        while self.connections and time.monotonic() < until:
            self.turn()
        for connection in list(self.connections):
            if connection.phase is not Phase.WORK:
                self.close(connection)
        self.loop.close()

    def turn(self) -> None:
        """What is ready, then what is due."""
        self.loop.turn(TICK)
        now = time.monotonic()
        if now - self.ticked < TICK:
            return
        self.ticked = now
        self.notify()
        for connection in [each for each in self.connections if each.is_late(now, self.limits)]:
            self.late(connection)
        if not self.alive:
            self.part(now)
        self.accept_if(self.alive and len(self.connections) < self.limits.connections)
        self.observer.beat(Load(len(self.connections), self.busy, self.threads.waiting()))

    def part(self, now: float) -> None:
        """Close what has been idle since the stop, after a last look whether a request came: it is answered."""
        self.stopped = self.stopped or now
        for connection in [each for each in self.connections if each.phase is Phase.HEAD]:
            if now - self.stopped > PARTING:
                self.readable(connection)
                if connection.phase is Phase.HEAD and not connection.inbox:
                    self.close(connection)

    # Connections

    def accept_if(self, wanted: bool) -> None:
        """Take new connections, or leave them to others."""
        if wanted is self.accepting:
            return
        self.accepting = wanted
        for listener in self.sockets:
            if wanted:
                listener.setblocking(False)
                self.loop.watch(listener, READ, partial(self.accept, listener))
            else:
                self.loop.leave(listener)

    def accept(self, listener: Any) -> None:
        """Take the connections that wait, as far as there is room."""
        for _ in range(ACCEPTED):
            if len(self.connections) >= self.limits.connections and not self.made_room():
                self.accept_if(False)
                return
            try:
                sock, client = listener.accept()
            except OSError:
                return
            connection = Connection(sock, client, listener.getsockname())
            self.connections.add(connection)
            self.watch(connection)
            self.readable(connection)

    def made_room(self) -> bool:
        """Close the connection that has been silent, or at its head, for longest; False where all are at work."""
        waiting = [each for each in self.connections if each.phase is Phase.HEAD]
        if waiting:
            self.close(min(waiting, key=lambda each: each.since))
        return bool(waiting)

    def readable(self, connection: Connection) -> None:
        """Take what came."""
        try:
            more = connection.receive()
        except BlockingIOError:
            return
        except OSError:
            self.close(connection)
            return
        if connection.phase is Phase.END:
            connection.inbox.clear()
            if not more or connection.moved > DROPPED:
                self.close(connection)
            return
        self.read(connection, more=more)

    def read(self, connection: Connection, *, more: bool) -> None:
        """Go on with a request as far as its bytes go."""
        outcome = self.intake.read(connection, more=more)
        if isinstance(outcome, Problem):
            self.refuse(connection, outcome)
        elif outcome:
            self.dispatch(connection)
        elif not more:
            self.close(connection)

    def dispatch(self, connection: Connection) -> None:
        """Give a whole request to a thread, or say that there are too many."""
        express = connection.request.path in EXPRESS
        if not express and self.busy >= self.limits.threads + self.limits.queue:
            self.refuse(connection, problems.FULL)
            return
        self.loop.leave(connection.sock)
        connection.enter(Phase.WORK)
        connection.requests += 1
        self.busy += 1
        (self.express if express else self.threads).put(partial(self.work, connection))

    # In a thread

    def work(self, connection: Connection) -> None:
        """Work on an answer, and hand the connection back to the loop."""
        try:
            if connection.work is None:
                connection.work = Answer(connection, self.cfg, closing=not self.alive)
            turn = connection.work.turn(self.wsgi, self.others_wait)
        except Exception:
            self.log.exception("a request could not be given to the application")
            turn = Turn.FAILED
        self.loop.call(partial(self.worked, connection, turn))

    def others_wait(self) -> bool:
        """Whether a request waits for a thread."""
        return self.threads.waiting() > 0

    # In the loop again

    def worked(self, connection: Connection, turn: Turn) -> None:
        """A thread is through with a connection for now."""
        if turn is Turn.AGAIN:
            self.threads.put(partial(self.work, connection))
            return
        self.busy -= 1
        if turn is Turn.WAITS:
            connection.enter(Phase.WRITE)
            self.loop.watch(connection.sock, WRITE, partial(self.writable, connection))
        elif turn is Turn.DONE:
            self.again(connection)
        elif turn is Turn.LAST:
            self.end(connection)
        elif turn is Turn.FAILED:
            self.refuse(connection, problems.FAILED)
        else:
            self.close(connection)

    def writable(self, connection: Connection) -> None:
        """The reader takes more; when it has taken all there is, more is worked."""
        before = connection.outbox.sent
        try:
            done = connection.outbox.flush()
        except Gone:
            self.close(connection)
            return
        connection.move(connection.outbox.sent - before)
        if not done:
            return
        self.loop.leave(connection.sock)
        if connection.work is None:
            self.end(connection)
            return
        connection.phase = Phase.WORK
        self.busy += 1
        self.threads.put(partial(self.work, connection))

    def again(self, connection: Connection) -> None:
        """The next request of a connection, which may have come already."""
        connection.forget()
        connection.enter(Phase.HEAD)
        self.watch(connection)
        if connection.inbox:
            self.loop.call(partial(self.reread, connection))

    def reread(self, connection: Connection) -> None:
        """Read the request that came behind another, unless something has become of the connection."""
        if connection in self.connections and connection.phase is Phase.HEAD:
            self.read(connection, more=True)

    def watch(self, connection: Connection) -> None:
        """See what the client sends."""
        self.loop.watch(connection.sock, READ, partial(self.readable, connection))

    def refuse(self, connection: Connection, problem: Problem) -> None:
        """Answer without the application. It is short: a socket that does not take it whole is given up."""
        self.loop.leave(connection.sock)
        request_id = self.observer.refused(problem, connection)
        connection.outbox.sendall(problem.response(request_id))
        try:
            sent = connection.outbox.flush()
        except Gone:
            sent = False
        if not sent:
            self.close(connection)
        elif problem.kept and self.alive and not connection.request.should_close():
            self.again(connection)
        else:
            self.end(connection)

    def end(self, connection: Connection) -> None:
        """Say that no more will come, and let the client finish: closing at once could lose the answer in a reset."""
        connection.forget()
        try:
            connection.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.close(connection)
            return
        connection.enter(Phase.END)
        connection.inbox.clear()
        self.watch(connection)

    def late(self, connection: Connection) -> None:
        """A client that does not move is let go; it is told why if it was in the middle of a request."""
        if connection.phase is Phase.HEAD and connection.inbox:
            self.refuse(connection, problems.SLOW_HEAD)
        elif connection.phase is Phase.BODY:
            self.refuse(connection, problems.SLOW_BODY)
        else:
            self.close(connection)

    def close(self, connection: Connection) -> None:
        """The end of a connection; an answer that is on its way is stopped."""
        self.loop.leave(connection.sock)
        self.connections.discard(connection)
        if connection.work is not None:
            connection.work.close()
        connection.close()


def made(limits: Limits) -> type[Worker]:
    """The class of workers with these limits, as gunicorn takes it; its `observer` is still to be given."""
    return type("Worker", (Worker,), {"limits": limits, "__module__": __name__})
