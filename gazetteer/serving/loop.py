"""The loop of a worker: sockets that are ready, calls from its threads, and signals."""

import os
import selectors
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
WAKE = b"\0"


class Loop:
    """Sockets and what to do when they are ready. All but `call` is for the loop's own thread."""

    def __init__(self, wake: tuple[int, int]) -> None:
        """`wake` is a pipe that does not block: whatever is written to it ends the wait."""
        self._selector = selectors.DefaultSelector()
        self._in, self._out = wake
        self._calls: deque[Callable[[], None]] = deque()
        self._selector.register(self._in, READ, self._drain)

    def watch(self, sock: socket.socket, events: int, ready: Callable[[], None]) -> None:
        """Call when the socket is ready, until it is left."""
        self._selector.register(sock, events, ready)

    def leave(self, sock: socket.socket) -> None:
        """Watch it no more."""
        with suppress(KeyError, ValueError):
            self._selector.unregister(sock)

    def call(self, do: Callable[[], None]) -> None:
        """To be done by the loop; any thread may ask."""
        self._calls.append(do)
        with suppress(BlockingIOError):  # so full that it wakes anyway
            os.write(self._out, WAKE)

    def turn(self, seconds: float) -> None:
        """Wait for something to do, and do it."""
        for key, _ in self._selector.select(seconds):
            key.data()
        for _ in range(len(self._calls)):
            self._calls.popleft()()

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            while len(os.read(self._in, 4096)) == 4096:
                pass

    def close(self) -> None:
        """The end of it."""
        self._selector.close()
