"""Wording of messages: how they repeat what a caller wrote, and how they name the field at fault."""

import re

LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """A caller's text as a message repeats it: quoted, cut, and with nothing that a terminal would obey."""
    cut = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return repr(cut)


def led(message: str, field: str | None) -> str:
    """The message, led by its field unless it names it already as a word: "id" is not named by "invalid"."""
    return message if not field or field in re.findall(r"\w+", message) else f"{field}: {message}"
