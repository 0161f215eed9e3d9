"""Wording of messages: how they repeat what a caller wrote, name the field at fault, and list things."""

import re
from collections.abc import Sequence

LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """A caller's text as a message repeats it: quoted, cut, and with nothing that a terminal would obey."""
    cut = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return repr(cut)


def led(message: str, field: str | None) -> str:
    """The message, led by its field unless it names it already as a word: "id" is not named by "invalid"."""
    return message if not field or field in re.findall(r"\w+", message) else f"{field}: {message}"


def titled(name: str, *about: str | None) -> str:
    """A thing with what is known about it in brackets: Tripoli (settlement, LB)."""
    known = ", ".join(filter(None, about))
    return f"{name} ({known})" if known else name


def listed(texts: Sequence[str], last: str) -> str:
    """A list as a sentence has it: "country, within or a point"."""
    return f" {last} ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
