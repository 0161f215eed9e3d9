"""Rewriting: what a script says in another order than it writes, or says and does not write.

The passes of `data/romanise/rewrites.tsv` run before the letters are read, for the few scripts that need them. A
`<class>` in a pattern stands for what `data/romanise/classes.tsv` has under this name for the script.
"""

import re
from functools import cache

from gazetteer.errors import BadData
from gazetteer.text.tables import table

Pass = tuple[re.Pattern[str], str]
REWRITES = "romanise/rewrites.tsv"
CLASS = re.compile(r"<(\w+)>")
ROWS = table(REWRITES, "scripts", "pattern", "written", "note", keys=2)
REWRITTEN = frozenset(script for row in ROWS for script in row[0].split())


def rewrite(text: str, script: str) -> str:
    """The text with all passes of a script done, each on what the one before it left."""
    for pattern, written in passes_of(script):
        text = pattern.sub(written, text)
    return text


@cache
def passes_of(script: str) -> tuple[Pass, ...]:
    """What to write for what, in the order of the table."""
    classes = classes_of(script)
    return tuple((compiled(pattern, classes), into) for scripts, pattern, into, _ in ROWS if script in scripts.split())


def classes_of(script: str) -> dict[str, str]:
    """The classes of a script, by name."""
    rows = table("romanise/classes.tsv", "script", "name", "letters", keys=2)
    return {name: letters for code, name, letters in rows if code == script}


def compiled(pattern: str, classes: dict[str, str]) -> re.Pattern[str]:
    """The pattern with its classes put in; BadData where it has one that the script has not, or is none."""
    try:
        return re.compile(CLASS.sub(lambda found: classes[found.group(1)], pattern))
    except (KeyError, re.error) as error:
        raise BadData(f"{REWRITES}: {pattern!r}: {error}") from error
