"""Normalising: one form for texts that differ only in how they were typed.

`normalise` keeps every letter a writer may have meant; `fold` also takes the marks off and the punctuation out, and is
the exact key of a spelling. Both are idempotent, never raise, and take time linear in the text, which is cut to
MAX_LENGTH before `unicodedata` sees it (its sorting of combining marks is quadratic).
"""

import re
import unicodedata
from functools import lru_cache

from gazetteer.errors import BadData
from gazetteer.text.tables import table

MAX_LENGTH = 1000
RECENT = 4096  # texts that are kept normalised
LONGEST_LOOP = 8  # normal forms settle in two or three rounds

APOSTROPHE = "'"
GERESH = "׳"
KEPT_MARKS = frozenset("йїѓќў")  # letters of their alphabets, not marked forms of others
HAMZA_CARRIERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي", "ء": ""}
STRIPPED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")

KURDISH = re.compile("[ێۆۊڵڕڤە]|وو")
GERESH_TYPED = re.compile(r"(?<=[א-ת])'")
INITIAL_CARRIER = re.compile(r"(?<!\w)ئ(?=\w)")


def normalise(text: str) -> str:
    """NFKC and casefolded, signs and letters of one meaning unified, invisible characters out, spaces single.

    Marks that compose with no letter go (stress in "Москва́"), those that do stay ("ş"). Digits of all scripts become
    ASCII. Iterated to its fixed point: NFKC and casefolding undo each other's work for some letters.
    """
    if text.isascii():
        return " ".join(text[:MAX_LENGTH].translate(UNIFIED).lower().split())
    return settled(text[:MAX_LENGTH])


@lru_cache(maxsize=RECENT)
def settled(text: str) -> str:
    """The fixed point of `settle`; remembered for a while, since a name is read several times in a row."""
    for _ in range(LONGEST_LOOP):
        text = settle(text)
        if unicodedata.is_normalized("NFKC", text) and text.casefold() == text:
            break
    return text


def settle(text: str) -> str:
    """One round of `normalise`."""
    if "´" in text:  # NFKC would make it a space and a mark
        text = text.replace("´", APOSTROPHE)
    text = unicodedata.normalize("NFKC", text).casefold()
    if "\u200c" in text and KURDISH.search(text):  # how Sorani ە was typed before it had a letter
        text = text.replace("ه\u200c", "ە")
    text = " ".join(text.translate(UNIFIED).split())
    if APOSTROPHE in text:
        text = GERESH_TYPED.sub(GERESH, text)
    return text[:MAX_LENGTH].rstrip()


def fold(text: str) -> str:
    """The exact key of a spelling: normalised, without the marks of Latin, Greek and Cyrillic, hamzas or punctuation.

    Apostrophes vanish ("Ba'aj" is "baaj"), other signs part words. "st." and the like stay words.
    """
    return unmark(separate(normalise(text)))


def separate(normalised: str) -> str:
    """Words parted by single spaces: a normalised text without its punctuation."""
    if normalised.isascii() and normalised.replace(" ", "").isalnum():
        return normalised
    return " ".join(normalised.translate(SEPARATED).split())


def unmark(separated: str) -> str:
    """The words of `separate` without the marks that writers leave out."""
    if separated.isascii():
        return separated
    if "ئ" in separated:
        separated = INITIAL_CARRIER.sub("", separated)
    return " ".join(separated.translate(UNMARKED).split())


class Unified(dict[int, str | None]):
    """Code point → what `normalise` writes for it; filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        into = self[point] = unified(chr(point))
        return into


def unified(character: str) -> str | None:
    """What a character of an NFKC text becomes."""
    category = unicodedata.category(character)
    if character.isspace() or category[0] == "Z":
        return " "
    if category in ("Cc", "Cf", "Cs"):
        return None
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Mn" and is_dropped_mark(character):
        return None
    return character


def is_dropped_mark(character: str) -> bool:
    """A mark that names do without: accents that composed with no letter, Arabic and Hebrew points."""
    name = unicodedata.name(character, "")
    return name.startswith(("COMBINING", "ARABIC", "HEBREW", "SYRIAC", "VARIATION SELECTOR"))


class Separated(dict[int, str | None]):
    """Code point → a letter, digit or mark itself, a space for signs, nothing for apostrophes."""

    def __missing__(self, point: int) -> str | None:
        character = chr(point)
        word = character == GERESH or unicodedata.category(character)[0] in "LMN"
        into = self[point] = character if word else None if character == APOSTROPHE else " "
        return into


class Unmarked(dict[int, str]):
    """Code point → the letter without its marks, in the scripts where marks are left out in writing."""

    def __missing__(self, point: int) -> str:
        into = self[point] = unmarked(chr(point))
        return into


def unmarked(character: str) -> str:
    """The bare letter of a marked one; `ı` counts as a marked i."""
    if character == "ı":
        return "i"
    if character in KEPT_MARKS or not unicodedata.name(character, "").startswith(STRIPPED_SCRIPTS):
        return HAMZA_CARRIERS.get(character, character)
    return "".join(each for each in unicodedata.normalize("NFD", character) if not unicodedata.combining(each))


def unification() -> dict[int, str]:
    """The rows of `unify.tsv`: hexadecimal code points; BadData where one becomes what another row changes again."""
    rows = table("romanise/unify.tsv", "character", "into", "note")
    found = {int(point, 16): "".join(chr(int(each, 16)) for each in into.split()) for point, into, _ in rows}
    if unsettled := {ord(each) for into in found.values() for each in into} & found.keys():
        raise BadData(f"romanise/unify.tsv: {sorted(map(chr, unsettled))} are both read and written")
    return found


UNIFIED = Unified(unification())
SEPARATED = Separated()
UNMARKED = Unmarked()
