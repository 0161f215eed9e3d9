"""Readings: how a name sounds if it was written by the rules of one language.

A name reads in one way once it is romanised, for what is stored must have one form. Yet "Szal" is Shāl to a Pole,
"Choj" is Khoy to a Czech and "Znori" is Tsnori to a German: several letters at once, which no exchange of single
letters explains. A query therefore gets a few more cores, each its whole name by one tradition of spelling.

Other readings leave out what may say where a place is ("Mosul Iraq"), or say a telling word in English, which an
alphabet cannot ("Kuzey Hartum" is Khartoum North).

The traditions are `data/readings/traditions.tsv`, the letters of each a table beside it. Whether a tradition applies
shows by its letters, and by the letters of others that it never writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gazetteer.errors import BadData
from gazetteer.text.han import CHARACTER, READERS
from gazetteer.text.lexicon import Word, WordRole
from gazetteer.text.normalise import fold, normalise, separate, unmark
from gazetteer.text.qualifiers import country_behind, genitive_behind, place_behind, split_qualifiers
from gazetteer.text.romanise import LETTERS, NOT_ROMAN, branch
from gazetteer.text.scripts import LATIN
from gazetteer.text.tables import Row, table
from gazetteer.text.tokens import WORDS, Analysis, analyse, roles_of, take_apart, words_of

TRADITIONS = "readings/traditions.tsv"
COLUMNS = ("letters", "before", "after", "roman", "example")
SETTLED = ("city", "town")  # concepts that languages do not part alike
ARABIC = frozenset(code for code, *_ in table("readings/arabic_countries.tsv", "code", "name"))
GLUED_ARTICLE = re.compile(r"^(?:al|el|ul)(?=[b-df-hj-np-tv-z][a-z]{3})")
SINITIC = frozenset({"CN", "HK", "JP", "KP", "KR", "MO", "SG", "TW", "VN"})  # where characters are no translations
GREEK = frozenset({"CY", "GR"})  # where a genitive behind a name says where it is, in Latin letters too
LONGEST_SYLLABLE = 4  # letters: of a single one, the telling word is a part
MOST = 4  # readings of one name: more would find strangers, and cost time


class Reading(NamedTuple):
    """A core that a query may have as well, and the tradition that reads it so.

    `qualifier` is what this reading takes for an addition to the name, folded: "israel" in "Arad Israel".
    """

    core: str
    tradition: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Tradition:
    """How one language spells, as its row in the table says; branch n of the pattern is roman n."""

    name: str
    letters: frozenset[str]
    needed: re.Pattern[str]
    refused: re.Pattern[str]
    pattern: re.Pattern[str]
    romans: tuple[str, ...]

    def spells(self, normalised: str) -> bool:
        """The name, which has one of the letters, may be written in this tradition."""
        return self.needed.search(normalised) is not None and self.refused.search(normalised) is None

    def read(self, words: str) -> str:
        """The core of the words; a letter of no rule is read as anywhere."""
        read = self.pattern.sub(lambda found: self.romans[(found.lastindex or 1) - 1], words)
        return read.translate(LETTERS).replace(" ", "")


def readings(analysis: Analysis, country: str | None = None) -> tuple[Reading, ...]:
    """The other readings of a name, most likely first, each core once and none that it has anyway.

    `country` is the ISO code of the country asked for: 長興 is Jangheung in Korea, 北喀土穆 in Sudan is Khartoum North.

    >>> from gazetteer.text.tokens import analyse
    >>> readings(analyse("Szal"))[0].core, readings(analyse("Mosul in Iraq"))[0].core
    ('shal', 'mosul')
    """
    normalised = normalise(analysis.text)
    found: list[Reading] = []
    if not analysis.qualifiers and " " in analysis.folded:
        found += qualified(normalised, analysis, country)
    if analysis.modifiers:
        found += translated(normalised, analysis)
    if len(analysis.tokens) > 1 and analysis.bare == analysis.core:
        found += told(normalised)
    if analysis.script == LATIN:
        if country in ARABIC:
            found += unglued(analysis)
        found += spelled(normalised, analysis)
    elif country is not None and country not in SINITIC and normalised[:1] in glued():
        found += turned(normalised)
    elif country in READERS and CHARACTER.search(normalised):
        found += locally_read(normalised, country)
    if not found:
        return ()
    plain = {"", analysis.core, analysis.bare, analysis.unmarked}
    first = {reading.core: reading for reading in reversed(found) if reading.core not in plain}
    return tuple(reading for reading in found if first.get(reading.core) is reading)[:MOST]


def unglued(analysis: Analysis) -> Iterator[Reading]:
    """The name without the articles that were typed as one word with what follows: "aljudafia", "Juar alsharqiah".

    Only in countries where Arabic is written: elsewhere Alma and Elbrus begin so.
    """
    words = analysis.tokens
    bare = [GLUED_ARTICLE.sub("", word) for word in words]
    if bare != list(words):
        yield Reading("".join(bare), "article")


def qualified(normalised: str, analysis: Analysis, country: str | None) -> Iterator[Reading]:
    """The name before what may say where it is."""
    behind, tradition = country_behind(analysis.folded), "country"
    if behind is None:
        behind, tradition = place_behind(normalised), "place"
    if behind is None and country in GREEK:
        behind = genitive_behind(analysis.folded)
    if behind and is_name(behind[0].split(" ")):
        yield Reading(analyse(behind[0]).bare, tradition, fold(behind[1]))


def translated(normalised: str, analysis: Analysis) -> Iterator[Reading]:
    """The name with its telling word in English, behind and before: "Kuzey Hartum" is Khartoum North."""
    words, romans, _ = words_of(separate(split_qualifiers(normalised)[0]))
    parts, roles = take_apart(words, romans), roles_of(words, romans)
    rest = "".join([romans[place] for place in parts.named if not is_telling(roles[place])])
    if rest and len(parts.modifiers) == 1 and analysis.modifiers == parts.modifiers:
        yield Reading(rest + parts.modifiers[0], "translated")
        yield Reading(parts.modifiers[0] + rest, "translated")


def is_telling(word: Word | None) -> bool:
    """A discriminating word."""
    return word is not None and word.role is WordRole.MODIFIER


def is_name(words: list[str]) -> bool:
    """Something is left that is no role word, and no link ties the rest to what follows ("Santiago de Cuba")."""
    roles = [WORDS.get(word) for word in words]
    last = roles[-1]
    return not all(roles) and (last is None or last.role is not WordRole.LINK)


def spelled(normalised: str, analysis: Analysis) -> Iterator[Reading]:
    """The whole name in each tradition that may have spelled it."""
    letters = set(normalised)
    words = ""
    for each in traditions():
        if not each.letters.isdisjoint(letters) and each.spells(normalised):
            words = words or name_in(normalised, analysis)
            yield Reading(each.read(words), each.name)


def name_in(normalised: str, analysis: Analysis) -> str:
    """The words of a name with their marks, without additions, articles and generic words."""
    separated = separate(split_qualifiers(normalised)[0] if analysis.qualifiers else normalised)
    words = separated.split(" ")
    if analysis.bare == analysis.core and len(words) == len(analysis.tokens):
        return separated
    parts = take_apart([unmark(word) for word in words], [word.translate(LETTERS) for word in words])
    return " ".join([words[place] for place in parts.named])


def locally_read(normalised: str, country: str) -> Iterator[Reading]:
    """A name in Chinese characters as the country says it; kana beside them read themselves."""
    words, romans, _ = words_of(separate(split_qualifiers(normalised)[0]))
    named = "".join([words[place] for place in take_apart(words, romans).named])
    for read in READERS[country](named):
        yield Reading(read, "characters")


def turned(normalised: str) -> Iterator[Reading]:
    """A name from abroad with a telling word glued to it, in English: 北喀土穆 is Khartoum North."""
    telling, rest = glued()[normalised[0]], analyse(normalised[1:]).bare
    if len(rest) > LONGEST_SYLLABLE:
        yield Reading(telling + rest, "translated")
        yield Reading(rest + telling, "translated")


@cache
def glued() -> dict[str, str]:
    """The telling words that are written together with names, and what they say."""
    return {word: concept for word, concept, _ in table("readings/turned.tsv", "word", "concept", "example")}


def told(normalised: str) -> Iterator[Reading]:
    """A name of nothing but generic and telling words, in English: "Старе місто" is the Old City, or Old Town."""
    words, romans, _ = words_of(separate(split_qualifiers(normalised)[0]))
    roles = roles_of(words, romans)
    said = [role.concept for role in roles if role and role.concept]
    telling = [role.concept for role in roles if role and is_telling(role)]
    if all(roles) and len(said) == 2 and len(telling) == 1:
        said.remove(telling[0])
        for each in SETTLED if said[0] in SETTLED else said:
            yield Reading(telling[0] + each, "translated")


@cache
def traditions() -> tuple[Tradition, ...]:
    """All traditions in the order of the table."""
    rows = table(TRADITIONS, "tradition", "letters", "needed", "refused", "example")
    return tuple(tradition(*row[:4]) for row in rows)


def tradition(name: str, letters: str, needed: str, refused: str) -> Tradition:
    """One tradition with its letters; BadData where a pattern is none, or a letter is read as more than a-z."""
    path = f"readings/{name}.tsv"
    rows = sorted(table(path, *COLUMNS, keys=3), key=lambda row: -len(row[0]))
    for group, _, _, roman, _ in rows:
        if NOT_ROMAN.search(roman):
            raise BadData(f"{path}: {group!r} is read as {roman!r}, which is not a-z")
    try:
        return Tradition(
            name=name,
            letters=frozenset(letters),
            needed=re.compile(needed),
            refused=re.compile(refused or "(?!)"),
            pattern=alternatives(rows),
            romans=tuple(row[3] for row in rows),
        )
    except re.error as error:
        raise BadData(f"{TRADITIONS}: {name}: {error}") from error


def alternatives(rows: list[Row]) -> re.Pattern[str]:
    """Finds the letters of any row, the longest first."""
    return re.compile("|".join(f"({branch(*row[:3])})" for row in rows))
