"""Qualifiers: what a name carries along to say which one is meant ("Qarah, Syria", "Дума (Сирия)")."""

import re

OPENING = re.compile(r"[,;(\[{]| - |\w ?/ ?\w")
BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
DASH = " - "
SEPARATOR = re.compile(rf"[,;()\[\]{{}}]|{DASH}|(?<=[^\W\d])/(?=[^\W\d])| / ")
WORD = re.compile(r"\w")


def split_qualifiers(normalised: str) -> tuple[str, list[str]]:
    """The name itself, and the additions after commas, in brackets, after a dash with spaces or a slash.

    The first part that has a letter or digit is the name. A slash between digits is no separator.
    """
    if not OPENING.search(normalised):
        return normalised, []
    inside = BRACKETED.findall(normalised)
    outside = BRACKETED.sub(" ", normalised) if inside else normalised
    parts = [" ".join(part.split()) for part in (*SEPARATOR.split(outside), *inside) if WORD.search(part)]
    return (parts[0], parts[1:]) if parts else (normalised, [])
