"""Romanising: any script to lower-case ASCII letters, digits and spaces.

The tables are `data/romanise/*.tsv`. A letter whose reading depends on its neighbours is settled by the few rules of
its script, which run only where that script is present; then one `str.translate` reads all letters. What no table
knows is read by its canonical decomposition (ậ as a, a Hangul syllable as its parts), else by `unidecode`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from unidecode import unidecode_expect_nonascii

from gazetteer.errors import BadData
from gazetteer.text.rewrites import REWRITTEN, rewrite
from gazetteer.text.scripts import scripts_of_letters
from gazetteer.text.tables import Row, table
from gazetteer.text.transcription import read_transcribed

COLUMNS = ("letters", "before", "after", "with", "roman", "note")
# In this order: the letters that one script's rules write must not be read again by another's.
TABLES = {
    "Latn": "latin",
    "Arab": "arabic",
    "Hebr": "hebrew",
    "Cyrl": "cyrillic",
    "Grek": "greek",
    "Armn": "armenian",
    "Geor": "georgian",
    "Hira": "kana",
    "Kana": "kana",
    "Hang": "hangul",
    "Thai": "thai",
    "Laoo": "lao",
    "Khmr": "khmer",
    "Mymr": "myanmar",
    "Deva": "devanagari",
    "Beng": "bengali",
    "Guru": "gurmukhi",
    "Gujr": "gujarati",
    "Orya": "oriya",
    "Taml": "tamil",
    "Telu": "telugu",
    "Knda": "kannada",
    "Mlym": "malayalam",
    "Sinh": "sinhala",
    "Mtei": "meetei",
    "Olck": "olchiki",
    "Nkoo": "nko",
    "Syrc": "syriac",
}
NOT_ROMAN = re.compile(r"[^a-z0-9]+")
CONSTRUCT = re.compile(r"(?<!\S)(?<!\bال )(?!ال|قرة )(\S+)(?:ة(?= \S)|(?<![او])ه(?= ال\b))")


def romanise(text: str) -> str:
    """The romanised text; word for word, though a word that has no letter we can read comes out empty.

    Give it what `normalise` or `fold` made: with its marks on, "ş" and "š" read as more than an s.
    """
    if text.isascii():
        return text.translate(LETTERS)
    letters = set(text)
    return romanise_in(text, letters, scripts_of_letters(letters))


def romanise_in(text: str, letters: set[str], scripts: set[str]) -> str:
    """The same for a caller who has already seen which letters and scripts the text has."""
    if "Hang" in scripts:
        text = "".join([unicodedata.normalize("NFD", each) for each in text])
        letters = set(text)
    if "Hani" in scripts:
        text = read_transcribed(text)
    for script in scripts if len(scripts) == 1 else [each for each in TABLES if each in scripts]:
        if script in REWRITTEN:
            text = rewrite(text, script)
            letters = set(text)
        triggers, passes = rules_of(script)
        if not triggers.isdisjoint(letters):
            for rules in passes:
                if not rules.trigger.isdisjoint(letters):
                    text = rules.apply(text, letters)
    return text.translate(LETTERS)


def construct(text: str) -> str:
    """Arabic teh marbuta before another word is said as a t: "خربة الجوز" is Khirbat al-Jawz.

    Not after an article: "القرية الكبيرة" is a noun and its adjective, al-Qarya al-Kabira; nor in the Turkish word
    for black ("قرة داغ", Kara Dagh).
    A ه that stands for it is known by the article behind it ("طيبه الامام").
    """
    return CONSTRUCT.sub(r"\1ت", text) if "ة " in text or "ه ال" in text else text


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a script that share a condition on the whole text, as one pattern: branch n gives roman n.

    `needed` and `refused` hold sets of letters of which the text must have one, and may have none; `trigger` is the
    needed set whose letters are rare.
    """

    trigger: frozenset[str]
    needed: tuple[frozenset[str], ...]
    refused: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]
    romans: tuple[str, ...]

    def apply(self, text: str, letters: set[str]) -> str:
        """The text with every place that a rule fits romanised."""
        if any(map(letters.isdisjoint, self.needed)) or not all(map(letters.isdisjoint, self.refused)):
            return text
        return self.pattern.sub(lambda found: self.romans[(found.lastindex or 1) - 1], text)


@cache
def rules_of(script: str) -> tuple[frozenset[str], tuple[Rules, ...]]:
    """The rules of a script, those with a condition first, each in the order of the table; and all their triggers."""
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(TABLES[script]) if script in TABLES else ():
        if is_rule(row):
            grouped.setdefault(row[3], []).append(row)
    passes = tuple(compiled(given, grouped[given]) for given in sorted(grouped, key=lambda given: given == ""))
    return frozenset().union(*(rules.trigger for rules in passes)), passes


def compiled(given: str, rows: list[Row]) -> Rules:
    """Rules of one condition, as one pattern; it looks no further where no rule begins."""
    conditions = given.split()
    first = frozenset(row[0][0] for row in rows)
    needed = (first, *(frozenset(each) for each in conditions if not each.startswith("!")))
    branches = "|".join(f"({branch(*row[:3])})" for row in rows)
    return Rules(
        trigger=next((each for each in needed if not "".join(each).isascii()), first),
        needed=needed,
        refused=tuple(frozenset(each[1:]) for each in conditions if each.startswith("!")),
        pattern=re.compile(f"(?=[{re.escape(''.join(sorted(first)))}])(?:{branches})"),
        romans=tuple(row[4] for row in rows),
    )


def branch(letters: str, before: str, after: str) -> str:
    """The pattern of one rule."""
    return look(before, "^", r"(?<!\S)", "(?<{}[{}])") + re.escape(letters) + look(after, "$", r"(?!\S)", "(?{}[{}])")


def look(context: str, boundary: str, at_boundary: str, around: str) -> str:
    """The pattern of what must stand beside a rule's letters; nothing where anything may."""
    refused = context.startswith("!")
    edge = boundary in context
    letters = re.escape(context.removeprefix("!").replace(boundary, ""))
    if refused:
        inside = at_boundary.replace("!", "=", 1) if edge else ""
        return inside + (around.format("!", letters) if letters else "")
    wanted = ([at_boundary] if edge else []) + ([around.format("=", letters)] if letters else [])
    return f"(?:{'|'.join(wanted)})" if wanted else ""


def rows_of(name: str) -> tuple[Row, ...]:
    """A romanisation table."""
    rows = table(f"romanise/{name}.tsv", *COLUMNS, keys=4)
    for letters, *_, roman, _ in rows:
        if NOT_ROMAN.search(roman):
            raise BadData(f"romanise/{name}.tsv: {letters!r} is read as {roman!r}, which is not a-z")
    return rows


def is_rule(row: Row) -> bool:
    """A row that needs more than one letter, or a look at its neighbours."""
    letters, before, after, given, *_ = row
    return len(letters) > 1 or bool(before or after or given)


class Letters(dict[int, str]):
    """Code point → how it is read by itself; begun with the tables, filled as other characters are met."""

    def __missing__(self, point: int) -> str:
        roman = self[point] = self.read(chr(point))
        return roman

    def read(self, character: str) -> str:
        """A character that no table names."""
        category = unicodedata.category(character)
        if category == "Cs":
            return ""
        if category[0] in "ZPS" or character.isspace():
            return " "
        if character.isascii():
            return NOT_ROMAN.sub("", character.lower())
        parts = unicodedata.normalize("NFKD", character)
        if parts != character:
            return "".join(self[ord(part)] for part in parts)
        if unicodedata.combining(character) and unicodedata.category(character) == "Mn" and ord(character) < 0x0700:
            return ""
        return NOT_ROMAN.sub("", unidecode_expect_nonascii(character).lower())


def letters() -> Letters:
    """All single letters of all tables."""
    found = Letters()
    for name in sorted(set(TABLES.values())):
        for row in rows_of(name):
            if not is_rule(row) and found.setdefault(ord(row[0]), row[4]) != row[4]:
                raise BadData(f"romanise/{name}.tsv: {row[0]!r} is read otherwise in another table")
    return found


LETTERS = letters()
