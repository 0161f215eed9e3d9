"""Requests observed: an id for each, one line of log, and the figures of `/metrics`."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, request

from gazetteer.api.runtime import Runtime
from gazetteer.services.bulk.answer import Many
from gazetteer.services.bulk.lanes import answer
from gazetteer.services.resolve import Resolver, for_tables
from gazetteer.serving import logs, metrics
from gazetteer.serving.answering import RECEIVED
from gazetteer.serving.connection import Connection
from gazetteer.serving.memory import give_back
from gazetteer.serving.observer import Load
from gazetteer.serving.peers import Peers
from gazetteer.serving.problems import Problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TALE = "gazetteer.tale"
TIDY = 10  # seconds between two times that free memory is given back
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(slots=True)
class Tale:
    """What is to be told of a request when it is over."""

    id: str
    method: str
    begun: float
    status: int = 0
    route: str = metrics.NO_ROUTE
    decisions: Counter[str] = field(default_factory=Counter)
    whole: bool = False

    def end(self) -> None:
        """Count it, and write its line."""
        seconds = time.monotonic() - self.begun
        method = self.method if self.method in METHODS else "other"
        metrics.REQUESTS.labels(self.route, method, str(self.status)).inc()
        metrics.LATENCY.labels(self.route).observe(seconds)
        rows = sum(self.decisions.values())
        if rows:
            metrics.ROWS.labels(self.route).inc(rows)
            for decision, number in self.decisions.items():
                if number:
                    metrics.DECISIONS.labels(decision).inc(number)
        if not self.whole:
            metrics.ABANDONED.inc()
        logs.access(self.status, self.fields(method, seconds, rows))

    def fields(self, method: str, seconds: float, rows: int) -> dict[str, Any]:
        """What the line says."""
        said: dict[str, Any] = {
            "request_id": self.id,
            "method": method,
            "route": self.route,
            "ms": round(seconds * 1000, 2),
        }
        if rows == 1:
            said["decision"] = next(each for each, number in self.decisions.items() if number)
        if rows:
            said["rows"] = rows
        if rows > 1:
            said["decisions"] = {each: number for each, number in self.decisions.items() if number}
        if not self.whole:
            said["abandoned"] = True
        return said


class Observed:
    """The middleware around all others."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, and tell of it when it is over."""
        begun = environ.get(RECEIVED) or time.monotonic()
        tale = Tale(logs.request_id(environ.get("HTTP_X_REQUEST_ID")), environ["REQUEST_METHOD"], begun)
        environ[TALE] = tale
        logs.CURRENT.set(tale.id)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            tale.status = int(status[:3])
            return start_response(status, [*headers, ("X-Request-ID", tale.id)], exc_info)

        return Body(self.app(environ, start), tale)


class Body:
    """The body of an answer; when it is closed the request is over."""

    def __init__(self, body: Iterable[bytes], tale: Tale) -> None:
        self.body = body
        self.tale = tale
        self.over = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self.body
        self.tale.whole = True

    def close(self) -> None:
        """The last piece was sent, or the client is gone."""
        close = getattr(self.body, "close", None)
        try:
            if close is not None:
                close()
        finally:
            if not self.over:
                self.over = True
                self.tale.end()


class Watch:
    """What a worker tells of itself, and of requests that the application never sees."""

    def __init__(self, parts: Runtime, peers: Peers | None = None, workers: int = 1) -> None:
        self.parts = parts
        self.peers = peers
        self.workers = workers
        self.beats = 0

    def begin(self) -> None:
        """Follow the edits; work with the other workers, and for them."""
        self.parts.published.follow()
        if self.peers is not None and self.workers > 1:
            self.peers.listen(self.work)
            self.parts.lanes.join(self.peers.others, self.workers)

    def end(self) -> None:
        """Take no more jobs of other workers."""
        if self.peers is not None:
            self.peers.leave()

    def work(self, job: bytes) -> bytes:
        """A job of another worker."""
        return answer(job, self.answering)

    def answering(self) -> tuple[Many, int]:
        """What answers a table now, and its generation."""
        resolver = self.parts.published.resolver()
        return for_tables(resolver), resolver.generation

    def beat(self, load: Load) -> None:
        """Once a second."""
        metrics.WORKERS.set(1)
        self.beats += 1
        if self.beats % TIDY == 0:
            give_back()
        metrics.CONNECTIONS.set(load.connections)
        metrics.BUSY.set(load.busy)
        metrics.WAITING.set(load.waiting)
        resolver, stamp = self.parts.published.open, self.parts.published.stamp()
        if resolver is not None and stamp is not None:
            metrics.GENERATION.set(resolver.generation)
            metrics.AGE.set(max(0.0, time.time() - stamp[2] / 1e9))
            metrics.OVERLAY.set(overlay_size(resolver))

    def refused(self, problem: Problem, connection: Connection) -> str:
        """A request that was answered without the application."""
        asked = connection.request
        given = next((value for name, value in asked.headers if name == "X-REQUEST-ID"), None) if asked else None
        tale = Tale(logs.request_id(given), asked.method if asked else "none", connection.since, int(problem.status))
        tale.whole = True
        tale.end()
        return tale.id


def overlay_size(resolver: Resolver) -> int:
    """How many entities were changed since the snapshot."""
    return len(resolver.overlay) if resolver.overlay is not None else 0


def tale() -> Tale | None:
    """What is to be told of the request at hand; None where nobody observes."""
    return request.environ.get(TALE)


def decided(decisions: Counter[str]) -> None:
    """Say what was decided; bulk answers go on counting while they are worked."""
    told = tale()
    if told is not None:
        told.decisions = decisions


def routed() -> None:
    """Note the route."""
    told = tale()
    if told is not None and request.url_rule is not None:
        told.route = request.url_rule.rule


def observe(app: Flask) -> None:
    """Observe an application."""
    app.before_request(routed)
    app.wsgi_app = Observed(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way to add a middleware
