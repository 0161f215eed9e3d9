"""The spelling of a name as sources give it: trimmed, in one line, and refused where it is none."""

import re
import unicodedata

LONGEST = 500  # characters; GeoNames promises 400
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # the others are space, and collapse


def trimmed(text: str) -> str:
    """The text with every run of space one space, and none at its ends."""
    return " ".join(text.split())


def fault(text: str) -> str | None:
    """Why a trimmed text is no name; None if it is one."""
    if not text:
        return "an empty name"
    if len(text) > LONGEST:
        return f"a name of {len(text)} characters"
    if CONTROL.search(text):
        return f"a control character in the name {text[:40]!r}"
    return None


def alike(text: str, plain: str) -> bool:
    """Whether the two differ in marks, apostrophes and case alone: then one of them is enough."""
    return letters(text) == letters(plain)


def letters(text: str) -> str:
    """Letters and digits, without marks and case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text[:LONGEST]))).casefold()
