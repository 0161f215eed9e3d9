"""Peers: the workers of one server work for each other, over sockets in a folder that only they can open.

A message is its length in four bytes and then itself. Each worker listens at a socket named after its process.
"""

import logging
import os
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LOG = logging.getLogger(__name__)
LENGTH = struct.Struct(">I")
PATIENCE = 120.0  # seconds that a peer may take over a job: a worker that hangs is replaced by then
Handler = Callable[[bytes], bytes]


class Peer:
    """Another worker. Used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sock: socket.socket | None = None

    def __call__(self, message: bytes) -> bytes:
        """Its answer; OSError where it is no more."""
        try:
            if self._sock is None:
                self._sock = socket.socket(socket.AF_UNIX)
                self._sock.settimeout(PATIENCE)
                self._sock.connect(str(self.path))
            send(self._sock, message)
            return receive(self._sock)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Leave it; it can be asked again."""
        if self._sock is not None:
            self._sock.close()
        self._sock = None


class Peers:
    """This worker among the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Peer] = {}
        self._listener: socket.socket | None = None

    def listen(self, handle: Handler) -> None:
        """Work for the others from now on, in threads of this process."""
        self._listener = listener = socket.socket(socket.AF_UNIX)
        own = self.folder / str(os.getpid())
        own.unlink(missing_ok=True)
        listener.bind(str(own))
        listener.listen()
        threading.Thread(target=accept, args=(listener, handle), name="peers", daemon=True).start()

    def leave(self) -> None:
        """Take no more jobs."""
        (self.folder / str(os.getpid())).unlink(missing_ok=True)
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)  # which ends the wait for connections
            self._listener.close()

    def others(self) -> list[Peer]:
        """The other workers that there are."""
        names = {each.name for each in self.folder.iterdir()} - {str(os.getpid())}
        self._known = {name: self._known.get(name) or Peer(self.folder / name) for name in sorted(names)}
        return list(self._known.values())


def accept(listener: socket.socket, handle: Handler) -> None:
    """Take connections until the listener is closed."""
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, handle), name="peer", daemon=True).start()


def serve(connection: socket.socket, handle: Handler) -> None:
    """Answer one peer until it leaves."""
    with connection, suppress(OSError):
        while True:
            message = receive(connection)
            try:
                answer = handle(message)
            except Exception:
                LOG.exception("a job of another worker failed")
                answer = b""
            send(connection, answer)


def send(sock: socket.socket, message: bytes) -> None:
    """Send a message."""
    sock.sendall(LENGTH.pack(len(message)) + message)


def receive(sock: socket.socket) -> bytes:
    """The next message; OSError at the end."""
    (length,) = LENGTH.unpack(exactly(sock, LENGTH.size))
    return exactly(sock, length)


def exactly(sock: socket.socket, count: int) -> bytes:
    """So many bytes."""
    data = bytearray()
    while len(data) < count:
        piece = sock.recv(min(count - len(data), 1024 * 1024))
        if not piece:
            raise ConnectionResetError("the other side left")
        data += piece
    return bytes(data)
