"""gunicorn's log, in the form of all others."""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # gunicorn has no types


class Log(Logger):  # type: ignore[misc]
    """What gunicorn has to say goes where everything goes; requests are told of by the application."""

    def setup(self, cfg: Any) -> None:
        """No handlers of its own."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            logger.handlers = []
            logger.propagate = True
