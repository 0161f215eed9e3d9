"""What a client may ask of a worker: how much, how slowly, and how many at once."""

from dataclasses import dataclass
from pathlib import Path

LINE = 8190  # bytes of a request line: gunicorn's most; a name of 300 letters is 2,700 at the worst
FIELDS = 100  # header fields
FIELD = 8190  # bytes of one


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one worker."""

    spool: Path  # folder of the bodies that are kept until they are whole
    threads: int = 8
    queue: int = 64  # requests that may wait for a thread
    connections: int = 500
    head: int = 32 * 1024  # bytes of a request line and its header fields
    body: int = 2 * 1024**3  # bytes of a body
    head_seconds: float = 10.0  # that a head may take from its first byte
    idle_seconds: float = 30.0  # that a connection may be silent between requests
    stall_seconds: float = 30.0  # that a body, or an answer, may not move at all
    least_rate: int = 500  # bytes a second that it must move on average, once it took longer than that
    grace_seconds: float = 30.0  # that requests may still take when the worker is to stop
