"""Lanes: the cores that work the parts of a table. This process is one, others that answer from the same snapshot more.

Python works on one core at a time, however many threads it has; so a table is parted among the processes that there
are anyway. A part that another process cannot work, or not by the same generation, is worked here.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock

from gazetteer.services.bulk.answer import Many
from gazetteer.services.bulk.jobs import Job, Told, dumped, loaded

LOG = logging.getLogger(__name__)

# Another process: a job in, its answers out, b"" where it cannot work it; OSError where it is no more.
Remote = Callable[[bytes], bytes]
Result = Callable[[], list[Told]]


class Lanes:
    """What works jobs. Made before a process forks, used after."""

    def __init__(self) -> None:
        self._find: Callable[[], Sequence[Remote]] = list
        self._lock = Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._free: SimpleQueue[Remote | None] = SimpleQueue()
        self._known: set[Remote] = set()

    def join(self, find: Callable[[], Sequence[Remote]], most: int) -> None:
        """Work with other processes, at most so many lanes in all; `find` tells who there is."""
        if most > 1:
            self._find = find
            self._threads = ThreadPoolExecutor(most, thread_name_prefix="lane")
            self._free.put(None)

    def width(self) -> int:
        """How many lanes there are now; it is asked when a table begins."""
        if self._threads is None:
            return 1
        with self._lock:
            for remote in self._find():
                if remote not in self._known:
                    self._known.add(remote)
                    self._free.put(remote)
            return 1 + len(self._known)

    def begin(self, job: Job, many: Many) -> Result:
        """Begin to work a job; what is returned waits for its answers."""
        if self._threads is None or not self._known:
            return lambda: job.work(many)
        return self._threads.submit(self._work, job, many).result

    def _work(self, job: Job, many: Many) -> list[Told]:
        """Work a job in the next lane that is free."""
        lane = self._free.get()
        if lane is None:
            try:
                return job.work(many)
            finally:
                self._free.put(None)
        try:
            answers = lane(job.dump())
        except OSError:
            with self._lock:
                self._known.discard(lane)
            return job.work(many)
        self._free.put(lane)
        return loaded(answers) if answers else job.work(many)


def answer(data: bytes, many: Callable[[], tuple[Many, int]]) -> bytes:
    """Work a job of another process; `many` tells what answers, and its generation."""
    job = Job.load(data)
    work, generation = many()
    return dumped(job.work(work)) if generation == job.generation else b""
