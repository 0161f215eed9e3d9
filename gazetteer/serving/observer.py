"""Who is told of what happens in a worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gazetteer.serving.connection import Connection
    from gazetteer.serving.problems import Problem


@dataclass(frozen=True, slots=True)
class Load:
    """What a worker has to do."""

    connections: int
    busy: int  # requests that a thread has, or that wait for one
    waiting: int  # those that wait


class Observer(Protocol):
    """Told of what the application never sees."""

    def begin(self) -> None:
        """The worker is about to serve; it is a process of its own by now."""

    def end(self) -> None:
        """The worker serves no more."""

    def beat(self, load: Load) -> None:
        """Another second has passed."""

    def refused(self, problem: "Problem", connection: "Connection") -> str:
        """A request was answered without the application; the id it is to be known by is returned."""
