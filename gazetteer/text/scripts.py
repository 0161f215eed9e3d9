"""Scripts: which writing system a letter or a text is of, as ISO 15924 codes.

Python knows no script property. The Unicode name of a letter begins with its script ("ARABIC LETTER TEH MARBUTA");
`data/romanise/scripts.tsv` maps these beginnings to codes.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from gazetteer.text.tables import table

COMMON = "Zyyy"  # no letter, or letters of no script: digits, signs
UNKNOWN = "Zzzz"  # a letter of a script that the table does not name
LATIN = "Latn"
LETTER = re.compile(r"[A-Za-z]")


def script_of(text: str) -> str:
    """The script that most letters of the text are of; the first in the text among equals; Zyyy if it has none."""
    if text.isascii():
        return LATIN if LETTER.search(text) else COMMON
    scripts = scripts_of_letters(set(text))
    return scripts.pop() if len(scripts) == 1 else most_common_script(text)


def most_common_script(text: str) -> str:
    """The same for a text known to be of several scripts, or none."""
    counts = Counter([SCRIPTS[each] for each in text])
    del counts[""]
    return counts.most_common(1)[0][0] if counts else COMMON


def scripts_of_letters(letters: set[str]) -> set[str]:
    """The scripts of a set of letters."""
    scripts = {SCRIPTS[each] for each in letters}
    scripts.discard("")
    return scripts


class Scripts(dict[str, str]):
    """Character → script, "" for what is no letter; filled as characters are met."""

    def __missing__(self, character: str) -> str:
        script = self[character] = script_of_letter(character)
        return script


SCRIPTS = Scripts()


def script_of_letter(character: str) -> str:
    """The script of one letter or mark that stands for one; "" for anything else."""
    category = unicodedata.category(character)
    if category[0] != "L" and category != "Mc":
        return ""
    name = unicodedata.name(character, "")
    beginnings, longest = beginnings_of_names()
    words = name.split(" ")
    for count in range(min(longest, len(words)), 0, -1):
        script = beginnings.get(" ".join(words[:count]))
        if script is not None:
            return script
    return UNKNOWN


@cache
def beginnings_of_names() -> tuple[dict[str, str], int]:
    """The table, and the number of words of its longest beginning."""
    rows = table("romanise/scripts.tsv", "beginning", "script")
    return dict(rows), max(len(beginning.split(" ")) for beginning, _ in rows)  # type: ignore[arg-type]
