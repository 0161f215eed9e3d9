"""Qualifiers: what a name carries along to say which one is meant ("Qarah, Syria", "Дума (Сирия)")."""

import re
from functools import cache

from gazetteer.text.normalise import fold
from gazetteer.text.tables import table

OPENING = re.compile(r"[,;(\[{]| - |\w ?/ ?\w")
BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
DASH = " - "
SEPARATOR = re.compile(rf"[,;()\[\]{{}}]|{DASH}|(?<=[^\W\d])/(?=[^\W\d])| / ")
WORD = re.compile(r"\w")
TITLED = re.compile(r"(.*\w) (?:i|på) (\w+(?: \w+){0,2})")  # how Norwegian titles tell namesakes apart
GENITIVE = re.compile(r"(\w+(?: \w+)?) (\w{2,}(?:[ηήαάίϊ]σ|[οό]υ|[ωώ]ν))")  # "Πέραμα Ρεθύμνης"
GENITIVE_IN_LATIN = re.compile(
    r"(\w+(?: \w+)?) (\w{3,}(?:[aei]s|ou|on))"
)  # "Agnandero Karditsas"; only where Greek is spoken
# Words for "in". No articles and no "de": Ciudad de Guatemala is no Ciudad.
IN = frozenset(fold("i på in en em w we v ve na в во у на σε στη στο în ve'de 在 في در فی ב").split())
LONGEST = 3  # words of a country's name that are looked at


def split_qualifiers(normalised: str) -> tuple[str, list[str]]:
    """The name itself, and the additions after commas, in brackets, after a dash with spaces or a slash.

    The first part that has a letter or digit is the name. A slash between digits is no separator. Norwegian adds the
    country with an "i" or "på" ("Arad i Israel"); other words stay, for "Qala i Naw" and "al-Qaeda in Iraq" are names.
    """
    if not OPENING.search(normalised):
        titled = TITLED.fullmatch(normalised) if " i " in normalised or " på " in normalised else None
        return (titled[1], [titled[2]]) if titled and fold(titled[2]) in countries() else (normalised, [])
    inside = BRACKETED.findall(normalised)
    outside = BRACKETED.sub(" ", normalised) if inside else normalised
    parts = [" ".join(part.split()) for part in (*SEPARATOR.split(outside), *inside) if WORD.search(part)]
    return (parts[0], parts[1:]) if parts else (normalised, [])


def country_behind(folded: str) -> tuple[str, str] | None:
    """The words before a country's name at the end of a folded text, and the country: "mosul in iraq", "mosul iraq".

    A word for "in" between them goes. None where no country stands there, or nothing before it.
    """
    words = folded.split(" ")
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        country = " ".join(words[-count:])
        if country in countries():
            before = words[:-count]
            if len(before) > 1 and before[-1] in IN:
                before.pop()
            return " ".join(before), country
    return None


def place_behind(normalised: str) -> tuple[str, str] | None:
    """The words before and after a Norwegian "i" or "på", or before a Greek genitive: "zeita i tulkarm"."""
    if " i " in normalised or " på " in normalised:
        found = TITLED.fullmatch(normalised)
    else:
        found = GENITIVE.fullmatch(normalised) if normalised[-1:] in "συν" else None
    return (found[1], found[2]) if found else None


def genitive_behind(folded: str) -> tuple[str, str] | None:
    """The words before and after what may be a Greek genitive in Latin letters: "agnandero karditsas"."""
    found = GENITIVE_IN_LATIN.fullmatch(folded)
    return (found[1], found[2]) if found else None


@cache
def countries() -> frozenset[str]:
    """The folded names of countries in all languages of the table; those of two letters are too many words."""
    rows = table("country_names.tsv", "language", "names")
    return frozenset(name for _, names in rows for name in map(fold, names.split("|")) if len(name) > 2)
