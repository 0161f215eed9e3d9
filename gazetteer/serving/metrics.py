"""What is counted and measured, for Prometheus, across workers.

Each worker writes its figures to files of its own in one folder (prometheus_client, "Multiprocess Mode"); any of them
can add them all up. The folder is named in the environment before this module is imported, or the figures are of this
process alone.
"""

import os
from contextlib import suppress

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as written
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from gazetteer.serving.figures import FOLDER

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
NO_ROUTE = "none"  # of a request that no route takes, or that was refused before it was routed

REQUESTS = Counter("gazetteer_requests", "Requests answered.", ("route", "method", "status"))
LATENCY = Histogram(
    "gazetteer_request_seconds", "From a request being whole to its answer being sent.", ("route",), buckets=SECONDS
)
ROWS = Counter("gazetteer_rows", "Names answered, one by one or in bulk.", ("route",))
DECISIONS = Counter("gazetteer_decisions", "Decisions given: match, ambiguous, none, error.", ("decision",))
ABANDONED = Counter("gazetteer_abandoned", "Answers broken off because their client left or was too slow.")

GENERATION = Gauge(
    "gazetteer_snapshot_generation", "Generation that answers, the oldest of all workers.", multiprocess_mode="livemin"
)
AGE = Gauge(
    "gazetteer_snapshot_age_seconds", "Since the snapshot was published, the oldest.", multiprocess_mode="livemax"
)
OVERLAY = Gauge(
    "gazetteer_overlay_entities", "Entities changed since the snapshot, the most.", multiprocess_mode="livemax"
)
CONNECTIONS = Gauge("gazetteer_connections", "Connections open.", multiprocess_mode="livesum")
BUSY = Gauge("gazetteer_requests_in_progress", "Requests worked on or waiting.", multiprocess_mode="livesum")
WAITING = Gauge("gazetteer_requests_waiting", "Requests that wait for a thread.", multiprocess_mode="livesum")
WORKERS = Gauge("gazetteer_workers", "Worker processes that serve.", multiprocess_mode="livesum")


def left(process: int) -> None:
    """A process serves no more: what it alone said of itself is taken out; what it counted stays."""
    if FOLDER in os.environ:
        with suppress(FileNotFoundError):
            mark_process_dead(process)  # type: ignore[no-untyped-call]


def page() -> tuple[bytes, str]:
    """All figures, and their content type."""
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return written(registry), CONTENT_TYPE_LATEST
