"""The threads of a worker: jobs in, done in the order they came."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

Job = Callable[[], None]


class Threads:
    """A fixed number of threads. A job must not raise."""

    def __init__(self, number: int, name: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{each}", daemon=True) for each in range(number)
        ]
        for each in self._threads:
            each.start()

    def put(self, job: Job) -> None:
        """To be done when a thread is free."""
        self._jobs.put(job)

    def waiting(self) -> int:
        """Jobs that no thread has taken yet."""
        return self._jobs.qsize()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def end(self) -> None:
        """No more jobs; those put before are still done, unless the process ends first."""
        for _ in self._threads:
            self._jobs.put(None)
