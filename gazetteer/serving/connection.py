"""A client's connection: what it has sent, what it is owed, and whether it moves fast enough."""

import socket
import tempfile
import time
from collections import deque
from enum import Enum, auto
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer.serving.framing import Frame
    from gazetteer.serving.limits import Limits

BLOCK = 256 * 1024  # bytes taken of a socket at once
IN_MEMORY = 128 * 1024  # bytes of a body that are not worth a file
VECTORS = 16  # pieces sent with one call


class Phase(Enum):
    """What a connection is at."""

    HEAD = auto()  # nothing, or the beginning of a request
    BODY = auto()
    WORK = auto()  # a thread has it, or will: nobody else touches it
    WRITE = auto()  # an answer waits for its reader
    END = auto()  # answered and closed on our side; what the client still sends is dropped


class Gone(Exception):
    """The client left."""


class Outbox:
    """What is to be sent, as the socket that gunicorn's response writes to. It never waits."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending: deque[memoryview] = deque()
        self.sent = 0

    def sendall(self, data: bytes) -> None:
        """To be sent with the next `flush`."""
        if data:
            self.pending.append(memoryview(data))

    def flush(self) -> bool:
        """Send what the socket takes now; whether that was all. Gone where nobody takes it any more."""
        while self.pending:
            try:
                sent = self.sock.sendmsg([each for each, _ in zip(self.pending, range(VECTORS), strict=False)])
            except BlockingIOError:
                return False
            except OSError:
                raise Gone from None
            self.sent += sent
            while sent:
                first = self.pending[0]
                if sent < len(first):
                    self.pending[0] = first[sent:]
                    break
                sent -= len(first)
                self.pending.popleft()
        return True


class Connection:
    """One connection. The loop has it, except in the phase WORK, when a thread does."""

    def __init__(self, sock: socket.socket, client: Any, server: Any) -> None:
        sock.setblocking(False)
        self.sock = sock
        self.client = client
        self.server = server
        self.inbox = bytearray()
        self.outbox = Outbox(sock)
        self.requests = 0
        self.request: Any = None  # gunicorn's
        self.frame: Frame | None = None
        self.body: IO[bytes] | None = None
        self.size = 0  # bytes of the body so far
        self.work: Any = None  # the answer on its way
        self.enter(Phase.HEAD)

    def enter(self, phase: Phase) -> None:
        """Begin a phase."""
        self.phase = phase
        self.since = self.moved_at = self.received = time.monotonic()
        self.moved = 0

    def move(self, count: int) -> None:
        """So many bytes came, or went."""
        now = time.monotonic()
        if self.phase is Phase.HEAD and not self.moved:
            self.since = now  # the time that a head may take runs from its first byte
        self.moved += count
        self.moved_at = now

    def receive(self) -> bool:
        """Take what has come; False where the client sends no more."""
        data = self.sock.recv(BLOCK)
        self.inbox += data
        self.move(len(data))
        return bool(data)

    def keep(self, pieces: list[bytes], folder: Path) -> None:
        """Keep a part of the body: in memory while it is small, then in a file without a name."""
        if self.body is None:
            folder.mkdir(parents=True, exist_ok=True)
            self.body = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115  # closed by `forget`
        for piece in pieces:
            self.size += len(piece)
            self.body.write(piece)

    def forget(self) -> None:
        """The request is answered, or never will be."""
        if self.body is not None:
            self.body.close()
        self.request = self.frame = self.body = self.work = None
        self.size = 0

    def is_late(self, now: float, limits: "Limits") -> bool:
        """Whether the client is too slow, or was silent for too long."""
        match self.phase:
            case Phase.HEAD:
                most = limits.head_seconds if self.inbox else limits.idle_seconds
                return now - self.since > most
            case Phase.BODY | Phase.WRITE:
                took = now - self.since
                return now - self.moved_at > limits.stall_seconds or (
                    took > limits.stall_seconds and self.moved < took * limits.least_rate
                )
            case Phase.END:
                return now - self.since > LINGER
        return False

    def close(self) -> None:
        """The end of it."""
        self.forget()
        self.sock.close()


LINGER = 2.0  # seconds that a client may still send after it was answered for the last time
