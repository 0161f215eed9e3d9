"""Single queries of many threads, answered together.

A batch of twenty costs little more than one query, most of whose work is to call numpy. So while one batch is worked,
those who come wait and make up the next: nobody waits when nobody is before them, and the more come, the more are
answered at once (group commit, as databases write their logs: DeWitt et al. 1984).
"""

import threading
from collections.abc import Callable, Sequence

from gazetteer.errors import GazetteerError
from gazetteer.matching.types import Query, Result

MOST = 64  # queries of one batch: none waits long for the others of its own
Answer = Result | GazetteerError
Many = Callable[[Sequence[Query], int], Sequence[Answer]]


class Ticket:
    """A query that waits for its answer, or for its turn to answer a batch."""

    __slots__ = ("answer", "fault", "limit", "query", "turn")

    def __init__(self, query: Query, limit: int) -> None:
        self.query = query
        self.limit = limit
        self.answer: Answer | None = None
        self.fault: BaseException | None = None
        self.turn = threading.Event()


class Together:
    """Answers queries by `many`, whatever waits at once; shared by threads."""

    def __init__(self, many: Many) -> None:
        self._many = many
        self._lock = threading.Lock()
        self._waiting: list[Ticket] = []
        self._busy = False

    def one(self, query: Query, limit: int) -> Answer:
        """The answer to one query."""
        mine = Ticket(query, limit)
        with self._lock:
            self._waiting.append(mine)
            lead, self._busy = not self._busy, True
        if not lead:
            mine.turn.wait()
        if mine.answer is None and mine.fault is None:
            self._answer_some()
        if mine.fault is not None:
            raise mine.fault
        assert mine.answer is not None
        return mine.answer

    def _answer_some(self) -> None:
        """Answer those who wait longest, then pass the turn on."""
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            for limit in sorted({each.limit for each in batch}):
                self._answer([each for each in batch if each.limit == limit], limit)
        finally:
            with self._lock:
                heir = self._waiting[0] if self._waiting else None
                self._busy = heir is not None
            for each in (*batch, *((heir,) if heir is not None else ())):
                each.turn.set()

    def _answer(self, batch: Sequence[Ticket], limit: int) -> None:
        """Give each its answer; what goes wrong goes wrong for all of them."""
        try:
            for each, answer in zip(batch, self._many([each.query for each in batch], limit), strict=True):
                each.answer = answer
        except BaseException as fault:
            for each in batch:
                each.fault = fault
            if not isinstance(fault, Exception):
                raise
