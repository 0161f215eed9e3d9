"""The server: gunicorn's master, told which workers to make and how to end."""

import os
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn has no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# CPU time that a container may use: microseconds of so many, or "max" (Linux, "Control Group v2").
QUOTA = Path("/sys/fs/cgroup/cpu.max")


class Master(Arbiter):  # type: ignore[misc]
    """gunicorn's master, which ends as gracefully on Ctrl-C as on SIGTERM. A second Ctrl-C ends it at once."""

    def handle_int(self) -> None:
        """As on SIGTERM: the requests under way are finished."""
        self.handle_term()


class Server(BaseApplication):  # type: ignore[misc]
    """The application, as gunicorn asks for it; made anew when the master is told to reload (SIGHUP)."""

    def __init__(self, make: Callable[[], "WSGIApplication"], options: dict[str, Any]) -> None:
        self.make = make
        self.options = options
        super().__init__(prog="gazetteer")

    def load_config(self) -> None:
        """What was decided, in gunicorn's words."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> "WSGIApplication":
        """The application."""
        return self.make()

    def reload(self) -> None:
        """Make the application anew, before the workers that are to have it."""
        self.callable = None
        super().reload()

    def run(self) -> None:
        """Serve until stopped; the process ends here."""
        Master(self).run()


def cores(quota: Path = QUOTA) -> int:
    """How many cores this process may use: those it is bound to, and what its container is allowed of them."""
    bound = len(os.sched_getaffinity(0))
    try:
        most, period = quota.read_text().split()
        return max(1, min(bound, ceil(int(most) / int(period))))
    except (OSError, ValueError):
        return bound
