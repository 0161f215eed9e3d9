"""Logs: one line a request and one for whatever else is to be known, as text or as JSON.

A line about a request says what was done and never what was asked: names are the callers' own business. The path is
the route (`/v1/entities/<string:id>`), not the address.
"""

import json
import logging
import re
import secrets
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

ACCESS = logging.getLogger("gazetteer.access")
# What may pass for a request id: it is written to logs and headers as it came.
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+=/-]{0,127}")
ABOUT = "about"  # the attribute of a log record that holds its fields
CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)  # of the request at hand


def request_id(given: str | None) -> str:
    """The id that a request came with, if it can be one, or a new one."""
    return given if given and SANE.fullmatch(given) else secrets.token_hex(8)


class Identified(logging.Filter):
    """Puts the id of the request at hand on what is logged about it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """All pass."""
        known = CURRENT.get()
        if known and not hasattr(record, ABOUT):
            setattr(record, ABOUT, {"request_id": known})
        return True


class Json(logging.Formatter):
    """A line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, ABOUT, {}),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


class Text(logging.Formatter):
    """A line for people to read: the fields behind the message."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The record; a traceback follows on lines of its own."""
        fields = " ".join(f"{name}={value}" for name, value in getattr(record, ABOUT, {}).items() if value is not None)
        return f"{super().format(record)} {fields}".rstrip() if not record.exc_info else super().format(record)


FORMATS: dict[str, type[logging.Formatter]] = {"text": Text, "json": Json}


def configure(form: str, level: str) -> None:
    """Send all logs to standard error, in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATS[form]())
    handler.addFilter(Identified())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel("WARNING")
    logging.getLogger("gazetteer").setLevel(level.upper())
    logging.captureWarnings(True)


def access(status: int, fields: dict[str, Any]) -> None:
    """The line of a request; a fault of ours is an error."""
    level = logging.ERROR if status == 500 else logging.INFO
    if ACCESS.isEnabledFor(level):
        ACCESS.log(level, "request", extra={ABOUT: {"status": status, **fields}})
